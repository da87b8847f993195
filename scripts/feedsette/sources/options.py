"""What sources are told: how to fetch, and what is remembered of each location."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from feedsette.sources.addresses import is_public

MEBIBYTE = 1024 * 1024


def read_clock() -> datetime:
    """The present moment, aware and in UTC."""
    return datetime.now(UTC)


def _draw() -> float:
    from random import random  # late: a load of files needs none

    return random()


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How to read locations. Times are in seconds, sizes in bytes.

    Raises ValueError for a contact that no header can hold.
    """

    max_bytes: int = 32 * MEBIBYTE
    """The largest document, after decompression."""
    allow_private: bool = False
    """Connect to private, loopback and link-local addresses too."""
    allows: Callable[[str], bool] = is_public
    """Which IP addresses may be connected to, unless allow_private says all."""
    force: bool = False
    """Ask without validators and however fresh the last answer still is."""
    respect_freshness: bool = False
    """Leave out, without a record, what need not be asked for (see `is_due`)."""
    history: bool = False
    """Follow older pages; read by the caller's loop, see history.next_page."""
    copies: bool = False
    """The files of a folder are saved copies even if their names bear no date: take mtime."""
    contact: str | None = None
    """A URL or address for the User-Agent, so that a server's owner can reach the user."""
    connect_timeout: float = 3.0
    read_timeout: float = 30.0
    total_timeout: float = 120.0
    """For one answer from its first byte to its last, against a server that drips."""
    retries: int = 3
    concurrency: int = 16
    """Answers under way at once; never more than one of them from the same host."""
    look_ahead: int = 64
    """Locations asked for ahead of the one that is yielded next."""
    waiting_bytes: int = 64 * MEBIBYTE
    """Answers under way and those that wait for their turn; past this much, only the one whose turn
    it is is read on.
    """
    stdin: BinaryIO | None = None
    clock: Callable[[], datetime] = read_clock
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = _draw
    """A number from 0 to 1 that spreads retries, so that many readers do not come back at once."""

    def __post_init__(self) -> None:
        # a line break would end the header that it is sent in, and with it the request
        if self.contact and not self.contact.isprintable():
            raise ValueError("contact has a line break or another character that cannot be printed")


@dataclass(frozen=True, slots=True)
class FetchState:
    """What is remembered of a URL from one load to the next."""

    location: str
    etag: str | None = None
    last_modified: str | None = None
    """Validators of the last 200, verbatim (RFC 9110 §8.8)."""
    fresh_until: datetime | None = None
    """Until when asking is pointless, or the server asks to be left alone."""
    moved_to: str | None = None
    """Asked instead of the location; the location stays the key and the way back."""
    gone: bool = False
    document_sha256: str | None = None


def is_due(state: FetchState | None, now: datetime) -> bool:
    """Say whether a refresh should ask there: not if it is gone, fresh, or told us to wait."""
    if state is None:
        return True
    return not state.gone and (state.fresh_until is None or state.fresh_until <= now)
