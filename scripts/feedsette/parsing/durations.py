"""Lengths of recordings in every spelling → whole seconds."""

import re

_CLOCK = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+):(\d+)(?:\.\d+)?\s*[^\W\d]*\.?")
_UNITS = {
    86400: "d day days tag tage tagen jour jours día días giorno giorni dag dagen 天 日 일",
    3600: "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur uren timer "
    "час часа часов ч godz 時間 小时 小時 시간",
    60: "m min mins minute minutes minuten minuto minutos minuti minuut minuter мин минут минута "
    "минуты 分 分钟 分鐘 분 ' ′ ’",
    1: "s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondi "
    "seconden сек секунд 秒 초 \" ″ ” '' ′′",
}
_SECONDS = {name: seconds for seconds, names in _UNITS.items() for name in names.split()}
_PART = re.compile(
    r"(?:[\s,]|and|und|et|y)*(\d+(?:[.,]\d+)?)\s*([^\W\d_]+|''|′′|[\"'″′’”])?\.?", re.IGNORECASE
)
LONGEST = 10 * 24 * 3600
"""Ten days; more is a garbled value (milliseconds, bytes)."""


def parse_duration(value: object) -> int | None:
    """Seconds of `3723`, `62:03`, `1:02:03`, `PT1H2M3S`, `1h 2m`, `1 Std.`, numbers; else None."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    seconds = _read(text) if len(text) < 40 else None
    return seconds if seconds is not None and 0 < seconds <= LONGEST else None


def _read(text: str) -> int | None:
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return int(float(text))
    match = _CLOCK.fullmatch(text)
    if match:
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return days * 86400 + hours * 3600 + minutes * 60 + seconds
    return _read_words(re.sub(r"P?(\d+D)?T(?=\d)|^P(?=\d)", r"\1 ", text, flags=re.IGNORECASE))


def _read_words(text: str) -> int | None:
    """Numbers with units from large to small; the last may go without (`1h02`)."""
    total, position, unit = 0.0, 0, 10**6
    while position < len(text.rstrip()):
        match = _PART.match(text, position)
        if not match:
            return None
        smaller = {3600: 60, 60: 1}.get(unit, 0)
        own = _SECONDS.get(match[2].lower(), 0) if match[2] else smaller
        if not 0 < own < unit:
            return None
        total += float(match[1].replace(",", ".")) * own
        unit, position = own, match.end()
    return int(total) if position else None


def parse_count(value: object) -> int | None:
    """A length or size that is a whole number, not negative; else None (`1,234`, `12 MB`, `0`)."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    return int(text) or None if re.fullmatch(r"[0-9]{1,18}", text) else None
