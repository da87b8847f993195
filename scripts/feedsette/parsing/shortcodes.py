"""WordPress's shortcodes → the markup that its pages show for them.

Those of captions, galleries, recordings, embeds and listings; what plugins add stays as it is.
"""

import re
from collections.abc import Callable
from html import escape

Gallery = Callable[[str], str]
"""Numbers of pictures, or none, → their HTML."""

MOST = 1000
"""Characters of a shortcode's attributes: galleries name many pictures."""
_HOSTS = "youtube|vimeo|soundcloud|dailymotion|ted|tweet|instagram|spotify|gist|slideshare|flickr"
_SHORTCODE = re.compile(
    rf"(?<!\[)(?:(?<!\w)\[|\[(?=/))(/?)(caption|wp_caption|embed|gallery|playlist|audio|video|{_HOSTS})"
    rf"(?![\w-])([^\[\]\n]{{0,{MOST}}}+)\](?!\])",
    re.IGNORECASE,
)
"""Doubled brackets show a shortcode instead of running it; `players[video]` is code."""
_LISTING = re.compile(
    rf"(?<![\w\[])(?<!<code>)\[(sourcecode|code)(?![\w-])([^\[\]\n]{{0,{MOST}}}+)\](?!\])"
    r"((?:[^\[]|(?<=\w)\[(?!/)|\[(?!/?\1(?![\w-])))*+)\[/\1\]",
    re.IGNORECASE,
)
"""A pair without another one inside; `a[code]` is a part of code."""
_ATTRIBUTE = re.compile(
    r"""\b(language|lang|ids|include|caption)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"']+))""",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s\"'<>\]]+", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^<>]*+>(?:\s*+</a>)?", re.IGNORECASE)
_CAPTION_END = re.compile(r"(?<=\[/caption\])")
_CAPTION = re.compile(rf"\[caption([^\[\]\n]{{0,{MOST}}}+)\]", re.IGNORECASE)
EMBED = '<div class="wp-block-embed">'
"""How the block editor marks what is to be embedded from another site."""


def without_shortcodes(typed: str, gallery: Gallery) -> str:
    """Replace each opening and each closing one, since unpaired ones do no harm that way; but
    listings by pairs, for all behind an opening alone would be code.
    """
    if "[" not in typed:
        return typed
    captioned = "".join(map(_with_caption, _CAPTION_END.split(typed)))
    return _SHORTCODE.sub(lambda found: _markup(found, gallery), _LISTING.sub(_listing, captioned))


def _with_caption(part: str) -> str:
    """`[caption …]<img> Words[/caption]`: the words behind the picture, once an attribute, are
    the caption.
    """
    pictures = list(_PICTURE.finditer(part)) if part.endswith("[/caption]") else []
    if not pictures:
        return part
    end = pictures[-1].end()
    words = part[end:].removesuffix("[/caption]").strip()
    if not words:
        openings = _CAPTION.findall(part[:end])
        words = _attributes(openings[-1]).get("caption", "") if openings else ""
    return f"{part[:end]}<figcaption>{words}</figcaption>[/caption]"


def _markup(found: re.Match[str], gallery: Gallery) -> str:
    closing, name, written = found[1], found[2].lower(), found[3]
    if name in {"caption", "wp_caption"}:
        return f"<{closing}figure>"
    if name == "embed":
        return "</div>" if closing else EMBED
    if name in {"gallery", "playlist"}:
        attributes = _attributes(written)
        return "" if closing else gallery(attributes.get("ids") or attributes.get("include") or "")
    address = _URL.search(written)
    if name in {"audio", "video"}:
        return f'<{name} src="{address[0]}"></{name}>' if address and not closing else ""
    return f"{EMBED}{address[0]}</div>" if address else found[0]


def _listing(found: re.Match[str]) -> str:
    """A listing, unless it is amid a line: words on shortcodes."""
    if "\n" not in found[3] and found.start() and found.string[found.start() - 1] not in "\n>":
        return found[0]
    attributes = _attributes(found[2])
    language = attributes.get("language") or attributes.get("lang") or "plain"
    return f'<pre class="brush: {escape(language)}">{found[3]}</pre>'


def _attributes(written: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(written)
    return {name.lower(): "".join(values).strip() for name, *values in found}
