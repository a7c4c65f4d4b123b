"""Puts verbs together: the list keeps рабіць, робіць, зрабіць and зробіць apart, and leaves out what is regular.

From an infinitive every way to conjugate it is thought out; the one that most listed forms speak for is the verb's.
Forms are compared without their unstressed vowels, and taken as the list spells them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bench.belarusian.adjectives import places
from bench.belarusian.conjugations import Way, ways
from bench.belarusian.hunspell import Entry, Made, WordList
from bench.belarusian.irregular import conjugated
from bench.belarusian.lexeme import Lexeme
from bench.belarusian.sound import VOWELS, alternated, neutral, softened

FLAGS = frozenset("bcdefghijklmnoqstvwxyK")
_OF_INFINITIVES = frozenset("bdfhjklmnqswx")
_OF_ORDERS = frozenset("hgxyklsw")
_LOOSE_ORDERS = (
    "ь",
    "ьце",
    "й",
    "йце",
    "жце",
    "шце",
    "чце",
    "рце",
    "жы",
    "чы",
    "ні",
    "дзі",
    "дзіце",
    "ніце",
    "жыся",
    "ніся",
)
_OF_PRESENT = frozenset("bcdeghxy")


@dataclass(slots=True)
class _Listed:
    """The list's verb forms, without -ся."""

    forms: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    """Neutral form → form → infinitives of the entries that make it; the empty name where an entry has none."""
    infinitives: set[str] = field(default_factory=set)
    owned: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Infinitive → forms of its own entries."""
    orders: set[str] = field(default_factory=set)
    """Forms that may be imperatives."""
    participles: dict[str, list[Lexeme]] = field(default_factory=lambda: defaultdict(list))
    """By neutral masculine nominative."""

    def of(self, form: str, infinitive: str) -> list[str]:
        """The spellings of a form that are listed, and not as another verb's."""
        return sorted(
            spelled
            for spelled, owners in self.forms.get(neutral(form), {}).items()
            if infinitive in owners or "" in owners
        )


def verbs(words: WordList, adjectives: Iterable[Lexeme]) -> tuple[list[Lexeme], set[str]]:
    """All verbs, the reflexive ones too, and the forms that became part of one."""
    listed = _listed(words, adjectives)
    cells = {infinitive: _cells(infinitive, listed) for infinitive in sorted(listed.infinitives)}
    claims = _claims(cells, listed)
    found: list[Lexeme] = []
    for infinitive, forms in cells.items():
        reflexive = {(_with_sya(form), tag) for form, tag in forms}
        participles = _participles(infinitive, forms, claims[infinitive])
        found.append(Lexeme(infinitive, False, (*sorted(forms), *participles)))
        found.append(Lexeme(_with_sya(infinitive), False, tuple(sorted(reflexive))))
    return found, {form for lexeme in found for form, tag in lexeme.forms if tag[0] != "P"}


def _listed(words: WordList, adjectives: Iterable[Lexeme]) -> _Listed:
    listed = _Listed()
    for entry in words.entries:
        if entry.capital or not set(entry.flags) <= FLAGS or len(entry.head) < 3:
            continue
        made = words.made(entry)
        active = _without_sya_all(entry, made)
        owners = _infinitives(entry, made)
        listed.infinitives |= owners
        for form in active:
            listed.forms[neutral(form)][form] |= owners or {""}
        if not entry.flags and entry.head.endswith(_LOOSE_ORDERS) and len(entry.head) > 3:
            listed.orders.add(_active(entry.head))
        listed.orders |= {_active(one.form) for one in made if one.flag in _OF_ORDERS}
        for owner in owners:
            listed.owned[owner] |= active
    for lexeme in adjectives:
        if lexeme.lemma.endswith(("ны", "ты")) and not lexeme.capital:
            listed.participles[neutral(lexeme.lemma)].append(lexeme)
    return listed


def _infinitives(entry: Entry, made: Iterable[Made]) -> set[str]:
    """Those that the entry holds: made by its flags for the past, or its head itself."""
    flags = set(entry.flags)
    found = {
        _active(one.form)
        for one in made
        if (one.flag == "f" and one.add.endswith("ць")) or (one.flag == "j" and one.add.endswith("цца"))
    }
    head = _active(entry.head)
    if head.endswith("ць") and flags & _OF_INFINITIVES:
        found.add(head)
    if head.endswith(("чы", "сці", "зці", "рці")) and not flags & _OF_PRESENT:
        found.add(head)
    return {form for form in found if len(form) > 3}


def _without_sya_all(entry: Entry, made: Iterable[Made]) -> set[str]:
    """Every form of the entry as the verb without -ся has it."""
    found = {_active(one.form, present=one.flag in "bd") for one in made}
    if entry.flags:
        return found | {_active(entry.head, present=not set(entry.flags) & _OF_INFINITIVES)}
    return {_active(entry.head), _active(entry.head, present=True)} if len(entry.head) > 5 else {entry.head}


def _active(form: str, *, present: bool = False) -> str:
    """Without -ся: робіцца, робіць; and of the present, пішацца, піша."""
    if form.endswith("цца"):
        return form[:-3] if present and form[-4] in "еэаё" else form[:-3] + "ць"
    return form.removesuffix("ся")


def _with_sya(form: str) -> str:
    if form.endswith("ць"):
        return form[:-2] + "цца"
    if form.endswith(("е", "э", "а", "ё")) and not form.endswith(("ла", "це", "аце")):
        return form + "цца"
    return form + "ся"


_PAST = (("ў", "V-sm"), ("ла", "V-sf"), ("ла", "V-sn"), ("ло", "V-sn"), ("лі", "V-p-"))


def _cells(infinitive: str, listed: _Listed) -> set[tuple[str, str]]:
    """Every form with its tag, the passive participles aside."""
    cells = {(infinitive, "I---")} | conjugated(infinitive)
    way = _best(infinitive, listed)
    if way and len(cells) == 1:
        for form, tag in way.present:
            cells |= {(spelled, tag) for spelled in listed.of(form, infinitive)}
        for form in way.imperative:
            cells |= {(spelled, "V---") for spelled in listed.of(form, infinitive) if spelled in listed.orders}
    cells |= {(third[:-2] + "чы", "G---") for third, tag in cells if tag == "V-p-" and third.endswith("ць")}
    stem = infinitive[:-2]
    if infinitive.endswith("ць") and stem[-1] in VOWELS:
        cells |= {(stem + end, tag) for end, tag in _PAST} | {(stem + "ўшы", "G---")}
    for past in _past_stems(infinitive, way):
        for end, tag in (("", "V-sm"), *_PAST, ("шы", "G---"), ("ўшы", "G---")):
            cells |= {(spelled, tag) for spelled in listed.of(past + end, infinitive) if spelled[-1] != "ь"}
    cells |= {(form[:-1] + "о", "V-sn") for form, tag in cells if tag == "V-sf"}
    known = {form for form, _ in cells}
    return cells | {(form, "V---") for form in listed.owned[infinitive] if form not in known}


def _best(infinitive: str, listed: _Listed) -> Way | None:
    """The way that most of the listed present forms speak for; none where hardly one does."""
    scored = [
        (sum(1 for form, _ in way.present if listed.of(form, infinitive)), -order, way)
        for order, way in enumerate(ways(infinitive))
    ]
    best = max(scored, default=(0, 0, None), key=lambda one: one[:2])
    return best[2] if best[0] >= 2 else None


def _past_stems(infinitive: str, way: Way | None) -> Iterator[str]:
    """нес-ці: нёс, несла; вес-ці: вёў, вяла; памер-ці: памёр; адвык-нуць: адвык, адвыкла."""
    if infinitive.endswith("нуць"):
        yield infinitive[:-4]
    if (infinitive.endswith(("ці", "чы")) and not infinitive.endswith("ерці")) or infinitive.endswith("эрці"):
        stem = infinitive[:-2]
        yield stem
        if way:
            yield way.stem
            if way.stem[-1:] in "дт":
                yield way.stem[:-1]
    if infinitive.endswith(("ерці", "эрці")):
        yield infinitive[:-2]


def _claims(cells: dict[str, set[tuple[str, str]]], listed: _Listed) -> dict[str, list[Lexeme]]:
    """Infinitive → its listed passive participles; створаны is of стварыць alone, for ствараць likely has none."""
    best: dict[str, int] = {}
    found: dict[str, list[tuple[int, Lexeme]]] = {infinitive: [] for infinitive in cells}
    for infinitive, forms in cells.items():
        for lemma in dict.fromkeys(_participle_lemmas(infinitive, forms)):
            for lexeme in listed.participles.get(neutral(lemma), ()):
                rank = 2 * (lexeme.lemma != lemma) + (not _is_second(forms))
                found[infinitive].append((rank, lexeme))
                best[lexeme.lemma] = min(rank, best.get(lexeme.lemma, rank))
    return {
        infinitive: [lexeme for rank, lexeme in claimed if rank == best[lexeme.lemma]]
        for infinitive, claimed in found.items()
    }


def _is_second(forms: set[tuple[str, str]]) -> bool:
    """Whether it is conjugated like робіш, робіць."""
    return any(tag == "V-s-" and form.endswith(("іць", "ыць")) for form, tag in forms)


def _participles(infinitive: str, cells: set[tuple[str, str]], known: list[Lexeme]) -> tuple[tuple[str, str], ...]:
    """Of the passive voice, as part of their verb: зроблены, зроблена; regular ones where none is listed."""
    likely = next(_participle_lemmas(infinitive, cells), "")
    if known:
        forms = {(form, "P" + tag[1:]) for lexeme in known for form, tag in lexeme.forms if tag[0] == "A"}
        heads = {lexeme.lemma for lexeme in known}
    elif likely and len(infinitive) > 5:
        heads = {likely}
        forms = {(likely, "Pnsm"), (likely, "Pasm")}
        for end in "ага аму ым ая ай ую аю ае ыя ых ымі".split():
            form = likely[:-1] + end
            forms |= {(form, "P" + place) for place in places(form)}
    else:
        return ()
    for head in heads:
        forms |= {(head[:-1] + "а", "P-sf"), (head[:-1] + "а", "P-sn"), (head[:-1] + "о", "P-sn")}
    return tuple(sorted(forms))


def _participle_lemmas(infinitive: str, cells: set[tuple[str, str]]) -> Iterator[str]:
    """чытаны, закрыты, зроблены, прыведзены, спечаны."""
    stem = infinitive[:-2]
    if stem[-1] in "аяеэ":
        yield stem + "ны"
        yield stem + "ты"
    elif stem[-1] in "іы" and _is_second(cells):
        root = alternated(stem[:-1])
        yield root + ("аны" if root[-1] in "жшчр" else "ены")
    elif stem[-1] in "іыуор":
        yield stem + "ты"
    if infinitive.endswith(("ці", "чы")):
        for form, tag in sorted(cells):
            if tag == "V-s1" and form[-2] not in VOWELS:
                root = softened(form[:-1])
                yield root + ("аны" if root[-1] in "жшчр" else "ены")
