-- What a person may do, by the number of their private chat.
CREATE TABLE role (
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (bot_id, chat_id)
) WITHOUT ROWID;

-- A role for whoever opens a link with this word first; `chat_id` is who gives it.
CREATE TABLE invitation (
    token TEXT PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    expires INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX invitation_expires ON invitation (expires);

-- What was changed, by whom (`chat_id`; NULL: the command line, the settings, somebody forgotten), what it was like
-- before and is after (JSON; NULL where there was, or is, nothing), and which change it undoes.
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    bot_id INTEGER,
    chat_id INTEGER,
    kind TEXT NOT NULL,
    thing TEXT NOT NULL,
    before TEXT,
    after TEXT,
    undoes INTEGER REFERENCES change (id)
);

CREATE INDEX change_thing ON change (kind, thing, id);
CREATE INDEX change_by ON change (bot_id, chat_id) WHERE chat_id IS NOT NULL;
