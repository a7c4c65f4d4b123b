-- What a story goes on from, what is new in it (JSON: kind, was, now), and the first story of its thread.
ALTER TABLE story ADD COLUMN follows INTEGER;
ALTER TABLE story ADD COLUMN change TEXT;
ALTER TABLE story ADD COLUMN thread INTEGER;

CREATE INDEX story_thread ON story (thread) WHERE thread IS NOT NULL;

-- The alert whose message this one answers, being a follow-up; and until when it is held, to leave with others.
ALTER TABLE alert ADD COLUMN follows INTEGER;
ALTER TABLE alert ADD COLUMN held_until INTEGER;

-- How much of a thread is told: `first`, `developments`, `everything`.
ALTER TABLE subscription ADD COLUMN interest TEXT NOT NULL DEFAULT 'developments';
