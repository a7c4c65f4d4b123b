-- Times are integers: milliseconds since 1970, UTC. A lease or hold that never was is 0.

CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
);

INSERT INTO counter (name, value) VALUES ('generation', 0), ('articles', 0);

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    named INTEGER NOT NULL,
    outlet TEXT NOT NULL,
    every INTEGER NOT NULL,
    etag TEXT,
    last_modified TEXT,
    visited INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    last_visit INTEGER,
    last_new INTEGER,
    last_reason TEXT NOT NULL DEFAULT '',
    due_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL DEFAULT 0,
    epoch INTEGER NOT NULL DEFAULT 0,
    added_at INTEGER NOT NULL
);

CREATE INDEX source_due ON source (due_at);

CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    opened INTEGER NOT NULL,
    last_told INTEGER NOT NULL
);

CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    source_id INTEGER NOT NULL REFERENCES source (id),
    story_id INTEGER REFERENCES story (id),
    outlet TEXT NOT NULL,
    url TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    gist TEXT NOT NULL,
    published INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    told INTEGER NOT NULL,
    page_due INTEGER,
    page_tries INTEGER NOT NULL DEFAULT 0,
    story_reason TEXT NOT NULL DEFAULT ''
);

CREATE INDEX article_page ON article (page_due) WHERE page_due IS NOT NULL;

CREATE INDEX article_seen ON article (seen);
CREATE INDEX article_story ON article (story_id, id);
CREATE INDEX article_source ON article (source_id);

-- Finished tokens of our own go in: the engine only splits at spaces. `detail=full` is needed for bm25.
CREATE VIRTUAL TABLE article_index USING fts5 (
    words, lemmas,
    content = '', contentless_delete = 1, tokenize = "ascii tokenchars '-'", detail = full
);

CREATE TABLE lemma (
    lemma TEXT PRIMARY KEY,
    articles INTEGER NOT NULL
) WITHOUT ROWID;

-- A number is never given twice: matchers know a query by it. One nobody wants any more has the text '#' and its number.
CREATE TABLE query (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL UNIQUE,
    changed INTEGER NOT NULL
);

CREATE INDEX query_changed ON query (changed);

-- What a chat was offered to follow: only that may it follow by a button.
CREATE TABLE offer (
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    query_id INTEGER NOT NULL REFERENCES query (id),
    offered INTEGER NOT NULL,
    PRIMARY KEY (bot_id, chat_id, query_id)
) WITHOUT ROWID;

CREATE INDEX offer_query ON offer (query_id);
CREATE INDEX offer_offered ON offer (offered);

CREATE TABLE article_match (
    article_id INTEGER NOT NULL REFERENCES article (id),
    query_id INTEGER NOT NULL REFERENCES query (id),
    spans TEXT NOT NULL,
    PRIMARY KEY (article_id, query_id)
) WITHOUT ROWID;

CREATE INDEX article_match_query ON article_match (query_id);

CREATE TABLE chat (
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    language TEXT NOT NULL,
    gone TEXT,
    arrival INTEGER NOT NULL DEFAULT 0,
    held_until INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    met INTEGER NOT NULL,
    PRIMARY KEY (bot_id, chat_id)
) WITHOUT ROWID;

CREATE INDEX chat_forgotten ON chat (bot_id, chat_id) WHERE met = 0;

CREATE TABLE subscription (
    id INTEGER PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    query_id INTEGER NOT NULL REFERENCES query (id),
    label TEXT NOT NULL,
    paused INTEGER NOT NULL DEFAULT 0,
    since INTEGER NOT NULL,
    UNIQUE (bot_id, chat_id, thread_id, query_id)
);

CREATE INDEX subscription_query ON subscription (query_id);

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES story (id),
    article_id INTEGER NOT NULL REFERENCES article (id),
    message_id INTEGER,
    grown_at INTEGER NOT NULL DEFAULT 0,
    muted_at INTEGER,
    decided INTEGER NOT NULL,
    UNIQUE (bot_id, chat_id, thread_id, story_id)
);

CREATE INDEX alert_story ON alert (story_id);
CREATE INDEX alert_article ON alert (article_id);

CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    priority INTEGER NOT NULL,
    alert_id INTEGER REFERENCES alert (id),
    edits INTEGER,
    payload TEXT,
    state TEXT NOT NULL DEFAULT 'pending',
    reason TEXT NOT NULL DEFAULT '',
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    epoch INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    settled INTEGER
);

CREATE INDEX delivery_waiting ON delivery (bot_id, priority, due_at, id) WHERE state IN ('pending', 'unknown');
CREATE INDEX delivery_sending ON delivery (lease_until) WHERE state = 'sending';
CREATE INDEX delivery_settled ON delivery (settled) WHERE state IN ('sent', 'refused');
CREATE INDEX delivery_of_alert ON delivery (alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX delivery_chat ON delivery (bot_id, chat_id);
CREATE UNIQUE INDEX delivery_alert ON delivery (alert_id) WHERE kind = 'alert';
CREATE UNIQUE INDEX delivery_growth ON delivery (alert_id) WHERE kind = 'growth' AND state = 'pending';

CREATE TABLE pacer (
    bot_id INTEGER PRIMARY KEY,
    arrival INTEGER NOT NULL DEFAULT 0,
    held_until INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE inbox (
    bot_id INTEGER NOT NULL,
    update_id INTEGER NOT NULL,
    chat_id INTEGER,
    payload TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'new',
    reason TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    heard INTEGER NOT NULL,
    answered INTEGER,
    PRIMARY KEY (bot_id, update_id)
) WITHOUT ROWID;

CREATE INDEX inbox_new ON inbox (bot_id, update_id) WHERE state = 'new';
CREATE INDEX inbox_chat ON inbox (bot_id, chat_id) WHERE chat_id IS NOT NULL;
CREATE INDEX inbox_answered ON inbox (answered) WHERE state <> 'new';
