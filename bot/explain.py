"""A query in words: what was understood, or what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.says import Catalogue, Html, html, plain
from bot.screen import listed, shortened
from core.meaning import Clause, Close, Every, Meaning, Never, Of, Sense, Some, Term, Tier, Titled, Written
from core.query.mistakes import QueryMistake, caret
from core.query.tree import Switch, words_of

LONGEST_SHOWN = 1000
"""Characters of a query in words beyond which forms are not told, and of a correction that is still shown."""


def explained(meaning: Meaning, say: Catalogue) -> Html:
    """«новини, де є «Білорусь» (14 форм) і («Лукашенко» (9 форм) або «Мінськ» (7 форм)), але без «спорт» (10 форм)»."""
    exact = frozenset(word.key for word in words_of(meaning.query.root) if word.how == "exact")
    text = say("explain.news", what=_Telling(say, exact).clause(meaning.root))
    if len(plain(text)) > LONGEST_SHOWN:
        text = say("explain.news", what=_Telling(say, exact, brief=True).clause(meaning.root))
    return _with_settings(text, meaning, say)


def clause_told(clause: Clause, say: Catalogue, *, most: int) -> Html:
    """A part of a query in words, without remarks; where that is longer than `most`, cut."""
    text = _Telling(say, frozenset(), brief=True).clause(clause)
    return text if len(plain(text)) <= most else html(shortened(plain(text), most))


def _with_settings(text: Html, meaning: Meaning, say: Catalogue) -> Html:
    asked = meaning.query.switches
    also = [say(f"explain.switch.{switch}") for switch in _ALSO if switch in asked]
    if also:
        text = say("explain.also", what=text, switches=listed(also, Html(", ")))
    if "strict" in asked:
        text = say("explain.strict", what=text)
    if "wide" in asked:
        text = say("explain.wide", what=text)
    languages = [say(f"explain.language.{language}") for language in meaning.query.languages]
    if languages:
        text = say("explain.forms", what=text, languages=listed(languages, Html(", ")))
    return text


_ALSO: tuple[Switch, ...] = ("adjectives", "people", "languages", "transliterations")


def mistaken(mistake: QueryMistake, typed: str, say: Catalogue) -> Html:
    """What is wrong, where, and what may have been meant."""
    lines = [say(f"error.{mistake.hint}", **mistake.values)]
    start, end = mistake.place
    if end - start < len(typed.strip()):
        lines.append(say("explain.place", lines=caret(typed, mistake.place)))
    if mistake.corrected is not None and len(mistake.corrected) <= LONGEST_SHOWN:
        lines.append(say("explain.perhaps", query=mistake.corrected))
    return Html("\n".join(lines))


@dataclass(frozen=True, slots=True)
class _Telling:
    """Clauses in words; brackets stand wherever "and" and "or" meet."""

    say: Catalogue
    exact: frozenset[str]
    """Keys of the words that are looked for as they stand."""
    brief: bool = False
    """Without remarks on the words."""

    def clause(self, clause: Clause) -> Html:
        say = self.say
        match clause:
            case Term():
                return self._term(clause)
            case Close(left=left, right=right, within=within):
                return self._near(left, right, within)
            case Every(parts=parts):
                return self._every(parts)
            case Some(parts=parts):
                return self._joined(say("explain.or"), parts)
            case Never(part=part):
                return say("explain.not" if _is_filter(part) else "explain.without", what=self._inside(part))
            case Titled(part=part):
                return say("explain.title", what=self._inside(part))
            case Of(source=source):
                return say("explain.source", name=source)
            case Written(language=language):
                return say(f"explain.language.{language}")

    def _every(self, parts: Sequence[Clause]) -> Html:
        """What must be there, then what narrows, then what must not be."""
        say = self.say
        never = [part for part in parts if isinstance(part, Never)]
        filters = [part for part in parts if _is_filter(part)]
        wanted = [part for part in parts if part not in never and part not in filters]
        text = self._joined(say("explain.and"), wanted)
        if filters:
            narrowed = self._joined(say("explain.and"), filters)
            text = say("explain.only", what=text, filters=narrowed) if wanted else narrowed
        if never:
            excluded = self._joined(say("explain.and"), never)
            text = say("explain.but", what=text, without=excluded) if text else excluded
        return text

    def _joined(self, word: Html, parts: Sequence[Clause]) -> Html:
        inside = [self._inside(part) if len(parts) > 1 else self.clause(part) for part in parts]
        return listed(inside, Html(f" {word} "))

    def _inside(self, clause: Clause) -> Html:
        text = self.clause(clause)
        return Html(f"({text})") if isinstance(clause, Every | Some) else text

    def _near(self, left: Sequence[Term], right: Sequence[Term], within: int) -> Html:
        say = self.say
        one, other = self._alternatives(left), self._alternatives(right)
        if within == 0:
            return say("explain.next", left=one, right=other)
        return say("explain.near", left=one, right=other, words=say.count("words_between", within))

    def _alternatives(self, terms: Sequence[Term]) -> Html:
        say = self.say
        text = self._joined(say("explain.or"), terms)
        return Html(f"({text})") if len(terms) > 1 else text

    def _term(self, term: Term) -> Html:
        say, remarks = self.say, [] if self.brief else list(self._remarks(term))
        if not remarks:
            return say("explain.word", base=term.base)
        return say("explain.remarked", base=term.base, remarks=listed(remarks, Html(", ")))

    def _remarks(self, term: Term) -> Iterator[Html]:
        say, senses = self.say, term.senses
        forms = max(map(_forms, senses))
        if all(len(sense.forms) == 1 and self.exact.issuperset(sense.forms) for sense in senses):
            yield say("explain.exact")
        elif any(sense.shape == "capitals" for sense in senses):
            yield say("explain.capitals")
        elif forms > 0:
            # Of a phrase those of the word that has most, for its words change together.
            yield say.count("forms", forms)
        if any(sense.prefix for sense in senses):
            yield say("explain.beginning")
        if any(sense.fuzzy for sense in senses):
            yield say("explain.slip")
        if term.within:
            yield say("explain.loose", words=say.count("words_between", term.within))


def _forms(sense: Sense) -> int:
    """Those of the word itself, without other spellings and words made of it; of an unknown word the likely ones."""
    counted = (Tier.FORM,) if sense.lemmas else (Tier.FORM, Tier.GUESS)
    return sum(tier in counted for tier in sense.forms.values())


def _is_filter(clause: Clause) -> bool:
    """Whether it narrows where news is from, rather than what it is of."""
    match clause:
        case Of() | Written():
            return True
        case Some(parts=parts):
            return all(map(_is_filter, parts))
        case _:
            return False
