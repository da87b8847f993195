"""Code listings: which elements are one, what it says, and in which language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from feedsette.flattening.captions import read_naming
from feedsette.flattening.languages import words
from feedsette.flattening.listings import read_lines
from feedsette.flattening.markings import read_language
from feedsette.flattening.signs import (
    LOOK,
    is_furniture,
    is_gutter,
    is_heading,
    label_of,
)
from feedsette.markup import Element
from feedsette.rows import CodeBlock

if TYPE_CHECKING:
    from feedsette.flattening.bodies import Body

_CANDIDATES = frozenset(
    {"pre", "code", "div", "figure", "table", "textarea", "section", "listing", "xmp"}
)
_PRES = frozenset({"pre", "listing", "xmp"})
_NOT_CODE = re.compile(r"(?:wp-block-)?(?:preformatted|verse|poem|poetry|lyrics)", re.IGNORECASE)
_WRAPPER = re.compile(
    r"code|highlight|syntax|geshi|listing|language-|lang-|snippet|shiki|prism|crayon|src-container"
    r"|hljs|literal-block|console|terminal|hcb_wrap|brush|gist|blob",
    re.IGNORECASE,
)
_RENDERED = re.compile(
    r"syntaxhighlighter|geshifilter-\S+|codehilite|dp-highlighter|codecolorer|crayon-syntax|"
    r"CodeMirror-code|cm-content|js-file-line-container|source-?code|code-?block|prettyprint|hljs|"
    r"highlight-source-\S+|wp_syntax|mw-highlight\S*|syntaxhighlight"
)
_BLOCK_PARENTS = frozenset(
    {
        "",
        "p",
        "div",
        "td",
        "li",
        "blockquote",
        "section",
        "article",
        "figure",
        "center",
        "dd",
        "main",
    }
)
_PROSE = words(
    """
    h1 h2 h3 h4 h5 h6 ul blockquote iframe video audio
    """
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One code listing as it was marked up."""

    code: str
    language: str | None
    """Canonical short name, or None."""
    language_raw: str | None
    """The marking as found."""
    caption: str | None


def read_listing(element: Element) -> Listing | None:
    """The listing whose outermost element this is, else None. Every element may be asked.

    What surrounds the code (gutter, caption, copy button) belongs to it; a wrapper that holds
    prose or several listings does not.
    """
    name = element.name
    if name not in _CANDIDATES:
        return None
    if name in _PRES:
        return _read_pre(element)
    if name == "code":
        return _read_lonely_code(element)
    if name == "textarea":
        return _read_textarea(element)
    if name in {"figure", "table"} or _is_wrapper_class(element.attributes.get("class", "")):
        return _read_wrapper(element)
    return None


@lru_cache(maxsize=8192)
def _is_wrapper_class(classes: str) -> bool:
    return _WRAPPER.search(classes) is not None


def _is_refused(pre: Element) -> bool:
    """Poems and preformatted text; gutters; a pre without text at its beginning."""
    if any(map(_NOT_CODE.fullmatch, pre.classes)) or is_gutter(pre):
        return True
    return any(is_gutter(above) for above in islice(pre.ancestors(), 3))


def _read_pre(pre: Element) -> Listing | None:
    if _is_refused(pre) or not _has_text(pre):
        return None
    return _make(pre, pre, [])


def _has_text(element: Element) -> bool:
    """Whether code begins within the first nodes, so that reading it cannot be in vain."""
    stack: list[Element | str] = element.children[::-1]
    for _ in range(LOOK * 5):
        if not stack:
            return False
        node = stack.pop()
        if isinstance(node, str):
            if node.strip(" \t\r\n\u00a0\u200b\ufeff"):
                return True
        elif not is_furniture(node) and not is_gutter(node):
            stack.extend(reversed(node.children))
    return False


def _read_textarea(area: Element) -> Listing | None:
    if not _is_wrapper_class(area.attributes.get("class", "")) or not _has_text(area):
        return None
    return _make(area, area, [])


def _read_lonely_code(code: Element) -> Listing | None:
    """A code element of several lines that shares its paragraph with nothing."""
    parent = code.parent
    if parent is None or parent.name not in _BLOCK_PARENTS or not _may_be_long(code):
        return None
    for sibling in parent.children:
        if sibling is code:
            continue
        if sibling.strip() if isinstance(sibling, str) else sibling.name != "br":
            return None
    listing = _make(code, code, [])
    return listing if "\n" in listing.code else None


def _may_be_long(code: Element) -> bool:
    return any(
        "\n" in node.strip() if isinstance(node, str) else node.name in {"br", "div"}
        for node in islice(code.descendants(), LOOK * 5)
    )


@dataclass(slots=True)
class _Inside:
    """What a bounded look into a wrapper found."""

    sources: list[Element]
    captions: list[str]
    is_prose: bool = False
    """It holds text that is neither code nor caption."""
    is_whole: bool = True


def _look_inside(wrapper: Element) -> _Inside:
    inside = _Inside([], [])
    stack: list[Element | str] = wrapper.children[::-1]
    for _ in range(LOOK):
        if not stack:
            return inside
        node = stack.pop()
        if isinstance(node, str):
            inside.is_prose = inside.is_prose or bool(node.strip())
        elif not _is_taken(node, inside):
            inside.is_prose = inside.is_prose or node.name in _PROSE
            stack.extend(reversed(node.children))
    inside.is_whole = not stack
    return inside


def _is_taken(node: Element, inside: _Inside) -> bool:
    """Whether what is inside the node is accounted for: code, caption or furniture."""
    if node.name in _PRES or node.name == "textarea":
        if not _is_refused(node) and _has_text(node):
            inside.sources.append(node)
        return True
    if is_furniture(node) or is_gutter(node):
        return True
    label = label_of(node)
    if label is None and is_heading(node) and not _holds_code(node):
        label = _caption(node)
    if label is not None:
        inside.captions.append(label)
    return label is not None


def _holds_code(element: Element) -> bool:
    nodes = islice(element.descendants(), LOOK)
    return any(not isinstance(node, str) and node.name in _PRES for node in nodes)


def _caption(element: Element) -> str:
    """The visible text of a heading, words of different elements kept apart."""
    words: list[str] = []
    stack: list[Element | str] = [element]
    for _ in range(LOOK):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, str):
            words.append(node)
        elif not is_furniture(node):
            stack.extend(reversed(node.children))
    return "".join(words)


def _read_wrapper(wrapper: Element) -> Listing | None:
    inside = _look_inside(wrapper)
    areas = [source for source in inside.sources if source.name == "textarea"]
    if areas and _is_wrapper_class(wrapper.attributes.get("class", "")):
        return _make(wrapper, areas[0], inside.captions)
    if len(inside.sources) == 1 and inside.is_whole and not inside.is_prose:
        return _make(wrapper, inside.sources[0], inside.captions)
    if not inside.sources and _RENDERED.search(wrapper.attributes.get("class", "")):
        return _read_rendered(wrapper, inside)
    return None


def _read_rendered(wrapper: Element, inside: _Inside) -> Listing | None:
    """A listing that a highlighter has turned into lines of div, li or tr, or br."""
    nodes = list(islice(wrapper.descendants(), LOOK * 5))
    if any(not isinstance(node, str) and node.name in _PROSE for node in nodes):
        return None
    if not inside.is_prose or not _has_text(wrapper):
        return None
    return _make(wrapper, wrapper, inside.captions)


def _make(outermost: Element, source: Element, captions: list[str]) -> Listing:
    codes = list(islice(source.find_all("code"), 2))
    language, raw = read_language(source, codes)
    elements = [*codes, source, *_between(source, outermost)]
    naming = read_naming(captions, elements, language)
    if language is None and naming.language:
        language, raw = naming.language, naming.label
    return Listing(read_lines(source), language, raw, naming.caption)


def _between(source: Element, outermost: Element) -> list[Element]:
    """The elements from the source's parent up to the outermost."""
    if source is outermost:
        return list(islice(source.ancestors(), 2))
    above: list[Element] = []
    for element in source.ancestors():
        above.append(element)
        if element is outermost:
            break
    return above


Detector = Callable[[str], tuple[str, float] | None]


def code_rows(body: "Body", detect: Detector | None = None) -> tuple[CodeBlock, ...]:
    """A row per listing of an article. `detect` guesses the language where the markup has none."""
    listings = [(spot.section, spot.listing) for spot in body.spots if spot.listing]
    return tuple(
        _row(position, section, listing, detect)
        for position, (section, listing) in enumerate(listings)
    )


def _row(position: int, section: int, listing: Listing, detect: Detector | None) -> CodeBlock:
    guess = detect(listing.code) if detect and listing.language is None else None
    language, confidence = guess or (listing.language, None)
    source = "detected" if guess else "declared" if language else None
    return CodeBlock(
        position=position,
        section=section,
        language=language,
        language_source=source,
        language_raw=listing.language_raw,
        confidence=confidence,
        line_count=listing.code.count("\n") + 1,
        caption=listing.caption,
        code=listing.code,
    )
