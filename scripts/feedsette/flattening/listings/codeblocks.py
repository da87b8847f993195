"""Rows of an article's listings."""

import re
from collections.abc import Callable

from feedsette.flattening.listings.looks import is_sentence, looks_like_code, reads_as_prose
from feedsette.flattening.text.spots import Body, Listing
from feedsette.flattening.text.texts import comparable
from feedsette.rows import CodeBlock

_LETTER = 200
"""Characters of a letter; a few words may be a command."""
_TRAILER = re.compile(r"[A-Z][a-z]+(?:-[A-Za-z]+){0,2}-[Bb]y: .*")
"""What Git ends a commit's message with: who signed it off, reviewed it, wrote it, too."""
Detector = Callable[[str], tuple[str, float] | None]


def code_rows(
    body: Body, detect: Detector | None = None, title: str | None = None
) -> tuple[CodeBlock, ...]:
    """A row per listing of an article. `detect` guesses the language where the markup has none."""
    listings = [(spot.section, spot.listing) for spot in body.spots if spot.listing]
    if len(listings) == 1 and _is_message(listings[0][1], body.text, title):
        return ()
    return tuple(
        _row(position, section, listing, detect)
        for position, (section, listing) in enumerate(listings)
    )


def _is_message(listing: Listing, text: str, title: str | None) -> bool:
    """All of an entry that is no code: a letter of a list (public-inbox), or a commit's message as
    GitHub and GitLab show it, which begins with the title or ends with Git's trailers.
    """
    whole = "" if listing.language else comparable(listing.code)
    if not whole or whole != comparable(text):
        return False
    if title and whole.startswith(comparable(title)) and not _goes_on_as_code(listing.code):
        return True
    if _TRAILER.fullmatch(listing.code.rpartition("\n")[2]):
        return True
    return len(text) > _LETTER and _is_letter(listing.code)


def _goes_on_as_code(code: str) -> bool:
    """Whether no blank line follows the first, as it does in a commit's message, but more code."""
    second = code.split("\n", 2)[1:2]
    return bool(second and second[0].strip()) and looks_like_code(code)


def _is_letter(code: str) -> bool:
    """Configurations, logs and assembly bear no signs of code either, but are no sentences."""
    lines = [line for line in code.splitlines() if line.strip()]
    return 4 * sum(map(is_sentence, lines)) >= len(lines) and reads_as_prose(code)


def _row(position: int, section: int, listing: Listing, detect: Detector | None) -> CodeBlock:
    guess = detect(listing.code) if detect and listing.language is None else None
    language, confidence = guess or (listing.language, None)
    source = "detected" if guess else "declared" if language else None
    return CodeBlock(
        position=position,
        section=section,
        language=language,
        language_source=source,
        language_raw=listing.language_raw,
        confidence=confidence,
        line_count=listing.code.count("\n") + 1,
        caption=listing.caption,
        code=listing.code,
    )
