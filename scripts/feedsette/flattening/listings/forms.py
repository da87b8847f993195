"""What gives a listing away where no pre does: classes, editors' styles, the look of its lines."""

import re
from collections.abc import Iterator
from itertools import islice

from feedsette.flattening.caches import remember
from feedsette.flattening.listings.furniture import is_furniture
from feedsette.flattening.listings.gutters import is_gutter
from feedsette.flattening.listings.languages import bare_name
from feedsette.flattening.listings.lines import LINE_ENDS
from feedsette.flattening.listings.looks import looks_like_code, looks_like_typed_code
from feedsette.flattening.listings.signs import LOOK, signs_of
from feedsette.flattening.listings.wrappers import PROSE, Inside, has_text
from feedsette.markup import Element

_WRAPPER = re.compile(
    r"code|highlight|syntax|geshi|listing|language-|lang-|snippet|shiki|prism|crayon|src-container"
    r"|enlighter-v-standard|hljs|literal-block|console|terminal|hcb_wrap|brush|gist|blob|(?<!\S)(?:fragment|file|RktBlk|SVerbatim)(?!\S)",
    re.IGNORECASE,
)
_RENDERED = re.compile(
    r"syntaxhighlighter|colorscripter-code|enlighter-v-standard|geshifilter-\S+|codehilite|dp-highlighter|codecolorer|crayon-syntax|"
    r"CodeMirror-code|cm-content|ql-code-block-container|js-file-line-container|prettyprint|highlight-source-\S+|crayon-pre|lstlisting|"
    r"(?<!\S)(?:geshi|RktBlk|SVerbatim|syntax_hilite)(?!\S)"
)
_MAYBE_RENDERED = re.compile(
    _RENDERED.pattern + r"|(?<![\w-])(?:[\w-]*[-_])?"
    r"(?:source-?code|code[-_]?(?:block|box|content)?|hljs|wp_syntax|fragment)(?![\w-])"
)
_TOKEN = re.compile(r"(?:kw|st|br|nu|sy|co|me|re|es|de)\d")
"""GeSHi's classes of tokens."""
_KEPT = re.compile(r"white-space\s*:\s*pre(?!-)", re.IGNORECASE)
"""`pre-wrap` and `pre-line` are what editors give to prose, too: Notion to its callouts."""
_TYPEFACE = re.compile(
    r"(?:^|;)\s*+font(?:-family)?\s*+:[^;]*"
    r"(?:courier|consolas|monospace|monaco|menlo|lucida console)",
    re.IGNORECASE,
)
"""Styles of editors that paste code without any class (Windows Live Writer, Visual Studio)."""
NESTING = 4
"""Boxes in boxes that are looked into for lines."""


def is_wrapper(element: Element) -> bool:
    """Whether class or style make an element the box of a listing."""
    return has_code_class(element) or _is_typed(element)


def has_code_class(element: Element) -> bool:
    """Whether a class speaks of code, or is a language's name and nothing else."""
    return _is_code_class(element.attributes.get("class", ""))


@remember
def _is_code_class(classes: str) -> bool:
    return _WRAPPER.search(classes) is not None or bare_name(classes) is not None


def is_typewritten(element: Element) -> bool:
    """Whether style or face give an element a typewriter's letters."""
    style = element.attributes.get("style")
    if style is None and element.name == "font":
        style = "font:" + element.attributes.get("face", "")
    return element.name == "tt" or (style is not None and _has_typeface(style))


@remember
def _has_typeface(style: str) -> bool:
    return _TYPEFACE.search(style) is not None


def _is_typed(element: Element) -> bool:
    style = element.attributes.get("style")
    return style is not None and _signs_of_typing(style) > 0


@remember
def _signs_of_typing(style: str) -> int:
    """How many of two signs a style bears: kept white space, a typewriter's letters."""
    return bool(_KEPT.search(style)) + _has_typeface(style)


def is_rendered(wrapper: Element, inside: Inside) -> bool:
    """Whether a highlighter or editor has turned a listing into lines of div, li or tr, or br.

    Judged by the first nodes, before it is read: nested wrappers would be read for each level.
    """
    classes = wrapper.attributes.get("class", "")
    named = bare_name(classes) is not None
    marked = named or _MAYBE_RENDERED.search(classes) or _has_gutter(wrapper)
    if not marked and not _is_typed(wrapper):
        return False
    if not (inside.is_prose or inside.names or inside.codes) or not has_text(wrapper):
        return False
    sure = _RENDERED.search(classes) is not None or (named and _has_tokens(wrapper))
    sure = sure or _has_gutter(wrapper)
    sure = sure or _signs_of_typing(wrapper.attributes.get("style", "")) == 2  # Visual Studio Code
    if not sure and _has_columns(wrapper):
        return False
    pieces: list[str] = []
    for node in _shown(wrapper):
        if isinstance(node, str):
            # between tags it is the page's source that is indented, not what it shows
            pieces.append("\n" if "\n" in node and node.isspace() else node)
        elif node.name in PROSE or (not sure and _is_words(node)):
            return False
        elif node.name in LINE_ENDS:
            pieces.append("\n")
    looks = looks_like_code if marked or not is_typewritten(wrapper) else looks_like_typed_code
    return sure or looks("".join(pieces))


def _shown(wrapper: Element) -> Iterator[Element | str]:
    """The first nodes inside that are not only for show."""
    stack = wrapper.children[::-1]
    for _ in range(LOOK * 5):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif not is_furniture(node):
            yield node
            stack.extend(reversed(node.children))


def _has_gutter(wrapper: Element) -> bool:
    """Whether a table of code has a class for the numbers in its first column, and no pre."""
    if wrapper.name != "table" or not has_code_class(wrapper):
        return False
    row = next((n for n in _few(wrapper) if n.name == "tr"), None)
    cells = list(islice(row.elements, 3)) if row else []
    return len(cells) == 2 and signs_of(cells[0]).gutter and is_gutter(cells[0])


def _few(wrapper: Element) -> Iterator[Element]:
    for node in islice(wrapper.descendants(), LOOK):
        if isinstance(node, Element):
            yield node


def _has_columns(wrapper: Element) -> bool:
    """Whether a table's first row has words in its first cell: a listing has a number there."""
    if wrapper.name != "table":
        return False
    for node in _few(wrapper):
        if node.name == "tr":
            cells = list(islice(node.elements, 2))
            return len(cells) > 1 and not is_gutter(cells[0])
    return False


def _has_tokens(wrapper: Element) -> bool:
    return any(_TOKEN.fullmatch(span.attributes.get("class", "")) for span in _few(wrapper))


def _is_words(element: Element) -> bool:
    """A paragraph as an author makes it; editors that paste a line as a paragraph style it."""
    return element.name == "p" and "style" not in element.attributes and bool(element.children)
