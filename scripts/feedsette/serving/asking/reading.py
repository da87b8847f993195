"""How pages ask the database: rows as dicts, within Datasette's time limit, with a memory."""

import sqlite3
from collections.abc import Awaitable, Callable
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urlencode

from datasette.database import QueryInterrupted

from feedsette.serving import ownership
from feedsette.serving.memory import recall, recall_at_once
from feedsette.store.versions import misfit

if TYPE_CHECKING:  # Datasette imports its plugins while it is being imported itself
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

Row = dict[str, Any]
STEPS = 200
"""Of SQLite's virtual machine, between two looks at the clock. Datasette takes 1,000, some 0.08 ms,
and for limits up to 20 ms a single one: a thousand calls of Python for an article's page.
"""


class Ask(Protocol):
    """Runs a query at once; one that takes too long gives nothing.

    With `again`, other visitors ask the same, and what was given is remembered.
    """

    def __call__(
        self, sql: str, limit_ms: int = ..., *, again: bool = ..., **params: object
    ) -> list[Row]:
        """Give the rows."""


Answer = TypeVar("Answer")


class Reader:
    """One database of a running Datasette, asked for one request."""

    def __init__(self, datasette: "Datasette", database: str, request: "Request") -> None:
        self.datasette = datasette
        self.request = request
        self.database = database
        self._db = datasette.get_database(database)

    @property
    def urls(self) -> Any:
        """Datasette's addresses, which know base_url."""
        return self.datasette.urls

    def argument(self, name: str) -> str:
        """A parameter of the request, '' where it is absent."""
        return str(self.request.args.get(name) or "").replace("\0", "")

    def number(self, name: str, default: int, highest: int) -> int:
        """A parameter of the request as a number from 1 to `highest`, whatever stands there."""
        text = self.argument(name)
        # int() refuses thousands of digits
        value = int(text[:9]) if text.isascii() and text.isdigit() else 0
        return min(value, highest) or default

    def atom(self, **params: str) -> str:
        """Give the address of the newest articles as an Atom feed."""
        asked = urlencode({name: value for name, value in params.items() if value})
        return f"{self.urls.query(self.database, 'newest')}.atom?{asked}"

    async def rows(self, sql: str, limit_ms: int | None = None, **params: object) -> list[Row]:
        """Run a query; one that takes too long gives nothing, so that the page still shows."""
        try:
            return await self._rows_in_time(sql, limit_ms, params)
        except QueryInterrupted:
            return []

    async def remembered_rows(self, sql: str, limit_ms: int, **params: str) -> list[Row]:
        """Run a query of which the same visitors ask the same; as `rows` does."""
        question = (sql, limit_ms, *sorted(params.items()))
        try:
            found: list[Row] = await recall(
                self._db, question, lambda: self._rows_in_time(sql, limit_ms, params)
            )
        except QueryInterrupted:
            return []
        return found

    async def _rows_in_time(
        self, sql: str, limit_ms: int | None, params: dict[str, Any]
    ) -> list[Row]:
        try:
            results = await self._db.execute(sql, params, custom_time_limit=limit_ms)
        except sqlite3.OperationalError as error:
            if not is_interrupted(error):
                raise
            raise QueryInterrupted(error, sql, params) from error
        return [dict(row) for row in results.rows]

    async def together(self, read: Callable[[Ask], Answer]) -> Answer:
        """Let `read` ask several questions at once: each way to the thread and back costs more
        than a short query.
        """
        standard = int(self.datasette.setting("sql_time_limit_ms"))

        def run(connection: sqlite3.Connection) -> Answer:
            deadline = perf_counter()

            def fetch(sql: str, limit_ms: int, params: dict[str, object]) -> list[Row]:
                nonlocal deadline
                deadline = perf_counter() + min(limit_ms, standard) / 1000
                try:
                    return _dicts(connection.execute(sql, params).fetchall())
                except sqlite3.OperationalError as error:
                    if is_interrupted(error):
                        return []
                    raise

            def ask(
                sql: str, limit_ms: int = standard, *, again: bool = False, **params: object
            ) -> list[Row]:
                if not again:
                    return fetch(sql, limit_ms, params)
                question = (sql, *params.values())
                return recall_at_once(self._db, question, lambda: fetch(sql, limit_ms, params))

            connection.set_progress_handler(lambda: perf_counter() > deadline, STEPS)
            try:
                return read(ask)
            finally:
                connection.set_progress_handler(None, STEPS)

        found: Answer = await self._db.execute_fn(run)
        return found

    async def first(self, sql: str, **params: object) -> Row | None:
        """Give the first row."""
        return next(iter(await self.rows(sql, None, **params)), None)

    async def remembered(self, name: str, read: Callable[[], Awaitable[Any]]) -> Any:
        """Give what `read` gave since the file last changed.

        What is remembered depends on the file only, never on the visitor.
        """
        return await recall(self._db, (name,), read)

    async def unhurried(self, sql: str) -> list[Row]:
        """Run a query of ours without Datasette's limit of a second; only to be remembered."""

        def run(connection: sqlite3.Connection) -> list[Row]:
            return [dict(row) for row in connection.execute(sql)]

        found: list[Row] = await self._db.execute_fn(run)
        return found


def _dicts(rows: list[sqlite3.Row]) -> list[Row]:
    """Name the values: dict(row) looks for each among the names of all columns before it."""
    names = rows[0].keys() if rows else ()
    return [dict(zip(names, row, strict=True)) for row in rows]


def is_interrupted(error: sqlite3.OperationalError) -> bool:
    """Whether a limit of time ended a query: SQLite says so in other words while it opens an index
    for full-text search, which a connection does once.
    """
    return error.args == ("interrupted",) or str(error).startswith("vtable constructor failed")


async def find_database(datasette: "Datasette") -> str | None:
    """Name the first database that feedsette made, or None."""
    for name, db in datasette.databases.items():
        if name != "_internal" and await is_ours(db):
            return str(name)
    return None


async def is_ours(db: Any) -> bool:
    """True for a database that feedsette made, whatever its file is called."""

    async def ask() -> bool:
        return ownership.is_made_by_us(await db.table_names())

    answer: bool = await recall(db, ("is ours",), ask)
    ownership.note(db, ours=answer)
    return answer


async def may_see_articles(datasette: Any, database: str, actor: Any) -> bool:
    """True if `allow` in metadata.yml keeps neither the articles nor the database from them."""
    return await _may_see(datasette, actor, database, "articles")


async def may_see_database(datasette: Any, database: str, actor: Any) -> bool:
    """True if `allow` in metadata.yml does not keep the database from them."""
    return await _may_see(datasette, actor, database)


async def _may_see(datasette: Any, actor: Any, *names: str) -> bool:
    """Ask about a database, or about a table of it."""
    is_table = len(names) > 1
    if hasattr(datasette, "permission_allowed"):  # 0.65
        table = [("view-table", names)] if is_table else []
        permissions = [*table, ("view-database", names[0]), "view-instance"]
        visible, _ = await datasette.check_visibility(actor, permissions=permissions)
        return bool(visible)
    resources = import_module("datasette.resources")
    kind = resources.TableResource if is_table else resources.DatabaseResource
    action = "view-table" if is_table else "view-database"
    return bool(await datasette.allowed(action=action, resource=kind(*names), actor=actor))


async def require_fitting(datasette: "Datasette") -> None:
    """Refuse to serve a database of another version, whose pages would fail one by one.

    SystemExit, since Datasette shows a traceback for whatever else a plugin raises there.
    """
    for name, db in datasette.databases.items():
        words = await db.execute_fn(misfit) if await is_ours(db) else None
        if words:
            raise SystemExit(f"{name}: {words}")
