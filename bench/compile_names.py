"""Ukrainian proper nouns, out of hunspell-uk's word list: `python -m bench.compile_names uk_UA.dic`.

pymorphy3's dictionary marks first names and surnames, but no places. A lemma that hunspell-uk knows with a capital only
is a proper noun. Writes chatovyi/language/names-uk.txt.gz, the same bytes for the same list.
"""

import gzip
import sys
from pathlib import Path

from core.text.fold import fold

OUT = Path(__file__).parents[1] / "chatovyi" / "language" / "names-uk.txt.gz"


def main() -> None:
    """Prints how many lemmas were written."""
    small: set[str] = set()
    capital: set[str] = set()
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()[1:]:
        word = line.split("/")[0].split("\t")[0].strip()
        if word and word[0].isalpha():
            (capital if word[0].isupper() and not word.isupper() else small).add(fold(word))
    names = sorted(capital - small)
    OUT.write_bytes(gzip.compress("\n".join(names).encode(), mtime=0))
    print(f"{len(names)} names, {OUT.stat().st_size} bytes: {OUT.name}")


if __name__ == "__main__":
    main()
