"""Lengths of recordings in every spelling → whole seconds."""

import re

_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d+)(?:\.\d+)?")
_WORDED = re.compile(
    r"(?:P(?:(\d+)D)?T?)?\s*(?:(\d+)\s*(?:h|hr|hrs|hour|hours))?[\s,]*"
    r"(?:(\d+)\s*(?:m|min|mins|minute|minutes))?[\s,]*"
    r"(?:(\d+)(?:[.,]\d+)?\s*(?:s|sec|secs|second|seconds))?",
    re.IGNORECASE,
)
LONGEST = 10 * 24 * 3600
"""Ten days; more is a garbled value (milliseconds, bytes)."""


def parse_duration(value: object) -> int | None:
    """Seconds of `3723`, `62:03`, `1:02:03`, `PT1H2M3S`, `1h 2m` or a number; else None."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    seconds = _read(text) if len(text) < 40 else None
    return seconds if seconds is not None and 0 < seconds <= LONGEST else None


def _read(text: str) -> int | None:
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return int(float(text))
    match = _CLOCK.fullmatch(text)
    if match:
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    match = _WORDED.fullmatch(text)
    if not match or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + seconds


def parse_count(value: object) -> int | None:
    """A length or size that is a whole number, not negative; else None (`1,234`, `12 MB`, `0`)."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    return int(text) or None if re.fullmatch(r"[0-9]{1,18}", text) else None
