"""Shortcodes of WordPress's plugins, which an export holds as they were typed.

Nobody but the plugin knows what its page shows for one, so only the marks go: the words between
an opening and a closing one stay.
"""

import re

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
    pieces, position = [], 0
    for tag in found:
        if tag[5] or (tag[4] and tag[4].lower() in pairs):
            pieces.append(typed[position : tag.start()])
            position = tag.end()
    return "".join([*pieces, typed[position:]])


def _is_made(name: str) -> bool:
    return "_" in name or "-" in name
