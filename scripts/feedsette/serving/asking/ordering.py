"""Lists whose pages hold every row once: rows that are equal where they are sorted go by their key.

Datasette says so from the second page on only (views/table.py, the clauses of `_next`). The order
of the first is SQLite's to choose, and with an index that it reads backwards it is the other way
round: `links.csv?_stream=on&_sort_desc=kind` gave 36 of 79 rows, some of them twice.

Down a column the key goes down as well, as an index of the column alone has it, unless one was made
for the other way (`-published, id`): so no page sorts a million rows.
"""

import re
from contextvars import ContextVar

from feedsette.schema import TABLES, Table

_listed: ContextVar[Table | None] = ContextVar("_listed", default=None)
_BY_NAME = {table.name: table for table in TABLES}
_ORDER = re.compile(r" order by (\w+)( desc)?((?:, \w+)*)(?= limit \d+$)")
_BEHIND = re.compile(r"\(\(id > (:p\d+)\)\)")
"""What Datasette makes of the key in `_next`."""


def note_table(name: str) -> None:
    """Note which table the request under way lists; a visitor's own SQL is left alone."""
    _listed.set(_BY_NAME.get(name))


def settle(sql: str) -> str:
    """Write the query of a page of that table so that it leaves no order to chance."""
    table = _listed.get()
    order = _ORDER.search(sql) if table else None
    if table is None or order is None:
        return sql
    column, down, ties = order.groups()
    keys = ("id",) if table.has_id else table.key
    if (column,) == keys or column not in table.column_names:
        return sql
    if not down or not table.has_id or _has_index_down(table, column):
        return sql if ties else _ORDER.sub(rf"\g<0>, {', '.join(keys)}", sql)
    return _ORDER.sub(rf" order by {column} desc, id desc", _BEHIND.sub(r"((id < \1))", sql))


def has_index(sql: str) -> bool | None:
    """Whether an index has the order of a page of that table's list; None for any other query.

    The key is none to walk along: what it counts are whole rows.
    """
    table = _listed.get()
    order = _ORDER.search(sql) if table else None
    if table is None or order is None or order[1] not in table.column_names:
        return None
    return order[1] in table.leading_columns


def _has_index_down(table: Table, column: str) -> bool:
    return any(index[0] == f"-{column}" for index in table.indexes)
