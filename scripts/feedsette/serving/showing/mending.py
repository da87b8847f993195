"""Texts and addresses as an XML document may hold them, changed as little as possible."""

import re
from urllib.parse import quote, urljoin

from feedsette.serving.showing.sanitising import resolved

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document can hold, not even escaped (XML 1.0 §2.2)."""


def xml_text(value: object) -> str:
    """Give a value as text, without what XML cannot hold."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n"))


def web_iri(address: str | None, base: str) -> str | None:
    """Make an address absolute; None for what is not on the web."""
    whole = resolved(address, base) or ""
    return iri(whole, base) if whole.startswith(("http://", "https://")) else None


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNFIT = re.compile(r'[\s<>"{}|\\^`\x00-\x20\x7f-\xa0]|%(?![0-9A-Fa-f]{2})')
"""What stands in no IRI but with percent signs (RFC 3987 §2.2)."""

_LITERAL = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#\[\]]*@)?\[[0-9A-Fa-f:.]+\]")
"""Up to a host that is an IPv6 address, the only place for brackets (RFC 3986 §3.2.2)."""


def iri(text: str, base: str) -> str:
    """Mend an address as little as possible: as an identifier it must stay what it is."""
    fit = _UNFIT.sub(lambda found: quote(found[0], safe=""), text)
    front, hash_sign, fragment = fit.partition("#")
    literal = _LITERAL.match(front)
    host_end = literal.end() if literal else 0
    front = front[:host_end] + _without_brackets(front[host_end:])
    fit = front + hash_sign + _without_brackets(fragment).replace("#", "%23")
    if _SCHEME.match(fit):
        return fit
    try:
        return urljoin(base, fit)
    except ValueError:  # a host that Unicode turns into a path: `//a℀b`
        return base + quote(text, safe="")


def _without_brackets(text: str) -> str:
    return text.replace("[", "%5B").replace("]", "%5D")
