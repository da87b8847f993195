"""WordPress's shortcodes → the markup that its pages show for them.

Those of captions, galleries, recordings, embeds and listings. Of others: see plugincodes.py.
"""

import re
from collections.abc import Callable

from feedsette.parsing.wordpress.codetags import MOST, attributes_of, with_listings

Gallery = Callable[[str], str]
"""Numbers of pictures, or none, → their HTML."""

_HOSTS = "youtube|vimeo|soundcloud|dailymotion|ted|tweet|instagram|spotify|gist|slideshare|flickr"
_SHORTCODE = re.compile(
    rf"(?<!\[)(?:(?<!\w)\[|\[(?=/))(/?)(caption|wp_caption|embed|gallery|playlist|audio|video|{_HOSTS})"
    rf"(?![\w-])([^\[\]\n]{{0,{MOST}}}+)\](?!\])",
    re.IGNORECASE,
)
"""Doubled brackets show a shortcode instead of running it; `players[video]` is code."""
_URL = re.compile(r"https?://[^\s\"'<>\]]+", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^<>]*+>(?:\s*+</a>)?", re.IGNORECASE)
_CAPTION_END = re.compile(r"(?<=\[/caption\])")
_CAPTION = re.compile(rf"\[caption([^\[\]\n]{{0,{MOST}}}+)\]", re.IGNORECASE)
EMBED = '<div class="wp-block-embed">'
"""How the block editor marks what is to be embedded from another site."""
PLAYER = (
    r"https?://(?:www\.|m\.)?(?:youtube\.com/watch|youtu\.be/|vimeo\.com/\d|"
    r"(?:twitter|x)\.com/\w{1,50}+/status|soundcloud\.com/|open\.spotify\.com/|instagram\.com/p/|"
    r"tiktok\.com/@|dailymotion\.com/video|ted\.com/talks|slideshare\.net/)[^\s<>\"]{0,500}+"
)
"""A pattern of the addresses that WordPress replaces by a player."""


def without_shortcodes(typed: str, gallery: Gallery) -> str:
    """Replace each opening and each closing one, since unpaired ones do no harm that way; but
    listings by pairs, for all behind an opening alone would be code.
    """
    if "[" not in typed:
        return typed
    captioned = "".join(map(_with_caption, _CAPTION_END.split(typed)))
    return _SHORTCODE.sub(lambda found: _markup(found, gallery), with_listings(captioned))


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
        words = attributes_of(openings[-1]).get("caption", "") if openings else ""
    return f"{part[:end]}<figcaption>{words}</figcaption>[/caption]"


def _markup(found: re.Match[str], gallery: Gallery) -> str:
    closing, name, written = found[1], found[2].lower(), found[3]
    if name in {"caption", "wp_caption"}:
        return f"<{closing}figure>"
    if name == "embed":
        return "</div>" if closing else EMBED
    if name in {"gallery", "playlist"}:
        attributes = attributes_of(written)
        return "" if closing else gallery(attributes.get("ids") or attributes.get("include") or "")
    address = _URL.search(written)
    if name in {"audio", "video"}:
        return f'<{name} src="{address[0]}"></{name}>' if address and not closing else ""
    return f"{EMBED}{address[0]}</div>" if address else found[0]
