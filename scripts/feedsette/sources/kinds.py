"""What bytes are, told from how they begin: a feed, a list of feeds, a web page, or none of them.

No parser: a folder may hold thousands of files, and a feed may be broken in its middle.
"""

import re
from enum import Enum

HEAD_BYTES = 65_536


class Kind(Enum):
    """What a document seems to be."""

    FEED = "feed"
    OPML = "opml"
    LIST = "list"
    """A text with one location a line, the first a URL."""
    HTML = "html"
    OTHER = "other"
    """Something else that is well known: another XML language, plain JSON."""
    UNKNOWN = "unknown"
    """Nothing that can be named, perhaps a broken feed."""


_ROOTS = dict.fromkeys(("rss", "feed", "rdf", "channel", "entry"), Kind.FEED)
_ROOTS |= {"opml": Kind.OPML}
_ROOTS |= dict.fromkeys(("html", "head", "body", "meta", "title", "script", "div"), Kind.HTML)

_NAME = re.compile(r"<(?:[\w.-]{1,64}:)?([\w.-]{1,64})")
_HTML_DOCTYPE = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
_WEB_LINE = re.compile(r"(?:feed:|https?:)\S+", re.IGNORECASE)

_NO_FEEDS = {
    b"PK\x03\x04": "is a zip archive, of which nothing is read; unpack it first",
    b"\xfd7zXZ\x00": "is packed with xz, of which nothing is read; unpack it first",
    b"BZh": "is packed with bzip2, of which nothing is read; unpack it first",
    b"\x28\xb5\x2f\xfd": "is packed with zstd, of which nothing is read; unpack it first",
    b"7z\xbc\xaf\x27\x1c": "is a 7z archive, of which nothing is read; unpack it first",
    b"%PDF-": "is a PDF document, not a feed",
    b"SQLite format 3\x00": "is a SQLite database, not a feed; the one to load into follows -d",
}


def why_no_feed(content: bytes) -> str | None:
    """What a document is that surely is no feed, and what to do about it; gzip is read."""
    return next((words for magic, words in _NO_FEEDS.items() if content.startswith(magic)), None)


def kind_of(content: bytes) -> Kind:
    """Name the kind of a document, already decompressed."""
    text = _decode_head(content).lstrip("\ufeff \t\r\n\x00")
    if text.startswith("<"):
        return _kind_of_markup(text)
    if text.startswith("{"):
        # the version may stand after megabytes of items; JSON writers may escape slashes
        return Kind.FEED if b"jsonfeed.org" in content else Kind.OTHER
    return Kind.LIST if _begins_like_a_list(text) else Kind.UNKNOWN


def _decode_head(content: bytes) -> str:
    head = content[:HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _kind_of_markup(text: str) -> Kind:
    position = 0
    otherwise = None  # a feed may bear the doctype of HTML; anything else with it is a web page
    while text.startswith("<", position):
        if _HTML_DOCTYPE.match(text, position):
            otherwise = Kind.HTML
        end = _end_of_prolog(text, position)
        if end is None:
            name = _NAME.match(text, position)
            kind = _ROOTS.get(name[1].lower(), Kind.OTHER) if name else Kind.UNKNOWN
            return kind if kind is Kind.FEED else otherwise or kind
        position = end
        while text[position : position + 1].isspace():
            position += 1
    return otherwise or Kind.UNKNOWN


def _end_of_prolog(text: str, position: int) -> int | None:
    """Where the comment, instruction or doctype at a position ends; None if it is none of them."""
    if text.startswith("<!--", position):
        mark = "-->"
    elif text.startswith("<?", position):
        mark = "?>"
    elif text.startswith("<!", position):
        mark = ">"
        subset, close = text.find("[", position), text.find(">", position)
        if 0 <= subset < close:
            position = max(text.find("]", position), position)
    else:
        return None
    end = text.find(mark, position)
    return len(text) if end < 0 else end + len(mark)


def _begins_like_a_list(text: str) -> bool:
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return bool(_WEB_LINE.fullmatch(first.partition(" #")[0].rstrip()))
