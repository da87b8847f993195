"""Reading a content.db row by row, as one consistent state, while others may write to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from feedsette.schema import TABLES, Column
from feedsette.store import named_errors, open_database
from feedsette.views import VIEWS


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view that is published: its columns, and the order that makes exports equal."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """What identifies a row; empty for a view."""
    order: str
    kind: str


_TABLES = {
    table.name: Relation(
        table.name,
        table.description,
        table.columns,
        ("id",) if table.has_id else table.key,
        "id" if table.has_id else ", ".join(table.key),
        "table",
    )
    for table in TABLES
    if not table.hidden
}
RELATIONS = (
    *_TABLES.values(),
    *(
        Relation(
            view.name,
            view.description,
            tuple(Column(column.name, str, column.description) for column in view.columns),
            (),
            view.order,
            "view",
        )
        for view in VIEWS
    ),
)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that sees the database as it was at one moment.

    Raises StoreError if there is no such file, or it is no database of ours, or damaged.
    """
    with open_database(path, read_only=True) as database:  # says what is wrong with it
        database.require_tables()
    uri = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.execute("begin")
        try:
            yield connection
        except sqlite3.OperationalError:
            raise  # of a file that is written: only its writer knows the name
        except sqlite3.DatabaseError:
            with named_errors(path):
                raise


def rows(connection: sqlite3.Connection, relation: Relation) -> Iterator[tuple[object, ...]]:
    """The rows, streamed in the relation's order, which is the same however they were written."""
    columns = ", ".join(f'"{column.name}"' for column in relation.columns)
    select = f'select {columns} from "{relation.name}" order by {relation.order}'  # noqa: S608
    return connection.execute(select)
