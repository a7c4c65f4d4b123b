-- Until when what waits for a chat that is gone is kept; NULL where nothing is: it is there, or gone too long.
ALTER TABLE chat ADD COLUMN kept_until INTEGER;
-- Why nothing may be written there now.
ALTER TABLE chat ADD COLUMN shut TEXT;
-- The private chat of whoever added the bot.
ALTER TABLE chat ADD COLUMN owner INTEGER;
ALTER TABLE chat ADD COLUMN title TEXT NOT NULL DEFAULT '';

CREATE INDEX chat_owner ON chat (bot_id, owner) WHERE owner IS NOT NULL;
CREATE INDEX chat_kept ON chat (kept_until) WHERE kept_until IS NOT NULL;
CREATE INDEX chat_shut ON chat (bot_id, chat_id) WHERE shut IS NOT NULL;

CREATE TABLE closed_topic (
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    held_until INTEGER NOT NULL,
    PRIMARY KEY (bot_id, chat_id, thread_id)
) WITHOUT ROWID;

-- The digest that an alert goes with; `alone` is one whose digest was refused, and goes with no other.
ALTER TABLE delivery ADD COLUMN bundle INTEGER;
ALTER TABLE delivery ADD COLUMN alone INTEGER NOT NULL DEFAULT 0;

CREATE INDEX delivery_bundle ON delivery (bundle) WHERE bundle IS NOT NULL;
CREATE INDEX delivery_alerts ON delivery (bot_id, chat_id, thread_id, created, id)
    WHERE kind = 'alert' AND state = 'pending' AND bundle IS NULL AND alone = 0;

CREATE INDEX inbox_next ON inbox (bot_id, attempts, update_id) WHERE state = 'new';
CREATE INDEX inbox_aside ON inbox (bot_id, reason) WHERE state = 'aside';
DROP INDEX inbox_new;
