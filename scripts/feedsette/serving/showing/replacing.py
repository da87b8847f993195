"""What a page shows in place of an element: a picture, a link to what is played, TeX, a sign.

The flattening decides what a picture or a player is and which of its addresses counts, so that the
page shows what the tables say.
"""

from urllib.parse import urlsplit

from markupsafe import escape

from feedsette.flattening.addresses.resolving import is_web
from feedsette.flattening.decoration import is_decoration, is_emoji
from feedsette.flattening.embeds import embed_address, embed_title
from feedsette.flattening.formulas import drawn_text, formula_text, repeats_tex
from feedsette.flattening.pictures.candidates import elements_inside, source_of
from feedsette.flattening.placeholders import data_text, gallery_of, is_placeholder
from feedsette.flattening.visibility import Sight, sight_of
from feedsette.markup import Element
from feedsette.serving.showing.sanitising import INLINE_PICTURE, pair, resolved

_PICTURES = frozenset(("img", "amp-img", "picture"))
_PLAYERS = frozenset(("iframe", "embed", "object", "video", "audio", "amp-iframe"))
_SHOWN = ("img", "picture", "iframe", "video", "audio", "pre", "code")
"""What is shown wherever it stands: tabs hide it until a reader asks."""


def shown_instead(node: Element, base: str | None) -> str | None:
    """HTML to show without the element's children; None for what is shown by its own tags."""
    if node.name in _PICTURES:
        if node.name == "picture" and next(elements_inside(node, "img"), None) is not None:
            return None
        return _picture(node, base)
    if node.name in ("math", "script"):
        formula = formula_text(node)
        if formula is not None:
            return f'<code class="math">{escape(formula.strip())}</code>'
        return _player(node, base) if node.name == "script" else ""
    if node.name in _PLAYERS:
        return _player(node, base)
    return _placeholder(node, base) if is_placeholder(node) else None


def is_left_out(node: Element) -> bool:
    """Whether an element is hidden from readers, or furniture, with nothing in it to be shown."""
    if sight_of(node) is Sight.SHOWN:
        return False
    return next(node.find_all(*_SHOWN), None) is None


def _picture(node: Element, base: str | None) -> str:
    source = source_of(node) or node.attribute("src")
    inline = source and INLINE_PICTURE.fullmatch(source)
    address = source if inline else resolved(source, base)
    if not address or address[0] == "#" or address.lower().startswith("mailto:"):
        return ""
    alt = node.attribute("alt") or ""
    if not inline and is_emoji(node, address):
        return str(escape(alt))
    if is_decoration(node, address) or _says_twice(node):
        return ""
    sizes = "".join(
        pair(name, value)
        for name in ("width", "height")
        if (value := (node.attribute(name) or "").removesuffix("px")).isdigit()
    )
    return (
        f"<img{pair('src', address)}{pair('alt', alt)}{sizes}"
        ' loading="lazy" decoding="async" referrerpolicy="no-referrer">'
    )


def _says_twice(node: Element) -> bool:
    """Whether a picture draws the formula that is shown as TeX just beside it."""
    preview = node.parent is not None and "MathJax_Preview" in node.parent.classes
    return (preview or drawn_text(node) is not None) and repeats_tex(node)


def _player(node: Element, base: str | None) -> str:
    address = resolved(embed_address(node), base)
    return _card(address, embed_title(node)) if address and address[0] != "#" else ""


def _placeholder(node: Element, base: str | None) -> str | None:
    """What a script would draw; None where the element says itself what a reader is to see."""
    text = node.raw_text().strip()
    if text and not (is_web(text) and len(text.split()) == 1):
        return None
    pictures = "".join(_picture(picture, base) for picture in gallery_of(node))
    return pictures or str(escape(data_text(node) or "")) or _player(node, base)


def _card(address: str, title: str | None) -> str:
    host = (urlsplit(address).hostname or "").removeprefix("www.") or address
    return (
        f'<p class="embed"><a{pair("href", address)} rel="nofollow noopener noreferrer ugc">'
        f"{escape(title or 'Embedded content')} <span>{escape(host)}</span></a></p>"
    )
