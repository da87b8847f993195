"""Elements that a script would turn into a player: their attributes name what it plays."""

import json
from collections.abc import Iterator

from feedsette.flattening.addresses import is_web
from feedsette.markup import Element

_ELEMENTS = frozenset({"lite-youtube", "amp-youtube", "lite-vimeo"})
_CLASSES = frozenset({"codepen", "speakerdeck-embed", "wp-block-embed"})


def is_placeholder(element: Element) -> bool:
    """True if the element may be one; called for every element, so it looks at little."""
    attributes = element.attributes
    if not attributes:
        return False
    if element.name in _ELEMENTS or "data-attrs" in attributes:
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
    if "speakerdeck-embed" in classes and (deck := element.attribute("data-id")):
        yield f"https://speakerdeck.com/player/{deck}"
    if "wp-block-embed" in classes and next(element.find_all("iframe", "blockquote"), None) is None:
        text = element.raw_text().split()
        yield text[0] if text and is_web(text[0]) else None
    yield from _data_addresses(element)


def _data_addresses(element: Element) -> Iterator[str | None]:
    """Substack: an empty div whose data-attrs, in JSON, name the video, post or track."""
    text = element.attribute("data-attrs")
    if not text or not text.startswith("{"):
        return
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(found, dict):
        return
    video = found.get("videoId")
    if isinstance(video, str):
        site = "vimeo.com/" if "vimeo" in " ".join(element.classes) else "www.youtube.com/watch?v="
        yield f"https://{site}{video}"
    if "tweet" in element.classes or "Embed" in (element.attribute("data-component-name") or ""):
        url = found.get("url")
        yield url if isinstance(url, str) else None
