"""What a listing says: its lines, without line numbers, copy buttons and other furniture.

Nothing here recurses: feeds nest 20,000 deep.
"""

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from feedsette.flattening.languages import words
from feedsette.flattening.signs import (
    is_furniture,
    is_gutter,
    is_heading,
    label_of,
    signs_of,
)
from feedsette.markup import Element

_BLOCKS = words(
    """
    div p li tr ol ul table tbody blockquote dd dt dl section article figure header footer h1 h2
    h3 h4 h5 h6 pre center
    """
)
_LINE_TAGS = frozenset({"li", "tr"})
_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)+")
_CLEANING = str.maketrans(
    {
        **{code: None for code in range(32) if code not in (9, 10)},
        **dict.fromkeys((0x7F, 0x200B, 0x2060, 0xFEFF)),
        0xA0: " ",
        0x202F: " ",
        0x2028: "\n",
        0x2029: "\n",
    }
)

Node = Element | str


@dataclass(frozen=True, slots=True)
class _Close:
    """The end of an element that is a line or a block."""

    events: int
    """How much had been written when it began."""
    is_line: bool
    is_block: bool
    separated: bool
    """The source has a line break after it."""


@dataclass(slots=True)
class _Page:
    """Lines in the making."""

    pieces: list[str] = field(default_factory=list)
    pending: bool = False
    """A line has ended, unless the text that follows begins with the newline itself."""
    events: int = 0
    at_start: bool = True
    typed: bool = False
    """The newline at the end was typed, not made of an element."""

    def write(self, text: str) -> None:
        if not text:
            return
        if not text.lstrip(" \t").startswith("\n"):
            self.flush()
        self.pending = False
        self.pieces.append(text)
        self.events += 1
        self.at_start = text.endswith("\n")
        self.typed = text.rstrip(" \t").endswith("\n")

    def flush(self) -> None:
        if self.pending:
            self.pieces.append("\n")
            self.pending, self.at_start, self.typed = False, True, False

    def end_line(self) -> None:
        self.flush()
        self.pending = True
        self.events += 1

    def start_block(self) -> None:
        if not self.at_start:
            self.pending = True
        self.flush()

    def break_line(self) -> None:
        """A br: nothing where the source has typed the newline before it."""
        if self.pending or not self.typed:
            self.end_line()

    def close(self, end: _Close) -> None:
        if self.events == end.events:
            if end.is_line and not end.separated:
                self.end_line()
        elif not self.at_start and not self.pending and (end.is_block or not end.separated):
            self.end_line()


def read_lines(source: Element) -> str:
    """The code inside an element: lines as shown, edge blank lines trimmed, indentation kept."""
    page = _Page()
    codes = _Codes(source)
    stack: list[tuple[Node, Node | None] | _Close] = [*_children(source)]
    while stack:
        top = stack.pop()
        if isinstance(top, _Close):
            page.close(top)
        elif isinstance(top[0], str):
            page.write(top[0].replace("\r\n", "\n").replace("\r", "\n"))
        elif top[0].name == "br":
            page.break_line()
        elif not codes.leave_out(top[0]):
            stack.extend(_open(page, top[0], top[1], codes))
            stack.extend(_children(top[0]))
    return tidy("".join(page.pieces))


def _open(page: _Page, node: Element, after: Node | None, codes: "_Codes") -> list[_Close]:
    """Begin an element; what there is to do at its end, if it is a line or a block."""
    is_line = _is_line(node) or codes.is_line(node)
    is_block = node.name in _BLOCKS
    if is_block:
        page.start_block()
    elif is_line:
        page.flush()
    else:
        return []
    return [_Close(page.events, is_line, is_block, _is_newline(after))]


class _Codes:
    """What the code elements of a pre mean for its other children."""

    def __init__(self, source: Element) -> None:
        self._source = source
        codes = [child for child in source.elements if child.name == "code"]
        self._has_headings = bool(codes) or source.name != "pre"
        self._codes_are_lines = (
            source.name == "pre"
            and len(codes) > 1
            and not any(isinstance(child, str) and child.strip() for child in source.children)
        )

    def is_line(self, node: Element) -> bool:
        return self._codes_are_lines and node.name == "code" and node.parent is self._source

    def leave_out(self, node: Element) -> bool:
        if is_furniture(node) or is_gutter(node):
            return True
        beside = node.parent is self._source and node.name != "code" and self._has_headings
        return (beside and is_heading(node)) or label_of(node) is not None


def _is_line(element: Element) -> bool:
    if element.name in _LINE_TAGS:
        return True
    if not element.attributes or element.name not in {"span", "div", "code"}:
        return False
    return signs_of(element).line or (element.name == "span" and "data-line" in element.attributes)


def _is_newline(after: Node | None) -> bool:
    if isinstance(after, str):
        return after.lstrip(" \t").startswith(("\n", "\r"))
    return after is not None and after.name == "br"


def _children(element: Element) -> list[tuple[Node, Node | None]]:
    """(child, what follows it), last first, without white space that only lays out blocks."""
    children = element.children
    if len(children) == 1:
        return [(children[0], None)]
    pairs: list[tuple[Node, Node | None]] = list(zip_longest(children, children[1:]))
    if any(not isinstance(child, str) and child.name in _BLOCKS for child in children):
        pairs = [pair for pair in pairs if not _is_layout(pair[0])]
    return [*reversed(pairs)]


def _is_layout(node: Node) -> bool:
    return isinstance(node, str) and "\n" in node and node.isspace()


def tidy(code: str) -> str:
    """Without control and zero-width characters, no-break spaces as spaces, no blank edge lines."""
    code = code.translate(_CLEANING).rstrip()
    blank = _BLANK_LINES.match(code)
    return code[blank.end() :] if blank else code
