"""What is remembered: for how long, and how much of it."""

from pathlib import Path
from types import SimpleNamespace

from datasets import open_site
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
    db = SimpleNamespace(path=__file__)

    async def weigh(number: int) -> list[str]:
        async def ask() -> list[str]:
            asked.append(number)
            return ["x" * (MAX_BYTES // 5)]

        answer: list[str] = await recall(db, ("a facet of HTML", number), ask)
        return answer

    for number in (*range(10), 9, 6, 0):
        await weigh(number)
    assert asked == [*range(10), 0]
