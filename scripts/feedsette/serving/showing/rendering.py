"""An article's raw HTML → HTML that is safe to show.

The feed's markup is read as a browser would read it, written again with nothing but what is listed
here, and given to nh3, which has the last word. Author's classes, styles, scripts, forms and
frames are gone; addresses are absolute; players become links, so that a page asks no foreign
server for anything but pictures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from feedsette.flattening.body.bodies import read_tree
from feedsette.flattening.listings.code import read_listing
from feedsette.flattening.text.spots import Listing
from feedsette.markup import Element
from feedsette.serving.memory import kept
from feedsette.serving.showing.highlighting import highlight
from feedsette.serving.showing.replacing import is_left_out, shown_instead
from feedsette.serving.showing.sanitising import (
    ANCHOR,
    DROPPED,
    KEPT,
    PASSED,
    pair,
    place_of,
    resolved,
    sanitise,
)

MAX_KEPT = 8_000_000
"""Bytes of HTML that are kept, ready to show: some hundreds of articles."""
MAX_DEPTH = 60
"""Deeper tags are left out (their text stays): browsers cut at 512, and nobody writes so."""

_VOID = frozenset(("br", "hr", "img", "col", "wbr"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class _Page:
    base: str | None
    titles: Sequence[str | None]
    languages: Sequence[str | None]
    out: list[str] = field(default_factory=list)
    coloured: list[str] = field(default_factory=list)
    """The listings."""
    section: int = 0
    lower: int = 0
    """By how much headings sink: the page's own title is the only h1."""
    plain: bool = False
    """For other programs, which have neither our stylesheet nor our keys to scroll with."""


@kept(MAX_KEPT)
def render(
    html: str,
    base: str | None = None,
    titles: tuple[str | None, ...] = (),
    languages: tuple[str | None, ...] = (),
    *,
    plain: bool = False,
) -> Markup:
    """Make an article's HTML safe to show; never fails.

    `titles` are those of its sections by position, `languages` those of its code blocks: the
    headings get the ids `section-1` …, the listings `code-0` …, which other pages link to. With
    `plain`, listings have a class that names the language (HTML §4.5.15) instead of colours.
    """
    root = read_tree(html)
    page = _Page(base, titles, languages, lower=int(any(root.find_all("h1"))), plain=plain)
    stack: list[tuple[Iterator[Element | str], str, int]] = [(iter(root.children), "", 0)]
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
    root.dissolve()
    return sanitise("".join(page.out), page.coloured)


def _open(node: Element, page: _Page, depth: int) -> str | None:
    """Write what stands before the children; return what stands after, or None to skip them."""
    listing = read_listing(node) if depth <= MAX_DEPTH else None
    if listing is not None:
        _write_listing(listing, page)
        return None
    instead = shown_instead(node, page.base)
    if instead is not None:
        page.out.append(instead)
        return None
    if node.name in DROPPED or (node.attributes and is_left_out(node)):
        return None
    if depth > MAX_DEPTH:
        return ""
    if node.name in _HEADINGS:
        return _write_heading(node, page)
    return None if node.name == "a" and _is_permalink(node) else _write_tag(node, page)


def _write_tag(node: Element, page: _Page) -> str:
    name = node.name
    if name not in KEPT:
        return " " if name in ("section", "article", "center") else ""
    extra = _passed(node)
    if name == "a":
        address = resolved(node.attribute("href"), page.base)
        if address:
            extra += pair("href", address)
            extra += "" if address[0] == "#" else ' rel="nofollow noopener noreferrer ugc"'
            extra += _name_of_link(node, address)
    if name == "table" and not page.plain:
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
    return pair("aria-label", f"Link to {urlsplit(address).hostname or 'a place on this page'}")


def _write_heading(node: Element, page: _Page) -> str:
    level = min(6, int(node.name[1]) + page.lower)
    if identifier := node.attribute("id") or node.attribute("name"):
        page.out.append(f"<a{pair('id', ANCHOR + identifier)}></a>")
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
    position = len(page.coloured)
    known = page.languages[position] if position < len(page.languages) else None
    language = listing.language or known
    if page.plain:
        words = pair("class", f"language-{language}") if language else ""
        page.out.append(f"<pre><code{words}>{escape(listing.code)}</code></pre>")
        return
    label = f"Code, {language}" if language else "Code"
    page.coloured.append(highlight(listing.code, language))
    page.out.append(
        f'<pre class="code" id="code-{position}" tabindex="0" role="region"'
        f"{pair('aria-label', label)}><code>{place_of(position)}</code></pre>"
    )


def _common(node: Element) -> str:
    identifier = node.attribute("id") or (node.attribute("name") if node.name == "a" else None)
    words = pair("id", ANCHOR + identifier) if identifier else ""
    direction = node.attribute("dir")
    if direction in ("ltr", "rtl", "auto"):
        words += pair("dir", direction)
    language = node.attribute("lang")
    return words + (pair("lang", language) if language else "")


def _passed(node: Element) -> str:
    names = PASSED.get(node.name, ())
    return "".join(
        pair(name, node.attributes[name] or "") for name in names if name in node.attributes
    )
