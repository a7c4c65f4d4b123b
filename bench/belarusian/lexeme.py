"""A word put together: what the compiled file holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A lemma with its forms, each with its places.

    A tag is four letters: part (N noun, A adjective, P participle, V verb, I infinitive, G converb, D adverb, X other),
    case (n g d a i l, or -), number (s p, or -), gender (m f n, or -).
    """

    lemma: str
    capital: bool
    forms: tuple[tuple[str, str], ...]
