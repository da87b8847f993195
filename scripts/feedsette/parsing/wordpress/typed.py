"""WordPress's exports hold what was typed into its editor; here it becomes what its pages show.

Blank lines are paragraphs and line ends breaks (developer.wordpress.org: wpautop, which does not
mind markup), a player's address on a line of its own is the player, and shortcodes are markup.
Posts of the block editor are HTML already, but for the shortcodes in them.
"""

import re
from collections.abc import Iterator

from feedsette.parsing.wordpress.plugincodes import without_plugins
from feedsette.parsing.wordpress.shortcodes import EMBED, PLAYER, Gallery, without_shortcodes

_PARTS = (
    "address|article|aside|blockquote|dd|details|div|dl|dt|figure|footer|form|h[1-6]"
    "|header|iframe|li|main|math|nav|object|ol|p|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_BLOCK = re.compile(rf"</?(?:{_PARTS}|figcaption|hr|script|style|!--)(?![\w-])", re.IGNORECASE)
_BEGIN = re.compile(rf"(?=<(?:{_PARTS})[\s>])", re.IGNORECASE)
_END = re.compile(rf"(</(?:{_PARTS})>)", re.IGNORECASE)
_VERBATIM = re.compile(r"(</?(?:pre|script|style|textarea)\b[^<>]*+>)", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t\r]*+\n\s*+")
_PLAYER = re.compile(rf"^[ \t]*+({PLAYER})[ \t\r]*+$", re.IGNORECASE | re.MULTILINE)


def html_of_typed(typed: str, gallery: Gallery = lambda _: "") -> str:
    """What an editor of WordPress was given, as the HTML that is made of it."""
    typed = without_plugins(without_shortcodes(typed.replace("\r\n", "\n"), gallery))
    return typed if "<!-- wp:" in typed else "".join(_with_paragraphs(typed))


def _with_paragraphs(html: str) -> Iterator[str]:
    depth = 0
    for part in _VERBATIM.split(html):
        if part.startswith("<") and _VERBATIM.fullmatch(part):
            depth = max(0, depth + (-1 if part.startswith("</") else 1))
            yield part
        elif depth or not part.strip():
            yield part
        else:
            yield "\n".join(map(_paragraph, _BLANK_LINES.split(_apart(part).strip("\n"))))


def _apart(text: str) -> str:
    """A blank line before and behind every block and player."""
    text = _PLAYER.sub(rf"\n{EMBED}\1</div>", text)
    return _END.sub("\\1\n\n", _BEGIN.sub("\n\n", text))


def _paragraph(text: str) -> str:
    if not text.strip() or _BLOCK.match(text.lstrip()):
        return text
    return f"<p>{text.strip().replace(chr(10), '<br>' + chr(10))}</p>"
