"""The copy that is published: consistent, compact, immutable, without what concerns nobody.

What a snapshot leaves out: fetch validators, and the paths that files were loaded from. What it
adds: fresh statistics, optimised full-text indexes, and inspect data, with which Datasette starts
without counting (https://docs.datasette.io/en/stable/performance.html).
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import file_digest
from pathlib import Path

from feedsette.errors import StoreError
from feedsette.publishing.readers import reading
from feedsette.schema import TABLES
from feedsette.store import is_there

INSPECT_FILE = "inspect-data.json"


def write_snapshot(source: Path, target: Path) -> None:
    """Write a snapshot of source to target, and the inspect data beside it.

    The target appears whole or not at all; a server that has an older one open keeps reading that
    until it is restarted. Raises StoreError, in one line, for whatever a user can mend.
    """
    try:
        if is_there(source) and target.exists() and target.samefile(source):
            words = "is the database itself; name another file for the snapshot"
            raise StoreError(f"{target}: {words}")
        target.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(target) as made:
            _copy(source, made)
            _finish(made)
            inspected = _inspect(made, target.name)
            _replace_text(target.parent / INSPECT_FILE, json.dumps(inspected, indent=2) + "\n")
            made.replace(target)
    except UnicodeEncodeError:
        raise StoreError(f"{target}: SQLite writes only to names that are UTF-8") from None
    except (OSError, sqlite3.OperationalError) as error:
        raise StoreError(f"{target}: the snapshot cannot be written: {error}") from error


@contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    path = target.with_name(f".{target.name}.{os.getpid()}.part")
    path.unlink(missing_ok=True)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with reading(source) as connection:
        connection.execute("commit")  # VACUUM wants no transaction, and is one by itself
        connection.execute("vacuum into ?", (str(target),))


def _finish(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = delete")
        for table in TABLES:
            if table.is_private:
                connection.execute(f'drop table if exists "{table.name}"')
            if table.full_text:
                index = f'"{table.name}_fts"'
                connection.execute(f"insert into {index}({index}) values ('optimize')")  # noqa: S608
        connection.execute("analyze")
        connection.execute("vacuum")


def _inspect(path: Path, name: str) -> dict[str, object]:
    # the format that `datasette inspect` writes; "file" would be a path of the build machine
    with closing(sqlite3.connect(path)) as connection, path.open("rb") as file:
        names = connection.execute("select name from sqlite_master where type = 'table'")
        tables = {
            table: {"count": connection.execute(f'select count(*) from "{table}"').fetchone()[0]}  # noqa: S608
            for (table,) in names.fetchall()
        }
        digest = file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    return {
        Path(name).stem: {"hash": digest, "size": size, "file": name, "tables": tables},
    }


def _replace_text(path: Path, text: str) -> None:
    with _temporary(path) as part:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
