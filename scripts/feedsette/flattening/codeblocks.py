"""Rows of an article's listings."""

from collections.abc import Callable

from feedsette.flattening.spots import Body, Listing
from feedsette.flattening.texts import comparable
from feedsette.rows import CodeBlock

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
    """A commit's message as GitHub and GitLab show it: all of an entry, and the title begins it."""
    whole = comparable(listing.code) if title and not listing.language else ""
    return bool(whole) and whole.startswith(comparable(title)) and whole == comparable(text)


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
