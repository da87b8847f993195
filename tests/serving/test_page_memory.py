"""What is remembered: for how long, and how much of it."""

from feedsette.serving.memory import kept


def test_the_latest_results_are_kept_up_to_a_size() -> None:
    asked: list[str] = []

    @kept(10)
    def double(text: str, times: int = 2) -> str:
        asked.append(text)
        return text * times

    assert [double("ab"), double("ab"), double("c", times=3), double("ab")] == [
        "abab", "abab", "ccc", "abab",
    ]  # fmt: skip
    assert asked == ["ab", "c"]
    assert double("def") == "defdef"  # thirteen: the least used one goes
    assert [double("ab"), double("c", times=3)] == ["abab", "ccc"]
    assert asked == ["ab", "c", "def", "c"]


def test_what_is_too_large_is_not_kept() -> None:
    asked: list[str] = []

    @kept(3)
    def same(text: str) -> str:
        asked.append(text)
        return text

    assert [same("long"), same("long"), same("\ud800"), same("\ud800")] == [
        "long", "long", "\ud800", "\ud800",
    ]  # fmt: skip
    assert asked == ["long", "long", "\ud800"]
