-- What visits leave behind of a source (JSON), whose server it is on, what HTTP said last, and, where it is visited no
-- more, why: 'gone' as it said itself, or 'stopped' by a person.
ALTER TABLE source ADD COLUMN memory TEXT NOT NULL DEFAULT '{}';
ALTER TABLE source ADD COLUMN site TEXT;
ALTER TABLE source ADD COLUMN last_status INTEGER;
ALTER TABLE source ADD COLUMN retired TEXT;

CREATE INDEX source_site ON source (site) WHERE site IS NOT NULL;

-- An interval of 0 is one that nobody chose: it follows what is learnt. Five minutes was what nobody's choice was before.
UPDATE source SET every = 0 WHERE every = 300000;

-- The last visits of each source: the turn goes round, so that there are never more than so many.
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

-- All visits of a source on one day (its number since 1970, UTC), in sum.
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

-- When its source was last seen to list it: what is still listed is not forgotten, or it would be news again.
ALTER TABLE article ADD COLUMN listed INTEGER;
