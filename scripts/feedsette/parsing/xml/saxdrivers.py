"""The standard library's expat driver, set so that it hands over text in whole runs.

expat reports text line by line and entity by entity; a feed of escaped HTML makes thousands of
calls that way. With buffer_text it makes one per run, which halves the time of feedparser with
equal results. Nothing outside the document is ever fetched.
"""

from functools import lru_cache
from pyexpat import XMLParserType
from typing import Any
from xml.parsers.expat import errors
from xml.sax import SAXException
from xml.sax.expatreader import ExpatParser
from xml.sax.handler import (
    ContentHandler,
    ErrorHandler,
    feature_external_ges,
    feature_external_pes,
    feature_namespaces,
)
from xml.sax.xmlreader import AttributesNSImpl

_EARLY = frozenset(
    errors.codes[message]
    for message in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
PIECE = 1 << 20
"""Bytes handed to expat at a time, and the size up to which it gathers text."""
_NO_ATTRIBUTES = AttributesNSImpl({}, {})


class BufferedExpatParser(ExpatParser):
    """ExpatParser that gathers text and refuses every external entity."""

    _parser: XMLParserType
    _cont_handler: ContentHandler

    def reset(self) -> None:
        """Make a fresh expat parser, then ask it to gather text."""
        super().reset()
        self._parser.buffer_text = True
        self._parser.buffer_size = PIECE

    def start_element_ns(self, name: str, attrs: Any) -> None:
        """As ExpatParser's, but an element without attributes, as most are, is soon done."""
        if attrs:
            super().start_element_ns(name, attrs)
        else:
            self._cont_handler.startElementNS(_parts(name), None, _NO_ATTRIBUTES)

    def end_element_ns(self, name: str) -> None:
        """As ExpatParser's."""
        self._cont_handler.endElementNS(_parts(name), None)


@lru_cache(maxsize=1000)
def _parts(name: str) -> Any:
    """Namespace and name; expat puts a blank between them, and before a prefix."""
    parts = name.split()
    if len(parts) == 1:
        return None, name
    return tuple(parts[:2] if len(parts) == 3 else parts)


def feed_expat(data: bytes, content: ContentHandler, faults: ErrorHandler) -> None:
    """Send a UTF-8 document through the driver to its handlers, namespaces resolved.

    Raises xml.sax.SAXException at the first violation of well-formedness.
    """
    parser = BufferedExpatParser()
    parser.setFeature(feature_namespaces, 1)
    parser.setFeature(feature_external_ges, 0)
    parser.setFeature(feature_external_pes, 0)
    parser.setContentHandler(content)
    parser.setErrorHandler(faults)
    for start in range(0, len(data), PIECE):
        parser.feed(data[start : start + PIECE])
    parser.close()


def is_early_end(error: Exception) -> bool:
    """Whether what feed_expat raised says that a document ended too early, and nothing else."""
    cause = error.getException() if isinstance(error, SAXException) else None
    return getattr(cause, "code", None) in _EARLY
