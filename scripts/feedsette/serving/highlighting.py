"""Code → HTML with colours, by Pygments. Class names only: the stylesheet has light and dark."""

from functools import lru_cache

import pygments
from markupsafe import Markup, escape
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from feedsette.serving.memory import kept

MAX_COLOURED = 20_000
"""Characters; some lexers are quadratic, and nobody reads more than this in colours."""

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
    """Colour a listing; without a known language, or beyond the limit, it is only escaped."""
    lexer = _lexer(language) if language and len(code) <= MAX_COLOURED else None
    if lexer is None:
        return escape(code)
    # lexers need a last line that ends: without, those of consoles leave it out
    tokens = list(lexer.get_tokens(code))
    if "".join(text for _, text in tokens).removesuffix("\n") != code.removesuffix("\n"):
        return escape(code)  # a lexer that changes what it reads: robotframework and its tabs
    coloured: str = pygments.format(tokens, _FORMATTER)
    return Markup(coloured if code.endswith("\n") else coloured.removesuffix("\n"))
