CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
);
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
, memory TEXT NOT NULL DEFAULT '{}', site TEXT, last_status INTEGER, retired TEXT, listing TEXT);
CREATE INDEX source_due ON source (due_at);
CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    opened INTEGER NOT NULL,
    last_told INTEGER NOT NULL
, rank INTEGER NOT NULL DEFAULT 0, follows INTEGER, change TEXT, thread INTEGER, united INTEGER);
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
, length INTEGER NOT NULL DEFAULT 1000000000, length_of INTEGER NOT NULL DEFAULT 1, listed INTEGER, guid TEXT, length_echoing INTEGER NOT NULL DEFAULT 0);
CREATE INDEX article_page ON article (page_due) WHERE page_due IS NOT NULL;
CREATE INDEX article_seen ON article (seen);
CREATE INDEX article_story ON article (story_id, id);
CREATE INDEX article_source ON article (source_id);
CREATE VIRTUAL TABLE article_index USING fts5 (
    words, lemmas,
    content = '', contentless_delete = 1, tokenize = "ascii tokenchars '-'", detail = full
);
CREATE TABLE lemma (
    lemma TEXT PRIMARY KEY,
    articles INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE query (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL UNIQUE,
    changed INTEGER NOT NULL
);
CREATE INDEX query_changed ON query (changed);
CREATE TABLE offer (
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    query_id INTEGER NOT NULL REFERENCES query (id),
    offered INTEGER NOT NULL, was TEXT,
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
    met INTEGER NOT NULL, kept_until INTEGER, shut TEXT, owner INTEGER, title TEXT NOT NULL DEFAULT '', zone TEXT, quiet_from INTEGER, quiet_to INTEGER, awaits TEXT, manages INTEGER,
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
    since INTEGER NOT NULL, rhythm TEXT NOT NULL DEFAULT 'at_once', at_minute INTEGER NOT NULL DEFAULT 480, weekday INTEGER NOT NULL DEFAULT 0, urgent INTEGER NOT NULL DEFAULT 0, paused_until INTEGER, interest TEXT NOT NULL DEFAULT 'developments',
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
    muted_at INTEGER,
    decided INTEGER NOT NULL, follows INTEGER, held_until INTEGER, told_in INTEGER,
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
, replies_to INTEGER, after_number INTEGER, looks INTEGER NOT NULL DEFAULT 0, arrived INTEGER NOT NULL DEFAULT 0, rank INTEGER NOT NULL DEFAULT 0, bundle INTEGER, alone INTEGER NOT NULL DEFAULT 0, gathered INTEGER NOT NULL DEFAULT 0);
CREATE INDEX delivery_sending ON delivery (lease_until) WHERE state = 'sending';
CREATE INDEX delivery_of_alert ON delivery (alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX delivery_chat ON delivery (bot_id, chat_id);
CREATE UNIQUE INDEX delivery_alert ON delivery (alert_id) WHERE kind = 'alert';
CREATE UNIQUE INDEX delivery_growth ON delivery (alert_id) WHERE kind = 'growth' AND state = 'pending';
CREATE TABLE pacer (
    bot_id INTEGER PRIMARY KEY,
    arrival INTEGER NOT NULL DEFAULT 0,
    held_until INTEGER NOT NULL DEFAULT 0
, reached INTEGER NOT NULL DEFAULT 0, limited_chat INTEGER, limited_at INTEGER NOT NULL DEFAULT 0, limited_until INTEGER NOT NULL DEFAULT 0);
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
CREATE INDEX inbox_chat ON inbox (bot_id, chat_id) WHERE chat_id IS NOT NULL;
CREATE INDEX inbox_answered ON inbox (answered) WHERE state <> 'new';
CREATE TABLE concept (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE concept_member (
    concept_id INTEGER NOT NULL REFERENCES concept (id),
    place INTEGER NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    context TEXT NOT NULL,
    PRIMARY KEY (concept_id, place)
) WITHOUT ROWID;
CREATE TABLE message_number (
    bot_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number INTEGER NOT NULL,
    known INTEGER NOT NULL,
    PRIMARY KEY (bot_id, sequence, number)
) WITHOUT ROWID;
CREATE INDEX message_number_known ON message_number (known);
CREATE INDEX delivery_waiting ON delivery (bot_id, priority, rank, id) WHERE state = 'pending';
CREATE INDEX delivery_in_chat ON delivery (bot_id, chat_id, priority, id) WHERE state = 'pending';
CREATE INDEX delivery_in_flight ON delivery (bot_id, looks) WHERE state = 'sending';
CREATE INDEX delivery_unknown ON delivery (bot_id, chat_id) WHERE state = 'unknown';
CREATE INDEX delivery_settled ON delivery (settled) WHERE settled IS NOT NULL;
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
CREATE INDEX delivery_bundle ON delivery (bundle) WHERE bundle IS NOT NULL;
CREATE INDEX delivery_alerts ON delivery (bot_id, chat_id, thread_id, created, id)
    WHERE kind = 'alert' AND state = 'pending' AND bundle IS NULL AND alone = 0;
CREATE INDEX inbox_next ON inbox (bot_id, attempts, update_id) WHERE state = 'new';
CREATE INDEX inbox_aside ON inbox (bot_id, reason) WHERE state = 'aside';
CREATE INDEX subscription_paused ON subscription (paused_until) WHERE paused_until IS NOT NULL;
CREATE TABLE share (
    token TEXT PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    query_id INTEGER NOT NULL REFERENCES query (id),
    UNIQUE (bot_id, chat_id, query_id)
) WITHOUT ROWID;
CREATE INDEX share_query ON share (query_id);
CREATE INDEX source_site ON source (site) WHERE site IS NOT NULL;
CREATE TABLE visit (
    source_id INTEGER NOT NULL REFERENCES source (id),
    turn INTEGER NOT NULL,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    status INTEGER,
    reason TEXT NOT NULL,
    took INTEGER NOT NULL,
    wire INTEGER NOT NULL,
    decoded INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    new INTEGER NOT NULL,
    PRIMARY KEY (source_id, turn)
) WITHOUT ROWID;
CREATE INDEX visit_at ON visit (at);
CREATE TABLE source_day (
    source_id INTEGER NOT NULL REFERENCES source (id),
    day INTEGER NOT NULL,
    visits INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    new INTEGER NOT NULL,
    wire INTEGER NOT NULL,
    took INTEGER NOT NULL,
    PRIMARY KEY (source_id, day)
) WITHOUT ROWID;
CREATE INDEX source_day_day ON source_day (day);
CREATE TABLE trouble (
    kind TEXT PRIMARY KEY,
    began INTEGER NOT NULL,
    worth_telling_at INTEGER NOT NULL,
    ended INTEGER,
    told TEXT NOT NULL,
    jump INTEGER
) WITHOUT ROWID;
CREATE TABLE earlier_title (
    article_id INTEGER NOT NULL REFERENCES article (id),
    title TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (article_id, title)
) WITHOUT ROWID;
CREATE TABLE role (
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (bot_id, chat_id)
) WITHOUT ROWID;
CREATE TABLE invitation (
    token TEXT PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX invitation_expires ON invitation (expires);
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
CREATE INDEX story_thread ON story (thread) WHERE thread IS NOT NULL;
CREATE TABLE suggestion (
    site TEXT PRIMARY KEY,
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    suggested INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX suggestion_chat ON suggestion (bot_id, chat_id, suggested);
CREATE INDEX story_united ON story (united) WHERE united IS NOT NULL;
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    made INTEGER NOT NULL,
    bot_id INTEGER,
    chat_id INTEGER
);
CREATE TABLE corrected (
    correction_id INTEGER NOT NULL REFERENCES correction (id),
    article_id INTEGER NOT NULL,
    side INTEGER NOT NULL,
    PRIMARY KEY (correction_id, article_id)
) WITHOUT ROWID;
CREATE INDEX corrected_article ON corrected (article_id);
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
CREATE TABLE left_out (
    follower_id INTEGER NOT NULL REFERENCES list_follower (id),
    query_id INTEGER NOT NULL,
    PRIMARY KEY (follower_id, query_id)
) WITHOUT ROWID;
CREATE INDEX article_guid ON article (source_id, guid) WHERE guid IS NOT NULL;
CREATE INDEX chat_manages ON chat (bot_id, manages) WHERE manages IS NOT NULL;
CREATE TABLE paragraph (
    source_id INTEGER NOT NULL REFERENCES source (id),
    mark INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY (source_id, mark)
) WITHOUT ROWID;
CREATE INDEX paragraph_seen ON paragraph (seen);
DELETE FROM counter;
INSERT INTO counter VALUES ('alive', 0);
INSERT INTO counter VALUES ('articles', 4);
INSERT INTO counter VALUES ('back_at', 0);
INSERT INTO counter VALUES ('back_by', 0);
INSERT INTO counter VALUES ('concepts', 2);
INSERT INTO counter VALUES ('generation', 3);
DELETE FROM source;
INSERT INTO source VALUES (1, 'https://a.test/feed', 'А', 1, 'a.test', 60000, NULL, NULL, 1, 0, 1772453100000, 1772453100000, '', 1772456700000, 0, 1, 1772452800000, '{"lately": [0.0, 0.0]}', 'a.test', 304, NULL, NULL);
INSERT INTO source VALUES (2, 'https://b.test/feed', 'Б', 1, 'b.test', 60000, NULL, NULL, 0, 0, NULL, NULL, '', 1772452800000, 0, 0, 1772452800000, '{}', 'b.test', NULL, NULL, NULL);
INSERT INTO source VALUES (3, 'https://c.test/feed', 'c.test', 0, 'c.test', 60000, NULL, NULL, 0, 0, NULL, NULL, '', 1772452800000, 0, 0, 1772452800000, '{}', 'c.test', NULL, NULL, NULL);
INSERT INTO source VALUES (4, 'https://d.test/feed', 'd.test', 0, 'd.test', 60000, NULL, NULL, 0, 0, NULL, NULL, '', 1772452800000, 0, 0, 1772452800000, '{}', 'd.test', NULL, NULL, NULL);
DELETE FROM story;
INSERT INTO story VALUES (1, 1772452800000, 1772452800000, 1, NULL, NULL, NULL, NULL);
INSERT INTO story VALUES (2, 1772452800000, 1772452800000, 0, NULL, NULL, NULL, NULL);
INSERT INTO story VALUES (3, 1772452800000, 1772452800000, 0, NULL, NULL, NULL, NULL);
DELETE FROM article;
INSERT INTO article VALUES (1, 'a.test/1', 1, 1, 'a.test', 'https://a.test/1', 'Мінськ відпустив людей додому', '', '["мінськ відпустив людей додому", "", "", "", "", "", ""]', 1772452800000, 1772452800000, 1, NULL, 0, 'nearest story 0.00 of 1', 13247, 0, NULL, NULL, 0);
INSERT INTO article VALUES (2, 'b.test/1', 2, 1, 'b.test', 'https://b.test/1', 'Мінськ відпустив людей додому', '', '["мінськ відпустив людей додому", "", "", "", "", "", ""]', 1772452800000, 1772452800000, 1, NULL, 0, 'like 2.78 of 1, story 2.78 of 0.80', 10967, 1, NULL, NULL, 0);
INSERT INTO article VALUES (3, 'c.test/1', 3, 2, 'c.test', 'https://c.test/1', 'Врожай зернових зібрали вчасно', '', '["врожай зернових зібрали вчасно", "", "", "", "", "", ""]', 1772452800000, 1772452800000, 1, NULL, 0, 'nearest story 0.00 of 1', 13380, 2, NULL, NULL, 0);
INSERT INTO article VALUES (4, 'd.test/1', 4, 3, 'd.test', 'https://d.test/1', 'Врожай зернових зібрали вчасно', '', '["врожай зернових зібрали вчасно", "", "", "", "", "", ""]', 1772452800000, 1772452800000, 1, NULL, 0, 'split by an editor', 11097, 3, NULL, NULL, 0);
DELETE FROM lemma;
INSERT INTO lemma VALUES ('врожай', 2);
INSERT INTO lemma VALUES ('вчасно', 2);
INSERT INTO lemma VALUES ('відпустив', 2);
INSERT INTO lemma VALUES ('додому', 2);
INSERT INTO lemma VALUES ('зернових', 2);
INSERT INTO lemma VALUES ('зібрали', 2);
INSERT INTO lemma VALUES ('людей', 2);
INSERT INTO lemma VALUES ('мінськ', 2);
DELETE FROM query;
INSERT INTO query VALUES (1, 'мінськ', 3);
DELETE FROM offer;
INSERT INTO offer VALUES (100, 2, 1, 1772452800000, NULL);
DELETE FROM article_match;
INSERT INTO article_match VALUES (1, 1, '[]');
INSERT INTO article_match VALUES (2, 1, '[[0, 6, "title"]]');
DELETE FROM chat;
INSERT INTO chat VALUES (100, -100, 'uk', NULL, 1772452803600, 1772452796400, 0, 1772452800000, NULL, NULL, NULL, '', NULL, NULL, NULL, NULL, NULL);
INSERT INTO chat VALUES (100, 1, 'uk', NULL, 1772452801000, 1772452799000, 0, 1772452800000, NULL, NULL, NULL, '', NULL, NULL, NULL, NULL, NULL);
INSERT INTO chat VALUES (100, 2, 'uk', NULL, 1772452801000, 1772452799000, 1772452860000, 1772452800000, NULL, NULL, NULL, '', NULL, NULL, NULL, NULL, NULL);
DELETE FROM subscription;
INSERT INTO subscription VALUES (1, 100, 1, 0, 1, 'мінськ', 0, 1772452800000, 'at_once', 480, 0, 0, NULL, 'developments');
DELETE FROM alert;
INSERT INTO alert VALUES (1, 100, 1, 0, 1, 1, 11, NULL, 1772452800000, NULL, NULL, NULL);
DELETE FROM delivery;
INSERT INTO delivery VALUES (1, 100, 1, 0, 'alert', 1, 1, NULL, NULL, 'sent', '', 4611686018427387904, 1, 0, 1, 1772452800000, 1772452800000, NULL, NULL, 0, 0, 1, NULL, 0, 0);
INSERT INTO delivery VALUES (2, 100, 1, 0, 'growth', 2, 1, NULL, NULL, 'pending', '', 1772452860000, 0, 0, 0, 1772452800000, NULL, NULL, NULL, 0, 0, 1772452860000, NULL, 0, 0);
INSERT INTO delivery VALUES (3, 100, 2, 0, 'answer', 0, NULL, NULL, '{"text": "чекає"}', 'sending', '', 1772452800000, 1, 1772452860000, 1, 1772452800000, NULL, NULL, 11, 0, 0, 0, NULL, 0, 0);
INSERT INTO delivery VALUES (4, 100, -100, 5, 'answer', 0, NULL, NULL, 'тема', 'pending', 'TOPIC_CLOSED', 1772452800000, 1, 0, 1, 1772452800000, NULL, NULL, 11, 0, 0, 0, NULL, 0, 0);
DELETE FROM pacer;
INSERT INTO pacer VALUES (100, 1772452800120, 0, 1, NULL, 0, 0);
DELETE FROM inbox;
INSERT INTO inbox VALUES (100, 7, 2, '{"update_id": 7}', 'new', '', 0, 1772452800000, NULL);
DELETE FROM concept;
INSERT INTO concept VALUES (1, 'Знак');
DELETE FROM concept_member;
INSERT INTO concept_member VALUES (1, 0, 'Максим Знак', 'uk', 'term', '[]');
INSERT INTO concept_member VALUES (1, 1, 'Знак', 'uk', 'alias', '["адвокат"]');
DELETE FROM message_number;
INSERT INTO message_number VALUES (100, 0, 11, 1772452800000);
DELETE FROM closed_topic;
INSERT INTO closed_topic VALUES (100, -100, 5, 'TOPIC_CLOSED', 1772456400000);
DELETE FROM share;
INSERT INTO share VALUES ('a-word', 100, 1, 1);
DELETE FROM visit;
INSERT INTO visit VALUES (1, 1, 1772453100000, 'unchanged', 304, '', 1000, 0, 0, 0, 1);
DELETE FROM source_day;
INSERT INTO source_day VALUES (1, 20514, 1, 0, 1, 0, 1000);
DELETE FROM trouble;
INSERT INTO trouble VALUES ('network', 1772452800000, 1772452800000, NULL, 'no', NULL);
DELETE FROM earlier_title;
INSERT INTO earlier_title VALUES (1, 'Мінськ відпустив людей', 1772452800000);
INSERT INTO earlier_title VALUES (1, 'Мінськ відпустив людей додому', 1772452800000);
DELETE FROM role;
INSERT INTO role VALUES (100, 1, 'owner', '');
DELETE FROM invitation;
INSERT INTO invitation VALUES ('a-word-too', 100, 1, 'editor', 1772625600000);
DELETE FROM change;
INSERT INTO change VALUES (1, 1772452800000, NULL, NULL, 'role', '100:1', NULL, '{"role": "owner", "name": ""}', NULL);
INSERT INTO change VALUES (2, 1772452800000, 100, 1, 'list', 'bilorus', NULL, '{"name": "Білорусь", "about": "", "icon": "", "public": "0", "removed": "0", "manner": "at_once 480 0 0"}', NULL);
INSERT INTO change VALUES (3, 1772452800000, 100, 1, 'lines', 'bilorus', '{"name": "Білорусь", "lines": "[]"}', '{"name": "Білорусь", "lines": "[[\"мінськ\", \"Мінськ\", 0, \"\"]]"}', NULL);
DELETE FROM suggestion;
INSERT INTO suggestion VALUES ('c.test', 100, 2, 1772452800000);
DELETE FROM correction;
INSERT INTO correction VALUES (1, 'split', 1772452800000, NULL, NULL);
DELETE FROM corrected;
INSERT INTO corrected VALUES (1, 3, 1);
INSERT INTO corrected VALUES (1, 4, 0);
DELETE FROM watch_list;
INSERT INTO watch_list VALUES (1, 'bilorus', 'Білорусь', '', '', 0, 'at_once', 480, 0, 0, 0, 'its-word');
DELETE FROM list_line;
INSERT INTO list_line VALUES (1, 1, 1, 'Мінськ', '', 0, 'published');
DELETE FROM list_follower;
INSERT INTO list_follower VALUES (1, 100, 1, 0, 1, 0, 'at_once', 480, 0, 0, 'developments', 1772452800000);
DELETE FROM left_out;
INSERT INTO left_out VALUES (1, 1);
DELETE FROM paragraph;
INSERT INTO paragraph VALUES (1, 7, 1, 1772452800000);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES ('query', 2);
DELETE FROM article_index_data;
INSERT INTO article_index_data VALUES (1, X'041010');
INSERT INTO article_index_data VALUES (10, X'00000000FF0000010106080006010101010101010102010102020000010301010303010101040101040400000105010105050000010601010606000001');
INSERT INTO article_index_data VALUES (137438953473, X'000000551330D0B2D196D0B4D0BFD183D181D182D0B8D0B2010803010102020BB4D0BED0B4D0BED0BCD1830108050101030209BBD18ED0B4D0B5D0B9010804010104020BBCD196D0BDD181D18CD0BA010802010105041A1311');
INSERT INTO article_index_data VALUES (274877906945, X'000000551330D0B2D196D0B4D0BFD183D181D182D0B8D0B2020803010102020BB4D0BED0B4D0BED0BCD1830208050101030209BBD18ED0B4D0B5D0B9020804010104020BBCD196D0BDD181D18CD0BA020802010105041A1311');
INSERT INTO article_index_data VALUES (412316860417, X'000000421330D0B2D196D0B4D0BFD183D181D182D0B8D0B20108030101020209BBD18ED0B4D0B5D0B9010804010103020BBCD196D0BDD181D18CD0BA010802010104041A11');
INSERT INTO article_index_data VALUES (549755813889, X'000000551330D0B2D196D0B4D0BFD183D181D182D0B8D0B2010803010102020BB4D0BED0B4D0BED0BCD1830108050101030209BBD18ED0B4D0B5D0B9010804010104020BBCD196D0BDD181D18CD0BA010802010105041A1311');
INSERT INTO article_index_data VALUES (687194767361, X'000000540D30D0B2D180D0BED0B6D0B0D0B9030802010102040987D0B0D181D0BDD0BE030805010103020FB7D0B5D180D0BDD0BED0B2D0B8D185030803010104030CD196D0B1D180D0B0D0BBD0B803080401010504141117');
INSERT INTO article_index_data VALUES (824633720833, X'000000540D30D0B2D180D0BED0B6D0B0D0B9040802010102040987D0B0D181D0BDD0BE040805010103020FB7D0B5D180D0BDD0BED0B2D0B8D185040803010104030CD196D0B1D180D0B0D0BBD0B804080401010504141117');
INSERT INTO article_index_data VALUES (9007336693694464, X'04000000000000010000000000000001000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO article_index_data VALUES (9007611571601408, X'04000000000000010000000000000001000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
DELETE FROM article_index_idx;
INSERT INTO article_index_idx VALUES (1, X'', 2);
INSERT INTO article_index_idx VALUES (2, X'', 2);
INSERT INTO article_index_idx VALUES (3, X'', 2);
INSERT INTO article_index_idx VALUES (4, X'', 2);
INSERT INTO article_index_idx VALUES (5, X'', 2);
INSERT INTO article_index_idx VALUES (6, X'', 2);
DELETE FROM article_index_docsize;
INSERT INTO article_index_docsize VALUES (1, X'0404', 4);
INSERT INTO article_index_docsize VALUES (2, X'0404', 2);
INSERT INTO article_index_docsize VALUES (3, X'0404', 5);
INSERT INTO article_index_docsize VALUES (4, X'0404', 6);
DELETE FROM article_index_config;
INSERT INTO article_index_config VALUES ('version', 4);
PRAGMA application_id = 1130914164;
PRAGMA user_version = 18;
