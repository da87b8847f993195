"""Why a link is doubtful, in a fixed vocabulary: what the author most likely mistyped."""

import re

from feedsette.flattening.addresses.hosts import authority_parts, host_problem
from feedsette.flattening.addresses.resolving import (
    LONGEST,
    WEB_SCHEMES,
    Address,
    resolve,
    split_address,
    tidy,
)

PROBLEMS = (
    "empty",
    "script",
    "unfilled template",
    "quotes in address",
    "missing scheme",
    "looks like two URLs",
    "stray bracket",
    "local file",
    "other scheme",
    "unknown scheme",
    "no base",
    "no host",
    "space in host",
    "bad host",
    "bad port",
    "too long",
)
"""Every value that links.problem can have."""

LENGTH = 4000
"""How much of an address is searched for typos."""

_SCRIPTS = frozenset(("javascript", "vbscript", "livescript", "data", "blob"))
_OTHER_SCHEMES = frozenset((
    "about", "bitcoin", "callto", "dav", "doi", "ed2k", "facetime", "feed", "finger", "ftp",
    "ftps", "gemini", "geo", "git", "git+ssh", "gopher", "hdl", "im", "intent", "ipfs",
    "ipns", "irc", "ircs", "itms", "itms-apps", "itpc", "jabber", "ldap", "lightning",
    "magnet", "market", "matrix", "message", "mid", "mms", "news", "nfs", "nntp", "nostr",
    "obsidian", "pcast", "podcast", "rsync", "rtmp", "rtsp", "sftp", "sip", "sips", "skype",
    "sms", "smsto", "spotify", "ssh", "steam", "svn", "svn+ssh", "tel", "telnet", "tg",
    "things", "urn", "view-source", "vscode", "vscode-insiders", "webcal", "whatsapp", "ws",
    "wss", "xmpp",
))  # fmt: skip
# not data: and javascript:, which are named by their scheme
_WEB_LIKE = re.compile(r"(?:https?|mailto):|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|\{%|%7b%7b|%7b%25|\$\{|<%", re.IGNORECASE)
_QUOTED = re.compile(r"[\"'“”„«»‘’]|%22|%E2%80%9[89CDcd]|&quot;", re.IGNORECASE)
_WRAPPED = re.compile(r"[<>\[(]+\s*https?:/", re.IGNORECASE)
_SECOND = re.compile(r"(?:\s|%20|[,;|])https?:/", re.IGNORECASE)
_GLUED = re.compile(r".*https?", re.IGNORECASE)
# `www.x.org/a` without its scheme leads to a page of the own site that nobody wrote
_BARE_HOST = re.compile(
    r"(?:www\.[\w-]+\.\w|[\w-]+(?:\.[\w-]+)*\.(?:com|org|edu|gov)(?:[/:?#]|$)|https?(?!:)\W{0,2}//|//?https?:)",
    re.IGNORECASE,
)


def problem_of(href: str | None, base: str | None = None) -> str | None:
    """Name what is doubtful about an href as found, or None: one of PROBLEMS."""
    text = tidy(href)
    if len(text) > LONGEST and _WEB_LIKE.match(text):
        return "too long"
    typo = _typo(text[:LENGTH])
    if typo:
        return typo
    part = split_address(text)
    if part.scheme and part.scheme not in WEB_SCHEMES:
        return _scheme_problem(part)
    url = resolve(text, base)
    return _web_problem(url) if url else "no base"


def _typo(text: str) -> str | None:
    if not text:
        return "empty"
    if _TEMPLATE.search(text):
        return "unfilled template"
    if _QUOTED.match(text) or ('"' in text and '"' in text.partition("?")[0]):
        return "quotes in address"
    if _WRAPPED.match(text):
        return "looks like two URLs" if text.count("://") > 1 else "stray bracket"
    return "missing scheme" if _BARE_HOST.match(text) else None


def _scheme_problem(part: Address) -> str | None:
    scheme = part.scheme or ""
    if scheme == "mailto":
        return None if part.path else "empty"
    if scheme in _SCRIPTS:
        return "script"
    if scheme == "file" or len(scheme) == 1:  # C:\Users\…
        return "local file"
    if "." in scheme or scheme == "localhost":  # www.x.org:8080/
        return "missing scheme"
    return "other scheme" if scheme in _OTHER_SCHEMES else "unknown scheme"


def _web_problem(url: str) -> str | None:
    part = split_address(url)
    _, host, port = authority_parts(part.authority)
    glued = _GLUED.fullmatch(host) and part.path.startswith("//")
    if glued or _SECOND.search(f"{part.authority}{part.path}"[:LENGTH]):
        return "looks like two URLs"
    if _has_stray_bracket(url):
        return "stray bracket"
    doubt = host_problem(host)
    if doubt is None and port and not (port.isascii() and port.isdigit() and int(port) < 65536):
        return "bad port"
    return doubt


def _has_stray_bracket(url: str) -> bool:
    """True for `https://x.org/a]`: a program that makes links took the sentence's bracket along."""
    opening = {")": "(", "]": "[", "}": "{"}.get(url[-1:])
    return opening is not None and url.count(url[-1]) > url.count(opening)
