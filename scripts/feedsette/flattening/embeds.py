"""Players, gists and posts of other sites that are shown inside an article."""

import re
from collections.abc import Iterator
from itertools import islice

from feedsette.flattening.addresses.providers import LENGTH, canonical_embed
from feedsette.flattening.addresses.resolving import is_web, resolve
from feedsette.flattening.placeholders import data_title, placeholder_addresses
from feedsette.flattening.text.spots import Body, Context
from feedsette.markup import Element
from feedsette.rows import Embed

NEAR = 4
INSIDE = 500
"""How many nodes inside an element are looked at."""

_FRAMES = frozenset({"iframe", "embed", "object", "amp-iframe"})
_MEDIA = frozenset({"video", "audio"})
_NEVER = frozenset({"a", "img", "picture", "amp-img"})
"""Most spots, and nothing that is embedded."""
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-litespeed-src", "data-cmp-src")
_NOTHING = re.compile(
    r"about:|data:|javascript:|.*//(?:[^/]*\.)?(?:googletagmanager\.com|doubleclick\.net|"
    r"googlesyndication\.com|amazon-adsystem\.com|facebook\.com/(?:plugins/(?:like|share)|tr)|"
    r"platform\.twitter\.com/widgets|feedburner\.com|adservice\.google\.|buysellads\.|"
    r"ghbtns\.com|slashdot\.org/slashdot-it\.pl|recaptcha|google\.com/recaptcha|quantserve\.com)",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:embedded )?(?:youtube|vimeo)? ?(?:video|media)? ?(?:embed|player)?", re.IGNORECASE
)
_HREF = re.compile(r"<a\b[^<>]*\shref=[\"']([^\"'<>]+)")
_SCRIPTED = re.compile(
    r"(?:https?:)?//(?:gist\.github\.com/|asciinema\.org/a/|jsfiddle\.net/.+/embed|"
    r"(?:[\w-]+\.)?gitlab\.com/.*snippets/|pastebin\.com/embed_js(?:/|\.php\?i=))",
    re.IGNORECASE,
)
_PLAYER_FILE = re.compile(
    r"(//asciinema\.org/a/\w+)\.js.*|(//pastebin\.com/)embed_js(?:/|\.php\?i=)(\w+).*",
    re.IGNORECASE,
)
_POST_CLASSES = {
    "twitter-tweet": re.compile(r"//(?:[\w-]+\.)?(?:twitter|x)\.com/[^/]+/status(?:es)?/\d"),
    "twitter-video": re.compile(r"//(?:[\w-]+\.)?(?:twitter|x)\.com/[^/]+/status(?:es)?/\d"),
    "instagram-media": re.compile(r"//(?:www\.)?instagram\.com/(?:[^/]+/)?(?:p|reel|tv)/"),
    "tiktok-embed": re.compile(r"//(?:www\.)?tiktok\.com/@[^/]+/video/"),
    "mastodon-embed": re.compile(r"//[^/]+/(?:@|users/)"),
    "bluesky-embed": re.compile(r"//bsky\.app/profile/[^/]+/post/"),
    "reddit-embed-bq": re.compile(r"//(?:www\.)?reddit\.com/r/[^/]+/comments/"),
    "reddit-card": re.compile(r"//(?:www\.)?reddit\.com/r/[^/]+/comments/"),
    "wp-embedded-content": re.compile(r"//"),
    "imgur-embed-pub": re.compile(r"//(?:www\.)?imgur\.com/"),
}


def embed_rows(body: Body, context: Context) -> tuple[Embed, ...]:
    """One row an embedded thing, in document order; advertisements and counters are none.

    url is the page of what is embedded where the provider's player addresses tell it. The same
    thing marked up twice running (a figure, its iframe and the noscript's copy) is one row.
    """
    rows: list[Embed] = []
    seen: set[str] = set()
    for spot in body.spots:
        if spot.element.name in _NEVER or spot.listing is not None or spot.footer:
            continue
        url = _address(spot.element, context)
        if url is None:
            continue
        provider, page = canonical_embed(url)
        if page not in seen:
            seen.add(page)
            rows.append(Embed(len(rows), spot.section, provider, page, embed_title(spot.element)))
    return tuple(rows)


def embed_address(element: Element) -> str | None:
    """The address as found of what an element plays or shows; None if it is an advertisement."""
    return next((a for a in _addresses(element) if a and not _NOTHING.match(a)), None)


def _address(element: Element, context: Context) -> str | None:
    url = resolve(embed_address(element), context.base_url)
    return url if is_web(url) else None


def _addresses(element: Element) -> Iterator[str | None]:
    name = element.name
    if name in _FRAMES:
        yield from _frame_addresses(element)
    elif name in _MEDIA:
        yield from _media_addresses(element)
    elif name == "script":
        src = element.attribute("src")
        yield _PLAYER_FILE.sub(r"\1\2\3", src) if src and _SCRIPTED.match(src) else None
        yield from placeholder_addresses(element)
    elif name == "blockquote":
        yield _post_address(element)
    else:
        yield from placeholder_addresses(element)


def _frame_addresses(element: Element) -> Iterator[str | None]:
    if _is_tiny(element) or (element.name == "embed" and _inside(element, "object")):
        return
    yield from map(element.attribute, ("src", "data", *_LAZY))
    if element.name == "object":
        for child in _inner(element, "param"):
            if child.attributes.get("name", "").lower() in ("movie", "src"):
                yield child.attribute("value")
        for child in _inner(element, "embed", "iframe"):
            yield child.attribute("src")
    # Medium: an empty frame with a link inside, which is plain text to an HTML parser
    inside = "".join(child for child in element.children if isinstance(child, str))
    yield from _HREF.findall(inside[:LENGTH])


def _media_addresses(element: Element) -> Iterator[str | None]:
    yield from map(element.attribute, ("src", "data-src"))
    for source in _inner(element, "source"):
        yield source.attribute("src")


def _post_address(element: Element) -> str | None:
    """The post that a quotation stands for: the last link of its kind, behind links in the text."""
    for name in element.classes:
        pattern = _POST_CLASSES.get(name.lower())
        if pattern is None:
            continue
        for attribute in ("cite", "data-instgrm-permalink", "data-bluesky-uri", "data-embed-url"):
            value = element.attribute(attribute)
            if value and pattern.search(value):
                return value
        hrefs = [href for a in _inner(element, "a") if (href := a.attribute("href"))]
        return next((href for href in reversed(hrefs) if pattern.search(href)), None)
    return None


def _inner(element: Element, *names: str) -> Iterator[Element]:
    """The elements of these names among the first nodes inside: hostile ones nest thousands."""
    for node in islice(element.descendants(), INSIDE):
        if isinstance(node, Element) and node.name in names:
            yield node


def _is_tiny(element: Element) -> bool:
    sizes = [element.attributes.get(name, "").strip() for name in ("width", "height")]
    return any(size in ("0", "1", "0px", "1px") for size in sizes)


def _inside(element: Element, name: str) -> bool:
    return any(ancestor.name == name for ancestor in islice(element.ancestors(), NEAR))


def embed_title(element: Element) -> str | None:
    """What the thing is called; None where only a kind of thing is named."""
    titles = map(element.attribute, ("title", "aria-label", "playlabel"))
    title = next(filter(None, titles), None) or data_title(element)
    return None if title and _GENERIC.fullmatch(title) else title
