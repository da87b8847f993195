"""What a listing says: its lines, without line numbers, copy buttons and other furniture.

Nothing here recurses: feeds nest 20,000 deep.
"""

import re
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from feedsette.flattening.languages import words
from feedsette.flattening.numbering import line_numbers
from feedsette.flattening.signs import (
    LOOK,
    is_furniture,
    is_gutter,
    is_heading,
    is_token,
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
_LAYERS = _BLOCKS - {"p"}
"""Blocks between which white space is the page's; between paragraphs it is the code's, since Forem
makes them of the blank lines."""
LINE_ENDS = _BLOCKS | {"br"}
_LINE_TAGS = frozenset({"li", "tr"})
_LAID_OUT = frozenset({"div", "table", "section", "dl", "figure", "td"})
_FILLERS = frozenset({" ", "\u00a0"})
"""What highlighters put into an empty line to give it height."""
_TITLES = frozenset({"summary", "caption", "figcaption"})
_BREAKING = "gatsby-highlight-code-line"
_FILLED = re.compile(r"(?m)^\u00a0$")
_WHITE_SPACE_PRE = re.compile(r"white-space\s*:\s*pre")
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
    pieces: int
    """How many pieces there were when it began."""
    is_line: bool
    is_block: bool
    separated: bool
    """The source has a line break after it."""
    joined: bool
    """The line goes on after it, though it is the element of a line: Prism cuts up a diff so."""
    breaking: bool
    """It stands for its line break, too: one that is typed after it is of an empty line."""

    def is_filler(self, text: str) -> bool:
        return text in _FILLERS or (self.is_block and self.is_line and text.isspace())


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
    laid_out: bool = False
    """White space with a newline at the edges of a line element is the page's, not the code's."""
    fresh: bool = False
    """A laid out line has begun, without any text so far."""

    def write(self, text: str) -> None:
        if self.fresh:
            lead = len(text) - len(text.lstrip(" \t\r\n"))
            text = text[lead:] if "\n" in text[:lead] else text
            self.fresh = not text
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
        self.fresh = self.laid_out

    def close(self, end: _Close) -> None:
        if len(self.pieces) == end.pieces + 1 and end.is_filler(self.pieces[-1]):
            self.pieces[-1] = ""
            self.at_start = False
        elif end.is_line and self.laid_out and self.events > end.events and not self.pending:
            self._end_laid_out()
        self.fresh = self.fresh and not end.is_line
        if self.events == end.events:
            if end.is_line and not (end.separated or end.joined):
                self.end_line()
        elif not self.at_start and not self.pending and (end.is_block or not end.separated):
            self.end_line()
        if end.breaking:
            self.flush()

    def _end_laid_out(self) -> None:
        text = self.pieces[-1].rstrip(" \t\r\n\u00a0")
        if text != self.pieces[-1]:
            self.pieces[-1] = text
            self.at_start = self.typed = False


def read_lines(source: Element) -> str:
    """The code inside an element: lines as shown, edge blank lines trimmed, indentation kept."""
    laid_out = _is_laid_out(source)
    page = _Page(laid_out=laid_out, fresh=laid_out and _has_breaks(source))
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
        elif is_token(top[0]) and id(top[0]) not in codes.numbers:
            stack.append((top[0].children[0], None))
        elif not codes.leave_out(top[0]):
            stack.extend(_open(page, top[0], top[1], codes))
            stack.extend(_children(top[0]))
    code = "".join(page.pieces)
    return tidy(_without_margin(code) if codes.numbers else code)


def _is_laid_out(source: Element) -> bool:
    if source.name not in _LAID_OUT:
        return False
    return not _WHITE_SPACE_PRE.search(source.attributes.get("style", ""))


def _has_breaks(source: Element) -> bool:
    """Whether lines end with br, so that newlines are the page's."""
    nodes = islice(source.descendants(), LOOK)
    return any(not isinstance(node, str) and node.name == "br" for node in nodes)


def _without_margin(code: str) -> str:
    """Without the one space between line numbers and code."""
    lines = code.split("\n")
    if all(line.startswith(" ") or not line.strip() for line in lines):
        return "\n".join(line[1:] for line in lines)
    return code


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
    page.fresh = page.laid_out and is_line
    breaking = _BREAKING in node.attributes.get("class", "")
    return [
        _Close(
            page.events,
            len(page.pieces),
            is_line,
            is_block,
            separated=_is_newline(after) and not breaking,
            joined=not (is_block or breaking) and _goes_on(after),
            breaking=breaking,
        )
    ]


class _Codes:
    """What the code elements of a pre mean for its other children."""

    def __init__(self, source: Element) -> None:
        self._source = source
        codes = [child for child in source.elements if child.name == "code"]
        self.numbers = line_numbers(source)
        self._has_headings = bool(codes) or source.name != "pre"
        self._codes_are_lines = (
            source.name == "pre"
            and len(codes) > 1
            and not any(isinstance(child, str) and child.strip() for child in source.children)
        )

    def is_line(self, node: Element) -> bool:
        return self._codes_are_lines and node.name == "code" and node.parent is self._source

    def leave_out(self, node: Element) -> bool:
        if node.name in _TITLES or is_furniture(node) or is_gutter(node):
            return True
        if id(node) in self.numbers:
            return True
        beside = node.parent is self._source and node.name != "code" and self._has_headings
        return (beside and is_heading(node)) or label_of(node) is not None


def _is_line(element: Element) -> bool:
    if element.name in _LINE_TAGS:
        return True
    if not element.attributes or element.name not in {"span", "div", "code"}:
        return False
    return signs_of(element).line or (element.name == "span" and "data-line" in element.attributes)


def _goes_on(after: Node | None) -> bool:
    return isinstance(after, Element) and after.name == "span" and not _is_line(after)


def _is_newline(after: Node | None) -> bool:
    if isinstance(after, str):
        return after.lstrip(" \t").startswith(("\n", "\r"))
    return after is not None and after.name == "br"


def _children(element: Element) -> list[tuple[Node, Node | None]]:
    """(child, what follows it), last first, without white space that only lays out blocks."""
    children = element.children
    if len(children) == 1:
        return [(children[0], None)]
    if any(not isinstance(child, str) and child.name in _LAYERS for child in children):
        children = [child for child in children if not _is_layout(child)]
    pairs: list[tuple[Node, Node | None]] = list(zip_longest(children, children[1:]))
    return [*reversed(pairs)]


def _is_layout(node: Node) -> bool:
    return isinstance(node, str) and "\n" in node and node.isspace()


def tidy(code: str) -> str:
    """Without control and zero-width characters, no-break spaces as spaces, no blank edge lines."""
    code = _FILLED.sub("", code).translate(_CLEANING).rstrip()
    blank = _BLANK_LINES.match(code)
    return code[blank.end() :] if blank else code
