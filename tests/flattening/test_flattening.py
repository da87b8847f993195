"""Flattening as a whole: whatever a feed holds, its rows fit together and are always the same."""

import gc
import hashlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsette.flattening import flatten_feed
from feedsette.flattening.body.sections import join_sections
from feedsette.markup import Element
from feedsette.parsing import parse_document
from feedsette.records import Document, Entry, Feed, Known
from feedsette.rows import Article

ROOT = Path(__file__).parent.parent.parent
NOW = datetime(2026, 1, 1, tzinfo=UTC)

PIECES = st.sampled_from(
    """
<p>text
</p>
<h2 id=a>Head
</h2>
<h3>
<pre><code class=language-js>
x();
</code></pre>
<ul class=toc>
<ul><li>
</li></ul>
<img src=/a.png>
 [1]
<a href="https://e.org/a">a
</a>
<a href='#a'>¶</a>
<iframe src=//youtube.com/embed/x>
</iframe>
<noscript>
</noscript>
<blockquote>
</blockquote>
<sup>1</sup>
<sup><a href='#n' id=r>1</a></sup>
<li id=n><a href='#r'>1</a>
<div data-attrs='{"gallery":{"images":[{"src":"/a.png"}]},"url":"/p","title":"T"}'></div>
<table><tr><td><td>
</table>
<p>The post <a href=https://e.org/a>T</a> appeared first on <a href=https://e.org>E</a>.
""".strip().splitlines()
)
ENTRIES = st.lists(
    st.builds(  # not Entry itself: of a named tuple, all fields would be filled
        lambda **fields: Entry(**fields),
        guid=st.sampled_from([None, "g", "h"]),
        link=st.sampled_from([None, "https://e.org/a", "https://e.org/b"]),
        title=st.sampled_from([None, "T", "a\xa0b"]),
        html=st.lists(PIECES, max_size=12).map("".join),
    ),
    max_size=3,
)


def articles_of(entries: list[Entry]) -> tuple[Article, ...]:
    flat = flatten_feed(Feed("k", "rss20", entries=tuple(entries)), Known())
    articles = tuple(article for article in flat.articles if isinstance(article, Article))
    assert len(articles) + len(flat.skipped) == len(entries)
    return articles


@given(ENTRIES)
@settings(max_examples=100, deadline=None)
def test_any_feed_gives_rows_that_fit_together(entries):
    articles = articles_of(entries)
    assert len({article.item_key for article in articles}) == len(articles)
    for article in articles:
        sections = {section.position for section in article.sections}
        assert join_sections(article.sections) == (article.text or "")
        for rows in (article.links, article.code_blocks, article.images, article.embeds):
            assert [row.position for row in rows] == list(range(len(rows)))
            assert {row.section for row in rows} <= sections


@given(ENTRIES)
@settings(max_examples=30, deadline=None)
def test_reversed_items_give_the_same_articles(entries):
    assert set(articles_of(entries)) == set(articles_of(entries[::-1])) or _has_twins(entries)


def _has_twins(entries: list[Entry]) -> bool:
    return len(articles_of(entries)) < len(entries)


def test_another_process_makes_the_same_rows():
    code = (
        "import hashlib; from feedsette.records import *; from feedsette.flattening import *; "
        "html = '<h2 id=a>A</h2><p class=\"x y\">b <a href=/c rel=nofollow>c</a></p>' * 3;"
        "feed = Feed('k', 'rss20', entries=(Entry(guid='g', tags=('x', 'y'), html=html),));"
        "print(hashlib.sha256(repr(flatten_feed(feed, Known())).encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "scripts")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert len(runs.pop().strip()) == hashlib.sha256().digest_size * 2


@pytest.mark.corpus
def test_the_feed_that_this_was_built_for(shared):
    path = shared / "feeds" / "devto-theburningmonk.xml"
    flat = flatten_feed(parse_document(Document(path.name, path.read_bytes(), NOW)), Known())
    articles = [article for article in flat.articles if isinstance(article, Article)]
    assert len(articles) == 12
    assert sum(section.level > 0 for article in articles for section in article.sections) == 71
    assert all(
        (a.canonical_url or "").startswith("https://theburningmonk.com/20") for a in articles
    )
    assert not any("\xa0" in (article.title or "") for article in articles)
    assert not any("appeared first on" in (article.text or "") for article in articles)


@pytest.mark.corpus
def test_known_articles_of_that_feed_are_unchanged(shared):
    path = shared / "feeds" / "devto-theburningmonk.xml"
    feed = parse_document(Document(path.name, path.read_bytes(), NOW))
    flat = flatten_feed(feed, Known())
    hashes = {article.item_key: article.content_sha256 for article in flat.articles}
    details = {article.item_key: article.details_sha256 for article in flat.articles}
    again = flatten_feed(feed, Known(flat.key_policy, hashes, frozenset(hashes), details))
    assert not any(isinstance(article, Article) for article in again.articles)
    assert again._replace(articles=()) == flat._replace(articles=())


def test_trees_are_gone_without_the_collector_of_cycles():
    """Left to it, they were nearly all that it found, and a thirtieth of a load's time."""
    html = "<h2>Owls</h2><p>They <b>hoot</b> at <a href=/b>night</a>.</p><pre>hoot()</pre>" * 9
    entry = Entry(guid="1", html=html, summary="<p>Of owls.</p>")
    gc.collect()
    before = _trees()
    gc.disable()
    try:
        flatten_feed(Feed("k", "rss20", entries=(entry,)), Known())
        assert _trees() == before
    finally:
        gc.enable()


def _trees() -> int:
    return sum(isinstance(one, Element) for one in gc.get_objects())
