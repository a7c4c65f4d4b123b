"""Which cases prepositions take, for teaching a language whose dictionary says so from languages whose do not.

By the grammars of the languages; only what a preposition's case tells of the word after it is learned from here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.lexicon import Case, Language, Lexeme, Lexicon, Reading


class Governing:
    """A dictionary whose prepositions have the cases that they take, a reading for each."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.language: Language = lexicon.language
        self.knows = lexicon.knows
        self.guesses = lexicon.guesses

    def lexemes(self, word: str) -> Sequence[Lexeme]:
        """As the dictionary has them."""
        return self._lexicon.lexemes(word)

    def readings(self, word: str) -> Sequence[Reading]:
        """As the dictionary has them, and those of a preposition that it lacks."""
        cases = _TAKEN[self.language].get(word)
        readings = self._lexicon.readings(word)
        if not cases:
            return readings
        rest = [reading for reading in readings if reading.part not in ("PREP", "UNKN")]
        preposition = Reading(lemma=word, part="PREP")
        return (*(replace(preposition, case=case) for case in cases), *rest)


def _taken(table: str) -> Mapping[str, Sequence[Case]]:
    cases: Mapping[str, Case] = {"р": "gen", "д": "dat", "з": "acc", "о": "ins", "м": "loc"}
    rows = (row.split() for row in table.split(","))
    return {word: tuple(cases[letter] for letter in letters) for *words, letters in rows for word in words}


# Letters of the Ukrainian names of the cases: родовий, давальний, знахідний, орудний, місцевий.
_TAKEN: Mapping[Language, Mapping[str, Sequence[Case]]] = {
    "uk": _taken(
        "в у рзм, на о об зм, по зм, при м, з ро, із зі ро, за рзо, під перед понад зо, над між поміж поза поруч разом "
        "згідно о, про через крізь попри повз з, к завдяки всупереч д, до від од для без біля після серед проти крім "
        "окрім замість навколо довкола щодо стосовно протягом упродовж впродовж задля заради внаслідок шляхом близько "
        "поблизу всередині з-під з-за із-за уздовж вздовж супроти коло р"
    ),
    "ru": _taken(
        "в во на о об обо зм, по дзм, при м, с со рзо, за под подо зо, над надо между перед передо о, про через сквозь "
        "спустя з, к ко благодаря вопреки согласно навстречу д, до от из изо для без у около после среди против кроме "
        "вместо вокруг из-за из-под вдоль мимо ради внутри вне возле насчет вследствие ввиду путем помимо р"
    ),
    "be": _taken(
        "в ў у рзм, на аб па зм, пры м, з са ро, за пад зо, над перад паміж о, пра праз з, к дзякуючы д, да ад для без "
        "каля пасля сярод супраць акрамя замест вакол р"
    ),
}
