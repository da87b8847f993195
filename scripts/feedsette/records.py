"""What crosses the walls between sources, parsing and flattening: frozen, with tuples inside.

Times are aware and in UTC, absent is None, never "".
"""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

_USERINFO = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@")


@dataclass(frozen=True)  # without slots: what is cached needs a place
class Document:
    """The bytes of one feed document as they were found at one moment, already decompressed."""

    location: str
    """Where it was asked for: a URL, a path, or `-`. The key under which it is remembered."""
    content: bytes
    seen_at: datetime
    """When it was fetched; for a saved copy, the date of the copy."""
    url: str | None = None
    """The URL that answered, after redirects: the base of relative links. None for files."""
    headers: tuple[tuple[str, str], ...] = ()
    """Lower-case names; content-type and content-location matter to parsing."""
    http_status: int | None = None
    etag: str | None = None
    """Fetch validators, verbatim (RFC 9110 §8.8)."""
    last_modified: str | None = None
    fresh_until: datetime | None = None
    """Until when the server says that asking again is pointless (Cache-Control, Expires)."""
    moved_to: str | None = None
    """The URL that a chain of permanent redirects (301, 308) leads to."""
    copy_of: str | None = None
    """For a saved copy: its location without the date, which all copies of the feed share."""

    @property
    def name(self) -> str:
        """What may be published of the location: a URL, or a file's name without its folder."""
        return public_name(self.location)

    def without_validators(self) -> "Document":
        """The same, but what is remembered of it never keeps its server from sending it again."""
        return replace(self, etag=None, last_modified=None, fresh_until=None)

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the content, made once: it was a sixth of loading what has not changed."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says (304) that its document is the one seen last time."""

    location: str
    seen_at: datetime
    http_status: int = 304
    fresh_until: datetime | None = None

    @property
    def name(self) -> str:
        """What may be published of the location."""
        return public_name(self.location)


@dataclass(frozen=True, slots=True)
class Failure:
    """A location that gave no document, and why, in one line without the location."""

    location: str
    reason: str
    seen_at: datetime
    http_status: int | None = None
    gone: bool = False
    """The server says (410) that the feed will not come back."""
    retry_at: datetime | None = None
    """Until when the server asks to be left alone (Retry-After)."""

    @property
    def name(self) -> str:
        """What may be published of the location."""
        return public_name(self.location)


def shown_name(location: str) -> str:
    """What its own user may see of a location: all but user and password of a URL."""
    return _USERINFO.sub(r"\1", location)


def public_name(location: str) -> str:
    """Strip the folder from a path, and user and password from a URL; `-` stays as it is."""
    if "://" in location:
        return shown_name(location)
    return location.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or location


class Author(NamedTuple):
    """Who wrote an entry. E-mail addresses are dropped while parsing: nobody agreed to it."""

    name: str
    url: str | None = None


class Attachment(NamedTuple):
    """A file that comes with an entry (RSS enclosure, Atom rel=enclosure, JSON Feed attachment)."""

    url: str
    media_type: str | None = None
    length_bytes: int | None = None
    duration_seconds: int | None = None


class Picture(NamedTuple):
    """A picture that a feed names outside an entry's HTML (media:content, itunes:image, …)."""

    url: str
    title: str | None = None
    width: int | None = None
    height: int | None = None
    alt: str | None = None


class Entry(NamedTuple):
    """One item of a feed as its author wrote it; html and summary are raw and not sanitised."""

    guid: str | None = None
    link: str | None = None
    """Absolute http(s) URL."""
    title: str | None = None
    """Plain text: tags stripped, entities decoded once, white space folded."""
    authors: tuple[Author, ...] = ()
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    published_raw: str | None = None
    """The date as found, only if it is unusable: no date, or none that a feed can have."""
    language: str | None = None
    html: str | None = None
    """The longest of content and summary, as HTML."""
    summary: str | None = None
    """The summary as HTML, only if it says something else than html."""
    base_url: str | None = None
    """What relative links in html resolve against (xml:base, else link, else the feed's)."""
    canonical_url: str | None = None
    """Where the feed says that the original stands (feedburner:origLink, rel=canonical …)."""
    attachments: tuple[Attachment, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all; its language and base may come from its feed."""
        if self.guid or self.link or self.title:
            return False
        return self._replace(language=None, base_url=None) == Entry()

    @property
    def label(self) -> str:
        """What a message calls it."""
        return self.title or self.link or self.guid or "item without a name"


@dataclass(frozen=True, slots=True)
class Feed:
    """A parsed document."""

    feed_key: str
    """Its own URL (self link), else the location, if a URL, else the site, else the file name."""
    format: str
    """feedparser's version name (rss20, atom10, …), or json10, json11."""
    title: str | None = None
    site_url: str | None = None
    feed_url: str | None = None
    description: str | None = None
    language: str | None = None
    generator: str | None = None
    image_url: str | None = None
    updated: datetime | None = None
    entries: tuple[Entry, ...] = ()
    left_out: tuple[str, ...] = ()
    """What the items are that no published article is, a word for each; entries is without them."""
    base_url: str | None = None
    complete: bool = True
    """False if the document was cut off or broken, so that a missing entry proves nothing."""
    cut_off: bool = False
    """The document broke off before its end: asking again may bring the rest."""
    message: str | None = None
    """What was wrong with a document that could be read all the same."""
    ttl_seconds: int | None = None
    """How long the feed asks to be left alone (rss ttl, sy:updatePeriod)."""
    next_url: str | None = None
    """The next older page of a paged feed (RFC 5005 rel=next or prev-archive)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of a feed, so that unchanged entries are not flattened again."""

    key_policy: str | None = None
    """How item keys of this feed are made once that was settled: guid, guid+link …"""
    hashes: "dict[str, str]" = field(default_factory=dict)
    """content_sha256 by item_key, of articles made by the present extractor version."""
    keys: frozenset[str] = frozenset()
    """Every item_key of the feed, whichever version made the article: keys that are kept."""
    details: "dict[str, str | None]" = field(default_factory=dict)
    """details_sha256 by item_key, of the articles of hashes."""
