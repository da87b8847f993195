"""Links that a theme has veiled, so that no search engine follows them."""

import re
from base64 import b64decode
from binascii import Error
from html import escape

_SPAN = re.compile(r"<span\b([^<>]*+)>([^<]*+(?:<(?!/?span\b)[^<]*+)*+)</span>", re.IGNORECASE)
_ADDRESS = re.compile(r"""\bdata-url=["']?([A-Za-z0-9+/]{8,4000}={0,2})""")
_SIGN = "exturl"
"""Their class in NexT, the most used theme of Hexo, and in those made after it (Shoka)."""


def unveil(html: str) -> str:
    """Make links of `<span class="exturl" data-url="base64 of the address">`, as their script does
    where they are clicked.
    """
    return _SPAN.sub(_as_link, html) if _SIGN in html else html


def _as_link(span: re.Match[str]) -> str:
    attributes, words = span[1], span[2]
    found = _ADDRESS.search(attributes) if _SIGN in attributes else None
    url = _decoded(found[1]) if found else None
    return f'<a href="{escape(url)}">{words}</a>' if url else span[0]


def _decoded(text: str) -> str | None:
    try:
        url = b64decode(text).decode()
    except (Error, UnicodeDecodeError):
        return None
    return url if url.startswith(("http://", "https://")) else None
