"""SQL functions for every connection of the site, and limits against hostile SQL."""

import re
import sqlite3
import threading
import weakref
from inspect import signature
from typing import Any

from feedsette.serving.asking import questions
from feedsette.serving.privacy import hide_private

MAX_VALUE_BYTES = 16_000_000
"""No value and no row may be longer: `randomblob(300000000)` took 2.6 GB of memory without it.

Far above the longest article (its row holds text and HTML together).
"""

MAX_RESULT_BYTES = 200_000_000
"""Texts and blobs that one query may bring into memory: a thousand values just below the limit
above are 16 GB. Far above a page of a CSV download, 5,000 articles with their HTML.
"""

_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),  # matching is quadratic in its length
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 500),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)


def prepare(connection: sqlite3.Connection) -> None:
    """Give a connection our functions and the limits; hide what is private."""
    for function in (*questions.FUNCTIONS, tag_slug):
        taken = len(signature(function).parameters)
        connection.create_function(function.__name__, taken, function, deterministic=True)
    for name in ("printf", "format"):
        connection.create_function(name, -1, bounded_printf, deterministic=True)
    for limit, value in _LIMITS:
        connection.setlimit(limit, min(value, connection.getlimit(limit)))
    if connection.row_factory is sqlite3.Row:  # as Datasette has set it
        connection.row_factory = _BoundedRows()
    hide_private(connection)


_LONG = (str, bytes)


class _BoundedRows:
    """A row factory that ends a query whose rows together hold more than MAX_RESULT_BYTES."""

    def __init__(self) -> None:
        self._query: weakref.ref[sqlite3.Cursor] | None = None
        self._bytes = 0

    def __call__(self, cursor: sqlite3.Cursor, values: tuple[object, ...]) -> sqlite3.Row:
        """Count the row and give it as Datasette wants it."""
        if self._query is None or self._query() is not cursor:
            self._query, self._bytes = weakref.ref(cursor), 0
        # in this spelling because it runs for every row of every answer
        self._bytes += sum([len(value) for value in values if isinstance(value, _LONG)])
        if self._bytes > MAX_RESULT_BYTES:
            self._query = None
            raise sqlite3.OperationalError(
                f"the result is larger than {MAX_RESULT_BYTES:,} bytes; ask for fewer rows"
            )
        return sqlite3.Row(cursor, values)


_WIDTH = re.compile(r"%[^a-zA-Z%]*(?:\*|\d{6,})")
_printer = threading.local()


def bounded_printf(*arguments: object) -> Any:
    """SQLite's printf, but NULL for widths of `*` or of six digits.

    `printf('%.*c', 2000000000, 'x')` counts that far in one step, for half a minute; no limit of
    time or length ends it.
    """
    if not arguments or _WIDTH.search(str(arguments[0])):
        return None
    if not hasattr(_printer, "connection"):
        _printer.connection = sqlite3.connect(":memory:")
    marks = ", ".join("?" * len(arguments))
    (text,) = _printer.connection.execute(f"select printf({marks})", arguments).fetchone()
    return text


def tag_slug(tag: object) -> str | None:
    """Give what tags.slug holds of a tag, in whatever way it is spelled; NULL of NULL."""
    from feedsette.flattening.articles import slug_of  # takes long, and no other command needs it

    return None if tag is None else slug_of(str(tag))
