"""What matching an article costs, against peers: `python -m bench.match`.

Articles are those of the seed world, queries are words of them and pairs of such words. Every method answers every
article against all queries: ours with all forms, the substring loop and rapidfuzz with the word as typed.
"""

import platform
import time
from collections.abc import Callable
from importlib.metadata import version

from rapidfuzz import fuzz

from chatovyi.dictionaries import lexicon
from core.expand import expand
from core.match import Matcher, passages
from core.model import QueryId
from core.query import parse
from core.text.words import words
from seeds import load_world

SIZES = (100, 1_000, 5_000)
MOST_SECONDS = 5.0


def main() -> None:
    """Prints milliseconds per article, and the ratio of each method to ours."""
    articles = [(one.title, one.text) for one in load_world().articles if one.outlet not in ("northwire", "hanak")]
    typed = _queries(articles)
    mean = sum(len(words(text)) for _, text in articles) / len(articles)
    packages = ", ".join(f"{name} {version(name)}" for name in ("pymorphy3", "rapidfuzz"))
    print(f"Python {platform.python_version()}, {packages}; {len(articles)} articles of {mean:.0f} words on the mean")
    print(f"{'queries':>8} {'expand ms each':>15} {'match ms':>9} {'substring':>10} {'partial_ratio':>14}")
    for size in SIZES:
        print(_row(typed[:size], articles), flush=True)


def _row(queries: list[str], articles: list[tuple[str, str]]) -> str:
    matcher = Matcher()
    begun = time.perf_counter()
    for number, query in enumerate(queries):
        matcher.add(QueryId(number), expand(parse(query), lexicon()))
    expanding = (time.perf_counter() - begun) / len(queries)
    ours = _timed(articles, lambda title, text: matcher.match(passages(title, text)))
    substring = _timed(articles, lambda title, text: [q for q in queries if q in text or q in title])
    fuzzy = _timed(articles, lambda title, text: [q for q in queries if fuzz.partial_ratio(q, text) >= 85])
    return f"{len(queries):8} {expanding * 1e3:15.3f} {ours * 1e3:9.3f} {substring / ours:9.1f}x {fuzzy / ours:13.1f}x"


def _timed(articles: list[tuple[str, str]], method: Callable[[str, str], object]) -> float:
    """Seconds per article; over all of them, or as many as fit the time."""
    begun, done = time.perf_counter(), 0
    for title, text in articles:
        method(title, text)
        done += 1
        if time.perf_counter() - begun > MOST_SECONDS:
            break
    return (time.perf_counter() - begun) / done


def _queries(articles: list[tuple[str, str]]) -> list[str]:
    """Words of the articles, longest first, then made-up compounds of them: as many as the largest size."""
    found = {word.key for _, text in articles for word in words(text) if len(word.key) > 4}
    ordered = sorted(found, key=lambda word: (-len(word), word))
    pairs = (f"{one} {other}" for one, other in zip(ordered, reversed(ordered), strict=True))
    return (ordered + list(pairs))[: max(SIZES)]


if __name__ == "__main__":
    main()
