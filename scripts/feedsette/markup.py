"""HTML → a light tree of our own. BeautifulSoup lives in this room only.

The lxml builder, because html.parser is quadratic on hostile markup (shared measurements: 200,000
`<!--` take it more than 100 s, lxml none). Nothing here recurses: feeds nest 20,000 deep.
"""

import gc
import re
from collections import deque
from collections.abc import Iterator
from typing import Any, Self, cast

from lxml import etree

from feedsette.imports import put_off

with put_off("soupsieve"):  # for selectors of CSS, which are not used here
    from bs4.builder._lxml import LXMLTreeBuilder


class Element:
    """A tag with its attributes and children; text is plain str among the children.

    Treat it as read-only once parse_html has made it. The root has the name "".
    """

    __slots__ = ("attributes", "children", "name", "parent")

    def __init__(self, name: str, attributes: dict[str, str], parent: Self | None) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Self | str] = []
        self.parent = parent

    def __repr__(self) -> str:
        return f"<{self.name} {self.attributes} {len(self.children)} children>"

    def attribute(self, name: str) -> str | None:
        """The attribute without white space around it, or None where it is absent or blank."""
        value = self.attributes.get(name)
        return (value.strip() or None) if value else None

    @property
    def classes(self) -> list[str]:
        """The class attribute's tokens, in the order and case of the source."""
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> Iterator[Self]:
        """The children that are elements."""
        for child in self.children:
            if not isinstance(child, str):
                yield child

    def descendants(self) -> Iterator[Self | str]:
        """All that stands inside, text included, in document order."""
        stack: list[Self | str] = self.children[::-1]
        while stack:
            node = stack.pop()
            yield node
            if not isinstance(node, str):
                stack.extend(reversed(node.children))

    def find_all(self, *names: str) -> Iterator[Self]:
        """The elements inside that bear one of the names, in document order."""
        for node in self.descendants():
            if not isinstance(node, str) and node.name in names:
                yield node

    def ancestors(self) -> Iterator[Self]:
        """The parent, its parent, and so on, without the root."""
        node = self.parent
        while node is not None and node.name:
            yield node
            node = node.parent

    def raw_text(self) -> str:
        """All text inside, joined as it stands."""
        return "".join(node for node in self.descendants() if isinstance(node, str))

    def dissolve(self) -> None:
        """Take the tree apart that begins here, when nobody reads it any more.

        Parents and children hold each other. Where that was left to the collector of cycles, it was
        nearly all that it found.
        """
        elements = [self]
        for element in elements:  # which grows meanwhile
            elements += element.elements
            element.children.clear()


_PARAGRAPH_IN_HEADING = re.compile(
    r"(<(h[1-6])\b[^<>]*+>\s*+)<p\b[^<>]*+>"
    r"([^<]*+(?:<(?!/?(?:p|h[1-6]|div|[uo]l|li|table|pre|blockquote|section)\b)[^<]*+)*+)"
    r"</p>(\s*+</\2>)",
    re.IGNORECASE,
)
"""`<h2><p>Title</p></h2>`, as editors write it: lxml ends the heading where the p begins."""
_NONE = Element("", {}, None)
"""Stands where a builder holds no tree: an idle one keeps nothing of the last article alive."""
_IDLE: "deque[_Builder]" = deque(maxlen=4)


def parse_html(html: str) -> Element:
    """Read a fragment of HTML as a browser would; never fails.

    Comments, doctypes, processing instructions and the wrapping html and body tags are left out.
    The text of script, style and template stays (a caller decides what it shows).
    """
    paused = gc.isenabled()
    gc.disable()  # many cross-linked nodes make collections frequent and useless
    try:
        return _build(html)
    finally:
        if paused:
            gc.enable()


def _build(html: str) -> Element:
    """Parse as text and, should lxml refuse that, as UTF-8.

    lxml inspects the signatures of a parser's target whenever it makes a parser, which takes longer
    than a short article. A parser that read to the end is as good as new; one that failed is not
    used again. pop and append let threads share them.
    """
    # without the opening tag a leading script or style would land in head, out of sight
    markup = "<body>" + _PARAGRAPH_IN_HEADING.sub(r"\1<span>\3</span>\4", html)
    try:
        builder = _IDLE.pop()
    except IndexError:
        builder = _Builder(None)
    try:
        root = builder.build(markup)
    except (UnicodeDecodeError, LookupError, etree.ParserError):
        return _Builder("utf-8").build(markup.encode())
    _IDLE.append(builder)
    return root


class _Builder(LXMLTreeBuilder):
    """BeautifulSoup's builder over lxml, which makes Elements of the parser's events itself.

    A third of the time that BeautifulSoup takes with its Tags, for the same events; and it keeps
    white space: BeautifulSoup makes one space of a text that is nothing else, even where the text
    is the indentation of code outside of a `<pre>`.
    """

    def __init__(self, encoding: str | None) -> None:
        super().__init__()
        self.root = _NONE
        self.open_elements: list[Element] = []
        self.texts: list[str] = []
        # text comes in pieces, one for every entity and line
        self.data = self.texts.append  # type: ignore[assignment,method-assign]
        self.parser = cast(Any, self).parser_for(encoding)

    def build(self, markup: str | bytes) -> Element:
        """Parse a document; raises what lxml does."""
        self.root = Element("", {}, None)
        self.open_elements = [self.root]
        self.parser.feed(markup)
        self.parser.close()
        self._write()
        root = self.root
        self.root, self.open_elements = _NONE, []
        return root

    def start(self, tag: Any, attrib: Any, _nsmap: Any = None) -> None:
        """Open an element; html and body are the root."""
        elements = self.open_elements
        parent = elements[-1]
        children = parent.children
        if texts := self.texts:
            children.append(texts[0] if len(texts) == 1 else "".join(texts))
            texts.clear()
        if parent is self.root and tag in {"html", "body"}:
            elements.append(parent)
            return
        element = Element(tag, _attributes(attrib) if attrib else {}, parent)
        children.append(element)
        elements.append(element)

    def end(self, _tag: Any) -> None:
        """Close the innermost element: lxml's events are balanced."""
        element = self.open_elements.pop()
        if texts := self.texts:
            element.children.append("".join(texts))
            texts.clear()

    def comment(self, _text: Any) -> None:
        """Part the texts before and behind it."""
        self._write()

    def pi(self, _target: Any, _data: Any) -> None:
        """Part the texts before and behind it."""
        self._write()

    def doctype(self, _name: Any, _pubid: Any, _system: Any) -> None:
        """Part the texts before and behind it."""
        self._write()

    def _write(self) -> None:
        """Put the text collected where it belongs."""
        if self.texts:
            self.open_elements[-1].children.append("".join(self.texts))
            self.texts.clear()


def _attributes(attrib: Any) -> dict[str, str]:
    # lxml takes `{a}b` for a name in a namespace, which HTML's attributes have not
    if "}" in "".join(attrib):
        return {
            name.partition("}")[2] if name[0] == "{" and "}" in name else name: value
            for name, value in attrib.items()
        }
    return cast(dict[str, str], attrib)
