"""The door of the store: open a database, ask what it knows, save what was read."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Self

from feedsette.errors import StoreError
from feedsette.store import connections, migrations
from feedsette.store.times import utc_now


class Database:
    """An open content.db with one writer; a context manager. Made by open_database."""

    def __init__(
        self, path: Path | str, connection: sqlite3.Connection, clock: Callable[[], datetime]
    ) -> None:
        self.path = path
        self.connection = connection
        self.clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was saved is saved."""
        self.connection.close()


def open_database(
    path: Path | str,
    *,
    clock: Callable[[], datetime] = utc_now,
    read_only: bool = False,
    busy_seconds: float = connections.BUSY_SECONDS,
) -> Database:
    """Open, create or upgrade a database; `:memory:` makes one for tests.

    Raises StoreError with one line for a file that is not SQLite, not ours, made by a newer
    feedsette, locked by another process, or that cannot be written.
    """
    with connections.named_errors(path):
        connection = connections.connect(path, read_only=read_only, busy_seconds=busy_seconds)
        try:
            _require_ours(path, connection)
            if not read_only:
                _prepare(path, connection, clock)
        except BaseException:
            connection.close()
            raise
    return Database(path, connection, clock)


def _require_ours(path: Path | str, connection: sqlite3.Connection) -> None:
    (mark,) = connection.execute("pragma application_id").fetchone()
    (tables,) = connection.execute("select count(*) from sqlite_master").fetchone()
    if tables and mark != connections.APPLICATION_ID:
        raise StoreError(
            f"{path}: is a SQLite database of something else; name another file with -d"
        )


def _prepare(
    path: Path | str, connection: sqlite3.Connection, clock: Callable[[], datetime]
) -> None:
    # readers go on while a writer writes, and never see half an article
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    connection.execute("pragma recursive_triggers = on")
    if migrations.is_current(connection):
        return
    try:
        with connections.transaction(connection):
            connection.execute(f"pragma application_id = {connections.APPLICATION_ID}")
            migrations.upgrade(connection, clock())
    except StoreError as error:
        raise StoreError(f"{path}: {error}") from error
