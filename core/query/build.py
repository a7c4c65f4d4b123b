"""The nodes of a query's tree put together, with nothing in it twice or in vain."""

from collections.abc import Callable, Iterable, Iterator

from core.lexicon import LANGUAGES, Language
from core.query.tree import AllOf, AnyOf, FromSource, InLanguage, InTitle, Near, Node, Without, Word, words_of


def all_of(parts: Iterable[Node]) -> Node:
    """Every part: one level, each part once, a single part as itself. Not for no parts.

    Of parts that differ in capitals alone (`США`, `сша`) the one that asks for more stays, whichever came first. Two
    languages or two sources are alternatives, for no article is of both.
    """
    once = _once(_opened(parts, AllOf), min)
    for kind in (InLanguage, FromSource):
        once = _either(once, kind)
    return once[0] if len(once) == 1 else AllOf(once)


def any_of(parts: Iterable[Node]) -> Node:
    """One of the parts: as `all_of`, but of `США` and `сша` the one stays that asks for less."""
    once = _once(_opened(parts, AnyOf), max)
    return once[0] if len(once) == 1 else AnyOf(once)


def without(part: Node) -> Node:
    """The part must not hold; of a negation, what it negates."""
    return part.part if isinstance(part, Without) else Without(part)


def in_title(part: Node) -> Node:
    """In the headline, said once."""
    return part if isinstance(part, InTitle) else InTitle(part)


def languages_in_order(languages: Iterable[Language]) -> tuple[Language, ...]:
    """Each once, in the order of `LANGUAGES`; none where all are named, which is the same."""
    named = set(languages)
    return tuple(language for language in LANGUAGES if language in named) if len(named) < len(LANGUAGES) else ()


def positive(node: Node) -> bool:
    """Whether it asks for something to be there, so that not every article on other things answers it."""
    match node:
        case Without() | FromSource() | InLanguage():
            return False
        case AllOf(parts=parts):
            return any(map(positive, parts))
        case AnyOf(parts=parts):
            return all(map(positive, parts))
        case InTitle(part=part):
            return positive(part)
        case _:
            return True


def depth(node: Node) -> int:
    """How many levels the tree has."""
    match node:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return 1 + max(map(depth, parts))
        case Near(left=left, right=right):
            return 1 + max(depth(left), depth(right))
        case Without(part=part) | InTitle(part=part):
            return 1 + depth(part)
        case _:
            return 1


def _opened(parts: Iterable[Node], kind: type[AllOf] | type[AnyOf]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, kind):
            yield from part.parts
        else:
            yield part


def _either(parts: tuple[Node, ...], kind: type[Node]) -> tuple[Node, ...]:
    named = [part for part in parts if isinstance(part, kind)]
    return (*(part for part in parts if part not in named), any_of(named)) if len(named) > 1 else parts


_Choice = Callable[..., Node]


def _once(parts: Iterable[Node], choice: _Choice) -> tuple[Node, ...]:
    kept: dict[Node, Node] = {}
    for part in parts:
        kept[part] = choice(kept[part], part, key=_typed) if part in kept else part
    return tuple(kept.values())


def _typed(node: Node) -> tuple[str, ...]:
    """Capitals come before small letters."""
    return tuple(map(_letters, words_of(node)))


def _letters(word: Word) -> str:
    return word.typed or word.key
