"""What admins do with concepts on the command line: list, put, remove, and have spellings proposed."""

import asyncio
from collections.abc import Iterable, Sequence

from bot.admin.concept_files import read_concepts, shared, written
from core.concept import Concept, ConceptsTx, Member, typed_words
from core.concept.derived import derived
from core.concept.names import LIKELY, likeness
from core.concept.transliteration import written_in
from core.errors import ConfigError
from core.lexicon import LANGUAGES, Language
from core.ports import Store
from core.query.tree import Phrase


async def list_concepts(store: Store, name: str | None) -> str:
    """All concepts, a line each; or one, in the form that is put."""
    concepts = await store.read(lambda tx: tx.concepts())
    if name is not None:
        found = next((concept for concept in concepts if concept.name == name), None)
        if found is None:
            raise ConfigError(f"There is no concept {name!r}: chatovyi concept list shows all.")
        return written(found)
    if not concepts:
        return "No concepts yet: chatovyi concept put FILE.toml"
    return "\n".join(map(_line, concepts))


def _line(concept: Concept) -> str:
    counts = {language: sum(one.language == language for one in concept.members) for language in LANGUAGES}
    return f"{concept.name}: {', '.join(f'{language} {count}' for language, count in counts.items() if count)}"


async def put_concepts(store: Store, text: str, *, file: str) -> str:
    """Stores all concepts of a file, or, where anything in it is wrong, none."""
    given = read_concepts(text, file=file)

    def put(tx: ConceptsTx) -> list[str]:
        changed = [tx.put_concept(concept) for concept in given]
        also = shared(tx.concepts())
        said = []
        for concept, is_new in zip(given, changed, strict=True):
            said.append(f"{concept.name}: {len(concept.members)} terms{'' if is_new else ', as before'}.")
            for term, other in also.get(concept.name, []):
                said.append(f"  {term} stands for {other} too: give it a context in one of them.")
        return said

    return "\n".join(await store.write(put))


async def remove_concept(store: Store, name: str) -> str:
    """Forgets a concept."""
    if not await store.write(lambda tx: tx.remove_concept(name)):
        raise ConfigError(f"There is no concept {name!r}: chatovyi concept list shows all.")
    return f"{name} removed."


async def propose(store: Store, name: str) -> str:
    """A concept for a name, with its spellings in other languages, to be looked through and put; and what the archive
    has that may be another."""
    words = typed_words(name)
    if not words:
        raise ConfigError(f"There is no word in {name!r}.")
    spelled = list(derived(Phrase(tuple(words)), "transliterations", ()))
    own = Member(text=name, language=_language_of(name))
    aliases = [Member(text=one.term, language=one.language, kind="alias") for one in spelled]
    lines = [written(Concept(name=name, members=(own, *aliases)))]
    lemmas = await store.read(lambda tx: tx.lemmas())
    near = await asyncio.to_thread(_near, words[-1].typed, lemmas, [one.term for one in spelled])
    if near:
        lines.append("# The archive has these too; perhaps the same name, perhaps not:")
        lines.extend(f"# {lemma} ({articles} articles)" for lemma, articles in near)
    return "\n".join(lines)


def _language_of(name: str) -> Language:
    votes = [language for word in typed_words(name) for language in written_in(word.key)[:1]]
    return max(LANGUAGES, key=votes.count)


_MOST_NEAR = 20


def _near(surname: str, lemmas: Sequence[tuple[str, int]], known: Iterable[str]) -> list[tuple[str, int]]:
    """Lemmas that may be the surname otherwise spelled, the likeliest first."""
    spelled = {word.key for text in (surname, *known) for word in typed_words(text)}
    likely = [
        (-likeness(surname, lemma), -articles, lemma)
        for lemma, articles in lemmas
        if lemma not in spelled and likeness(surname, lemma) >= LIKELY
    ]
    return [(lemma, -articles) for _, articles, lemma in sorted(likely)[:_MOST_NEAR]]
