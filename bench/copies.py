"""A database as large as wanted, made of a loaded one by copying its rows.

    python -m bench.copies CONTENT.db TARGET.db --times 50

Loading a million articles takes hours, copying them a part of one. Every copy of a feed has its own
keys and addresses, and the texts of the original: so pages and searches have as much to do as with
articles that were loaded, while what depends on texts being different (the size of the full-text
indexes' vocabulary, compression) is that of the original.
"""

import argparse
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from feedsette.schema import CHILDREN, TABLES, Column, Table
from feedsette.store import tallies

SHARED = frozenset({"authors", "tags"})
"""All copies have the same ones."""
ADDRESSES = frozenset({"feed_key", "url", "clean_url", "canonical_url", "feed_url", "guid"})
"""Of feeds and articles: what tells copies apart."""


def copied(table: Table) -> bool:
    """Whether the rows of a table are copied: fetches are of one file, tallies counted anew."""
    return table.name not in SHARED and not table.counted and table.name != "fetches"


def step_of(connection: sqlite3.Connection, table: Table) -> int:
    """How far apart the ids of two copies of a row are."""
    if table.name == "revisions" or table.is_child:
        return CHILDREN * step_of(connection, TABLES[1])
    (last,) = connection.execute(f"select coalesce(max(id), 0) from {table.name}").fetchone()
    return int(last) + 1


def expression(table: Table, column: Column, steps: dict[str, int]) -> str:
    """What a column of copy number :copy is, in SQL."""
    name = f'"{column.name}"'
    moved = table.name if column.name == "id" else column.references
    if moved in steps:
        return f"{name} + :copy * {steps[moved]}"
    if table.name in {"feeds", "articles"} and column.name in ADDRESSES:
        return f"{name} || '/copy-' || :copy"
    return name


def statement(table: Table, steps: dict[str, int]) -> str:
    """INSERT … SELECT of one copy of a table."""
    columns = ", ".join(expression(table, column, steps) for column in table.columns)
    order = "order by id" if table.has_id else ""
    return f'insert into "{table.name}" select {columns} from seed."{table.name}" {order}'


def multiply(seed: Path, target: Path, times: int) -> None:
    """Write `times` copies of all rows, the original being one of them."""
    shutil.copyfile(seed, target)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        connection.execute("pragma cache_size = -1000000")
        connection.execute("attach ? as seed", (str(seed),))
        put_aside = connection.execute(
            "select type, name, sql from main.sqlite_master where sql is not null and"
            " (type = 'trigger' or (type = 'index' and sql not like 'create unique%'))"
        ).fetchall()
        for kind, name, _ in put_aside:
            connection.execute(f'drop {kind} main."{name}"')
        tables = [table for table in TABLES if copied(table)]
        steps = {table.name: step_of(connection, table) for table in tables if table.has_id}
        for copy in range(1, times):
            connection.execute("begin")
            for table in tables:
                connection.execute(statement(table, steps), {"copy": copy})
            connection.execute("commit")
            print(f"copy {copy}, {target.stat().st_size / 1e9:.1f} GB", flush=True)
        _finish(connection, put_aside, times)


def _finish(
    connection: sqlite3.Connection, put_aside: list[tuple[str, str, str]], times: int
) -> None:
    for name in SHARED:
        connection.execute(f"update main.{name} set article_count = article_count * ?", (times,))
    for kind, name, sql in sorted(put_aside):
        _timed(connection, f"{kind} {name}", sql)
    for table in TABLES:
        if table.full_text:
            index = f"{table.name}_fts"
            _timed(connection, index, f"insert into {index}({index}) values ('rebuild')")
    connection.execute("begin")
    tallies.fill(connection)
    connection.execute("commit")
    _timed(connection, "analyze", "analyze main")


def _timed(connection: sqlite3.Connection, name: str, sql: str) -> None:
    started = time.monotonic()
    connection.execute(sql)
    if (seconds := time.monotonic() - started) > 1:
        print(f"{name}: {seconds:.0f} s", flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("seed", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    multiply(options.seed, options.target, options.times)


if __name__ == "__main__":
    main()
