"""Every row of a table stands on one page of its list, whatever it is sorted by."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from datasets import open_site, read_rows
from feedsette.schema import LINKS, TABLES, Table
from feedsette.serving.asking.ordering import note_table, settle

LISTED = [table for table in TABLES if not table.hidden]
PAGE = 7


@pytest.fixture(autouse=True)
def nothing_listed() -> Iterator[None]:
    note_table("none")
    yield
    note_table("none")


@pytest.mark.parametrize("table", LISTED, ids=lambda table: table.name)
async def test_pages_of_a_sorted_list_hold_every_row_once(sample_path: Path, table: Table) -> None:
    keys = ("id",) if table.has_id else table.key
    async with open_site(sample_path) as site:
        sql = f"select count(*) from {table.name}"
        (count,) = (await site.get_database("content").execute(sql)).first()
        for column in table.column_names:
            for direction in ("_sort", "_sort_desc"):
                asked = {"_stream": "on", "_size": PAGE, direction: column}
                answer = await site.client.get(f"/content/{table.name}.csv", params=asked)
                rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
                found = {tuple(row[key] for key in keys) for row in rows}
                assert (len(rows), len(found)) == (count, count), (column, direction)


async def test_filters_do_not_disturb_it(sample_path: Path) -> None:
    asked = {"_where": "id > 0", "_sort_desc": "kind", "internal": "0", "_size": "max"}
    async with open_site(sample_path) as site:
        whole = await read_rows(site, "links", **asked)
        answer = await site.client.get(
            "/content/links.csv", params={**asked, "_size": PAGE, "_stream": "on"}
        )
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [int(row["id"]) for row in rows] == [row["id"] for row in whole]
    assert len(rows) > 3 * PAGE


@pytest.mark.parametrize("order", ["kind", "kind desc", "problem", "internal desc"])
def test_an_index_gives_the_order(sample_path: Path, order: str) -> None:
    note_table("links")
    first = settle(f"select id, url from links order by {order} limit 8")
    column, _, _ = order.partition(" ")
    behind = f"({column} < :p1 or ({column} = :p1 and ((id > :p0))))"
    second = settle(f"select id, url from links where {behind} order by {order}, id limit 8")
    with closing(sqlite3.connect(sample_path)) as connection:
        for sql in (first, second):
            plan = connection.execute(f"explain query plan {sql}", {"p0": 1, "p1": "page"})
            assert "TEMP B-TREE" not in str(plan.fetchall()), sql
    assert f"order by {order}, id" in first
    assert first.partition("order by")[2] == second.partition("order by")[2]


@pytest.mark.parametrize(
    "sql",
    [
        "select id from links order by kind desc limit 7 offset 7",
        "select id from links limit 8",
        "select id from links order by id desc limit 8",
        "select kind as value, count(*) as count from (select id, kind from links )"
        " group by kind order by count desc, value limit 31",
    ],
)
def test_all_else_is_left_alone(sql: str) -> None:
    note_table(LINKS.name)
    assert settle(sql) == sql
    note_table("others")
    listed = "select id from links order by kind desc limit 8"
    assert settle(listed) == listed
