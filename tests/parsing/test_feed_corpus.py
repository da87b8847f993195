"""Feeds of other projects' test suites: counts, and what those projects say of them.

Every claim that we do not share must be listed in DIFFERENCES with the reason, and every listed
difference must still occur.
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from feed_claims import (
    BASE,
    Claim,
    expect_claims,
    feed_rs_claims,
    gofeed_claims,
    headers_of,
    reader_claims,
)

from feedsette.errors import FeedError
from feedsette.parsing import parse_document
from feedsette.parsing.encodings import read_text
from feedsette.parsing.xml.readers import read_xml
from feedsette.records import Document, Feed

pytestmark = pytest.mark.corpus


@dataclass(frozen=True)
class Difference:
    project: str
    files: str
    """Pattern of fnmatch for the path below the project's folder."""
    field: str
    reason: str

    def explains(self, project: str, file: str, field: str) -> bool:
        same = project == self.project and fnmatch(field, self.field)
        return same and fnmatch(file, f"*{self.files}")


DIFFERENCES = [
    Difference(
        "mmcdole+gofeed",
        "channel_item_extensions.xml",
        "updated",
        "dc:date is read as the date of publication",
    ),
    Difference(
        "mmcdole+gofeed", "channel_item_extensions.xml", "tags", "categories stand before keywords"
    ),
    Difference("mmcdole+gofeed", "item_links.xml", "link", "of several, the first is the page"),
    Difference(
        "mmcdole+gofeed", "channel_links.xml", "site_url", "of several links the first is the site"
    ),
    Difference(
        "feed-rs+feed-rs",
        "*.xml",
        "updated",
        "it repeats published where an item has no date of updating",
    ),
    Difference("feed-rs+feed-rs", "atom/*.xml", "tags", "labels, meant for people, before terms"),
    Difference("feed-rs+feed-rs", "rss2/rss_2.0_reddit.xml", "tags", "label before term"),
    Difference("feed-rs+feed-rs", "atom/*.xml", "authors", "the feed's authors are inherited"),
    Difference("feed-rs+feed-rs", "atom/atom_relative.xml", "link", "resolved"),
    Difference(
        "feed-rs+feed-rs",
        "jsonfeed_elastic_1.1.json",
        "guid",
        "it makes up an id where there is none",
    ),
    Difference(
        "feed-rs+feed-rs",
        "jsonfeed_elastic_1.1.json",
        "authors",
        "1.1's authors before 1.0's author",
    ),
    Difference(
        "feed-rs+feed-rs",
        "jsonfeed_elastic_1.1.json",
        "title",
        "numeric entities in a title are a machine's",
    ),
    Difference(
        "feed-rs+feed-rs", "jsonfeed_elastic_1.1.json", "link", "URLs stay as they were written"
    ),
    Difference(
        "feed-rs+feed-rs", "jsonfeed_spec_1.json", "authors", "two names with `and` are two authors"
    ),
    Difference("feed-rs+feed-rs", "rss0/*.xml", "guid", "it makes up an id where there is none"),
    Difference(
        "feed-rs+feed-rs", "rss0/rss_0.91_encoding_1.xml", "link", "URLs stay as they were written"
    ),
    Difference(
        "feed-rs+feed-rs", "rss0/rss_0.92_spec_1.xml", "authors", "the managing editor stands in"
    ),
    Difference("feed-rs+feed-rs", "rss1/*.xml", "guid", "rdf:about is the guid of RSS 1.0"),
    Difference("feed-rs+feed-rs", "rss1/rss_1.0_example_1.xml", "link", "resolved"),
    Difference("feed-rs+feed-rs", "rss1/rss_1.0_spec_2.xml", "tags", "dc:subject is a tag"),
    Difference(
        "feed-rs+feed-rs",
        "rss1/rss_1.0_biorxiv.xml",
        "authors",
        "surnames with initials, in a row, are as many authors",
    ),
    Difference("feed-rs+feed-rs", "rss1/rss_1.0_spec_2.xml", "authors", "no e-mail addresses"),
    Difference(
        "feed-rs+feed-rs",
        "rss2/*.xml",
        "authors",
        "names in brackets behind an address; the channel's author is inherited",
    ),
    Difference("feed-rs+feed-rs", "rss2/rss_2.0_example_3.xml", "tags", "keywords are tags"),
    Difference("feed-rs+feed-rs", "rss2/rss_2.0_spreaker.xml", "tags", "keywords are tags"),
    Difference(
        "feed-rs+feed-rs",
        "rss2/rss_2.0_example_6.xml",
        "guid",
        "it makes up an id where there is none",
    ),
    Difference(
        "feed-rs+feed-rs",
        "rss2/rss_2.0_ghost_1.xml",
        "guid",
        "it makes up an id where there is none",
    ),
    Difference("lemon24+reader", "*.atom", "link", "only http and https are links"),
    Difference("lemon24+reader", "full.json", "authors", "the feed's authors are inherited"),
    Difference("lemon24+reader", "invalid.json", "authors", "a bare string is taken for a name"),
    Difference("lemon24+reader", "relative.rss", "guid", "a guid is a key, not an address"),
    Difference(
        "kurtmckee+feedparser", "entry_author_map_author.xml", "authors", "no e-mail addresses"
    ),
    Difference("kurtmckee+feedparser", "entry_category_term*.xml", "tag 0", "label before term"),
    Difference("kurtmckee+feedparser", "_title_*.xml", "title", "titles are plain text"),
    Difference(
        "kurtmckee+feedparser",
        "item_dc_date_parsed.xml",
        "updated",
        "dc:date is read as the date of publication",
    ),
    Difference(
        "kurtmckee+feedparser", "escaped_apos.xml", "title", "both spellings are accepted there"
    ),
]

CLAIMS: list[tuple[str, str, Callable[[Path], Iterator[Claim]]]] = [
    ("mmcdole+gofeed", ".json", gofeed_claims),
    ("feed-rs+feed-rs", ".serde.json", feed_rs_claims),
    ("lemon24+reader", ".py", reader_claims),
    ("kurtmckee+feedparser", "", expect_claims),
]


def parse(path: Path) -> Feed | FeedError:
    url = BASE + path.name if "lemon24" in str(path) else None
    document = Document(
        path.name, path.read_bytes(), datetime(2024, 1, 1, tzinfo=UTC), url, headers_of(path)
    )
    try:
        return parse_document(document)
    except FeedError as error:
        return error


def feeds_of(folder: Path, ending: str) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if ending == ".py" and path.with_name(path.name + ".py").exists():
            yield path
        elif ending.endswith("json"):
            is_feed = path.suffix == ".xml" or path.suffix == ".json" != ending
            if is_feed and path.with_suffix(ending).exists():
                yield path
        elif not ending and path.is_file():
            yield path


def value_of(feed: Feed, index: int | None, field: str) -> Any:
    record = feed if index is None else feed.entries[index]
    if field.startswith("tag "):
        return record.tags[int(field[4:])]  # type: ignore[union-attr]
    value = getattr(record, field)
    return tuple(author.name for author in value) if field == "authors" else value


def test_what_other_projects_say_is_what_we_read(shared: Path) -> None:
    agreed, used, unexplained = 0, set(), []
    for project, ending, claims in CLAIMS:
        for path in feeds_of(shared / "corpus" / project, ending):
            feed = parse(path)
            for index, field, said in claims(path):
                ours = value_of(feed, index, field) if isinstance(feed, Feed) else str(feed)
                if ours == said:
                    agreed += 1
                    continue
                reasons = [d for d in DIFFERENCES if d.explains(project, str(path), field)]
                used.update(reasons[:1])
                if not reasons:
                    unexplained.append((path.name, index, field, said, ours))
    assert unexplained == []
    assert [difference for difference in DIFFERENCES if difference not in used] == []
    assert agreed >= 788


def manifest(shared: Path) -> Iterator[tuple[Path, str]]:
    with (shared / "corpus" / "MANIFEST.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            own = row["repo"] == "(own)"
            is_feed = row["repo"] != "kurtmckee+listparser" and "opml" not in row["path"]
            if is_feed and not own:
                yield shared / "corpus" / row["repo"] / row["path"], row["expected_entries"]


def test_every_feed_gives_the_entries_that_its_makers_count(shared: Path) -> None:
    wrong = []
    for path, expected in manifest(shared):
        feed = parse(path)
        found = str(len(feed.entries) + len(feed.left_out)) if isinstance(feed, Feed) else ""
        if found != expected:
            wrong.append((path.name, expected, found))
    assert wrong == []


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def strings(record: Any) -> Iterator[str]:
    if isinstance(record, str):
        yield record
    elif isinstance(record, tuple):
        for value in record:
            yield from strings(value)
    elif is_dataclass(record):
        for field in fields(record):
            yield from strings(getattr(record, field.name))


def test_no_feed_gives_an_empty_or_unprintable_string_or_an_address(shared: Path) -> None:
    for path in sorted((shared / "corpus").rglob("*")):
        feed = parse(path) if path.is_file() else None
        if isinstance(feed, Feed):
            assert [text for text in strings(feed) if not text.strip() or _BAD.search(text)] == []
            people = [author for entry in feed.entries for author in entry.authors]
            assert [name for name in strings(tuple(people)) if _EMAIL.search(name)] == []


def test_gathered_text_changes_nothing(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from xml.sax.expatreader import ExpatParser

    texts = [read_text(p.read_bytes()).text for p in (shared / "corpus").rglob("*.xml")]
    gathered = [read_xml(text) for text in texts]
    monkeypatch.setattr("feedsette.parsing.xml.saxdrivers.BufferedExpatParser", ExpatParser)
    assert [read_xml(text) for text in texts] == gathered
