"""Listings between two shortcodes → pre elements, as WordPress and its highlighters show them.

`[sourcecode]` and `[code]` are WordPress.com's, SyntaxHighlighter Evolved adds one for every
language that it knows, CodeColorer's are cc, its options and the language (`[ccnLe_php]`).
"""

import re
from html import escape

MOST = 1000
"""Characters of a shortcode's attributes: galleries name many pictures."""
_PLUGINS = "sourcecode|code|crayon|enlighter|prettify|codesyntax|cc[a-z]{0,9}"
_LANGUAGES = (
    "actionscript3?|as3|bash|shell|cf|coldfusion|cfm|clojure|clj|cpp|c|csharp|css|delphi|pascal|"
    "diff|patch|erlang|erl|fsharp|go|groovy|html|java|javafx|jfx|js|javascript|jscript|latex|"
    "matlab|objc|perl|pl|php|plain|powershell|ps|py|python|rails|ror|ruby|scala|sql|swift|text|"
    "vb|vbnet|xhtml|xml|xslt|yaml|yml"
)
_TAG = re.compile(
    rf"(?:(?<![\w\[])(?<!<code>)\[|\[(?=/))(/?)((?:{_PLUGINS})(?:_([\w+#]{{1,20}}))?|({_LANGUAGES}))"
    rf"(?![\w-])([^\[\]\n]{{0,{MOST}}}+)\](?!\])",
    re.IGNORECASE,
)
"""Doubled brackets show a shortcode instead of running it; `a[code]` is a part of code."""
_ATTRIBUTE = re.compile(
    r"""\b(language|lang|ids|include|caption)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"']+))""",
    re.IGNORECASE,
)


def with_listings(typed: str) -> str:
    """Replace pairs without another one of their name inside: all behind an opening alone would
    be code.
    """
    pieces: list[str] = []
    done = 0
    for opening, closing in _pairs(typed):
        if opening.start() >= done:
            pieces += [typed[done : opening.start()], _listing(opening, closing)]
            done = closing.end()
    return "".join([*pieces, typed[done:]])


def _pairs(typed: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    """Openings that a closing of their name follows, and it."""
    pairs = []
    following: dict[str, re.Match[str]] = {}
    for tag in reversed(list(_TAG.finditer(typed))):
        behind = following.get(tag[2].lower())
        if behind and behind[1] and not tag[1]:
            pairs.append((tag, behind))
        following[tag[2].lower()] = tag
    return pairs[::-1]


def _listing(opening: re.Match[str], closing: re.Match[str]) -> str:
    """A listing, unless it is amid a line: words on shortcodes."""
    typed = opening.string
    code = typed[opening.end() : closing.start()]
    if "\n" not in code and opening.start() and typed[opening.start() - 1] not in "\n>":
        return typed[opening.start() : closing.end()]
    attributes = attributes_of(opening[5])
    language = attributes.get("language") or attributes.get("lang") or opening[3] or opening[4]
    return f'<pre class="brush: {escape(language or "plain")}">{code}</pre>'


def attributes_of(written: str) -> dict[str, str]:
    """The attributes of a shortcode that mean something here, their names in lower case."""
    found = _ATTRIBUTE.findall(written)
    return {name.lower(): "".join(values).strip() for name, *values in found}
