"""Addresses: taken apart and made absolute. Nothing here ever raises.

The joining is RFC 3986 §5.2 written out, because urllib.parse.urljoin raises for `http://[x`, joins
only the schemes it knows and drops an empty query. Before it, href values are read as browsers do
(WHATWG URL §4.4): edge white space goes, tabs and newlines go, `\\` is `/`.
"""

import re
from typing import NamedTuple

from feedsette.flattening.caches import remember

WEB_SCHEMES = ("http", "https")
_PARTS = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)
_WEB_START = re.compile(r"(https?):[/\\]*", re.IGNORECASE)
_EXTRA = re.compile(r"^/{3,}")
_NOTHING = frozenset(("http://", "https://", "http:", "https:"))
_PLAIN = re.compile(r"https?://[!#-.0-;=?-\[\]^_a-~][!#-;=?-\[\]^_a-~]*")
"""What resolve gives back as it is, if no dots are to be taken out of its path."""
# and signs that cannot be seen or turn a line around: an address is shown to people
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\"<>`\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\s")
LONGEST = 8_000
"""Characters of a web address; servers and browsers refuse longer ones (RFC 9110 §4.1)."""


class Address(NamedTuple):
    """The five parts of RFC 3986 §3; None where a part is absent, which '' is not."""

    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None

    def __str__(self) -> str:
        return "".join(
            (
                f"{self.scheme}:" if self.scheme else "",
                "" if self.authority is None else f"//{self.authority}",
                self.path,
                "" if self.query is None else f"?{self.query}",
                "" if self.fragment is None else f"#{self.fragment}",
            )
        )


@remember
def split_address(url: str) -> Address:
    """Take an address apart (RFC 3986, appendix B); the scheme in lower case."""
    match = _PARTS.fullmatch(url)
    if match is None:  # pragma: no cover - the pattern matches every string
        return Address(None, None, url, None, None)
    scheme, *rest = match.groups()
    return Address(scheme.lower() if scheme else None, *rest)


@remember
def resolve(href: str | None, base: str | None) -> str | None:
    """Make an href absolute as a browser would.

    None if it is blank, has nothing to lean on, is a web or mail address longer than LONGEST, or a
    mailto without an address.

    Any scheme comes back (see is_web). White space, quotes and angle brackets come out as %XX,
    other characters as they were written.
    """
    text = tidy(href)
    if not text:
        return None
    if "/." not in text and _PLAIN.fullmatch(text):
        return text
    part = _read(text)
    if part.scheme and part.scheme not in WEB_SCHEMES:
        return _mail_address(text, part) if part.scheme == "mailto" else text
    if len(text) > LONGEST:
        return None
    if not part.scheme:
        joined = _join(_read(tidy(base)), part)
        if joined is None:
            return None
        part = joined
    return escape_signs(str(part._replace(path=_without_dots(part.path))), _UNSAFE)


def _mail_address(text: str, part: Address) -> str | None:
    return escape_signs(text, _UNSAFE) if part.path and len(text) <= LONGEST else None


def _read(text: str) -> Address:
    """Take an href apart as meant: `http:/x.org` and `http:\\\\x.org` are http://x.org."""
    start = _WEB_START.match(text)
    if start:
        text = f"{start[1]}://{text[start.end() :]}"
    part = split_address(text)
    return part if part.scheme and not start else split_address(_EXTRA.sub("//", _slashes(text)))


def tidy(href: str | None) -> str:
    """Take away what browsers ignore: white space at the edges, tabs and newlines anywhere."""
    if not href:
        return ""
    text = href.strip()
    if text.isprintable():  # as nearly all are
        return text
    return re.sub(r"[\t\n\r]", "", text.strip("\0\x01\x02\x03\x04\x05\x06\x07\x08").strip())


def is_web(url: str | None) -> bool:
    """True for an absolute http or https address, were it of one sign behind the scheme."""
    if not url or url in _NOTHING:
        return False
    return url.startswith(("http://", "https://")) or split_address(url).scheme in WEB_SCHEMES


def _slashes(text: str) -> str:
    head, *tail = re.split(r"([?#])", text, maxsplit=1)
    return head.replace("\\", "/") + "".join(tail)


def _join(base: Address, part: Address) -> Address | None:
    """RFC 3986 §5.2.2 for a reference without scheme; None where the base is not a web page."""
    if part.authority is not None:
        scheme = base.scheme if base.scheme in WEB_SCHEMES else "https"
        return part._replace(scheme=scheme)
    if base.scheme not in WEB_SCHEMES or not base.authority:
        return None
    if part.path.startswith("/"):
        path, query = part.path, part.query
    elif part.path:
        path, query = base.path.rpartition("/")[0] + "/" + part.path, part.query
    else:
        path, query = base.path, base.query if part.query is None else part.query
    return Address(base.scheme, base.authority, path, query, part.fragment)


def _without_dots(path: str) -> str:
    """RFC 3986 §5.2.4."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def escape_signs(text: str, unsafe: re.Pattern[str]) -> str:
    """Write the characters that a pattern finds as %XX, byte by byte in UTF-8."""
    return unsafe.sub(
        lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode("utf-8", "replace")), text
    )
