"""What may stand in a page that shows a stranger's HTML: elements, attributes, addresses.

The lists are short, and nh3 has the last word.
"""

import re
from collections.abc import Sequence
from secrets import token_hex
from urllib.parse import urljoin, urlsplit

import nh3
from markupsafe import Markup, escape

_KEPT_NAMES = """
p br hr blockquote ol ul li dl dt dd table caption colgroup col thead tbody tfoot tr th td figure
figcaption b strong i em u s del ins sub sup small mark abbr cite q dfn kbd samp var code pre tt
time h2 h3 h4 h5 h6 details summary ruby rt rp bdi bdo wbr div span a img
"""
KEPT = frozenset(_KEPT_NAMES.split())
_DROPPED_NAMES = "script style template noscript title textarea select option button svg math head"
"""Their text is left out as well; of others, only the tag."""
DROPPED = frozenset(_DROPPED_NAMES.split())
PASSED = {
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "ol": ("start", "reversed", "type"),
    "li": ("value",),
    "time": ("datetime",),
    "abbr": ("title",),
    "details": ("open",),
    "bdo": ("dir",),
}
INLINE_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif);base64,[A-Za-z0-9+/=\s]+")
ANCHOR = "in-"
"""Put before every id of the author, so that none collides with an id of the page."""


_ATTRIBUTES = {
    "*": {"id", "dir", "lang", "class"},
    "a": {"href", "rel", "title", "aria-label"},
    "img": {"src", "alt", "title", "width", "height", "loading", "decoding", "referrerpolicy"},
    "pre": {"tabindex", "role", "aria-label"},
    "div": {"tabindex", "role", "aria-label"},
    **{tag: set(names) for tag, names in PASSED.items()},
}


def sanitise(html: str, coloured: Sequence[str] = ()) -> Markup:
    """Let nothing pass but what is listed above; what is not well-formed is mended.

    `coloured` are listings as highlighting.py wrote them, which need no sanitising but have most of
    an article's tags: each stands for its `place_of` in the HTML.
    """
    has_data = '"data:' in html.lower()  # as `pair` writes values, which never hides a letter
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_checked if has_data else None,  # to be asked for each takes long
        url_schemes=_SCHEMES | {"data"} if has_data else _SCHEMES,
        link_rel=None,
    )
    if coloured:
        cleaned = _PLACE.sub(lambda found: _as_cleaned(coloured[int(found[1])]), cleaned)
    return Markup(cleaned)


def place_of(number: int) -> str:
    """Give the words that hold the place of a listing, which no author can know."""
    return f"{_SECRET}{number};"


def _as_cleaned(html: str) -> str:
    """Write quotation marks as nh3 would have; controls and other blanks no listing has."""
    # Markup would escape what it is given
    return str(html).replace("&#34;", '"').replace("&#39;", "'")


_TAGS = set(KEPT)
_SCHEMES = {"http", "https", "mailto"}
_SECRET = f"listing-{token_hex(16)}-"
_PLACE = re.compile(rf"{_SECRET}(\d+);")


def _checked(_tag: str, name: str, value: str) -> str | None:
    """Let `data:` pass in pictures only."""
    if value[:5].lower() == "data:" and not (name == "src" and INLINE_PICTURE.fullmatch(value)):
        return None
    return value


# nothing in it that urljoin would write in another way: no empty part, no parameter, no blank
_WHOLE = re.compile(
    r"https?://[a-z0-9.-]*[a-z0-9](?:/[\w./%~+,:@!$&'()*=-]*)?(?:\?[\w./%~+,:@!$&'()*=?-]+)?"
    r"(?:#[\w./%~+,:@!$&'()*=?-]+)?",
    re.ASCII,
)


def resolved(address: str | None, base: str | None) -> str | None:
    """Make an address absolute: http(s), mailto or `#…` within the page, else None."""
    if not address:
        return None
    if _WHOLE.fullmatch(address):
        return address
    # browsers drop these before they look for the scheme (WHATWG URL §4.4)
    address = re.sub(r"[\t\n\r]", "", address).strip("\x00\x01\x02\x1f ")
    if address.startswith("#"):
        return f"#{ANCHOR}{address[1:]}" if len(address) > 1 else None
    try:
        whole = urljoin(base or "", address)
        parts = urlsplit(whole)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.hostname:
        return whole
    return whole if parts.scheme == "mailto" else None


def pair(name: str, value: str) -> str:
    """An attribute, ready to be written into a tag."""
    return f' {name}="{escape(value)}"'
