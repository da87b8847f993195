"""What headers mean."""

from datetime import UTC, datetime, timedelta

import pytest

from feedsette.sources.answers import Answer, fresh_until, retry_after

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def answer(**headers: str) -> Answer:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(200, "http://a.example/", pairs)


@pytest.mark.parametrize(
    ("headers", "lifetime"),
    [
        ({}, None),
        ({"cache_control": "max-age=3600"}, HOUR),
        ({"cache_control": 'public, Max-Age="3600"'}, HOUR),
        ({"cache_control": "max-age=7200", "age": "3600"}, HOUR),
        ({"cache_control": "max-age=10", "age": "3600"}, None),
        ({"cache_control": "max-age=3600", "age": "soon"}, HOUR),
        ({"cache_control": "max-age=0"}, None),
        ({"cache_control": "max-age=-1"}, None),
        ({"cache_control": "s-maxage=60"}, None),
        ({"cache_control": "no-cache, max-age=3600"}, None),
        ({"cache_control": "max-age=3600,no-store"}, None),
        ({"cache_control": "max-age=31536000"}, timedelta(days=1)),
        ({"cache_control": "max-age=" + "9" * 4000}, timedelta(days=1)),
        ({"expires": "Sat, 01 Jun 2024 13:00:00 GMT"}, HOUR),
        ({"expires": "Sat, 01 Jun 2024 15:00:00 +0200"}, HOUR),
        ({"expires": "Sat, 01 Jun 2024 13:00:00"}, HOUR),
        ({"expires": "Sat, 01 Jun 2024 11:00:00 GMT"}, None),
        ({"expires": "0"}, None),
        ({"expires": "-1"}, None),
        ({"expires": "Sat, 01 Jun 99999999 13:00:00 GMT"}, None),
        # a server whose clock is a year behind
        (
            {
                "date": "Thu, 01 Jun 2023 12:00:00 GMT",
                "expires": "Thu, 01 Jun 2023 13:00:00 GMT",
            },
            HOUR,
        ),
        ({"cache_control": "max-age=3600", "expires": "0"}, HOUR),
    ],
)
def test_how_long_an_answer_is_fresh(headers: dict[str, str], lifetime: timedelta | None) -> None:
    assert fresh_until(answer(**headers), NOW) == (lifetime and NOW + lifetime)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sat, 01 Jun 2024 12:02:00 GMT", 120),
        ("Sat, 01 Jun 2024 11:00:00 GMT", 0),
        ("", None),
        ("a while", None),
        ("1.5", None),
        ("٣", None),
    ],
)
def test_how_long_to_wait(value: str, seconds: float | None) -> None:
    assert retry_after(answer(retry_after=value), NOW) == seconds


def test_no_header_at_all() -> None:
    assert retry_after(answer(), NOW) is None
