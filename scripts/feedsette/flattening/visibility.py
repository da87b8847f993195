"""Which elements a reader sees as text: a verdict for each, by name, role, class and style."""

import re
from enum import Enum, auto

from feedsette.markup import Element


class Sight(Enum):
    """What the walk does with an element's inside."""

    SHOWN = auto()
    MUTED = auto()
    """No text, but links and pictures inside still count: tables of contents, no-script doubles."""
    GONE = auto()
    """Nothing inside is content: scripts, styles, drawings."""
    FOOTER = auto()
    """Muted, and what is inside belongs to a syndication footer."""


_GONE = frozenset(
    {"script", "style", "template", "head", "title", "svg", "link", "meta", "param", "select",
     "option", "datalist", "textarea", "progress", "meter", "applet", "frameset"}
)  # fmt: skip
_MUTED = frozenset(
    {"noscript", "button", "nav", "iframe", "object", "audio", "video", "canvas", "map", "rp"}
)  # what stands inside them is shown only where they do not work
_CONTENTS = frozenset(
    {"toc", "table-of-contents", "tableofcontents", "table_of_contents", "toc_container",
     "toc-container", "ez-toc-container", "lwptoc", "markdown-toc", "wp-block-table-of-contents",
     "rank-math-toc", "wp-block-rank-math-toc-block", "toctree-wrapper", "js-toc"}
)  # fmt: skip
_DECORATION = frozenset(
    {"mathjax_preview", "mathjax_display", "mathjax_svg", "mathjax_chtml", "mathjax",
     "headerlink", "header-anchor", "hash-link", "heading-anchor",
     "anchorjs-link", "anchor-link", "heading-link", "header-link", "headline-hash", "sr-only",
     "visually-hidden", "screen-reader-text", "screen-reader-only", "copy-button", "copybtn",
     "btn-clipboard", "edit-link", "mw-editsection",
     "button-wrapper", "informations", "kg-audio-player", "kg-video-player"}
)  # fmt: skip
_FOOTER = frozenset(
    {"feedflare", "subscription-widget-wrap", "subscription-widget", "subscribe-widget",
     "subscription-widget-wrap-editor", "sharedaddy", "jp-relatedposts",
     "addtoany_share_save_container", "more-link", "read-more", "kg-signup-card",
     "blogger-post-footer", "postamble"}
)  # fmt: skip
_UNDISPLAYED = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.IGNORECASE)
_CLASSED = _CONTENTS | _DECORATION | _FOOTER


def sight_of(element: Element) -> Sight:
    """Judge an element by itself; the walk applies the verdict to everything inside."""
    name = element.name
    if name in _GONE:
        return Sight.GONE
    if name in _MUTED:
        return Sight.MUTED
    attributes = element.attributes
    if not attributes:
        return Sight.SHOWN
    if "class" in attributes or "id" in attributes:
        marks = _marks(element)
        if not marks.isdisjoint(_FOOTER):
            return Sight.FOOTER
        if not marks.isdisjoint(_CONTENTS) or (not marks.isdisjoint(_DECORATION)):
            return Sight.MUTED
    return Sight.MUTED if _is_hidden(element) else Sight.SHOWN


def _marks(element: Element) -> set[str]:
    marks = set(element.attributes.get("class", "").lower().split())
    if element.name == "mjx-container":
        marks.discard("mathjax")  # 3 hides its drawing itself; 2 keeps the TeX in a script behind
    identifier = element.attributes.get("id")
    if identifier and (identifier.lower() in _CONTENTS or identifier == "postamble"):
        marks.add(identifier.lower())
    return marks


def _is_hidden(element: Element) -> bool:
    attributes = element.attributes
    if "hidden" in attributes and attributes.get("role") != "tabpanel":
        return True  # the panels of tabs are hidden only until a reader chooses them
    if attributes.get("aria-hidden", "").lower() == "true":
        return not _is_lone_katex(element)
    if attributes.get("role") in {"navigation", "doc-toc"}:
        return True
    if attributes.get("role") == "button" and element.name != "a":
        return True
    return "style" in attributes and bool(_UNDISPLAYED.search(attributes["style"]))


def _is_lone_katex(element: Element) -> bool:
    """KaTeX hides its HTML from screen readers, which read its MathML; some write HTML alone."""
    if "katex-html" not in element.classes or element.parent is None:
        return False
    return not any("katex-mathml" in one.classes for one in element.parent.elements)
