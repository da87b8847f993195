"""Pictures: which one of an element's many addresses is meant, and what is said about it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from feedsette.flattening.addresses.proxies import picture_key, same_picture, unwrap
from feedsette.flattening.addresses.resolving import is_web, resolve, split_address
from feedsette.flattening.decoration import declared_size, is_decoration
from feedsette.flattening.footers.sharing import is_share_link
from feedsette.flattening.formulas import drawn_text
from feedsette.flattening.pictures.candidates import NEAR, elements_inside, source_of
from feedsette.flattening.pictures.figures import Captions
from feedsette.flattening.placeholders import gallery_of
from feedsette.flattening.text.spots import Body, Context, Spot
from feedsette.flattening.visibility import FOOTER, sight_of
from feedsette.markup import Element
from feedsette.rows import Image

_NAMES = frozenset({"img", "amp-img", "picture"})


class ShownPicture:
    """One img (or a picture without img) with an address that can be shown."""

    def __init__(
        self, spot: Spot, element: Element, address: tuple[str, str], context: Context
    ) -> None:
        self.spot = spot
        self.element = element
        self.src, self.url = address
        near = list(islice(self.element.ancestors(), NEAR))
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
        return declared_size(self.element)


def image_rows(pictures: Sequence[ShownPicture]) -> tuple[Image, ...]:
    """One row a picture, in document order; a noscript's doubles are none."""
    kept = pictures
    if any(picture.in_noscript for picture in pictures):
        shown = {picture_key(picture.url) for picture in pictures if not picture.in_noscript}
        kept = [p for p in pictures if not (p.in_noscript and picture_key(p.url) in shown)]
    captions = Captions()
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
    """What an article shows, in document order; pixels, emoji and formulas are no pictures.

    A formula's TeX stands in the text. A picture whose only address is a data: URI has no address
    and is none either.
    """
    return list(_read_pictures(body.spots, context))


def _read_pictures(spots: tuple[Spot, ...], context: Context) -> Iterator[ShownPicture]:
    for spot, element in _elements(spots):
        if element.name not in _NAMES or spot.listing is not None or _is_of_bar(spot):
            continue
        if element.name == "picture" and next(elements_inside(element, "img"), None) is not None:
            continue
        src, url = _address_of(element, context.base_url)
        if not (src and url and is_web(url)) or is_decoration(element, url):
            continue
        if not drawn_text(element):
            yield ShownPicture(spot, element, (src, unwrap(url)), context)


def _address_of(element: Element, base: str | None) -> tuple[str | None, str | None]:
    """The address that shows the picture best, as found and absolute.

    Programs that make static copies of a site cut its host out of srcset and may leave src whole.
    """
    src = source_of(element)
    url = resolve(src, base)
    if src and not url:
        src = element.attribute("src")
        url = resolve(src, base)
    return src, url


def _is_of_bar(spot: Spot) -> bool:
    """Whether a class around it names a plugin's bar, or a link shares: its pictures are icons.

    Words make a footer of a paragraph, too; a photo in it is the article's.
    """
    around = islice(spot.element.ancestors(), NEAR) if spot.footer else ()
    return any(sight_of(box) is FOOTER or is_share_link(box) for box in around)


def _elements(spots: tuple[Spot, ...]) -> Iterator[tuple[Spot, Element]]:
    """Every element that a spot stands for: itself, or the pictures of an unwritten gallery."""
    for spot in spots:
        if "data-attrs" in spot.element.attributes and not spot.element.children:
            for picture in gallery_of(spot.element):
                yield spot, picture
        yield spot, spot.element
