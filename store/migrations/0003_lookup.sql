-- What is known of a delivery that may have arrived: the newest message number of its chat's sequence when it was
-- claimed for sending, look-ups made since, and whether it surely is there. `rank` is its place among alerts.
ALTER TABLE delivery ADD COLUMN replies_to INTEGER;
ALTER TABLE delivery ADD COLUMN after_number INTEGER;
ALTER TABLE delivery ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;

-- The rank its last alert was given.
ALTER TABLE story ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;

-- The rank of the last alert that left, and the last chat that Telegram found to be sent too much.
ALTER TABLE pacer ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pacer ADD COLUMN limited_chat INTEGER;
ALTER TABLE pacer ADD COLUMN limited_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pacer ADD COLUMN limited_until INTEGER NOT NULL DEFAULT 0;

-- Message numbers accounted for. A sequence is a supergroup or channel, or 0: all private chats and basic groups.
CREATE TABLE message_number (
    bot_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number INTEGER NOT NULL,
    known INTEGER NOT NULL,
    PRIMARY KEY (bot_id, sequence, number)
) WITHOUT ROWID;

CREATE INDEX message_number_known ON message_number (known);

INSERT INTO message_number (bot_id, sequence, number, known)
SELECT bot_id, CASE WHEN chat_id < -1000000000000 THEN chat_id ELSE 0 END, max(message_id), max(decided)
FROM alert WHERE message_id IS NOT NULL GROUP BY 1, 2;

-- An edit is repeated, never looked up.
DELETE FROM delivery WHERE kind = 'growth' AND state = 'pending'
    AND alert_id IN (SELECT alert_id FROM delivery WHERE kind = 'growth' AND state = 'unknown');
UPDATE delivery SET state = 'pending' WHERE state = 'unknown' AND edits IS NOT NULL;
UPDATE delivery SET rank = due_at WHERE kind = 'growth';

DROP INDEX delivery_waiting;
DROP INDEX delivery_settled;
CREATE INDEX delivery_waiting ON delivery (bot_id, priority, rank, id) WHERE state = 'pending';
CREATE INDEX delivery_in_chat ON delivery (bot_id, chat_id, priority, id) WHERE state = 'pending';
CREATE INDEX delivery_in_flight ON delivery (bot_id, looks) WHERE state = 'sending';
CREATE INDEX delivery_unknown ON delivery (bot_id, chat_id) WHERE state = 'unknown';
CREATE INDEX delivery_settled ON delivery (settled) WHERE settled IS NOT NULL;
