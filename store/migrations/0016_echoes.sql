-- How long the vector of an article's echoes is, in thousandths, as `length` is of its lemmas.
ALTER TABLE article ADD COLUMN length_echoing INTEGER NOT NULL DEFAULT 0;
