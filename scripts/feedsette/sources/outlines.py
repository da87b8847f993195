"""OPML, read by listparser."""

from io import BytesIO

import listparser
from lxml import etree

from feedsette.errors import SourceError


def read_outlines(content: bytes, most: int) -> list[str]:
    """The addresses of feeds and of further lists, each once.

    SourceError for a file that cannot be read, and for one that names more than `most`.
    """
    outlines = _Outlines()
    outlines.most = most
    outlines.harvest.update(feeds=[], lists=[], opportunities=[], meta={})
    try:
        etree.parse(BytesIO(content), etree.HTMLParser(target=outlines, recover=True))
    except etree.LxmlError:
        raise SourceError("an OPML file that cannot be read") from None
    return [str(item["url"]) for kind in ("feeds", "lists") for item in outlines.harvest[kind]]


class _Outlines(listparser.Handler):  # type: ignore[misc]  # untyped here
    """listparser's reader, without the folders and categories that we do not use.

    They make its time and memory grow with the square of the outlines, and 100,000 categories on
    one outline hang it; without them it is linear. An outline in several folders counts once.
    """

    most = 0

    def start_opml_outline(self, attributes: dict[str, str]) -> None:
        """Note the feed or list, unless there are too many."""
        super().start_opml_outline({k: v for k, v in attributes.items() if k != "category"})
        self.hierarchy.clear()
        if len(self.found_urls) > self.most:
            raise SourceError(f"names more than {self.most} feeds; split the list")

    def end_opml_outline(self) -> None:
        """There is no folder to leave."""
