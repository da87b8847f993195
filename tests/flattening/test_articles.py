"""An entry becomes one record with its children; nothing is invented, nothing left out unseen."""

from datetime import UTC, datetime

import pytest

from feedsette.flattening import flatten_feed
from feedsette.flattening.articles import limit_children, slug_of, tag_rows
from feedsette.flattening.identity import content_sha256, details_sha256
from feedsette.records import Attachment, Author, Entry, Feed, Known, Picture
from feedsette.rows import (
    Article,
    Enclosure,
    FlatFeed,
    Image,
    Link,
    Section,
    Tag,
    UnchangedArticle,
)
from feedsette.schema import CHILDREN

DAY = datetime(2024, 5, 6, tzinfo=UTC)
EMPTY = Entry(guid="g", title="T")


def feed_of(*entries: Entry, **about: object) -> Feed:
    return Feed("https://e.org/feed", "rss20", entries=entries, **about)


def flatten(*entries: Entry, **about: object) -> tuple[Article | UnchangedArticle, ...]:
    return flatten_feed(feed_of(*entries, **about), Known()).articles


def article_of(**fields: object) -> Article:
    (article,) = flatten(EMPTY._replace(**fields))
    assert isinstance(article, Article)
    return article


def test_a_whole_entry_becomes_a_whole_article():
    entry = Entry(
        guid="g",
        link="https://E.org/post?utm_source=rss",
        title="A\xa0post",
        authors=(
            Author("Ann"),
            Author("Bob"),
            Author("Ann", "https://ann.example/"),
            Author("Ann"),
        ),
        tags=("C#", "Unit  Testing", "unit testing"),
        published=DAY,
        updated=DAY.replace(day=7),
        html='<p>Hi <a href="/x">there</a>.</p><p>Originally published at '
        '<a href="https://old.example/a-post?utm_medium=rss">old.example</a></p>',
        summary="<p>In <b>short</b></p>",
        base_url="https://e.org/post",
        attachments=(Attachment("https://e.org/a.mp3", "audio/mpeg", 12, 34),),
        pictures=(Picture("https://e.org/p.png", "P", 10, 20),),
    )
    (article,) = flatten(entry, language="en")
    assert isinstance(article, Article)
    links = article.links
    assert article._replace(links=()) == Article(
        item_key="g",
        key_source="guid",
        content_sha256=content_sha256(entry),
        details_sha256=details_sha256(entry),
        guid="g",
        url="https://E.org/post?utm_source=rss",
        clean_url="https://e.org/post",
        canonical_url="https://old.example/a-post",
        title="A post",
        author="Ann, Bob",
        published=DAY,
        updated=DAY.replace(day=7),
        published_raw=None,
        language="en",
        word_count=2,
        reading_minutes=1,
        code_block_count=0,
        link_count=1,
        image_count=1,
        tags='["C#", "Unit Testing"]',
        summary="In short",
        text="Hi there.",
        html=entry.html,
        author_rows=(Author("Ann", "https://ann.example/"), Author("Bob")),
        tag_rows=(Tag("c#", "C#"), Tag("unit-testing", "Unit Testing")),
        sections=(Section(0, 0, None, None, None, 2, "Hi there."),),
        images=(
            Image(
                position=0,
                section=None,
                url="https://e.org/p.png",
                src="https://e.org/p.png",
                alt=None,
                title="P",
                caption=None,
                width=10,
                height=20,
                link_url=None,
            ),
        ),
        enclosures=(Enclosure(0, "https://e.org/a.mp3", "audio/mpeg", 12, 34),),
    )
    assert [(link.url, link.text, link.footer) for link in links] == [
        ("https://e.org/x", "there", False),
        ("https://old.example/a-post?utm_medium=rss", "old.example", True),
    ]


def test_an_entry_without_html_has_neither_text_nor_sections():
    article = article_of()
    assert (article.text, article.sections, article.word_count, article.reading_minutes) == (
        None,
        (),
        0,
        0,
    )
    assert (article.html, article.author, article.tags, article.canonical_url) == (
        None,
        None,
        "[]",
        None,
    )


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        pytest.param({"link": "https://e.org/a?fbclid=1"}, "https://e.org/a", id="the link"),
        pytest.param(
            {"link": "https://e.org/a", "canonical_url": "https://o.example/a?utm_id=1#x"},
            "https://o.example/a",
            id="what the feed names",
        ),
        pytest.param(
            {"html": '<p>First posted at <a href="/a-b">e</a></p>x', "base_url": "https://e.org/"},
            "https://e.org/a-b",
            id="a footer's relative link",
        ),
        pytest.param({"canonical_url": "javascript:x", "link": "https://e.org/"}, "https://e.org/",
                     id="not an address"),
    ],
)  # fmt: skip
def test_the_canonical_url(fields, url):
    assert article_of(**fields).canonical_url == url


@pytest.mark.parametrize(
    ("summary", "html", "row"),
    [
        pytest.param("Another view", "<p>Text</p>", "Another view", id="says something else"),
        pytest.param("Text &amp; more", "<p>x</p>", "Text & more", id="entities"),
        pytest.param("<p>The <i>text</i>…</p>", "<p>The text goes on</p>", None, id="a teaser"),
        pytest.param("<img src=x>", "<p>x</p>", None, id="no words"),
        pytest.param("A view " * 9, "<h2>1.</h2>" + "a view, " * 9, None, id="behind a heading"),
        pytest.param("A view", "<h2>1.</h2><p>A view</p><p>b</p>", None, id="a whole line"),
        pytest.param("A view", "<h2>1.</h2><p>A view of</p>", "A view", id="too short to tell"),
        pytest.param("Another view [...]", "<p>x</p>", "Another view", id="broken off"),
    ],
)
def test_the_summary_is_plain_text(summary, html, row):
    assert article_of(summary=summary, html=html).summary == row


def test_a_summary_that_repeats_the_title_is_none():
    assert (
        article_of(title="A view: more", summary="A view (more)", html="<p>x</p>").summary is None
    )


def test_a_summarys_call_to_read_on_is_no_text():
    summary = "<p>Short.</p><p><a href=https://e.org/a?rss>Lire sur notre site →</a></p>"
    article = article_of(link="https://e.org/a", summary=summary, html="<p>x</p>")
    assert article.summary == "Short."


def test_an_entrys_language_goes_before_the_feeds():
    one, two = flatten(EMPTY._replace(language="de"), Entry(guid="h"), language="en")
    assert (one.language, two.language) == ("de", "en")


def test_portraits_and_other_sizes_are_no_pictures_of_the_article():
    article = article_of(
        html='<img src="https://1.bp.blogspot.com/-a/s640/p.png"><p>x</p>',
        pictures=(
            Picture("https://1.bp.blogspot.com/-a/s72-c/p.png"),
            Picture("https://secure.gravatar.com/avatar/0123?s=96"),
            Picture("https://i0.wp.com/e.org/q.png?resize=9%2C9"),
        ),
    )
    assert [(image.url, image.src) for image in article.images] == [
        ("https://1.bp.blogspot.com/-a/s0/p.png", "https://1.bp.blogspot.com/-a/s640/p.png"),
        ("https://e.org/q.png", "https://i0.wp.com/e.org/q.png?resize=9%2C9"),
    ]


def test_the_articles_own_host_is_internal():
    article = article_of(link="https://e.org/a", html="<p><a href='https://www.e.org/b'>b</a></p>")
    assert [link.internal for link in article.links] == [True]


def test_a_picture_that_the_body_shows_is_one_image():
    article = article_of(
        html='<img src="https://e.org/p.png" alt="P"><p>x</p>',
        pictures=(Picture("https://e.org/p.png"), Picture("https://e.org/q.png")),
    )
    assert [(i.position, i.section, i.url) for i in article.images] == [
        (0, 0, "https://e.org/p.png"),
        (1, None, "https://e.org/q.png"),
    ]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Web Development", "web-development"),
        ("  C++ ", "c++"),
        ("C#", "c#"),
        ("C", "c"),
        ("snake_case", "snake-case"),
        ("ＡＢＣ", "abc"),
        ("日本語", "日本語"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        (".NET", ".net"),
    ],
)
def test_slugs(name, slug):
    assert slug_of(name) == slug


def test_tags_without_a_name_are_none():
    assert tag_rows(["", "\u200b", "a\nb"]) == (Tag("a-b", "a b"),)


def test_children_beyond_the_limit_are_reported():
    article = article_of()
    link = Link(0, 0, None, None, None, None, "other", internal=False)
    limited, lines = limit_children(article._replace(links=(link,) * (CHILDREN + 2)))
    assert len(limited.links) == CHILDREN
    assert lines == [f"T: 2 links beyond the limit of {CHILDREN}"]
    assert limit_children(article) == (article, [])


def test_a_known_entry_is_not_looked_into():
    entry = EMPTY._replace(published=DAY, html="<p>x</p>")
    known = Known("guid", {"g": content_sha256(entry)}, details={"g": details_sha256(entry)})
    edited = Entry(guid="h", title="H")
    flat = flatten_feed(feed_of(entry, edited), known)
    assert flat.articles[0] == UnchangedArticle(
        "g", content_sha256(entry), details_sha256(entry), DAY
    )
    assert [article.item_key for article in flat.articles] == ["g", "h"]


def test_a_feed_keeps_what_it_says_of_itself():
    feed = Feed(
        feed_key="k",
        format="json11",
        title="F",
        site_url="https://www.e.org/",
        feed_url="https://e.org/feed",
        description="D",
        language="en",
        generator="G",
        image_url="https://e.org/i.png",
        updated=DAY,
        entries=(EMPTY, EMPTY),
        complete=False,
        message="cut off",
        ttl_seconds=60,
        next_url="https://e.org/feed?2",
    )
    assert flatten_feed(feed, Known())._replace(articles=()) == FlatFeed(
        feed_key="k",
        format="json11",
        title="F",
        site_url="https://www.e.org/",
        feed_url="https://e.org/feed",
        description="D",
        language="en",
        generator="G",
        image_url="https://e.org/i.png",
        updated=DAY,
        key_policy="guid",
        articles=(),
        skipped=("T: twin of an item before it, and kept once",),
        complete=False,
        message="cut off",
        ttl_seconds=60,
        next_url="https://e.org/feed?2",
    )


def test_a_sites_own_hosts_are_internal_with_and_without_www():
    (article,) = flatten(
        EMPTY._replace(html='<a href="https://e.org/a">a</a><a href="https://f.example/">f</a>'),
        site_url="https://www.e.org/",
    )
    assert [link.internal for link in article.links] == [True, False]


def test_articles_on_one_page_are_told_apart_by_their_fragments():
    links = ("https://e.org/blog#a", "https://e.org/blog#b", "https://e.org/c#x", "https://e.org/d")
    articles = flatten(*(Entry(guid=link, link=link) for link in links))
    assert [(article.clean_url, article.canonical_url) for article in articles] == [
        ("https://e.org/blog", "https://e.org/blog#a"),
        ("https://e.org/blog", "https://e.org/blog#b"),
        ("https://e.org/c", "https://e.org/c"),
        ("https://e.org/d", "https://e.org/d"),
    ]


def test_tags_are_read_from_the_article_where_the_feed_names_none():
    html = "<p><a rel='tag nofollow' href=/t/a>#A b</a> <a rel=me href=/>c</a></p>"
    assert article_of(html=html).tags == '["A b"]'
    assert article_of(html=html, tags=("d",)).tags == '["d"]'
