"""Compressed bytes, in pieces and within limits."""

import gzip
import zlib

import pytest

from feedsette.errors import SourceError
from feedsette.sources.inflating import collect, inflate, inflate_head, inflate_if_gzip

TEXT = b"<rss>" + b"a feed " * 100 + b"</rss>"
RAW_DEFLATE = zlib.compress(TEXT, wbits=-zlib.MAX_WBITS)


def cut(content: bytes, size: int) -> list[bytes]:
    return [content[i : i + size] for i in range(0, len(content), size)]


@pytest.mark.parametrize("size", [1, 2, 7, 10_000])
@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(TEXT),
        zlib.compress(TEXT),
        RAW_DEFLATE,
        gzip.compress(TEXT[:50]) + gzip.compress(TEXT[50:]),
        gzip.compress(TEXT) + b"\0" * 600,
        gzip.compress(TEXT) + b"not gzip",
    ],
    ids=["gzip", "zlib", "raw deflate", "two members", "zero padding", "garbage after"],
)
def test_every_packing_gives_the_text_however_it_is_cut(packed: bytes, size: int) -> None:
    assert inflate(cut(packed, size), 10_000) == TEXT


def test_nothing_gives_nothing() -> None:
    assert inflate([], 10) == b""


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (gzip.compress(TEXT)[:-20], "cut off: the compressed data ends too early"),
        (b"\x1f", "cut off: the compressed data ends too early"),
        (b"\x1f\x8b\x08 this is not gzip", "broken gzip data"),
        (gzip.compress(TEXT)[:-8] + bytes(8), "broken gzip data"),
        (gzip.compress(b"a" * 2000), "larger than 1000 bytes; raise the limit with --max-size"),
        (gzip.compress(b"a", 0) * 45, "larger than 1000 bytes; raise the limit with --max-size"),
    ],
    ids=[
        "truncated",
        "one byte",
        "only the magic",
        "broken inside",
        "bomb",
        "packed bytes over the limit",
    ],
)
def test_what_is_refused(packed: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=rf"^{reason}$"):
        inflate([packed], 1000)


def test_empty_members_do_not_go_on_for_ever() -> None:
    with pytest.raises(SourceError, match="more than 1000 parts"):
        inflate([gzip.compress(b"") * 1001], 1_000_000)


def test_plain_pieces_are_joined_up_to_the_limit() -> None:
    assert collect([b"ab", b"", b"c"], 3) == b"abc"
    with pytest.raises(SourceError, match="larger than 2 bytes"):
        collect([b"ab", b"c"], 2)


def test_the_limit_is_named_in_megabytes() -> None:
    with pytest.raises(SourceError, match="larger than 1 MB; raise the limit with --max-size"):
        inflate([gzip.compress(b" " * (1024 * 1024 + 1))], 1024 * 1024)


def test_only_gzip_is_recognised_by_its_first_bytes() -> None:
    assert inflate_if_gzip(gzip.compress(TEXT), 10_000) == TEXT
    assert inflate_if_gzip(TEXT, 10_000) == TEXT


def test_the_head_of_a_broken_file_is_empty() -> None:
    assert inflate_head(gzip.compress(TEXT)[:-20]).startswith(b"<rss>a feed")
    assert inflate_head(b"\x1f\x8bnonsense") == b""
    assert inflate_head(TEXT) == TEXT
