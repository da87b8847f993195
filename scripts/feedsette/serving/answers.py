"""What everybody asks is answered once: saved queries without input, and how long a view is.

They depend on the file alone, and took up to half a second for a million links. An answer holds
until the file changes. Whoever types something gets an answer of their own.

So does what Datasette asks about tables and their keys: for each page of an article or a list a
dozen times, and every way to a thread and back costs more than a short query.
"""

import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

from datasette.database import QueryInterrupted, Results
from datasette.utils import sqlite_timelimit

from feedsette.serving.asking import hits, ordering
from feedsette.serving.asking.reading import is_interrupted, is_ours
from feedsette.serving.memory import recall
from feedsette.serving.pages.home import saved_queries
from feedsette.views import VIEWS

if TYPE_CHECKING:  # Datasette imports its plugins while it is being imported itself
    from datasette.app import Datasette

PATIENCE_MS = 10_000
"""A saved query of ours takes half a second of a million links, and a busy machine five times that:
an error page for everybody would be worse than one visitor who waits, or the thread of warming.py.
"""
Execute = Callable[..., Awaitable[Any]]
_LENGTHS = frozenset(f"select count(*) from {view.name}" for view in VIEWS)  # noqa: S608
_CHANGING = re.compile(
    r":_|\b(random\w*|now|current_\w+|changes|total_changes|last_insert_rowid)\b"
    r"|\b(date|time|datetime|julianday|unixepoch)\s*\(\s*\)",
    re.IGNORECASE,
)
"""What makes a query answer differently though the file is the same; `:_` is Datasette's own."""


_OF_SCHEMA = re.compile(
    r"pragma schema_version"
    r"|select (name|1|sql) from sqlite_master where ([^()]|\('table', 'view'\))*",
    re.IGNORECASE,
)
"""What Datasette asks of SQLite's own table; no function and no other table is in it."""
_ABOUT_TABLES = (
    "table_columns", "table_column_details", "primary_keys", "fts_table", "hidden_table_names",
    "foreign_keys_for_table", "get_all_foreign_keys", "label_column_for_table",
)  # fmt: skip
"""Methods of Datasette's Database, whose answers follow from the schema and from metadata.yml."""


async def remember(datasette: "Datasette") -> None:
    """Let every database of ours remember the answers of its shared questions."""
    for name, db in datasette.databases.items():
        if name != "_internal" and await is_ours(db):
            if hasattr(db, "remembers"):  # twice, and a question would wait for itself
                continue
            db.remembers = True
            queries = await saved_queries(datasette, name, None)
            known = {_plain(query["sql"]) for query in queries if query["sql"]}
            shared = frozenset(sql for sql in known if not _CHANGING.search(sql)) | _LENGTHS
            db.execute = _remembering(db, db.execute, shared)
            for method in _ABOUT_TABLES:
                setattr(db, method, _recalling(db, method, getattr(db, method)))


def _recalling(db: Any, name: str, ask: Execute) -> Execute:
    async def answer(*table: str) -> Any:
        found = await recall(db, ("schema", name, *table), lambda: ask(*table))
        return copy(found)  # a list or a dict, which is the caller's own

    return answer


def _remembering(db: Any, execute: Execute, shared: frozenset[str]) -> Execute:
    async def answer(sql: str, params: Any = None, *arguments: Any, **options: Any) -> Any:
        sql = await hits.settle(ordering.settle(sql), params, execute)
        truncate = options.get("truncate", False)
        is_plain = not (arguments or options.get("custom_time_limit") or options.get("page_size"))
        if is_plain and _plain(sql) in shared and _is_empty(params):
            most = db.ds.max_returned_rows if truncate else None
            typed = dict(params or {})
            return await recall(
                db, ("shared", sql, truncate), lambda: db.execute_fn(_patient(sql, typed, most))
            )
        if is_plain and _OF_SCHEMA.fullmatch(sql):
            values = params.items() if isinstance(params, Mapping) else params or ()
            question = ("schema", sql, truncate, *values)
            return await recall(db, question, lambda: execute(sql, params, **options))
        return await execute(sql, params, *arguments, **options)

    return answer


def _patient(
    sql: str, params: dict[str, Any], most: int | None
) -> Callable[[sqlite3.Connection], Results]:
    """Ask as Datasette does, but for longer than it lets a visitor: it is done once for all."""

    def run(connection: sqlite3.Connection) -> Results:
        try:
            with sqlite_timelimit(connection, PATIENCE_MS):
                cursor = connection.execute(sql, params)
                rows = cursor.fetchall() if most is None else cursor.fetchmany(most + 1)
        except sqlite3.OperationalError as error:
            if is_interrupted(error):
                raise QueryInterrupted(error, sql, params) from None
            raise
        return Results(rows[:most], most is not None and len(rows) > most, cursor.description)

    return run


def _plain(sql: str) -> str:
    return sql.strip().rstrip(";")


def _is_empty(params: Any) -> bool:
    """Whether nothing was typed; a query whose parameters are counted is not one of ours."""
    if not params:
        return True
    return isinstance(params, Mapping) and not any(params.values())
