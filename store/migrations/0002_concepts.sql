-- The counter `concepts` is the generation at which they changed last.
INSERT INTO counter (name, value) VALUES ('concepts', 0);

CREATE TABLE concept (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- `context` is a JSON list of words; empty where the member needs none.
CREATE TABLE concept_member (
    concept_id INTEGER NOT NULL REFERENCES concept (id),
    place INTEGER NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    context TEXT NOT NULL,
    PRIMARY KEY (concept_id, place)
) WITHOUT ROWID;
