"""An article laid out for looking up: one text, and what it holds whatever its words are."""

from dataclasses import dataclass

from core.match.leaves import ALWAYS, Leaves
from core.match.port import Article
from core.text.scan import Scanned
from core.text.words import words


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """An article as one text: its passages, titles first, a paragraph's end between them."""

    text: str
    title_end: int
    """Where the titles end in it."""
    breaks: tuple[int, ...]
    """Where each passage but the last ends."""
    article: Article

    @classmethod
    def of(cls, article: Article) -> "Sheet":
        """The passages of an article joined."""
        passages = sorted(article.passages, key=lambda passage: passage.field != "title")
        ends: list[int] = []
        for passage in passages:
            ends.append((ends[-1] + len(_BREAK) if ends else 0) + len(passage.text))
        titles = sum(passage.field == "title" for passage in passages)
        title_end = ends[titles - 1] if titles else 0
        return cls(_BREAK.join(passage.text for passage in passages), title_end, tuple(ends[:-1]), article)


_BREAK = "\n\n"


def article_leaves(leaves: Leaves, article: Article) -> list[int]:
    """The leaves that an article holds whatever its words are."""
    held = {ALWAYS}
    if article.language in leaves.languages:
        held.add(leaves.languages[article.language])
    for source in article.sources if leaves.sources else ():
        names = [source, *(source[at + 1 :] for at, letter in enumerate(source) if letter == ".")]
        held.update(leaves.sources[name] for name in names if name in leaves.sources)
    return sorted(held)


def look_at_new(leaves: Leaves, sheet: Sheet, scanned: Scanned, new: list[int]) -> None:
    """Looks at words not seen before, letter by letter; `new` numbers the words, then the parts."""
    hashes = len(scanned.hashes)
    for at in new:
        if at < hashes:
            word = words(sheet.text[scanned.starts[at] : scanned.ends[at]])[0]
            leaves.look_at(word.key, int(scanned.hashes[at]))
        else:
            leaves.look_at(scanned.part_keys[at - hashes], int(scanned.part_hashes[at - hashes]))
