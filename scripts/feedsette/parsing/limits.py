"""How many items of a document are read, in whatever format it is."""

MAX_ENTRIES = 20_000
"""feedparser takes some kilobytes of memory for each, however small it is."""


def too_many_entries() -> str:
    """What to say of a document with more."""
    return f"has more than {MAX_ENTRIES:,} items: only the first of them were read"
