-- What ails a source, or did last (`told`: no, begun, over), and the messages that admins were told it by: a message's
-- number is known once its delivery has arrived.
CREATE TABLE ailment (
    source_id INTEGER PRIMARY KEY REFERENCES source (id),
    condition TEXT NOT NULL,
    detail TEXT NOT NULL,
    began INTEGER NOT NULL,
    ended INTEGER,
    told TEXT NOT NULL,
    patience INTEGER NOT NULL
);

CREATE TABLE ailment_note (
    source_id INTEGER NOT NULL REFERENCES source (id),
    bot_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL,
    message_id INTEGER,
    PRIMARY KEY (source_id, bot_id, chat_id)
) WITHOUT ROWID;

CREATE INDEX ailment_note_delivery ON ailment_note (delivery_id);
