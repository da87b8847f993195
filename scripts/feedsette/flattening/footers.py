"""Syndication footers: what a feed or a platform puts around an article that is not the article.

They may name the original (canonical URL), and they stay out of text, counts and rankings. Only
the last blocks of an article are looked at, and its first; what merely resembles a footer stays:
a sentence lost is worse than a footer kept. Phrases are in phrases.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from feedsette.flattening.blocks import GAP_OF
from feedsette.flattening.notices import (
    is_before_notice,
    is_notice,
    is_opening_call,
    notice_mark,
)
from feedsette.flattening.phrases import (
    LINK,
    Block,
    Verdict,
    is_call,
    is_same_page,
    judge_first,
    judge_last,
)
from feedsette.flattening.texts import fold
from feedsette.flattening.visibility import Sight, sight_of
from feedsette.markup import Element

_CONTAINERS = frozenset(
    {"", "div", "section", "article", "main", "footer", "aside", "center", "blockquote", "span",
     "header", "em", "i", "small", "strong", "font", "table", "tbody", "tr", "td"}
)  # fmt: skip
_SHOWN = frozenset(
    {"img", "picture", "video", "audio", "iframe", "object", "embed", "canvas", "svg"}
)
_FEW = 5
_SILENT = frozenset({"br", "hr", "script", "style", "link", "meta"})
_LONGEST = 500
"""Characters; no footer seen is longer."""
_MOST_NODES = 60
_TEASER = re.compile(r"\s*\[\s*(?:…|\.{3})\s*\]\Z")
_DEPTH = 6
_PASSED = 2
"""How many blocks behind a footer may be something else (a share bar, a biography)."""
_POINTS = " \t\n\xa0.…|»›→[]()"


@dataclass(frozen=True, slots=True)
class Footers:
    """What of a tree is footer."""

    cut: tuple[int, int] | None = None
    """id() of an element and the number of its child from which on all is footer."""
    elements: frozenset[int] = frozenset()
    """id() of single elements that are footers, elsewhere."""
    canonical_url: str | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """The children from start to stop of a parent: one block, or a run of inline nodes."""

    parent: Element
    start: int
    stop: int

    @property
    def nodes(self) -> list[Element | str]:
        return self.parent.children[self.start : self.stop]

    @property
    def elements(self) -> frozenset[int]:
        """The elements, if they are all there is."""
        if any(isinstance(node, str) and node.strip() for node in self.nodes):
            return frozenset()
        return frozenset(id(node) for node in self.nodes)


def find_footers(root: Element, title: str | None, own_url: str | None = None) -> Footers:
    """Look at an article's last blocks, from the end, and at its first."""
    cut: tuple[int, int] | None = None
    elements: frozenset[int] = frozenset()
    url: str | None = None
    passed = 0
    for place in _places_from_end(root):
        block = _read(place)
        verdict = _judge(block, title, own_url, cut=bool(cut) and not passed) if block else None
        if verdict is None:
            elements |= _call_at_end(place, own_url) if not passed else frozenset()
            passed += 1
        elif not passed:
            cut = (id(place.parent), place.start)
        elif verdict.syndication:
            elements |= place.elements
        # what stands before a platform's own footer speaks of a place before the platform
        url = (verdict.url if verdict else None) or url
        if passed > _PASSED:
            break
    return _with_first(root, title, Footers(cut, elements, url))


def _judge(block: Block, title: str | None, own_url: str | None, *, cut: bool) -> Verdict | None:
    verdict = judge_last(block, title, own_url)
    if verdict is None and (is_notice(block, own_url) or (cut and is_before_notice(block))):
        return Verdict(syndication=False)
    return verdict


def teaser_mark(text: str) -> int:
    """Where the mark begins with which WordPress ends an excerpt, `[…]`, or a podcast's host its
    notes; else the text's length.
    """
    match = _TEASER.search(text, max(0, len(text) - 20))
    return match.start() if match else notice_mark(text)


def _with_first(root: Element, title: str | None, footers: Footers) -> Footers:
    place = _first_place(root)
    block = _read(place) if place else None
    verdict = judge_first(block, title) if block else None
    if block and is_opening_call(block):
        verdict = Verdict(syndication=False)
    if place is None or verdict is None or not place.elements:
        return footers
    elements = footers.elements | place.elements
    return Footers(footers.cut, elements, verdict.url or footers.canonical_url)


def _call_at_end(place: _Place, own_url: str | None) -> frozenset[int]:
    """`Words of a teaser… <a>Read more</a>`: the link, if it is the last thing of all.

    So is `Comments`, if it leads to the article itself.
    """
    node = _last_shown(place.nodes)
    for _ in range(_DEPTH):
        if not isinstance(node, Element) or node.name in {"a", "pre", "code"}:
            break
        node = _last_shown(node.children)
    if not isinstance(node, Element) or node.name != "a" or not node.attribute("href"):
        return frozenset()
    words = "".join(one for one in islice(node.descendants(), 20) if isinstance(one, str))
    own = is_same_page(node.attributes["href"].strip(), own_url)
    return frozenset({id(node)}) if is_call(fold(words) or "", own=own) else frozenset()


def _last_shown(nodes: list[Element | str]) -> Element | str | None:
    for node in reversed(nodes):
        if isinstance(node, str) and not node.strip(_POINTS):
            continue
        if not _is_silent(node):
            return node
    return None


def _places_from_end(root: Element) -> Iterator[_Place]:
    stack = [(root, len(root.children) - 1)]
    while stack:
        parent, last = stack.pop()
        while last >= 0 and _is_silent(parent.children[last]):
            last -= 1
        if last < 0:
            continue
        node = parent.children[last]
        if isinstance(node, Element) and _is_container(node):
            stack += [(parent, last - 1), (node, len(node.children) - 1)]
            continue
        start = last
        while (
            start and _is_inline(parent.children[start]) and _is_inline(parent.children[start - 1])
        ):
            start -= 1
        yield _Place(parent, start, last + 1)
        stack.append((parent, start - 1))


def _first_place(root: Element) -> _Place | None:
    parent, start = root, 0
    while start < len(parent.children):
        node = parent.children[start]
        if _is_silent(node):
            start += 1
        elif isinstance(node, Element) and _is_container(node):
            parent, start = node, 0
        else:
            stop = start + 1
            rest = islice(parent.children, stop, None)
            if _is_inline(node):
                stop += next(
                    (n for n, one in enumerate(rest) if not _is_inline(one)),
                    len(parent.children) - stop,
                )
            return _Place(parent, start, stop)
    return None


def _is_silent(node: Element | str) -> bool:
    """Neither words nor pictures: it does not matter whether it is in a footer or not."""
    if isinstance(node, str):
        return not node.strip()
    if sight_of(node) is Sight.FOOTER:
        return True  # the walk knows it by its class
    if node.name in _SILENT or (node.name == "img" and node.attributes.get("width") in {"0", "1"}):
        return True
    if node.name in _SHOWN or node.attributes.get("src"):
        return False
    inside = list(islice(node.descendants(), _FEW + 1))  # a paragraph around a counter's pixel
    return len(inside) <= _FEW and all(map(_is_nothing, inside))


def _is_nothing(node: Element | str) -> bool:
    if isinstance(node, str):
        return not node.strip()
    if node.name == "img" and node.attributes.get("width") in {"0", "1"}:
        return True
    return node.name not in _SHOWN and not node.attributes.get("src")


def _is_inline(node: Element | str) -> bool:
    return isinstance(node, str) or (node.name not in GAP_OF and node.name != "br")


def _is_container(element: Element) -> bool:
    return element.name in _CONTAINERS and any(not _is_inline(child) for child in element.children)


def _read(place: _Place) -> Block | None:
    """Read a block; None if it is too long for a footer or shows more than words."""
    stack = place.nodes[::-1]
    text: list[str] = []
    skeleton: list[str] = []
    links: list[tuple[str, str]] = []
    for _ in range(_MOST_NODES):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, str):
            text.append(node)
            skeleton.append(node)
        elif node.name == "a" and node.attribute("href"):
            words = "".join(one for one in islice(node.descendants(), 20) if isinstance(one, str))
            text.append(words)
            skeleton.append(LINK)
            links.append((node.attributes["href"].strip(), fold(words) or ""))
        else:
            stack.extend(reversed(node.children))
    whole = fold("".join(text))
    if stack or not whole or len(whole) > _LONGEST:
        return None
    return Block(whole, (fold("".join(skeleton)) or "").casefold(), tuple(links))
