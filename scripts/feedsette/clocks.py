"""What time it is: the one place that asks."""

import os
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The time in UTC, to the second.

    SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/) fixes it, so that
    two builds from the same sources are equal to the byte.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if fixed and fixed.isdigit():
        return datetime.fromtimestamp(int(fixed), UTC)
    return datetime.now(UTC).replace(microsecond=0)
