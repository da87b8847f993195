"""Dates and durations in the spellings of real feeds."""

from datetime import UTC, datetime

import pytest

from feedsette.parsing.dates import parse_date
from feedsette.parsing.durations import parse_count, parse_duration
from feedsette.parsing.monthnames import MONTHS, ZONES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # RFC 3339 and ISO 8601
        ("2024-09-03T01:32:48Z", "2024-09-03T01:32:48"),
        ("2024-09-03t01:32:48z", "2024-09-03T01:32:48"),
        ("2024-09-03T01:32:48.123456+02:00", "2024-09-02T23:32:48"),
        ("2024-09-03 01:32:48 -0500", "2024-09-03T06:32:48"),
        ("2024-09-03T01:32:48", "2024-09-03T01:32:48"),
        ("2024-09-03T01:32", "2024-09-03T01:32:00"),
        ("2024-09-03T01:32:8Z", "2024-09-03T01:32:08"),
        ("2024-09-03 01:32:48 UTC", "2024-09-03T01:32:48"),
        ("2024-09-03", "2024-09-03T00:00:00"),
        ("20240903T013248Z", "2024-09-03T01:32:48"),
        ("周二, 03 9月 2024 01:32:48 +0800", "2024-09-02T17:32:48"),
        ("星期二, 03 九月 2024", "2024-09-03T00:00:00"),
        ("03 Tháng 9 2024", "2024-09-03T00:00:00"),
        ("2024-09", "2024-09-01T00:00:00"),
        # in HTML, as Drupal writes it
        (
            '<time datetime="2024-09-03T01:32:48Z">Tue, 09/03/2024 - 03:32</time>',
            "2024-09-03T01:32:48",
        ),
        ("2024-12-31T24:00:00Z", "2025-01-01T00:00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59"),
        # RFC 822 and its relatives
        ("Thu, 04 May 2017 19:40:17 GMT", "2017-05-04T19:40:17"),
        ("Thu, 4 May 2017 19:40:17", "2017-05-04T19:40:17"),
        ("Thu, 4 May 17 19:40 +0200", "2017-05-04T17:40:00"),
        ("4 May 2017 19:40:17 CEST", "2017-05-04T17:40:17"),
        ("3 Sept 2024 10:00 CEST", "2024-09-03T08:00:00"),
        ("Sat, 07 Sep 2002 00:00:01 BST", "2002-09-06T23:00:01"),
        ("Thu, 04 May 2017 19:40:17 JST", "2017-05-04T10:40:17"),
        ("Thu, 04 May 2017 19:40:17 EDT", "2017-05-04T23:40:17"),
        ("Thu, 04 May 2017 19:40:17 +0530 (IST)", "2017-05-04T14:10:17"),
        ("Thu, 04 May 2017 19:40:17 GMT+0200", "2017-05-04T17:40:17"),
        ("Thu, 04 May 2017 19:40:17 XYZ", "2017-05-04T19:40:17"),
        ("Thu May  4 19:40:17 2017", "2017-05-04T19:40:17"),
        ("Thu May  4 19:40:17 PDT 2017", "2017-05-05T02:40:17"),
        ("Sat, Dec 16 2023 02:02:33 PM", "2023-12-16T14:02:33"),
        ("May 4, 2017 12:05 am", "2017-05-04T00:05:00"),
        ("May 4, 2017, 7 p.m.", "2017-05-04T19:00:00"),
        ("May 4, 2017 19:40 PM", "2017-05-04T19:40:00"),
        ("2017 May 4", "2017-05-04T00:00:00"),
        ("May 4, 2017", "2017-05-04T00:00:00"),
        ("Wed, 29 Feb 2040 00:00:00 GMT", "2040-02-29T00:00:00"),
        # numbers
        ("1725327168", "2024-09-03T01:32:48"),
        ("1725327168000", "2024-09-03T01:32:48"),
        ("2016/6/29 15:07:41", "2016-06-29T15:07:41"),
        ("29.06.2016 15:07", "2016-06-29T15:07:00"),
        ("29/06/2016", "2016-06-29T00:00:00"),
        ("5/4/2017 7:40:17 PM", "2017-05-04T19:40:17"),
        ("6/29/2016", "2016-06-29T00:00:00"),
        # other languages
        ("mar, 07 may 2024 06:00:00 +0000", "2024-05-07T06:00:00"),
        ("mer, 16 nov 2022 00:38:15 +0100", "2022-11-15T23:38:15"),
        ("16 février 2022 à 10h30", "2022-02-16T10:30:00"),
        ("Mo, 25 Mär 2019 09:00:00 +0100", "2019-03-25T08:00:00"),
        ("25. Dezember 2019, 09:15 Uhr", "2019-12-25T09:15:00"),
        ("7 de agosto de 2021 18:00", "2021-08-07T18:00:00"),
        ("12 kwietnia 2020 11:11", "2020-04-12T11:11:00"),
        ("5 сентября 2021 г. 12:30", "2021-09-05T12:30:00"),
        ("2026年4月20日 19:31:49", "2026-04-20T19:31:49"),
        ("2004년 5월 23일 오후 3:05", "2004-05-23T15:05:00"),
    ],
)
def test_a_date_is_read(text: str, expected: str) -> None:
    assert parse_date(text) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "  ",
        "yesterday",
        "0000-00-00",
        "2024-02-30",
        "2024-02-30T10:00:00Z",
        "Thu, 32 Jan 2024 25:61:00 GMT",
        "Mon, 00 0000 00:00:00",
        "2024-13-01",
        "2024-01-01T25:00:00Z",
        "2024-06-01T00:00:00+25:00",
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "1989-12-31",
        "10000-01-01",
        "9999-12-31T23:59:59-12:00",
        "5/4/2017",
        "May 2017",
        "4 May 20177",
        "4 May 199",
        "2024-01-01T10:00:00Z and 12 more",
        "12",
        "May " * 50,
    ],
)
def test_what_is_no_possible_date_is_none(text: str | None) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text", ["Tue, 03 Sep 2024 01:32:48{}", "3 SEP 2024 01:32:60{}", "Mar, 31 Sep 2024 24:00:00{}"]
)
@pytest.mark.parametrize("zone", ["", " GMT", " +0000", " -0730", " +1600", " +0260"])
def test_the_short_cut_for_mail_dates_reads_as_the_long_way(text: str, zone: str) -> None:
    written = text.format(zone)
    assert parse_date(written) == parse_date(written.replace(" ", "  ", 1))


def test_month_and_zone_tables_agree_with_well_known_names() -> None:
    assert {MONTHS[name] for name in ("maerz", "mars", "marzo", "março", "март")} == {3}
    assert (ZONES["cest"], ZONES["nst"], ZONES["ist"]) == (2, -3.5, 5.5)
    assert "ist_irish" not in ZONES


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3723", 3723),
        (3723, 3723),
        (3723.9, 3723),
        ("3723.5", 3723),
        ("1:02:03", 3723),
        ("62:03", 3723),
        ("01:02:03.5", 3723),
        ("PT1H2M3S", 3723),
        ("pt62m3s", 3723),
        ("P1DT1S", 86401),
        ("1h 2m", 3720),
        ("1 hr 2 mins 3 secs", 3723),
        ("45 minutes", 2700),
        ("1.5 hours", 5400),
        ("1h02", 3720),
        ("12'34''", 754),
        ("12′34″", 754),
        ("12:34 min", 754),
        ("1:00:00:01", 86401),
        ("1 Std. und 5 Min.", 3900),
        ("1時間2分3秒", 3723),
        ("3 secs 2 mins", None),
        ("12 apples", None),
        ("about 5 min", None),
        ("0", None),
        ("00:00:00", None),
        ("", None),
        ("long", None),
        ("P", None),
        ("-5", None),
        (True, None),
        (None, None),
        ("99999999", None),
        ("9" * 50, None),
        (float("nan"), None),
    ],
)
def test_durations(value: object, seconds: int | None) -> None:
    assert parse_duration(value) == seconds


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("24986239", 24986239),
        (" 7 ", 7),
        (7, 7),
        ("0", None),
        ("1,234", None),
        ("12 MB", None),
        ("-1", None),
        (True, None),
        (None, None),
        (1.5, None),
        ("٣", None),
        ("9" * 30, None),
    ],
)
def test_counts(value: object, count: int | None) -> None:
    assert parse_count(value) == count
