"""The matcher's snapshot in a file beside the database: a cache, which may be lost, old or broken at any time."""

import logging
import os
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from core.match.snapshot import Arrays

log = logging.getLogger(__name__)


class SnapshotFile:
    """One file of named arrays, replaced as a whole."""

    def __init__(self, path: Path, *, made_by: str) -> None:
        """`made_by` names what the tables depend on, program and dictionaries; a file made by others is passed over."""
        self._path = path
        self._made_by = np.frombuffer(made_by.encode(), np.uint8)

    def load(self) -> Arrays | None:
        """What was saved last, if it can be used."""
        try:
            with self._path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
        except FileNotFoundError:
            return None
        except (OSError, ValueError, EOFError, BadZipFile) as error:
            log.warning("snapshot passed over", extra={"reason": str(error)})
            return None
        if not np.array_equal(arrays.pop("made_by", None), self._made_by):
            log.info("snapshot passed over", extra={"reason": "made by another version"})
            return None
        return arrays

    def save(self, arrays: Arrays) -> None:
        """Puts the arrays in place of what was saved before; a full disk is logged, for the store has everything."""
        beside = self._path.with_name(self._path.name + ".new")
        try:
            with beside.open("wb") as file:
                np.savez(file, allow_pickle=False, made_by=self._made_by, **arrays)
            os.replace(beside, self._path)
        except OSError as error:
            log.warning("snapshot not saved", extra={"reason": str(error)})
            beside.unlink(missing_ok=True)
