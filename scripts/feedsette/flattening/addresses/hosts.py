"""Hosts: in which spelling people read them, and why no page can answer under one."""

import re
import unicodedata
from urllib.parse import unquote

from feedsette.flattening.addresses.resolving import is_web, split_address
from feedsette.flattening.caches import remember

_AUTHORITY = re.compile(r"(?:(.*)@)?(\[[^\]]*\]|[^:]*)(?::(.*))?", re.DOTALL)
PLAIN_HOST = r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}"
"""A host as nearly all are: nothing to fold, to decode or to doubt."""
_HOST = re.compile(PLAIN_HOST)
_DIGITS = re.compile(r".*[\d_]", re.DOTALL)
_IPV4 = re.compile(r"\d{1,3}(\.\d{1,3}){3}")
_IPV6 = re.compile(r"\[[0-9a-f:.]+(%25[\w.-]+)?\]", re.IGNORECASE)


@remember
def host_of(url: str | None) -> str | None:
    """The host in lower case, without `www.`, user and port; None if there is no usable one.

    An internationalised host is given readable (münchen.de); `xn--` labels are decoded.
    """
    if not url or not is_web(url):
        return None
    host = authority_parts(split_address(url).authority)[1]
    if _HOST.fullmatch(host) and "xn--" not in host:
        return host.removeprefix("www.")
    if host_problem(host):
        return None
    labels = [_readable(label) for label in lower_host(host).rstrip(".").split(".")]
    return ".".join(labels).removeprefix("www.") or None


def authority_parts(authority: str | None) -> tuple[str, str, str]:
    """Split `user@host:port`; the host of an IPv6 address keeps its brackets."""
    match = _AUTHORITY.fullmatch(authority or "")
    if match is None:  # `[::1]x`
        return "", authority or "", ""
    return match[1] or "", match[2], match[3] or ""


@remember
def host_problem(host: str) -> str | None:
    """Say why no page can answer under this host, or None: one of problems.PROBLEMS."""
    if _HOST.fullmatch(host):
        return None
    if not host:
        return "no host"
    decoded = unquote(host)
    if re.search(r"\s", decoded):
        return "space in host"
    if _IPV4.fullmatch(host) or _IPV6.fullmatch(host) or host.lower() == "localhost":
        return None
    labels = lower_host(host).removesuffix(".").split(".")
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


def lower_host(host: str) -> str:
    """Fold case and width, as browsers do (UTS #46 maps with NFKC)."""
    if host.isascii():
        return host.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", host).lower())


def ascii_label(label: str) -> str:
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
    return text if ascii_label(text) == label and text.isprintable() else label
