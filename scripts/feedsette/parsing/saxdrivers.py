"""The standard library's expat driver, set so that it hands over text in whole runs.

expat reports text line by line and entity by entity; a feed of escaped HTML makes thousands of
calls that way. With buffer_text it makes one per run, which halves the time of feedparser with
equal results. Nothing outside the document is ever fetched.
"""

from pyexpat import XMLParserType
from xml.sax.expatreader import ExpatParser
from xml.sax.handler import (
    ContentHandler,
    ErrorHandler,
    feature_external_ges,
    feature_external_pes,
    feature_namespaces,
)

PIECE = 1 << 20
"""Bytes handed to expat at a time, and the size up to which it gathers text."""


class BufferedExpatParser(ExpatParser):
    """ExpatParser that gathers text and refuses every external entity."""

    _parser: XMLParserType

    def reset(self) -> None:
        """Make a fresh expat parser, then ask it to gather text."""
        super().reset()
        self._parser.buffer_text = True
        self._parser.buffer_size = PIECE


def feed_expat(data: bytes, content: ContentHandler, errors: ErrorHandler) -> None:
    """Send a UTF-8 document through the driver to its handlers, namespaces resolved.

    Raises xml.sax.SAXException at the first violation of well-formedness.
    """
    parser = BufferedExpatParser()
    parser.setFeature(feature_namespaces, 1)
    parser.setFeature(feature_external_ges, 0)
    parser.setFeature(feature_external_pes, 0)
    parser.setContentHandler(content)
    parser.setErrorHandler(errors)
    for start in range(0, len(data), PIECE):
        parser.feed(data[start : start + PIECE])
    parser.close()
