"""Tallies: numbers that pages would have to count a million rows for, kept with every document.

What the articles of a document add to them is counted before and after they are written, and the
difference is added, within the same transaction. So an edit that moves no link writes nothing here.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from feedsette.schema import TALLIES, Table

Row = tuple[object, ...]
Rows = dict[Row, tuple[int, ...]]
"""The numbers of a tally, by key."""
Counted = dict[Table, Rows]

_GIVEN = (
    "(select articles.* from json_each(?) as given"
    " cross join articles on articles.id = given.value)"
)


def count(connection: sqlite3.Connection, ids: Collection[int]) -> Counted:
    """What these articles have in each tally as they are now."""
    if not ids:
        return {table: {} for table in TALLIES}
    chosen = json.dumps(list(ids))
    return {
        table: {
            row[: len(table.key)]: row[len(table.key) :]
            for row in connection.execute(_select(table, _GIVEN), (chosen,))
        }
        for table in TALLIES
    }


def settle(connection: sqlite3.Connection, before: Counted, after: Counted) -> None:
    """Bring the tallies from what articles had in them to what they have."""
    for table in TALLIES:
        changes = list(_changes(before[table], after[table]))
        if table.repeats:
            _add_repeats(connection, table, changes)
        else:
            connection.executemany(_addition(table), [(*key, *moved) for key, moved in changes])
        fewer = [key for key, moved in changes if min(moved) < 0]
        connection.executemany(_removal(table), fewer)


def fill(connection: sqlite3.Connection) -> None:
    """Count everything anew."""
    for table in TALLIES:
        connection.execute(f"delete from {table.name}")  # noqa: S608
        connection.execute(f"insert into {table.name} {_all(table)}")


def differences(connection: sqlite3.Connection, table: Table) -> int:
    """How many rows of a tally are not what they should be."""
    key = ", ".join(table.key)
    held = f"select * from {table.name}"  # noqa: S608
    right = f"select * from ({_all(table)})"  # noqa: S608
    surplus, missing = f"select * from ({held} except {right})", f"{right} except {held}"  # noqa: S608
    (number,) = connection.execute(
        f"select count(*) from (select {key} from ({surplus})"  # noqa: S608
        f" union select {key} from ({missing}))"
    ).fetchone()
    return int(number)


def _changes(before: Rows, after: Rows) -> Iterator[tuple[Row, tuple[int, ...]]]:
    for key in before | after:
        nothing = (0,) * len(before.get(key) or after[key])
        had, has = before.get(key, nothing), after.get(key, nothing)
        if had != has:
            yield key, tuple([new - old for new, old in zip(has, had, strict=True)])


def _add_repeats(
    connection: sqlite3.Connection, table: Table, changes: Iterable[tuple[Row, tuple[int, ...]]]
) -> None:
    """Add to the rows that are there; of what only one article had, no row knows that one."""
    of_key = " and ".join(f"{name} = ?" for name in table.key)
    addition = f"update {table.name} set articles = articles + ? where {of_key}"  # noqa: S608
    having_key = f"(select * from articles where {of_key})"  # noqa: S608
    anew = f"insert into {table.name} {_at_least_two(_select(table, having_key))}"
    for key, moved in changes:
        if not connection.execute(addition, (*moved, *key)).rowcount:
            connection.execute(anew, key)


def _at_least_two(counted: str) -> str:
    return f"select * from ({counted}) where articles > 1"  # noqa: S608


@cache
def _all(table: Table) -> str:
    counted = _select(table, "articles")
    return _at_least_two(counted) if table.repeats else counted


@cache
def _select(table: Table, chosen: str) -> str:
    return (table.counted or "").format(chosen=chosen)


def _numbers(table: Table) -> tuple[str, ...]:
    return table.column_names[len(table.key) :]


@cache
def _addition(table: Table) -> str:
    marks = ", ".join("?" * len(table.columns))
    sums = ", ".join(f"{name} = {name} + excluded.{name}" for name in _numbers(table))
    return (
        f"insert into {table.name} values ({marks})"  # noqa: S608
        f" on conflict ({', '.join(table.key)}) do update set {sums}"
    )


@cache
def _removal(table: Table) -> str:
    nothing = "< 2" if table.repeats else "= 0"
    conditions = (
        *(f"{name} = ?" for name in table.key),
        *(f"{n} {nothing}" for n in _numbers(table)),
    )
    return f"delete from {table.name} where {' and '.join(conditions)}"  # noqa: S608
