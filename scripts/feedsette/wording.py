"""Text of strangers on a terminal: in one line, with every sign that would act visible instead."""

import re

_ACTING = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls (terminals obey ESC and C1), line ends, turns of direction, halves of a surrogate."""
LABEL = 60
"""Characters of an item's title, guid or text that are shown."""


def legible(text: str) -> str:
    r"""Names of files and words of servers as they may be printed: ESC becomes `\x1b`."""
    return _ACTING.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), text)


def in_one_line(text: str) -> str:
    """A message whose white space is folded."""
    return legible(" ".join(text.split()))


def quoted(text: str) -> str:
    """An item's title, guid or text as a message shows it: in a line, and not all of it."""
    words = " ".join(text[: LABEL * 2].split())
    return f"“{words[:LABEL].rstrip()}…”" if len(words) > LABEL else f"“{words}”"
