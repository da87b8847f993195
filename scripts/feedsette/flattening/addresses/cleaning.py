"""What tells pages apart: an address without tracking, fragment and variants of spelling."""

import re
from typing import NamedTuple
from urllib.parse import unquote

from feedsette.flattening.addresses.hosts import (
    PLAIN_HOST,
    ascii_label,
    authority_parts,
    host_of,
    lower_host,
)
from feedsette.flattening.addresses.resolving import (
    WEB_SCHEMES,
    Address,
    escape_signs,
    split_address,
)
from feedsette.flattening.caches import remember

DEFAULT_PORTS = {"http": "80", "https": "443"}
_SIMPLE = re.compile(
    rf"https?://({PLAIN_HOST})"
    r"((?:/[\w~!$&'()*+,;=:@%-][\w~!$&'()*+,;=:@%.-]*)*/?)"
    r"(?:\?([\w~!$&'()*+,;=:@%/?.-]*))?(?:#[\w~!$&'()*+,;=:@%/?.-]*)?",
    re.ASCII,
)
"""An address in which nothing is to be resolved or escaped: most are."""
_DOUBTFUL = re.compile(r"xn--|%(?!(?!7B|20[Hh])[0-9A-F]{2})|[,;][Hh]|\)$")
"""What in a simple address may be no escape in capitals, a template, a second address, a bracket of
the sentence around it, or asks for decoding."""
_NOT_ASCII = re.compile(r"[^\x21-\x7e]|[\"<>`]")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
# Click and campaign marks; the first group by prefix. Parameters that some sites need to find a
# page (ncid, id, p …) are not here.
_TRACKING_PREFIXES = ("utm_", "mtm_", "mc_", "_hs", "__hs", "vero_", "oly_", "piwik_")
_TRACKING_NAMES = frozenset((
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid",
    "twclid", "ttclid", "igshid", "igsh", "li_fat_id", "mkt_tok", "hsctatracking",
    "_openstat", "_ga", "_gl", "wickedid", "ml_subscriber", "ml_subscriber_hash",
    "fromrss", "trackingcode",  # Naver's, in every link of its feeds
    "pk_campaign", "pk_kwd", "pk_keyword", "pk_source", "pk_medium", "pk_content", "pk_cid",
))  # fmt: skip
SIMPLE_LENGTH = 2_000
"""Longer addresses are read with care, which knows what to say of them (problems.LENGTH)."""
_SELF_NAMES = frozenset(("ref", "source"))
_MEDIUM_SOURCE = re.compile(r"rss(-|$)|.*-{4}")


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
    if match is None or len(href) > SIMPLE_LENGTH or _DOUBTFUL.search(href):
        return None
    host, path, query = match.groups()
    start = href[: match.end(1)] + (path or "/")
    if query:
        query = _clean_query(query, own_hosts)
    clean = f"{start}?{query}" if query else start
    return WebAddress(href, clean, host.removeprefix("www."))


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
    host = ".".join(ascii_label(label) for label in lower_host(host).split("."))
    authority = "".join(
        (
            f"{user}@" if user else "",
            host,
            f":{port}" if port and port != DEFAULT_PORTS[part.scheme] else "",
        )
    )
    query = _clean_query(part.query, own_hosts)
    cleaned = str(Address(part.scheme, authority, part.path or "/", query, None))
    return _ESCAPE.sub(lambda m: m[0].upper(), escape_signs(cleaned, _NOT_ASCII))


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
