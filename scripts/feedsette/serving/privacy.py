"""What no visitor reads, whatever SQL is written: where files lie, and what private tables hold.

The table `fetches` has whole paths, and URLs with their passwords.

SQLite asks an authorizer for every column that a statement reads, and is told to take NULL instead.
So Datasette goes on counting the rows and following the keys of such a table. But SQLite does not
ask for the columns that USING and NATURAL compare, and a full join shows them (seen up to 3.40.1:
`select location from fetches full join (select 1 as location) using (location)`): a statement with
one of these words that names what is private is refused.
"""

import re
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from feedsette.schema import TABLES
from feedsette.serving.ownership import is_made_by_us

PRIVATE = frozenset(table.name for table in TABLES if table.is_private)
_OF_SQLITE = {"pragma_database_list": "file", "sqlite_dbpage": "data", "sqlite_stmt": "sql"}
"""Tables of SQLite's own, and the column that says too much: a file's path, a page as it lies, what
others have asked (the last two exist where SQLite was compiled with them).
"""
_NAMES = (*PRIVATE, *_OF_SQLITE)
_UNASKED = re.compile(r"\b(?:using|natural)\b")

Execute = Callable[..., Awaitable[Any]]


def hide_private(connection: sqlite3.Connection) -> None:
    """Let what is private be NULL for every statement of a connection from now on."""
    hidden = frozenset() if _is_of_others(connection) else PRIVATE

    def authorize(action: int, table: str | None, column: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ and (
            table in hidden or (table in _OF_SQLITE and column == _OF_SQLITE[table])
        ):
            return sqlite3.SQLITE_IGNORE
        return sqlite3.SQLITE_OK

    connection.set_authorizer(authorize)


def _is_of_others(connection: sqlite3.Connection) -> bool:
    """Whether tables of these names stand here for something else, and are no affair of ours."""
    try:
        found = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    except sqlite3.Error:
        return False
    names = {name for (name,) in found}
    return not names.isdisjoint(PRIVATE) and not is_made_by_us(names)


def refuse_unasked(datasette: Any) -> None:
    """Let every database refuse the statements about which SQLite would not ask."""
    for db in datasette.databases.values():
        if not hasattr(db, "refuses"):
            db.refuses = True
            db.execute = _refusing(db.execute)


def _refusing(execute: Execute) -> Execute:
    async def answer(sql: str, *arguments: Any, **options: Any) -> Any:
        plain = sql.lower()
        if any(name in plain for name in _NAMES) and _UNASKED.search(plain):
            raise sqlite3.DatabaseError("USING and NATURAL are prohibited beside what is private")
        return await execute(sql, *arguments, **options)

    return answer
