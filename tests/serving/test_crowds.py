"""Many visitors who ask the same at once."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest

from feedsette.serving import memory
from feedsette.serving.memory import recall


async def test_many_who_ask_the_same_cost_what_one_does() -> None:
    asked = 0

    async def ask() -> str:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0.01)
        return "numbers"

    db = SimpleNamespace(path=__file__, is_mutable=True)
    answers = await asyncio.gather(*(recall(db, ("home",), ask) for _ in range(64)))
    assert (answers, asked) == (["numbers"] * 64, 1)
    assert await recall(db, ("home",), ask) == "numbers"
    assert asked == 1


async def test_a_visitor_who_goes_away_takes_nothing_from_the_others() -> None:
    async def ask() -> str:
        await asyncio.sleep(0.02)
        return "numbers"

    db = SimpleNamespace(path=__file__, is_mutable=True)
    first = asyncio.create_task(recall(db, ("away",), ask))
    await asyncio.sleep(0)
    second = asyncio.create_task(recall(db, ("away",), ask))
    await asyncio.sleep(0.001)
    first.cancel()
    assert await second == "numbers"


async def test_what_failed_is_asked_again() -> None:
    asked = 0

    async def ask() -> str:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0)
        if asked == 1:
            raise ValueError("interrupted")
        return "numbers"

    db = SimpleNamespace(path=__file__, is_mutable=True)
    both = await asyncio.gather(
        *(recall(db, ("failing",), ask) for _ in range(2)), return_exceptions=True
    )
    assert [type(one) for one in both] == [ValueError, ValueError]
    assert await recall(db, ("failing",), ask) == "numbers"


async def test_visitors_of_a_file_that_changes_wait_for_one_answer(tmp_path: Path) -> None:
    asked = 0
    path = tmp_path / "content.db"
    path.write_bytes(b"before")
    db = SimpleNamespace(path=str(path), is_mutable=True)

    async def ask() -> str:
        nonlocal asked
        asked += 1
        found = path.read_text()
        await asyncio.sleep(0.1)
        return found

    visitors = []
    for number in range(5):
        visitors.append(asyncio.create_task(recall(db, ("numbers",), ask)))
        await asyncio.sleep(0.0001)  # the first has read the file by now
        path.write_text(f"after change {number:10}")
    answers = await asyncio.gather(*visitors)
    assert (answers, asked) == (["before"] * 5, 1)
    # what they were told is of a file that is no more
    assert await recall(db, ("numbers",), ask) == path.read_text()
    assert await recall(db, ("numbers",), ask) == path.read_text()
    assert asked == 2


@pytest.mark.parametrize("path", [None, "no such file.db"])
async def test_nothing_is_kept_of_a_database_without_a_file(path: str | None) -> None:
    answers = iter(range(3))

    async def ask() -> int:
        return next(answers)

    db = SimpleNamespace(path=path, is_mutable=True)
    assert [await recall(db, ("memory",), ask) for _ in range(3)] == [0, 1, 2]
    assert (path, id(db), "memory") not in memory._answers._kept
