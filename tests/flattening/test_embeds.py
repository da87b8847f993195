import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsette.flattening.addresses.providers import LENGTH, PROVIDERS, canonical_embed
from feedsette.flattening.body.bodies import read_body
from feedsette.flattening.embeds import embed_rows
from feedsette.flattening.text.spots import Context
from feedsette.rows import Embed

CONTEXT = Context("https://blog.example.org/post/", None, frozenset({"blog.example.org"}))
VIDEO = "https://www.youtube.com/watch?v=abcdefghi-1"


def embeds_of(html: str) -> tuple[Embed, ...]:
    return embed_rows(read_body(html), CONTEXT)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.youtube.com/embed/abcdefghi-1?si=x&rel=0", ("youtube", VIDEO)),
        ("https://www.youtube-nocookie.com/embed/abcdefghi-1", ("youtube", VIDEO)),
        ("https://youtu.be/abcdefghi-1?t=3", ("youtube", VIDEO)),
        ("https://www.youtube.com/shorts/abcdefghi-1", ("youtube", VIDEO)),
        ("http://www.youtube.com/v/abcdefghi-1&hl=en", ("youtube", VIDEO)),
        ("https://m.youtube.com/watch?t=1&v=abcdefghi-1", ("youtube", VIDEO)),
        (
            "https://www.youtube.com/embed/videoseries?list=PL12",
            ("youtube", "https://www.youtube.com/playlist?list=PL12"),
        ),
        ("https://www.youtube.com/@x", ("youtube", "https://www.youtube.com/@x")),
        ("https://player.vimeo.com/video/12?h=3", ("vimeo", "https://vimeo.com/12")),
        ("https://vimeo.com/moogaloop.swf?clip_id=12", ("vimeo", "https://vimeo.com/12")),
        ("https://vimeo.com/channels/x", ("vimeo", "https://vimeo.com/channels/x")),
        ("https://twitter.com/ann/status/12?ref_src=x", ("x", "https://x.com/ann/status/12")),
        ("https://x.com/i/web/status/12", ("x", "https://x.com/i/status/12")),
        (
            "https://platform.twitter.com/embed/Tweet.html?dnt=1&id=12",
            ("x", "https://x.com/i/status/12"),
        ),
        ("https://x.com/ann", ("x", "https://x.com/ann")),
        (
            "https://gist.github.com/ann/1a2b3c.js?file=a",
            ("gist", "https://gist.github.com/ann/1a2b3c#file-a"),
        ),
        (
            "https://gist.github.com/1a2b3c.js?file=My_owl.Py",
            ("gist", "https://gist.github.com/1a2b3c#file-my_owl-py"),
        ),
        ("https://gist.github.com/", ("gist", "https://gist.github.com/")),
        (
            "https://codepen.io/ann/embed/preview/aBc?height=3",
            ("codepen", "https://codepen.io/ann/pen/aBc"),
        ),
        # what a viewer of others' pages shows; not where that is only a program's address
        (
            "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fann%2F1",
            ("other", "https://www.facebook.com/ann/1"),
        ),
        (
            "https://parts.example.org/embed?url=https%3A%2F%2Fexample.org%2Fa",
            ("other", "https://example.org/a"),
        ),
        (
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
            ("other", "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1"),
        ),
        # the page's address with a word behind it
        ("https://m.example/@ann/12/embed", ("other", "https://m.example/@ann/12")),
        ("https://w.example/post/embed/#?secret=aB1", ("other", "https://w.example/post/")),
        ("https://w.example/a/embed/#?secret=b#?secret=c", ("other", "https://w.example/a/")),
        ("https://w.example/?p=1&embed=true#?secret=aB1", ("other", "https://w.example/?p=1")),
        ("https://codepen.io/ann", ("codepen", "https://codepen.io/ann")),
        (
            "https://open.spotify.com/embed-podcast/episode/a1?x",
            ("spotify", "https://open.spotify.com/episode/a1"),
        ),
        (
            "https://embed.spotify.com/?uri=spotify%3Atrack%3Aa1",
            ("spotify", "https://open.spotify.com/track/a1"),
        ),
        ("https://open.spotify.com/", ("spotify", "https://open.spotify.com/")),
        (
            "https://cdn.embedly.com/widgets/media.html?src=%2F%2Fwww.youtube.com%2Fembed%2Fabcdefghi-1&url=x",
            ("youtube", VIDEO),
        ),
        (
            "https://cdn.embedly.com/widgets/media.html?url=https%3A%2F%2Fexample.org%2Fa",
            ("other", "https://example.org/a"),
        ),
        (
            "https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fp.example%2Fframe%3Furl%3D"
            "https%253A%252F%252Fwww.youtube.com%252Fembed%252Fabcdefghi-1",
            ("youtube", VIDEO),
        ),
        ("https://cdn.embedly.com/", ("other", "https://cdn.embedly.com/")),
        ("https://cdn.embedly.com/?url=a", ("other", "https://cdn.embedly.com/?url=a")),
        ("https://example.org/a.mp4", ("other", "https://example.org/a.mp4")),
    ],
)
def test_canonical_embed(url, expected):
    assert canonical_embed(url) == expected


def test_an_endless_address_is_not_looked_into():
    url = "https://youtu.be/" + "a" * LENGTH
    assert canonical_embed(url) == ("youtube", url)


@pytest.mark.parametrize(
    ("html", "provider", "url", "title"),
    [
        (
            "<iframe src='//www.youtube.com/embed/abcdefghi-1' title='A talk'></iframe>",
            "youtube",
            VIDEO,
            "A talk",
        ),
        (
            "<iframe src='https://youtu.be/abcdefghi-1' title='YouTube video player'></iframe>",
            "youtube",
            VIDEO,
            None,
        ),
        (
            "<iframe src='about:blank' data-lazy-src='https://youtu.be/abcdefghi-1'></iframe>",
            "youtube",
            VIDEO,
            None,
        ),
        (
            "<iframe src=''><a href='https://medium.com/media/1/href'>x</a></iframe>",
            "other",
            "https://medium.com/media/1/href",
            None,
        ),
        (
            "<object><param name=Movie value='https://www.youtube.com/v/abcdefghi-1'>"
            "<embed src='https://www.youtube.com/v/abcdefghi-1'></object>",
            "youtube",
            VIDEO,
            None,
        ),
        ("<object data='/a.pdf'></object>", "other", "https://blog.example.org/a.pdf", None),
        ("<embed src='/a.swf'>", "other", "https://blog.example.org/a.swf", None),
        ("<video><source src='/a.mp4'></video>", "other", "https://blog.example.org/a.mp4", None),
        ("<audio src='a.mp3'></audio>", "other", "https://blog.example.org/post/a.mp3", None),
        (
            "<script src='https://gist.github.com/ann/1a2b3c.js'></script>",
            "gist",
            "https://gist.github.com/ann/1a2b3c",
            None,
        ),
        (
            "<script src='http://pastebin.com/embed_js.php?i=aB1cD2'></script>",
            "other",
            "http://pastebin.com/aB1cD2",
            None,
        ),
        (
            "<script async src='https://asciinema.org/a/12.js' id='asciicast-12'></script>",
            "other",
            "https://asciinema.org/a/12",
            None,
        ),
        (
            "<blockquote class='twitter-tweet'><p>See <a href='https://t.co/x'>x</a></p>"
            "<a href='https://twitter.com/ann/status/12'>May 1</a></blockquote>",
            "x",
            "https://x.com/ann/status/12",
            None,
        ),
        (
            "<blockquote class='instagram-media' "
            "data-instgrm-permalink='https://www.instagram.com/p/A1/'></blockquote>",
            "other",
            "https://www.instagram.com/p/A1/",
            None,
        ),
        (
            "<blockquote class='mastodon-embed'><a href='https://social.example/@ann/1'>x</a>"
            "</blockquote>",
            "other",
            "https://social.example/@ann/1",
            None,
        ),
    ],
)
def test_an_embed(html, provider, url, title):
    assert embeds_of(f"<h2>A</h2>{html}") == (Embed(0, 1, provider, url, title),)


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("<lite-youtube videoid='abcdefghi-1'></lite-youtube>", VIDEO),
        ("<lite-vimeo videoid='12'></lite-vimeo>", "https://vimeo.com/12"),
        (
            "<div class=gistLoad data-id='12345' id='gist-12345'>Loading ....</div>",
            "https://gist.github.com/12345",
        ),
        ("<code data-gist-id='ann/1a2b3c'></code>", "https://gist.github.com/ann/1a2b3c"),
        (
            "<p class='codepen' data-user='ann' data-slug-hash='aBc'>See the Pen</p>",
            "https://codepen.io/ann/pen/aBc",
        ),
        (
            "<div class='speakerdeck-embed' data-id='12'></div>",
            "https://speakerdeck.com/player/12",
        ),
        (
            "<figure class='wp-block-embed is-type-video'><div class='wp-block-embed__wrapper'>"
            "\nhttps://youtu.be/abcdefghi-1\n</div></figure>",
            VIDEO,
        ),
        (
            "<div id='youtube2-a' class='youtube-wrap' "
            """data-attrs='{"videoId":"abcdefghi-1","startTime":null}' """
            "data-component-name='Youtube2ToDOM'></div>",
            VIDEO,
        ),
        (
            "<script class='speakerdeck-embed' data-id='1a' src='//speakerdeck.com/assets/embed.js'>"
            "</script>",
            "https://speakerdeck.com/player/1a",
        ),
        (
            "<script src='https://telegram.org/js/telegram-widget.js?22' data-telegram-post='ann/6'>"
            "</script>",
            "https://t.me/ann/6",
        ),
        (
            "<div class='fb-post' data-href='https://www.facebook.com/ann/posts/1'></div>",
            "https://www.facebook.com/ann/posts/1",
        ),
        (
            "<div class='flourish-embed' data-src='visualisation/12'></div>",
            "https://public.flourish.studio/visualisation/12",
        ),
        (
            r"""<div class='elementor-widget-video' data-settings='{"youtube_url":"https:\/\/youtu.be\/abcdefghi-1"}'></div>""",
            "https://www.youtube.com/watch?v=abcdefghi-1",
        ),
        (
            """<div class='elementor-widget-video' data-settings='{"youtube_url":"https://youtu.be/abcdefghi-1","vimeo_url":"https://vimeo.com/12","video_type":"vimeo"}'><iframe src=//player.vimeo.com/video/12></iframe></div>""",
            "https://vimeo.com/12",
        ),
        (
            """<div class='vimeo-wrap' data-attrs='{"videoId":"12"}'></div>""",
            "https://vimeo.com/12",
        ),
        (
            """<div class='tweet' data-attrs='{"url":"https://twitter.com/ann/status/12"}'></div>""",
            "https://x.com/ann/status/12",
        ),
        (
            """<div data-attrs='{"instagram_id":"aB1"}' data-component-name='InstagramToDOM'></div>""",
            "https://www.instagram.com/p/aB1/",
        ),
        (
            """<div class='digest-post' data-attrs='{"canonical_url":"https://example.org/p"}'></div>""",
            "https://example.org/p",
        ),
    ],
)
def test_an_element_that_a_script_would_fill(html, url):
    assert [embed.url for embed in embeds_of(html)] == [url]


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (f"<iframe src='{VIDEO}' title='A talk'></iframe>", "A talk"),
        (f"<iframe src='{VIDEO}' title='YouTube video player'></iframe>", None),
        ("<lite-youtube videoid='abcdefghi-1' playlabel='A talk'></lite-youtube>", "A talk"),
        (
            """<div class='track' data-attrs='{"url":"https://a.example/1","title":"A song"}'></div>""",
            "A song",
        ),
    ],
)
def test_what_an_embed_is_called(html, title):
    assert [embed.title for embed in embeds_of(html)] == [title]


@pytest.mark.parametrize(
    "html",
    [
        "<iframe></iframe>",
        "<iframe src='https://youtu.be/abcdefghi-1' width=1 height=1></iframe>",
        "<iframe src='https://www.googletagmanager.com/ns.html?id=1'></iframe>",
        "<iframe src='https://ad.doubleclick.net/a'></iframe>",
        "<iframe src='https://slashdot.org/slashdot-it.pl?op=discuss&amp;id=1'></iframe>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<script src='https://platform.twitter.com/widgets.js'></script>",
        "<script>alert('https://gist.github.com/ann/1.js')</script>",
        "<blockquote>Text <a href='https://twitter.com/ann/status/12'>x</a></blockquote>",
        "<blockquote class='twitter-tweet'>Text</blockquote>",
        "<div data-attrs='{'></div>",
        "<div data-attrs='[1]'></div>",
        "<div data-attrs='{&quot;url&quot;: 1}' data-component-name='EmbedX'></div>",
        """<p class='button-wrapper' data-attrs='{"url":"https://a.example/subscribe"}'></p>""",
        """<span class='mention-wrap' data-attrs='{"name":"Ann","url":"https://a.example"}'></span>""",
        "<video></video>",
        "<lite-youtube></lite-youtube>",
        "<figure class='wp-block-embed'><div>Nothing</div></figure>",
        "<div class=gistLoad data-id='a gist'></div>",
        "<div class=elementor-widget-video data-settings='[]'></div>",
        """<div class=elementor-widget-video data-settings='{"video_type":"hosted"}'></div>""",
        "<div class=box data-id='12345'></div>",
    ],
)
def test_what_is_no_embed(html):
    assert embeds_of(f"<p>Text</p>{html}") == ()


def test_the_same_thing_marked_up_twice_is_one_embed():
    html = (
        "<figure class='wp-block-embed'><iframe src='https://youtu.be/abcdefghi-1'></iframe>"
        "<noscript><iframe src='https://www.youtube.com/embed/abcdefghi-1'></iframe></noscript>"
        "</figure><video src=/b.mp4></video>"
    )
    assert [(e.position, e.url) for e in embeds_of(html)] == [
        (0, VIDEO),
        (1, "https://blog.example.org/b.mp4"),
    ]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_address_has_a_provider(host, rest):
    for site in (host, "youtube.com", "gist.github.com", "x.com", "cdn.embedly.com"):
        assert canonical_embed(f"https://{site}/{rest}")[0] in PROVIDERS
