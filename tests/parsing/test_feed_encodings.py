"""Bytes in the encodings, and with the faults, that feeds come in."""

import codecs
from datetime import UTC, datetime

import pytest

from feedsette.parsing import parse_document
from feedsette.parsing.encodings import read_text
from feedsette.records import Document

FEED = (
    "<?xml version='1.0' encoding='{}'?>"
    "<rss><channel><item><title>{}</title></item></channel></rss>"
)


def title_of(content: bytes, content_type: str = "") -> str | None:
    headers = (("content-type", content_type),) if content_type else ()
    document = Document("x", content, datetime(2024, 1, 1, tzinfo=UTC), headers=headers)
    return parse_document(document).entries[0].title


@pytest.mark.parametrize(
    ("declared", "actual", "text"),
    [
        ("utf-8", "utf-8", "naïve “q” 日本 👍"),
        ("windows-1252", "cp1252", "naïve “q”"),
        ("iso-8859-1", "cp1252", "naïve “q”"),
        ("iso-8859-2", "iso8859-2", "žluťoučký kůň"),
        ("windows-1251", "cp1251", "Привет, мир"),
        ("koi8-r", "koi8-r", "Привет, мир"),
        ("gb2312", "gb18030", "中文标题镕"),
        ("big5", "big5", "中文標題"),
        ("Shift_JIS", "cp932", "日本語①"),
        ("x-sjis", "cp932", "日本語"),
        ("euc-kr", "cp949", "한국어 똠"),
        ("iso-2022-jp", "iso2022_jp", "日本語"),
        ("utf-16", "utf-16", "naïve 日本"),
        ("utf-16", "utf-16-be", "naïve 日本"),
        ("utf-16", "utf-16-le", "naïve 日本"),
        ("utf-32", "utf-32", "naïve 日本"),
        ("utf-32", "utf-32-be", "naïve 日本"),
        # declared wrongly
        ("iso-8859-1", "utf-8", "naïve “q”"),
        ("utf-8", "cp1252", "naïve “q”"),
        ("utf-16", "utf-8", "naïve"),
        ("no-such-thing", "utf-8", "naïve"),
        ("no-such-thing", "cp1252", "naïve"),
        ("base64", "cp1252", "naïve"),
        ("unicode_escape", "cp1252", "naïve"),
    ],
)
def test_encodings_declared_rightly_and_wrongly(declared: str, actual: str, text: str) -> None:
    assert title_of(FEED.format(declared, text).encode(actual)) == text


@pytest.mark.parametrize(
    ("content_type", "actual"),
    [("text/xml; charset=windows-1251", "cp1251"), ("text/xml; charset=utf-8", "utf-8")],
)
def test_the_header_names_the_encoding_where_the_document_does_not(
    content_type: str, actual: str
) -> None:
    content = "<rss><channel><item><title>Привет</title></item></channel></rss>".encode(actual)
    assert title_of(content, content_type) == "Привет"


@pytest.mark.parametrize(
    ("bad", "read"),
    [(b"\xe9", "é"), (b"\x92", "’"), (b"\xff", "ÿ"), (b"\xc3", "\ufffd"), (b"\xe2\x80", "\ufffd")],
)
def test_one_bad_byte_spoils_nothing_but_itself(bad: bytes, read: str) -> None:
    content = FEED.format("utf-8", "“日本” naïve XX caf").encode().replace(b"XX", bad)
    assert title_of(content) == f"“日本” naïve {read} caf"
    assert title_of(codecs.BOM_UTF8 + content) == f"“日本” naïve {read} caf"


def test_one_bad_character_in_a_declared_encoding_keeps_the_rest() -> None:
    content = FEED.format("gb2312", "中文标题XX" * 50).encode("gb18030").replace(b"XX", b"\xff ", 1)
    assert str(title_of(content)).startswith("中文标题\ufffd 中文标题XX")


def test_a_declared_encoding_that_reads_rubbish_is_not_believed() -> None:
    content = FEED.format("gb2312", "é " * 400).encode("cp1252")
    assert title_of(content) == "é " * 399 + "é"


@pytest.mark.parametrize(
    "lead",
    [
        b"\n\n  ",
        b"\xef\xbb\xbf\n ",
        b"<br />\n<b>Warning</b>: mysql_connect() in <b>x.php</b><br />\n",
        b"Notice: Undefined index\n",
        b"<!-- made by hand -->",
    ],
)
def test_what_stands_before_the_feed_is_left_out(lead: bytes) -> None:
    assert title_of(lead + FEED.format("utf-8", "é").encode()) == "é"


@pytest.mark.parametrize(
    ("declared", "actual", "problem"),
    [
        ("utf-8", "utf-8", None),
        ("UTF8", "utf-8", None),
        ("utf-8", "utf-8-sig", None),
        ("windows-1252", "cp1252", None),
        ("iso-8859-1", "cp1252", None),
        ("x-sjis", "cp932", None),
        ("gb2312", "gb18030", None),
        ("utf-16", "utf-16-le", None),
        ("utf-16", "utf-16", None),
        ("utf-8", "cp1252", "names the encoding utf-8, but is not in it: read as windows-1252"),
        ("iso-8859-1", "utf-8", "names the encoding iso-8859-1, but is not in it: read as UTF-8"),
        ("us-ascii", "utf-8", "names the encoding us-ascii, but is not in it: read as UTF-8"),
        ("utf-16", "utf-8", "names the encoding utf-16, but is not in it: read as UTF-8"),
        ("utf-8", "utf-16", "names the encoding utf-8, but is not in it: read as utf-16-le"),
        ("utf-9", "utf-8", "names the encoding utf-9, which does not exist: read as UTF-8"),
        ("base64", "utf-8", "names the encoding base64, which does not exist: read as UTF-8"),
        ("idna", "utf-8", "names the encoding idna, which does not exist: read as UTF-8"),
    ],
)
def test_a_wrong_encoding_is_told(declared: str, actual: str, problem: str | None) -> None:
    text = "日本語" if actual in ("cp932", "gb18030") else "naïve"
    assert read_text(FEED.format(declared, text).encode(actual)).problem == problem


@pytest.mark.parametrize(
    ("content", "content_type", "problem"),
    [
        (b"<rss>plain</rss>", "", None),
        (b"<?xml version='1.0' encoding='koi8-r'?><rss>plain</rss>", "", None),
        ("<rss>café</rss>".encode(), "text/xml", None),
        ("<rss>café</rss>".encode(), "text/xml; charset=koi8-r", "names the encoding koi8-r, "
         "but is not in it: read as UTF-8"),
        # a server that says the same of all its files, and a feed that knows better
        (FEED.format("utf-8", "café").encode(), "text/xml; charset=iso-8859-1", None),
        (FEED.format("utf-8", "café").encode(), "text/xml; charset=utf8mb4", None),
        ("<rss>café</rss>".encode("cp1252"), "", "names no encoding and is not UTF-8: "
         "read as windows-1252"),
        ("<rss>日本 XX</rss>".encode().replace(b"XX", b"\xe9"), "", "holds bytes that are not "
         "UTF-8: they were guessed or replaced"),
        (FEED.format("gb2312", "中文XX" * 50).encode("gb18030").replace(b"XX", b"\xff ", 1), "",
         "holds bytes that are not gb18030: they were guessed or replaced"),
    ],
)  # fmt: skip
def test_names_are_compared_with_the_bytes(
    content: bytes, content_type: str, problem: str | None
) -> None:
    assert read_text(content, content_type).problem == problem


def test_a_wrong_encoding_stands_before_what_else_is_wrong() -> None:
    document = Document(
        "x",
        b"<?xml version='1.0' encoding='nonsense'?><rss><channel><item><title>a&nbsp;b</title></item>",
        datetime(2024, 1, 1, tzinfo=UTC),
    )
    assert parse_document(document).message == (
        "names the encoding nonsense, which does not exist: read as UTF-8; is cut off or broken: "
        "what could be read was kept, entries may be missing"
    )


def test_controls_that_xml_forbids_are_gone_before_parsing() -> None:
    assert read_text(b"a\x00\x08\x0bb\tc\xef\xbf\xbf").text == "ab\tc"
    assert read_text(b"").text == ""
    assert read_text(b"\x00").text == ""
    assert read_text(b"caf\xe9 \x81").text == "café \x81"
