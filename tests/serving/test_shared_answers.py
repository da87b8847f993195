"""What everybody asks is answered once for each state of the file."""

import asyncio
import sqlite3
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.database import QueryInterrupted

from datasets import (
    IS_DATASETTE_1,
    METADATA,
    QUERIES,
    build_dataset,
    document,
    feed,
    item,
    open_site,
    read_rows,
    read_text,
    sample,
)
from feedsette.serving import answers, memory
from feedsette.serving.asking.reading import is_interrupted
from feedsette.serving.warming import LARGE, stop, warm

EMPTY = {"feed": "", "size": ""}
RECENT = QUERIES["recent_articles"]["sql"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return build_dataset(tmp_path / "content.db", sample())


async def open_mutable(path: Path, metadata: dict[str, Any] = METADATA) -> Datasette:
    """Serve a file that a loader may write to."""
    config = {"config": deepcopy(metadata)} if IS_DATASETTE_1 else {}
    site = Datasette([str(path)], metadata=deepcopy(metadata), **config)
    await site.invoke_startup()
    return site


@pytest.mark.parametrize(
    ("sql", "params"),
    [(RECENT, EMPTY), (f"{RECENT}\n", {}), ("select count(*) from link_list ", {})],
)
async def test_a_shared_answer_is_given_again(path: Path, sql: str, params: dict[str, str]) -> None:
    params = dict.fromkeys(EMPTY) | params if "feed" in sql else params
    async with open_site(path) as site:
        db = site.get_database("content")
        first = await db.execute(sql, params, truncate=True)
        assert await db.execute(sql, params, truncate=True) is first
        assert await db.execute(sql, params) is not first
        # as the page of a query asks
        assert await site.execute("content", sql, params, truncate=True) is first


@pytest.mark.parametrize(
    ("sql", "params"),
    [
        (RECENT, EMPTY | {"size": "3"}),
        ("select count(*) from articles", {}),
        ("select count(*) from link_list where id > 1", {}),
    ],
)
async def test_what_someone_asks_alone_is_not(path: Path, sql: str, params: dict[str, str]) -> None:
    async with open_site(path) as site:
        db = site.get_database("content")
        assert await db.execute(sql, params) is not await db.execute(sql, params)


@pytest.mark.parametrize(
    "sql",
    ["select random() as n", "select date() as n", "select datetime('now') as n",
     "select :_now_datetime_utc as n"],
)  # fmt: skip
async def test_a_query_that_changes_by_itself_is_asked_again(path: Path, sql: str) -> None:
    metadata = deepcopy(METADATA)
    metadata["databases"]["content"]["queries"]["volatile"] = {"sql": sql}
    site = await open_mutable(path, metadata)
    db = site.get_database("content")
    sql = sql.replace(":_now_datetime_utc", ":_n")
    params = {"_n": ""} if ":_n" in sql else {}
    assert await db.execute(sql, params) is not await db.execute(sql, params)


async def test_what_is_asked_once_may_take_longer_than_a_page(path: Path) -> None:
    long = "with recursive c (n) as (select 1 union all select n + 1 from c limit 300000)"
    sql = f"{long} select count(*) from c"
    metadata = deepcopy(METADATA)
    metadata["databases"]["content"]["queries"]["long"] = {"sql": sql}
    site = await open_mutable(path, metadata)
    site.sql_time_limit_ms = 1
    db = site.get_database("content")
    assert (await db.execute(sql)).rows[0][0] == 300_000
    with pytest.raises(QueryInterrupted):
        await db.execute(f"{sql} where n")


async def test_a_file_that_changes_is_asked_anew(tmp_path: Path) -> None:
    path = build_dataset(tmp_path / "content.db", document(feed(item("One"))))
    site = await open_mutable(path)
    assert len(await read_rows(site, "recent_articles")) == 1
    build_dataset(path, document(feed(item("One"), item("Two"))))
    assert len(await read_rows(site, "recent_articles")) == 2


async def test_a_large_file_is_visited_beforehand(path: Path) -> None:
    async with open_site(path) as site:
        assert warm(site, "content") is None
        assert path.stat().st_size < LARGE
        thread = warm(site, "content", least_bytes=0)
        assert thread is not None
        thread.join(timeout=60)
        assert not thread.is_alive()

        async def ask() -> object:
            raise AssertionError("is not remembered")

        db = site.get_database("content")
        assert await memory.recall(db, ("home",), ask)
        assert await memory.recall(db, ("filters",), ask)
        assert "13 articles" in await read_text(site, "/")


async def test_a_visit_ends_before_the_files_are_closed(path: Path) -> None:
    async with open_site(path) as site:
        thread = warm(site, "content", least_bytes=0)
        assert thread is not None
        stop(site)
        assert not thread.is_alive()
        stop(site)  # once more does no harm


async def test_a_file_that_may_change_is_not_visited(path: Path) -> None:
    site = await open_mutable(path)
    assert warm(site, "content", least_bytes=0) is None


def interrupted_after(path: Path, steps: int) -> sqlite3.OperationalError | None:
    """What is said of a search that a new connection is stopped in after some steps."""
    left = iter(range(steps))
    with closing(sqlite3.connect(path)) as connection:
        connection.set_progress_handler(lambda: next(left, None) is None, 1)
        try:
            connection.execute("select 1 from articles_fts where articles_fts match 'tea'")
        except sqlite3.OperationalError as error:
            return error
    return None


def test_whatever_a_limit_of_time_ends_is_known_as_ended_by_it(sample_path: Path) -> None:
    """Also the opening of a full-text index, of which SQLite says that it failed."""
    errors = [error for n in range(1500) if (error := interrupted_after(sample_path, n))]
    assert all(map(is_interrupted, errors))
    assert {str(error) for error in errors} == {
        "interrupted",
        "vtable constructor failed: articles_fts",
    }


def count_questions(db: Any) -> list[str]:
    """Note from now on every way to a thread that asks the file."""
    asked: list[str] = []
    name = "_execute_fn" if hasattr(db, "_execute_fn") else "execute_fn"  # 1.0
    there = getattr(db, name)

    async def noting(ask: Any) -> Any:
        asked.append(ask.__qualname__)
        return await there(ask)

    setattr(db, name, noting)
    return asked


async def test_what_tables_look_like_is_asked_once(path: Path) -> None:
    site = await open_mutable(path)
    db = site.get_database("content")
    first = [await db.primary_keys("articles"), await db.get_all_foreign_keys()]
    assert await db.table_exists("articles")
    asked = count_questions(db)
    assert [await db.primary_keys("articles"), await db.get_all_foreign_keys()] == first
    assert await db.table_exists("articles")
    assert asked == []
    assert not await db.table_exists("nothing")
    assert len(asked) == 1


async def test_who_starts_twice_waits_for_nothing(path: Path) -> None:
    site = await open_mutable(path)
    await answers.remember(site)
    db = site.get_database("content")
    assert await asyncio.wait_for(db.primary_keys("articles"), timeout=10) == ["id"]
    assert await asyncio.wait_for(db.table_exists("articles"), timeout=10)


async def test_nobody_visits_before_the_start_is_complete(path: Path) -> None:
    site = Datasette([], immutables=[str(path)])
    thread = warm(site, "content", least_bytes=0)
    assert thread is not None
    thread.join(timeout=0.3)
    assert thread.is_alive()
    assert not site._startup_invoked
    stop(site)
    assert not thread.is_alive()
    assert not site._startup_invoked


async def test_an_answer_about_a_table_may_be_changed_by_who_asked(path: Path) -> None:
    site = await open_mutable(path)
    db = site.get_database("content")
    columns = await db.table_columns("tags")
    columns.append("rowid")
    assert await db.table_columns("tags") == columns[:-1]


async def test_a_table_that_changes_is_looked_at_anew(path: Path) -> None:
    site = await open_mutable(path)
    db = site.get_database("content")
    columns = await db.table_columns("tags")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("alter table tags add column note text")
    assert await db.table_columns("tags") == [*columns, "note"]


async def test_a_page_asks_for_what_it_shows_and_little_else(path: Path) -> None:
    async with open_site(path) as site:
        await read_text(site, "/content/articles/1")
        asked = count_questions(site.get_database("content"))
        await read_text(site, "/content/articles/2")
    # everything together; 1.0 asks for the row, what refers to it and both keys as well
    assert len(asked) <= (5 if IS_DATASETTE_1 else 1), asked


async def test_who_may_see_a_table_is_decided_for_each_visitor(path: Path) -> None:
    metadata = deepcopy(METADATA)
    metadata["databases"]["content"]["tables"]["loads"]["allow"] = {"id": "root"}
    site = await open_mutable(path, metadata)
    root = {"ds_actor": site.sign({"a": {"id": "root"}}, "actor")}
    for cookies, status in ({}, 403), (root, 200), ({}, 403), (root, 200):
        answer = await site.client.get("/content/loads.json", cookies=cookies)
        assert answer.status_code == status
