"""Lists of feeds: OPML (outlines.py), and plain text with one location a line."""

from pathlib import Path
from urllib.parse import urljoin

from feedsette.errors import SourceError
from feedsette.sources.kinds import Kind, kind_of
from feedsette.sources.locations import web_url

MAX_LISTED = 10_000
"""Feeds in one list: enough for a planet, and a bound for what a stranger's list makes us ask."""
MAX_DEPTH = 5
"""Lists within lists; a server could make up new ones for ever."""

TEXT_SUFFIXES = (".txt", ".list", ".urls")


def is_list(location: str, content: bytes) -> bool:
    """Say whether a document is a list: by its content, or a text by its name."""
    kind = kind_of(content)
    named = location.lower().endswith(TEXT_SUFFIXES) and b"\0" not in content
    return kind in (Kind.OPML, Kind.LIST) or (kind is Kind.UNKNOWN and named)


def read_list(content: bytes, origin: str) -> list[str]:
    """The locations that a list names, each once, in its order.

    Relative ones are resolved against origin, the list's own path or URL. A list from the web may
    only name URLs; an OPML file only URLs and files in its own folder, since such files come from
    others; a text list may name anything. SourceError if it names nothing, or too much.
    """
    is_opml = kind_of(content) is Kind.OPML
    entries = _read_outlines(content) if is_opml else _read_lines(content)
    if len(entries) > MAX_LISTED:
        raise SourceError(f"names more than {MAX_LISTED} feeds; split the list")
    if not entries:
        raise SourceError("a list that names no feed")
    return list(dict.fromkeys(_resolve(entry, origin, guarded=is_opml) for entry in entries))


def _read_outlines(content: bytes) -> list[str]:
    # late: few loads meet an OPML file, and its reader takes a tenth of the time to start
    from feedsette.sources.outlines import read_outlines

    return read_outlines(content, MAX_LISTED)


def _read_lines(content: bytes) -> list[str]:
    text = content.decode("utf-8-sig", errors="replace")
    lines = (line.partition(" #")[0].strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _resolve(entry: str, origin: str, *, guarded: bool) -> str:
    try:
        if web_url(entry):
            return entry
        if web_url(origin):
            return urljoin(origin, entry)
    except (SourceError, ValueError):
        return entry  # reading it will say what is wrong
    folder = Path() if origin == "-" else Path(origin).parent
    path = folder / entry
    if guarded and not path.resolve().is_relative_to(folder.resolve()):
        raise SourceError("an OPML file that names files outside its own folder")
    return "./-" if str(path) == "-" else str(path)  # a file of that name, not standard input
