-- The story that another turned out to be told in, and the alert of the same target that tells it.
ALTER TABLE story ADD COLUMN united INTEGER;
ALTER TABLE alert ADD COLUMN told_in INTEGER;

CREATE INDEX story_united ON story (united) WHERE united IS NOT NULL;

-- What editors said of stories: these articles tell one event (`joined`), or two (`split`: by side).
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
