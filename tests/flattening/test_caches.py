"""Answers are remembered for short texts only."""

import pytest

from feedsette.flattening.caches import LENGTH, remember


@pytest.mark.parametrize(("text", "calls"), [("a", 1), (None, 1), ("a" * (LENGTH + 1), 2)])
def test_short_texts_are_asked_once(text: str | None, calls: int) -> None:
    asked = []

    @remember
    def length_of(text: str | None, more: int = 0) -> int:
        asked.append(text)
        return len(text or "") + more

    assert [length_of(text), length_of(text)] == [len(text or "")] * 2
    assert len(asked) == calls
    assert length_of(text, more=1) == len(text or "") + 1
