"""Elements that a script would fill: their attributes name what it plays, draws or writes."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from feedsette.flattening.addresses.resolving import is_web
from feedsette.markup import Element

_ELEMENTS = frozenset({"lite-youtube", "amp-youtube", "lite-vimeo"})
_NO_EMBED = re.compile("button|subscri|mention|cashtag|install|image|gallery|widget", re.IGNORECASE)
"""Substack's own furniture, which names addresses too."""
_CLASSES = frozenset(
    {"codepen", "speakerdeck-embed", "wp-block-embed", "fb-post", "fb-video", "flourish-embed",
     "gistLoad", "elementor-widget-video"}
)  # fmt: skip
_FEW = 20
"""Nodes in a box that are looked at."""
_GIST = re.compile(r"(?:[\w-]{1,40}/)?[0-9a-f]{5,40}")


def is_placeholder(element: Element) -> bool:
    """True if the element may be one; called for every element, so it looks at little."""
    attributes = element.attributes
    if not attributes:
        return False
    if element.name in _ELEMENTS or "data-attrs" in attributes or "data-gist-id" in attributes:
        return True
    names = attributes.get("class")
    return names is not None and any(name in _CLASSES for name in names.split())


def placeholder_addresses(element: Element) -> Iterator[str | None]:
    """The addresses of what the element would show, likeliest first."""
    video = element.attribute("videoid") or element.attribute("video-id")
    if element.name in _ELEMENTS:
        video = video or element.attribute("data-videoid")
        site = "vimeo.com/" if "vimeo" in element.name else "www.youtube.com/watch?v="
        yield f"https://{site}{video}" if video else None
    classes = element.classes
    if "codepen" in classes and (slug := element.attribute("data-slug-hash")):
        yield f"https://codepen.io/{element.attribute('data-user') or 'anon'}/pen/{slug}"
    if "fb-post" in classes or "fb-video" in classes:
        yield element.attribute("data-href")
    if "flourish-embed" in classes and (chart := element.attribute("data-src")):
        yield f"https://public.flourish.studio/{chart}"
    yield _gist_of(element, classes)
    if post := element.attribute("data-telegram-post"):
        yield f"https://t.me/{post}"
    if "speakerdeck-embed" in classes and (deck := element.attribute("data-id")):
        yield f"https://speakerdeck.com/player/{deck}"
    if "wp-block-embed" in classes:
        yield _first_address(element)
    yield _setting(element, classes)
    yield from _data_addresses(element)


def _first_address(box: Element) -> str | None:
    """The address with which the words in WordPress's box begin, if nothing plays in there."""
    inside = list(islice(box.descendants(), _FEW))  # boxes may be nested thousands deep
    names = {node.name for node in inside if isinstance(node, Element)}
    words = "".join(node for node in inside if isinstance(node, str)).split()
    if not words or len(inside) == _FEW or not names.isdisjoint({"iframe", "blockquote"}):
        return None
    return words[0] if is_web(words[0]) else None


def _setting(element: Element, classes: Sequence[str]) -> str | None:
    """The video that Elementor puts into its empty widget: `{"youtube_url": "…"}`."""
    if "elementor-widget-video" not in classes:
        return None
    found = read_object(element.attributes.get("data-settings", "").strip())
    return _word(found, f"{_word(found, 'video_type') or 'youtube'}_url")


def _gist_of(element: Element, classes: Sequence[str]) -> str | None:
    """A gist that a script fetches by its number, as in templates of Blogger."""
    own = element.attribute("data-id") if "gistLoad" in classes else None
    gist = element.attribute("data-gist-id") or own
    return f"https://gist.github.com/{gist}" if gist and _GIST.fullmatch(gist) else None


def _data_addresses(element: Element) -> Iterator[str | None]:
    """Substack: an empty div whose data-attrs name the video, post, chart or track."""
    found = _data_of(element)
    video = _word(found, "videoId")
    if video:
        site = "vimeo.com/" if "vimeo" in " ".join(element.classes) else "www.youtube.com/watch?v="
        yield f"https://{site}{video}"
    picture = _word(found, "instagram_id")
    yield f"https://www.instagram.com/p/{picture}/" if picture else None
    kind = f"{element.attributes.get('class')} {element.attributes.get('data-component-name')}"
    if found and not _NO_EMBED.search(kind):
        yield _word(found, "url")
        yield _word(found, "canonical_url")


def read_object(text: str) -> dict[str, Any]:
    """The object that an attribute holds in JSON; empty if there is none. Not to be changed."""
    return _read_object(text) if text.startswith("{") else {}


@lru_cache(maxsize=2)  # of one element, which is asked for its title, its picture and its address
def _read_object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _data_of(element: Element) -> dict[str, Any]:
    return read_object(element.attributes.get("data-attrs", "").strip())


def data_title(element: Element) -> str | None:
    """What data-attrs call the thing."""
    return _word(_data_of(element), "title")


def data_text(element: Element) -> str | None:
    """What a script would write into an empty element: a formula, a name, a gallery's caption."""
    found = _data_of(element)
    name = _word(found, "name") if "mention" in element.attributes.get("class", "") else None
    return _word(found, "persistentExpression") or name or _word(_gallery(found), "caption")


def gallery_of(element: Element) -> list[Element]:
    """The pictures that a script would put into an empty element, in a figure of their own."""
    gallery = _gallery(_data_of(element))
    images = gallery.get("images")
    if not isinstance(images, list):
        return []
    figure = Element("figure", {}, element.parent)
    alt = _word(gallery, "alt") or ""
    sources = [_word(one, "src") for one in images if isinstance(one, dict)]
    pictures = [Element("img", {"src": src, "alt": alt}, figure) for src in sources if src]
    caption = Element("figcaption", {}, figure)
    caption.children.append(_word(gallery, "caption") or "")
    figure.children.extend((*pictures, caption))
    return pictures


def _gallery(found: dict[str, Any]) -> dict[str, Any]:
    gallery = found.get("gallery")
    return gallery if isinstance(gallery, dict) else {}


def _word(found: dict[str, Any], key: str) -> str | None:
    value = found.get(key)
    return value.strip() or None if isinstance(value, str) else None
