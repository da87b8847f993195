"""An article's HTML → its text, sections, and the spots where something else begins.

One walk over the tree serves every table: it writes the text, and leaves a Spot wherever an
extractor (links.py, images.py, embeds.py, code.py) has something to read.
"""

import re

from feedsette.flattening.body.sections import cut_sections
from feedsette.flattening.body.veils import unveil
from feedsette.flattening.body.walks import Walk
from feedsette.flattening.footers.finding import find_footers
from feedsette.flattening.listings.adjoining import join_adjoining
from feedsette.flattening.listings.parted import with_whole_listings
from feedsette.flattening.listings.typewriting import gather_typed_lines
from feedsette.flattening.text.spots import Body, OpenSpot
from feedsette.markup import Element, parse_html

_PARTED = re.compile(
    r"<(?:p|br|div|pre|code|textarea|table|script|style|svg|math)\b", re.IGNORECASE
)
"""What parts paragraphs, or holds blank lines that part nothing."""
_TAG_OR_BREAK = re.compile(r"<[^<>]*>|\n\s*")
_ITEM = re.compile(
    r"(?<=\S)[ \t]*+\n(?=[ \t]{0,8}"
    r"(?:[-*•–·▪►]|\d{1,2}[.)]|[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?)[ \t]{1,8}\S)"
)
"""The end of a line before an item of a list, or a chapter, that was typed without a tag."""
_UNWRAPPED = re.compile(
    r"(?m)^(?:[^\n<]{121}|[^\n<]{0,20}[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af][^\n<]{45})"
)
"""A line wider than the 120 columns at which programs break lines at most, or one of 46 characters
with Chinese, Japanese or Korean at its begin, which hardly any program breaks: each break would
show as a blank. Lines with addresses tell nothing, for these are never broken."""
_LINE = re.compile(r"(?<=\S)[ \t\r]*+\n(?=[ \t]*+[^\s])")
_SENTENCE = re.compile(r"[^<]|<(?:a|abbr|b|cite|em|i|img|q|span|strong|u)\b", re.IGNORECASE)
_PLAYER_TAG = {
    name: re.compile(
        rf"<({name})\b[^<>]*+>((?:\s*+<(?:source|track)\b[^<>]*+>(?:\s*+</(?:source|track)>)?)*+)"
        r"([^<]{0,300}+)"
    )
    for name in ("audio", "video")
}
"""A player's tag, its recordings, and the words behind them."""
_APOLOGY = re.compile(
    r"browser|navegador|navigat(?:eur|ore)|nettleser|webbläsare|przegl[ąa]dark|prohlížeč|tarayıcı|"
    r"браузер|浏览器|瀏覽器|ブラウザ|브라우저|דפדפן|متصفح|مرورگر",
    re.IGNORECASE,
)
"""Words for a browser in what is said to those that cannot play it."""
_MARKUP = re.compile(r"<(?!/?p>|br ?/?>|!--)")
"""Any but what plain text becomes."""
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9_/=])https?://(?=\w)[^\s<>\"'`|\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{4,2000}"
)
"""Up to white space, a quotation mark or a character of a script without blanks."""
_ESCAPED_MARK = re.compile("&(?:[lg]t|quot|nbsp|#39|#34);")
_PLAYERS = frozenset({"img", "picture", "iframe", "video", "audio", "amp-img", "amp-iframe"})


def read_body(html: str, title: str | None = None, url: str | None = None) -> Body:
    """Read an article's HTML; title and url tell whether a footer speaks of this very article."""
    root = read_tree(html)
    footers = find_footers(root, title, url)
    walk = Walk(footers, url, title)
    walk.run(root)
    text = walk.text()
    spots = _without_doubles(walk.spots)
    opening = any(spot.section == 0 for spot in spots)
    sections, words = cut_sections(text, walk.outline.headings, opening)
    return Body(
        text=text,
        words=words,
        sections=sections,
        spots=tuple(spot.frozen() for spot in spots),
        tree=root,
        canonical_url=footers.canonical_url,
    )


def read_text(html: str, title: str | None = None, url: str | None = None) -> str:
    """The text of an article's HTML, where nothing else of it is wanted."""
    body = read_body(html, title, url)
    body.tree.dissolve()
    return body.text


def read_tree(html: str) -> Element:
    """The tree of an article's HTML, mended: what the tables are made of, and its page."""
    mended = unveil(with_whole_listings(with_ends(html)))
    root = parse_html(with_paragraphs(with_links(mended)))
    gather_typed_lines(root, html)
    join_adjoining(root, html)
    return root


def with_ends(html: str) -> str:
    """End players that were left open: all behind them would be what stands in for a player."""
    for name in ("audio", "video"):
        if f"<{name}" in html and f"</{name}" not in html:
            html = _PLAYER_TAG[name].sub(_ended, html)
    return html


def _ended(tag: re.Match[str]) -> str:
    whole, name, words = tag[0], tag[1], tag[3]
    if "src" not in whole:
        return whole
    if _APOLOGY.search(words):
        return f"{whole}</{name}>"
    return f"{whole[: len(whole) - len(words)]}</{name}>{words}"


def with_links(html: str) -> str:
    """Make links of the addresses in plain text, as every program does that shows it: the notes of
    a video or a podcast have no others. One paragraph alone is markup: plain text is none or many.
    """
    if "://" not in html or _MARKUP.search(html) or html.count("<p>") == 1:
        return html
    return _ADDRESS.sub(_linked, html)


def _linked(found: re.Match[str]) -> str:
    """An address as a link to itself; what ends a sentence is no part of it."""
    url = _ESCAPED_MARK.split(found[0], maxsplit=1)[0].rstrip(".,;:!?…*_")
    for _ in range(2):  # `(see [https://e.org]).`
        if url.endswith((")", "]")) and url.count(url[-1]) > url.count("(["[url[-1] == "]"]):
            url = url[:-1].rstrip(".,;:!?…*_")
    return f'<a href="{url}">{url}</a>{found[0][len(url) :]}'


def with_paragraphs(html: str) -> str:
    """Begin paragraphs at the blank lines of HTML that parts none: plain text, and what WordPress
    keeps and exports, which becomes paragraphs where it is shown. Without any tag, items of a list
    stay on lines of their own, and so do all lines if no program has broken them: in summaries
    that Zenn, Qiita and others have freed of their tags each is a heading, an item or a paragraph.
    """
    if "\n" not in html or _PARTED.search(html):
        return html
    if "<" not in html.replace("<a ", "").replace("</a>", ""):
        ends = _LINE if _UNWRAPPED.search(html) else _ITEM
        if ends is _LINE or len(ends.findall(html)) > 1:
            html = ends.sub("\n<br>", html)
    return _TAG_OR_BREAK.sub(_paragraph, html)


def _paragraph(found: re.Match[str]) -> str:
    """A blank line before words as the begin of a paragraph; all else as it stands."""
    text = found[0]
    if text.count("\n") < 2 or text[0] == "<" or not _SENTENCE.match(found.string, found.end()):
        return text
    return "\n<p>"


def _without_doubles(spots: list[OpenSpot]) -> list[OpenSpot]:
    """Leave out what a noscript repeats: a lazy picture stands beside its own double."""
    if all(spot.noscript is None for spot in spots):
        return spots
    doubled: set[int] = set()
    for row in (spots, spots[::-1]):
        latest: Element | None = None
        for spot in row:
            if spot.noscript is None:
                latest = spot.element if _is_player(spot.element) else latest
            elif latest is not None and _is_beside(latest, spot.noscript):
                doubled.add(id(spot.noscript))
    return [spot for spot in spots if spot.noscript is None or id(spot.noscript) not in doubled]


def _is_player(element: Element) -> bool:
    """True for what can be shown; an image of which only the noscript has the address cannot."""
    if element.name not in _PLAYERS:
        return False
    values = element.attributes.items()
    return element.name != "img" or any(
        "src" in name and value and not value.lstrip().startswith("data:") for name, value in values
    )


def _is_beside(element: Element, noscript: Element) -> bool:
    parent = element.parent
    return parent is noscript.parent or (parent is not None and parent.parent is noscript.parent)
