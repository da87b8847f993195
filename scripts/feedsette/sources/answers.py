"""What servers answer, and what their headers mean for the next request."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from feedsette.errors import SourceError

MAX_FRESH = timedelta(days=1)
"""Servers that call a feed fresh for a year mean their pictures; a day is the longest wait, also
for one that asks to be left alone."""

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_UNCACHED = re.compile(r"(?:^|[\s,])no-(?:cache|store)\b", re.IGNORECASE)
_KEPT_HEADERS = ("content-type", "content-location", "link")

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer at the end of a chain of redirects; content only with status 200."""

    status: int
    url: str
    headers: Headers
    """Lower-case names, values in Latin-1, so that they can be sent back byte for byte."""
    content: bytes = b""
    moved_to: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of a name, or None."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def kept_headers(self) -> Headers:
        """Those that say something of the document; cookies and the like are forgotten."""
        return tuple((key, value) for key, value in self.headers if key in _KEPT_HEADERS)


class FetchError(SourceError):
    """No document came; passing if asking again may help, after wait seconds if the server says.

    `silent` is the host of which it took time to learn that nothing comes.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        passing: bool = False,
        wait: float | None = None,
        silent: str | None = None,
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.passing = passing
        self.wait = wait
        self.silent = silent

    def told_as(self, reason: str) -> "FetchError":
        """The same in other words."""
        return FetchError(
            reason, status=self.status, passing=self.passing, wait=self.wait, silent=self.silent
        )


def refusal(answer: Answer, now: datetime) -> FetchError:
    """The error that a status other than 200 and 304 is."""
    status = answer.status
    if (answer.header("cf-mitigated") or "").strip().lower() == "challenge":
        reason = "Cloudflare wants to see a browser (challenge); ask the site to let readers in"
        return FetchError(reason, status=status)
    return FetchError(
        _REASONS.get(status) or f"the server answers {status} {_phrase(status)}".rstrip(),
        status=status,
        passing=status == 429 or 500 <= status <= 599,
        wait=retry_after(answer, now),
    )


_REASONS = {
    401: "asks for a password (401); give it as https://user:password@host/…",
    403: "refuses this reader (403)",
    404: "not found (404)",
    410: "gone for good (410); remove it from your list",
    429: "too many requests (429)",
}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def retry_after(answer: Answer, now: datetime) -> float | None:
    """Seconds that a server asks to wait (RFC 9110 §10.2.3), None if it does not say."""
    value = (answer.header("retry-after") or "").strip()
    if value.isascii() and value.isdigit() and len(value) <= 10:
        return float(value)
    date = _read_date(value)
    return max((date - now).total_seconds(), 0.0) if date else None


def retry_at(error: FetchError, now: datetime) -> datetime | None:
    """Until when a server that refused asks to be left alone, None if it does not say."""
    if error.wait is None:
        return None
    return now + min(timedelta(seconds=error.wait), MAX_FRESH)


def fresh_until(answer: Answer, now: datetime) -> datetime | None:
    """Until when asking again is pointless (RFC 9111 §4.2), None if it never is."""
    control = ",".join(value for key, value in answer.headers if key == "cache-control")
    if _UNCACHED.search(control):
        return None
    lifetime = _lifetime(answer, control, now)
    return now + min(lifetime, MAX_FRESH) if lifetime > timedelta() else None


def _lifetime(answer: Answer, control: str, now: datetime) -> timedelta:
    max_age = _MAX_AGE.search(control)
    if max_age:
        age = (answer.header("age") or "").strip()
        spent = int(age) if age.isascii() and age.isdigit() and len(age) <= 10 else 0
        return timedelta(seconds=int(max_age[1]) - spent)
    expires = _read_date(answer.header("expires") or "")
    # the server's own clock may be wrong: compare its dates with each other
    served = _read_date(answer.header("date") or "") or now
    return expires - served if expires else timedelta()


def _read_date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
