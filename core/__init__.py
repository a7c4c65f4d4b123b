"""What news is: pure, sync and deterministic; no clock, chance, network, file or database.

Read in this order: `model` (the nouns), `text` (one spelling for every way a word is typed), `lexicon` (the words of
a language and their forms), `query` (what a person asks for), `meaning` (what a query means, with every form),
`concept` (words that mean the same), `context` (which homonym is meant), `linguist` (all of these for the rest of the
house), `match` (which queries an article answers, and why), `lookback` (what a query would have caught), `story`
(which event an article tells), `ingest` (the way of an article), `outbox` (what to do after a try to send),
`subscribe` (what a person may ask), `ports` (what the outside must offer).
"""
