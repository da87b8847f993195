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
    if _MARKS.search(name):
        name = _HANDLE.sub(r"\1", name)
        bare = _EMAIL.sub(" ", name)
        if bare != name:
            name = _unwrapped(bare)
    name = " ".join(name.split()).strip(" ,;<>|–—-")
    return None if name.lower() in _NOBODY or not name.strip("@_*.'\"") else name


def _unwrapped(name: str) -> str:
    """Take away the brackets that are left around a name, or around nothing."""
    name = re.sub(r"[(<\[]\s*(?:mailto:)?\s*[)>\]]", " ", name).strip()
    match = _NAME_IN_BRACKETS.match(name)
    return match[1] if match else name.strip("\"' ")


def unique_authors(
    people: Iterable[tuple[str | None, str | None]], base: str | None = None
) -> tuple[Author, ...]:
    """Names with addresses of home pages as Authors, in order, each name once.

    One without a name, or with an e-mail address for one, is left out. A URL that a later mention
    of the same name brings is kept; relative ones are resolved against `base`.
    """
    found: dict[str, Author] = {}
    for text, url in people:
        name = author_name(text)
        if not name:
            continue
        key = name.casefold()
        known = found.get(key)
        if known is None or known.url is None:
            found[key] = Author(known.name if known else name, web_url(url, base))
    return tuple(found.values())
