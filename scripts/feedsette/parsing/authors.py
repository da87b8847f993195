"""Who wrote it, from the many places and spellings, without e-mail addresses."""

import re
from collections.abc import Iterable

from feedsette.parsing.addresses import web_url
from feedsette.parsing.texts import title_text
from feedsette.records import Author

_EMAIL = re.compile(
    r"(?:mailto:)?[^\s<>(){}\[\],;:\"'@]{1,64}"
    r"(?:@|＠|%40|\s?(?:\[at\]|\(at\)|\{at\})\s?|\sat\s(?=[^\s@]{1,99}\s[\[({]?dot[\])}]?\s))"
    r"[^\s<>(){}\[\],;:\"'@]{1,255}(?:\s?[\[({]?dot[\])}]?\s?[\w-]{1,63}){0,3}(?:\?subject=\S*)?",
    re.IGNORECASE,
)
_MARKS = re.compile(r"@|＠|%40|[\[({]at[\])}]|\sat\s", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\S)(@[\w.-]{1,64})@[\w.-]{1,255}")
_BY = re.compile(r"(?i:(?:written |posted |published )?by:?)\s+(?=[a-z]{0,99}[^\W\d_a-z])")
_BETWEEN = re.compile(
    r"\s*(?:,\s*)?(?:&|\b(?:and|und|et|y|e|og|och|en|ve|и|і|with)\b)\s+|\s*,\s*|\s[|/]\s",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?!(?:The|A|An|Der|Die|Das|Le|La|Les|El|Los) )(?!.*(?:Writer|Editor|Reporter|Correspondent|"
    r"Staff|Senior|Chief|Guest|Contribut|President|Director|Manager|Professor|Engineer|Developer|"
    r"Inc|Corp|Ltd|LLC|GmbH|Universi|Institut|College|School|Research|Labs?\b|News|Press|Times|"
    r"Media|Group|Team|Company|Foundation|Associat|Agenc|Department|Desk|New York|Los Angeles))"
    r"[^\W\d_a-z](?:[\w’'.-]*[\w.])?"
    r"(?: (?:d[aeiou]s?|del|della|van|von|der|den|ten|ter|zu|zur|bin|ibn|al|la|le|los|st\.)){0,3}"
    r"(?: [^\W\d_a-z](?:[\w’'.-]*[\w.])?){1,3}"
)
"""Two to four words with capitals (or of a script that has none), particles of names among them;
no office, no house and no place, which credits put behind a name."""
_HOUSE = re.compile(r"(?<=\S) ?\([^()]{1,200}\)")
"""What stands in brackets behind a name: where its bearer works."""
_SURNAMES = re.compile(r"[^\W\d_][\w’' -]{1,40}, (?:[^\W\d_]\.[ -]?){1,4}(?<! )")
"""A surname and initials, as catalogues of papers write them."""
_HAN = re.compile(r"[\u3400-\u9fff]{2,4}(?:、[\u3400-\u9fff]{2,4})+")
_TEX = re.compile(r"\\[\"'`^~=.]?|[{}]")
"""Accents as arXiv writes them: `C\\'ecile`."""
_FIELD = re.compile(r" (?=[a-z_]{1,40}:)")
_GAP = re.compile(r",[ \t]*\r?\n[ \t]*\r?\n\s*")
_MANY = 4
_NAME_IN_BRACKETS = re.compile(r"[(\[](.*)[)\]]\s*$")
_NOBODY = frozenset({"", "-", "--", "noreply", "no-reply", "nospam", "unknown", "none", "null"})


def author_name(text: str | None) -> str | None:
    """The name in `Name`, `x@y.z (Name)`, `Name <x@y.z>`; None where only an address stands.

    `jane@example.org (Jane Doe)` is RSS 2.0's own form. What is no e-mail address stays as it is:
    `@jane` is a name, and so is `Jane (Acme)`. Of `@jane@m.example` the first half is kept: no
    mail goes there, but nobody can tell.
    """
    name = title_text(text or "", literal=False)
    if not name or len(name) > 1000:
        return None
    if name.startswith("map[") and name[-1] == "]":
        name = _named_in_map(name)
    if _MARKS.search(name):
        name = _HANDLE.sub(r"\1", name)
        bare = _EMAIL.sub(" ", name)
        if bare != name:
            name = _unwrapped(bare)
    elif name.startswith("(") and name[-1] == ")" and name.count("(") == 1:
        name = name[1:-1]  # what is left of RSS 2.0's form where a program knew no address
    name = " ".join(name.split()).strip(" ,;<>|–—-")
    return None if name.lower() in _NOBODY or not name.strip("@_*.'\"") else name


def author_names(text: str | None) -> list[str]:
    """The people in one credit: `By Ann Lee, Bo Ray and Cy Fox (Owl Press)` are three.

    A list is only what could be nothing else: every part has a name and a surname, so `Lee, Ann`,
    `Ann Lee, PhD`, `Research and Markets` stay one. In long lists, such as those of physicists,
    one part in four may be of an odd spelling. `Lee, A., Ray, B. C.` are two. Semicolons always
    part, and so does a comma with a blank line behind it, which only a template writes.
    """
    if text and "\n" in text and _GAP.search(text):
        return [name for part in _GAP.split(text) for name in author_names(part)]
    name = author_name(text)
    if not name:
        return []
    name = _BY.sub("", name, count=1) if _BY.match(name) else name
    if ";" in name:
        return [part for one in name.split(";") if (part := one.strip())]
    if _HAN.fullmatch(name):
        return [part.strip() for part in name.split("、")]
    surnames = _SURNAMES.findall(name) if _SURNAMES.match(name) else []
    if len(surnames) > 1 and ", ".join(surnames) == name.rstrip(", "):
        return surnames
    parts = [part.strip() for part in _BETWEEN.split(_HOUSE.sub("", name))]
    people = sum(1 for part in parts if _PERSON.fullmatch(_TEX.sub("", part)))
    return parts if len(parts) > 1 and people >= len(parts) - len(parts) // _MANY else [name]


def _named_in_map(text: str) -> str:
    """The name in `map[email:x@y.z name:Ann Lee]`: so Go writes the table of an author in Hugo's
    configuration where a theme means the name in it. Nothing, if it has none."""
    fields = _FIELD.split(text[4:-1])
    return next((field[5:] for field in fields if field.startswith("name:")), "")


def _unwrapped(name: str) -> str:
    """Take away the brackets that are left around a name, or around nothing."""
    name = re.sub(r"[(<\[]\s*(?:mailto:)?\s*[)>\]]", " ", name).strip()
    match = _NAME_IN_BRACKETS.match(name)
    return match[1] if match else name.strip("\"' ")


def unique_authors(
    people: Iterable[tuple[str | None, str | None]], base: str | None = None
) -> tuple[Author, ...]:
    """Names with addresses of home pages as Authors, in order, each name once: `annlee` beside
    `Ann Lee` is her login, as hosts of podcasts and WordPress's plugins name both.

    One without a name, or with an e-mail address for one, is left out. A URL that a later mention
    of the same name brings is kept; relative ones are resolved against `base`.
    """
    found: dict[str, Author] = {}
    for text, url in people:
        names = author_names(text)
        page = web_url(url, base) if len(names) == 1 else None
        for name in names:
            key = "".join(name.casefold().split())
            known = found.setdefault(key, Author(name, page))
            spelled = name if known.name.count(" ") < name.count(" ") else known.name
            found[key] = Author(spelled, known.url or page)
    return tuple(found.values())
