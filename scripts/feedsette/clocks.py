"""What time it is: the one place that asks."""

import os
import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The time in UTC, to the second.

    SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/) fixes it, so that
    two builds from the same sources are equal to the byte.
    """
    fixed = _fixed()
    if fixed is not None:
        return datetime.fromtimestamp(fixed, UTC)
    return datetime.now(UTC).replace(microsecond=0)


def seconds_since(started: float) -> float:
    """Seconds since time.perf_counter() gave `started`, to the millisecond; 0 if time is fixed."""
    return 0.0 if _fixed() is not None else round(time.perf_counter() - started, 3)


def _fixed() -> int | None:
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(value) if value.isdecimal() else None
