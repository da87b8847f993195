"""Code → HTML with colours, by Pygments. Class names only: the stylesheet has light and dark."""

import re
import time
from functools import lru_cache
from itertools import takewhile
from typing import Any

import pygments
from markupsafe import Markup, escape
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from feedsette.serving.memory import kept

MAX_COLOURED = 20_000
"""Characters; nobody reads more than this in colours."""
MAX_LINE = 500
MAX_SECONDS = 0.25
"""Of the processor. Many lexers take quadratic time for what is no code: 20,000 brackets in C, 5 s.
Between two tokens a clock ends that, and within one token the length of a line.
"""
_BLANKS = re.compile(r"\s{200}")

MAX_KEPT = 4_000_000
"""Bytes of HTML that are kept, ready to show: some thousands of listings."""

_FORMATTER = HtmlFormatter(nowrap=True)


@lru_cache(maxsize=200)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


@kept(MAX_KEPT)
def highlight(code: str, language: str | None) -> Markup:
    """Colour a listing; without a known language, or beyond a limit, it is only escaped."""
    lexer = _lexer(language) if language and _is_reasonable(code) else None
    # lexers need a last line that ends: without, those of consoles leave it out, and one never ends
    tokens = _tokens(lexer, code) if lexer else []
    if "".join(text for _, text in tokens).removesuffix("\n") != code.removesuffix("\n"):
        return escape(
            code
        )  # no time was left, or it changes what it reads: robotframework its tabs
    coloured: str = pygments.format(tokens, _FORMATTER)
    return Markup(coloured if code.endswith("\n") else coloured.removesuffix("\n"))


def _is_reasonable(code: str) -> bool:
    if len(code) > MAX_COLOURED or _BLANKS.search(code):
        return False
    return max(map(len, code.splitlines()), default=0) <= MAX_LINE


def _tokens(lexer: Lexer, code: str) -> list[tuple[Any, str]]:
    """What it reads within the time."""
    latest = time.thread_time() + MAX_SECONDS
    return list(takewhile(lambda _: time.thread_time() < latest, lexer.get_tokens(code)))
