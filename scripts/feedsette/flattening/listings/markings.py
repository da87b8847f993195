"""Where markup names a listing's language: classes, attributes and info strings."""

import re
from collections.abc import Iterator
from itertools import islice

from feedsette.flattening.listings.languages import (
    bare_name,
    canonical,
    is_no_language,
    known_name,
    words,
)
from feedsette.flattening.listings.signs import LOOK
from feedsette.flattening.placeholders import read_object
from feedsette.markup import Element

ANCESTORS_ASKED = 6
"""How far above a listing its language may be named; farther up a class concerns the article."""

_ATTRIBUTE = re.compile(
    r"(?:data-)?(?:[a-z]+-)*(?:lang|language|syntax|brush|code-wrap|codetype)", re.ASCII
)
_PREFIX = re.compile(
    r"(?:(?:mw-highlight|code|hljs|prism)-|ltx_lst_)?(?:language|lang|lng)[-:_]+(.*)", re.IGNORECASE
)
_BRUSH = re.compile(r"\bbrush\s*:\s*['\"]?([\w+#.-]+)", re.IGNORECASE)
_GITHUB = re.compile(r"highlight-(?:source|text)-(.+)")
_AFTER = re.compile(
    r"(src|geshifilter|enlighter-l|highlight|hl|sh|syntax|code|source|prism|brush|codehilite)[-_](.+)"
)
_PERHAPS = re.compile(r"(?:bg_|dp-(?![cj]$)|type-)(.+)|(?!astro-)(.+)-code")
"""SyntaxHighlighter 1 on CSDN, its list, GitHub's gists; Tailwind's bg- is another matter.

The list's class is dp-c for C#, JavaScript and PHP alike. Astro names each listing after itself."""
_LISTS = {"dp-j": "java", "dp-vb": "vb"}
_SECOND_TOKEN = re.compile(r"(?:^|\s)(?:sourceCode|highlight)\s+(\S+)")
_CODE_SIGN = re.compile(r"highlight|geshi|code|syntax|hljs|prism|shiki", re.IGNORECASE)
_BARE_NONE = words("text txt plain plaintext text-only none nohighlight no-highlight")
"""Bare classes that deny a language; others (code, output …) may mean anything."""
_BARE_ON = frozenset({"div", "figure", "table", "td"})
_NOISE = words(
    """
    literate numberlines numbersource cell-code code-with-copy highlight chroma rouge hljs
    notranslate linenums line-numbers linenumbers prettyprint code code-overflow-wrap
    code-overflow-scroll cell-output hidden hide default
    """
)


def read_language(pre: Element, codes: list[Element]) -> tuple[str | None, str | None]:
    """(canonical language, marking as found) of a listing whose text stands in `pre`.

    Asked in turn: its code elements, itself, up to six ancestors; the first that names one wins,
    also if it says "plaintext".
    """
    above = list(islice(pre.ancestors(), ANCESTORS_ASKED))
    for element in (*codes, *_inside(pre), pre, *_lines_in(pre), *above):
        language, raw = _language_of(element)
        if language:
            return language, raw
        if raw is not None:
            return _outvoted([pre, *above[:1]]) or (None, raw)
    return None, None


def _inside(pre: Element) -> Iterator[Element]:
    """What inside a source may name its language, too: a pre, the only box of a pre."""
    yield from islice(pre.find_all("pre"), 1)
    box = _only_box(pre) if pre.name == "pre" else None
    if box:
        yield _only_box(box) or box


def _lines_in(source: Element) -> Iterator[Element]:
    """What SyntaxHighlighter 1 (a list) and Quill (each line) name a source's language on."""
    if source.name == "div":
        for node in islice(source.descendants(), LOOK):
            if isinstance(node, Element) and (
                node.name == "ol" or "data-language" in node.attributes
            ):
                yield node


def _only_box(element: Element) -> Element | None:
    """The div that is all there is in an element: CodeColorer's, in a pre."""
    if len(element.children) > 3:
        return None
    parts = [part for part in element.children if not isinstance(part, str) or part.strip()]
    only = parts[0] if len(parts) == 1 else ""
    return only if isinstance(only, Element) and only.name == "div" else None


def _language_of(element: Element) -> tuple[str | None, str | None]:
    """(language, marking); (None, marking) where it denies a language, (None, None) if silent."""
    is_code = element.name in {"pre", "code"}
    for raw, sure in _markings(element):
        language = canonical(raw) if sure else bare_name(raw, in_code=is_code)
        if language or _says_none(raw, element, sure=sure):
            return language, raw
    return None, None


def _outvoted(around: list[Element]) -> tuple[str, str] | None:
    """What the wrapper says for sure where the code says "text".

    Gatsby does that with languages its highlighter lacks: data-language="toml", language-text.
    """
    for element in around:
        for name in ("data-language", "data-lang"):
            raw = element.attribute(name)
            if raw and (language := canonical(raw)):
                return language, raw
    return None


def _says_none(raw: str, element: Element, *, sure: bool) -> bool:
    if not is_no_language(raw):
        return False
    return sure or (element.name in {"pre", "code"} and raw.lower() in _BARE_NONE)


def _markings(element: Element) -> Iterator[tuple[str, bool]]:
    """What may be a language's name, best first, and whether it can be nothing else."""
    if not element.attributes:
        return
    classes = element.attributes.get("class", "")
    is_code = element.name in {"pre", "code"}
    for holder in (classes, element.attributes.get("data-syntaxhighlighter-params", "")):
        if brush := _BRUSH.search(holder):
            yield brush[1], True
    for token in element.classes:
        if (match := _PREFIX.fullmatch(token)) and match[1]:
            yield match[1], True
    yield from _in_attributes(element, is_code=is_code)
    yield from _in_class(element, classes, is_code=is_code)


def _in_attributes(element: Element, *, is_code: bool) -> Iterator[tuple[str, bool]]:
    for name, value in element.attributes.items():
        if not value.strip():
            continue
        if name == "lang":
            if is_code and known_name(value):
                yield value.strip(), True
        elif value.startswith("{") and name.startswith("data-"):
            if language := _in_json(value):
                yield language, True
        elif _ATTRIBUTE.fullmatch(name) and name != "xml:lang":
            yield value.strip(), True


def _in_json(text: str) -> str | None:
    """Substack's data-attrs='{"language":"bash"}', and CodeMirror's data-setting; text begins {."""
    read = read_object(text)
    for key in ("language", "mode", "mime"):  # the latter two are CodeMirror's; "clike" is no name
        value = read.get(key)
        if isinstance(value, str) and (key == "language" or known_name(_subtype(value))):
            return value.strip() or None
    return None


def _subtype(mime: str) -> str:
    return mime.rpartition("/")[2].removeprefix("x-")


def _in_class(element: Element, classes: str, *, is_code: bool) -> Iterator[tuple[str, bool]]:
    if is_code and element.attributes.get("name") == "code":
        yield classes.partition(":")[0].strip(), True
    for token in element.classes:
        yield from _in_token(token, element)
    if element.name == "figure" and (second := _SECOND_TOKEN.search(classes)):
        yield second[1], second[1].lower() not in _NOISE and "-" not in second[1]
    if is_code or (element.name in _BARE_ON and (_CODE_SIGN.search(classes) or " " not in classes)):
        yield from [(token, False) for token in element.classes if token.lower() not in _NOISE]


def _in_token(token: str, element: Element) -> Iterator[tuple[str, bool]]:
    if match := _GITHUB.fullmatch(token):
        yield _github_name(match[1]), True
    elif match := _AFTER.fullmatch(token):
        sphinx = match[1] == "highlight" and "notranslate" in element.classes
        if sphinx or _is_label(match[2]):
            yield match[2], True
    elif token in _LISTS and element.name == "ol":
        yield _LISTS[token], True
    elif match := _PERHAPS.fullmatch(token):
        yield match[1] or match[2], False


def _is_label(word: str) -> bool:
    return known_name(word) is not None or word == "default"


def _github_name(scope: str) -> str:
    """TextMate scopes of GitHub: source-shell, text-html-basic, text-html-erb …"""
    parts = scope.split("-")
    if parts[0] == "html" and parts[-1] != "basic" and known_name(parts[-1]):
        return parts[-1]
    while len(parts) > 1 and not known_name("-".join(parts)):
        parts.pop()
    return "-".join(parts)
