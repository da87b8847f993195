"""What gives a listing away where no pre does: classes, editors' styles, the look of its lines."""

import re
from functools import lru_cache
from itertools import islice

from feedsette.flattening.listings import LINE_ENDS
from feedsette.flattening.signs import LOOK, is_gutter
from feedsette.flattening.wrappers import PROSE, Inside, has_text
from feedsette.markup import Element

_WRAPPER = re.compile(
    r"code|highlight|syntax|geshi|listing|language-|lang-|snippet|shiki|prism|crayon|src-container"
    r"|hljs|literal-block|console|terminal|hcb_wrap|brush|gist|blob",
    re.IGNORECASE,
)
_RENDERED = re.compile(
    r"syntaxhighlighter|geshifilter-\S+|codehilite|dp-highlighter|codecolorer|crayon-syntax|"
    r"CodeMirror-code|cm-content|js-file-line-container|prettyprint|highlight-source-\S+|crayon-pre"
)
_MAYBE_RENDERED = re.compile(
    _RENDERED.pattern
    + r"|(?<![\w-])(?:[\w-]*[-_])?(?:source-?code|code[-_]?(?:block|box)?|hljs|wp_syntax)(?![\w-])"
)
_TYPED = re.compile(
    r"white-space\s*:\s*pre|font(?:-family)?\s*:[^;]*"
    r"(?:courier|consolas|monospace|monaco|menlo|lucida console)",
    re.IGNORECASE,
)
"""Styles of editors that paste code without any class (Windows Live Writer, Visual Studio)."""
_SYNTAX = re.compile(r"[;{}=<>$#|\\]|\w\(|^\s{2}")


def is_wrapper(element: Element) -> bool:
    """Whether class or style make an element the box of a listing."""
    return has_code_class(element) or _is_typed(element)


def has_code_class(element: Element) -> bool:
    """Whether a class speaks of code."""
    return _is_code_class(element.attributes.get("class", ""))


@lru_cache(maxsize=8192)
def _is_code_class(classes: str) -> bool:
    return _WRAPPER.search(classes) is not None


def _is_typed(element: Element) -> bool:
    style = element.attributes.get("style")
    return style is not None and _is_typed_style(style)


@lru_cache(maxsize=2048)
def _is_typed_style(style: str) -> bool:
    return _TYPED.search(style) is not None


def is_rendered(wrapper: Element, inside: Inside) -> bool:
    """Whether a highlighter or editor has turned a listing into lines of div, li or tr, or br.

    Judged by the first nodes, before it is read: nested wrappers would be read for each level.
    """
    classes = wrapper.attributes.get("class", "")
    if not (_MAYBE_RENDERED.search(classes) or _is_typed(wrapper)):
        return False
    if not (inside.is_prose or inside.codes) or not has_text(wrapper):
        return False
    sure = _RENDERED.search(classes) is not None
    pieces: list[str] = []
    for node in islice(wrapper.descendants(), LOOK * 5):
        if isinstance(node, str):
            pieces.append(node)
        elif node.name in PROSE or (not sure and _is_words(node)):
            return False
        elif node.name in LINE_ENDS:
            pieces.append("\n")
    return sure or looks_like_code("".join(pieces))


def _is_words(element: Element) -> bool:
    """A paragraph as an author makes it; editors that paste a line as a paragraph style it."""
    return element.name == "p" and "style" not in element.attributes


def looks_like_code(code: str) -> bool:
    """Whether half of several lines bear signs that prose lacks."""
    lines = [line for line in code.splitlines()[:LOOK] if line.strip()]
    return len(lines) > 1 and 2 * sum(1 for line in lines if _SYNTAX.search(line)) >= len(lines)


def lines_of(wrapper: Element) -> list[Element]:
    """The pre elements that are a line of one listing each, or none.

    So do Visual Studio's div.csharpcode and some themes of Hexo: numbered or striped or in a cell.
    """
    first = next(wrapper.elements, None)
    if first is None or first.name != "pre" or not is_wrapper(wrapper):
        return []
    children = [node for node in wrapper.children if not isinstance(node, str) or node.strip()]
    pres = [node for node in children if not isinstance(node, str) and node.name == "pre"]
    if not 1 < len(pres) == len(children):
        return []
    striped = any("alt" in pre.classes for pre in pres)
    numbered = any(is_gutter(child) for child in islice(first.elements, 1))
    if not (striped or numbered or wrapper.name == "td"):
        return []
    return [] if any("\n" in pre.raw_text().strip() for pre in pres) else pres
