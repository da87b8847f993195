"""OPML and text lists."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedsette.errors import SourceError
from feedsette.records import Document, Failure
from feedsette.sources import SourceOptions, read_documents
from feedsette.sources.lists import MAX_DEPTH, MAX_LISTED, is_list, read_list

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
OPTIONS = SourceOptions(clock=lambda: NOW)
RSS = b"<rss version='2.0'/>"


def opml(outlines: str) -> bytes:
    return f"<opml version='2.0'><head/><body>{outlines}</body></opml>".encode()


@pytest.mark.parametrize(
    ("outlines", "expected"),
    [
        # outlines nest to any depth
        (
            "<outline text='a'><outline text='b'><outline xmlUrl='http://a.example/1'/></outline>"
            "</outline><outline type='rss' text='c' xmlUrl='http://a.example/2'/>",
            ["http://a.example/1", "http://a.example/2"],
        ),
        # a feed in several folders is one feed
        (
            "<outline text='a'><outline xmlUrl='http://a.example/1'/></outline>"
            "<outline text='b'><outline xmlUrl='http://a.example/1'/></outline>",
            ["http://a.example/1"],
        ),
        # attributes in any case, ampersands escaped
        (
            "<OUTLINE XMLURL='http://a.example/?a=1&amp;b=2'/>",
            ["http://a.example/?a=1&b=2"],
        ),
        # type=include names another list, type=link a list or a feed
        (
            "<outline type='include' text='x' url='http://a.example/more.opml'/>"
            "<outline text='no URL at all'/><outline xmlUrl=''/>"
            "<outline type='link' text='y' url='http://a.example/feed'/>",
            ["http://a.example/more.opml", "http://a.example/feed"],
        ),
        # files in the list's own folder
        ("<outline xmlUrl='sub/a.xml'/>", ["lists/sub/a.xml"]),
        # categories are not read, however many there are
        (
            f"<outline category='{'a,' * 100_000}' xmlUrl='http://a.example/'/>",
            ["http://a.example/"],
        ),
    ],
    ids=["nested", "twice", "case", "include", "file", "categories"],
)
def test_opml(outlines: str, expected: list[str]) -> None:
    assert read_list(opml(outlines), "lists/mine.opml") == expected


@pytest.mark.parametrize(
    ("origin", "entry", "expected"),
    [
        ("lists/a.txt", "b.xml", "lists/b.xml"),
        ("lists/a.txt", "../b.xml", "lists/../b.xml"),
        ("lists/a.txt", "/feeds/b.xml", "/feeds/b.xml"),
        ("lists/a.txt", "http://b.example/", "http://b.example/"),
        ("lists/a.txt", "ftp://b.example/", "ftp://b.example/"),
        ("-", "b.xml", "b.xml"),
        ("lists/a.txt", "-", "lists/-"),
        ("http://a.example/l/a.txt", "b.xml", "http://a.example/l/b.xml"),
        ("http://a.example/l/a.txt", "/etc/passwd", "http://a.example/etc/passwd"),
        ("http://a.example/l/a.txt", "-", "http://a.example/l/-"),
        ("http://a.example/l/a.txt", "//[", "//["),
    ],
)
def test_what_an_entry_means_depends_on_where_the_list_is(
    origin: str, entry: str, expected: str
) -> None:
    text = f"\ufeff# my feeds\n\n  {entry}  # a note\r\n{entry}\n"
    assert read_list(text.encode(), origin) == [expected]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"# nothing yet\n", "a list that names no feed"),
        (opml(""), "a list that names no feed"),
        (opml("<outline xmlUrl='../secret.xml'/>"), "names files outside its own folder"),
        (opml("<outline xmlUrl='/etc/passwd'/>"), "names files outside its own folder"),
        (b"http://a.example/\n" * (MAX_LISTED + 1), f"more than {MAX_LISTED} feeds"),
        (
            opml("".join(f"<outline xmlUrl='u{i}'/>" for i in range(MAX_LISTED + 1))),
            f"more than {MAX_LISTED} feeds",
        ),
    ],
)
def test_lists_that_are_refused(content: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_list(content, "mine.opml")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.opml", opml(""), True),
        ("a.xml", opml(""), True),
        ("-", b"https://a.example/feed\n", True),
        ("a.txt", b"feeds/a.xml\n", True),
        ("A.TXT", b"", True),
        ("a.txt", RSS, False),
        ("a.txt", b"\0binary", False),
        ("a.xml", b"feeds/a.xml\n", False),
    ],
)
def test_what_a_list_is(name: str, content: bytes, expected: bool) -> None:
    assert is_list(name, content) is expected


def test_deep_nesting_takes_no_time() -> None:
    outlines = "<outline text='a'>" * 100_000 + "<outline xmlUrl='http://a.example/'/>" * 100_000
    assert read_list(opml(outlines), "a.opml") == ["http://a.example/"]


class TestReading:
    @pytest.fixture(autouse=True)
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("sub").mkdir()
        for name in ("a.xml", "b.xml", "sub/c.xml"):
            Path(name).write_bytes(RSS)

    def test_a_list_is_replaced_by_what_it_names_in_its_place(self) -> None:
        Path("my.opml").write_bytes(
            opml("<outline xmlUrl='sub/c.xml'/><outline type='include' url='more.txt'/>")
        )
        Path("more.txt").write_bytes(b"nope.xml\nb.xml\nsub\n")
        assert list(read_documents(["my.opml", "a.xml", "b.xml"], OPTIONS, {})) == [
            Document("sub/c.xml", RSS, NOW),
            Failure("nope.xml", "no such file or folder; named in more.txt", NOW),
            Document("a.xml", RSS, NOW),
            Document("b.xml", RSS, NOW),  # once, where it was named first: on the command line
        ]

    def test_a_list_that_names_itself_ends(self) -> None:
        Path("a.opml").write_bytes(
            opml("<outline type='include' url='b.opml'/><outline xmlUrl='a.xml'/>")
        )
        Path("b.opml").write_bytes(
            opml("<outline type='include' url='a.opml'/><outline type='include' url='b.opml'/>")
        )
        assert list(read_documents(["a.opml"], OPTIONS, {})) == [Document("a.xml", RSS, NOW)]

    def test_lists_within_lists_end(self) -> None:
        for number in range(10):
            Path(f"{number}.txt").write_text(f"{number + 1}.txt\n")
        reason = f"lists within lists are followed {MAX_DEPTH} deep at most"
        last = Failure(f"{MAX_DEPTH}.txt", f"{reason}; named in {MAX_DEPTH - 1}.txt", NOW)
        assert list(read_documents(["0.txt"], OPTIONS, {})) == [last]

    def test_a_list_through_standard_input(self) -> None:
        options = SourceOptions(
            clock=lambda: NOW, stdin=io.BytesIO(opml("<outline xmlUrl='a.xml'/>"))
        )
        assert list(read_documents(["-"], options, {})) == [Document("a.xml", RSS, NOW)]
