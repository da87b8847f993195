"""Code listings: which elements are one, and what there is to know about it."""

from collections.abc import Callable
from itertools import islice
from textwrap import dedent

from feedsette.flattening.listings.boxes import innermost
from feedsette.flattening.listings.captions import read_naming
from feedsette.flattening.listings.cores import find_core
from feedsette.flattening.listings.forms import has_code_class, is_rendered, is_wrapper
from feedsette.flattening.listings.languages import bare_name, words
from feedsette.flattening.listings.linepres import lines_of
from feedsette.flattening.listings.lines import read_lines, tidy
from feedsette.flattening.listings.looks import looks_like_code
from feedsette.flattening.listings.markings import read_language
from feedsette.flattening.listings.refusals import is_refused
from feedsette.flattening.listings.signs import LOOK
from feedsette.flattening.listings.titles import title_before
from feedsette.flattening.listings.wrappers import (
    PRES,
    Inside,
    has_text,
    look_inside,
    read_heading,
    stands_alone,
)
from feedsette.flattening.text.blocks import TYPED
from feedsette.flattening.text.spots import Listing
from feedsette.markup import Element

_CANDIDATES = words(
    """
    pre code div figure table textarea section listing xmp td dl script p tt span d-code
    """
) | {TYPED}
_SHOWN_SCRIPTS = frozenset({"syntaxhighlighter", "text/plain"})
_CODE_SPANS = frozenset({"code", "codeblock", "code-block", "sourcecode", "source-code"})
"""Classes that make a span what a code element would be."""
_BLOCK_PARENTS = words(
    """
    p div td li blockquote section article figure center dd main
    """
) | {""}


def read_listing(element: Element) -> Listing | None:
    """The listing whose outermost element this is, else None. Every element may be asked.

    What surrounds the code (gutter, caption, copy button) belongs to it; a wrapper that holds
    prose or several listings does not.
    """
    if element.name not in _CANDIDATES:
        return None
    if reader := _READERS.get(element.name):
        return reader(element)
    if element.name in {"figure", "table"} or is_wrapper(element):
        return _read_pieces(element) or _read_wrapper(element)
    return None


def _read_pre(pre: Element) -> Listing | None:
    if is_refused(pre) or not has_text(pre):
        return None
    return _make(pre, pre, [])


def _read_typed_lines(box: Element) -> Listing | None:
    return _make(box, box, [])


def _read_textarea(area: Element) -> Listing | None:
    if not has_code_class(area) or not has_text(area):
        return None
    return _make(area, area, [])


def _read_script(script: Element) -> Listing | None:
    """SyntaxHighlighter's and Prism's way to show markup without escapes."""
    kind = script.attributes.get("type", "")
    if kind not in _SHOWN_SCRIPTS or not (script.attribute("class") and has_text(script)):
        return None
    text = script.raw_text().strip()
    code = tidy(text.removeprefix("<![CDATA[").removesuffix("]]>"))
    language, raw = read_language(script, [])
    naming = read_naming(title_before(script) or [], [script], language)
    # consent managers mark the scripts that they block as text/plain, too: these name no language
    return Listing(code, language, raw, naming.caption) if code and raw else None


def _read_paragraph(paragraph: Element) -> Listing | None:
    """A paragraph that is nothing but code elements, one on each line."""
    first = paragraph.children[0] if paragraph.children else ""
    if first.strip() if isinstance(first, str) else first.name != "code":
        return None
    children = [node for node in paragraph.children if not isinstance(node, str) or node.strip()]
    if len(children) < 3 or not len(children) % 2:
        return None
    for place, child in enumerate(children):
        if isinstance(child, str) or child.name != ("br" if place % 2 else "code"):
            return None
    listing = _make(paragraph, paragraph, [])
    return listing if listing and (len(children) > 3 or looks_like_code(listing.code)) else None


def _read_lonely_code(code: Element) -> Listing | None:
    """A code element that shares its paragraph with nothing: of several lines, or with a title."""
    parent = code.parent
    if parent is None or not _is_block(parent) or not has_text(code):
        return None
    if not (_may_be_long(code) or _has_title(code)) or not stands_alone(code, parent.children):
        return None
    listing = _make(code, code, [])
    if listing and ("\n" in listing.code or _begins_line(code) or _has_title(code)):
        return _without_info(listing)
    return None


def _begins_line(code: Element) -> bool:
    """Whether a line break comes first in it: its author made room for the one line it has."""
    first = next((one for one in code.children if not isinstance(one, str) or one.strip()), "")
    return isinstance(first, Element) and first.name == "br"


def _has_title(code: Element) -> bool:
    """Whether forums' `Code [Select]` stands before it; their code elements have a class."""
    return "class" in code.attributes and title_before(code) is not None


def _read_typed(letters: Element) -> Listing | None:
    """Several lines in typewriter's letters, if they look like code: what older blogs have."""
    listing = _read_lonely_code(letters)
    return listing if listing and looks_like_code(listing.code) else None


def _read_span(span: Element) -> Listing | None:
    """Several lines of code in a span whose class calls it that."""
    classes = span.attributes.get("class")
    if not classes or _CODE_SPANS.isdisjoint(classes.lower().split()):
        return None
    return _read_typed(span)


def _read_block(code: Element) -> Listing | None:
    """Distill's element for code, where it is not amid a sentence."""
    return _make(code, code, []) if "block" in code.attributes and has_text(code) else None


def _is_block(parent: Element) -> bool:
    return parent.name in _BLOCK_PARENTS or "-" in parent.name


def _without_info(listing: Listing) -> Listing:
    """Python-Markdown makes an indented fence inline code, with the language as its first line."""
    first, _, rest = listing.code.partition("\n")
    language = None if listing.language else bare_name(first)
    return Listing(tidy(dedent(rest)), language, first, listing.caption) if language else listing


def _may_be_long(code: Element) -> bool:
    return any(
        "\n" in node.strip() if isinstance(node, str) else node.name in {"br", "div"}
        for node in islice(code.descendants(), LOOK * 5)
    )


def _read_pieces(wrapper: Element) -> Listing | None:
    """A listing that is a pre for every line."""
    pres = lines_of(wrapper)
    if not pres:
        return None
    language, raw = read_language(pres[0], list(islice(pres[0].find_all("code"), 1)))
    code = tidy("\n".join(map(read_lines, pres)))
    naming = read_naming(_captions_of_pieces(wrapper), [], language)
    return Listing(code, language, raw, naming.caption) if code else None


def _captions_of_pieces(wrapper: Element) -> list[str]:
    """The figcaption beside the table of lines, as Hexo's themes have it, or the title before."""
    beside = islice(wrapper.elements, LOOK)
    caption = next((one for one in beside if one.name == "figcaption"), None)
    return (title_before(wrapper) or []) if caption is None else read_heading(caption)


def _read_cell(cell: Element) -> Listing | None:
    """A cell of lines; SyntaxHighlighter's, where its wrapper has got lost."""
    return _read_pieces(cell) or (_read_wrapper(cell) if "code" in cell.classes else None)


def _read_wrapper(wrapper: Element) -> Listing | None:
    inside = look_inside(wrapper)
    areas = [source for source in inside.sources if source.name == "textarea"]
    if areas and has_code_class(wrapper):
        return _read_copy(wrapper, areas[0], inside)
    if len(inside.sources) == 1 and inside.is_whole and not inside.is_prose:
        return _make(wrapper, inside.sources[0], [*inside.captions, *inside.names])
    if inside.sources:
        return None
    only = inside.codes[0] if len(inside.codes) == 1 and inside.is_whole else None
    if only and not inside.is_prose and has_text(only) and is_wrapper(wrapper):
        return _make(wrapper, only, [*inside.captions, *inside.names])
    if not is_rendered(wrapper, inside):
        return None
    box, titles = innermost(wrapper)
    return _make(wrapper, box, [*inside.captions, *titles])


def _read_copy(wrapper: Element, area: Element, inside: Inside) -> Listing | None:
    """A text area that copies the pre beside it; only the pre may name the language."""
    listing = _make(wrapper, area, inside.captions)
    if listing and listing.language is None:
        for pre in inside.sources:
            language, raw = read_language(pre, list(islice(pre.find_all("code"), 2)))
            if language:
                return Listing(listing.code, language, raw, listing.caption)
    return listing


def _make(outermost: Element, source: Element, captions: list[str]) -> Listing | None:
    codes = list(islice(source.find_all("code"), 2))
    language, raw = read_language(source, codes)
    elements = [*codes, source, *_between(source, outermost)]
    core, labels = find_core(source, codes)
    captions = [*captions, *labels]
    if not captions and (title := title_before(outermost)):
        captions += title
    naming = read_naming(captions, elements, language)
    if language is None and naming.language:
        language, raw = naming.language, naming.label
    code = read_lines(core)
    # blanks between tags have been joined: `<pre> <code> x`
    if (core is not source or source.name == "d-code") and "\n" not in code:
        code = code.lstrip()
    return Listing(code, language, raw, naming.caption) if code else None


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


_READERS: dict[str, Callable[[Element], Listing | None]] = {
    **dict.fromkeys(PRES, _read_pre),
    "code": _read_lonely_code,
    "d-code": _read_block,
    "p": _read_paragraph,
    "script": _read_script,
    "span": _read_span,
    "td": _read_cell,
    "textarea": _read_textarea,
    "tt": _read_typed,
    TYPED: _read_typed_lines,
}
