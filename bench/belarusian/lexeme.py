"""A word put together: what the compiled file holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A lemma with its forms, each with its places.

    A tag is four letters: part (N noun, A adjective, P participle, V verb, I infinitive, G converb, D adverb,
    R preposition, C conjunction, Q particle, M pronoun, U numeral, X other), case (n g d a i l, or -), number
    (s p, or -), gender (m f n; 1 for a verb's first person; or -).
    """

    lemma: str
    capital: bool
    forms: tuple[tuple[str, str], ...]
