"""Compiles the Belarusian word list of hunspell-be into lexemes (see `bench/compile_belarusian.py`)."""
