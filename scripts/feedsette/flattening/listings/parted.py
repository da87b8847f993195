"""Listings that WordPress parted into paragraphs → whole ones.

Its wpautop makes a paragraph of each blank line, also inside of `<code>`: `<code></p><p>a();</p><p>
b();</code></p>`. Browsers open the element again in every paragraph; lxml ends it with the first.
"""

import re

_BLOCKS = "code|pre|div|h[1-6]|[uo]l|li|table|blockquote|section|article"
_LISTING = re.compile(
    rf"<code\b[^<>]*+>[^<]*+(?:<(?!/?(?:{_BLOCKS}|p)\b)[^<]*+)*+</p>"
    rf"[^<]*+(?:<(?!/?(?:{_BLOCKS})\b)[^<]*+)*+</code>"
)
"""A code element that ends a paragraph, and in which no other block stands."""
_PARAGRAPH = re.compile(r"</p>\s*+<p\b[^<>]*+>")


def with_whole_listings(html: str) -> str:
    """Make blank lines of the paragraphs that begin inside of a code element."""
    if "<code" not in html or "</p>" not in html:
        return html
    return _LISTING.sub(lambda found: _PARAGRAPH.sub("<br><br>", found[0]), html)
