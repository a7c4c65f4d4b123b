"""One spelling for every way a word is typed; words with their places; word forms."""
