"""Dates in the spellings that feeds use → aware UTC datetimes.

RFC 3339 and ISO 8601, RFC 822 and its relatives, numbers since 1970, words and numbers in the
order of many countries. feedparser's own reading is not asked: it makes 1 March of `2024-02-30`,
the present month of `2016/6/29`, and ignores zones. What cannot be a feed's date (before 1990,
30 February, 25 o'clock, 5/4/2017, which is two days) is None.
"""

import re
from datetime import UTC, date, datetime, timedelta

from feedsette.parsing.monthnames import MONTHS, ZONES

FIRST_YEAR = 1990
"""Nobody published feeds before; earlier dates are placeholders such as 1970-01-01."""

_EPOCH = re.compile(r"\d{9,10}(\.\d+)?|\d{12,13}")
_ISO = re.compile(
    r"(\d{4})-?(\d{2})(?:-?(\d{2}))?"
    r"(?:(?:\s*T\s*|\s+|t)(\d{1,2}):?(\d{2})(?::?(\d{2}|(?<=:)\d)(?:[.,:]\d+)?)?(?!\d)\s*(.*))?",
    re.DOTALL,
)
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d)(?: (GMT|[+-]\d{4}))?"
)
"""The spelling of most RSS: read in a tenth of the time that any words take."""
_TIME = re.compile(
    r"(?<![\d:.])(\d{1,2})\s?(?:[:h時시点點]\s?|Uhr\s?)(\d{2})"
    r"(?:\s?(?:[:分분]|min)\s?(\d{2})(?:[.,]\d+)?)?\s?[分秒분초]?",
)
_HOUR = re.compile(r"(?<!\d)(\d{1,2})\s?(?=[ap]\.?m\b)", re.IGNORECASE)
_HALF = re.compile(
    r"(?<![^\W\d])([ap])\.?\s?m\b\.?|(오전|上午|午前)|(오후|下午|午後)", re.IGNORECASE
)
_OFFSET = re.compile(
    r"(?:(?:GMT|UTC|UT)\s?)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?(?!\d)", re.IGNORECASE
)
_NUMBERS = re.compile(r"(\d{4})\s?([-/.年년])\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)\s?[日일]?")
_NUMBERS_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_NUMBER = re.compile(r"\d+")
_NUMBERED_MONTH = re.compile(
    r"(?<!\d)(1[0-2]|0?[1-9])\s?[月월]|(?:tháng|thg|th)\.?\s?(1[0-2]|0?[1-9])(?!\d)", re.IGNORECASE
)
"""`03 9月 2024`, `03 Tháng 9 2024`: a number that is the month's name."""
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


_DATETIME = re.compile(r"""\sdatetime=["']([^"']{1,100})""")
"""Drupal shows a date in HTML where a feed's stands bare."""

MOST_MARKUP = 300
"""Characters of such an element that are looked at."""


def parse_date(text: str | None) -> datetime | None:
    """Read a date; without a zone it is taken as UTC, without a time as midnight.

    None for what is no possible date. Never raises.
    """
    text = (text or "").strip()
    if text.startswith("<time") and (written := _DATETIME.search(text[:MOST_MARKUP])):
        text = written[1]
    if not text or len(text) > 100:
        return None
    try:
        moment = _parse_number(text) or _parse_iso(text) or _parse_mail(text) or _parse_words(text)
        moment = moment.astimezone(UTC) if moment else None
    except (ValueError, OverflowError):
        return None
    return moment if moment and moment.year >= FIRST_YEAR else None


def _parse_number(text: str) -> datetime | None:
    """Seconds (9 or 10 digits) or milliseconds (12 or 13) since 1970, written as a number."""
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text) if len(text.split(".")[0]) < 12 else int(text) / 1000
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))


def _parse_iso(text: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    offset = _offset_of(zone or "")
    if offset is None:
        return None
    numbers = (int(year), int(month), int(day or 1))
    return _moment(numbers, (int(hour or 0), int(minute or 0), int(second or 0)), offset)


def _parse_mail(text: str) -> datetime | None:
    """RFC 822 in its most common spelling; what is any other, or no date, is read with the rest."""
    match = _RFC_822.fullmatch(text)
    month = MONTHS.get(match[2].lower()) if match else None
    offset = _offset_of(match[7] or "") if match else None
    if match is None or month is None or offset is None:
        return None
    day = (int(match[3]), month, int(match[1]))
    return _moment(day, (int(match[4]), int(match[5]), int(match[6])), offset)


def _moment(
    day: tuple[int, int, int], time: tuple[int, int, int], offset: timedelta
) -> datetime | None:
    """Put together what was read; ValueError if there is no such day or time."""
    hour, minute, second = time
    if (hour, minute, second) == (24, 0, 0):  # ISO 8601 lets midnight be the end of a day
        return _moment(day, (0, 0, 0), offset - timedelta(days=1))
    second = min(second, 59) if second == 60 else second  # leap seconds (RFC 3339 §5.7)
    return datetime(*day, hour, minute, second, tzinfo=UTC) - offset


def _offset_of(zone: str) -> timedelta | None:
    """East of Greenwich; zero if the zone is missing or has an unknown name, None for rubbish."""
    zone = zone.strip()
    match = _OFFSET.search(zone)
    if match:
        hours, minutes = int(match[2]), int(match[3] or 0)
        if hours > 15 or minutes > 59:
            return None
        return timedelta(hours=hours, minutes=minutes) * (-1 if match[1] == "-" else 1)
    if any(character.isdigit() for character in zone):
        return None
    names = [name.lower() for name in _WORD.findall(zone)]
    known = [ZONES[name] for name in names if name in ZONES]
    return timedelta(hours=known[0]) if known else timedelta()


def _parse_words(text: str) -> datetime | None:
    """Dates that name the month, or order day, month and year unmistakably."""
    (before, after), time = _take_time(text)
    day, unread = _take_day(before, after, american=bool(_HALF.search(text)))
    offset = _offset_of(unread)
    if day is None or offset is None:
        return None
    return _moment(day, time, offset)


def _take_time(text: str) -> tuple[tuple[str, str], tuple[int, int, int]]:
    """Cut the time out: what stands before and behind it, and hour, minute, second."""
    match = _TIME.search(text) or _HOUR.search(text)
    if not match:
        return (text, ""), (0, 0, 0)
    hour = int(match[1])
    minute, second = (int(number or 0) for number in (*match.groups()[1:], 0, 0)[:2])
    half = _HALF.search(text)
    if half and hour <= 12:
        late = bool(half[3]) or (half[1] or "").lower() == "p"
        hour = hour % 12 + 12 * late
    return (text[: match.start()], text[match.end() :]), (hour, minute, second)


def _take_day(
    before: str, after: str, *, american: bool
) -> tuple[tuple[int, int, int] | None, str]:
    """Find year, month and day around the time; also what is left, where a zone may stand."""
    for part, other in ((before, after), (after, before)):
        match = _NUMBERS.search(part)
        if match:
            day = (int(match[1]), int(match[3]), int(match[4]))
            return day, other + " " + part[match.end() :]
        match = _NUMBERS_LAST.search(part)
        if match:
            return _ordered(match, american=american), other + " " + part[match.end() :]
    return _take_named_day(before, after)


def _ordered(match: re.Match[str], *, american: bool) -> tuple[int, int, int] | None:
    """12.5.2017 is a day in May; 5/12/2017 is one only beside AM or PM, or if 12 were 13."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] != "/" or first > 12:
        return year, second, first
    if second > 12 or american or first == second:
        return year, first, second
    return None


def _take_named_day(before: str, after: str) -> tuple[tuple[int, int, int] | None, str]:
    zone = ""
    offset = _OFFSET.search(after)
    if offset:
        zone, after = offset[0], after[: offset.start()] + " " + after[offset.end() :]
    before, after = (_NUMBERED_MONTH.sub(_name_month, part) for part in (before, after))
    words = [word.casefold() for word in _WORD.findall(f"{before} {after}")]
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [*_NUMBER.findall(before), *_NUMBER.findall(after)]
    if not months or len(numbers) != 2:
        return None, ""
    zone = zone or " ".join(_WORD.findall(after if before.strip() else before))
    # the last, because of `mar, 07 may 2024`: Tuesday in Spanish, French and Italian
    return _year_and_day(numbers, months[-1]), zone


def _name_month(match: re.Match[str]) -> str:
    return f" {_NAMES[int(match[1] or match[2]) - 1]} "


def _year_and_day(numbers: list[str], month: int) -> tuple[int, int, int] | None:
    first, second = numbers
    if len(first) == 4:
        first, second = second, first
    if len(first) > 2 or len(second) not in (2, 4):
        return None
    year = int(second)
    if len(second) == 2:  # RFC 822's years; RFC 5322 §4.3 reads them so
        year += 2000 if year < 70 else 1900
    return date(year, month, int(first)).timetuple()[:3]
