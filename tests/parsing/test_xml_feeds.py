"""RSS, Atom and RDF documents → records, one small document per rule."""

from datetime import UTC, datetime

import pytest

from feedsette.errors import FeedError
from feedsette.parsing import parse_document
from feedsette.records import Attachment, Author, Document, Entry, Feed, Picture

SEEN = datetime(2024, 1, 1, tzinfo=UTC)
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "atom": "http://www.w3.org/2005/Atom",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "media": "http://search.yahoo.com/mrss/",
        "sy": "http://purl.org/rss/1.0/modules/syndication/",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "pheedo": "http://www.pheedo.com/namespace/pheedo",
        "wp": "http://wordpress.org/export/1.2/",
    }.items()
)


def parse(text: str, url: str | None = None, **headers: str) -> Feed:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return parse_document(Document("feed.xml", text.encode(), SEEN, url=url, headers=named))


def fetched(text: str) -> Feed:
    """Read what a server has just answered."""
    return parse_document(Document("https://e.org/f", text.encode(), SEEN, http_status=200))


def rss(items: str, channel: str = "", url: str | None = None) -> Feed:
    text = f'<rss version="2.0" {NAMESPACES}><channel>{channel}{items}</channel></rss>'
    return parse(text, url)


def item(inside: str, channel: str = "") -> Entry:
    (entry,) = rss(f"<item>{inside}</item>", channel).entries
    return entry


def atom(inside: str, attributes: str = "", url: str | None = None) -> Feed:
    return parse(f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}>{inside}</feed>', url)


def entry(inside: str, attributes: str = "", feed: str = "") -> Entry:
    (found,) = atom(f"{feed}<entry {attributes}>{inside}</entry>").entries
    return found


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_whole_rss_feed() -> None:
    feed = rss(
        """<item><title>First</title><link>https://e.org/1</link>
        <guid isPermaLink="false">g1</guid><dc:creator>Jane</dc:creator><category>a</category>
        <category>b, c</category><pubDate>Tue, 03 Sep 2024 01:32:48 +0000</pubDate>
        <description>teaser</description>
        <content:encoded>&lt;p&gt;long text&lt;/p&gt;</content:encoded></item>""",
        """<title>A &amp;amp; B</title><link>https://e.org/</link><language>EN-us</language>
        <description>All &lt;b&gt;about&lt;/b&gt; it</description><generator>Maker 1</generator>
        <lastBuildDate>Wed, 04 Sep 2024 00:00:00 GMT</lastBuildDate><ttl>60</ttl>
        <image><url>/logo.png</url><title>T</title><link>https://e.org/</link></image>
        <atom:link rel="self" href="https://e.org/feed.xml"/>
        <atom:link rel="next" href="https://e.org/feed.xml?p=2"/>""",
    )
    assert feed == Feed(
        feed_key="https://e.org/feed.xml",
        format="rss20",
        title="A & B",
        site_url="https://e.org/",
        feed_url="https://e.org/feed.xml",
        description="All about it",
        language="en-US",
        generator="Maker 1",
        image_url="https://e.org/logo.png",
        updated=moment("2024-09-04"),
        base_url="https://e.org/",
        ttl_seconds=3600,
        next_url="https://e.org/feed.xml?p=2",
        entries=(
            Entry(
                guid="g1",
                link="https://e.org/1",
                title="First",
                authors=(Author("Jane"),),
                tags=("a", "b, c"),
                published=moment("2024-09-03T01:32:48"),
                html="<p>long text</p>",
                summary="teaser",
                base_url="https://e.org/1",
            ),
        ),
    )


def test_a_whole_atom_feed() -> None:
    feed = atom(
        """<title type="text">use std::vec&lt;T&gt;</title><id>urn:f</id><logo>l.png</logo>
        <link href="/blog/"/><link rel="self" href="/blog/atom.xml"/>
        <updated>2024-09-04T00:00:00Z</updated><author><name>Jane</name><uri>/jane</uri></author>
        <entry xml:lang="de"><id>urn:1</id>
        <title type="html">a &amp;lt;T&amp;gt; &lt;b&gt;b&lt;/b&gt;</title>
        <link rel="related" href="https://other.org/"/><link href="1.html"/>
        <link rel="enclosure" type="audio/mpeg" length="12" href="1.mp3"/>
        <updated>2024-09-03T00:00:00Z</updated><category term="x" label="Ex"/>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &lt; b</p></div>
        </content></entry>""",
        url="https://e.org/blog/atom.xml",
    )
    assert feed == Feed(
        feed_key="https://e.org/blog/atom.xml",
        format="atom10",
        title="use std::vec<T>",
        site_url="https://e.org/blog/",
        feed_url="https://e.org/blog/atom.xml",
        image_url="https://e.org/blog/l.png",
        updated=moment("2024-09-04"),
        base_url="https://e.org/blog/atom.xml",
        entries=(
            Entry(
                guid="urn:1",
                link="https://e.org/blog/1.html",
                title="a <T> b",
                authors=(Author("Jane", "https://e.org/jane"),),
                tags=("Ex",),
                published=moment("2024-09-03"),
                updated=moment("2024-09-03"),
                language="de",
                html="<p>a &lt; b</p>",
                base_url="https://e.org/blog/1.html",
                attachments=(Attachment("https://e.org/blog/1.mp3", "audio/mpeg", 12),),
            ),
        ),
    )


def test_a_whole_rss_1_feed() -> None:
    feed = parse(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://e.org/rdf"><title>T</title><link>https://e.org/</link></channel>
        <item rdf:about="urn:1"><title>One</title><link>/1</link><dc:date>2024-09-03</dc:date>
        <dc:creator>Jane</dc:creator><dc:creator>Tom</dc:creator>
        <dc:subject>a, b</dc:subject></item>
        </rdf:RDF>"""
    )
    assert feed == Feed(
        feed_key="https://e.org/",
        format="rss10",
        title="T",
        site_url="https://e.org/",
        base_url="https://e.org/",
        entries=(
            Entry(
                guid="urn:1",
                link="https://e.org/1",
                title="One",
                authors=(Author("Jane"), Author("Tom")),
                tags=("a", "b"),
                published=moment("2024-09-03"),
                base_url="https://e.org/1",
            ),
        ),
    )


def test_rss_1_names_its_generator_by_an_address() -> None:
    maker = '<a:generatorAgent rdf:resource="https://maker.example/?v=2"/>'
    spaces = (
        'xmlns:a="http://webns.net/mvcb/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    )
    feed = parse(f"<rss version='2.0' {spaces}><channel>{maker}<item/></channel></rss>")
    assert feed.generator == "https://maker.example/?v=2"
    assert rss("<item/>", "<generator>Maker</generator>").generator == "Maker"


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ('version="2.0"', "rss20"),
        ('version="0.91"', "rss091u"),
        ('version="0.92"', "rss092"),
        ("", "rss"),
        ('version="2.01"', "rss20"),
    ],
)
def test_versions(version: str, found: str) -> None:
    assert parse(f"<rss {version}><channel></channel></rss>") == Feed("feed.xml", found)


def test_netscape_rss_is_told_from_userland_by_its_doctype() -> None:
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x/y.dtd">'
    )
    feed = parse(f'<?xml version="1.0"?>{doctype}<rss version="0.91"><channel/></rss>')
    assert (feed.format, feed.message) == ("rss091n", None)


@pytest.mark.parametrize(
    ("inside", "published", "updated", "raw"),
    [
        (
            "<published>2024-01-01</published><updated>2024-02-02</updated>",
            "2024-01-01",
            "2024-02-02",
            None,
        ),
        ("<updated>2024-02-02</updated>", "2024-02-02", "2024-02-02", None),
        ("<published>2024-01-01</published>", "2024-01-01", None, None),
        ("<published>soon</published>", None, None, "soon"),
        (
            "<published>soon</published><updated>2024-02-02</updated>",
            "2024-02-02",
            "2024-02-02",
            "soon",
        ),
        ("<published>  </published>", None, None, None),
        ("", None, None, None),
    ],
)
def test_dates_of_an_entry(
    inside: str, published: str | None, updated: str | None, raw: str | None
) -> None:
    found = entry(inside)
    expected = (published and moment(published), updated and moment(updated), raw)
    assert (found.published, found.updated, found.published_raw) == expected


@pytest.mark.parametrize(
    ("inside", "names"),
    [
        ("<author>a@b.co (Jane)</author>", ["Jane"]),
        ("<author>jane@e.industries (Jane Große)</author>", ["Jane Große"]),
        ("<author>a@b.co</author>", ["Editor"]),
        ("<dc:creator>Jane</dc:creator><dc:creator>Tom</dc:creator>", ["Jane", "Tom"]),
        ("<itunes:author>Jane</itunes:author><dc:creator>jane</dc:creator>", ["Jane"]),
        ("<author><name>Jane</name><email>a@b.co</email></author>", ["Jane"]),
        ("<atom:author><atom:name>Jane</atom:name></atom:author>", ["Jane"]),
        ("<dc:contributor>Tom</dc:contributor>", ["Editor"]),
        ('<lj:poster xmlns:lj="http://e.org/lj">tom_7</lj:poster>', ["tom_7"]),
        ('<dw:poster xmlns:dw="http://e.org/dw" user="tom"/><author>a@b.co</author>', ["tom"]),
        ('<lj:poster xmlns:lj="http://e.org/lj">t</lj:poster><author>Ann</author>', ["Ann"]),
        (
            '<media:content medium="video"><media:credit role="author">Tom</media:credit>'
            '<media:credit role="producer">Ann</media:credit></media:content>',
            ["Tom"],
        ),
        (
            '<media:content medium="image"><media:credit role="author">Tom</media:credit>'
            "</media:content>",
            ["Editor"],
        ),
        ("", ["Editor"]),
    ],
)
def test_authors_of_an_item(inside: str, names: list[str]) -> None:
    found = item(f"<guid>g</guid>{inside}", "<managingEditor>e@b.co (Editor)</managingEditor>")
    assert [author.name for author in found.authors] == names


def test_the_owner_of_a_podcast_is_not_taken_for_its_author() -> None:
    channel = """<itunes:author>Jane</itunes:author><itunes:owner><itunes:name>Office</itunes:name>
    <itunes:email>o@e.org</itunes:email></itunes:owner>"""
    assert item("<guid>g</guid>", channel).authors == (Author("Jane"),)


@pytest.mark.parametrize(
    ("inside", "link"),
    [
        ("<link>https://e.org/a?b=1&amp;c=2</link>", "https://e.org/a?b=1&c=2"),
        ("<link>/a</link>", "https://e.org/a"),
        ("<guid>https://e.org/g</guid>", "https://e.org/g"),
        ("<guid>abc</guid>", None),
        ('<guid isPermaLink="false">https://e.org/g</guid>', None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>https:///x</link><guid>https://e.org/g</guid>", "https://e.org/g"),
        ("<link>https://e.org/blog/</link><guid>https://e.org/g</guid>", "https://e.org/g"),
        ("<link>https://e.org/blog/</link><guid>g</guid>", "https://e.org/blog/"),
        (
            '<link>https://e.org/blog/</link><guid isPermaLink="false">https://e.org/g</guid>',
            "https://e.org/blog/",
        ),
        (
            "<link>https://e.org/blog/</link><guid>https://e.org/1.mp3</guid>"
            '<enclosure url="https://e.org/1.mp3" length="9" type="audio/mpeg"/>',
            "https://e.org/blog/",
        ),
        ('<atom:link rel="self" href="https://e.org/self"/>', "https://e.org/self"),
        ('<atom:link href="https://e.org/atom"/>', "https://e.org/atom"),
        ("", None),
    ],
)
def test_the_link_of_an_item(inside: str, link: str | None) -> None:
    assert item(inside, "<link>https://e.org/blog/</link>").link == link


def test_a_guid_that_is_a_path_is_a_link_where_xml_base_completes_it() -> None:
    based = (
        '<rss version="2.0" xml:base="https://e.org/b/"><channel><item>%s</item></channel></rss>'
    )
    assert parse(based % "<guid>/1.html</guid>").entries[0].link == "https://e.org/1.html"
    assert parse(based % "<guid>1.html</guid>").entries[0].link is None
    assert parse(based % '<guid isPermaLink="false">/1</guid>').entries[0].link is None


@pytest.mark.parametrize("end", ["", "<b>"], ids=["well-formed", "not well-formed"])
@pytest.mark.parametrize("name", ["summary", "content"])
@pytest.mark.parametrize("inner", ["summary", "title", "body"])
def test_html_that_stands_bare_in_a_text_may_hold_what_feeds_call_their_texts(
    name: str, inner: str, end: str
) -> None:
    bare = f"<p>One</p><i><{inner}>two</{inner}><p>three</p></i><p>four</p>"
    texts = f'<{name} type="html">{bare}</{name}><id>urn:1</id>'
    feed = atom(f"<entry>{texts}</entry><entry><title>Next</title></entry>{end}")
    assert [entry.html or entry.title for entry in feed.entries] == [bare, "Next"]


@pytest.mark.parametrize(
    ("language", "title"), [("de", "Katze 1"), ("de-AT", "Katze 1"), ("fr", "Cat 1")]
)
def test_of_several_languages_in_one_text_the_feeds_is_read(language: str, title: str) -> None:
    spoken = f"<language>{language}</language>"
    old = "&lt;!--:en--&gt;Cat&lt;!--:--&gt;&lt;!--:de--&gt;Katze&lt;!--:--&gt; 1"
    assert item("<title>[:en]Cat[:de]Katze[:] 1</title>", spoken).title == title
    assert item(f"<title>{old}</title>", spoken).title == title
    assert item(f"<description>{old}</description>", spoken).html == title
    boxed = "&lt;p&gt;\n[:en]Cat[:de]Katze[:] 1"
    assert item(f"<description>{boxed}</description>", spoken).html == f"<p>\n{title}"


@pytest.mark.parametrize(
    "title",
    [
        *("[:] a", "[:en]", "x [:en", "list[:3]"),
        "Owls.find(params[:id]), then params[:to]",
        "left = owls[:mi]; all = owls[:]",
        "[:ul [:li 1] [:br]]",
        "[:id] or [:to] in a route",
        "How [:en]Owl[:de]Eule[:] is kept",
    ],
)
def test_brackets_with_a_colon_are_not_always_languages(title: str) -> None:
    assert item(f"<title>{title}</title>").title == title


def test_html_is_the_page_before_other_alternates() -> None:
    links = '<link type="application/json" href="https://e.org/j"/><link href="https://e.org/h"/>'
    assert entry(links).link == "https://e.org/h"


def test_the_feed_in_another_format_is_not_the_feeds_page() -> None:
    others = '<link rel="alternate" type="application/{}" href="https://e.org/index.{}"/>'
    links = others.format("rss+xml", "rss") + others.format("feed+json", "json")
    assert atom(links).site_url is None
    page = '<link rel="alternate" type="application/xhtml+xml" href="https://e.org/blog/"/>'
    assert atom(links + page).site_url == "https://e.org/blog/"


@pytest.mark.parametrize(
    "inside",
    [
        "<feedburner:origLink>https://o.org/</feedburner:origLink>",
        "<pheedo:origLink>https://o.org/</pheedo:origLink>",
        '<atom:link rel="canonical" href="https://o.org/"/>',
        '<atom:link rel="via" href="https://o.org/"/>',
    ],
)
def test_the_original_that_an_item_names(inside: str) -> None:
    found = item(f"<link>https://e.org/</link>{inside}")
    assert (found.link, found.canonical_url) == ("https://e.org/", "https://o.org/")


@pytest.mark.parametrize(
    ("guid", "base"),
    [
        ("<guid>http://www.e.org/2020/a/</guid>", "http://www.e.org/2020/a/"),
        ("<guid isPermaLink='false'>http://e.org/2020/a/</guid>", "https://o.org/b"),
        ("<guid>http://planet.example/1</guid>", "https://o.org/b"),
        ("<guid>http://[e.org/1</guid>", "https://o.org/b"),
        ("", "https://o.org/b"),
    ],
)
def test_a_link_blogs_own_page_completes_links(guid: str, base: str) -> None:
    found = item(f"<link>https://o.org/b</link>{guid}", "<link>https://e.org/</link>")
    assert (found.link, found.base_url) == ("https://o.org/b", base)


@pytest.mark.parametrize("service", ["feedburner", "pheedo"])
def test_the_original_completes_links_where_a_service_replaced_the_items_own(service: str) -> None:
    original = f"<{service}:origLink>https://o.org/a/b</{service}:origLink>"
    assert item(f"<link>https://s.example/~r/1/</link>{original}").base_url == "https://o.org/a/b"


def test_terms_that_wordpress_escaped_once_more_are_read() -> None:
    inside = "<category><![CDATA[R&amp;D]]></category><category>a<b>b</b></category>"
    assert item(inside).tags[0] == "R&D"


@pytest.mark.parametrize(
    "text",
    [
        "<rss version='2.0'><channel><link>https://e.org/</link></channel></rss>",
        '{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://e.org/"}',
    ],
)
def test_without_a_self_link_a_feed_is_fetched_where_it_was_asked_for(text: str) -> None:
    feed = parse_document(Document("https://ann:pw@e.org/f", text.encode(), SEEN, url="https://c/"))
    assert (feed.feed_url, feed.feed_key) == ("https://e.org/f", "https://e.org/f")
    saved = parse_document(Document("feed.xml", text.encode(), SEEN))
    assert (saved.feed_url, saved.feed_key) == (None, "https://e.org/")


def test_a_saved_copys_relative_self_link_is_completed_by_its_site() -> None:
    links = '<link href="https://e.org/"/><link rel="self" href="/atom.xml"/>'
    assert atom(links).feed_key == "https://e.org/atom.xml"
    assert atom(links, url="https://m.example/f").feed_url == "https://m.example/atom.xml"


def test_a_saved_copy_whose_links_are_all_relative_is_completed_by_its_id() -> None:
    links = '<id>https://e.org</id><link href="/b/"/><link rel="self" href="/b/atom.xml"/>'
    feed = atom(f'{links}<entry><id>/1</id><link href="/b/1"/></entry>')
    assert (feed.site_url, feed.feed_url) == ("https://e.org/b/", "https://e.org/b/atom.xml")
    assert feed.entries[0].link == "https://e.org/b/1"
    assert atom(links, url="https://m.example/f").site_url == "https://m.example/b/"
    assert atom(links.replace("https://e.org", "tag:e.org")).site_url is None


def test_the_next_page_is_beside_the_document_not_the_site() -> None:
    channel = '<link>https://e.org/blog/</link><atom:link rel="next" href="?page=2"/>'
    feed = rss("", channel, url="https://feeds.example/f")
    assert feed.next_url == "https://feeds.example/f?page=2"


def test_dublin_core_stands_behind_the_formats_own_elements() -> None:
    inside = (
        "<title>Own</title><description>Own words.</description><content:encoded>All of it, at length.</content:encoded>"
        "<dc:title>Core &amp;amp; Co</dc:title><dc:description>The core, at length.</dc:description>"
    )
    feed = rss(f"<item>{inside}</item>", inside)
    (entry,) = feed.entries
    assert (feed.title, feed.description) == ("Own", "Own words.")
    assert (entry.title, entry.html, entry.summary) == (
        "Own",
        "All of it, at length.",
        "Own words.",
    )
    core = inside[inside.index("<dc:title") :]
    feed = rss(f"<item>{core}</item>", core)
    (entry,) = feed.entries
    assert (feed.title, feed.description) == ("Core & Co", "The core, at length.")
    assert (entry.title, entry.html) == ("Core & Co", "The core, at length.")


def test_an_exports_excerpt_is_the_summary() -> None:
    wordpress = "http://wordpress.org/export/1.2/excerpt/"
    entry = item(
        "<description></description><content:encoded>The whole post.</content:encoded>"
        f'<excerpt:encoded xmlns:excerpt="{wordpress}">In &lt;b&gt;short&lt;/b&gt;.</excerpt:encoded>'
    )
    assert (entry.html, entry.summary) == ("The whole post.", "In <b>short</b>.")


def test_a_subtitle_stands_in_for_a_missing_text() -> None:
    assert item("<itunes:subtitle>Short &amp; good</itunes:subtitle>").html == "Short &amp; good"


def test_subtitles_of_recordings_hold_entities_but_no_markup() -> None:
    for written, shown in (
        ("Owls&amp;nbsp;&amp;amp; hawks", "Owls\xa0&amp; hawks"),
        ("x &amp;lt;b&amp;gt; &amp;nbsp;", "x &amp;lt;b&amp;gt; &amp;nbsp;"),
        ("&lt;b> &amp;nbsp;", "&lt;b&gt; &amp;nbsp;"),
    ):
        assert item(f"<itunes:subtitle>{written}</itunes:subtitle>").html == shown
    atom = '<summary type="text">A &amp;nbsp; is a space</summary>'
    assert entry(atom).html == "A &amp;nbsp; is a space"


def test_one_category_per_item_may_be_a_list_with_commas() -> None:
    one, two = "<item><category>a, b</category></item>", "<item><category>c</category></item>"
    assert [e.tags for e in rss(one + two).entries] == [("a", "b"), ("c",)]
    several = "<item><category>c</category><category>d</category></item>"
    assert [e.tags for e in rss(one + several).entries] == [("a, b",), ("c", "d")]


def test_keywords_follow_the_categories() -> None:
    inside = """<itunes:keywords>x, A,</itunes:keywords><media:keywords>y</media:keywords>
    <category>a</category><category/>"""
    assert item(inside).tags == ("a", "x", "y")
    assert item("<category>Owls</category><tag>night,bats</tag>").tags == ("Owls", "night", "bats")


def test_a_bare_ampersand_is_no_reference() -> None:
    feed = rss(
        "<item><title>Q&A at T&S today, caf&eacute; &#233; &amp; R&D</title>"
        "<link>https://e.org/?p=1&copy=2&lang=en</link><guid>https://e.org/?p=1&copy=2</guid>"
        "<category>R&D notes</category><author>Tea&Sons Ltd</author>"
        '<description>T&S grew<![CDATA[ by <a href="?a=1&b=2">A&B</a>]]></description></item>'
    )
    (entry,) = feed.entries
    assert entry.title == "Q&A at T&S today, café é & R&D"
    assert (entry.link, entry.guid) == (
        "https://e.org/?p=1&copy=2&lang=en",
        "https://e.org/?p=1&copy=2",
    )
    assert (entry.tags, entry.authors) == (("R&D notes",), (Author("Tea&Sons Ltd"),))
    assert entry.html == 'T&S grew by <a href="?a=1&b=2">A&B</a>'


@pytest.mark.parametrize("title", ["Tea", "Tea & cups"])
def test_references_mean_the_same_in_feeds_that_are_not_well_formed(title: str) -> None:
    entry = item(
        f"<title>{title}</title><guid>a&amp;b&#38;c</guid>"
        "<link><![CDATA[https://e.org/?a=1&b=2]]></link><category>x &amp; y</category>"
        '<enclosure url="https://e.org/a.mp3?a=1&amp;b=2" type="audio/mpeg"/>'
    )
    assert (entry.guid, entry.link, entry.tags) == ("a&b&c", "https://e.org/?a=1&b=2", ("x & y",))
    assert entry.attachments[0].url == "https://e.org/a.mp3?a=1&b=2"


def test_a_shops_tags_are_tags_whatever_its_prefix() -> None:
    inside = """<z:tag xmlns:z="http://jadedpixel.com/-/spec/shopify">Tea</z:tag>
    <z:tag xmlns:z="http://jadedpixel.com/-/spec/shopify">Pots, cups</z:tag>
    <s:tag xmlns:s="https://e.org/s">no</s:tag><category>a</category>"""
    assert item(inside).tags == ("a", "Tea", "Pots, cups")


def test_bloggers_kind_of_record_is_no_tag() -> None:
    kind = '<category scheme="http://schemas.google.com/g/2005#kind" term="http://x#post"/>'
    assert entry(f'{kind}<category term="a"/>').tags == ("a",)


@pytest.mark.parametrize(
    ("content", "attributes", "base"),
    [
        ('<content xml:base="https://b.org/x/" type="html">t</content>', "", "https://b.org/x/"),
        ('<content type="html">t</content>', 'xml:base="https://b.org/"', "https://b.org/"),
        (
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml" xml:base="https://b.org/q/">'
            '<p xml:base="https://c.org/">t</p></div></content>',
            "",
            "https://b.org/q/",
        ),
        ('<content type="html">t</content><link href="https://e.org/1"/>', "", "https://e.org/1"),
        ('<content type="html">t</content>', "", None),
    ],
)
def test_the_base_of_relative_links(content: str, attributes: str, base: str | None) -> None:
    assert entry(content, attributes).base_url == base


def test_the_header_says_where_the_document_lives() -> None:
    text = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="1"/></entry></feed>'
    feed = parse(text, url="https://e.org/x/feed", content_location="/y/feed")
    assert feed.entries[0].link == "https://e.org/y/1"


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<summary>a &lt; b\n\nc</summary>", "<p>a &lt; b</p>\n<p>c</p>"),
        ('<content type="text">&lt;p&gt;x&lt;/p&gt;</content>', "&lt;p&gt;x&lt;/p&gt;"),
        ("<content>&lt;p&gt;x&lt;/p&gt;</content>", "<p>x</p>"),
        (
            '<content type="html">&lt;pre&gt;&amp;lt;div&amp;gt;&lt;/pre&gt;</content>',
            "<pre>&lt;div&gt;</pre>",
        ),
        ('<content type="image/png">aGk=</content>', None),
        ('<content type="html" src="https://e.org/x"/>', None),
    ],
)
def test_content_by_its_type(content: str, html: str | None) -> None:
    assert entry(content).html == html


def test_code_keeps_its_attributes_and_entities() -> None:
    code = '<pre><code data-lang="c">if (a &lt; b &amp;&amp; c) {\n\tx();\n}</code></pre>'
    assert item(f"<description><![CDATA[{code}]]></description>").html == code


def test_recordings_and_pictures() -> None:
    found = item(
        """<enclosure url="https://e.org/a.jpg" type="image/jpeg" length="x"/>
        <enclosure url="https://e.org/a.mp3" type="Audio/MPEG; q=1" length="77"/>
        <itunes:duration>1:02:03</itunes:duration><itunes:image href="https://e.org/i.png"/>
        <media:group><media:content url="https://e.org/v.mp4" type="video/mp4" duration="9"
        fileSize="5"/><media:content url="https://e.org/p.png" medium="image" width="3" height="x">
        <media:title>Pic</media:title></media:content></media:group>
        <media:thumbnail url="https://e.org/t.png" width="10" height="20"/>
        <media:thumbnail>https://e.org/u.png</media:thumbnail>
        <media:content url="https://e.org/q.webp?x"/><media:content/><enclosure/>"""
    )
    assert found.attachments == (
        Attachment("https://e.org/a.jpg", "image/jpeg"),
        Attachment("https://e.org/a.mp3", "audio/mpeg", 77, 3723),
        Attachment("https://e.org/v.mp4", "video/mp4", 5, 9),
    )
    assert found.pictures == (
        Picture("https://e.org/p.png", "Pic", 3),
        Picture("https://e.org/q.webp?x"),
        Picture("https://e.org/a.jpg"),
        Picture("https://e.org/t.png", None, 10, 20),
        Picture("https://e.org/u.png"),
        Picture("https://e.org/i.png"),
    )


@pytest.mark.parametrize("date", ["pubDate", "dc:date", "lastBuildDate"])
def test_a_date_in_an_element_for_times_is_what_that_says_to_programs(date: str) -> None:
    time = '<time datetime="2024-09-03T01:32:48Z">Tue, 09/03/2024 - 03:32</time>'
    found = item(f"<title>T</title><{date}>\n{time}\n</{date}><time>no date</time>")
    assert found.published == datetime(2024, 9, 3, 1, 32, 48, tzinfo=UTC)
    assert (found.title, found.published_raw) == ("T", None)


@pytest.mark.parametrize(
    "file",
    [
        'resource="https://e.org/a.mp3" type="audio/mpeg" length="5"',
        'rdf:resource="https://e.org/a.mp3" enc:type="audio/mpeg" enc:length="5"',
        'enc:url="https://e.org/a.mp3" enc:type="audio/mpeg" enc:length="5"',
    ],
)
def test_the_enclosure_of_rss_1_is_an_attached_file(file: str) -> None:
    names = 'xmlns:enc="http://purl.oclc.org/net/rss_2.0/enc#"'
    rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    found = item(f"<title>T</title><enc:enclosure {names} {rdf} {file}/><enc:enclosure {names}/>")
    assert found.attachments == (Attachment("https://e.org/a.mp3", "audio/mpeg", 5),)


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("application/pdf", (Attachment("https://e.org/a.pdf", "application/pdf"),)),
        ("text/html", ()),
        ("html", ()),
    ],
)
def test_content_that_is_a_file_elsewhere_is_attached(
    kind: str, files: tuple[Attachment, ...]
) -> None:
    found = entry(f'<title>T</title><content type="{kind}" src="https://e.org/a.pdf"/>')
    assert (found.attachments, found.html) == (files, None)


def test_rss_1_names_its_picture_in_the_channel_though_none_stands_beside_it() -> None:
    root = (
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    )
    channel = '<channel><title>F</title><image rdf:resource="https://e.org/l.png"/></channel>'
    beside = "<image><url>https://e.org/other.png</url></image>"
    assert parse(f"{root}{channel}</rdf:RDF>").image_url == "https://e.org/l.png"
    assert parse(f"{root}{channel}{beside}</rdf:RDF>").image_url == "https://e.org/other.png"


@pytest.mark.parametrize(
    "image",
    [
        "<image>https://e.org/a.jpg</image>",
        '<image href="https://e.org/a.jpg"/>',
        "<image><url>https://e.org/a.jpg</url><title>I</title><link>https://e.org/</link></image>",
    ],
)
def test_the_picture_of_an_item_is_not_that_of_its_feed(image: str) -> None:
    logo = "<image><url>https://e.org/logo.png</url><title>Logo</title></image>"
    feed = rss(f"{logo}<item><title>T</title><link>https://e.org/1</link>{image}</item>")
    (entry,) = feed.entries
    assert (feed.image_url, feed.title) == ("https://e.org/logo.png", None)
    assert (entry.title, entry.link) == ("T", "https://e.org/1")
    assert entry.pictures == (Picture("https://e.org/a.jpg"),)


def test_an_entrys_own_page_is_no_picture() -> None:
    page = "https://e.org/owls/1/"
    assert item(f"<link>{page}</link><image>{page}</image>").pictures == ()


def test_of_one_picture_in_several_widths_the_widest_is_kept() -> None:
    found = item(
        """<media:content url="https://e.org/a.jpg?w=140" width="140"><media:title>Owl</media:title>
        </media:content><media:content url="https://e.org/b.jpg?w=9" width="9"/>
        <media:content url="https://e.org/a.jpg?w=460" width="460"/>
        <media:content url="https://e.org/show?id=1" medium="image" width="1"/>
        <media:content url="https://e.org/show?id=2" medium="image" width="2"/>"""
    )
    assert found.pictures == (
        Picture("https://e.org/a.jpg?w=460", "Owl", 460),
        Picture("https://e.org/b.jpg?w=9", None, 9),
        Picture("https://e.org/show?id=1", None, 1),
        Picture("https://e.org/show?id=2", None, 2),
    )


@pytest.mark.parametrize("kind", ["", 'type="png"', 'type="image/png"'])
def test_an_enclosed_picture_need_not_have_a_media_type(kind: str) -> None:
    found = item(f'<enclosure url="https://e.org/a.PNG?x=1" length="0" {kind}/>')
    assert [picture.url for picture in found.pictures] == ["https://e.org/a.PNG?x=1"]
    assert not item(f'<enclosure url="https://e.org/a" {kind[:9]}/>').pictures


def test_a_video_that_is_called_an_image_is_a_video() -> None:
    found = item('<media:content url="https://e.org/a.mp4" type="video/mp4" medium="image"/>')
    assert [(a.url, a.media_type) for a in found.attachments] == [
        ("https://e.org/a.mp4", "video/mp4")
    ]
    assert not found.pictures


@pytest.mark.parametrize(
    ("inside", "alt"),
    [
        ("<description>They fly.</description>{}", "An owl"),
        ("<description>An owl</description>{}", None),
        ("{}", None),
        ('<description>They fly.</description>{}<media:content url="https://e.org/b.png"/>', None),
    ],
)
def test_a_newspapers_description_beside_its_picture(inside: str, alt: str | None) -> None:
    picture = '<media:content medium="image" url="https://e.org/a.png"/>'
    found = item(inside.format(f"{picture}<media:description>An owl</media:description>"))
    assert found.pictures[0].alt == alt


def test_a_flash_player_is_no_file() -> None:
    player = 'url="https://v.example/v/1?version=3" type="application/x-shockwave-flash"'
    assert item(f"<media:group><media:content {player}/></media:group>").attachments == ()


@pytest.mark.parametrize(
    ("url", "kind", "files"),
    [
        ("https://www.youtube.com/watch?v=AtDIzM9OMrg", "", 0),
        ("https://m.youtube.com/shorts/AtDIzM9OMrg", "", 0),
        ("https://youtu.be/AtDIzM9OMrg", "", 0),
        ("https://vimeo.com/12345", "", 0),
        ("https://player.vimeo.com/video/12345", "", 0),
        ("https://player.vimeo.com/external/12345.hd.mp4", "", 1),
        ("https://www.youtube.com/watch?v=AtDIzM9OMrg", "video/mp4", 1),
        ("https://e.org/watch?v=AtDIzM9OMrg", "", 1),
    ],
)
def test_the_page_of_the_video_itself_is_no_file(url: str, kind: str, files: int) -> None:
    named = f'type="{kind}"' if kind else ""
    file = f'<media:content medium="video" {named} url="{url}"/>'
    found = item(f"<link>https://www.youtube.com/shorts/AtDIzM9OMrg</link>{file}")
    assert len(found.attachments) == files
    assert item(f"<link>https://e.org/post</link>{file}").attachments[0].url.endswith(url)


@pytest.mark.parametrize(
    "rss", ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"]
)
def test_the_picture_and_the_language_beside_the_channel_of_rss_1(rss: str) -> None:
    picture = "<title>Logo</title><url>https://e.org/l.png</url><link>https://e.org/x</link>"
    feed = parse(
        f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{rss}"
        xml:lang="ja"><channel><title>T</title><link>https://e.org/</link></channel>
        <image>{picture}</image><textinput><title>Find</title></textinput>
        <item><title>One</title></item></rdf:RDF>"""
    )
    found = (feed.title, feed.site_url, feed.image_url, feed.language, feed.entries[0].title)
    assert found == ("T", "https://e.org/", "https://e.org/l.png", "ja", "One")


def test_the_same_file_named_twice_is_one_attachment() -> None:
    found = item(
        """<enclosure url="https://e.org/a.mp3"/><itunes:duration>5</itunes:duration>
        <media:content url="https://e.org/a.mp3" type="audio/mpeg" fileSize="5"/>"""
    )
    assert found.attachments == (Attachment("https://e.org/a.mp3", "audio/mpeg", 5, 5),)


def test_transcripts_and_chapters_are_attached_files() -> None:
    found = item(
        """<podcast:transcript xmlns:podcast="https://podcastindex.org/namespace/1.0"
        url="https://e.org/a.vtt" type="text/vtt" language="en"/>
        <enclosure url="https://e.org/a.mp3" type="audio/mpeg"/><itunes:duration>5</itunes:duration>
        <pc:chapters xmlns:pc="https://podcastindex.org/namespace/1.0"
        url="https://e.org/a.json" type="application/json+chapters"/>
        <podcast:transcript xmlns:podcast="https://podcastindex.org/namespace/1.0"/>"""
    )
    assert found.attachments == (
        Attachment("https://e.org/a.mp3", "audio/mpeg", None, 5),
        Attachment("https://e.org/a.vtt", "text/vtt"),
        Attachment("https://e.org/a.json", "application/json+chapters"),
    )


@pytest.mark.parametrize(
    "credit",
    ["<creator>Jane</creator>", "<dcterms:creator>Jane</dcterms:creator>",
     '<n:creatorName xmlns:n="https://note.com">Jane</n:creatorName>',
     "<author><name>Jane</name></author>", "<atom:author><atom:name>Jane</atom:name></atom:author>"],
)  # fmt: skip
def test_a_creator_in_whatever_namespace(credit: str) -> None:
    assert item(credit).authors == (Author("Jane"),)


@pytest.mark.parametrize(
    "element", ["yandex:full-text", "rambler:fulltext", "full-text", "turbo:content"]
)
def test_the_whole_text_that_is_meant_for_search_engines(element: str) -> None:
    text = (
        '<rss xmlns:yandex="http://news.yandex.ru" xmlns:rambler="http://news.rambler.ru" '
        'xmlns:turbo="http://turbo.yandex.ru"><channel>'
        f"<item><description>d</description><{element}>all &amp;lt; of it</{element}></item>"
        "</channel></rss>"
    )
    (entry,) = parse(text).entries
    assert (entry.html, entry.summary) == ("all &lt; of it", "d")


def test_the_full_story_of_kde_in_rss_0_91() -> None:
    found = item("<date>16th July, 2004</date><fullstory>All <b>of</b> it &lt; that</fullstory>")
    assert (found.html, found.published) == (
        "All <b>of</b> it &lt; that",
        moment("2004-07-16"),
    )


def test_a_recording_that_is_called_a_picture() -> None:
    found = item('<enclosure url="https://e.org/a.mp3?x" type="image/mp3"/>')
    assert (found.pictures, [file.url for file in found.attachments]) == (
        (),
        ["https://e.org/a.mp3?x"],
    )


def test_what_stands_in_for_missing_texts() -> None:
    found = item("<media:title>T</media:title><media:description>a\nb</media:description>")
    assert (found.title, found.html) == ("T", "a<br>\nb")
    podcast = item(
        "<itunes:title>T</itunes:title><itunes:summary>S</itunes:summary>"
        "<itunes:subtitle>sub</itunes:subtitle>"
    )
    assert (podcast.title, podcast.html) == ("T", "S")


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<ttl>x</ttl>", None),
        ("<ttl>0</ttl>", None),
        ("", None),
        ("<ttl>999999</ttl>", 30 * 86400),
        ("<sy:updatePeriod> Hourly </sy:updatePeriod>", 3600),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
            43200,
        ),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            86400,
        ),
    ],
)
def test_how_long_the_feed_is_to_be_left_alone(channel: str, seconds: int | None) -> None:
    assert rss("", channel).ttl_seconds == seconds


@pytest.mark.parametrize(
    ("channel", "inside", "language"),
    [
        ("<language>en</language>", "<dc:language>en</dc:language>", None),
        ("<language>en</language>", "<dc:language>de</dc:language>", "de"),
        ("", '<description xml:lang="fr_ca">x</description>', "fr-CA"),
        ("<language>en</language>", "", None),
    ],
)
def test_the_language_of_an_item_if_not_its_feeds(
    channel: str, inside: str, language: str | None
) -> None:
    assert item(inside, channel).language == language


@pytest.mark.parametrize(
    ("text", "entries", "complete"),
    [
        ("<rss><channel><item><title>a</title></item></chan", ["a"], False),
        # CDATA that never ends hides the end of a document that is whole
        (
            "<rss><channel><item><title>a</title></item><item><title>b</title><description>"
            "<![CDATA[Words</description></item></channel></rss>",
            ["a", "b"],
            False,
        ),
        # who never ends an item is not cut off in the last
        ("<rss><channel><item><title>a</title><item><title>b</title>", ["a", "b"], False),
        (
            "<rss><channel><item><title>a</title></item></channel></rss><script>ads()</script>",
            ["a"],
            True,
        ),
        ("<rss><channel><item><title>a & b</title></item></channel></rss>", ["a & b"], True),
        (
            "<rss><channel><item><title>a</title></item><br><b>Notice</b>: x & y<item>"
            "<title>b</title></item></channel></rss>",
            ["a", "b"],
            True,
        ),
        ("<rss><channel><item><title>a</title></item></channel>", ["a"], True),
        (
            "<rss><channel><item><title>a</title></item><!-- <item><title>b</title></item>"
            "</channel></rss>",
            ["a"],
            False,
        ),
        (
            "<rss><channel><item><title>caf&eacute; &#xD83D;&#0;&#1114112;&unknown;</title></item>"
            "</channel></rss>",
            ["café &unknown;"],
            True,
        ),
        ("<RSS><CHANNEL><ITEM><TITLE>a</TITLE></ITEM></CHANNEL></RSS>", ["a"], True),
        (
            '<r:rss xmlns:r="http://x/"><r:channel><r:item><r:title>a</r:title></r:item></r:channel>'
            "</r:rss>",
            ["a"],
            True,
        ),
    ],
)
def test_broken_documents_give_what_can_be_read(
    text: str, entries: list[str], complete: bool
) -> None:
    feed = parse(text)
    assert [entry.title for entry in feed.entries] == entries
    assert feed.complete is complete
    assert complete or feed.message == (
        "is cut off or broken: what could be read was kept, entries may be missing"
    )


@pytest.mark.parametrize(
    ("text", "entries", "where"),
    [
        ("<rss><channel><item><title>a</title></item><item><title>b", ["a"], "item 2"),
        (
            "<rss><channel><item><title>a</title></item><item><title>b</title><guid>2</guid>"
            "<description><![CDATA[<p>Half a",
            ["a"],
            "item 2 (“b”)",
        ),
        ("<rss><channel><item><title>a</title><guid>1</guid><li", [], "item 1 (“a”)"),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>a</title></entry>"
            "<entry><title>b</title><content type='xhtml'><div><p>x<b>y",
            ["a"],
            "item 2 (“b”)",
        ),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><channel/>"
            "<item><title>a</title></item><item><title>b &amp; c</title></it",
            ["a"],
            "item 2 (“b & c”)",
        ),
        (
            "<rss:rss xmlns:rss=''><rss:item><rss:title>a</rss:title><rss:guid>1</rss:guid><rss:li",
            [],
            "item 1 (“a”)",
        ),
        (
            "<entry xmlns='http://www.w3.org/2005/Atom'><title>a</title><id>1</id><summary>",
            [],
            "item 1 (“a”)",
        ),
        # one before it that nobody ended is no reason
        (
            "<rss><channel><item><title>a</title><item><title>b</title></item><item><title>c",
            ["a", "b"],
            "item 3",
        ),
    ],
)
def test_an_item_in_which_a_document_breaks_off_is_left_out(
    text: str, entries: list[str], where: str
) -> None:
    feed = parse(text)
    assert [entry.title for entry in feed.entries] == entries
    assert (feed.complete, feed.cut_off) == (False, True)
    assert feed.message == (
        f"is cut off in {where}: that item was left out and comes when the feed can be read "
        "whole; those before it were kept"
    )


WHOLE = {
    "rss": """<?xml version='1.0'?><!-- made by hand --><rss version='2.0'><channel><title>T &amp; t
      </title><item><title>a &lt;b&gt;</title><guid>http://a.example/1</guid><description>
      <![CDATA[<p>One & only.</p>]]></description><enclosure url='/a.mp3' type='audio/mpeg'/></item>
      <item><title>b &#252;</title><guid>http://a.example/2</guid><description>&lt;p&gt;Two</description>
      </item></channel></rss>""",
    "atom": """<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>T</title><entry><id>1</id>
      <title type='html'>&lt;i>a&lt;/i></title><link href='/1'/><content type='xhtml'><div
      xmlns='http://www.w3.org/1999/xhtml'>One<br/><b>only</b></div></content></entry><entry>
      <id>2</id><title>b</title><summary>Two &amp; three</summary></entry></feed>""",
}


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><title>t</title><item><title>a<![CD",
        "<rss:rss xmlns:rss=''><rss:item><rss:title>a</rss:title><rss:li",
        "<entry xmlns='http://www.w3.org/2005/Atom'><title>a</title><id>",
    ],
)
def test_a_bare_title_is_kept_of_a_file_and_not_of_an_answer(text: str) -> None:
    feed = parse(text)
    assert (len(feed.entries), feed.complete) == (1, False)
    assert fetched(text).entries == ()


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_wherever_a_document_breaks_off_its_entries_are_those_of_the_whole(text: str) -> None:
    whole = fetched(text)
    assert whole.complete
    seen = set()
    for end in range(text.index("<item>" if "<item>" in text else "<entry>") + 7, len(text)):
        feed = fetched(text[:end])
        assert feed.entries == whole.entries[: len(feed.entries)], text[:end]
        seen.add(len(feed.entries))
    assert seen == {0, 1, 2}


def test_a_harmless_fault_is_told_and_the_feed_is_complete() -> None:
    feed = parse("<rss><channel><title>a & b</title></channel></rss>")
    assert (
        feed.message
        == "is not well-formed, but could be read (1:24: not well-formed (invalid token))"
    )


def test_an_undeclared_prefix_means_what_it_always_means() -> None:
    feed = parse('<rss><channel><atom:link rel="self" href="https://e.org/f"/></channel></rss>')
    assert feed.feed_url == "https://e.org/f"


def test_entities_of_the_doctype() -> None:
    doctype = """<!DOCTYPE rss [<!ENTITY site "e.org"> <!ENTITY q '"'> <!ENTITY n "&#160;">]>"""
    feed = parse(f"{doctype}<rss><channel><title>&site;&q;&n;x</title></channel></rss>")
    assert (feed.title, feed.message) == ('e.org" x', None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        (" \n\ufeff ", "is empty"),
        (
            "<!DOCTYPE html><html><body>404</body></html>",
            "is an HTML page, not a feed",
        ),
        (
            '<!DOCTYPE html><link rel=alternate href=/f type="application/rss+xml"><p>x',
            "is an HTML page, not a feed; give the address of the feed that the page names",
        ),
        (
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
            "is an HTML page, not a feed",
        ),
        ("<opml><body/></opml>", "is an OPML list of feeds, not a feed"),
        (
            "<urlset><url/></urlset>",
            "is not a feed: its root element is <urlset>, expected rss, feed or RDF",
        ),
        ("Not found", "is not a feed: neither XML nor JSON Feed"),
        ("<", "is not a feed: neither XML nor JSON Feed"),
        ("\x7fELF\x02 <b\x01> words", "is not a feed: neither XML nor JSON Feed"),
        ("if 1 <b: print(2)", "is not a feed: neither XML nor JSON Feed"),
    ],
)
def test_what_is_no_feed_is_said_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(FeedError) as error:
        parse(text)
    assert str(error.value) == reason


def test_an_item_of_nothing_is_an_entry_of_nothing() -> None:
    assert rss("<item/>").entries == (Entry(),)


def test_a_description_of_a_picture_is_its_alt_text() -> None:
    media = """<media:content url="https://e.org/p.png" type="image/png">
    <media:description type="plain">A pond</media:description></media:content>"""
    found = item(f"<description>Words</description>{media}")
    assert (found.html, found.summary) == ("Words", None)
    assert found.pictures == (Picture("https://e.org/p.png", alt="A pond"),)


def test_an_enclosed_picture_is_both_file_and_picture() -> None:
    found = item('<enclosure url="https://e.org/p.jpg" type="image/jpeg" length="9"/>')
    assert found.attachments == (Attachment("https://e.org/p.jpg", "image/jpeg", 9),)
    assert found.pictures == (Picture("https://e.org/p.jpg"),)


def test_a_sources_authors_stand_in_for_an_entrys() -> None:
    feed = "<author><name>Planet</name></author>"
    source = "<source><author><name>Jane</name></author></source>"
    assert entry(source, feed=feed).authors == (Author("Jane"),)
    own = "<author><name>Tom</name></author>"
    assert entry(own + source, feed=feed).authors == (Author("Tom"),)


def test_an_empty_item_inherits_no_authors() -> None:
    feed = rss("<item/><item><title>T</title></item>", "<managingEditor>Jane</managingEditor>")
    assert [entry.authors for entry in feed.entries] == [(), (Author("Jane"),)]


@pytest.mark.parametrize(
    ("inside", "word"),
    [
        ("<wp:status>draft</wp:status><wp:post_type>post</wp:post_type>", "draft"),
        ("<wp:status><![CDATA[private]]></wp:status>", "private"),
        ("<wp:status>publish</wp:status><wp:post_password>x</wp:post_password>", "password"),
        ("<wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>", "attachment"),
        ("<wp:status>publish</wp:status><wp:post_type>feedback</wp:post_type>", "feedback"),
        ("<wp:status>publish</wp:status><wp:post_type>wp_block</wp:post_type>", "wp_block"),
    ],
)
def test_what_an_export_of_wordpress_holds_unpublished_is_left_out(inside, word):
    public = "<wp:status>publish</wp:status><wp:post_type>page</wp:post_type><wp:post_password/>"
    feed = rss(f"<item><title>a</title>{inside}</item><item><title>b</title>{public}</item>")
    assert [entry.title for entry in feed.entries] == ["b"]
    assert feed.left_out == (word,)


@pytest.mark.parametrize(
    ("inside", "left_out"),
    [
        ('<c:control xmlns:c="http://www.w3.org/2007/app"><c:draft>no</c:draft></c:control>', ()),
        ('<control xmlns="http://www.w3.org/2007/app"><draft>yes</draft></control>', ("draft",)),
        ("<app:control><app:draft>yes</app:draft></app:control>", ("draft",)),
        ("<blogger:status>DRAFT</blogger:status>", ("draft",)),
        ("<blogger:status>LIVE</blogger:status>", ()),
        (
            '<category scheme="http://schemas.google.com/g/2005#kind" '
            'term="http://schemas.google.com/blogger/2008/kind#template"/>',
            ("settings",),
        ),
    ],
)
def test_drafts_and_settings_in_atom_are_left_out(inside, left_out):
    names = 'xmlns:app="http://www.w3.org/2007/app" xmlns:blogger="http://e.org/blogger"'
    feed = atom(f"<entry><title>a</title>{inside}</entry>", names)
    assert feed.left_out == left_out
    assert len(feed.entries) == 1 - len(left_out)


def exported(item: str, channel: str = "", content: str = "Words") -> Feed:
    return rss(
        f"<item><title>a</title><wp:post_id>7</wp:post_id><wp:post_type>post</wp:post_type>{item}"
        f"<content:encoded><![CDATA[{content}]]></content:encoded></item>{channel}",
        "<wp:author><wp:author_login>jane</wp:author_login>"
        "<wp:author_email>jane@e.org</wp:author_email>"
        "<wp:author_display_name><![CDATA[Jane Roe]]></wp:author_display_name></wp:author>"
        "<wp:author><wp:author_login>bo@e.org</wp:author_login>"
        "<wp:author_display_name>Bo Ray</wp:author_display_name></wp:author>"
        "<wp:author><wp:author_login>cy</wp:author_login><wp:author_display_name/></wp:author>",
    )


@pytest.mark.parametrize(
    ("login", "names"),
    [("Jane", ["Jane Roe"]), ("bo@e.org", ["Bo Ray"]), ("cy", ["cy"]), ("dan", ["dan"])],
)
def test_exports_name_the_people_behind_logins(login: str, names: list[str]) -> None:
    feed = exported(f"<dc:creator>{login}</dc:creator>")
    assert [author.name for author in feed.entries[0].authors] == names


def attachment(number: int, name: str, more: str = "") -> str:
    return (
        f"<item><wp:post_id>{number}</wp:post_id><wp:post_parent>7</wp:post_parent>"
        f"<wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>"
        f"<wp:attachment_url>https://e.org/{name}</wp:attachment_url>{more}</item>"
    )


@pytest.mark.parametrize("gallery", ['[gallery ids="9,8,404"]', "[gallery]"])
def test_galleries_of_exports_hold_the_pictures_that_are_attached(gallery: str) -> None:
    more = (
        "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>"
        "<wp:meta_value>Lamp &amp; owl</wp:meta_value></wp:postmeta>"
        "<wp:postmeta><wp:meta_key>_x</wp:meta_key><wp:meta_value>y</wp:meta_value></wp:postmeta>"
        "<excerpt:encoded><![CDATA[A <i>lamp</i>]]></excerpt:encoded>"
    )
    items = attachment(9, "a.jpg", more) + attachment(8, "b.PNG") + attachment(6, "c.pdf")
    assert exported("", items, gallery).entries[0].html == (
        '<figure><img src="https://e.org/a.jpg" alt="Lamp &amp; owl"><figcaption>A <i>lamp</i>'
        '</figcaption></figure>\n<figure><img src="https://e.org/b.PNG" alt=""></figure>'
    )


def test_a_picture_is_in_few_galleries() -> None:
    html = exported("", attachment(9, "a.jpg"), "[gallery ids=9]" * 50).entries[0].html
    assert html is not None
    assert html.count("<img") == 10


def test_exports_say_in_their_own_elements_when_it_was() -> None:
    day = "<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>"
    own = "<wp:post_date>2012-02-16 15:52:55</wp:post_date>"
    own += "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>"
    changed = "<wp:post_modified_gmt>2013-02-16 10:00:00</wp:post_modified_gmt>"
    found = exported(day + own + changed).entries[0]
    assert found.published == moment("2012-02-16T15:52:55")
    assert found.updated == moment("2013-02-16T10:00:00")


@pytest.mark.parametrize(
    ("categories", "tags"),
    [
        pytest.param((("Owl", "o"), ("Bat", "b")), ("Owl", "Bat"), id="names of terms"),
        pytest.param((("Owl", "/3"), ("Owl", "/7"), ("Bat", "/8")), ("Owl", "Bat"), id="numbers"),
        pytest.param((("Size", "S"), ("Size", "M"), ("Fit", "S")), ("S", "M"), id="kinds of terms"),
    ],
)
def test_a_categorys_label_is_its_name_or_its_kind(categories, tags) -> None:
    written = "".join(f'<category label="{label}" term="{term}"/>' for label, term in categories)
    assert entry(written).tags == tags


def test_what_exports_call_categories_beside_topics_are_no_tags() -> None:
    tags = '<category domain="post_format">Aside</category><category domain="post_tag">x</category>'
    assert exported(tags).entries[0].tags == ("x",)
    assert rss(f"<item>{tags}</item>").entries[0].tags == ("Aside", "x")


def test_comments_among_the_posts_of_an_export_are_left_out() -> None:
    kind = '<category scheme="http://schemas.google.com/g/2005#kind" term="{}#{}"/>'
    base = "http://schemas.google.com/blogger/2008/kind"
    post = f"<entry><title>a</title>{kind.format(base, 'post')}</entry>"
    comment = f"<entry><title>b</title>{kind.format(base, 'comment')}</entry>"
    assert atom(comment + post).left_out == ("comment",)
    assert atom(comment).left_out == ()
    new = '<entry xmlns:blogger="http://e.org/b"><blogger:type>COMMENT</blogger:type></entry>'
    assert atom(new).left_out == ("comment",)


@pytest.mark.parametrize(
    ("inside", "tags"),
    [
        ("<media:category>lamps, owls, fog</media:category>", ("lamps", "owls", "fog")),
        ("<media:category>Arts, Crafts</media:category>", ("x", "Arts, Crafts")),
        (
            '<media:category scheme="urn:flickr:tags">lamps owls</media:category>',
            ("lamps", "owls"),
        ),
        ("<itunes:keywords>lamps; owls、fog</itunes:keywords>", ("lamps", "owls", "fog")),
    ],
)
def test_lists_in_one_element_are_several_tags(inside: str, tags: tuple[str, ...]) -> None:
    beside = "<category>x</category>" if "x" in tags else "<category/>"
    assert rss(f"<item>{beside}{inside}</item>").entries[0].tags == tags


def test_namespaces_that_a_site_turned_to_https_with_all_its_addresses() -> None:
    text = f"""<rss version="2.0" {NAMESPACES}><channel><title>F</title><link>https://e.org/</link>
        <atom:link rel="self" href="https://e.org/feed.xml"/><item><guid>g</guid>
        <content:encoded>&lt;p&gt;long text&lt;/p&gt;</content:encoded><dc:creator>Jane</dc:creator>
        <atom:updated>2024-01-02T00:00:00Z</atom:updated></item></channel></rss>"""
    turned = parse(text.replace("http://", "https://"))
    assert turned == parse(text)
    assert (turned.feed_url, turned.entries[0].updated) == (
        "https://e.org/feed.xml",
        moment("2024-01-02"),
    )


def test_an_atom_feed_whose_namespace_is_turned_to_https() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>1</id>'
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></div>'
        "</content></entry></feed>"
    )
    assert parse(text.replace("http://", "https://")) == parse(text)


def test_a_feeds_earlier_picture_where_its_last_has_no_address() -> None:
    pictures = (
        "<image><url>https://e.org/i.png</url></image>",
        "<image><url>/relative.png</url></image>",
    )
    assert rss("", "".join(pictures)).image_url == "https://e.org/i.png"
    assert rss("", pictures[0] + '<itunes:image href="r.png"/>').image_url == "https://e.org/i.png"
    assert rss("", "".join((*pictures, *pictures[1:]))).image_url == "https://e.org/i.png"
    based = rss("", "<link>https://o.org/</link>" + "".join(pictures))
    assert based.image_url == "https://o.org/relative.png"
    item = f'<item><title>T</title><itunes:image href="https://e.org/e.png"/></item>{pictures[1]}'
    assert rss(item, pictures[0]).image_url == "https://e.org/i.png"


@pytest.mark.parametrize("nothing", ["http://", "https://", " HTTP: "])
def test_the_beginning_of_an_address_is_none(nothing: str) -> None:
    author = f"<author><name>Jane</name><uri>{nothing}</uri></author>"
    found = entry(author).authors
    based = atom(f"<entry>{author}</entry>", 'xml:base="https://e.org/feed/"').entries[0].authors
    assert found == based == (Author("Jane"),)


@pytest.mark.parametrize("service", ["feedburner", "pheedo"])
def test_a_services_original_that_is_no_address(service: str) -> None:
    original = f"<{service}:origLink>b67e-11ec</{service}:origLink>"
    found = item(f"<link>https://e.org/1</link>{original}", "<link>https://e.org/</link>")
    assert (found.canonical_url, found.base_url) == (None, "https://e.org/1")
