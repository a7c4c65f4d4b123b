-- The group or channel whose subscriptions a person tends from their private chat; NULL: their own.
ALTER TABLE chat ADD COLUMN manages INTEGER;

CREATE INDEX chat_manages ON chat (bot_id, manages) WHERE manages IS NOT NULL;
