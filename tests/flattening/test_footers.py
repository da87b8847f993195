"""Syndication footers name the original, and are no text; what only resembles one stays."""

import pytest

from feedsette.flattening.body.bodies import read_body
from feedsette.flattening.pictures.images import image_rows, read_pictures
from feedsette.flattening.text.spots import Context

SITE = '<a href="https://e.org">E</a>'
POST = '<a href="https://e.org/2024/my-post/">My post</a>'
URL = "https://e.org/2024/my-post/"


def read(html: str, title: str = "My\xa0Post") -> tuple[str, str | None, list[bool]]:
    body = read_body(html, title)
    return body.text, body.canonical_url, [spot.footer for spot in body.spots]


@pytest.mark.parametrize(
    "footer",
    [
        pytest.param(f"The post {POST} appeared first on {SITE}.", id="WordPress"),
        pytest.param(f"{POST} first appeared on {SITE}", id="elder WordPress"),
        pytest.param(f"Der Beitrag {POST} erschien zuerst auf {SITE}.", id="German"),
        pytest.param(f"L’article {POST} est apparu en premier sur {SITE}.", id="French"),
        pytest.param(f"La entrada {POST} aparece primero en {SITE}.", id="Spanish"),
        pytest.param(f"L'articolo {POST} proviene da {SITE}.", id="Italian"),
        pytest.param(f"O post {POST} apareceu primeiro em {SITE}.", id="Portuguese"),
        pytest.param(f"Het bericht {POST} verscheen eerst op {SITE}.", id="Dutch"),
        pytest.param(f"Сообщение {POST} появились сначала на {SITE}.", id="Russian"),
        pytest.param(f"Inlägget {POST} dök först upp på {SITE}.", id="Swedish"),
        pytest.param(f"Artykuł {POST} pochodzi z serwisu {SITE}.", id="Polish"),
        pytest.param(f"Zzzz {POST} zzzz zzz {SITE}.", id="a language nobody thought of"),
        pytest.param(f"{POST} baked with care for {SITE}.", id="a site's own words"),
        pytest.param(
            f"{POST} was originally published in <a href='https://m.org/p'>P</a> on Medium, where "
            "people are continuing the conversation by highlighting and responding to this story.",
            id="Medium",
        ),
    ],
)
def test_the_last_line_names_the_original(footer):
    assert read(f"<p>Body.</p>\n<hr><p>{footer}</p>\n\n") == ("Body.", URL, [True, True])


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>Body.</p><p>{}</p>", id="last block"),
        pytest.param("<div><p>Body.</p><div><p>{}</p></div></div>", id="in containers"),
        pytest.param("<div>Body.<br><br>{}</div>", id="last line"),
        pytest.param("Body.<p></p>{}", id="without a block of its own"),
        pytest.param("<p>Body.</p><p>{}</p><img src=x width=1 height=1><hr>", id="before a pixel"),
        pytest.param("<p>Body.</p><p>{}</p><div class=feedflare>x</div>", id="before feedflare"),
        pytest.param("<p><em>{}</em></p><p>Body.</p>", id="first block"),
        pytest.param("<div><em>{}</em><br>Body.</div>", id="first line"),
        pytest.param("<blockquote><p>{}</p></blockquote><p>Body.</p>", id="quoted at the top"),
        pytest.param("<p><small>{}</small><br>Body.</p>", id="small print"),
        pytest.param("<p><small>{}<br>\n</small><br>Body.</p>", id="WP Discourse"),
        pytest.param("<p><small>{}<br>\n</small></p><p>Body.</p>", id="elder WP Discourse"),
    ],
)
def test_a_remark_on_the_first_publication_is_found_at_either_end(html):
    remark = 'Originally published on <a href="https://e.org/2024/my-post/">my blog</a>.'
    text, url, footers = read(html.format(remark))
    assert (text, url, footers[-1]) == ("Body.", URL, True)


def test_the_original_stands_behind_its_author():
    author = '<a href="https://a.example/about-me/">A. Author</a>'
    page = '<a href="https://e.org/2024/my-post/">the journal</a>'
    for words in (f"Originally published by {author} on {page}.", f"Originally posted on {page}."):
        assert read(f"<p>Body.</p><p><em>{words}</em></p>")[:2] == ("Body.", URL)
    other = f"Originally published by Ann Author on {page} in {author}."
    assert read(f"<p>Body.</p><p>{other}</p>")[:2] == ("Body.", URL)


def test_a_footer_before_a_short_block_is_found():
    html = f"<p>Body.</p><p>The post {POST} appeared first on {SITE}.</p><p>Share</p>"
    assert read(html) == ("Body.\n\nShare", URL, [True, True])


def test_a_footer_may_ask_to_subscribe_on_the_same_site():
    ask = 'Do <a href="https://e.org/letter/">take the letter</a> too.'
    html = f"<p>Body.</p><hr><p><small>{POST} baked with care for {SITE}. {ask}</small></p>"
    assert read(html) == ("Body.", URL, [True, True, True])
    elsewhere = html.replace("https://e.org/letter/", "https://other.example/")
    assert read(elsewhere)[2] == [False, False, False]


def test_a_sentence_that_leads_to_its_other_parts_is_text():
    parts = '<a href="https://e.org/1">one</a> and <a href="https://e.org/2">two</a>'
    html = f"<p>Body.</p><p>Parts of {POST} stand on {SITE}: {parts}.</p>"
    assert read(html)[2] == [False] * 4


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Body text. The post My post appeared first on E.", "Body text."),
        ("Body text […] The post My post first appeared on E", "Body text"),
        ("Body text. Der Beitrag My post erschien zuerst auf E.", "Body text."),
        ("Text。投稿 My post は E に最初に表示されました。", "Text。"),
        ("The post My post appeared first on E.", None),
        ("Body text. The post Another appeared first on E.", "same"),
        ("I think that the first print of My post appeared first on E.", "same"),
        ("Old it is. My post first appeared in 2015.", "same"),
        ("He wrote it. It is in My post, which first appeared in Athens.", "same"),
        ("The post My post appeared first on E. Then I wrote on, and on, and on" + " x" * 60, "same"),
    ],
)  # fmt: skip
def test_a_footer_that_lost_its_links_is_no_text(text: str, left: str | None) -> None:
    body = read_body(text, "My\xa0post", URL)
    assert body.text == (text if left == "same" else left or "")


_DIGG = "<a href='http://digg.com/submit?url=https%3A%2F%2Fe.org%2Fa'><img src=/digg.png></a>"
_OTHER = "<a href='http://owl.example/add?t=T&amp;u=https://e.org/a'>Owl</a>"
_TWEET = "<a href=https://twitter.com/intent/tweet?url=x>Tweet</a>"
_WRITE = "https://api.whatsapp.com/send"


@pytest.mark.parametrize(
    ("bar", "shown"),
    [
        pytest.param(f"<div class=x>{_DIGG}&nbsp;{_DIGG}</div>", "", id="icons"),
        pytest.param(f"<ul><li>{_TWEET}<li><a href=mailto:?body=x>Mail</a></ul>", "", id="a list"),
        pytest.param(f"<p>Pass it on: {_TWEET} | {_DIGG}</p><p>A. Owl</p>", "A. Owl", id="inside"),
        pytest.param(f"<p>Add to: {_DIGG} | {_OTHER} | {_DIGG}</p>", "", id="a third network"),
        pytest.param("<p><a href=https://e.org/?flattrss_redirect&amp;id=3>Flattr</a></p>", "", id="pay"),
        pytest.param(f"<p><a href='{_WRITE}?text=T&amp;phone='>Tell</a></p>", "", id="to no one"),
        pytest.param(f"<p><a href='{_WRITE}?text=T&amp;phone=49123'>Ask</a></p>", "Ask", id="to us"),
        pytest.param(f"<p>{_TWEET} {_OTHER}</p>", "Tweet Owl", id="two, one unknown"),
        pytest.param(f"<p>{_TWEET} or <a href=/a>buy</a></p>", "Tweet or buy", id="another link"),
        pytest.param(f"<p>{_DIGG}<img src=/owl.jpg> {_TWEET}</p>", "Tweet", id="a photo"),
        pytest.param("<p><a href=mailto:?subject=x>Mail</a></p>", "Mail", id="mail alone"),
        pytest.param(f"<p>{'Owl ' * 12}{_TWEET}</p>", f"{'Owl ' * 12}Tweet", id="prose"),
        pytest.param(
            f"<p>{_TWEET.replace('Tweet<', 'Owl ' * 12 + '<')}</p>", "Owl " * 12, id="a quotation"
        ),
    ],
)  # fmt: skip
def test_links_to_share_an_article_are_a_footer(bar: str, shown: str) -> None:
    body = read_body(f"<p>Body.</p>{bar}", "T", URL)
    assert body.text == f"Body.\n\n{shown}".strip()


def test_a_share_bars_icons_are_no_pictures_and_hide_no_call_to_read_on():
    call = "<p><a href=/a>Continue reading »</a></p>"
    body = read_body(f"<p>Body.</p>{call}<div>{_DIGG}</div>", "T", "https://e.org/a")
    assert body.text == "Body."
    assert not image_rows(read_pictures(body, Context("https://e.org/", None, frozenset())))


@pytest.mark.parametrize(
    ("line", "footer"),
    [
        ("Filed under: <a href=/category/a/>a</a>, <a href=/category/b/>b</a> Tagged: "
         "<a href=/tag/c/>c</a> <a href=https://feeds.wordpress.com/1.0/x><img src=/x></a>", True),
        ("Tags: <a href=/tags/a/>a</a>", True),
        ("Tags: <a href=tag_a.html>a</a>, <a href='?tag=b'>b</a>", True),
        ("Technorati Tags: <a href=https://e.example/tag/a rel=tag>a</a>", True),
        ("Read the tags <a href=/tags/a/>a</a>", False),
        ("Tags: <a href=a-tag_a.html>a</a>", False),
        ("Tags: <a href=/tags/a/>a</a> and <a href=/a>another</a>", False),
        ("See also <a href=/tags/a/>a</a>", False),
        ("Tagged by hand with great care, as ever, see <a href=/tags/a/>a</a>", False),
    ],
)  # fmt: skip
def test_the_shelves_of_an_article_are_a_footer(line: str, footer: bool) -> None:
    text = read_body(f"<p>Body.</p><br>{line}").text
    assert (text == "Body.") == footer


@pytest.mark.parametrize(
    ("href", "text"), [(URL, "Body."), ("https://e.org/talk", "Body. Comments")]
)
def test_comments_on_the_article_itself_are_a_footer(href: str, text: str) -> None:
    html = f"Body.\n<a href='{href}'>Comments</a>"
    assert read_body(html, url=URL).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a b [&#8230;]</p>", "a b"),
        ("<p>a b [ ... ]", "a b"),
        ("<p>a b… <a href=/p>Read more</a></p>", "a b…"),
        ("<p>a […] <a href=/p><b>Weiterlesen</b> »</a></p><p><img width=1 src=/x></p>", "a"),
        ("a <a href=/p>read more books</a>", "a read more books"),
        ("<a href=/p>Read more</a> here", "Read more here"),
        ("<p>a […] b", "a […] b"),
        ("Write to me or <a href=/c>leave a comment</a>.", "Write to me or leave a comment."),
        ("<h2>a [...]</h2>", "a [...]"),
        ("<pre><code>a = [...]</code></pre>", "a = [...]"),
    ],
)
def test_the_end_of_a_teaser_is_no_text(html, text):
    body = read_body(html)
    assert body.text == text
    assert all(spot.start <= spot.end <= len(text) for spot in body.spots)


def test_a_call_to_read_on_is_a_footer_only_at_the_end():
    assert read("<p>Body.</p><p><a href=/p>Read more</a></p><p>Bye.</p>") == (
        "Body.\n\nRead more\n\nBye.",
        None,
        [False],
    )


@pytest.mark.parametrize("words", ["Statistics: Posted by", "Statistik: Verfasst von"])
def test_a_forums_remark_on_who_posted_is_a_footer(words):
    who = '<a href="https://e.org/memberlist.php?mode=viewprofile&amp;u=7">jane</a>'
    assert read(f"<p>Body.</p><p>{words} {who} — 29 minutes ago</p><hr>") == ("Body.", None, [True])
    assert read(f"<p>As {who} — a friend — said.</p>")[2] == [False]


def test_several_footers_stand_one_behind_another():
    html = (
        f"<p>Body.</p><p><a href=/p>Read more</a></p><p>The post {POST} appeared first on {SITE}."
        "</p><p><a href='mailto:a@e.org'>Reply via email</a></p>"
    )
    assert read(html) == ("Body.", URL, [True] * 4)


def test_a_call_to_read_on_at_a_site_is_a_footer_if_it_leads_to_the_article():
    last = (
        '<p><a href="{}">Read more of this story</a> at Owls.</p><p><iframe src="/talk"></iframe>'
    )
    html = "<p>Body.</p>" + last
    url = "https://e.org/a-b"
    assert read_body(html.format(f"{url}?utm_source=rss"), url=url).text == "Body."
    assert "at Owls" in read_body(html.format("https://e.org/another"), url=url).text


@pytest.mark.parametrize(
    "box",
    [
        "ul class=rrssb-buttons", "div class=crp_related", "div class=tptn_counter",
        "div class='kk-star-ratings kksr-auto'", "div class=K2FeedTags",
        "div class=book-navigation id=book-navigation-114",
        "div class='attach_nopermission attach_tips'",
        "div class='elementor-social-icons-wrapper elementor-grid'", "b class=twitter-share-button",
        "div class=taglist",
        "ul class='wp-block-latest-posts__list wp-block-latest-posts'",
        "div class='elementor-widget elementor-widget-posts'",
    ],
)  # fmt: skip
def test_what_plugins_put_beneath_is_no_text(box):
    html = f"<p>Body.</p><{box}>Rated 5 <a href='/s'>Tweet</a></{box.split()[0]}><p>End.</p>"
    assert read(html)[0] == "Body.\n\nEnd."


def test_an_address_that_wordpress_embeds_is_no_text():
    box = (
        "<figure class='wp-block-embed'><div class='wp-block-embed__wrapper'>\n{}\n</div></figure>"
    )
    assert read(f"<p>Body.</p>{box.format('https://youtu.be/abcdefghi-1')}<p>End.</p>")[0] == (
        "Body.\n\nEnd."
    )
    assert "quoted" in read(f"<p>Body.</p>{box.format('<blockquote>quoted</blockquote>')}")[0]
    link = "<a href='https://e.org/b'>https://e.org/b</a>"
    assert "https://e.org/b" in read(f"<p>Body.</p>{box.format(link)}")[0]


def test_an_article_may_be_nothing_but_footer():
    assert read('<p><a href="https://m.org/x-1">Continue reading on M »</a></p>') == (
        "",
        None,
        [True],
    )


@pytest.mark.parametrize(
    "footer",
    [
        '<a href="/p">Read more</a>',
        '<a href="/p">Continue reading My post →</a>',
        '[<a href="/p">Read the rest of this article…</a>]',
        '<a href="/p">Weiterlesen</a> »',
        '<a href="/p">阅读全文</a>',
        '<a href="/s">Subscribe now</a>',
        '<a href="mailto:a@e.org">Reply via email</a>',
        "Reply by email",
        '<a href="/p#c">Leave a comment</a>',
        'You can <a href="mailto:a@e.org">reply to this post by email</a>, or <a href="/p#c">leave a '
        "comment</a>.",
        'Cross-posted on <a href="https://dev.example/a-b">dev</a>.',
    ],
)
def test_a_call_to_go_elsewhere_is_a_footer_without_original(footer):
    text, url, footers = read(f"<p>Body.</p><p>{footer}</p>")
    assert (text, url, all(footers)) == ("Body.", None, True)


@pytest.mark.parametrize(
    "thanks",
    ["Thanks for reading E! Subscribe for free.", "Thank you for using RSS. You're great!"],
)
def test_thanks_for_subscribing_are_a_footer(thanks):
    assert read(f"<p>Body.</p><p>{thanks}</p>")[0] == "Body."


@pytest.mark.parametrize(
    "last",
    [
        pytest.param("Thanks for reading, and happy coding!", id="an author's thanks"),
        pytest.param('Read more in <a href="/p">part two</a>, where we go on.', id="a sentence"),
        pytest.param('<a href="/p">Readers ask</a>', id="a link that begins alike"),
        pytest.param("This bug appeared first on Monday.", id="no link"),
        pytest.param(
            'The word <a href="/w">blog</a> appeared first on a page that ' + "went on " * 30,
            id="a long sentence",
        ),
        pytest.param(
            'I first posted about it on <a href="https://e.org/a-b">my blog</a>', id="of its own"
        ),
        pytest.param(
            'See <a href="https://e.org/a-b">Another</a> and also <a href="https://e.org">E</a>',
            id="two links and another title",
        ),
        pytest.param(
            'See <a href="https://e.org/a-b">My post</a> and <a href="https://f.org">F</a>',
            id="this title and another site",
        ),
        pytest.param("<img src=x.png>", id="a picture"),
        pytest.param("<b>x</b> " * 80, id="many elements"),
    ],
)
def test_what_only_resembles_a_footer_stays(last):
    text, url, footers = read(f"<p>Body.</p><p>{last}</p>")
    assert (url, any(footers)) == (None, False)
    assert text == read_body(f"<p>Body.</p><p>{last}</p>").text
    assert text != "Body." or "img" in last


def test_a_footer_amid_the_article_is_text():
    html = f"<p>The post {POST} appeared first on {SITE}.</p>" + "<p>Body.</p>" * 4
    assert read(html)[1:] == (None, [False, False])


@pytest.mark.parametrize(
    ("href", "url"),
    [
        pytest.param("https://e.org", None, id="home"),
        pytest.param("https://e.org/", None, id="home with a slash"),
        pytest.param("https://e.org/@me", None, id="a profile"),
        pytest.param("https://e.org/author/john-doe", None, id="an author"),
        pytest.param("https://e.org/blog", None, id="a blog"),
        pytest.param("https://[e.org/a-b", None, id="no URL"),
        pytest.param("https://e.org/my-post", "https://e.org/my-post", id="a slug"),
        pytest.param("https://e.org/post.html", "https://e.org/post.html", id="a page"),
        pytest.param("/p/12", "/p/12", id="a number, not resolved here"),
    ],
)
def test_only_a_page_can_be_the_original(href, url):
    html = f'<p>Originally published at <a href="{href}">there</a></p><p>Body.</p>'
    assert read(html) == ("Body.", url, [True])


def test_a_link_with_the_title_as_its_text_is_the_original():
    html = '<p>Body.</p><p>First published at <a href="https://e.org/x">My Post</a></p>'
    assert read(html)[1] == "https://e.org/x"


def test_a_remark_of_the_author_goes_before_a_platforms_footer():
    html = (
        "<p>x</p><p>Originally published at <a href='https://o.example/a-b'>o</a></p><hr><p>"
        "<a href='https://p.example/a-b-1'>T</a> was originally published in <a href=/p>P</a> on "
        "Medium, where people are continuing the conversation by responding to this story.</p>"
    )
    assert read_body(html, "T").canonical_url == "https://o.example/a-b"


@pytest.mark.parametrize(
    ("last", "text"),
    [
        ("<p><a href='https://e.org/a/?utm_source=x'>הנושא במלואו</a></p>", "x"),
        ("<p><a href='https://e.org/a#more'>∞</a></p>", "x"),
        ("<p><a href='https://e.org/a/2'>Part two</a></p>", "x\n\nPart two"),
        ("<p>See <a href='https://e.org/a'>above</a></p>", "x\n\nSee above"),
    ],
)
def test_a_lone_link_to_the_article_itself_is_a_footer_in_any_language(last, text):
    assert read_body(f"<p>x</p>{last}", "T", "https://e.org/a").text == text
