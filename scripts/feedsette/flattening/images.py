"""Pictures: which one of an element's many addresses is meant, and what is said about it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from feedsette.flattening.addresses import is_web, resolve, split_address
from feedsette.flattening.blocks import GAP_OF
from feedsette.flattening.caches import remember
from feedsette.flattening.placeholders import gallery_of
from feedsette.flattening.proxies import picture_key, same_picture, unwrap
from feedsette.flattening.spots import Body, Context, Spot
from feedsette.markup import Element
from feedsette.rows import Image

INSIDE = 250
"""How many nodes inside a figure or picture are looked at, so that nested ones stay linear."""
SOURCES = 12
"""How many sources of a picture are compared."""
NEAR = 12
"""How many levels up a link, figure or noscript is looked for: feeds nest 20,000 deep."""

_NAMES = frozenset({"img", "amp-img", "picture"})
_ORIGINAL = ("data-orig-file", "data-full-url", "data-original-src")
_LAZY = (
    "data-src", "data-lazy-src", "data-original", "data-lazy", "data-lazyload", "data-actualsrc",
    "data-cfsrc", "data-ezsrc", "data-url", "data-image", "data-gatsby-src",
)  # fmt: skip
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_PLACEHOLDER = re.compile(
    r"data:|about:|\#|[^?]*+\?[^#]*blur\b|"
    r".*(?:/|^)(?:spacer|blank|empty|clear|transparent|pixel|1x1|1px|grey|gray|"
    r"lazy|loading|loader|placeholder|trans)[\w-]*+\.(?:gif|png|svg|jpe?g)(?:$|\?)",
    re.IGNORECASE | re.DOTALL,
)
_NOTHING = re.compile(
    r"data:|about:|\#|.*(?:/|^)(?:spacer|blank|empty|clear|transparent|pixel|1x1|1px|trans)"
    r"[\w-]*+\.(?:gif|png|svg|jpe?g)(?:$|\?)",
    re.IGNORECASE | re.DOTALL,
)
_DESCRIPTOR = re.compile(r"(\d{1,7}(?:\.\d{1,4})?)[wx]")
_NUMBER = re.compile(r"\s*+(\d{1,6})(?:\.\d*+)?\s*+(?:px)?\s*+")
_STYLE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d{1,6})(?:\.\d*)?px", re.IGNORECASE)
_EMOJI_CLASS = re.compile(r"(?:^|[\s_-])(?:wp-smiley|(?:tw)?emoji|emoticon|smiley)(?:$|[\s_-])")
_PARTED = dict.fromkeys((*GAP_OF, "br"), " ")
"""What parts the words before it from its own, in a caption of one line."""
_BOXES = frozenset({"wp-caption", "tr-caption-container", "figure", "imageblock", "gallery-item"})
_CAPTIONS = frozenset(
    {"wp-caption-text", "tr-caption", "caption", "image-caption", "figure-caption", "title"}
)
"""WordPress, Blogger, pandoc and docutils, themes; AsciiDoctor calls it the title of the block."""
_EMOJI_PATH = re.compile(r"/(?:images/)?(?:core/)?(?:tw)?emoji/|/smil(?:ies|eys?)/|/emoticons?/")
_PORTRAIT = re.compile(
    r"(?:^|\s)(?:[\w-]*[-_])?(?:avatar|favicon|site-icon|author-pic|bookmark-icon|publication-logo)"
    r"(?![^\W_])|crayons-logo|ltag__\w{0,20}pic"
)
"""Classes of a picture, or of the box around it, that shows who wrote and not what was written."""
_TRACKER = re.compile(
    r"//(?:[^/]*\.)?(?:"
    r"medium\.com/_/stat|feeds\.feedburner\.com/~|feedproxy\.google\.com/~|pixel\.wp\.com/"
    r"|stats\.wordpress\.com/|feeds\.wordpress\.com/1\.0/|blogger\.googleusercontent\.com/tracker/"
    r"|google-analytics\.com/|doubleclick\.net/|facebook\.com/tr\b|feedsportal\.com/"
    r"|quantserve\.com/|scorecardresearch\.com/|statcounter\.com/|ga-beacon\.appspot\.com/"
    r"|pheedo\.com/|feedads\.g\.|feedpress\.(?:me|it)/|substackcdn\.com/open\?|amazon-adsystem\."
    r"|assoc-amazon\.|counter\.theconversation\.|vgwort\.de/|rss-tracker\.|rss-pixel\."
    r"|zemanta\.com/|assets\.dev\.to/assets/)",
    re.IGNORECASE,
)
_TRACKER_FILE = re.compile(r"/(?:piwik|matomo)\.php|/(?:tracking|web-?bug)[\w-]{0,20}\.(?:gif|png)")


class ShownPicture:
    """One img (or a picture without img) with an address that can be shown."""

    def __init__(
        self, spot: Spot, element: Element, address: tuple[str, str], context: Context
    ) -> None:
        self.spot = spot
        self.element = element
        self.src, self.url = address
        near = list(_near(self.element))
        self.in_noscript = any(element.name == "noscript" for element in near)
        self.link = next((e for e in near if e.name == "a" and e.attribute("href")), None)
        self.link_url: str | None = None
        target = resolve(self.link.attribute("href"), context.base_url) if self.link else None
        if target and is_web(target):
            original = unwrap(target)
            self.link_url = target
            if same_picture(original, self.url):  # then the link leads to the larger one
                self.url = self.link_url = original
        elif target and split_address(target).scheme == "mailto":
            self.link_url = target

    @cached_property
    def size(self) -> tuple[int | None, int | None]:
        """Declared width and height in pixels."""
        return _size(self.element)


def image_rows(pictures: Sequence[ShownPicture]) -> tuple[Image, ...]:
    """One row a picture, in document order; a noscript's doubles are none."""
    kept = pictures
    if any(picture.in_noscript for picture in pictures):
        shown = {picture_key(picture.url) for picture in pictures if not picture.in_noscript}
        kept = [p for p in pictures if not (p.in_noscript and picture_key(p.url) in shown)]
    captions = _Captions()
    return tuple(
        Image(
            position=position,
            section=picture.spot.section,
            url=picture.url,
            src=picture.src,
            alt=picture.element.attribute("alt"),
            title=picture.element.attribute("title"),
            caption=captions.of(picture.element),
            width=picture.size[0],
            height=picture.size[1],
            link_url=picture.link_url,
        )
        for position, picture in enumerate(kept)
    )


def pictures_by_link(pictures: Iterable[ShownPicture]) -> dict[int, list[str]]:
    """The addresses of the pictures that each `<a>` wraps, by id() of the `<a>` element."""
    wrapped: dict[int, list[str]] = {}
    for picture in pictures:
        if picture.link is not None:
            wrapped.setdefault(id(picture.link), []).append(picture.url)
    return wrapped


def read_pictures(body: Body, context: Context) -> list[ShownPicture]:
    """What an article shows, in document order; pixels and emoji are no pictures.

    A picture whose only address is a data: URI has no address and is none either.
    """
    return list(_read_pictures(body.spots, context))


def _read_pictures(spots: tuple[Spot, ...], context: Context) -> Iterator[ShownPicture]:
    for spot, element in _elements(spots):
        if element.name not in _NAMES or spot.listing is not None:
            continue
        if element.name == "picture" and next(_inside(element, "img"), None) is not None:
            continue
        src = _source(element)
        url = resolve(src, context.base_url)
        if src and url and is_web(url) and not _is_decoration(element, url):
            yield ShownPicture(spot, element, (src, unwrap(url)), context)


def _elements(spots: tuple[Spot, ...]) -> Iterator[tuple[Spot, Element]]:
    """Every element that a spot stands for: itself, or the pictures of an unwritten gallery."""
    for spot in spots:
        if "data-attrs" in spot.element.attributes and not spot.element.children:
            yield from ((spot, picture) for picture in gallery_of(spot.element))
        yield spot, spot.element


def _source(element: Element) -> str | None:
    """The address as found that shows the picture best, or None if all are placeholders."""
    sets = [value for name in _SETS if (value := element.attribute(name))]
    candidates = [
        *(element.attribute(name) for name in _ORIGINAL),
        _largest(", ".join(sets)),
        element.attribute("src"),
        *(element.attribute(name) for name in _LAZY),
        *(_largest(source.attribute("srcset")) for source in _sources(element)),
    ]
    real = next((c for c in candidates if c and not _PLACEHOLDER.match(c)), None)
    # `loading.gif` alone is what an article about loading shows
    return real or next((c for c in candidates if c and not _NOTHING.match(c)), None)


def _sources(element: Element) -> Iterator[Element]:
    # libxml2 does not know that source is void, and puts what follows inside it
    around = (element, *_near(element))
    box = next((near for near in around if near.name == "picture"), None)
    return islice(_inside(box, "source"), SOURCES) if box else iter(())


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The elements of a name among the first INSIDE nodes: hostile pictures nest without end."""
    nodes = islice(element.descendants(), INSIDE)
    return (node for node in nodes if isinstance(node, Element) and node.name == name)


def _largest(srcset: str | None) -> str | None:
    """The candidate with the greatest width or density."""
    best: tuple[float, str | None] = (0.0, None)
    for address, descriptor in _candidates(srcset or ""):
        number = _DESCRIPTOR.match(descriptor or "1x")
        size = float(number[1]) if number else 0.5
        if size > best[0] and not _PLACEHOLDER.match(address):
            best = (size, address)
    return best[1]


def _candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """Addresses with their descriptors (HTML §4.8.4.2.1): a comma inside an address is its own."""
    address = ""
    for token in srcset.split():
        if address:
            descriptor, comma, token = token.partition(",")
            yield address, descriptor
            address = ""
            if not comma:  # a second descriptor has no comma in between; ours is the first
                continue
        token = token.lstrip(",")
        if token.endswith(","):
            yield token.rstrip(","), ""
        else:
            address = token
    if address:
        yield address, ""


def _is_decoration(element: Element, url: str) -> bool:
    width, height = _size(element)
    small = (width is not None and width <= 1, height is not None and height <= 1)
    if all(small) or 0 in (width, height) or (any(small) and None in (width, height)):
        return True
    if _is_symbol(element.attribute("alt")) and (width or 0) <= 32 and (height or 0) <= 32:
        return True
    if _is_portrait(element.attributes.get("class", "")) or (
        element.parent is not None and _is_portrait(element.parent.attributes.get("class", ""))
    ):
        return True
    if _EMOJI_CLASS.search(" ".join(element.classes)) or _EMOJI_PATH.search(url):
        return True
    start = url.partition(":")[2][:1000]
    return bool(_TRACKER.match(start) or _TRACKER_FILE.search(start))


@remember
def _is_portrait(classes: str) -> bool:
    # Discourse calls the picture of a page `thumbnail onebox-avatar` where it is square
    return bool(classes) and "thumbnail" not in classes and bool(_PORTRAIT.search(classes))


def _is_symbol(alt: str | None) -> bool:
    """True for 🙂: one emoji with its modifiers, which have the categories S, M and Cf."""
    return alt is not None and all(unicodedata.category(sign)[0] in "SMC" for sign in alt)


def _size(element: Element) -> tuple[int | None, int | None]:
    """Declared width and height in pixels; percentages and `auto` are None."""
    styled = dict(_STYLE.findall(element.attributes.get("style", "").lower()))
    return _pixels(element, "width", styled), _pixels(element, "height", styled)


def _pixels(element: Element, name: str, styled: dict[str, str]) -> int | None:
    match = _NUMBER.fullmatch(element.attributes.get(name, ""))
    value = match[1] if match else styled.get(name)
    return int(value) if value is not None else None


def _near(element: Element) -> Iterator[Element]:
    for _, ancestor in zip(range(NEAR), element.ancestors(), strict=False):
        yield ancestor


class _Captions:
    """Captions, read once for each figure: a hostile one holds thousands of pictures."""

    def __init__(self) -> None:
        self._known: dict[int, str | None] = {}

    def of(self, element: Element) -> str | None:
        """The caption of the nearest figure around the element."""
        for box in _near(element):
            if box.name == "figure" or not _BOXES.isdisjoint(box.classes):
                if id(box) not in self._known:
                    self._known[id(box)] = _caption(box)
                return self._known[id(box)]
        return None


def _caption(box: Element) -> str | None:
    stack: list[Element | str] = box.children[::-1]
    for _ in range(INSIDE):
        if not stack:
            break
        node = stack.pop()
        # a figure inside has a caption of its own
        if isinstance(node, str) or node.name == "figure":
            continue
        stack.extend(reversed(node.children))
        if node.name == "figcaption" or not _CAPTIONS.isdisjoint(node.classes):
            return _words(node) or None
        if "figure-number" in node.classes and node.parent is not None:  # Org
            return _words(node.parent)
    return None


def _words(element: Element) -> str:
    nodes = islice(element.descendants(), INSIDE)
    words = (node if isinstance(node, str) else _PARTED.get(node.name, "") for node in nodes)
    return " ".join("".join(words).split())
