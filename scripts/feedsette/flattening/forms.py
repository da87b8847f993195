"""What gives a listing away where no pre does: classes, editors' styles, the look of its lines."""

import re
from collections.abc import Iterator
from itertools import islice

from feedsette.flattening.caches import remember
from feedsette.flattening.furniture import is_furniture
from feedsette.flattening.gutters import is_gutter
from feedsette.flattening.languages import bare_name
from feedsette.flattening.listings import LINE_ENDS
from feedsette.flattening.signs import LOOK, signs_of
from feedsette.flattening.wrappers import PROSE, Inside, has_text
from feedsette.markup import Element

_WRAPPER = re.compile(
    r"code|highlight|syntax|geshi|listing|language-|lang-|snippet|shiki|prism|crayon|src-container"
    r"|enlighter-v-standard|hljs|literal-block|console|terminal|hcb_wrap|brush|gist|blob|(?<!\S)(?:fragment|file|RktBlk|SVerbatim)(?!\S)",
    re.IGNORECASE,
)
_RENDERED = re.compile(
    r"syntaxhighlighter|enlighter-v-standard|geshifilter-\S+|codehilite|dp-highlighter|codecolorer|crayon-syntax|"
    r"CodeMirror-code|cm-content|ql-code-block-container|js-file-line-container|prettyprint|highlight-source-\S+|crayon-pre|lstlisting|"
    r"(?<!\S)(?:geshi|RktBlk|SVerbatim)(?!\S)"
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
_SIGNS = re.compile(r"[;{}=<>$#|\\]|\w\(")
_SYNTAX = re.compile(_SIGNS.pattern + r"|^\s{2}")
_SENTENCE = re.compile(
    r"""(?<!\S)(?:["'“”‘’«(]?[^\W\d_]++(?:['’-][^\W\d_]++)*+["'“”‘’»,;.:!?…)]{0,3}+\s++){8}"""
)
"""So many words in a row are no code."""
_COMMENT = "#/*%;'-"

_NESTING = 4
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
    known = named or _MAYBE_RENDERED.search(classes) or _is_typed(wrapper)
    if not known and not _has_gutter(wrapper):
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
            pieces.append(node)
        elif node.name in PROSE or (not sure and _is_words(node)):
            return False
        elif node.name in LINE_ENDS:
            pieces.append("\n")
    return sure or looks_like_code("".join(pieces))


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
    return (n for n in islice(wrapper.descendants(), LOOK) if isinstance(n, Element))


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


def is_sentence(line: str) -> bool:
    """Whether many words follow each other in a line that is no comment."""
    return line.lstrip()[:1] not in _COMMENT and _SENTENCE.search(line) is not None


def looks_like_code(code: str) -> bool:
    """Whether half of several lines bear signs that prose lacks; a paragraph has some of them."""
    lines = [line for line in code.splitlines()[:LOOK] if line.strip()]
    signs = sum(1 for line in lines if _SYNTAX.search(line) and not is_sentence(line))
    return len(lines) > 1 and 2 * signs >= len(lines)


def lines_of(wrapper: Element) -> list[Element]:
    """The pre elements that are a line of one listing each, or none.

    So do Visual Studio's div.csharpcode and some themes of Hexo (numbered or striped or in a cell),
    GeSHi in its lists and Rouge in its table of lines.
    """
    if not is_wrapper(wrapper):
        return []
    box = _innermost(wrapper)
    first = next(box.elements, None)
    if first is None or first.name not in {"pre", "li", "tr"}:
        return []
    children = [node for node in box.children if not _is_empty(node)]
    if len(children) < 2 or any(isinstance(child, str) for child in children):
        return []
    pres = _pres_alone([child for child in children if isinstance(child, Element)])
    if not pres or not (first.name != "pre" or _is_ruled(pres, wrapper)):
        return []
    return [] if any("\n" in pre.raw_text().strip() for pre in pres) else pres


def _is_empty(node: Element | str) -> bool:
    """White space between lines, also what editors make a paragraph of (Live Writer's CRLF)."""
    if isinstance(node, str):
        return not node.strip()
    if node.name not in {"p", "br"}:
        return False
    return all(isinstance(child, str) and not child.strip() for child in node.children)


def _innermost(wrapper: Element) -> Element:
    """The list or body of the table that is all there is in a wrapper, else the wrapper."""
    box = wrapper
    for _ in range(_NESTING):
        only = _only_element(box)
        if only is None or only.name not in {"ol", "ul", "table", "tbody", "div"}:
            break
        box = only
    return box


def _pres_alone(lines: list[Element]) -> list[Element]:
    """Each line itself, if it is a pre, or the one pre that it holds beside its number; or none.

    The pres of lists are marked as lines, all alike: a list of steps has commands without a class.
    """
    if all(line.name == "pre" for line in lines):
        return lines
    pres = [pre for line in lines if (pre := _pre_in(line))]
    looks = {(pre.attributes.get("class"), pre.attributes.get("style")) for pre in pres}
    return pres if len(pres) == len(lines) and len(looks) == 1 else []


def _pre_in(line: Element) -> Element | None:
    """The pre that is all there is in an item or row but for its number."""
    cells = [line] if line.name == "li" else list(islice(line.elements, 3))
    if not cells or not all(map(is_gutter, cells[:-1])):
        return None
    inner: Element | None = cells[-1]
    for _ in range(_NESTING):
        if inner is None or inner.name == "pre":
            break
        inner = _only_element(inner)
    if inner is None or inner.name != "pre":
        return None
    return inner if line.name == "tr" or inner.attributes else None


def _only_element(box: Element) -> Element | None:
    """The element that is all there is in another."""
    if len(box.children) > 3:  # blanks, an element and blanks
        return None
    parts = [part for part in box.children if not isinstance(part, str) or part.strip()]
    return parts[0] if len(parts) == 1 and isinstance(parts[0], Element) else None


def _is_ruled(pres: list[Element], wrapper: Element) -> bool:
    striped = any("alt" in pre.classes for pre in pres)
    return striped or wrapper.name == "td" or any(map(is_gutter, islice(pres[0].elements, 1)))
