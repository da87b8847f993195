"""Addresses: absolute, clean, and what is wrong with them. Nothing here ever raises.

The joining is RFC 3986 §5.2 written out, because urllib.parse.urljoin raises for `http://[x`, joins
only the schemes it knows and drops an empty query. Before it, href values are read as browsers do
(WHATWG URL §4.4): edge white space goes, tabs and newlines go, `\\` is `/`.
"""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

from feedsette.flattening.caches import remember

WEB_SCHEMES = ("http", "https")
DEFAULT_PORTS = {"http": "80", "https": "443"}

_PARTS = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)
_WEB_START = re.compile(r"(https?):[/\\]*", re.IGNORECASE)
_EXTRA = re.compile(r"^/{3,}")
_AUTHORITY = re.compile(r"(?:(.*)@)?(\[[^\]]*\]|[^:]*)(?::(.*))?", re.DOTALL)
_PLAIN = re.compile(r"https?://[!#-.0-;=?-\[\]^_a-~][!#-;=?-\[\]^_a-~]*")
"""What resolve gives back as it is, if no dots are to be taken out of its path."""
_PLAIN_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}")
"""A host as nearly all are: nothing to fold, to decode or to doubt."""
_SIMPLE = re.compile(
    r"https?://((?:[a-z0-9-]{1,63}\.)+[a-z]{2,63})((?:/[\w~!$&*+=:@-][\w~!$&*+=:@.-]*)*/?)"
    r"(?:\?([\w~!$&*+=:@/?.-]*))?(?:#[\w~!$&*+=:@/?.-]*)?",
    re.ASCII,
)
"""An address in which nothing is to be resolved, escaped or doubted: most are."""
# and signs that cannot be seen or turn a line around: an address is shown to people
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\"<>`\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\s")
_NOT_ASCII = re.compile(r"[^\x21-\x7e]|[\"<>`]")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")

# Click and campaign marks; the first group by prefix. Parameters that some sites need to find a
# page (ncid, id, p …) are not here.
_TRACKING_PREFIXES = ("utm_", "mtm_", "mc_", "_hs", "__hs", "vero_", "oly_", "piwik_")
_TRACKING_NAMES = frozenset((
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid",
    "twclid", "ttclid", "igshid", "igsh", "li_fat_id", "mkt_tok", "hsctatracking",
    "_openstat", "_ga", "_gl", "wickedid", "ml_subscriber", "ml_subscriber_hash",
    "pk_campaign", "pk_kwd", "pk_keyword", "pk_source", "pk_medium", "pk_content", "pk_cid",
))  # fmt: skip
_DIGITS = re.compile(r".*[\d_]", re.DOTALL)
_IPV4 = re.compile(r"\d{1,3}(\.\d{1,3}){3}")
_IPV6 = re.compile(r"\[[0-9a-f:.]+(%25[\w.-]+)?\]", re.IGNORECASE)

SIMPLE_LENGTH = 2_000
LONGEST = 8_000
"""Characters of a web address; servers and browsers refuse longer ones (RFC 9110 §4.1)."""
_SELF_NAMES = frozenset(("ref", "source"))
_MEDIUM_SOURCE = re.compile(r"rss(-|$)|.*-{4}")


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


class WebAddress(NamedTuple):
    """What is to be known of an absolute http or https address."""

    url: str
    clean_url: str
    domain: str


def read_simple(href: str, own_hosts: frozenset[str]) -> WebAddress | None:
    """All about an address that needs no care, in one look; None for every other.

    Equal to resolve, clean_url and host_of, and problem_of finds nothing in it.
    """
    match = _SIMPLE.fullmatch(href)
    if match is None or len(href) > SIMPLE_LENGTH or "xn--" in href:
        return None
    host, path, query = match.groups()
    start = href[: match.end(1)] + (path or "/")
    if query:
        query = _clean_query(query, own_hosts)
    clean = f"{start}?{query}" if query else start
    return WebAddress(href, clean, host.removeprefix("www."))


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
    """Make an href absolute as a browser would; None if it is blank, has nothing to lean on, or is
    longer than LONGEST.

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
    return _escape(str(part._replace(path=_without_dots(part.path))), _UNSAFE)


def _mail_address(text: str, part: Address) -> str | None:
    return _escape(text, _UNSAFE) if part.path and len(text) <= LONGEST else None


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
    """True for an absolute http or https address."""
    if not url:
        return False
    return url.startswith(("http://", "https://")) or split_address(url).scheme in WEB_SCHEMES


@remember
def host_of(url: str | None) -> str | None:
    """The host in lower case, without `www.`, user and port; None if there is no usable one.

    An internationalised host is given readable (münchen.de); `xn--` labels are decoded.
    """
    if not url or not is_web(url):
        return None
    host = authority_parts(split_address(url).authority)[1]
    if _PLAIN_HOST.fullmatch(host) and "xn--" not in host:
        return host.removeprefix("www.")
    if host_problem(host):
        return None
    labels = [_readable(label) for label in _lower(host).rstrip(".").split(".")]
    return ".".join(labels).removeprefix("www.") or None


@remember
def clean_url(url: str, own_hosts: frozenset[str] = frozenset()) -> str:
    """Reduce an absolute address to what tells pages apart, so that it can be compared.

    Host in lower case and ASCII, no default port, no fragment, no tracking parameters, escapes in
    upper case, non-ASCII characters escaped. `ref` and `source` go only where their value names
    one of own_hosts (or Medium's feed). Order and all else stay. Idempotent.
    """
    part = split_address(url)
    if part.scheme not in WEB_SCHEMES or part.authority is None:
        return url
    user, host, port = authority_parts(part.authority)
    host = ".".join(_ascii(label) for label in _lower(host).split("."))
    authority = "".join(
        (
            f"{user}@" if user else "",
            host,
            f":{port}" if port and port != DEFAULT_PORTS[part.scheme] else "",
        )
    )
    query = _clean_query(part.query, own_hosts)
    cleaned = str(Address(part.scheme, authority, part.path or "/", query, None))
    return _ESCAPE.sub(lambda m: m[0].upper(), _escape(cleaned, _NOT_ASCII))


def authority_parts(authority: str | None) -> tuple[str, str, str]:
    """Split `user@host:port`; the host of an IPv6 address keeps its brackets."""
    match = _AUTHORITY.fullmatch(authority or "")
    if match is None:  # `[::1]x`
        return "", authority or "", ""
    return match[1] or "", match[2], match[3] or ""


@remember
def host_problem(host: str) -> str | None:
    """Say why no page can answer under this host, or None: one of problems.PROBLEMS."""
    if _PLAIN_HOST.fullmatch(host):
        return None
    if not host:
        return "no host"
    decoded = unquote(host)
    if re.search(r"\s", decoded):
        return "space in host"
    if _IPV4.fullmatch(host) or _IPV6.fullmatch(host) or host.lower() == "localhost":
        return None
    labels = _lower(host).removesuffix(".").split(".")
    if len(labels) > 1 and all(map(_is_label, labels)) and _is_top(labels[-1]):
        return None
    return "bad host"


def _is_label(label: str) -> bool:
    """Letters, marks and digits of any script, hyphens; underscores live in the wild."""
    return 0 < len(label) < 64 and all(
        sign in "-_·" or unicodedata.category(sign)[0] in "LMN" for sign in label
    )


def _is_top(label: str) -> bool:
    """True for what can be a top-level domain: no digits, but in `xn--`."""
    return label.startswith("xn--") or (len(label) > 1 and not _DIGITS.match(label))


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


def _escape(text: str, unsafe: re.Pattern[str]) -> str:
    return unsafe.sub(
        lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode("utf-8", "replace")), text
    )


def _lower(host: str) -> str:
    if host.isascii():
        return host.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", host).lower())


def _ascii(label: str) -> str:
    """Punycode (RFC 3492) without IDNA's checks, which raise; ß stays ß as in IDNA 2008."""
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode", "replace").decode("ascii")


def _readable(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        text = label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    return text if _ascii(text) == label and text.isprintable() else label


def _clean_query(query: str | None, own_hosts: frozenset[str]) -> str | None:
    if not query:
        return None
    kept = [pair for pair in query.split("&") if not _is_tracking(pair, own_hosts)]
    return "&".join(kept) if any(kept) else None


def _is_tracking(pair: str, own_hosts: frozenset[str]) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower().removeprefix("amp;")  # `&amp;amp;utm_medium` from escaping twice
    if name.startswith(_TRACKING_PREFIXES) or name in _TRACKING_NAMES:
        return True
    if name not in _SELF_NAMES:
        return False
    value = unquote(value).lower()
    if name == "source" and _MEDIUM_SOURCE.match(value):
        return True
    site = value if "//" in value else f"http://{value}"
    return host_of(site) in own_hosts
