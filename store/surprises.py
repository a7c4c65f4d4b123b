"""What the engine's errors mean to an operator."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from core.errors import DamagedError, StoreError

DAMAGE = (apsw.CorruptError, apsw.NotADBError)
PASSING = (apsw.FullError, apsw.IOError, apsw.BusyError, apsw.CantOpenError)
"""What the world may mend by itself or an operator without us: space, a disk, another program's lock, open files.

Trying again is sound also after a sync that failed: the writer writes every page of the transaction to the log anew.
"""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns the engine's surprises into a sentence that says what to do; mistakes of ours in one piece of work pass."""
    try:
        yield
    except (apsw.SQLError, apsw.ConstraintError, apsw.InterruptError):
        raise
    except DAMAGE as error:
        raise _damage(path, error) from error
    except apsw.Error as error:
        raise StoreError(_sentence(path, error)) from error


def passes(error: StoreError) -> bool:
    """Whether what went wrong may be over in a while."""
    return isinstance(error.__cause__, PASSING)


def is_damage(error: StoreError) -> bool:
    """Whether the file was found broken: no more is to be written to it."""
    return isinstance(error, DamagedError) or isinstance(error.__cause__, DAMAGE)


def damaged(path: Path, found: str) -> DamagedError:
    """What to do about a file of ours that is not whole."""
    return DamagedError(
        f"{path} is damaged ({found.splitlines()[-1]}): nothing more is written to it. Put a backup in its place with "
        "`chatovyi restore BACKUP`, which keeps the damaged file aside; `sqlite3 FILE .recover` may save more of that."
    )


def _damage(path: Path, error: apsw.Error) -> StoreError:
    if isinstance(error, apsw.NotADBError):
        return StoreError(
            f"{path} is not a database: name another file in CHATOVYI_DATABASE, or put a backup in its place with "
            "`chatovyi restore BACKUP`."
        )
    return damaged(path, str(error))


def _sentence(path: Path, error: apsw.Error) -> str:
    match error:
        case apsw.FullError():
            return (
                f"The disk is full: free space near {path}. Nothing stored is lost, and what waits goes on by itself."
            )
        case apsw.CantOpenError() | apsw.PermissionsError() | apsw.ReadOnlyError():
            return f"{path} cannot be opened for writing: check the folder and its permissions."
        case apsw.BusyError() | apsw.LockedError():
            return f"{path} is locked by another program: close it."
        case apsw.IOError():
            return f"The disk failed at {path} ({error}): check it. Nothing stored is lost."
        case _:
            return f"The database {path} failed: {error}."
