"""The same feed in other clothes: encodings, escapes, the order of items, another process."""

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from urllib.parse import quote as url_quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsette.flattening import flatten_feed
from feedsette.parsing import parse_document
from feedsette.records import Document, Known
from feedsette.rows import Article, FlatFeed
from feedsette.sources.inflating import inflate_if_gzip

SEEN = datetime(2026, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).parent.parent

MARKUP = st.sampled_from(
    [
        "<p>Grüße, 世界 &amp; 🌍</p>", "<h2 id=a>A</h2>", "<a href='/x?a=1&amp;b=2'>x</a>", "]]>",
        "<pre><code class=language-js>a && b < c\n\n  d</code></pre>", "<img src=i.png alt='1 < 2'>",
        "<iframe src='//youtube.com/embed/abcdefghijk'></iframe>", " [1]", "<br>\n", "&lt;b&gt;",
        "<!-- c -->", "</p>", "<ul><li>[1] <a href=https://e.org/1>One</a></ul>", "<![CDATA[x]]>",
    ]
)  # fmt: skip
ITEMS = st.lists(
    st.tuples(
        st.sampled_from(["", "T", "Ünï & <b>", "标题"]),
        st.lists(MARKUP, max_size=6).map("".join),
        st.sampled_from(["", "Tue, 03 Sep 2024 01:32:48 GMT"]),
        st.lists(st.sampled_from(["a", "R&D", "é"]), max_size=2),
    ),
    max_size=4,
    unique_by=lambda item: (item[0], item[1]),
)
Item = tuple[str, str, str, list[str]]


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def write(items: list[Item], quote: Callable[[str], str] = escape, encoding: str = "utf-8") -> str:
    parts = [
        f"<item><title>{escape(title)}</title><link>https://e.org/{url_quote(title) or number}</link>"
        f"<description>{quote(html)}</description><pubDate>{date}</pubDate>"
        + "".join(f"<category>{escape(tag)}</category>" for tag in tags)
        + "</item>"
        for number, (title, html, date, tags) in enumerate(items)
    ]
    start = f'<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0"><channel>'
    site = "<title>Bläter</title><link>https://e.org/</link>"
    return start + site + "".join(parts) + "</channel></rss>"


def flatten(content: bytes) -> FlatFeed:
    document = Document("feed.xml", inflate_if_gzip(content, 10_000_000), SEEN)
    return flatten_feed(parse_document(document), Known())


@given(ITEMS)
@settings(max_examples=60, deadline=None)
def test_other_bytes_for_the_same_text_give_the_same_rows(items):
    rows = flatten(write(items).encode())
    assert len(rows.articles) + len(rows.skipped) == len(items)
    assert flatten(gzip.compress(write(items).encode())) == rows
    assert flatten(write(items, encoding="utf-16").encode("utf-16")) == rows
    assert flatten(b"\xef\xbb\xbf\n" + write(items).encode()) == rows
    assert flatten(write(items, quote=cdata).encode()) == rows


@given(ITEMS)
@settings(max_examples=60, deadline=None)
def test_reversed_items_give_the_same_rows(items):
    numbered = [(title or str(n), *rest) for n, (title, *rest) in enumerate(items)]
    one, other = flatten(write(numbered).encode()), flatten(write(numbered[::-1]).encode())
    assert sorted(one.articles, key=_key) == sorted(other.articles, key=_key)
    assert (one.key_policy, len(one.skipped)) == (other.key_policy, len(other.skipped))


def _key(article: Article) -> str:
    return article.item_key


@pytest.mark.corpus
def test_another_process_makes_the_same_rows_of_every_feed(shared):
    code = (
        "import hashlib, sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from feedsette.loading import flatten_document\n"
        "from feedsette.records import Document, Known\n"
        "digest = hashlib.sha256()\n"
        "for path in sorted(Path(sys.argv[1]).rglob('*')):\n"
        "    if path.is_file() and path.stat().st_size < 60_000:\n"
        "        seen = datetime(2026, 1, 1, tzinfo=UTC)\n"
        "        document = Document(path.name, path.read_bytes(), seen)\n"
        "        outcome = flatten_document(document, Known(), False).outcome\n"
        "        digest.update(repr(outcome).encode('utf-8', 'replace'))\n"
        "print(digest.hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(shared / "corpus")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "scripts")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
