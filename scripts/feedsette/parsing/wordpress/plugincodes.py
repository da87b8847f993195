"""Shortcodes of WordPress's plugins, which an export holds as they were typed.

Nobody but the plugin knows what its page shows for one, so only the marks go: the words between
an opening and a closing one stay. An address in one is what a button leads to, or what is shown.
"""

import re
from itertools import zip_longest

from feedsette.parsing.wordpress.shortcodes import EMBED, PLAYER

_CODE = r"<(code|pre|script|style|textarea)\b[^<]*+(?:<(?!/?\2\b)[^<]*+)*+</\2>"
_QUOTED = r"[\w-]{1,40}+=(?:\"[^\"\[\]]*+\"|'[^'\[\]]*+'|[”“″][^”“″\[\]]*+[”“″])"
_BARE = r"(?:ids?|width|height|src|url|href|class|type|size|columns)=[^\s\"'\[\]]++"
"""Unquoted values of names that no prose has before a sign of equality: `[where n=5]` stays."""
_SHORTCODE = re.compile(
    rf"({_CODE})|(?<!\[)(?:(?<!\w)\[|\[(?=/))(/?)([a-z][\w-]{{1,40}}+)"
    rf"((?:\s++(?:{_QUOTED}|{_BARE}))*+)\s*+/?\](?![\](])",
    re.IGNORECASE,
)
"""Not in code, not doubled (which shows a shortcode), no link of Markdown."""
_ADDRESS = re.compile(
    r"\s(?:url|href|link|src)=[\"'”“″]?(https?://[^\s\"'”“″\[\]<>]++)", re.IGNORECASE
)
_PLAYER = re.compile(PLAYER, re.IGNORECASE)
_PICTURE = re.compile(r"[^?#]++(?<=\.jpg|\.png|\.gif|jpeg|webp)(?:[?#].*+)?", re.IGNORECASE)
_WORDS = re.compile(r"[^<\n]{1,200}+")
_CLOSING = re.compile(r"\[/([a-z][\w-]{1,40}+)\]", re.IGNORECASE)


def without_plugins(typed: str) -> str:
    """Take away every shortcode with attributes, and pairs of which one has them or whose name no
    word has (`[vc_row]`); `[quote]words[/quote]` stays.
    """
    if "[" not in typed:
        return typed
    found = list(_SHORTCODE.finditer(typed))
    named = {tag[4].lower() for tag in found if tag[5]}
    pairs = {
        name for name in map(str.lower, _CLOSING.findall(typed)) if name in named or _is_made(name)
    }
    marks = [tag for tag in found if tag[5] or (tag[4] and tag[4].lower() in pairs)]
    pieces, position, closed = [], 0, False
    for mark, behind in zip_longest(marks, marks[1:]):
        if mark.start() < position:
            continue
        apart = closed and mark.start() == position and not mark[3]  # one column, and the next
        pieces += [typed[position : mark.start()], "\n\n" if apart else ""]
        shown, position = _shown(mark, behind)
        pieces.append(shown)
        closed = bool(mark[3])
    return "".join([*pieces, typed[position:]])


def _shown(mark: re.Match[str], behind: re.Match[str] | None) -> tuple[str, int]:
    """What a page shows in the place of a shortcode, and where that ends; `behind` is the next."""
    address = None if mark[3] else _ADDRESS.search(mark[5])
    if not address:
        return "", mark.end()
    if behind and behind[3] and behind[4].lower() == mark[4].lower():
        words = mark.string[mark.end() : behind.start()]
        if words.strip() and _WORDS.fullmatch(words):
            return f'<a href="{address[1]}">{words}</a>', behind.end()
    elif _PLAYER.fullmatch(address[1]):
        return f"{EMBED}{address[1]}</div>", mark.end()
    elif _PICTURE.fullmatch(address[1]):
        return f'<img src="{address[1]}">', mark.end()
    return "", mark.end()


def _is_made(name: str) -> bool:
    return "_" in name or "-" in name
