"""Code that older editors typed into an article line by line, in a typewriter's letters and no box.

Blogger's spans between `br`, a paragraph per line as Google Docs pastes it, a cell of such lines:
nothing but their letters tells them from prose, and together they are a listing only if they look
like code. What belongs together is put into one box, TYPED, which is read as every other listing.
"""

import re
from itertools import islice

from feedsette.flattening.listings.commands import by_commands
from feedsette.flattening.listings.forms import is_typewritten, is_wrapper
from feedsette.flattening.listings.languages import words
from feedsette.flattening.listings.looks import has_sure_sign, looks_like_typed_code, reads_as_prose
from feedsette.flattening.listings.signs import LOOK
from feedsette.flattening.text.blocks import GAP_OF, TYPED
from feedsette.markup import Element

_LETTERS = ("courier", "consolas", "monospace", "monaco", "menlo", "lucida console")
"""Searched for one by one, since a pattern of all takes a fifth of an article's time."""
_OPAQUE = words("pre code textarea xmp listing script style svg math") | {TYPED}
_QUOTE = "blockquote"
"""A box of its own: what stands around it is another listing, if it is one."""
_LINES = frozenset({"p", "div", _QUOTE})
"""Blocks that may be lines of a listing; lists and tables are more than lines."""
_NO_LINE = words(
    """
    pre code textarea table ul ol dl img picture iframe video audio script h1 h2 h3 h4 h5 h6 hr
    """
)
_BLANKS = re.compile(r"[ \t\r\n]+")
"""What a page shows as one blank; no-break spaces indent."""
_PROMPT = re.compile(
    r"(?:[\w.@~:\[\]/-]{0,60}(?: [\w~./-]{1,40}\]?)?\$|[\w.-]{1,40}@[^$#\n]{1,60}#"
    r"|\[root@[^]\n]{1,60}\]#|(?:PS )?[A-Z]:\\[^<>|\n]{0,80}>|>>>) ?(?=[A-Za-z./~]{2})"
)
"""One typed line alone is code if it begins with a shell's prompt."""
_FEW_WORDS = 3
_FAR = LOOK * 5
_DEEP = 6
"""How deep in a line its letters may be named."""
Node = Element | str


def gather_typed_lines(root: Element, html: str) -> None:
    """Put the typed lines of a fresh tree into boxes; `html` is what it was made of."""
    lowered = html.lower()
    if not any(name in lowered for name in _LETTERS):
        return
    stack = [root]
    while stack:
        parent = stack.pop()
        parent.children = _Lines(parent).gathered()
        stack += [child for child in parent.elements if not _is_closed(child)]


def _is_closed(element: Element) -> bool:
    """Whether an element is a listing already, or typed as a whole like the blog around it."""
    return element.name in _OPAQUE or is_wrapper(element)


class _Lines:
    """An element's children, line by line."""

    def __init__(self, parent: Element) -> None:
        self._parent = parent
        self._done: list[Node] = []
        self._run: list[Node] = []
        """Typed lines that follow each other."""

    def gathered(self) -> list[Node]:
        """The children, typed lines that look like code in boxes."""
        line: list[Node] = []
        for node in self._parent.children:
            if isinstance(node, str) or not _ends_line(node):
                line.append(node)
                continue
            self._add(line, alone=node.name == _QUOTE)
            self._add([node], alone=node.name == _QUOTE)
            line = []
        self._add(line, alone=True)
        return self._done

    def _add(self, line: list[Node], *, alone: bool) -> None:
        if all(map(_is_typed, line)):
            self._run += line
            line = []
        if line or alone:
            self._end_run()
        self._done += line

    def _end_run(self) -> None:
        run = self._run
        worded = [place for place, node in enumerate(run) if _text([node]).strip()]
        if worded:
            start, end = worded[0], worded[-1] + 1
            if start and isinstance(run[start - 1], str):
                start -= 1  # its indentation
            run = [*run[:start], *self._boxed(run[start:end]), *run[end:]]
        self._done += run
        self._run = []

    def _boxed(self, run: list[Node]) -> list[Node]:
        quote = isinstance(run[0], Element) and run[0].name == _QUOTE
        if not _is_code(_text(run), in_box=quote):
            return run
        box = Element(TYPED, {}, self._parent)
        box.children = run
        _strip_layout(box)
        for node in box.elements:
            node.parent = box
        return [box]


def _ends_line(node: Element) -> bool:
    return node.name == "br" or node.name in GAP_OF


def _is_typed(node: Node) -> bool:
    """Whether all words inside a node are in a typewriter's letters; it may have none."""
    if isinstance(node, str):
        return not node.strip()
    if node.name in GAP_OF and node.name not in _LINES:
        return False
    stack: list[tuple[Node, bool, int]] = [(node, False, 0)]
    for _ in range(_FAR):
        if not stack:
            return True
        one, typed, depth = stack.pop()
        if isinstance(one, str):
            if not typed and one.strip():
                return False
        elif one.name in _NO_LINE or depth == _DEEP:
            return False
        else:
            typed = typed or is_typewritten(one)
            stack.extend((child, typed, depth + 1) for child in reversed(one.children))
    return False


def _strip_layout(box: Element) -> None:
    """Take out white space between lines, which is the page's; other blanks may indent."""
    stack = [box]
    while stack:
        parent = stack.pop()
        edge = parent if _ends_line(parent) else ""
        nodes: list[Node] = [edge, *parent.children, edge]
        parent.children = [
            node
            for before, node, after in zip(nodes, nodes[1:], nodes[2:], strict=False)
            if not (_is_layout(node) and (_parts(before) or _parts(after)))
        ]
        stack += parent.elements


def _is_layout(node: Node) -> bool:
    return isinstance(node, str) and _BLANKS.fullmatch(node) is not None


def _parts(node: Node) -> bool:
    return isinstance(node, Element) and _ends_line(node)


def _is_code(text: str, *, in_box: bool) -> bool:
    lines = [line for line in islice(text.split("\n"), LOOK) if line.strip()]
    if len(lines) == 1:
        return _is_code_alone(lines[0].strip(), in_box=in_box)
    return looks_like_typed_code(text)


def _is_code_alone(line: str, *, in_box: bool) -> bool:
    if _PROMPT.match(line):
        return True
    if not in_box or reads_as_prose(line):
        return False
    is_short = len(line.split()) <= _FEW_WORDS
    return is_short or has_sure_sign(line) or by_commands(line) is not None


def _text(nodes: list[Node]) -> str:
    """The lines of the first nodes, indented as shown."""
    pieces: list[str] = []
    stack = nodes[::-1]
    for _ in range(_FAR):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(_BLANKS.sub(" ", node))
            continue
        if node.name == "br" or node.name in GAP_OF:
            pieces.append("\n")
        stack.extend(reversed(node.children))
    return "".join(pieces)
