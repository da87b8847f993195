"""Requests made to break the site; bench/visitors.py asks ten thousand of them."""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bench.visitors import requests, visit

from datasets import IS_DATASETTE_1, build_dataset, document, feed, item, open_site, sample
from feedsette.publishing import write_snapshot
from feedsette.serving import functions

SETTINGS = {"sql_time_limit_ms": 500, "max_returned_rows": 5000}

UNAWAITED = pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")
"""Datasette leaves its other facets waiting when one of them raises."""
UNRAISABLE = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Any]:
    path = build_dataset(tmp_path / "content.db", sample())
    async with open_site(path, **SETTINGS) as opened:
        yield opened


@UNAWAITED
@UNRAISABLE
async def test_no_request_breaks_the_site(site: Any) -> None:
    chance = random.Random(1)
    every = list(requests(400, chance))
    wrong = {
        path: found for path in chance.sample(every, 250) if (found := (await visit(site, path))[1])
    }
    assert wrong == {}


@pytest.mark.skipif(IS_DATASETTE_1, reason="1.0a answers 200 with the error in the page")
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/content/article_tags/1", 400),
        ("/content/article_tags/1.json", 400),
        ("/content/articles?_search=%22", 200),
        ("/content/articles/nosuch", 404),
        ("/content.json?sql=select+randomblob(300000000)", 400),
        ("/content.json?_shape=array&sql=select+zeroblob(15000000)+from+links,tags,articles", 400),
        ("/content/articles?_sort=nosuch", 400),
        ("/content/articles.csv?_sort=nosuch", 400),
        ("/content/articles?_facet_date=%7Ba%7D", 400),
        ("/content/articles?_timelimit=x", 400),
        ("/content/articles?_through=%29", 400),
        ("/content/articles?title__date=%F0%9F%98%80", 200),
        ("/-/threads", 404),
    ],
)
@UNAWAITED
@UNRAISABLE
async def test_status(site: Any, path: str, status: int) -> None:
    response = await site.client.get(path)
    assert (response.status_code, "Traceback" in response.text) == (status, False)


@pytest.mark.parametrize("path", ["/content/articles.nosuch", "/content/search.nosuch"])
async def test_an_unknown_format_is_no_fault_of_the_server(site: Any, path: str) -> None:
    assert (await site.client.get(path)).status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        "/-/databases.json",
        "/-/databases",
        "/content.json?sql=select+*+from+pragma_database_list&_shape=array",
        "/content.json?sql=select+file+from+pragma_database_list()&_shape=array",
    ],
)
async def test_no_answer_names_a_path(site: Any, tmp_path: Path, path: str) -> None:
    response = await site.client.get(path, follow_redirects=True)
    assert response.status_code == 200
    assert str(tmp_path) not in response.text
    assert "content" in response.text or "null" in response.text


def test_a_result_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions, "MAX_RESULT_BYTES", 1000)
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    functions.prepare(connection)
    many = "with recursive c(n) as (select 1 union all select n+1 from c limit ?)"
    assert len(connection.execute(f"{many} select zeroblob(100), 1 from c", (10,)).fetchall()) == 10
    # what one query took is not counted against the next
    assert len(connection.execute(f"{many} select zeroblob(100), 1 from c", (10,)).fetchall()) == 10
    with pytest.raises(sqlite3.OperationalError, match="larger than 1,000 bytes"):
        connection.execute(f"{many} select zeroblob(100) from c", (11,)).fetchall()
    row = connection.execute("select 'é' as a, null as b").fetchone()
    assert (row["a"], row["b"]) == ("é", None)


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("printf('%.*c', 2000000000, 'x')", None),
        ("printf('%2000000000d', 1)", None),
        ("format('%-*d', 2000000000, 1)", None),
        ("printf('%5.2f|%s|%%', 3.14159, 'x')", " 3.14|x|%"),
        ("printf(null)", None),
        ("printf('a')", "a"),
    ],
)
def test_printf_cannot_count_for_long(sql: str, value: object) -> None:
    connection = sqlite3.connect(":memory:")
    functions.prepare(connection)
    started = time.perf_counter()
    assert connection.execute(f"select {sql}").fetchone()[0] == value
    assert time.perf_counter() - started < 1


async def test_others_are_answered_while_sql_runs_to_its_limit(site: Any) -> None:
    import asyncio

    endless = "/content.json?sql=with+recursive+c(n)+as+(select+1+union+all+select+n%2B1+from+c)+select+count(*)+from+c"
    slow = asyncio.create_task(site.client.get(endless))
    await asyncio.sleep(0.05)
    started = time.perf_counter()
    response = await site.client.get("/content/articles/1.json?_shape=array")
    assert (response.status_code, time.perf_counter() - started < 30) == (200, True)
    assert (await slow).status_code == 400


async def test_hidden_tables_are_not_in_a_snapshot(tmp_path: Path) -> None:
    path = build_dataset(tmp_path / "content.db", sample())
    snapshot = tmp_path / "snapshot" / "content.db"
    write_snapshot(path, snapshot)
    async with open_site(snapshot) as site:
        response = await site.client.get(
            "/content.json?sql=select+name+from+sqlite_master+where+name='fetches'&_shape=array"
        )
    assert response.json() == []


async def test_health(site: Any) -> None:
    response = await site.client.get("/-/feedsette.json")
    health = response.json()
    assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
    assert (health["ok"], health["why"], health["database"], health["failing"]) == (
        True, None, "content", 0,
    )  # fmt: skip
    assert health["counts"]["feeds"] == 1
    assert health["counts"]["articles"] == 13
    assert health["last_load"]["status"] == "loaded"
    assert health["last_success"] == health["last_load"]["started_at"]


@pytest.mark.parametrize(
    ("hours", "status"), [("1000000", 200), ("0", 503), ("x", 200), ("²", 200)]
)
async def test_health_with_an_age(site: Any, hours: str, status: int) -> None:
    time.sleep(1.1 if hours == "0" else 0)
    response = await site.client.get("/-/feedsette.json", params={"max_age_hours": hours})
    assert (response.status_code, response.json()["ok"]) == (status, status == 200)


async def test_an_empty_dataset_is_not_healthy(tmp_path: Path) -> None:
    path = build_dataset(tmp_path / "content.db", document(feed()))
    async with open_site(path) as site:
        response = await site.client.get("/-/feedsette.json")
    assert (response.status_code, response.json()["why"]) == (503, "there are no articles")


async def test_health_without_a_database(tmp_path: Path) -> None:
    path = tmp_path / "content.db"
    sqlite3.connect(path).execute("create table x (a)").connection.close()
    async with open_site(path) as site:
        response = await site.client.get("/-/feedsette.json")
    assert (response.status_code, response.json()["ok"]) == (503, False)


async def test_an_error_of_ours_shows_nothing_from_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("/secret/path")

    path = build_dataset(tmp_path / "content.db", document(feed(item("a"))))
    async with open_site(path) as site:
        monkeypatch.setattr("feedsette.serving.showing.cells.render", fail)
        response = await site.client.get("/content/articles")
    assert (response.status_code, "/secret/path" in response.text) == (500, False)
    assert "/secret/path" in capsys.readouterr().err


def test_a_database_of_another_version_is_not_served(tmp_path: Path) -> None:
    path = build_dataset(tmp_path / "content.db", document(feed(item("a"))))
    command = [sys.executable, "-m", "datasette", str(path), "--get", "/-/versions.json"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name) values ('feedsette', 'm999_far')"
        )
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        "content: was made by a newer feedsette (it has the schema m999_far); "
        "upgrade feedsette to use it\n"
    )
