"""WordPress's exports hold what was typed into its editor; here it becomes what its pages show.

Blank lines are paragraphs and line ends breaks (developer.wordpress.org: wpautop), and the
shortcodes of captions, embeds and listings are markup. Posts of the block editor are HTML already.
"""

import re
from collections.abc import Iterator
from html import escape

_BLOCKS = (
    "address|article|aside|blockquote|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]"
)
_BLOCKS += (
    "|header|hr|iframe|li|main|math|nav|object|ol|p|script|section|style|table|td|th|tr|ul|!--"
)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})(?![\w-])", re.IGNORECASE)
_IS_HTML = re.compile(r"<p[\s>]|<!-- wp:", re.IGNORECASE)
_VERBATIM = re.compile(r"(</?(?:pre|script|style|textarea)\b[^<>]*+>)", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t\r]*+\n\s*+")
_PICTURE = re.compile(r"<img\b[^<>]*+>(?:\s*+</a>)?", re.IGNORECASE)
_SHORTCODE = re.compile(
    r"\[(/?)(sourcecode|code|caption|embed)(?![\w-])([^\[\]\n]{0,300}+)\]", re.IGNORECASE
)
_LANGUAGE = re.compile(r"""\b(?:language|lang)\s{0,9}=\s{0,9}["']?([\w+#-]{1,30})""", re.IGNORECASE)


def html_of_typed(typed: str) -> str:
    """What an editor of WordPress was given, as the HTML that is made of it."""
    typed = typed.replace("\r\n", "\n")
    if _IS_HTML.search(typed):
        return typed
    return "".join(_with_paragraphs(_without_shortcodes(typed)))


def _without_shortcodes(typed: str) -> str:
    """Replace each opening and each closing one; unpaired ones do no harm that way."""
    captioned = (_caption(part) for part in re.split(r"(?<=\[/caption\])", typed))
    return _SHORTCODE.sub(_tag, "".join(captioned))


def _caption(part: str) -> str:
    """`[caption …]<img> Words[/caption]`: the words behind the picture are the caption."""
    pictures = list(_PICTURE.finditer(part)) if part.endswith("[/caption]") else []
    if not pictures:
        return part
    end = pictures[-1].end()
    words = part[end:].removesuffix("[/caption]").strip()
    return f"{part[:end]}<figcaption>{words}</figcaption>[/caption]"


def _tag(found: re.Match[str]) -> str:
    closing, name, attributes = found[1], found[2].lower(), found[3]
    if name == "embed":
        return "\n"
    if name == "caption":
        return f"<{closing}figure>"
    language = _LANGUAGE.search(attributes)
    label = f' class="brush: {escape(language[1])}"' if language else ' class="brush: plain"'
    return "</pre>" if closing else f"<pre{label}>"


def _with_paragraphs(html: str) -> Iterator[str]:
    depth = 0
    for part in _VERBATIM.split(html):
        if part.startswith("<") and _VERBATIM.fullmatch(part):
            depth = max(0, depth + (-1 if part.startswith("</") else 1))
            yield part
        elif depth or not part.strip():
            yield part
        else:
            yield "\n".join(map(_paragraph, _BLANK_LINES.split(part.strip("\n"))))


def _paragraph(text: str) -> str:
    if not text.strip() or _BLOCK.match(text.lstrip()):
        return text
    return f"<p>{text.strip().replace(chr(10), '<br>' + chr(10))}</p>"
