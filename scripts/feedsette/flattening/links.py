"""Hyperlinks: where each leads, what kind it is, and what is doubtful about it."""

from collections.abc import Mapping, Sequence

from feedsette.flattening.addresses.cleaning import clean_url, read_simple
from feedsette.flattening.addresses.doors import behind_door
from feedsette.flattening.addresses.hosts import host_of
from feedsette.flattening.addresses.problems import problem_of
from feedsette.flattening.addresses.proxies import are_versions, same_picture, unwrap
from feedsette.flattening.addresses.resolving import is_web, resolve, split_address, tidy
from feedsette.flattening.decoration import counts
from feedsette.flattening.references.citations import find_references
from feedsette.flattening.text.spots import Body, Context, Spot
from feedsette.markup import Element
from feedsette.rows import Link

INSIDE = 500
"""How many nodes inside a link are looked at for pictures: unclosed links nest thousands."""

_WORDLESS = frozenset({"script", "style", "template", "textarea", "select"})

UNUSABLE = frozenset({"empty", "unfilled template", "too long"})
"""Problems that leave no address at all; elsewhere the address is kept to show the mistake."""


_Target = tuple[str | None, str | None, str | None, str, str | None]
"""url, clean_url, domain, kind and problem."""


def link_rows(
    body: Body, context: Context, pictures: Mapping[int, Sequence[str]]
) -> tuple[Link, ...]:
    """One row for every `<a href>`, in document order.

    An `<a>` without href is a target, not a link. Only http, https and mailto addresses are kept
    (url NULL and a problem for the rest). A mailto link is the author's own text and stays.
    `pictures` are the addresses of the pictures that a link wraps, by id() of its element.
    """
    spots = [s for s in body.spots if s.element.name == "a" and "href" in s.element.attributes]
    links = []
    for position, spot in enumerate(spots):
        text = " ".join(body.text[spot.start : spot.end].split())
        wrapped = pictures.get(id(spot.element), ())
        links.append(_link(position, spot, context, (text, wrapped)))
    for position, found in find_references(body, spots, links).items():
        links[position] = Link(*links[position][:-2], *found)  # faster than _replace
    return tuple(links)


def _link(position: int, spot: Spot, context: Context, shown: tuple[str, Sequence[str]]) -> Link:
    """`shown` is what stands in the link: words, and the addresses of pictures."""
    href = spot.element.attributes["href"]
    found = _read_simply(href, context) or _read_with_care(href, context)
    url, inner = found[0], behind_door(found[0], found[2])
    _, clean, domain, kind, problem = _read_with_care(inner, context) if inner else found
    text, pictures = shown
    if pictures and kind == "page" and url and _shows(pictures, url):
        kind = "image"
    return Link(
        position=position,
        section=spot.section,
        url=url,
        clean_url=clean,
        domain=domain,
        text=text or _unread(spot, pictures),
        kind=kind,
        internal=domain is not None and domain in context.own_hosts,
        footer=spot.footer or not (text or pictures or url is None or not counts(url)),
        rel=spot.element.attribute("rel"),
        problem=problem,
    )


def _read_simply(href: str, context: Context) -> _Target | None:
    simple = read_simple(href, context.own_hosts)
    return (*simple, "anchor" if _is_anchor(href, context) else "page", None) if simple else None


def _read_with_care(href: str, context: Context) -> _Target:
    # a bare fragment means this article, whatever the base of the feed
    within = tidy(href).startswith("#") and context.article_url
    base = context.article_url if within else context.base_url
    problem = problem_of(href, base)
    url = None if problem in UNUSABLE else resolve(href, base)
    web = is_web(url)
    mail = url is not None and split_address(url).scheme == "mailto"
    clean = clean_url(url, context.own_hosts) if url and web else None
    return url if web or mail else None, clean, host_of(url), _kind(href, url, context), problem


def _kind(href: str, url: str | None, context: Context) -> str:
    if tidy(href).startswith("#") or (url and _is_anchor(url, context)):
        return "anchor"
    if is_web(url):
        return "page"
    if url and split_address(url).scheme == "mailto":
        return "mailto"
    return "other"


def _is_anchor(url: str, context: Context) -> bool:
    """True if it leads to a place in this very article."""
    own = context.article_url
    if not own or "#" not in url:
        return False
    ours, theirs = clean_url(own, context.own_hosts), clean_url(url, context.own_hosts)
    return ours.rstrip("/") == theirs.rstrip("/")


def _shows(pictures: Sequence[str], url: str) -> bool:
    """True if one of the pictures is what the address leads to, perhaps larger."""
    target = unwrap(url)
    return any(same_picture(target, one) or are_versions(target, one) for one in pictures)


def _unread(spot: Spot, pictures: Sequence[str]) -> str | None:
    """What a link says that is not in the text, or its pictures' alt texts.

    So do links in footers and tables of contents; the signs of a permanent link say nothing.
    """
    words: list[str] = []
    alts: list[str] = []
    stack: list[Element | str] = [spot.element]
    for _ in range(INSIDE):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, str):
            words.append(node)
        elif node.name == "img":
            alts.append(node.attribute("alt") or "")
        elif node.name not in _WORDLESS:
            stack.extend(reversed(node.children))
    text = " ".join("".join(words).split())
    if any(map(str.isalnum, text)):
        return text
    shown = pictures or spot.footer  # a pixel is no picture, an icon of a share bar is no image
    return (" ".join(" ".join(filter(None, alts)).split()) or None) if shown else None
