-- How long the vector of an article's text is, in thousandths, by the frequencies of so many articles as had been seen.
ALTER TABLE article ADD COLUMN length INTEGER NOT NULL DEFAULT 1000000000;
ALTER TABLE article ADD COLUMN length_of INTEGER NOT NULL DEFAULT 1;
