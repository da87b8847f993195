"""Code listings: which elements are one, what it says, and in which language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listing:
    """One code listing as it was marked up."""

    code: str
    language: str | None
    """Canonical short name, or None."""
    language_raw: str | None
    """The marking as found."""
    caption: str | None
