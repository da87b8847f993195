"""Addresses as feeds give them → absolute http(s) URLs, or nothing."""

import re
from urllib.parse import urljoin, urlsplit

_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_UNSAFE = re.compile(
    r"[\x00-\x20\x7f-\xa0\"<>`\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]|\s"
)
"""What no address holds unescaped, signs that cannot be seen or turn a line around, and halves of
surrogate pairs, which nothing can store."""
LONGEST = 8000
"""Characters of an address."""
_SECURE = "https://"
_SPACES = re.compile(r"[\x00-\x20\x7f\xa0]+")
_PLAIN = re.compile(
    r"https?://[a-z0-9-]++(?:\.[a-z0-9-]++)*+(?::\d{1,5})?(?:/[\w~!$&'()*+,;=:@%./-]*+)?"
    r"(?:\?[\w~!$&'()*+,;=:@%./?-]++)?(?:#[\w~!$&'()*+,;=:@%./?-]++)?",
    re.ASCII,
)
"""An absolute address to which nothing is to be done: most are."""
_PATH_END = re.compile(r"[?#]")
_NO_HOST = re.compile(r"[\s%<>\"]")


def web_url(url: object, *bases: str | None) -> str | None:
    """An absolute http(s) URL with a host, resolved against the first base that is one.

    `//host/path` is https without a base. None for everything else: relative without a base,
    `javascript:`, `https:///`, mailto. Line breaks and edge blanks go, inner blanks become %20,
    quotes, angle brackets and signs that cannot be seen %XX, a backslash in the path is a slash, as
    in browsers (programs on Windows write it); the rest stays as the author wrote it.
    """
    if not isinstance(url, str):
        return None
    if len(url) <= LONGEST and _PLAIN.fullmatch(url):
        return url
    url = re.sub(r"[\r\n\t]+\s*", "", url.strip(" \t\r\n\f\xa0"))
    if "\\" in url:
        path = _PATH_END.split(url, maxsplit=1)[0]
        url = path.replace("\\", "/") + url[len(path) :]
    if not url or len(url) > LONGEST or (_SCHEME.match(url) and not _is_web(url)):
        return None
    base = next((base for base in bases if base and _is_web(base)), None)
    try:
        absolute = urljoin(base or _SECURE, url) if base or url.startswith("//") else url
    except ValueError:  # a bad IPv6 host
        return None
    absolute = _UNSAFE.sub(_escape, _SPACES.sub("%20", absolute))
    return absolute if _is_web(absolute) else None


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme in ("http", "https") and bool(host) and not _NO_HOST.search(host)
    except ValueError:
        return False


def _escape(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))
