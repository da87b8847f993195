"""What bytes seem to be."""

import pytest

from feedsette.sources.kinds import Kind, kind_of

COMMENTED = b"<?xml version='1.0'?>\n<!-- a <html> comment -->\n<?xml-stylesheet href='a'?>"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<rss version='2.0'/>", Kind.FEED),
        (b"\xef\xbb\xbf\n <RSS/>", Kind.FEED),
        (COMMENTED + b"<feed xmlns='http://www.w3.org/2005/Atom'>", Kind.FEED),
        (b"<rdf:RDF xmlns:rdf='a'>", Kind.FEED),
        (b"<atom:feed xmlns:atom='a'>", Kind.FEED),
        ("<?xml version='1.0' encoding='utf-16'?><rss/>".encode("utf-16"), Kind.FEED),
        (b"<!DOCTYPE rss [<!ENTITY nbsp '&#160;'>]>\n<rss/>", Kind.FEED),
        (b"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0' 'a'><!-- b --><rss/>", Kind.FEED),
        (b"<entry xmlns='http://www.w3.org/2005/Atom'/>", Kind.FEED),
        (b"<!DOCTYPE rss PUBLIC '-//Netscape' 'rss.dtd'><rss/>", Kind.FEED),
        (b'{"items": [], "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', Kind.FEED),
        (b"<?xml version='1.0'?><opml version='2.0'/>", Kind.OPML),
        (b"# feeds\n\nhttps://a.example/feed # mine\nb.xml\n", Kind.LIST),
        (b"feed:https://a.example/feed", Kind.LIST),
        (b"<!doctype  HTML><title>a</title>", Kind.HTML),
        (COMMENTED + b"<html lang=en>", Kind.HTML),
        (b"<head><title>a</title></head>", Kind.HTML),
        (b"<urlset/>", Kind.OTHER),
        (b'{"name": "a package"}', Kind.OTHER),
        (b"<!-- never closed <rss>", Kind.UNKNOWN),
        (b"<", Kind.UNKNOWN),
        (b"", Kind.UNKNOWN),
        (b"Read https://a.example/feed first", Kind.UNKNOWN),
        (b"\x89PNG\r\n", Kind.UNKNOWN),
    ],
)
def test_a_kind_is_told_from_the_beginning(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize("piece", [b"<!--", b"<?", b"<!a[", b"<!-- -->", b"\n", b"#\n", b"<"])
def test_hostile_beginnings_take_no_time(piece: bytes) -> None:
    """Only the head is read, and each part of it once: 10 MB are as quick as 64 KB."""
    assert kind_of(piece * (10_000_000 // len(piece))) in (Kind.UNKNOWN, Kind.OTHER)
