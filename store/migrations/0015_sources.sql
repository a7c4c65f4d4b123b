-- How a page that lists news is read: selectors, as JSON; NULL where the body itself says what it is.
ALTER TABLE source ADD COLUMN listing TEXT;

-- The number that a source itself gives an article, where it is not the address: under another address it is still that article.
ALTER TABLE article ADD COLUMN guid TEXT;
CREATE INDEX article_guid ON article (source_id, guid) WHERE guid IS NOT NULL;
