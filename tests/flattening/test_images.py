import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsette.flattening.addresses.proxies import LENGTH, same_picture, unwrap
from feedsette.flattening.body.bodies import read_body
from feedsette.flattening.pictures.images import image_rows, read_pictures
from feedsette.flattening.text.spots import Context
from feedsette.rows import Image

CONTEXT = Context("https://blog.example.org/post/", None, frozenset({"blog.example.org"}))
PNG = "https://example.org/a.png"
BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def images_of(html: str) -> tuple[Image, ...]:
    return image_rows(read_pictures(read_body(html), CONTEXT))


def urls_of(html: str) -> list[str]:
    return [image.url for image in images_of(html)]


def image(**values) -> Image:
    empty = dict.fromkeys(("alt", "title", "caption", "width", "height", "link_url"))
    return Image(**{**empty, "position": 0, "section": 0, "url": PNG, "src": PNG, **values})


def test_a_picture_with_all_that_is_said_about_it():
    html = (
        "<h2>Map</h2><figure><a href='/about'><img src='../a.png' alt=' A map ' title='Map' "
        "width='600px' height='400.5'></a><figcaption>Where <b>we</b>\n are</figcaption></figure>"
    )
    assert images_of(html) == (
        image(
            section=1,
            url="https://blog.example.org/a.png",
            src="../a.png",
            alt="A map",
            title="Map",
            caption="Where we are",
            width=600,
            height=400,
            link_url="https://blog.example.org/about",
        ),
    )


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        # the largest candidate, by width or by density
        ("<img src=/s.png srcset='/m.png 300w, /l.png 1024w'>", "/l.png"),
        ("<img src=/s.png srcset='/m.png 1x,/l.png 2x'>", "/l.png"),
        ("<img srcset='/m.png, /l.png 1.5x'>", "/l.png"),
        ("<img src=/s.png srcset='/w_1,h_2/m.png 300w,/w_3,h_4/l.png 900w'>", "/w_3,h_4/l.png"),
        ("<img src=/s.png srcset=',,,'>", "/s.png"),
        ("<img src=/s.png srcset='/m.png 0w'>", "/s.png"),
        # lazy loading: a placeholder in src, the address elsewhere
        (f"<img src='{BLANK}' data-src=/a.png>", "/a.png"),
        ("<img src=/img/blank.gif data-lazy-src=/a.png>", "/a.png"),
        ("<img data-original=/a.png>", "/a.png"),
        (f"<img src='{BLANK}' srcset='{BLANK} 1x' data-srcset='/m.png 2x'>", "/m.png"),
        ("<img src=/white.gif data-src=/a.png>", "/a.png"),
        ("<img src=/thumb-20x20.jpg class='x lazyload' data-src=/photo?id=1>", "/photo?id=1"),
        ("<img src=/t.jpg class=b-lazy data-original=/photo/1>", "/photo/1"),
        ("<img src=/t.jpg class=lozad data-lazy-src=/photo/1 srcset='/m.png 9w'>", "/m.png"),
        ("<img src=/a.png class=lazyload data-src=/a_{width}x.png>", "/a.png"),
        ("<img src=/a.png data-src=photo-1>", "/a.png"),
        ("<img src=/a.png class=lazy data-url=https://e.org/page>", "/a.png"),
        ("<img src=/a.png class=lazy data-src=/spacer.gif>", "/a.png"),
        ("<img src=/a-300x200.png data-orig-file=/a.png srcset='/b.png 2x'>", "/a.png"),
        # picture
        ("<picture><source srcset='/a.webp 2x'><img src=/a.png></picture>", "/a.png"),
        (f"<picture><source srcset='/a.webp 2x'><img src='{BLANK}'></picture>", "/a.webp"),
        ("<picture><source srcset='/a.webp 2x'></picture>", "/a.webp"),
        # a noscript's double is one picture, whichever comes first
        ("<img data-src=/a.png><noscript><img src=/a.png></noscript>", "/a.png"),
        ("<noscript><img src=/a.png></noscript><img data-src=/a.png>", "/a.png"),
        (f"<img src='{BLANK}'><noscript><img src=/a.png></noscript>", "/a.png"),
    ],
)
def test_the_address_that_is_meant(markup, expected):
    assert urls_of(markup) == [f"https://blog.example.org{expected}"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<img src='{BLANK}'>",
        "<img alt=nothing>",
        "<img src='file:///a.png'>",
        "<img src=/a.png width=1 height=1>",
        "<img src=/a.png height=0>",
        "<img src=/a.png width=1>",
        "<img src=/a.png style='width:1px;height:1px'>",
        "<img src=/topic.png style='width: 1rem;height: 1rem'>",
        "<img src=/topic.png style='height:1.25em;margin:0;width:.9em'>",
        "<img src=/spacer.gif width=600>",
        "<img src='https://medium.com/_/stat?event=post.clientViewed&x=1'>",
        "<img src='http://feeds.feedburner.com/~r/x/~4/y'>",
        "<img src='https://pixel.wp.com/b.gif?host=x'>",
        "<img src='https://blogger.googleusercontent.com/tracker/1'>",
        "<img src='https://stats.example.org/matomo.php?id=1'>",
        "<img class='wp-smiley' src='/a.png'>",
        "<img class='emoji' src='/a.png'>",
        "<img src='https://l-stat.livejournal.net/img/userinfo.gif?v=3' alt='[info]' width=17>",
        "<img src=/sites/all/modules/filefield/icons/image-x-generic.png alt='image/png icon'>",
        "<img src=/core/modules/file/icons/application-pdf.png class=file-icon alt='PDF icon'>",
        "<img alt='🙂' width=16 height=16 src='/a.png'>",
        "<img src='https://s.w.org/images/core/emoji/15.0.3/72x72/1f600.png'>",
        "<img src='https://latex.codecogs.com/png.latex?x%5E2' alt='x^2'>",
        "<img src='https://s0.wp.com/latex.php?latex=a+%2B+b&bg=fff'>",
        "<img class=latex src='/a.png' alt='x^2'>",
    ],
)
def test_what_is_no_picture(markup):
    assert images_of(f"<p>Text {markup}</p>") == ()


@pytest.mark.parametrize(
    "style", ["width:20em;height:1em", "width:2em;height:2em", "height:1em", "max-width:1em"]
)
def test_what_is_larger_than_a_letter_is_a_picture(style):
    assert urls_of(f"<img src={PNG} style='{style}'>") == [PNG]


@pytest.mark.parametrize(
    "words",
    ["Originally published at <a href=/a-1>owls</a>", "Tags: <a href=/tag/owl/>owl</a>",
     "The post <a href=/a-1>Owls</a> appeared first on <a href=/>E</a>."],
)  # fmt: skip
def test_a_photo_in_the_paragraph_of_a_footer_is_the_articles(words):
    html = f'<p>We saw owls.</p><p><img src="https://e.org/owl.png"><br>{words}</p>'
    assert urls_of(html) == ["https://e.org/owl.png"]


@pytest.mark.parametrize("name", ["src", "data-src"])
def test_a_photo_that_an_emoji_names_is_a_picture(name):
    html = f"<p>An owl:</p><p><img {name}='https://e.org/owl.jpg?1' alt='🦉'></p>"
    assert urls_of(html) == ["https://e.org/owl.jpg?1"]
    assert read_body(html).text == "An owl:"


@pytest.mark.parametrize("name", ["share_submission", "sharedaddy", "ssba ssba-wrap"])
def test_the_icons_of_a_footer_are_no_pictures_of_the_article(name):
    bar = f'<div class="{name}"><a href="/s"><img src="https://e.org/icon_large.png"></a></div>'
    assert urls_of(f'<p><img src="https://e.org/owl.png"></p>{bar}') == ["https://e.org/owl.png"]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ("width=600 height='40 px'", (600, 40)),
        ("width=100% height=auto", (None, None)),
        ("style='max-width: 50px; width: 30px'", (30, None)),
        ("width=99999999999", (None, None)),
    ],
)
def test_size(attributes, size):
    (found,) = images_of(f"<img src=/a.png {attributes}>")
    assert (found.width, found.height) == size


@pytest.mark.parametrize(
    ("html", "caption"),
    [
        ("<figure><img src=/a.png></figure>", None),
        (
            "<figure><img src=/a.png><figcaption><h4>A</h4><p>b<br>c <i>d</i>e</p></figcaption></figure>",
            "A b c de",
        ),
        (
            "<dl class=gallery-item><dt><img src=/a.png></dt><dd class=wp-caption-text>A</dd></dl>",
            "A",
        ),
        ("<div class='wp-caption'><img src=/a.png><p class='wp-caption-text'>A</p></div>", "A"),
        (
            "<div class=image-package><div><div><img src=/a.png></div></div>"
            "<div class=image-caption>A</div></div>",
            "A",
        ),
        (
            "<table class='tr-caption-container'><tr><td><img src=/a.png></td></tr>"
            "<tr><td class='tr-caption'>A</td></tr></table>",
            "A",
        ),
        # nothing else between the blocks around
        ("<p>a</p>\n<br>\n<img src=/a.png>\n<br>\n<i>Our <b>owl</b></i>\n<p>b</p>", "Our owl"),
        ("<p>a<p><a href=/b><img src=/a.png></a><br><em>A</em><br><hr>b", "A"),
        ("<p>a</p>b <img src=/a.png><br><i>A</i><p>c</p>", None),
        ("a<br><img src=/a.png><br><i>A</i><p>c</p>", None),
        ("<img src=/a.png><br><i>A</i> b<p>c</p>", None),
        ("<img src=/a.png><i>A</i><p>c</p>", None),
        ("<img src=/a.png><br><b>A</b><p>c</p>", None),
    ],
)
def test_caption(html, caption):
    assert [one.caption for one in images_of(html)] == [caption]


def test_the_address_that_can_be_shown_where_the_largest_lost_its_host():
    # a static copy of a WordPress site, whose plugin makes the addresses in srcset relative
    html = f"<img src={PNG} srcset='/l.png 1600w, /m.png 300w'><img src=/b.png>"
    context = Context(None, None, frozenset())
    assert image_rows(read_pictures(read_body(html), context)) == (image(),)


def test_a_gallery_that_a_script_would_fill():
    html = (
        """<div data-attrs='{"gallery":{"images":[{"src":"/a.png"},{"src":1},2,{"src":"/b.png"}],"""
        """"caption":"Two","alt":"Hills"}}'></div><div data-attrs='{"gallery":[]}'></div>"""
    )
    assert [(one.url[-5:], one.alt, one.caption) for one in images_of(html)] == [
        ("a.png", "Hills", "Two"),
        ("b.png", "Hills", "Two"),
    ]
    assert read_body(html).text == "Two"


def test_the_pictures_of_a_gallery_share_its_caption():
    html = "<figure><img src=/a.png><img src=/b.png><figcaption>Both</figcaption></figure>"
    assert [one.caption for one in images_of(html)] == ["Both", "Both"]


@pytest.mark.parametrize(
    ("href", "url", "link_url"),
    [
        ("/img/a.png", "/img/a.png", "/img/a.png"),
        ("/img/a.png?x", "/img/a.png?x", "/img/a.png?x"),
        ("/page", "/img/a-300x200.png", "/page"),
    ],
)
def test_a_link_to_the_picture_tells_the_original(href, url, link_url):
    site = "https://blog.example.org"
    (found,) = images_of(f"<a href='{href}'><img src='/img/a-300x200.png'></a>")
    assert (found.url, found.link_url) == (site + url, site + link_url)


@pytest.mark.parametrize(
    ("href", "link_url"),
    [("mailto:x@example.org", "mailto:x@example.org"), ("javascript:a()", None), ("", None)],
)
def test_a_click_leads_to_the_web_or_to_mail(href, link_url):
    assert [i.link_url for i in images_of(f"<a href='{href}'><img src=/a.png></a>")] == [link_url]


@pytest.mark.parametrize(
    ("url", "original"),
    [
        (PNG, PNG),
        (
            "https://media.dev.to/cdn-cgi/image/width=8%2Cformat=auto/https%3A%2F%2Fexample.org%2Fa.png",
            PNG,
        ),
        ("https://media2.dev.to/dynamic/image/width=8/https%3A%2F%2Fexample.org%2Fa", PNG[:-4]),
        (
            "https://res.cloudinary.com/practicaldev/image/fetch/s--R--/c_limit%2Cw_8/https://example.org/a.png",
            PNG,
        ),
        ("https://res.cloudinary.com/x/image/fetch/w_8/https:/example.org/a.png?b=1", PNG + "?b=1"),
        (
            "https://substackcdn.com/image/fetch/$s_!L!,f_auto,q_auto:good/https%3A%2F%2Fexample.org%2Fa.png",
            PNG,
        ),
        ("https://i0.wp.com/example.org/a.png?resize=595%2C31&ssl=1", PNG),
        ("https://i0.wp.com/", "https://i0.wp.com/"),
        (
            "https://www.notion.so/image/https%3A%2F%2Fexample.org%2Fphoto-1%3Fq%3D5?table=block&id=a",
            "https://example.org/photo-1?q=5",
        ),
        (
            "https://example.org/content/images/size/w600/2020/a.png",
            "https://example.org/content/images/2020/a.png",
        ),
        (
            "https://example.org/content/images/size/w60h40/format/webp/a.png",
            "https://example.org/content/images/a.png",
        ),
        ("https://1.bp.blogspot.com/a/b/s640/x.png", "https://1.bp.blogspot.com/a/b/s0/x.png"),
        ("https://1.bp.blogspot.com/a/b/s1600-h/x.png", "https://1.bp.blogspot.com/a/b/s0/x.png"),
        (
            "https://lh3.googleusercontent.com/abc=w640-h80",
            "https://lh3.googleusercontent.com/abc=s0",
        ),
        ("https://cdn-images-1.medium.com/max/1024/1*a.png", "https://miro.medium.com/1*a.png"),
        ("https://miro.medium.com/v2/resize:fit:14/1*a.png", "https://miro.medium.com/1*a.png"),
        ("https://miro.medium.com/about", "https://miro.medium.com/about"),
        ("https://example.org/_next/image?url=%2Fa.png&w=3840&q=75", PNG),
        ("https://example.com/.netlify/images?w=3&url=https%3A%2F%2Fexample.org%2Fa.png", PNG),
        ("https://example.org/apis/x/v1/thumbnails/-/via-uri?uri=%2Fa.png&size=m", PNG),
        ("https://images.weserv.nl/?url=example.org/a.png&w=3", PNG),
        ("https://example.com/resize?w=3&image=https://example.org/a.png", PNG),
        ("https://example.org/cdn-cgi/image/width=80/a.png", PNG),
        ("https://example.org/_ipx/w_200/a.png", PNG),
        ("https://imgproxy.example.com/x/rs:fit/plain/https://example.org/a.png@webp", PNG),
        ("https://cdn.hashnode.com/a.png?w=1&auto=x", "https://cdn.hashnode.com/a.png"),
        (
            "https://static.wixstatic.com/media/a~mv2.png/v1/fill/w_4/a~mv2.png",
            "https://static.wixstatic.com/media/a~mv2.png",
        ),
        (
            "https://example.org/w/thumb/a/a1/L.svg/30px-L.svg.png",
            "https://example.org/w/a/a1/L.svg",
        ),
        ("https://example.org/w/thumb/a/L.png/30px-L.png",) * 2,
        ("https://example.org/thumb/a/a1/L.pdf/page2-30px-L.pdf.jpg",) * 2,
        (
            "https://camo.githubusercontent.com/" + "0" * 40 + "/" + PNG.encode().hex(),
            PNG,
        ),
        (
            "https://img1.daumcdn.net/thumb/R1280x0/?scode=x&fname=https%3A%2F%2Fexample.org%2Fa.png",
            PNG,
        ),
        # proxies in proxies
        (
            "https://images.weserv.nl/?url=https%3A%2F%2Fi0.wp.com%2Fexample.org%2Fa.png%3Fw%3D3",
            PNG,
        ),
    ],
)
def test_unwrap(url, original):
    assert unwrap(url) == original


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/2010/http://example.org/a.png",
        "https://s0.wp.com/mshots/v1/http%3A%2F%2Fexample.org%2F?w=3",
        "https://screenshot.example.com/https%3A%2F%2Fexample.org%2F",
        "https://screenshot.example.com/?url=https://example.org/",
        "https://example.org/?url=&w=3",
        "https://example.org/a-300x200.png",
        "https://example.org/a.png?v=3",
        "https://example.org/" + "a" * LENGTH,
        "mailto:x@example.org",
    ],
)
def test_what_is_not_certainly_a_proxy_stays(url):
    assert unwrap(url) == url


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://example.org/a/x.png", "https://www.example.org/b/x-300x200.png", True),
        ("https://example.org/x.jpg", "https://example.org/x-scaled.jpg", True),
        ("https://example.org/a/x.png", "https://example.org/b/x_2_690x388.jpeg", True),
        ("https://example.org/a/x.png", "https://example.org/a/mini-x.png", True),
        ("https://example.org/x.jpg", "https://example.org/thumb_x.jpg", True),
        ("https://example.org/x.jpg", "https://example.org/miniature-x.jpg", False),
        ("https://example.org/x.jpg", "https://example.org/x", False),
        ("https://example.org/x.png", "https://example.com/x.png", False),
        ("https://example.org/x.png", "https://example.org/y.png", False),
        ("https://example.org/?id=1", "https://example.org/?id=2", False),
        ("https://example.org/", "https://example.org/a/", False),
    ],
)
def test_same_picture(one, other, same):
    assert same_picture(one, other) is same


@given(
    st.text(alphabet="htps:/\\.?#[]@%&=,ai1 _-\n", max_size=60)
    | st.builds(
        "https://{}/{}".format, st.sampled_from(["i0.wp.com", "miro.medium.com"]), st.text()
    )
)
def test_any_address_gives_rows_or_none(address):
    html = f"<img src={address!r} srcset={address!r}>"
    for found in images_of(html):
        assert found.url.startswith("http")
    unwrap(address)


@pytest.mark.parametrize(
    "figure",
    [
        "<div class=figure><img src=/a.png><p class=caption>A <b>b</b></p></div>",
        "<div class=figure><p><img src=/a.png><p><span class=figure-number>A</span> b</div>",
        "<div class=imageblock><div><img src=/a.png></div><div class=title>A b</div></div>",
        "<figure><img src=/a.png><figcaption aria-hidden=true>A b</figcaption></figure>",
        "<div class=thumbnail><img src=/a.png><div class=caption><p>A b</p></div></div>",
        "<p>\n<img src=/a.png> <br><i>A <b>b</b></i>\n</p>",
        "<center><a href=/b><img src=/a.png></a><br><br><small>A b</small></center>",
        "<p><img src=/a.png>\n<em>A b</em></p>",
        "<figure><a href=/b><img src=/a.png></a> A\nb</figure>",
        "<p>Look: <img src=/a.png>\n<figcaption>A b</figcaption>\n</figure></p>",
        f"<img src=/a.png><figcaption>A b</figcaption>{'<p>Long.</p>' * 9}",
        "<p><img src=/a.png>\n<span class=img-title>A <code>b</code></span></p>",
        "<div><a href=/b><img src=/a.png></a><div class='x post-image-caption'>A b</div></div>",
    ],
    ids=[
        "pandoc",
        "org",
        "asciidoctor",
        "figure",
        "bootstrap",
        "below it in slanted letters",
        "of a picture in a link",
        "on the next line of Markdown",
        "a figure's bare words",
        "a forgotten figure",
        "a forgotten figure before much else",
        "a line that its class names",
        "a block that its class names",
    ],
)
def test_captions(figure):
    (image,) = image_rows(read_pictures(read_body(figure), CONTEXT))
    assert image.caption == "A b"


@pytest.mark.parametrize(
    "html",
    [
        "<p><img src=/a.png><br>A b</p>",
        "<p><img src=/a.png> <em>A b</em></p>",
        "<figure><img src=/a.png> A <p>b</p></figure>",
        "<p><img src=/a.png> A <figcaption>b</figcaption></p>",
        f"<figure><img src=/a.png>{'A b ' * 200}</figure>",
        "<p><img src=/a.png><br><em>A b</em>, said she.</p>",
        "<p>Look:<br><img src=/a.png><br><em>A b</em></p>",
        "<p><em>A b</em><br><img src=/a.png></p>",
        "<p><img src=/a.png><br><em><img src=/b.png></em></p>",
        f"<p><img src=/a.png>{'<br>' * 9}<em>A b</em></p>",
        f"<p><img src=/a.png><br><em>{'long ' * 101}</em></p>",
        "<li><img src=/a.png><br><em>A b</em></li>",
        "<p><img src=/a.png><span class=title>A b</span></p>",
        "<p><img src=/a.png><span class=no-captions>A b</span></p>",
        "<p><img src=/a.png><span class=img-title></span></p>",
        "<p><img src=/a.png> <span class=img-title>A</span> b</p>",
    ],
)
def test_what_stands_by_a_picture_is_no_caption(html):
    pictures = image_rows(read_pictures(read_body(html), CONTEXT))
    assert {picture.caption for picture in pictures} == {None}


@pytest.mark.parametrize(
    "html",
    [
        "<img class=avatar src=/a.png width=48>",
        "<img class='x site-icon' src=/a.png>",
        "<img class='c-embed__favicon m-0' src=/a.png>",
        "<div class=ltag__link__pic><img src=/a.png></div>",
        "<div class=author-pic><img src=/a.png></div>",
        "<div class=notion-bookmark-link-icon><img src=/a.png></div>",
        "<a class=hatena-id-icon href=/x><img class=hatena-id-icon src=/a.png width=16>id:x</a>",
        "<img src='https://assets.dev.to/assets/github-logo-1.svg'>",
    ],
)
def test_a_portrait_or_logo_of_a_card_is_no_picture(html):
    shown = (
        f"<img class='favicons-of-the-web' src={PNG}><img class='thumbnail x-avatar' src=/b.png>"
    )
    assert urls_of(html + shown) == [PNG, "https://blog.example.org/b.png"]


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        ("<img src=/loading.gif>", ["loading.gif"]),
        ("<img src=/loading.gif data-src=/b.png>", ["b.png"]),
        ("<img src='/a.png?type=w80_blur' data-lazy-src=/b.png>", ["b.png"]),
        ("<img src=/blur.png data-src=b>", ["blur.png"]),
        ("<img src=/spacer.gif>", []),
        ("<amp-img src=/a.png><noscript><img src=/a.png></noscript></amp-img>", ["a.png"]),
    ],
)
def test_placeholders_and_amp(html, urls):
    found = [
        image.url.rpartition("/")[2]
        for image in image_rows(read_pictures(read_body(html), CONTEXT))
    ]
    assert found == urls
