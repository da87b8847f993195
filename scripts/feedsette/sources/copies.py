"""Saved copies of a feed: when each was taken, and the order in which to replay them.

A copy is known by a date in its file's name, not by its content: `feed-2024-01-02T0304.xml`,
`feed_20240102.xml.gz`, `20240102030405.xml` (the fourteen digits of web archives). Such dates are
taken to be UTC.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""There were no feeds before; what looks like an earlier date is some other number."""

_DATE = re.compile(
    r"(?<!\d)(\d{4})([-_.]?)(\d\d)\2(\d\d)"
    r"(?:[T_. -]?(\d\d)[-:_.]?(\d\d)(?:[-:_.]?(\d\d))?Z?)?(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and if it is a saved copy: when it was taken, and of what.

    Of a large folder there are very many, so the path is a text, a quarter of a Path's size.
    """

    path: str
    copied_at: datetime | None = None
    copy_of: str | None = None
    """The path without the date: what the copies of one feed share."""


def find_copy(path: Path, now: datetime, *, use_mtime: bool = False) -> Found:
    """Read the date off a file's name; with use_mtime, a name without one is a copy as well."""
    for match in _DATE.finditer(path.name):
        date = _read_date(match)
        if date and EARLIEST <= date <= now + timedelta(days=1):
            return Found(str(path), min(date, now), _without_date(path, match))
    if use_mtime:
        modified = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
        return Found(str(path), modified, str(path.parent))
    return Found(str(path))


def in_order(found: Iterable[Found]) -> list[Found]:
    """Copies first, in order of time, then the files without a date, in order of name.

    A file without a date is the present state, so it must come after the copies of its past.
    """
    return sorted(found, key=_place)


def _place(found: Found) -> tuple[bool, datetime, str]:
    # a folder's files stand together, whatever its name goes on with elsewhere
    by_folder = found.path.replace(os.sep, "\0")
    return found.copied_at is None, found.copied_at or EARLIEST, by_folder


def _read_date(match: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second = (int(match[n] or 0) for n in (1, 3, 4, 5, 6, 7))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _without_date(path: Path, match: re.Match[str]) -> str:
    before, after = path.name[: match.start()].rstrip("-_. "), path.name[match.end() :]
    after = after.removesuffix(".gz")  # a copy is one of its feed, packed or not
    name = (before + after).lstrip("-_ ")
    named = before or after.partition(".")[0]
    return str(path.with_name(name) if named else path.parent)
