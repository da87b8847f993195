"""Which elements are a heading of the article, and of which level."""

import re

from feedsette.flattening.caches import remember
from feedsette.markup import Element

_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_APART = frozenset({"blockquote", "figure"})
_CARD = re.compile(
    r"(?:^|\s)(?:ltag[_-]|c-embed|crayons-story|embedded-post|blogcard|onebox|st-cardbox|h-cite\b|"
    r"(?:admonition|callout|alert)[-_]?(?:heading|title|header)(?![^\W_])|"
    r"[\w-]*(?:unfurl|link-preview)|(?:[\w-]*[-_])?(?:link|bookmark|embed|blog|ogp)[-_]?card(?![^\W_]))",
    re.IGNORECASE,
)
"""Previews of other pages: dev.to's, Substack's, Discourse's, those of forums and plugins.

The word above a box (tip, note) is no title of what follows, either."""
_NO_TITLE = frozenset({"ul", "ol", "table", "pre", "blockquote", *_LEVELS})


def level_of(element: Element) -> int:
    """1 to 6 for a heading, by its name or its role (WAI-ARIA 1.2, heading); 0 for all else."""
    level = _LEVELS.get(element.name, 0)
    if not level and element.attributes.get("role") == "heading":
        declared = element.attributes.get("aria-level", "")
        level = min(6, max(1, int(declared))) if declared.isdecimal() else 2
    return level


def stands_apart(element: Element) -> bool:
    """True for what quotes or shows something else: headings inside are not the article's own."""
    if element.name in _APART:
        return True
    classes = element.attributes.get("class")
    return classes is not None and _is_card(classes)


@remember
def _is_card(classes: str) -> bool:
    return _CARD.search(classes) is not None


def may_be_title(heading: Element) -> bool:
    """False for a heading that was left open, or swallowed what follows."""
    return not any(child.name in _NO_TITLE for child in heading.elements)
