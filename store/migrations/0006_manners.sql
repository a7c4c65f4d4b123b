-- How a subscription's alerts come: at once, or gathered by the reader's clock; `paused_until` ends a pause by itself.
ALTER TABLE subscription ADD COLUMN rhythm TEXT NOT NULL DEFAULT 'at_once';
ALTER TABLE subscription ADD COLUMN at_minute INTEGER NOT NULL DEFAULT 480;
ALTER TABLE subscription ADD COLUMN weekday INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscription ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscription ADD COLUMN paused_until INTEGER;

CREATE INDEX subscription_paused ON subscription (paused_until) WHERE paused_until IS NOT NULL;

-- The reader's clock: a zone of the IANA database, NULL where none was told; minutes of the day between which nothing
-- rings; and what the next text of theirs is about, NULL where it is a query like any other.
ALTER TABLE chat ADD COLUMN zone TEXT;
ALTER TABLE chat ADD COLUMN quiet_from INTEGER;
ALTER TABLE chat ADD COLUMN quiet_to INTEGER;
ALTER TABLE chat ADD COLUMN awaits TEXT;

-- What a removed subscription was like (JSON), so that it comes back as it was.
ALTER TABLE offer ADD COLUMN was TEXT;

-- An alert that its reader wants later, together with others.
ALTER TABLE delivery ADD COLUMN gathered INTEGER NOT NULL DEFAULT 0;

-- Words in a link that lead to a query, whoever opens it.
CREATE TABLE share (
    token TEXT PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    query_id INTEGER NOT NULL REFERENCES query (id),
    UNIQUE (bot_id, chat_id, query_id)
) WITHOUT ROWID;

CREATE INDEX share_query ON share (query_id);
