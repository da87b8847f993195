"""White space, control characters, words and minutes."""

import pytest

from feedsette.flattening.text.texts import comparable, count_words, drop_controls, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (None, None),
        ("", None),
        (" \xa0\n", None),
        ("\u200b", None),
        (" a\xa0b\n c\u3000d ", "a b c d"),
        ("a\x00b\x08\ud800c\ufeff", "abc"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


def test_controls_that_are_white_space_stay():
    assert drop_controls("a\tb\nc\rd\x0ce\x85f") == "a\tb\nc\rd\x0ce\x85f"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(None, 0, id="none"),
        pytest.param("  \n", 0, id="blank"),
        pytest.param("It's a well-known fact – really.", 5, id="dashes are no words"),
        pytest.param("{ } x = 1;", 2, id="signs are no words"),
        pytest.param("汉字三个", 4, id="Chinese by characters"),
        pytest.param("用 Python 写", 3, id="mixed"),
        pytest.param("Python写", 2, id="mixed without a space"),
        pytest.param("これはカナ。", 5, id="Japanese by characters"),
        pytest.param("한국어 문장 이다", 3, id="Korean by words"),
        pytest.param("naïve café", 2, id="accents"),
    ],
)
def test_words(text, words):
    assert count_words(text).total == words


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        (None, 0),
        ("word", 1),
        ("word " * 238, 1),
        ("word " * 239, 2),
        ("字" * 500, 1),
        ("字" * 501, 2),
        ("字" * 250 + " word" * 119, 1),
        ("字" * 250 + " word" * 120, 2),
    ],
)
def test_minutes_are_rounded_up(text, minutes):
    assert count_words(text).minutes == minutes


def test_titles_compare_by_letters_and_digits():
    assert comparable("What’s\xa0new – Straße 2?") == comparable("what's new: STRASSE 2")
    assert comparable(None) == ""


def test_long_runs_of_signs_are_counted_at_once():
    assert count_words("!" * 1_000_000).total == 0
