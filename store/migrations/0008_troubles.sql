-- Troubles of the machine and its surroundings, the last of each kind; `told`: no, begun, over. A jump is of the clock.
CREATE TABLE trouble (
    kind TEXT PRIMARY KEY,
    began INTEGER NOT NULL,
    worth_telling_at INTEGER NOT NULL,
    ended INTEGER,
    told TEXT NOT NULL,
    jump INTEGER
) WITHOUT ROWID;

-- When the program last said that it lives: a clock that stands before that was set back meanwhile. And by how much it
-- was, and when, by the clock as it was after that.
INSERT INTO counter (name, value) VALUES ('alive', 0), ('back_by', 0), ('back_at', 0);
