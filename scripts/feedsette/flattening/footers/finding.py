"""Syndication footers: what a feed or a platform puts around an article that is not the article.

They may name the original (canonical URL), and they stay out of text, counts and rankings. Only
the last blocks of an article are looked at, and its first; what merely resembles a footer stays:
a sentence lost is worse than a footer kept. Phrases are in phrases.py.
"""

import re
from typing import NamedTuple

from feedsette.flattening.footers.notices import (
    is_before_notice,
    is_notice,
    is_opening_call,
    notice_mark,
)
from feedsette.flattening.footers.phrases import (
    Block,
    Verdict,
    flat_mark,
    is_call,
    is_same_page,
    judge_first,
    judge_last,
)
from feedsette.flattening.footers.places import (
    Place,
    first_place,
    last_shown,
    places_from_end,
    read_block,
    words_of_link,
)
from feedsette.flattening.footers.sharing import is_share_bar
from feedsette.flattening.text.texts import fold
from feedsette.markup import Element

_TEASER = re.compile(r"\s*\[\s*(?:…|\.{3})\s*\]\Z")
_DEPTH = 6
_PASSED = 2
"""How many blocks behind a footer may be something else (a share bar, a biography)."""


class Footers(NamedTuple):
    """What of a tree is footer."""

    cut: tuple[int, int] | None = None
    """id() of an element and the number of its child from which on all is footer."""
    elements: frozenset[int] = frozenset()
    """id() of single elements that are footers, elsewhere."""
    canonical_url: str | None = None


def find_footers(root: Element, title: str | None, own_url: str | None = None) -> Footers:
    """Look at an article's last blocks, from the end, and at its first."""
    cut: tuple[int, int] | None = None
    elements: frozenset[int] = frozenset()
    url: str | None = None
    passed = 0
    for place in places_from_end(root):
        block = read_block(place)
        verdict = _judge(block, title, own_url, cut=bool(cut) and not passed) if block else None
        if verdict is None and is_share_bar(place.nodes):
            verdict = Verdict()
        if verdict is None:
            elements |= _call_at_end(place, own_url) if not passed else frozenset()
            passed += 1
        elif not passed:
            cut = (id(place.parent), place.start)
        elif verdict.syndication:
            elements |= place.elements
        # what stands before a platform's own footer speaks of a place before the platform
        url = (verdict.url if verdict else None) or url
        if passed > _PASSED:
            break
    return _with_first(root, title, Footers(cut, elements, url))


def _judge(block: Block, title: str | None, own_url: str | None, *, cut: bool) -> Verdict | None:
    verdict = judge_last(block, title, own_url)
    if verdict is None and (is_notice(block, own_url) or (cut and is_before_notice(block))):
        return Verdict(syndication=False)
    return verdict


def teaser_mark(text: str, title: str | None = None) -> int:
    """Where the mark begins with which WordPress ends an excerpt, `[…]`, or a podcast's host its
    notes, or a footer that lost its links; else the text's length.
    """
    text = text[: flat_mark(text, fold(title))].rstrip()
    match = _TEASER.search(text, max(0, len(text) - 20))
    return match.start() if match else notice_mark(text)


def _with_first(root: Element, title: str | None, footers: Footers) -> Footers:
    place = first_place(root)
    block = read_block(place) if place else None
    verdict = judge_first(block, title) if block else None
    if block and is_opening_call(block):
        verdict = Verdict(syndication=False)
    if place is None or verdict is None or not place.elements:
        return footers
    elements = footers.elements | place.elements
    return Footers(footers.cut, elements, verdict.url or footers.canonical_url)


def _call_at_end(place: Place, own_url: str | None) -> frozenset[int]:
    """`Words of a teaser… <a>Read more</a>`: the link, if it is the last thing of all.

    So is `Comments`, if it leads to the article itself.
    """
    node = last_shown(place.nodes)
    for _ in range(_DEPTH):
        if not isinstance(node, Element) or node.name in {"a", "pre", "code"}:
            break
        node = last_shown(node.children)
    if not isinstance(node, Element) or node.name != "a" or not node.attribute("href"):
        return frozenset()
    words = words_of_link(node)
    own = is_same_page(node.attributes["href"].strip(), own_url)
    return frozenset({id(node)}) if is_call(fold(words) or "", own=own) else frozenset()
