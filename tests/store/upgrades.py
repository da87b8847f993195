"""The past that upgrades are tried on: `python tests/store/upgrades.py` writes it down.

Run it on the code of a schema version before the next one is begun. It loads the feeds of
tests/data/upgrades, as over two days, and keeps the database as SQL beside them, named after its
newest migration. test_upgrades.py brings every such file to the present version.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from feedsette.loading import flatten_document
from feedsette.records import Document, Failure, NotModified
from feedsette.rows import FlatFeed
from feedsette.store import Database, StaleKnown, open_database
from feedsette.store.connections import APPLICATION_ID
from feedsette.store.versions import MIGRATION_NAMES

FOLDER = Path(__file__).parent.parent / "data" / "upgrades"
FIRST_DAY = datetime(2024, 2, 8, 12, tzinfo=UTC)
GARDEN = "https://garden.example/feed.xml"
WORKSHOP = "https://workshop.example/atom.xml"


def history() -> Iterator[Document | NotModified | Failure]:
    """What was read, in its order."""
    yield _read("garden.xml", GARDEN, etag='"1"', http_status=200)
    yield _read("workshop.atom", WORKSHOP, last_modified="Mon, 05 Feb 2024 12:00:00 GMT")
    yield _read("notes.json", "notes.json")
    day = FIRST_DAY + timedelta(days=1)
    yield _read("garden-edited.xml", GARDEN, day, etag='"2"', http_status=200)
    yield NotModified(WORKSHOP, day)
    yield Failure("https://silent.example/feed", "silent for 30 s", day)


def present() -> Iterator[Document]:
    """Each feed as it is now."""
    latest = {one.location: one for one in history() if isinstance(one, Document)}
    yield from latest.values()


def _read(name: str, location: str, seen_at: datetime = FIRST_DAY, **more: str | int) -> Document:
    return Document(location, (FOLDER / name).read_bytes(), seen_at, **more)  # type: ignore[arg-type]


def load(database: Database, *records: Document | NotModified | Failure) -> list[str]:
    """Save records as a load does; the status of each."""
    return [_save(database, record) for record in records]


def _save(database: Database, record: Document | NotModified | Failure) -> str:
    if isinstance(record, NotModified):
        return database.save_not_modified(record).status
    if isinstance(record, Failure):
        return database.save_failure(record).status
    if database.is_seen(record):
        return database.save_unchanged(record).status
    known = database.known(record.location)
    while True:
        outcome = flatten_document(record, known, detect=False).outcome
        assert isinstance(outcome, FlatFeed), outcome
        try:
            return database.save(record, outcome).status
        except StaleKnown as stale:
            known = stale.known


def restore(sql: Path, path: Path) -> Path:
    """Make the database of an earlier version from its SQL."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql.read_text("utf-8"))
    return path


def write_dump() -> Path:
    """Load the history into a new database and keep it as SQL."""
    with TemporaryDirectory() as name:
        path = Path(name) / "content.db"
        with open_database(path, clock=lambda: FIRST_DAY + timedelta(days=1)) as database:
            load(database, *history())
        with closing(sqlite3.connect(path)) as connection:
            lines = list(dump(connection))
    written = FOLDER / f"{max(MIGRATION_NAMES)}.sql"
    written.write_text("\n".join(lines) + "\n", "utf-8")
    return written


def dump(connection: sqlite3.Connection) -> Iterator[str]:
    """A database as SQL, its full-text indexes byte for byte.

    Python's iterdump writes what cannot be run where triggers write into such an index.
    """
    yield f"pragma application_id = {APPLICATION_ID};"
    yield "begin;"
    parts = connection.execute(
        "select type, name, sql from sqlite_master where sql is not null order by rowid"
    ).fetchall()
    indexes = [name for _, name, sql in parts if sql.startswith("CREATE VIRTUAL")]
    inner = tuple(f"{name}_" for name in indexes)
    tables = [(name, sql) for kind, name, sql in parts if kind == "table"]
    for name, sql in tables:
        if not name.startswith(inner):  # making the index makes them
            yield f"{sql};"
    for name, _ in tables:
        if name not in indexes:
            yield from _rows(connection, name, emptied=name.startswith(inner))
    for kind in ("index", "view", "trigger"):
        yield from (f"{sql};" for one, _, sql in parts if one == kind)
    yield "commit;"


def _rows(connection: sqlite3.Connection, table: str, *, emptied: bool) -> Iterator[str]:
    if emptied:
        yield f"delete from {table};"
    names = [row[1] for row in connection.execute(f"pragma table_info({table})")]
    quoted = " || ', ' || ".join(f'quote("{name}")' for name in names)
    for (values,) in connection.execute(f"select {quoted} from {table}"):
        yield f"insert into {table} values ({values});"


if __name__ == "__main__":
    print(write_dump(), file=sys.stderr)
