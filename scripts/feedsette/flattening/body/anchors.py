"""Links that lead about in their own article: permalinks of headings, back links, contents.

They are furniture: a reader sees a sign, or a list of the headings that the text holds anyway.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from feedsette.markup import Element

LOOK = 50
CONTENTS = 600
"""How many nodes of a list are looked at."""
_SIGNS = " \t\n¶#§🔗⚓∞\ufe0f\u200b\u200d\u2060\ufeff"
_SENTENCES = frozenset({"p", "li", "dd", "td"})
_ARROWS = frozenset("↩↵⤴⏎⬆↑^")
_BACK_CLASS = re.compile(r"(?:foot-?note|fn)[\w-]{0,20}(?:back|return)|reversefootnote")
_BRACKETS = frozenset("[](). 0123456789")
_BESIDE_ARROWS = " \t\n\xa0\ufe0e\ufe0f\u20e30123456789"
_NOTE_ROLES = frozenset({"note", "doc-footnote", "tooltip"})
_NOTE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:side|margin|foot)-?notes?(?:[\s_-]+(?:content|text|body|note|tooltip))*(?:\s|$)"
)
_CONTENTS_TITLE = re.compile(
    r"(?:table of )?contents|toc|(?:on|in) this (?:page|post|article)|目录|目錄|目次|목차|"
    r"inhalt(?:sverzeichnis)?|sommaire|table des matières|[íi]ndice|tabla de contenidos?|"
    r"sumário|inhoud(?:sopgave)?|содержание|оглавление|spis treści",
    re.IGNORECASE,
)


def is_permalink(link: Element) -> bool:
    """True for a link to its own heading that shows a sign and no word."""
    inside = list(islice(link.descendants(), 8))
    text = "".join(node for node in inside if isinstance(node, str))
    return len(inside) < 8 and not text.strip(_SIGNS) and "#" in link.attributes.get("href", "")


def is_lone_place(link: Element) -> bool:
    """True for a link to a place in the article that is no part of a sentence and no picture."""
    if not link.attributes.get("href", "").startswith("#"):
        return False
    if next(link.find_all("img", "picture"), None) is not None:
        return False
    box = link.parent
    return box is None or box.name not in _SENTENCES or not has_words_beside(link, box)


def leads_home(link: Element, heading: Element) -> bool:
    """True if a link leads to the heading that it stands in, beside the heading's own words.

    `Words <a href="#words">Direct link to Words</a>`; a link around all the words is the title.
    """
    target = target_of(link)
    return bool(target) and target in set(_marks(heading)) and has_words_beside(link, heading)


def has_words_beside(link: Element, heading: Element) -> bool:
    """True if a heading says something outside of a link in it."""
    stack: list[Element | str] = [heading]
    for _ in range(LOOK):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, str):
            if node.strip(_SIGNS):
                return True
        elif node is not link:
            stack.extend(node.children)
    return False


def is_back_link(link: Element, *, named: bool = True) -> bool:
    """True for the arrow at the end of a footnote that leads back to where it is cited.

    Kramdown numbers the arrows of a note that is cited several times. Words ("back to the text")
    count if role or class may tell what they are (docutils names the words of a heading so, which
    lead to the contents); a note's own number in front of it stays.
    """
    if "#" not in link.attributes.get("href", ""):
        return False
    inside = list(islice(link.descendants(), 8))
    # WordPress draws the arrow as an emoji in feeds
    texts = [node if isinstance(node, str) else node.attributes.get("alt", "") for node in inside]
    signs = set("".join(texts).strip(_BESIDE_ARROWS))
    if len(inside) == 8 or not signs:
        return False
    return signs <= _ARROWS or (named and _is_called_back(link) and not signs <= _BRACKETS)


def _is_called_back(link: Element) -> bool:
    return link.attributes.get("role") == "doc-backlink" or bool(
        _BACK_CLASS.search(link.attributes.get("class", ""))
    )


def pages_of(url: str | None) -> frozenset[str]:
    """How a link to a place in an article may name the article: not, whole, or by its path."""
    if not url:
        return frozenset({""})
    whole = _page(url)
    return frozenset({"", whole, "/" + whole.lstrip("/").partition("/")[2]})


def _page(href: str) -> str:
    page = href.partition("#")[0].removeprefix("http:").removeprefix("https:")
    return page.rstrip("/") or page[:1]


def is_contents(items: Element, pages: frozenset[str]) -> bool:
    """True for a list of nothing but links to places in the article: its table of contents.

    A mere `#` is no place: jekyll-tabs and Bootstrap make the labels of tabs of such links.
    """
    links = 0
    stack: list[Element | str] = [items]
    for _ in range(CONTENTS):
        if not stack:
            return links > 1
        node = stack.pop()
        if isinstance(node, str):
            if node.strip(" \t\n\xa0.0123456789"):
                return False
        elif node.name == "a" and "href" in node.attributes:
            href = node.attributes["href"].strip()
            if "#" not in href or _page(href) not in pages:
                return False
            words = node.raw_text().strip(" \t\n\xa00123456789[]^↩")
            links += bool(words) and not href.endswith("#")
        elif node.name in {"img", "iframe", "pre", "table", "h1", "h2", "h3"}:
            return False
        else:
            stack.extend(node.children)
    return links > 1


def announces_contents(title: str) -> bool:
    """True for the title of a table of contents: without the table it says nothing."""
    return bool(_CONTENTS_TITLE.fullmatch(title.rstrip(" :：.…")))


def is_raised_mark(link: Element) -> bool:
    """True for the raised number of a note: `hills<sup><a href="#fn2">2</a></sup>`."""
    first = link.children[0] if link.children else ""
    if isinstance(first, str) and first.strip() and not first.strip().isdecimal():
        return False  # as most links begin
    inside = list(islice(link.descendants(), 4))
    text = "".join(node for node in inside if isinstance(node, str)).strip()
    if len(inside) == 4 or not text.isdecimal() or len(text) > 3:
        return False
    around = link.parent is not None and link.parent.name == "sup"
    return around or any(isinstance(node, Element) and node.name == "sup" for node in inside)


def is_inline_note(element: Element) -> bool:
    """True for a note that stands amid its sentence and is shown beside it."""
    classes = element.attributes.get("class", "")
    return element.attributes.get("role") in _NOTE_ROLES or bool(_NOTE_CLASS.search(classes))


def anchor_of(heading: Element) -> str | None:
    """The id to link to: the heading's own, its permalink's target, or that of something inside."""
    inside = [node for node in islice(heading.descendants(), LOOK) if isinstance(node, Element)]
    own = heading.attribute("id")
    if own:
        return own
    targets = [target_of(one) for one in inside if _is_own(one)]
    marks = [one.attribute("id") or one.attribute("name") for one in inside]
    return next((name for name in (*targets, *marks) if name), None)


def target_of(link: Element) -> str:
    """The id that a link leads to: addresses escape what ids may hold."""
    return unquote(link.attributes.get("href", "").partition("#")[2]).strip()


def _is_own(link: Element) -> bool:
    """A permalink, or a link around the whole heading to a place in the article."""
    if link.name != "a":
        return False
    whole = link.parent is not None and not any(
        not isinstance(one, str) or one.strip() for one in link.parent.children if one is not link
    )
    return is_permalink(link) or (whole and link.attributes.get("href", "").startswith("#"))


def _marks(heading: Element) -> Iterator[str]:
    for element in (heading, *islice(heading.descendants(), LOOK)):
        if isinstance(element, Element):
            yield element.attributes.get("id", "")
            yield element.attributes.get("name", "")
