"""Opening the file: pragmas, and the one place that names SQLite's errors in plain words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feedsette.errors import StoreError

BUSY_SECONDS = 30.0
"""How long a second writer waits for the first."""
APPLICATION_ID = 0x66733173
"""Marks the file as ours (https://www.sqlite.org/pragma.html#pragma_application_id)."""
MENDING = "restore a snapshot, or move the file away and load the feeds again"
_REASONS = {
    "SQLITE_BUSY": "is locked by another process; try again when that is done",
    "SQLITE_LOCKED": "is locked by another process; try again when that is done",
    "SQLITE_FULL": "the disk is full; nothing of this document was saved",
    "SQLITE_IOERR": "cannot be written or read (I/O error: is the disk full?)",
    "SQLITE_READONLY": "cannot be written: the file or its folder is read-only",
    "SQLITE_PERM": "cannot be opened: permission denied",
    "SQLITE_CANTOPEN": "cannot be opened: no such folder, or the folder is read-only",
    "SQLITE_NOTADB": "is not a SQLite database",
    "SQLITE_CORRUPT": f"is damaged; {MENDING}",
    "SQLITE_TOOBIG": "cannot hold a text that long",
}


# who reads a database that was written ahead writes to the index of that beside it
# (sqlite.org/wal.html#read_only_databases)
_READING = dict.fromkeys(
    ("SQLITE_READONLY", "SQLITE_CANTOPEN"),
    "cannot be read: permission denied, or no way to write beside it; copy it elsewhere",
)


@contextmanager
def named_errors(path: Path | str, *, reading: bool = False) -> Iterator[None]:
    """Turn the SQLite errors that a user can mend into StoreError; a bug keeps its traceback."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # extended codes carry the plain one as their beginning: SQLITE_READONLY_DIRECTORY
        name = getattr(error, "sqlite_errorname", None) or ""
        for code, reason in (_REASONS | _READING if reading else _REASONS).items():
            if name == code or name.startswith(code + "_"):
                raise StoreError(f"{path}: {reason}") from error
        raise


def is_there(path: Path | str) -> bool:
    """Tell whether there is such a file; of a folder that may not be entered nobody can tell."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error.strerror}") from error
    return True


def connect(
    path: Path | str, *, mode: str = "rwc", busy_seconds: float = BUSY_SECONDS
) -> sqlite3.Connection:
    """A connection without implicit transactions; `:memory:` for a database that is thrown away.

    `mode` is SQLite's: ro (read only), rw (must exist), rwc (made if it does not exist).
    """
    target = str(path)
    if target != ":memory:":
        target = f"{Path(path).resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(target, uri=True, timeout=busy_seconds, isolation_level=None)
    connection.execute("pragma foreign_keys = on")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. IMMEDIATE: a second writer waits here and not in the middle of its work."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        # SQLite may have rolled back by itself (full disk)
        if connection.in_transaction:
            connection.execute("rollback")
        raise
