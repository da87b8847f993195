"""What a text needs before a parser of SGML reads it as a parser of XML would."""

import re

_CDATA = "<![CDATA["
_AMPERSAND = re.compile(r"&(?!#\d{1,8};|#[xX][0-9a-fA-F]{1,8};|[A-Za-z_][\w.-]{0,63};)")

ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)


def has_end(text: str) -> bool:
    """Whether the feed's end stands somewhere behind the beginning of its last item: then nothing
    was cut off, even if another fault (CDATA that never ends) hides the end from a parser.
    """
    last = max((item.start() for item in ITEM.finditer(text)), default=0)
    return _END.search(text, last) is not None


def with_references(text: str) -> str:
    """Escape each & outside of CDATA that begins no reference: SGML reads `AT&T was` as `AT&T; was`
    and `?a=1&copy=2` as an address with a copyright sign.
    """
    first, *others = text.split(_CDATA)
    mended = [_AMPERSAND.sub("&amp;", first)]
    for piece in others:
        inside, end, behind = piece.partition("]]>")
        mended.append(inside + end + _AMPERSAND.sub("&amp;", behind))
    return _CDATA.join(mended)


def with_end(text: str, unclosed: list[str]) -> str:
    """Close what was left open, a tag or CDATA that was cut off first."""
    if text.rfind(_CDATA) > text.rfind("]]>"):
        text += "]]>"
    elif text.rfind("<") > text.rfind(">"):
        text = text[: text.rfind("<")]
    return text + "".join(f"</{tag}>" for tag in reversed(unclosed))
