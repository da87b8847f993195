"""What time it is, and that it can be fixed."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from feedsette.clocks import seconds_since, utc_now


def test_now_is_aware_and_whole_seconds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    now = utc_now()
    assert (now.tzinfo, now.microsecond) == (UTC, 0)
    assert abs(datetime.now(UTC) - now) < timedelta(minutes=1)
    assert seconds_since(time.perf_counter() - 5) >= 5


def test_source_date_epoch_fixes_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767323045")
    assert utc_now() == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert seconds_since(time.perf_counter() - 5) == 0


@pytest.mark.parametrize("value", ["", "soon", "-1"])
def test_what_is_no_number_fixes_nothing(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert abs(datetime.now(UTC) - utc_now()) < timedelta(minutes=1)
