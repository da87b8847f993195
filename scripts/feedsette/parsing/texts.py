"""Strings as feeds give them → strings that a database, a CSV file and an XML file can hold."""

import re
from html import escape, unescape

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Controls (C0 but tab, LF and CR; DEL; C1 but NEL), lone surrogates and non-characters."""
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
_C1 = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_NO_CHARACTERS = re.compile(rb"\xef\xbf[\xbe\xbf]")
"""What is unprintable beyond ASCII, in UTF-8."""
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff\ufffe\uffff]"
)
# U+200C and U+200D stay: Persian and Indic words and emoji sequences are spelled with them
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?/?)>")
_COMMENT = re.compile(r"<!--[^<>]*-->")
_VOID = frozenset(["br", "hr", "img", "wbr", "input"])
_KNOWN = _VOID | frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym article aside b bdi bdo big blink blockquote center cite code data dd del"
        " details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header i ins kbd"
        " label li main mark nav nobr ol p pre q rp rt ruby s samp section small span strike strong"
        " sub sup svg table tbody td th thead time title tr tt u ul var",
    )
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_MACHINES = re.compile(
    r"&(?:#\d{2,5}|#[xX][0-9a-fA-F]{2,5}|amp|quot|apos|[lr][sd]quo|hellip|[mn]dash);"
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


def is_printable(text: str) -> bool:
    """Whether UNPRINTABLE finds nothing in a text, which takes it ten times as long to tell."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    if len(data.translate(None, _CONTROLS)) < len(data):
        return False
    return text.isascii() or not (_C1.search(data) or _NO_CHARACTERS.search(data))


def clean(text: str) -> str | None:
    """Drop what cannot be stored or printed and the white space around; None if nothing stays."""
    return (text if is_printable(text) else UNPRINTABLE.sub("", text)).strip() or None


def plain(text: str) -> str | None:
    """One line of text: no invisible characters, every kind of white space one space."""
    return " ".join(_INVISIBLE.sub("", text).split()) or None


def title_text(text: str, *, literal: bool) -> str | None:
    """A title as one line of plain text.

    A literal one (Atom's type=text, JSON Feed) is taken at its word, but for the entities that
    only machines write (`don&#39;t`), in a title without angle brackets. Any other is HTML by
    custom: tags go and entities are decoded once. Only names of HTML count as tags, and only
    in pairs (or void ones), so that `vec<T>` and `how to use the <video> tag` keep their brackets.
    """
    if literal:
        return plain(unescape_machines(text))
    if "<" in text:
        text = _without_tags(_COMMENT.sub("", text))
    if _ENTITY.search(text):
        text = unescape(text)
    return plain(text)


def unescape_machines(text: str) -> str:
    """Decode the entities that only machines write, in a text without angle brackets."""
    if "&" not in text or re.search(r"[<>]|&[lg]t;", text):
        return text
    return _MACHINES.sub(lambda match: unescape(match[0]), text)


def unescape_all(text: str) -> str:
    """Decode all entities in a text without angle brackets, such as the notes of recordings:
    no markup is meant there, but many programs take it from HTML.
    """
    if "&" not in text or "<" in text or "&lt;" in text:
        return text
    return unescape(text) if _ENTITY.search(text) else text


def _without_tags(text: str) -> str:
    tags = [tag for tag in _TAG.finditer(text) if tag[2].lower() in _KNOWN]
    pieces, position = [], 0
    for tag in sorted(_paired(tags), key=lambda tag: tag.start()):
        pieces.append(text[position : tag.start()])
        if tag[2].lower() in ("br", "p", "div", "li", "td", "hr"):
            pieces.append(" ")
        position = tag.end()
    return "".join([*pieces, text[position:]])


def _paired(tags: list[re.Match[str]]) -> list[re.Match[str]]:
    """The tags that are void or have their partner; one of a kind without partner is text."""
    found: list[re.Match[str]] = []
    unclosed: dict[str, list[re.Match[str]]] = {}
    for tag in tags:
        name = tag[2].lower()
        if name in _VOID or tag[3].endswith("/"):
            found.append(tag)
        elif not tag[1]:
            unclosed.setdefault(name, []).append(tag)
        elif unclosed.get(name):
            found += [unclosed[name].pop(), tag]
    return found


def html_of_text(text: str) -> str:
    """Plain text as HTML that shows it: escaped, blank lines as paragraphs, newlines as <br>."""
    paragraphs = _PARAGRAPH.split(escape(text.replace("\r\n", "\n"), quote=False).strip())
    if len(paragraphs) == 1:
        return paragraphs[0].replace("\n", "<br>\n")
    return "\n".join(f"<p>{p.replace(chr(10), '<br>' + chr(10))}</p>" for p in paragraphs)


_OF_COUNTRIES = {
    "cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "jp": "ja", "ua": "uk", "vn": "vi",
}  # fmt: skip
"""Not `kr` or `se`, which are languages themselves."""


def language_tag(text: object) -> str | None:
    """A language in the usual case of BCP 47: `EN_us` is en-US, `zh-hans-cn` is zh-Hans-CN.

    A country's letters that are no language's stand for the language: `jp` is ja. What cannot be a
    tag ("English language", "*") is None.
    """
    if not isinstance(text, str):
        return None
    parts = text.strip().replace("_", "-").split("-")
    if not re.fullmatch(r"[A-Za-z]{2,3}|[xi]", parts[0], re.IGNORECASE):
        return None
    if not all(re.fullmatch(r"[A-Za-z0-9]{1,8}", part) for part in parts[1:]):
        return None
    language = parts[0].lower()
    return "-".join([_OF_COUNTRIES.get(language, language), *map(_subtag, parts[1:])])


def _subtag(part: str) -> str:
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()
