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
    rf"({_CODE})|(?<!\[)(?:(?<!\w)\[|\[(?=/))(/?)([a-z][\w-]{{1,40}}+)((?:\s++(?:{_QUOTED}|{_BARE}))*+)\s*+/?\]"
    r"(?![\](])",
    re.IGNORECASE,
)
"""Not in code, not doubled (which shows a shortcode), no link of Markdown."""
_CLOSING = re.compile(r"\[/([a-z][\w-]{1,40}+)\]", re.IGNORECASE)
_SHOWN = frozenset({"code", "sourcecode"})
"""Pairs of these are listings, which were read before; what is left are words on them."""


def without_plugins(typed: str) -> str:
    """Take away every shortcode with attributes, and those that come in pairs."""
    if "[" not in typed:
        return typed
    pairs = {name.lower() for name in _CLOSING.findall(typed)} - _SHOWN

    def replace(found: re.Match[str]) -> str:
        code, _, _, name, attributes = found.groups()
        return "" if not code and (attributes or name.lower() in pairs) else found[0]

    return _SHORTCODE.sub(replace, typed)
