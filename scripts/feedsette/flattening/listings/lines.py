"""What a listing says: its lines, without line numbers, copy buttons and other furniture.

Nothing here recurses: feeds nest 20,000 deep.
"""

import re
from itertools import islice, zip_longest

from feedsette.flattening.listings.furniture import is_furniture
from feedsette.flattening.listings.gutters import is_gutter
from feedsette.flattening.listings.languages import words
from feedsette.flattening.listings.linewriters import Closing, LineWriter
from feedsette.flattening.listings.numbering import boxed_numbers, line_numbers
from feedsette.flattening.listings.signs import (
    LOOK,
    NO_SIGNS,
    bounded_text,
    file_label,
    is_heading,
    is_token,
    label_of,
    signs_of,
)
from feedsette.flattening.text.blocks import TYPED
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
_LAID_OUT = frozenset({TYPED, "div", "table", "section", "dl", "figure", "td"})
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


def read_lines(source: Element) -> str:
    """The code inside an element: lines as shown, edge blank lines trimmed, indentation kept."""
    text = plain_text(source)
    return _read_parts(source) if text is None else tidy(text)


def _read_parts(source: Element) -> str:
    laid_out = _is_laid_out(source)
    writer = LineWriter(laid_out=laid_out, fresh=laid_out and _has_breaks(source))
    codes = _Codes(source)
    stack: list[tuple[Node, Node | None] | Closing] = [*_children(source)]
    while stack:
        top = stack.pop()
        if isinstance(top, Closing):
            writer.close(top)
        elif isinstance(top[0], str):
            writer.write(_with_newlines(top[0]))
        elif top[0].name == "br":
            writer.break_line()
        elif is_token(top[0]) and id(top[0]) not in codes.numbers:
            stack.append((top[0].children[0], None))
        elif not codes.leave_out(top[0]):
            stack.extend(_open(writer, top[0], top[1], codes))
            stack.extend(_children(top[0]))
    code = "".join(writer.pieces)
    if codes.has_margin:
        return tidy(_without_margin(code))
    return tidy(_without_blanks_of_breaks(code) if laid_out and _has_breaks(source) else code)


def plain_text(source: Element) -> str | None:
    """The text of a listing that is nothing else, but for a code element around all of it.

    So are most, and what asks about the parts of a listing need not ask about them.
    """
    if _is_laid_out(source):
        return None
    match source.children:
        case [str(text)]:
            return _with_newlines(text)
        case [Element(name="code", children=[str(text)]) as code]:
            is_part = signs_of(code) != NO_SIGNS or is_gutter(code)
            return None if is_part else _with_newlines(text)
    return None


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_laid_out(source: Element) -> bool:
    if source.name not in _LAID_OUT:
        return False
    return not _WHITE_SPACE_PRE.search(source.attributes.get("style", ""))


def _has_breaks(source: Element) -> bool:
    """Whether lines end with br, so that newlines are the page's."""
    nodes = islice(source.descendants(), LOOK)
    return any(not isinstance(node, str) and node.name == "br" for node in nodes)


def _without_blanks_of_breaks(code: str) -> str:
    """Without the one blank after each br, which a page shows as nothing.

    So CodeColorer's lines begin once all stand on one; no-break spaces indent them.
    """
    lines = [line for line in code.split("\n")[1:] if line.strip()]
    if all(line[0] == " " and line[1:2] not in {" ", "\t"} for line in lines):
        return code.replace("\n ", "\n")
    return code


def _without_margin(code: str) -> str:
    """Without the one space between line numbers and code."""
    lines = code.split("\n")
    if all(line.startswith(" ") or not line.strip() for line in lines):
        return "\n".join(line[1:] for line in lines)
    return code


def _open(writer: LineWriter, node: Element, after: Node | None, codes: "_Codes") -> list[Closing]:
    """Begin an element; what there is to do at its end, if it is a line or a block."""
    is_line = _is_line(node) or codes.is_line(node)
    is_block = node.name in _BLOCKS
    if is_block:
        writer.start_block()
    elif is_line:
        writer.flush()
    else:
        return []
    writer.fresh = writer.laid_out and (is_line or (is_block and writer.fresh))
    breaking = _BREAKING in node.attributes.get("class", "")
    return [
        Closing(
            writer.events,
            len(writer.pieces),
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
        numbers = line_numbers(source)
        self.numbers = numbers or boxed_numbers(source)
        self._has_headings = bool(codes) or source.name != "pre"
        self._codes_are_lines = (
            source.name == "pre"
            and len(codes) > 1
            and not any(isinstance(child, str) and child.strip() for child in source.children)
        )

        self._file_label = file_label(source)
        self.has_margin = bool(numbers)
        """A space stands between the numbers and the code."""

    def is_line(self, node: Element) -> bool:
        return self._codes_are_lines and node.name == "code" and node.parent is self._source

    def leave_out(self, node: Element) -> bool:
        if node.name in _TITLES or is_furniture(node):
            return True
        if is_gutter(node):
            self.has_margin = self.has_margin or bounded_text(node).endswith(":")
            return True
        if id(node) in self.numbers or node is self._file_label:
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
        around = zip(["", *children], children, [*children[1:], ""], strict=False)
        children = [
            child
            for before, child, after in around
            if not _is_layout(child) or (_is_inline(before) and _is_inline(after))
        ]
    pairs: list[tuple[Node, Node | None]] = list(zip_longest(children, children[1:]))
    return [*reversed(pairs)]


def _is_layout(node: Node) -> bool:
    return isinstance(node, str) and "\n" in node and node.isspace()


def _is_inline(node: Node) -> bool:
    """Whether white space beside it is the code's though blocks stand there, too: CSDN puts a box
    for its button behind the words of the last line.
    """
    return not isinstance(node, str) and node.name not in LINE_ENDS


def tidy(code: str) -> str:
    """Without control and zero-width characters, no-break spaces as spaces, no blank edge lines."""
    code = _FILLED.sub("", code) if "\xa0" in code else code
    code = code.translate(_CLEANING).rstrip()
    blank = _BLANK_LINES.match(code)
    return code[blank.end() :] if blank else code
