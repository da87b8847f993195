"""How much of an item is looked at: what no writer reaches, so that no stranger exhausts a machine.

What is beyond a limit is left out and named in the log, with the limit; the item itself is kept.
All is cut before the item is hashed, so that the next load finds it unchanged.
"""

from collections.abc import Callable
from hashlib import sha256
from itertools import islice
from re import finditer
from typing import Any

from feedsette.records import Author, Entry

MAX_HTML_BYTES = 5_000_000
"""A row of articles holds html and text: together below what the site lets a row take."""
MAX_HTML_TAGS = 100_000
"""An element costs a thousand times its bytes in memory and time."""
MAX_SUMMARY_BYTES = 500_000
MAX_TITLE = 5_000
MAX_NAME = 500
"""Characters of a tag's or an author's name, and of an unusable date."""
MAX_GUID = 2_000
MAX_TAGS = 1_000
MAX_AUTHORS = 200


def limit_entry(entry: Entry) -> tuple[Entry, list[str]]:
    """Cut an entry to size; says in a line each what is missing."""
    lines: list[str] = []
    changes: dict[str, Any] = {}
    for name, cut in _CUTS:
        value = getattr(entry, name)
        if not value:
            continue
        kept, line = cut(value)
        if line:
            changes[name] = kept
            lines.append(line)
    if not lines:
        return entry, []
    label = " ".join(entry.label.split())
    return entry._replace(**changes), [f"{label[:200]}: {line}" for line in lines]


def _cut_html(html: str, most_bytes: int = MAX_HTML_BYTES) -> tuple[str, str | None]:
    line = None
    if len(html) > most_bytes // 4 and len(data := html.encode("utf-8", "replace")) > most_bytes:
        line = f"{len(data) - most_bytes:,} bytes of HTML beyond the limit of {most_bytes:,}"
        html = data[:most_bytes].decode("utf-8", "ignore")
    if len(html) > MAX_HTML_TAGS and (tags := html.count("<")) > MAX_HTML_TAGS:
        line = f"{tags - MAX_HTML_TAGS:,} tags of HTML beyond the limit of {MAX_HTML_TAGS:,}"
        html = html[: next(islice(finditer("<", html), MAX_HTML_TAGS, None)).start()]
    return html, line


def _cut_summary(html: str) -> tuple[str, str | None]:
    return _cut_html(html, MAX_SUMMARY_BYTES)


def _cut_title(title: str) -> tuple[str, str | None]:
    if len(title) <= MAX_TITLE:
        return title, None
    return title[:MAX_TITLE], f"{len(title):,} characters of title, the limit is {MAX_TITLE:,}"


def _cut_guid(guid: str) -> tuple[str, str | None]:
    if len(guid) <= MAX_GUID:
        return guid, None
    digest = "sha256:" + sha256(guid.encode("utf-8", "replace")).hexdigest()
    return digest, f"{len(guid):,} characters of guid, the limit is {MAX_GUID:,}: its hash is kept"


def _cut_date(words: str) -> tuple[str, str | None]:
    if len(words) <= MAX_NAME:
        return words, None
    return words[:MAX_NAME], f"{len(words):,} characters of date, the limit is {MAX_NAME:,}"


def _cut_tags(tags: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    short = tuple(tag for tag in tags if len(tag) <= MAX_NAME)
    if len(short) == len(tags) <= MAX_TAGS:
        return tags, None
    left = len(tags) - len(short[:MAX_TAGS])
    line = f"{left:,} tags beyond the limits of {MAX_TAGS:,} and of {MAX_NAME} characters"
    return short[:MAX_TAGS], line


def _cut_authors(authors: tuple[Author, ...]) -> tuple[tuple[Author, ...], str | None]:
    short = tuple(author for author in authors if len(author.name) <= MAX_NAME)
    if len(short) == len(authors) <= MAX_AUTHORS:
        return authors, None
    left = len(authors) - len(short[:MAX_AUTHORS])
    line = f"{left:,} authors beyond the limits of {MAX_AUTHORS} and of {MAX_NAME} characters"
    return short[:MAX_AUTHORS], line


_CUTS: tuple[tuple[str, Callable[[Any], tuple[Any, str | None]]], ...] = (
    ("html", _cut_html),
    ("summary", _cut_summary),
    ("title", _cut_title),
    ("guid", _cut_guid),
    ("published_raw", _cut_date),
    ("tags", _cut_tags),
    ("authors", _cut_authors),
)
