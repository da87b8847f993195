"""Times as the database writes them."""

from datetime import UTC, datetime


def text_of(time: datetime) -> str:
    """ISO 8601 in UTC to the second, `2024-09-03T01:32:48+00:00`: sorts as text."""
    return time.astimezone(UTC).replace(microsecond=0).isoformat()


def time_of(text: str) -> datetime:
    """The time that text_of wrote."""
    return datetime.fromisoformat(text)


def sql_value(value: object) -> object:
    """The value as SQLite takes it: times as text, all else as it is."""
    return text_of(value) if isinstance(value, datetime) else value
