"""Dates in file names, and the order of replaying."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedsette.sources.copies import Found, find_copy, in_order

NOW = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "date", "copy_of"),
    [
        ("feed-2024-01-02T0304.xml", datetime(2024, 1, 2, 3, 4, tzinfo=UTC), "feed.xml"),
        ("feed_2024-01-02_03-04-05.xml", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "feed.xml"),
        ("feed.2024-01-02T03:04:05Z.xml", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "feed.xml"),
        ("feed-20240102.xml.gz", datetime(2024, 1, 2, tzinfo=UTC), "feed.xml"),
        ("20240102030405-feed.xml", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "feed.xml"),
        ("2024.01.02 feed.xml", datetime(2024, 1, 2, tzinfo=UTC), "feed.xml"),
        ("v20991231-20240102.xml", datetime(2024, 1, 2, tzinfo=UTC), "v20991231.xml"),
        ("feed-2024-06-01T2300.xml", NOW, "feed.xml"),
    ],
)
def test_a_date_in_the_name_makes_a_copy(name: str, date: datetime, copy_of: str) -> None:
    path = Path("saved") / name
    assert find_copy(path, NOW) == Found(str(path), date, str(Path("saved") / copy_of))


@pytest.mark.parametrize("name", ["20240102030405.xml", "2024-01-02", "2024-01-02.xml.gz"])
def test_a_name_of_a_date_alone_is_a_copy_of_its_folder(name: str) -> None:
    assert find_copy(Path("blog") / name, NOW).copy_of == "blog"


@pytest.mark.parametrize(
    "name",
    [
        "feed.xml",
        "feed-2024.xml",
        "feed-2024-13-01.xml",
        "feed-2024-02-30.xml",
        "feed-2024-0102.xml",
        "19700101.xml",
        "feed-20240701.xml",
        "1704164645.xml",
        "120240102.xml",
    ],
)
def test_other_numbers_are_no_dates(name: str) -> None:
    assert find_copy(Path(name), NOW) == Found(name)


def test_on_request_the_time_of_the_file_serves(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(b"<rss/>")
    os.utime(path, (0, 1_704_164_645.9))
    date = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert find_copy(path, NOW, use_mtime=True) == Found(str(path), date, str(tmp_path))


def test_the_files_of_a_folder_stand_together() -> None:
    names = ["blog-x.xml", "blog/y.xml", "blog.xml", "blog/a/z.xml"]
    found = in_order(find_copy(Path(name), NOW) for name in names)
    assert [f.path for f in found] == [
        str(Path("blog/a/z.xml")),
        str(Path("blog/y.xml")),
        "blog-x.xml",
        "blog.xml",
    ]


def test_copies_come_in_order_of_time_and_the_present_state_last() -> None:
    names = ["b.xml", "a.xml", "z-2024-01-01.xml", "2023/c-20240102.xml", "a-2024-01-03.xml"]
    found = [find_copy(Path(name), NOW) for name in names]
    assert [f.path for f in in_order(found)] == [
        "z-2024-01-01.xml",
        str(Path("2023/c-20240102.xml")),
        "a-2024-01-03.xml",
        "a.xml",
        "b.xml",
    ]
