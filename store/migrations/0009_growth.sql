-- A message grows by a schedule from when it was sent.
ALTER TABLE alert DROP COLUMN grown_at;

-- The headlines that an article had before, and until when.
CREATE TABLE earlier_title (
    article_id INTEGER NOT NULL REFERENCES article (id),
    title TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (article_id, title)
) WITHOUT ROWID;
