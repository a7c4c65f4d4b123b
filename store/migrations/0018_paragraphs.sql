-- Paragraphs of a source, by the mark of their words, in how many of its articles, and when last.
CREATE TABLE paragraph (
    source_id INTEGER NOT NULL REFERENCES source (id),
    mark INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY (source_id, mark)
) WITHOUT ROWID;

CREATE INDEX paragraph_seen ON paragraph (seen);
