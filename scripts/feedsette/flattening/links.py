"""Hyperlinks: where each leads, what kind it is, and what is doubtful about it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from feedsette.flattening.addresses import clean_url, host_of, is_web, resolve, split_address, tidy
from feedsette.flattening.images import pictures_by_link
from feedsette.flattening.problems import problem_of
from feedsette.flattening.proxies import same_picture, unwrap
from feedsette.flattening.references import find_references
from feedsette.flattening.spots import Body, Context, Spot
from feedsette.markup import Element
from feedsette.rows import Link

INSIDE = 500
"""How many nodes inside a link are looked at for pictures: unclosed links nest thousands."""

UNUSABLE = frozenset({"empty", "unfilled template", "too long"})
"""Problems that leave no address at all; elsewhere the address is kept to show the mistake."""


def link_rows(body: Body, context: Context) -> tuple[Link, ...]:
    """One row for every `<a href>`, in document order.

    An `<a>` without href is a target, not a link. Only http, https and mailto addresses are kept
    (url NULL and a problem for the rest). A mailto link is the author's own text and stays.
    """
    spots = [s for s in body.spots if s.element.name == "a" and "href" in s.element.attributes]
    pictures = pictures_by_link(body, context)
    links = [
        _link(position, spot, context, body.text[spot.start : spot.end])
        for position, spot in enumerate(spots)
    ]
    links = [
        _with_pictures(link, spot.element, pictures.get(id(spot.element), ()))
        for link, spot in zip(links, spots, strict=True)
    ]
    references = find_references(body, spots, links)
    return tuple(
        replace(link, reference=found.number, reference_title=found.title)
        if (found := references.get(link.position))
        else link
        for link in links
    )


def _link(position: int, spot: Spot, context: Context, text: str) -> Link:
    href = spot.element.attributes["href"]
    # a bare fragment means this article, whatever the base of the feed
    within = tidy(href).startswith("#") and context.article_url
    base = context.article_url if within else context.base_url
    problem = problem_of(href, base)
    url = None if problem in UNUSABLE else resolve(href, base)
    web = is_web(url)
    mail = url is not None and split_address(url).scheme == "mailto"
    domain = host_of(url)
    return Link(
        position=position,
        section=spot.section,
        url=url if web or mail else None,
        clean_url=clean_url(url, context.own_hosts) if url and web else None,
        domain=domain,
        text=" ".join(text.split()) or None,
        kind=_kind(href, url, context),
        internal=domain is not None and domain in context.own_hosts,
        footer=spot.footer,
        rel=spot.element.attribute("rel"),
        problem=problem,
    )


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
    ours, theirs = (clean_url(one, context.own_hosts).rstrip("/") for one in (own, url))
    return ours == theirs


def _with_pictures(link: Link, element: Element, pictures: Sequence[str]) -> Link:
    """Settle what the pictures inside say: the kind, and a text where there is none in words."""
    if not pictures:
        return link
    if link.text is None:
        nodes = islice(element.descendants(), INSIDE)
        images = (node for node in nodes if isinstance(node, Element) and node.name == "img")
        alts = (image.attribute("alt") for image in images)
        link = replace(link, text=" ".join(" ".join(filter(None, alts)).split()) or None)
    if link.kind == "page" and link.url:
        target = unwrap(link.url)
        if any(same_picture(target, picture) for picture in pictures):
            return replace(link, kind="image")
    return link
