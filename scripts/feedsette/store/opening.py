"""The door of the store: whose file it is, whether it fits this feedsette, and how it is set up."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from feedsette.clocks import utc_now
from feedsette.errors import StoreError
from feedsette.rows import EXTRACTOR_VERSION
from feedsette.store import connections, versions
from feedsette.store.database import Database, OnArticle

NONE_YET = "no such database; load feeds into it first"


def open_database(  # noqa: PLR0913 — by keyword, and most for tests only
    path: Path | str,
    *,
    clock: Callable[[], datetime] = utc_now,
    extractor_version: int = EXTRACTOR_VERSION,
    read_only: bool = False,
    busy_seconds: float = connections.BUSY_SECONDS,
    on_article: OnArticle | None = None,
) -> Database:
    """Open, create or upgrade a database; `:memory:` makes one for tests.

    Raises StoreError with one line for a file that is not SQLite, not ours, made by a newer
    feedsette, locked by another process, or that cannot be written.
    """
    if read_only and not connections.is_there(path):
        raise StoreError(f"{path}: {NONE_YET}")
    with connections.named_errors(path, reading=read_only):
        mode = "ro" if read_only else "rwc"
        connection = connections.connect(path, mode=mode, busy_seconds=busy_seconds)
        try:
            _require_ours(path, connection)
            _require_fitting(path, connection, upgradable=not read_only)
            if not read_only:
                _write_ahead(connection, busy_seconds)
                _prepare(connection, clock)
        except BaseException:
            connection.close()
            raise
    return Database(
        path,
        connection,
        clock,
        extractor_version,
        read_only=read_only,
        busy_seconds=busy_seconds,
        on_article=on_article,
    )


@contextmanager
def open_dry_run(
    path: Path | str, *, clock: Callable[[], datetime] = utc_now
) -> Iterator[Database]:
    """A throw-away copy of a database, or a new one if there is none: the file stays as it is.

    The copy lies in the system's folder for temporary files, and takes as much room.
    """
    from tempfile import TemporaryDirectory  # late: few ask for it, and it takes time to start

    with TemporaryDirectory(prefix="feedsette-") as folder:
        copy = Path(folder) / Path(path).name
        if connections.is_there(path):
            _copy(path, copy)
        with open_database(copy, clock=clock) as database:
            yield database


def _copy(path: Path | str, copy: Path) -> None:
    with (
        connections.named_errors(path, reading=True),
        closing(connections.connect(path, mode="ro")) as source,
    ):
        _require_ours(path, source)
        _require_fitting(path, source, upgradable=True)
        with connections.named_errors(copy), closing(sqlite3.connect(copy)) as target:
            source.backup(target)


def _require_ours(path: Path | str, connection: sqlite3.Connection) -> None:
    (mark,) = connection.execute("pragma application_id").fetchone()
    (tables,) = connection.execute("select count(*) from sqlite_master").fetchone()
    if tables and mark != connections.APPLICATION_ID:
        raise StoreError(
            f"{path}: is a SQLite database of something else; name another file with -d"
        )


def _require_fitting(path: Path | str, connection: sqlite3.Connection, *, upgradable: bool) -> None:
    """What is only read is not upgraded: it may be a snapshot whose hash was published."""
    if words := versions.misfit(connection, upgradable=upgradable):
        raise StoreError(f"{path}: {words}")


def _write_ahead(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Let readers go on while a writer writes, so that they never see half an article.

    A new file is switched by whoever opens it first. SQLite does not wait there for one who opens
    it at the same time, since both have a shared lock already; so the waiting is done here.
    """
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _prepare(connection: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
    connection.execute("pragma synchronous = normal")
    # the indexes of a large database do not fit into SQLite's usual 2 MB
    connection.execute("pragma cache_size = -40960")
    connection.execute("pragma wal_autocheckpoint = 4000")
    connection.execute("pragma recursive_triggers = on")
    if not versions.is_current(connection):
        _upgrade(connection, clock())
    # what SQLite keeps so as to undo one row: written to a file it was two thirds of all writes.
    # Not sooner: an upgrade sorts whole tables, which memory need not hold
    connection.execute("pragma temp_store = memory")


def _upgrade(connection: sqlite3.Connection, now: datetime) -> None:
    # late: sqlite-utils imports numpy and pandas where it finds them
    from feedsette.store import migrations

    with connections.transaction(connection):
        connection.execute(f"pragma application_id = {connections.APPLICATION_ID}")
        migrations.upgrade(connection, now)
