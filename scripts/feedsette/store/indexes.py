"""The full-text indexes, written in one batch per transaction, of as many documents as it has.

FTS5 ends a segment whenever a statement with a trigger begins, so that a trigger that fires row by
row leaves a trail of tiny segments to be merged: it took 30 % of a load's time. While new articles
come in (the load's row says so, to this connection only) the triggers rest, and what they would
have done is done here, in the order of the rows. They keep the indexes right at all other times,
and for anyone else.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from feedsette.schema import CHILDREN, TABLES, FullText, Table
from feedsette.store.loads import Load

UNDER_WAY = "loading"
"""The status of a load within its own transaction; it never reaches the file."""
TRIGGERS_REST = f"when not exists (select 1 from loads where status = '{UNDER_WAY}')"  # noqa: S608


@contextmanager
def triggers_at_rest(connection: sqlite3.Connection, load: Load) -> Iterator[None]:
    """Let new rows come in without their triggers; index_articles makes up for it."""
    sql = "update loads set status = ? where id = ?"
    connection.execute(sql, (UNDER_WAY, load.id))
    yield
    connection.execute(sql, (load.status, load.id))


def index_articles(connection: sqlite3.Connection, ids: list[int]) -> None:
    """Put articles and their parts into the indexes, and empty the list; ids go up."""
    if not ids:
        return
    for table, full_text in _indexed():
        columns = ", ".join(full_text.columns)
        connection.execute(
            f"insert into {table.name}_fts (rowid, {columns})"  # noqa: S608
            f" select id, {columns} from {_chosen(table)}",
            (json.dumps(ids),),
        )
    ids.clear()


def merge_rarely(connection: sqlite3.Connection, table: str) -> None:
    """Let a full-text index have 16 segments of a size before they are merged, instead of 4.

    Every transaction adds a segment, and merging them took a quarter of the time of indexing
    (sqlite.org/fts5.html#the_automerge_configuration_option). The merge is done little by little
    unless there are as many as `crisismerge`, by default 16 as well: then at once, which takes
    seconds on 70,000 articles, hundreds of MB of the log, and leaves the file half empty. A
    snapshot merges all of them.
    """
    for option, segments in (("automerge", 16), ("crisismerge", 64)):
        connection.execute(
            f"insert into {table}_fts ({table}_fts, rank) values (?, ?)",  # noqa: S608
            (option, segments),
        )


def _indexed() -> list[tuple[Table, FullText]]:
    return [(table, table.full_text) for table in TABLES if table.full_text]


def _chosen(table: Table) -> str:
    """The rows of the articles given, found by their ids and in the order of these.

    A cross join is not reordered (sqlite.org/optoverview.html#manual_control_of_query_plans);
    left to choose, SQLite reads the whole table to spare itself the sorting.
    """
    last = CHILDREN - 1 if table.is_child else 0
    factor = CHILDREN if table.is_child else 1
    first = f"chosen.value * {factor}"
    return (
        f"(select {table.name}.* from json_each(?) as chosen cross join {table.name}"  # noqa: S608
        f" on {table.name}.id between {first} and {first} + {last})"
    )
