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
_OF_INFINITIVES = frozenset("fjmqn")
_OF_VOWEL_STEMS = frozenset("bdhx")
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
        reflexive = {(_with_sya(form, tag), tag) for form, tag in forms}
        participles = _participles(infinitive, forms, claims[infinitive])
        found.append(Lexeme(infinitive, False, (*sorted(forms), *participles)))
        found.append(Lexeme(_with_sya(infinitive, "I---"), False, tuple(sorted(reflexive))))
    return found, {form for lexeme in found for form, tag in lexeme.forms if tag[0] != "P"}


def _listed(words: WordList, adjectives: Iterable[Lexeme]) -> _Listed:
    listed = _Listed()
    loose: set[str] = set()
    """Ends in -нуць: прывыкнуць, or the third person павернуць."""
    for entry in words.entries:
        if entry.capital or not set(entry.flags) <= FLAGS or len(entry.head) < 3:
            continue
        made = words.made(entry)
        active = _without_sya_all(entry, made)
        owners = _infinitives(entry, made)
        listed.infinitives |= owners
        if entry.head.endswith(("нуць", "нуцца")) and not set(entry.flags) & _OF_INFINITIVES:
            loose |= owners
            owners = set()
        if not owners:
            loose |= _left_out(entry)
        for form in active:
            listed.forms[neutral(form)][form] |= owners or {""}
        if not entry.flags and entry.head.endswith(_LOOSE_ORDERS) and len(entry.head) > 3:
            listed.orders.add(_active(entry.head))
        listed.orders |= {_active(one.form) for one in made if one.flag in _OF_ORDERS}
        for owner in owners:
            listed.owned[owner] |= active
    sure = {neutral(form) for form in listed.infinitives if form not in loose}
    listed.infinitives -= loose
    listed.infinitives |= {form for form in loose if neutral(form) not in sure}
    for lexeme in adjectives:
        if lexeme.lemma.endswith(("ны", "ты")) and not lexeme.capital:
            listed.participles[neutral(lexeme.lemma)].append(lexeme)
    return listed


def _infinitives(entry: Entry, made: Iterable[Made]) -> set[str]:
    """Those that the entry holds: made by its flags for the past, or its head itself."""
    found = {
        _active(one.form)
        for one in made
        if (one.flag == "f" and one.add.endswith("ць")) or (one.flag == "j" and one.add.endswith("цца"))
    }
    if "e" in entry.flags and "c" not in entry.flags and entry.head.endswith(("аю", "яю")):
        found = set()  # даю is of даваць, though the list makes даць of it too
    head = _active(entry.head)
    if _is_infinitive(entry):
        found.add(head)
    if head.endswith(("чы", "сці", "зці", "рці", "бці", "пці")) and not set(entry.flags) & _OF_PRESENT:
        found.add(head)
    return {form for form in found if len(form) > 3}


def _left_out(entry: Entry) -> set[str]:
    """Infinitives that the list lacks, from the first person: пяку, пячы; грабу, грабці; абвыкну, абвыкнуць."""
    if not set(entry.flags) & set("ce"):
        return set()
    for end, infinitive in (("ку", "чы"), ("гу", "чы"), ("бу", "бці"), ("пу", "пці"), ("ну", "нуць")):
        if entry.head.endswith(end):
            return {entry.head.removesuffix(end) + infinitive}
    return set()


def _is_infinitive(entry: Entry) -> bool:
    """Whether a head in -ць is one, and not the third person: спіць, глядзіць."""
    flags = set(entry.flags)
    if entry.head.endswith(("ць", "цца")) and flags & _OF_INFINITIVES:
        return True
    if entry.head.endswith(("аць", "яць", "ацца", "яцца", "ецца")) and flags & _OF_VOWEL_STEMS:
        return True
    return entry.head.endswith(("нуць", "нуцца"))  # or the third person of many, which the caller sees


def _without_sya_all(entry: Entry, made: Iterable[Made]) -> set[str]:
    """Every form of the entry as the verb without -ся has it."""
    found = {_active(one.form, present=one.flag in "bd") for one in made}
    if entry.flags:
        return found | {_active(entry.head, present=not _is_infinitive(entry))}
    if len(entry.head) < 6:
        return {entry.head}
    return {_active(entry.head), _active(entry.head, present=not _is_infinitive(entry))}


def _active(form: str, *, present: bool = False) -> str:
    """Without -ся: робіцца, робіць; and of the present, пішацца, піша."""
    if form.endswith("цца"):
        return form[:-3] if present and form[-4] in "еэаё" else form[:-3] + "ць"
    return form.removesuffix("ся")


def _with_sya(form: str, tag: str) -> str:
    if form.endswith("ць"):
        return form[:-2] + "цца"
    third = form[-1] in "еэаё" and (tag == "V-s-" or (tag == "V---" and not form.endswith(("це", "ла"))))
    return form + ("цца" if third else "ся")


_PAST = (("ў", "V-sm"), ("ла", "V-sf"), ("ла", "V-sn"), ("ло", "V-sn"), ("лі", "V-p-"))


def _cells(infinitive: str, listed: _Listed) -> set[tuple[str, str]]:
    """Every form with its tag, the passive participles aside."""
    cells = {(infinitive, "I---")} | conjugated(infinitive)
    best = _best(infinitive, listed)
    for way in best if len(cells) == 1 else ():
        for form, tag in way.present:
            cells |= {(spelled, tag) for spelled in listed.of(form, infinitive)}
        for form in way.imperative:
            cells |= {(spelled, "V---") for spelled in listed.of(form, infinitive) if spelled in listed.orders}
    cells |= {(third[:-2] + "чы", "G---") for third, tag in cells if tag == "V-p-" and third.endswith("ць")}
    stem = infinitive[:-2]
    if infinitive.endswith("ць") and stem[-1] in VOWELS:
        cells |= {(stem + end, tag) for end, tag in _PAST} | {(stem + "ўшы", "G---")}
    for past in _past_stems(infinitive, best):
        for end, tag in (("", "V-sm"), *_PAST, ("шы", "G---"), ("ўшы", "G---")):
            cells |= {(spelled, tag) for spelled in listed.of(past + end, infinitive) if spelled[-1] != "ь"}
    # The first person of many in -мо (стаімо), and unstressed (нясем), as the classical orthography has them too.
    cells |= {(form + "о", tag) for form, tag in cells if tag == "V-p-" and form.endswith(("ём", "ім", "ым"))}
    cells |= {(form[:-2] + "ем", tag) for form, tag in cells if tag == "V-p-" and form.endswith("ём")}
    cells |= {(form[:-1] + "о", "V-sn") for form, tag in cells if tag == "V-sf"}
    known = {form for form, _ in cells}
    return cells | {(form, "V---") for form in listed.owned[infinitive] if form not in known}


def _best(infinitive: str, listed: _Listed) -> list[Way]:
    """The way that most of the listed present forms speak for; none where hardly one does; падыму and падніму, both."""
    scored = [
        (sum(1 for form, _ in way.present if listed.of(form, infinitive)), way)
        for way in ways(infinitive)
        if sum(1 for form, _ in way.present if form != infinitive and listed.of(form, infinitive)) > 1
    ]
    most = max((score for score, _ in scored), default=0)
    best = list(dict.fromkeys(way for score, way in scored if score == most))
    return best if infinitive.endswith(_TWO_WAYS) else best[:1]


_TWO_WAYS = ("няць", "сці", "ліць", "віць", "біць", "піць", "шыць")
"""Ends of infinitives that are two verbs in one (упасці, упаду and упасу), or one in two ways (падыму, падніму)."""


def _past_stems(infinitive: str, best: list[Way]) -> Iterator[str]:
    """нес-ці: нёс, несла; вес-ці: вёў, вяла; памер-ці: памёр; адвык-нуць: адвык, адвыкла."""
    if infinitive.endswith("нуць"):
        yield infinitive[:-4]
    if infinitive.endswith(("ці", "чы")):
        yield infinitive[:-2]
        for way in best:
            yield way.stem
            if way.stem[-1:] in "дтвн":
                yield way.stem[:-1]


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
    return any(tag == "V-s-" and form.endswith(("іш", "ыш")) for form, tag in forms)


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
    if infinitive.endswith("даць") and conjugated(infinitive):
        yield stem + "дзены"
    elif stem[-1] in "іыеэ" and _is_second(cells):
        root = alternated(stem[:-1])
        yield root + ("аны" if root[-1] in "жшчр" else "ены")
        yield softened(stem[:-1]) + "ены"
    elif stem[-1] in "аяеэ":
        yield stem + "ны"
        yield stem + "ты"
    elif stem[-1] in "іыуор":
        yield stem + "ты"
        if stem.endswith("ну"):
            yield stem[:-1] + "ёны"
    if infinitive.endswith(("ці", "чы")):
        for form, tag in sorted(cells):
            if tag == "V-s1" and form[-2] not in VOWELS:
                root = softened(form[:-1])
                yield root + ("аны" if root[-1] in "жшчр" else "ены")
