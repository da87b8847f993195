"""Addresses as feeds give them → absolute http(s) URLs, or nothing."""

import re
from urllib.parse import urljoin, urlsplit

_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_SPACE = re.compile(r"[\x00-\x20\x7f\xa0]+")


def web_url(url: object, *bases: str | None) -> str | None:
    """An absolute http(s) URL with a host, resolved against the first base that is one.

    None for everything else: relative without a base, `javascript:`, `https:///`, mailto. Line
    breaks and edge blanks go, inner blanks become %20; the rest stays as the author wrote it.
    """
    if not isinstance(url, str):
        return None
    url = re.sub(r"[\r\n\t]+\s*", "", url.strip(" \t\r\n\f\xa0"))
    if not url or len(url) > 8000 or (_SCHEME.match(url) and not _is_web(url)):
        return None
    base = next((base for base in bases if base and _is_web(base)), None)
    try:
        absolute = urljoin(base, url) if base else url
    except ValueError:  # a bad IPv6 host
        return None
    absolute = _SPACE.sub("%20", absolute)
    return absolute if _is_web(absolute) else None


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
