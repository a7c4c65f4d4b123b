"""Compiles Debian's hunspell-be into `chatovyi/language/belarusian.gz`.

    python -m bench.compile_belarusian be_BY.aff be_BY.dic chatovyi/language/belarusian.gz

The same list gives the same file, byte for byte.
"""

import gzip
import io
import sys
from collections import Counter, defaultdict
from pathlib import Path

from bench.belarusian.adjectives import adjectives, scattered
from bench.belarusian.hunspell import WordList
from bench.belarusian.irregular import MORE, rows, unchanging
from bench.belarusian.lexeme import Lexeme
from bench.belarusian.names import kind_of_name
from bench.belarusian.nouns import nouns
from bench.belarusian.verbs import verbs


def lexemes(words: WordList) -> list[Lexeme]:
    """Every word of the list."""
    described = list(adjectives(words))
    named, taken = nouns(words)
    apart, used_apart = scattered(entry for entry in words.entries if not entry.flags and entry not in taken)
    described += apart
    taken |= used_apart
    acted, used = verbs(words, described)
    named = _with_irregular(named)
    rest = [
        Lexeme(entry.head, entry.capital, ((entry.head, unchanging(entry.head) + "---"),))
        for entry in words.entries
        if not entry.flags and entry not in taken and (entry.capital or entry.head not in used)
    ]
    bound = {lexeme.lemma for lexeme in rest if not lexeme.capital}
    found = [*described, *named, *acted, *rest]
    names = {lexeme.lemma for lexeme in found if lexeme.capital}
    return [_unlike(lexeme, bound, names) if lexeme.capital else lexeme for lexeme in found]


def _unlike(name: Lexeme, bound: set[str], names: set[str]) -> Lexeme:
    """The name without cases that are everyday words (але is hardly ever of Ала) or surnames (Назараў)."""
    first = kind_of_name(name, names) == "f"
    forms = tuple(
        (form, tag)
        for form, tag in name.forms
        if form == name.lemma or not (form in bound or (first and form.endswith("ў")))
    )
    return Lexeme(name.lemma, name.capital, forms)


def _with_irregular(named: list[Lexeme]) -> list[Lexeme]:
    """The nouns with the forms that no ending foretells."""
    more = {lexeme.lemma: lexeme.forms for lexeme in rows()}
    found = [
        lexeme
        if lexeme.capital or lexeme.lemma not in more
        else Lexeme(lexeme.lemma, False, tuple(dict.fromkeys((*lexeme.forms, *more[lexeme.lemma]))))
        for lexeme in named
    ]
    listed = {lexeme.lemma for lexeme in found if not lexeme.capital}
    return found + [Lexeme(lemma, False, forms) for lemma, forms in more.items() if lemma not in listed]


def compiled(found: list[Lexeme]) -> str:
    """The file's text: a line for every paradigm, an empty one, a line for every stem with its words."""
    paradigms: Counter[str] = Counter()
    stems: dict[str, set[tuple[str, str]]] = defaultdict(set)
    known = {lexeme.lemma for lexeme in found if lexeme.capital}
    for lexeme in found:
        stem = _common_start([lexeme.lemma, *(form for form, _ in lexeme.forms)])
        endings: dict[str, list[str]] = {lexeme.lemma[len(stem) :]: []}
        for form, tag in lexeme.forms:
            endings.setdefault(form[len(stem) :], []).append(tag)
        paradigm = "|".join(f"{end}:{','.join(dict.fromkeys(tags))}" for end, tags in endings.items())
        paradigms[paradigm] += 1
        stems[stem].add((paradigm, kind_of_name(lexeme, known)))
    order = sorted(paradigms, key=lambda one: (-paradigms[one], one))
    number = {paradigm: at for at, paradigm in enumerate(order)}
    lines = [
        stem + "\t" + " ".join(sorted(f"{number[paradigm]}{name}" for paradigm, name in stems[stem]))
        for stem in sorted(stems)
    ]
    return "\n".join([*order, "", *lines]) + "\n"


def _common_start(forms: list[str]) -> str:
    first, last = min(forms), max(forms)
    same = next((at for at, letter in enumerate(first) if last[at : at + 1] != letter), len(first))
    return first[:same]


def main(arguments: list[str]) -> None:
    aff, dic, out = (Path(argument) for argument in arguments)
    text = compiled(lexemes(WordList(aff.read_text("utf-8"), dic.read_text("utf-8") + MORE)))
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(text.encode("utf-8"))
    out.write_bytes(packed.getvalue())
    head, _, body = text.partition("\n\n")
    print(f"{len(head.splitlines())} paradigms, {len(body.splitlines())} stems, {len(packed.getvalue())} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
