-- Named sets of queries. `token` is the word of the link that leads to it; one that is removed can come back.
CREATE TABLE watch_list (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    about TEXT NOT NULL DEFAULT '',
    icon TEXT NOT NULL DEFAULT '',
    public INTEGER NOT NULL DEFAULT 0,
    rhythm TEXT NOT NULL DEFAULT 'at_once',
    at_minute INTEGER NOT NULL DEFAULT 480,
    weekday INTEGER NOT NULL DEFAULT 0,
    urgent INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0,
    token TEXT NOT NULL UNIQUE
);

-- `state`: published; or, in a draft, added (not matched yet) or removed (still matched).
CREATE TABLE list_line (
    id INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES watch_list (id),
    query_id INTEGER NOT NULL REFERENCES query (id),
    label TEXT NOT NULL,
    note TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    state TEXT NOT NULL,
    UNIQUE (list_id, query_id)
);

CREATE INDEX list_line_query ON list_line (query_id);

CREATE TABLE list_follower (
    id INTEGER PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    list_id INTEGER NOT NULL REFERENCES watch_list (id),
    paused INTEGER NOT NULL DEFAULT 0,
    rhythm TEXT NOT NULL,
    at_minute INTEGER NOT NULL,
    weekday INTEGER NOT NULL,
    urgent INTEGER NOT NULL,
    interest TEXT NOT NULL DEFAULT 'developments',
    since INTEGER NOT NULL,
    UNIQUE (bot_id, chat_id, thread_id, list_id)
);

CREATE INDEX list_follower_list ON list_follower (list_id);

-- Single queries of a list that a follower does not want. They stay so where the line goes and comes back.
CREATE TABLE left_out (
    follower_id INTEGER NOT NULL REFERENCES list_follower (id),
    query_id INTEGER NOT NULL,
    PRIMARY KEY (follower_id, query_id)
) WITHOUT ROWID;
