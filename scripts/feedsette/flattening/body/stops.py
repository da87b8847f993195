"""Where the walk stops for the extractors: which elements are spots, and what these say."""

from feedsette.flattening.formulas import drawn_text, repeats_tex
from feedsette.flattening.placeholders import data_text, is_placeholder
from feedsette.markup import Element

_SPOTS = frozenset(
    {"img", "picture", "video", "audio", "iframe", "embed", "object", "script", "blockquote",
     "amp-img", "amp-iframe"}
)  # fmt: skip


def is_spot(element: Element) -> bool:
    """True for a link, a picture, a player, a quotation, and what a script would fill."""
    if element.name == "a":
        return "href" in element.attributes
    return element.name in _SPOTS or is_placeholder(element)


def words_of_spot(element: Element) -> str:
    """What an element says without children: a drawn formula, unless its TeX is read anyway."""
    drawn = drawn_text(element)
    if drawn and repeats_tex(element):
        return ""
    return drawn or data_text(element) or ""


def links_of_caption(figure: Element) -> list[Element]:
    """Links in a listing's figcaption: Octopress and Hexo write there where the code was found."""
    if figure.name != "figure":
        return []
    caption = next((one for one in figure.elements if one.name == "figcaption"), None)
    if caption is None:
        return []
    return [link for link in caption.find_all("a") if "href" in link.attributes]
