"""What a location is: a URL, a path, a pattern or `-`."""

import os
import re
from urllib.parse import urldefrag, urlsplit

from feedsette.errors import SourceError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?://)|feed:(?=//)", re.IGNORECASE)
_AUTHORITY = re.compile(r"^([a-z]+://)([^/?#]*@)?([^/?#]*)", re.IGNORECASE)
_NOT_IN_HOSTS = re.compile(r"[\s\x00-\x1f\x7f%<>\"\\^`{|}]")
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)+(/|$)")
_FILE = re.compile(r"\.(?:atom|db|feed|gz|html?|json|opml|rdf|rss|txt|xml|zip)$", re.IGNORECASE)
_NO_TEXT = re.compile("[\ud800-\udfff]")
_WILD = re.compile(r"[*?\[]")


def web_url(location: str) -> str | None:
    """The http(s) URL that a location is, without its fragment; None if it is a path.

    Scheme and host are in lower case, since a feed without a self link is known by this address.

    `feed://host/path` and `feed:https://host/path` are links that browsers once handed to readers.
    SourceError for other schemes, and for a URL that cannot be read.
    """
    location = location.strip()
    if _FEED_SCHEME.match(location):
        rest = _FEED_SCHEME.sub("", location, count=1)
        location = f"http:{rest}" if rest.startswith("//") else rest
    scheme = _SCHEME.match(location)
    if scheme is None:
        return None
    if scheme[1].lower() not in ("http", "https"):
        raise SourceError(f"{scheme[1].lower()}:// is not supported; give http, https or a path")
    host_of(location)
    return _AUTHORITY.sub(_lower, urldefrag(location).url, count=1)


def _lower(authority: re.Match[str]) -> str:
    """Of user and password the case counts."""
    return f"{authority[1].lower()}{authority[2] or ''}{authority[3].lower()}"


def host_of(url: str) -> str:
    """The host of a URL, in lower case; SourceError if it has none or cannot be read."""
    try:
        parts = urlsplit(url)
        host = "" if parts.port == 0 else parts.hostname  # reading the port checks its range
    except ValueError:
        host = None
    if not host or _NOT_IN_HOSTS.search(host):
        raise SourceError("not a valid URL")
    return host


def is_bare_address(location: str) -> bool:
    """Say whether a path that does not exist is an address on the web, like `dev.to/feed`."""
    match = _BARE.match(location)
    return match is not None and (match[1] == "/" or not _FILE.search(location))


def is_pattern(location: str) -> bool:
    """Say whether a path that does not exist is meant as a glob."""
    return bool(_WILD.search(location))


def key_of(location: str) -> str:
    """The same text for the same place, so that nothing is read twice in one run."""
    if location == "-" or _SCHEME.match(location) or "\0" in location:
        return location
    return os.path.realpath(location)  # Path.resolve raises on links that lead in circles


def text_of(location: str) -> str:
    """A location that can be written as UTF-8: bytes of a name that are none of it become `%FF`."""
    return _NO_TEXT.sub(lambda half: f"%{ord(half[0]) & 0xFF:02X}", location)
