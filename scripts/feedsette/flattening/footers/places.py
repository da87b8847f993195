"""The blocks from an article's end and its first: where footers stand, and what they say."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from feedsette.flattening.footers.phrases import (
    LINK,
    Block,
)
from feedsette.flattening.text.blocks import GAP_OF
from feedsette.flattening.text.texts import fold
from feedsette.flattening.visibility import FOOTER, MUTED, sight_of
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
_POINTS = " \t\n\xa0.…|»›→[]()"


class Place(NamedTuple):
    """The children from start to stop of a parent: one block, or a run of inline nodes."""

    parent: Element
    start: int
    stop: int

    @property
    def nodes(self) -> list[Element | str]:
        """The children."""
        return self.parent.children[self.start : self.stop]

    @property
    def elements(self) -> frozenset[int]:
        """The elements, if they are all there is, or their parent, if that holds nothing else."""
        if not any(isinstance(node, str) and node.strip() for node in self.nodes):
            return frozenset(id(node) for node in self.nodes)
        others = [*self.parent.children[: self.start], *self.parent.children[self.stop :]]
        alone = bool(self.parent.name) and all(map(_is_silent, others))
        return frozenset({id(self.parent)} if alone else ())


def last_shown(nodes: list[Element | str]) -> Element | str | None:
    """The last of some nodes that shows something beside points and arrows."""
    for node in reversed(nodes):
        if isinstance(node, str) and not node.strip(_POINTS):
            continue
        if not _is_silent(node):
            return node
    return None


def places_from_end(root: Element) -> Iterator[Place]:
    """Every block that shows something, the last first; boxes of blocks are looked into."""
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
        yield Place(parent, start, last + 1)
        stack.append((parent, start - 1))


def first_place(root: Element) -> Place | None:
    """The first block that shows something."""
    parent, start = root, 0
    while start < len(parent.children):
        node = parent.children[start]
        if _is_silent(node) or _is_unseen(node):
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
            return Place(parent, start, stop)
    return None


def words_of_link(link: Element) -> str:
    """The first words in a link, as they stand."""
    return "".join(one for one in islice(link.descendants(), 20) if isinstance(one, str))


def _is_silent(node: Element | str) -> bool:
    """Neither words nor pictures: it does not matter whether it is in a footer or not."""
    if isinstance(node, str):
        return not node.strip()
    if sight_of(node) is FOOTER:
        return True  # the walk knows it by its class
    if node.name in _SILENT or _is_pixel(node):
        return True
    if node.name in _SHOWN or node.attributes.get("src"):
        return False
    inside = list(islice(node.descendants(), _FEW + 1))  # a paragraph around a counter's pixel
    return len(inside) <= _FEW and all(map(_is_nothing, inside))


def _is_unseen(node: Element | str) -> bool:
    """What a letter says only to the list of letters."""
    return (
        isinstance(node, Element)
        and "style" in node.attributes
        and (node.name not in _SHOWN and sight_of(node) is MUTED)
    )


def _is_nothing(node: Element | str) -> bool:
    if isinstance(node, str):
        return not node.strip()
    if _is_pixel(node):
        return True
    return node.name not in _SHOWN and not node.attributes.get("src")


def _is_pixel(element: Element) -> bool:
    return element.name == "img" and element.attributes.get("width") in {"0", "1"}


def _is_inline(node: Element | str) -> bool:
    return isinstance(node, str) or (node.name not in GAP_OF and node.name != "br")


def _is_container(element: Element) -> bool:
    if element.name == "p":
        return _begins_in_small_print(element)
    return element.name in _CONTAINERS and any(not _is_inline(child) for child in element.children)


def _begins_in_small_print(paragraph: Element) -> bool:
    """WP Discourse's `<p><small>Originally published at: <a>…</small><br>Words…`."""
    line = [one.name for one in islice(_shown(paragraph), 2) if isinstance(one, Element)]
    return line == ["small", "br"]


def _shown(paragraph: Element) -> Iterator[Element | str]:
    for child in paragraph.children:
        if not isinstance(child, str) or child.strip():
            yield child


def read_block(place: Place) -> Block | None:
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
            words = words_of_link(node)
            text.append(words)
            skeleton.append(LINK)
            links.append((node.attributes["href"].strip(), fold(words) or ""))
        else:
            stack.extend(reversed(node.children))
    whole = fold("".join(text))
    if stack or not whole or len(whole) > _LONGEST:
        return None
    return Block(whole, (fold("".join(skeleton)) or "").casefold(), tuple(links))
