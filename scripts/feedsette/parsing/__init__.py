"""Documents → Feeds: RSS 0.9x, 1.0, 2.0, Atom, RDF and JSON Feed, however broken."""

from dataclasses import replace

from feedsette.errors import FeedError
from feedsette.parsing.encodings import read_text
from feedsette.parsing.jsonfeeds import parse_json
from feedsette.parsing.xml.feeds import parse_xml
from feedsette.records import Document, Feed

__all__ = ["parse_document"]


def parse_document(document: Document) -> Feed:
    """Read a feed in any format and encoding; what can be read of a broken one is kept.

    Raises FeedError, in one line without the location, where the document is no feed.
    """
    decoded = read_text(document.content, dict(document.headers).get("content-type", ""))
    text = decoded.text.strip(" \t\r\n\f\ufeff")
    if not text:
        raise FeedError("is empty")
    feed = parse_json(text, document) if text[0] in "{[" else parse_xml(text, document)
    if not decoded.problem:
        return feed
    return replace(feed, message="; ".join(filter(None, (decoded.problem, feed.message))))
