"""Syndication footers: what a feed or a platform appends to an article that is not the article.

They name the original (canonical URL), and they stay out of text, counts and rankings.
"""

from dataclasses import dataclass

from feedsette.markup import Element


@dataclass(frozen=True, slots=True)
class Footers:
    """What of a tree is footer."""

    cuts: "dict[int, int]"
    """id() of an element → from which child on its children are footer."""
    heads: frozenset[int] = frozenset()
    """id() of the elements before the article that are footers all the same."""
    canonical_url: str | None = None


def find_footers(root: Element, title: str | None) -> Footers:
    """Look at the last blocks of an article, and at its first."""
    return Footers({})
