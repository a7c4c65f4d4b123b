-- Sites that people asked for: owners are told of each once. Whoever asked and is forgotten is nobody (0).
CREATE TABLE suggestion (
    site TEXT PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    suggested INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX suggestion_chat ON suggestion (bot_id, chat_id, suggested);
