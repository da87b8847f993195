"""What is remembered: for how long, and how much of it."""

from pathlib import Path
from traceback import walk_tb
from types import SimpleNamespace
from typing import Any

import pytest
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Request

from datasets import open_site
from feedsette.serving import memory
from feedsette.serving.asking.reading import Reader
from feedsette.serving.memory import MAX_BYTES, Shelf, kept, recall, size_of


def test_the_latest_results_are_kept_up_to_a_size() -> None:
    asked: list[str] = []

    @kept(10_000)
    def repeated(text: str, times: int = 2_000) -> str:
        asked.append(text)
        return text * times

    for text in ("a", "b", "a", "c", "a"):
        assert repeated(text) == text * 2_000
    assert asked == ["a", "b", "c"]
    assert (
        repeated("d", times=5_000) == "d" * 5_000
    )  # with it, eleven thousand: the least used goes
    assert [len(repeated("a")), len(repeated("c")), len(repeated("b"))] == [2_000] * 3
    assert asked == ["a", "b", "c", "d", "b"]


def test_what_is_too_large_is_not_kept_and_drives_nothing_out() -> None:
    asked: list[str] = []

    @kept(1_000)
    def same(text: str) -> str:
        asked.append(text)
        return text

    large = "x" * 1_000
    assert [same(text) for text in ("\ud800", large, large, "\ud800")] == [
        "\ud800", large, large, "\ud800",
    ]  # fmt: skip
    assert asked == ["\ud800", large, large]


def test_the_smallest_answers_take_room_as_well() -> None:
    shelf: Shelf[str] = Shelf(10_000)
    for number in range(1_000):
        shelf.put(number, "")
    assert 10 < sum(shelf.find(number) is not None for number in range(1_000)) < 200
    shelf.put(999, "x" * 10_000)
    assert shelf.find(999) is None  # what it said before is not the answer any more


async def test_rows_weigh_what_their_values_weigh(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        rows = await site.get_database("content").execute(
            "select 1, hex(zeroblob(10000)), zeroblob(10000) union all select 2, char(128578), null"
        )
    assert 30_000 < size_of(rows) < 31_000
    assert 30_000 < size_of({"rows": [dict(row) for row in rows.rows]}) < 31_000


async def test_a_site_remembers_some_megabytes() -> None:
    asked: list[int] = []
    db = SimpleNamespace(path=__file__, is_mutable=True)

    async def weigh(number: int) -> list[str]:
        async def ask() -> list[str]:
            asked.append(number)
            return ["x" * (MAX_BYTES // 5)]

        answer: list[str] = await recall(db, ("a facet of HTML", number), ask)
        return answer

    for number in (*range(10), 9, 6, 0):
        await weigh(number)
    assert asked == [*range(10), 0]


ENDLESS = "with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) from c"


async def test_what_took_too_long_is_said_at_once_for_a_while(
    sample_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    errors = []
    async with open_site(sample_path) as site:
        db = site.get_database("content")

        async def ask() -> Any:
            nonlocal asked
            asked += 1
            return await db.execute(ENDLESS, {}, custom_time_limit=5)

        for _ in range(3):
            with pytest.raises(QueryInterrupted) as caught:
                await recall(db, ("endless",), ask)
            errors.append(caught.value)
        assert asked == 1
        monkeypatch.setattr(memory, "RETRY_SECONDS", -1)
        for _ in range(3):
            with pytest.raises(QueryInterrupted):
                await recall(db, ("another",), ask)
        assert asked == 4
    assert [error.sql for error in errors] == [ENDLESS] * 3
    lengths = [len(list(walk_tb(error.__traceback__))) for error in errors]
    assert lengths == [lengths[0]] * 3


async def test_rows_that_took_too_long_are_not_no_rows_for_ever(
    sample_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    async with open_site(sample_path) as site:
        db = site.get_database("content")
        reader = Reader(site, "content", Request.fake("/content/search?q=a"))
        execute = db.execute

        async def listen(*arguments: Any, **options: Any) -> Any:
            nonlocal asked
            asked += 1
            return await execute(*arguments, **options)

        db.execute = listen
        for seconds, times in ((600, 1), (-1, 3)):
            monkeypatch.setattr(memory, "RETRY_SECONDS", seconds)
            asked = 0
            for _ in range(3):
                assert await reader.remembered_rows(ENDLESS, limit_ms=5, q=str(seconds)) == []
            assert asked == times
        rows = [await reader.remembered_rows("select :q as q", 400, q="a") for _ in range(2)]
    assert rows == [[{"q": "a"}]] * 2
    assert asked == 4


async def test_what_is_asked_again_in_a_thread_is_remembered(sample_path: Path) -> None:
    async with open_site(sample_path) as site:
        reader = Reader(site, "content", Request.fake("/"))
        sql = "select count(*) as n, random() as chance from articles where id < :most"
        first = await reader.together(lambda ask: ask(sql, again=True, most=3))
        assert first[0]["n"] == 2
        assert await reader.together(lambda ask: ask(sql, again=True, most=3)) == first
        assert (await reader.together(lambda ask: ask(sql, again=True, most=2)))[0]["n"] == 1
        assert await reader.together(lambda ask: ask(sql, most=3)) != first


async def test_what_was_late_is_asked_again(sample_path: Path) -> None:
    sql = """
    with recursive n (i) as (select 1 union all select i + 1 from n where i < 20000)
    select count(*) as n from n where i > :least
    """
    async with open_site(sample_path) as site:
        reader = Reader(site, "content", Request.fake("/"))
        assert await reader.together(lambda ask: ask(sql, 0, again=True, least=5)) == []
        found = await reader.together(lambda ask: ask(sql, 1000, again=True, least=5))
        assert found == [{"n": 19_995}]
