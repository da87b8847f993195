"""An article's raw HTML → HTML that is safe to show.

The feed's markup is read as a browser would read it, written again with nothing but what is listed
here, and given to nh3, which has the last word. Author's classes, styles, scripts, forms and
frames are gone; addresses are absolute; players become links, so that a page asks no foreign
server for anything but pictures.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import nh3
from markupsafe import Markup, escape

from feedsette.flattening.code import read_listing
from feedsette.flattening.spots import Listing
from feedsette.markup import Element, parse_html
from feedsette.serving.highlighting import highlight
from feedsette.serving.memory import kept

MAX_KEPT = 8_000_000
"""Characters of HTML that are kept, ready to show: some hundreds of articles."""
MAX_DEPTH = 60
"""Deeper tags are left out (their text stays): browsers cut at 512, and nobody writes so."""

_KEPT_NAMES = """
p br hr blockquote ol ul li dl dt dd table caption colgroup col thead tbody tfoot tr th td figure
figcaption b strong i em u s del ins sub sup small mark abbr cite q dfn kbd samp var code pre tt
time h2 h3 h4 h5 h6 details summary ruby rt rp bdi bdo wbr div span a img
"""
_KEPT = frozenset(_KEPT_NAMES.split())
_DROPPED_NAMES = "script style template noscript title textarea select option button svg math head"
"""Their text is left out as well; of others, only the tag."""
_DROPPED = frozenset(_DROPPED_NAMES.split())
_PLAYERS = {"iframe": "src", "embed": "src", "object": "data", "video": "src", "audio": "src"}
_VOID = frozenset(("br", "hr", "img", "col", "wbr"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PASSED = {
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "ol": ("start", "reversed", "type"),
    "li": ("value",),
    "time": ("datetime",),
    "abbr": ("title",),
    "details": ("open",),
    "bdo": ("dir",),
}
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif);base64,[A-Za-z0-9+/=\s]+")
_ANCHOR = "in-"
"""Put before every id of the author, so that none collides with an id of the page."""

_ATTRIBUTES = {
    "*": {"id", "dir", "lang", "class"},
    "a": {"href", "rel", "title", "aria-label"},
    "img": {"src", "alt", "title", "width", "height", "loading", "decoding", "referrerpolicy"},
    "pre": {"tabindex", "role", "aria-label"},
    "div": {"tabindex", "role", "aria-label"},
    **{tag: set(names) for tag, names in _PASSED.items()},
}


@dataclass(slots=True)
class _Page:
    base: str | None
    titles: Sequence[str | None]
    languages: Sequence[str | None]
    out: list[str] = field(default_factory=list)
    listings: int = 0
    section: int = 0


@kept(MAX_KEPT)
def render(
    html: str,
    base: str | None = None,
    titles: tuple[str | None, ...] = (),
    languages: tuple[str | None, ...] = (),
) -> Markup:
    """Make an article's HTML safe to show; never fails.

    `titles` are those of its sections by position, `languages` those of its code blocks: the
    headings get the ids `section-1` …, the listings `code-0` …, which other pages link to.
    """
    page = _Page(base, titles, languages)
    stack: list[tuple[Iterator[Element | str], str, int]] = [
        (iter(parse_html(html).children), "", 0)
    ]
    while stack:
        children, closing, depth = stack[-1]
        node = next(children, None)
        if node is None:
            page.out.append(closing)
            stack.pop()
        elif isinstance(node, str):
            page.out.append(str(escape(node)))
        elif (opened := _open(node, page, depth)) is not None:
            stack.append((iter(node.children), opened, depth + 1))
    return Markup(_sanitise("".join(page.out)))


def _sanitise(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(_KEPT),
        attributes=_ATTRIBUTES,
        attribute_filter=_checked,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )


def _checked(_tag: str, name: str, value: str) -> str | None:
    """Let `data:` pass in pictures only."""
    if value[:5].lower() == "data:" and not (name == "src" and _PICTURE.fullmatch(value)):
        return None
    return value


def _open(node: Element, page: _Page, depth: int) -> str | None:
    """Write what stands before the children; return what stands after, or None to skip them."""
    if node.name in _DROPPED:
        _note_script(node, page)
        return None
    if depth > MAX_DEPTH:
        return ""
    listing = read_listing(node)
    if listing is not None:
        _write_listing(listing, page)
        return None
    if node.name in _WRITERS:
        _WRITERS[node.name](node, page)
        return None
    if node.name in _HEADINGS:
        return _write_heading(node, page)
    return None if node.name == "a" and _is_permalink(node) else _write_tag(node, page)


def _write_tag(node: Element, page: _Page) -> str:
    name = node.name
    if name not in _KEPT:
        return " " if name in ("section", "article", "center") else ""
    extra = _passed(node)
    if name == "a":
        address = resolved(node.attribute("href"), page.base)
        if address:
            extra += _pair("href", address)
            extra += "" if address[0] == "#" else ' rel="nofollow noopener noreferrer ugc"'
            extra += _name_of_link(node, address)
    if name == "table":
        page.out.append(
            '<div class="scroll" tabindex="0" role="region" aria-label="Table">'
            f"<table{_common(node)}>"
        )
        return "</table></div>"
    page.out.append(f"<{name}{_common(node)}{extra}>")
    return "" if name in _VOID else f"</{name}>"


def _name_of_link(node: Element, address: str) -> str:
    """A link around a picture without a text alternative needs a name (WCAG 2.4.4)."""
    if _letters(node.raw_text()) or any(img.attribute("alt") for img in node.find_all("img")):
        return ""
    return _pair("aria-label", f"Link to {urlsplit(address).hostname or 'a place on this page'}")


def _write_heading(node: Element, page: _Page) -> str:
    level = max(2, int(node.name[1]))  # the page's own title is the only h1
    if identifier := node.attribute("id") or node.attribute("name"):
        page.out.append(f"<a{_pair('id', _ANCHOR + identifier)}></a>")
    position = _section_of(node, page)
    if position:
        page.section = position
        page.out.append(f'<h{level} id="section-{position}">')
        return f"</h{level}>"
    page.out.append(f"<h{level}>")
    return f"</h{level}>"


def _section_of(node: Element, page: _Page) -> int | None:
    """Find the section that a heading begins: its title may lack the heading's permalink sign."""
    if any(above.name in _HEADINGS for above in node.ancestors()):
        return None  # only hostile markup nests headings, so that each would be read many times
    words = _letters(node.raw_text())
    for position in range(page.section + 1, len(page.titles)):
        title = _letters(page.titles[position] or "")
        if title and (words == title or (position == page.section + 1 and words.startswith(title))):
            return position
    return None


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _is_permalink(node: Element) -> bool:
    """True for the ¶ or # that leads to the very heading it stands in."""
    return (
        (node.attribute("href") or "").startswith("#")
        and not _letters(node.raw_text())
        and not any(node.find_all("img"))
        and any(above.name in _HEADINGS for above in node.ancestors())
    )


def _write_listing(listing: Listing, page: _Page) -> None:
    position = page.listings
    page.listings += 1
    known = page.languages[position] if position < len(page.languages) else None
    language = listing.language or known
    label = f"Code, {language}" if language else "Code"
    page.out.append(
        f'<pre class="code" id="code-{position}" tabindex="0" role="region"'
        f"{_pair('aria-label', label)}><code>{highlight(listing.code, language)}</code></pre>"
    )


def _write_picture(node: Element, page: _Page) -> None:
    source = node.attribute("data-src") or node.attribute("data-lazy-src") or node.attribute("src")
    size = [(name, (node.attribute(name) or "").removesuffix("px")) for name in ("width", "height")]
    if any(value in ("0", "1") for _, value in size):
        return  # a pixel that counts readers
    inline = source and _PICTURE.fullmatch(source)
    address = source if inline else resolved(source, page.base)
    if not address or address[0] == "#" or address.lower().startswith("mailto:"):
        return
    sizes = "".join(_pair(name, value) for name, value in size if value.isdigit())
    alt = node.attribute("alt") or ""
    page.out.append(
        f"<img{_pair('src', address)}{_pair('alt', alt)}{sizes}"
        ' loading="lazy" decoding="async" referrerpolicy="no-referrer">'
    )


def _note_script(node: Element, page: _Page) -> None:
    """A gist comes as a script; what it would show is one link away."""
    source = resolved(node.attribute("src"), page.base) if node.name == "script" else None
    if source and urlsplit(source).hostname == "gist.github.com":
        _write_card(source.removesuffix(".js"), page)


def _write_player(node: Element, page: _Page) -> None:
    source = node.attribute(_PLAYERS[node.name])
    inner = next(node.find_all("source", "embed"), None)
    address = resolved(source or (inner.attribute("src") if inner else None), page.base)
    if address and address[0] != "#":
        _write_card(address, page, node.attribute("title"))


def _write_card(address: str, page: _Page, title: str | None = None) -> None:
    host = (urlsplit(address).hostname or "").removeprefix("www.") or address
    page.out.append(
        f'<p class="embed"><a{_pair("href", address)} rel="nofollow noopener noreferrer ugc">'
        f"{escape(title or 'Embedded content')} <span>{escape(host)}</span></a></p>"
    )


def resolved(address: str | None, base: str | None) -> str | None:
    """Make an address absolute: http(s), mailto or `#…` within the page, else None."""
    if not address:
        return None
    # browsers drop these before they look for the scheme (WHATWG URL §4.4)
    address = re.sub(r"[\t\n\r]", "", address).strip("\x00\x01\x02\x1f ")
    if address.startswith("#"):
        return f"#{_ANCHOR}{address[1:]}" if len(address) > 1 else None
    try:
        whole = urljoin(base or "", address)
        parts = urlsplit(whole)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.hostname:
        return whole
    return whole if parts.scheme == "mailto" else None


def _common(node: Element) -> str:
    identifier = node.attribute("id") or (node.attribute("name") if node.name == "a" else None)
    words = _pair("id", _ANCHOR + identifier) if identifier else ""
    direction = node.attribute("dir")
    if direction in ("ltr", "rtl", "auto"):
        words += _pair("dir", direction)
    language = node.attribute("lang")
    return words + (_pair("lang", language) if language else "")


def _passed(node: Element) -> str:
    names = _PASSED.get(node.name, ())
    return "".join(
        _pair(name, node.attributes[name] or "") for name in names if name in node.attributes
    )


def _pair(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"'


_WRITERS: dict[str, Callable[[Element, _Page], None]] = {
    "img": _write_picture,
    **dict.fromkeys(_PLAYERS, _write_player),
}
"""Elements that are written as something else, without their children."""
