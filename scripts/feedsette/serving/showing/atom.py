"""Rows with datasette-atom's columns → an Atom document (RFC 4287), whatever the rows hold.

Required are atom_id, atom_title and atom_updated; others are atom_link, atom_content_html or
atom_content, and atom_author_name with atom_author_uri and atom_author_email. Beside those there
are atom_published and atom_base: what addresses in atom_content_html are relative to, if that is
not atom_link.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from feedsette import __version__
from feedsette.clocks import utc_now
from feedsette.serving.showing.mending import iri, web_iri, xml_text
from feedsette.serving.showing.rendering import render

REQUIRED = frozenset(("atom_id", "atom_title", "atom_updated"))
Cells = Mapping[str, str]
"""The columns of a row that say something."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself; addresses are absolute IRIs."""

    identifier: str
    here: str
    page: str
    """Where people find the same."""
    title: str
    author: str
    """Of entries that name none: the standard wants one."""
    base: str
    """What addresses in the rows are relative to."""
    changed: datetime
    """When the data last changed: the date of what has none, and of a feed without entries."""


def read_cells(columns: Sequence[str], row: Any) -> dict[str, str]:
    """Read what a row says, as texts that XML can hold: columns that are empty are left out."""
    names = [name for name in columns if name.startswith("atom_")]
    found = {name: xml_text(row[name]) for name in names if row[name] is not None}
    return {name: text for name, text in found.items() if text}


def identifier_of(cells: Cells, base: str) -> str:
    """Give an entry's id as an IRI (§4.2.6); where the row names none, one made of its words."""
    named = cells.get("atom_id", "").strip()
    return iri(named or sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest(), base)


def write_entry(cells: Cells, head: Head) -> Element:
    """Write an entry."""
    entry = Element("entry")
    published = instant(cells.get("atom_published"))
    updated = instant(cells.get("atom_updated")) or published or head.changed
    _say(entry, "id", identifier_of(cells, head.base))
    _say(entry, "title", cells.get("atom_title", ""))
    _say(entry, "updated", updated.isoformat())
    if published:
        _say(entry, "published", published.isoformat())
    link = web_iri(cells.get("atom_link"), head.base)
    if link:
        SubElement(entry, "link", rel="alternate", href=link)
    _write_author(entry, cells, head.base)
    if "atom_content_html" in cells:
        # never the feed's own address: what is relative in an article is so to its page
        base = web_iri(cells.get("atom_base") or cells.get("atom_link"), "")
        html = render(cells["atom_content_html"], base, plain=True)
        _say(entry, "content", xml_text(html), type="html")
    else:
        _say(entry, "content", cells.get("atom_content", ""), type="text")
    return entry


def write_feed(head: Head, entries: Sequence[Element]) -> bytes:
    """Write the document."""
    feed = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _say(feed, "id", head.identifier)
    _say(feed, "title", xml_text(head.title))
    _say(feed, "updated", _latest(entries, head).isoformat())
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=head.here)
    SubElement(feed, "link", rel="alternate", type="text/html", href=head.page)
    if not entries or any(entry.find("author") is None for entry in entries):  # §4.1.1
        _say(SubElement(feed, "author"), "name", xml_text(head.author))
    _say(feed, "generator", "feedsette", version=__version__)
    feed.extend(entries)
    indent(feed)
    document: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _latest(entries: Sequence[Element], head: Head) -> datetime:
    """Tell when the newest entry was changed: nothing was in the future, whatever an entry says."""
    dates = [datetime.fromisoformat(entry.findtext("updated", "")) for entry in entries]
    now = utc_now()
    return max((date for date in dates if date <= now), default=head.changed)


def instant(text: str | None) -> datetime | None:
    """Read an ISO 8601 date or time, in UTC where it does not say otherwise; None if it is none."""
    try:
        time = datetime.fromisoformat((text or "").strip())
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _write_author(entry: Element, cells: Cells, base: str) -> None:
    if not cells.get("atom_author_name", "").strip():
        return
    author = SubElement(entry, "author")
    _say(author, "name", cells["atom_author_name"])
    uri = web_iri(cells.get("atom_author_uri"), base)
    if uri:
        _say(author, "uri", uri)
    email = cells.get("atom_author_email", "")
    if re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        _say(author, "email", email)


def _say(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text
