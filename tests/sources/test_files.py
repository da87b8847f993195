"""Files, folders, globs and standard input, read from a real file system."""

import bz2
import gzip
import io
import lzma
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedsette.records import Document, Failure
from feedsette.sources import SourceOptions, read_documents

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
OPTIONS = SourceOptions(clock=lambda: NOW, max_bytes=1000)
RSS = b"<rss version='2.0'/>"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)


def read(*locations: str, options: SourceOptions = OPTIONS) -> list[object]:
    return list(read_documents(locations, options, {}))


def names(*locations: str, options: SourceOptions = OPTIONS) -> list[str]:
    return [record.location for record in read_documents(locations, options, {})]


def test_a_file_is_a_document() -> None:
    write({"a.xml": RSS})
    assert read("a.xml") == [Document("a.xml", RSS, NOW)]


@pytest.mark.parametrize("name", ["a.xml.gz", "a.xml", "a"])
def test_gzip_is_known_by_its_bytes_not_its_name(name: str) -> None:
    write({name: gzip.compress(RSS)})
    assert read(name) == [Document(name, RSS, NOW)]


def test_a_named_file_always_counts() -> None:
    write({"README.md": b"# Hello", "page.html": b"<html>", "empty.xml": b""})
    assert read("README.md", "page.html", "empty.xml") == [
        Document("README.md", b"# Hello", NOW),
        Document("page.html", b"<html>", NOW),
        Document("empty.xml", b"", NOW),
    ]


def test_a_folder_gives_its_feeds_in_order_of_name_at_any_depth() -> None:
    write(
        {
            "f/b.xml": RSS,
            "f/a/z.rss": RSS,
            "f/c.xml.gz": gzip.compress(RSS),
            "f/d.json": b'{"version": "https://jsonfeed.org/version/1"}',
            "f/feed": RSS,
            "f/broken.atom": b"not a feed, but said to be one",
            "f/README.md": b"# Hello",
            "f/package.json": b"{}",
            "f/sitemap.xml": b"<urlset/>",
            "f/page.html": b"<html>",
            "f/page.xml": b"<!doctype html>",
            "f/mine.opml": b"<opml><body><outline xmlUrl='http://a.example/'/></body></opml>",
            "f/urls.txt": b"http://a.example/",
            "f/.hidden.xml": RSS,
            "f/.git/a.xml": RSS,
        }
    )
    expected = ["f/a/z.rss", "f/b.xml", "f/broken.atom", "f/c.xml.gz", "f/d.json", "f/feed"]
    assert names("f") == expected


def test_a_json_feed_may_name_its_version_at_its_end() -> None:
    feed = b'{"items": ["' + b"a" * 70_000 + b'"], "version": "https://jsonfeed.org/version/1"}'
    write({"f/a.json": feed})
    options = SourceOptions(clock=lambda: NOW)
    assert read("f", options=options) == [Document("f/a.json", feed, NOW)]


def test_dated_copies_are_replayed_in_order_of_time() -> None:
    write({"f/a-2024-01-02.xml": RSS, "f/z-2024-01-01.xml": RSS, "f/a.xml": RSS})
    assert read("f") == [
        Document("f/z-2024-01-01.xml", RSS, datetime(2024, 1, 1, tzinfo=UTC), copy_of="f/z.xml"),
        Document("f/a-2024-01-02.xml", RSS, datetime(2024, 1, 2, tzinfo=UTC), copy_of="f/a.xml"),
        Document("f/a.xml", RSS, NOW),
    ]


def test_a_copy_is_the_same_alone_and_in_its_folder() -> None:
    write({"f/a-2024-01-02.xml": RSS})
    assert read("f/a-2024-01-02.xml") == read("f") == read("f/*.xml")


def test_copies_without_dates_take_the_times_of_their_files() -> None:
    write({"f/1.xml": RSS, "f/2.xml": RSS})
    os.utime("f/1.xml", (0, 1_704_164_645))
    os.utime("f/2.xml", (0, 1_704_078_245))
    options = SourceOptions(clock=lambda: NOW, copies=True)
    assert read("f", options=options) == [
        Document("f/2.xml", RSS, datetime(2024, 1, 1, 3, 4, 5, tzinfo=UTC), copy_of="f"),
        Document("f/1.xml", RSS, datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), copy_of="f"),
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("f/*.xml", ["f/a.xml", "f/b.xml"]),
        ("f/**/*.xml", ["f/a.xml", "f/b.xml", "f/sub/c.xml"]),
        ("f/[b-z].xml", ["f/b.xml"]),
        ("f/?.md", ["f/r.md"]),
        ("f/[x].xml", ["f/[x].xml"]),
    ],
)
def test_a_glob_gives_what_it_matches(pattern: str, expected: list[str]) -> None:
    write(dict.fromkeys(["f/a.xml", "f/b.xml", "f/sub/c.xml", "f/r.md"], RSS))
    if pattern == "f/[x].xml":  # a file of that very name comes before the pattern
        write({pattern: RSS})
    assert names(pattern) == expected


def test_an_absolute_glob(here: Path) -> None:
    write({"f/a.xml": RSS})
    assert names(f"{here}/f/*.xml") == [f"{here}/f/a.xml"]


def test_nothing_is_read_twice(here: Path) -> None:
    write({"f/a.xml": RSS})
    assert names("f/a.xml", "f", "f/*.xml", str(here / "f"), "./f/../f/a.xml") == ["f/a.xml"]


@pytest.mark.parametrize("content", [RSS, gzip.compress(RSS)], ids=["plain", "gzipped"])
def test_standard_input(content: bytes) -> None:
    options = SourceOptions(clock=lambda: NOW, stdin=io.BytesIO(content))
    assert read("-", options=options) == [Document("-", RSS, NOW)]


def make_pipe() -> None:
    os.mkfifo("pipe.xml")


BARE = "no such file or folder; an address on the web begins with https://"
TOO_LARGE = "larger than 1000 bytes; raise the limit with --max-size"


@pytest.mark.parametrize(
    ("location", "prepare", "reason"),
    [
        ("nope.xml", None, "no such file or folder"),
        ("a/nope.d/", None, "no such file or folder"),
        ("blog.example", None, BARE),
        ("www.blog.example/feed.xml", None, BARE),
        ("", None, "an empty name; give a file, a folder or a URL"),
        ("nope/*.xml", None, "no file matches this pattern"),
        ("f/*.rss", lambda: write({"f/a.xml": RSS}), "no file matches this pattern"),
        (
            "f",
            lambda: write({"f/README.md": b"# Hello", "f/a.json": b"{}"}),
            "no feeds in this folder (files looked at: 2; none begins like a feed)",
        ),
        (
            "f",
            lambda: write({"f/.hidden.xml": RSS}),
            "no feeds in this folder (files looked at: 0; none begins like a feed)",
        ),
        (
            "f",
            lambda: write({"f/mine.txt": b"https://blog.example/feed.xml"}),
            "no feeds in this folder (files looked at: 1; none begins like a feed);"
            " lists of feeds are read where they are named themselves",
        ),
        (
            "pipe.xml",
            make_pipe,
            "not a regular file; to read from a pipe, use - as the source",
        ),
        ("/dev/zero", None, "not a regular file; to read from a pipe, use - as the source"),
        ("big.xml", lambda: write({"big.xml": b" " * 1001}), TOO_LARGE),
        ("bomb.gz", lambda: write({"bomb.gz": gzip.compress(b" " * 1001)}), TOO_LARGE),
        (
            "cut.gz",
            lambda: write({"cut.gz": gzip.compress(RSS)[:-4]}),
            "cut off: the compressed data ends too early",
        ),
        ("loop.xml", lambda: Path("loop.xml").symlink_to("loop.xml"), "too many levels"),
        ("a" * 300, None, "file name too long"),
        ("nul\0.xml", None, "embedded null byte"),
        ("-", None, "there is no standard input to read"),
        ("ftp://a.example/feed", None, "ftp:// is not supported; give http, https or a path"),
        ("file:///etc/passwd", None, "file:// is not supported; give http, https or a path"),
        ("http://", None, "not a valid URL"),
        ("http://[::1", None, "not a valid URL"),
    ],
)
def test_a_failure_is_a_record_and_harms_no_other(
    location: str, prepare: Callable[[], None] | None, reason: str
) -> None:
    write({"good.xml": RSS})
    if prepare:
        prepare()
    first, second = read(location, "good.xml")
    assert isinstance(first, Failure)
    assert first.reason.startswith(reason)
    assert first == Failure(location, first.reason, NOW)
    assert second == Document("good.xml", RSS, NOW)


@pytest.fixture
def nobody(here: Path) -> Iterator[None]:
    """Root may read everything, so tests of permissions step down where they run as root."""
    write({"closed.xml": RSS, "closed/a.xml": RSS, "f/a.xml": RSS, "f/b.xml": RSS})
    write({"f/closed/c.xml": RSS})
    for name in ("closed.xml", "closed", "f/b.xml", "f/closed"):
        Path(name).chmod(0)
    user = os.geteuid()
    for folder in (here, *list(here.parents)[:2]):
        folder.chmod(0o755)
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)
    for name in ("closed", "f/closed"):
        Path(name).chmod(0o700)


def test_a_file_without_permission(nobody: None) -> None:
    assert read("closed.xml") == [Failure("closed.xml", "not readable: permission denied", NOW)]


def test_a_folder_without_permission(nobody: None) -> None:
    assert read("closed") == [Failure("closed", "not readable: permission denied", NOW)]


def test_what_cannot_be_read_in_a_folder_is_told(nobody: None) -> None:
    assert read("f") == [
        Document("f/a.xml", RSS, NOW),
        Failure("f/b.xml", "not readable: permission denied", NOW),
        Failure("f/closed", "not readable: permission denied", NOW),
    ]


def test_links_between_folders_are_not_followed() -> None:
    write({"f/a.xml": RSS, "other/b.xml": RSS})
    Path("f/loop").symlink_to(".", target_is_directory=True)
    Path("f/other").symlink_to("../other", target_is_directory=True)
    Path("f/gone.xml").symlink_to("nowhere")
    os.mkfifo("f/pipe.xml")
    assert names("f") == ["f/a.xml"]


def test_a_folder_may_be_named_through_a_link() -> None:
    write({"f/a.xml": RSS})
    Path("link").symlink_to("f", target_is_directory=True)
    assert names("link/") == ["link/a.xml"]


def test_one_broken_file_of_a_folder_harms_no_other() -> None:
    write({"f/a.xml": RSS, "f/b.xml": b" " * 1001, "f/c.xml": RSS})
    assert read("f") == [
        Document("f/a.xml", RSS, NOW),
        Failure("f/b.xml", TOO_LARGE, NOW),
        Document("f/c.xml", RSS, NOW),
    ]


UNPACK = "of which nothing is read; unpack it first"


@pytest.mark.parametrize(
    ("pack", "reason"),
    [
        (lzma.compress, f"is packed with xz, {UNPACK}"),
        (bz2.compress, f"is packed with bzip2, {UNPACK}"),
        (lambda content: b"PK\x03\x04" + content, f"is a zip archive, {UNPACK}"),
        (lambda content: b"%PDF-1.7" + content, "is a PDF document, not a feed"),
        (
            lambda content: b"SQLite format 3\x00" + content,
            "is a SQLite database, not a feed; the one to load into follows -d",
        ),
    ],
    ids=["xz", "bzip2", "zip", "PDF", "SQLite"],
)
def test_what_is_no_feed_is_named(pack: Callable[[bytes], bytes], reason: str) -> None:
    Path("feed.xml").write_bytes(pack(RSS))
    (failure,) = read_documents(["feed.xml"], OPTIONS, {})
    assert isinstance(failure, Failure)
    assert failure.reason == reason
