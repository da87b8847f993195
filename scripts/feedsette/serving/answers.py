"""What everybody asks is answered once: saved queries without input, and how long a view is.

They depend on the file alone, and took up to half a second for a million links. An answer holds
until the file changes. Whoever types something gets an answer of their own.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from datasette.database import QueryInterrupted

from feedsette.serving.home import saved_queries
from feedsette.serving.memory import recall
from feedsette.serving.reading import is_ours
from feedsette.views import VIEWS

if TYPE_CHECKING:  # Datasette imports its plugins while it is being imported itself
    from datasette.app import Datasette

Execute = Callable[..., Awaitable[Any]]
_LENGTHS = frozenset(f"select count(*) from {view.name}" for view in VIEWS)  # noqa: S608
_CHANGING = re.compile(
    r":_|\b(random\w*|now|current_\w+|changes|total_changes|last_insert_rowid)\b"
    r"|\b(date|time|datetime|julianday|unixepoch)\s*\(\s*\)",
    re.IGNORECASE,
)
"""What makes a query answer differently though the file is the same; `:_` is Datasette's own."""


class _TooLate(Exception):  # noqa: N818 — a signal past the memory, no error
    """The next visitor may find the machine less busy, so this is not to be remembered."""


async def remember(datasette: "Datasette") -> None:
    """Let every database of ours remember the answers of its shared questions."""
    for name, db in datasette.databases.items():
        if name != "_internal" and await is_ours(db):
            queries = await saved_queries(datasette, name, None)
            known = {_plain(query["sql"]) for query in queries if query["sql"]}
            shared = frozenset(sql for sql in known if not _CHANGING.search(sql)) | _LENGTHS
            db.execute = _remembering(db, db.execute, shared)


def _remembering(db: Any, execute: Execute, shared: frozenset[str]) -> Execute:
    async def answer(sql: str, params: Any = None, *arguments: Any, **options: Any) -> Any:
        if _plain(sql) not in shared or not _is_empty(params):
            return await execute(sql, params, *arguments, **options)

        async def ask() -> Any:
            try:
                return await execute(sql, params, *arguments, **options)
            except QueryInterrupted as error:
                raise _TooLate from error

        question = ("shared", sql, *arguments, *sorted(options.items()))
        try:
            return await recall(db, question, ask)
        except _TooLate as late:
            raise late.__cause__ or late from None

    return answer


def _plain(sql: str) -> str:
    return sql.strip().rstrip(";")


def _is_empty(params: Any) -> bool:
    """Whether nothing was typed; a query whose parameters are counted is not one of ours."""
    if not params:
        return True
    return isinstance(params, Mapping) and not any(params.values())
