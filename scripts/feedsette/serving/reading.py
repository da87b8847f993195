"""How pages ask the database: rows as dicts, within Datasette's time limit, with a memory."""

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.database import QueryInterrupted

from feedsette.store.versions import misfit

if TYPE_CHECKING:  # Datasette imports its plugins while it is being imported itself
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

Row = dict[str, Any]

_NEEDED = {"articles", "sections", "links", "code_blocks", "tags", "feeds"}
_remembered: dict[tuple[object, ...], tuple[object, Any]] = {}


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

    def atom(self, **params: str) -> str | None:
        """Give the address of the newest articles as an Atom feed, where datasette-atom is."""
        if "atom" not in self.datasette.renderers:
            return None
        asked = urlencode({name: value for name, value in params.items() if value})
        return f"{self.urls.query(self.database, 'newest')}.atom?{asked}"

    async def rows(self, sql: str, limit_ms: int | None = None, **params: object) -> list[Row]:
        """Run a query; one that takes too long gives nothing, so that the page still shows."""
        try:
            results = await self._db.execute(sql, params, custom_time_limit=limit_ms)
        except QueryInterrupted:
            return []
        return [dict(row) for row in results.rows]

    async def first(self, sql: str, **params: object) -> Row | None:
        """Give the first row."""
        return next(iter(await self.rows(sql, None, **params)), None)

    async def remembered(self, name: str, read: Callable[[], Awaitable[Any]]) -> Any:
        """Give what `read` gave since the file last changed.

        What is remembered depends on the file only, never on the visitor.
        """
        key = (id(self.datasette), self.database, name)
        stamp = self._stamp()
        known = _remembered.get(key)
        if known and stamp is not None and known[0] == stamp:
            return known[1]
        value = await read()
        _remembered[key] = (stamp, value)
        return value

    async def unhurried(self, sql: str) -> list[Row]:
        """Run a query of ours without Datasette's limit of a second; only to be remembered."""

        def run(connection: sqlite3.Connection) -> list[Row]:
            return [dict(row) for row in connection.execute(sql)]

        found: list[Row] = await self._db.execute_fn(run)
        return found

    def _stamp(self) -> object:
        if not self._db.path:
            return None
        path = Path(self._db.path)
        files = [path, path.with_name(path.name + "-wal")]
        stats = [file.stat() for file in files if file.exists()]
        return tuple((stat.st_mtime_ns, stat.st_size, stat.st_ino) for stat in stats)


async def find_database(datasette: "Datasette") -> str | None:
    """Name the first database that feedsette made, or None."""
    for name, db in datasette.databases.items():
        if name != "_internal" and await is_ours(db):
            return str(name)
    return None


async def is_ours(db: Any) -> bool:
    """True for a database that feedsette made, whatever its file is called."""
    return set(await db.table_names()) >= _NEEDED


async def require_fitting(datasette: "Datasette") -> None:
    """Refuse to serve a database of another version, whose pages would fail one by one.

    SystemExit, since Datasette shows a traceback for whatever else a plugin raises there.
    """
    for name, db in datasette.databases.items():
        words = await db.execute_fn(misfit) if await is_ours(db) else None
        if words:
            raise SystemExit(f"{name}: {words}")
