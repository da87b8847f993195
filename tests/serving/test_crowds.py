"""Many visitors who ask the same at once."""

import asyncio
from types import SimpleNamespace

from feedsette.serving.memory import recall


async def test_many_who_ask_the_same_cost_what_one_does() -> None:
    asked = 0

    async def ask() -> str:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0.01)
        return "numbers"

    db = SimpleNamespace(path=__file__)
    answers = await asyncio.gather(*(recall(db, ("home",), ask) for _ in range(64)))
    assert (answers, asked) == (["numbers"] * 64, 1)
    assert await recall(db, ("home",), ask) == "numbers"
    assert asked == 1


async def test_a_visitor_who_goes_away_takes_nothing_from_the_others() -> None:
    async def ask() -> str:
        await asyncio.sleep(0.02)
        return "numbers"

    db = SimpleNamespace(path=__file__)
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

    db = SimpleNamespace(path=__file__)
    both = await asyncio.gather(
        *(recall(db, ("failing",), ask) for _ in range(2)), return_exceptions=True
    )
    assert [type(one) for one in both] == [ValueError, ValueError]
    assert await recall(db, ("failing",), ask) == "numbers"
