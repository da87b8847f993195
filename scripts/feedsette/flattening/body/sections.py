"""Headings → sections: an article's text cut where its headings stand.

The sections of an article add up to its text: joined by blank lines, the titles and texts of all
sections, in order and without those that are None, are Body.text.
"""

from typing import NamedTuple

from feedsette.flattening.text.texts import Words, count_words
from feedsette.rows import Section

PATH_SEPARATOR = " › "
JOINT = "\n\n"
"""What stands between a title and its text, and between two sections."""


class Heading(NamedTuple):
    """A heading that the walk met: `text[start:end]` is its title."""

    level: int
    title: str
    anchor: str | None
    start: int
    end: int


def cut_sections(
    text: str, headings: list[Heading], opening: bool
) -> tuple[tuple[Section, ...], Words]:
    """Cut the text at its headings; with the words of all of it, titles included.

    Section n belongs to the nth heading, counted from 1. Section 0 is what stands before the
    first; it is there if it has text, or if `opening` says that something else stands in it.
    """
    starts = [*[heading.start for heading in headings], len(text) + len(JOINT)]
    before = text[: max(0, starts[0] - len(JOINT))] or None
    words = count_words(before)
    total = words
    sections = []
    if before or opening:
        sections.append(Section(0, 0, None, None, None, words.total, before))
    paths = _paths(headings)
    for position, (heading, path, end) in enumerate(
        zip(headings, paths, starts[1:], strict=True), 1
    ):
        own = text[heading.end + len(JOINT) : end - len(JOINT)] or None
        words = count_words(own)
        total = total.plus(words).plus(count_words(heading.title))
        sections.append(
            Section(position, heading.level, heading.title, path, heading.anchor, words.total, own)
        )
    return tuple(sections), total


def join_sections(sections: tuple[Section, ...]) -> str:
    """Put the text of an article together again."""
    parts = [part for section in sections for part in (section.title, section.text) if part]
    return JOINT.join(parts)


def _paths(headings: list[Heading]) -> list[str]:
    """Titles of the headings above and the own one; levels may jump, at most six are open."""
    paths: list[str] = []
    above: list[Heading] = []
    for heading in headings:
        above = [one for one in above if one.level < heading.level]
        above.append(heading)
        paths.append(PATH_SEPARATOR.join(one.title for one in above))
    return paths
