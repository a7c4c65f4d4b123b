"""What news is: pure, sync and deterministic; no clock, chance, network, file or database.

Read in this order: `model` (the nouns), `text` (one spelling for every way a word is typed), `query` (what a
person asks for), `concept` (what means the same), `match` (which queries an article answers), `story` (which event it
tells), `ingest` (the way of an article), `outbox` (what to do after a try to send), `subscribe` (what a person may
ask), `ports` (what the outside must offer).
"""
