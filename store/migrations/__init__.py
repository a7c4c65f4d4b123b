"""Numbered migrations, each applied once, in one transaction; never edited after a release."""

import re
from dataclasses import dataclass
from importlib import resources

_NAME = re.compile(r"(\d{4})_(\w+)\.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step of the schema."""

    number: int
    name: str
    sql: str


def migrations() -> list[Migration]:
    """All steps in order; their numbers run from 1 without a gap."""
    found = []
    for file in resources.files(__name__).iterdir():
        name = _NAME.fullmatch(file.name)
        if name:
            found.append(Migration(number=int(name[1]), name=name[2], sql=file.read_text(encoding="utf-8")))
    return sorted(found, key=lambda migration: migration.number)
