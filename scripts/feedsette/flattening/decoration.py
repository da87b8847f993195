"""Pictures that are not what an article shows: pixels that count, emoji, portraits, icons."""

import re
import unicodedata

from feedsette.flattening.addresses.resolving import LONGEST
from feedsette.flattening.caches import remember
from feedsette.markup import Element

_NUMBER = re.compile(r"\s*+(\d{1,6})(?:\.\d*+)?\s*+(?:px)?\s*+")
_STYLE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d{1,6})(?:\.\d*)?px", re.IGNORECASE)
_LETTER = re.compile(
    r"(?:^|[;\s])(width|height)\s*:\s*(?:1(?:\.\d{0,9})?|0?\.\d{1,9})r?em\b", re.IGNORECASE
)
_EMOJI_CLASS = re.compile(r"(?:^|[\s_-])(?:wp-smiley|(?:tw)?emoji|emoticon|smiley)(?:$|[\s_-])")
_EMOJI_PATH = re.compile(r"/(?:images/)?(?:core/)?(?:tw)?emoji/|/smil(?:ies|eys?)/|/emoticons?/")
EMOJI_PIXELS = 32
_PHOTO = re.compile(r"\.jpe?g(?:$|[?#])", re.IGNORECASE)
"""Emoji are drawn: a photograph of a sign is what is shown."""
_SOURCES = ("src", "data-src")
_PORTRAIT = re.compile(
    r"(?:^|\s)(?:[\w-]*[-_])?(?:avatar|favicon|site-icon|author-pic|bookmark-(?:link-)?icon|publication-logo"
    r"|hatena-id-icon)"  # stands before the name of whoever is mentioned
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
    r"|zemanta\.com/)",
    re.IGNORECASE,
)
_ICON = re.compile(
    r"//(?:assets\.dev\.to/assets/|l-stat\.livejournal\.(?:com|net)/img/|www\.dreamwidth\.org/img/)"
)
"""What Forem draws beside the cards that it makes of links, and LiveJournal before names."""
_ICON_FILE = re.compile(r"/modules/file(?:field)?/icons/")
"""What Drupal draws before the name of an attached file: its kind."""
_TRACKER_FILE = re.compile(r"/(?:piwik|matomo)\.php|/(?:tracking|web-?bug)[\w-]{0,20}\.(?:gif|png)")


def is_decoration(element: Element, url: str) -> bool:
    """Whether a picture, shown from an absolute address, is no part of what was written."""
    width, height = declared_size(element)
    small = (width is not None and width <= 1, height is not None and height <= 1)
    if all(small) or 0 in (width, height) or (any(small) and None in (width, height)):
        return True
    if _is_portrait(element.attributes.get("class", "")) or (
        element.parent is not None and _is_portrait(element.parent.attributes.get("class", ""))
    ):
        return True
    if is_emoji(element, url) or _is_letter(element):
        return True
    start = url.partition(":")[2][:1000]
    return counts(url) or bool(
        _TRACKER_FILE.search(start) or _ICON.match(start) or _ICON_FILE.search(start)
    )


def _is_letter(element: Element) -> bool:
    """Whether its style makes it as large as a letter: Weibo's icons before topics and places."""
    style = element.attributes.get("style")
    return style is not None and "em" in style and len(set(_LETTER.findall(style.lower()))) > 1


def counts(url: str) -> bool:
    """Whether an absolute address is of a host that counts readers or shows them advertisements."""
    return _TRACKER.match(url.partition(":")[2][:1000]) is not None


def is_emoji(element: Element, url: str) -> bool:
    """Whether a picture stands for a sign in the text: its alt text is that sign then."""
    classes = element.attributes.get("class")
    if classes and _EMOJI_CLASS.search(classes):
        return True
    if ("emo" in url or "smil" in url) and _EMOJI_PATH.search(url[:LONGEST]):
        return True
    return (
        _is_symbol(element.attribute("alt"))
        and all((length or 0) <= EMOJI_PIXELS for length in declared_size(element))
        and not any(_PHOTO.search(element.attributes.get(name, "")) for name in _SOURCES)
    )


@remember
def _is_portrait(classes: str) -> bool:
    # Discourse calls the picture of a page `thumbnail onebox-avatar` where it is square
    return bool(classes) and "thumbnail" not in classes and bool(_PORTRAIT.search(classes))


def _is_symbol(alt: str | None) -> bool:
    """True for 🙂: one emoji with its modifiers, which have the categories S, M and Cf."""
    return alt is not None and all(unicodedata.category(sign)[0] in "SMC" for sign in alt)


def declared_size(element: Element) -> tuple[int | None, int | None]:
    """Declared width and height in pixels; percentages and `auto` are None."""
    style = element.attributes.get("style")
    styled = dict(_STYLE.findall(style.lower())) if style else {}
    return _pixels(element, "width", styled), _pixels(element, "height", styled)


def _pixels(element: Element, name: str, styled: dict[str, str]) -> int | None:
    match = _NUMBER.fullmatch(element.attributes.get(name, ""))
    value = match[1] if match else styled.get(name)
    return int(value) if value is not None else None
