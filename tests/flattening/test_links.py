import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsette.flattening.body.bodies import read_body
from feedsette.flattening.links import link_rows
from feedsette.flattening.pictures.images import pictures_by_link, read_pictures
from feedsette.flattening.text.spots import Context
from feedsette.rows import Link

SITE = "https://blog.example.org"
CONTEXT = Context(f"{SITE}/post/", f"{SITE}/post/", frozenset({"blog.example.org"}))
EMPTY = Link(0, 0, None, None, None, None, kind="other", internal=False)


def links_of(html: str) -> tuple[Link, ...]:
    body = read_body(html)
    return link_rows(body, CONTEXT, pictures_by_link(read_pictures(body, CONTEXT)))


def references_of(html: str) -> list[tuple[str | None, int | None, str | None]]:
    return [(link.text, link.reference, link.reference_title) for link in links_of(html)]


def test_where_a_listing_was_found_is_a_link_in_its_caption() -> None:
    caption = "<figcaption><span>Hoot</span><a href=https://e.org/owl>Source</a></figcaption>"
    (link,) = links_of(f"<p>A</p><figure class=highlight>{caption}<pre>hoot()</pre></figure>")
    assert (link.url, link.text, link.footer) == ("https://e.org/owl", "Source", False)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://link.zhihu.com/?target=https%3A//example.com/a%3Fb%3D1%26c", "/a?b=1&c"),
        ("https://links.jianshu.com/go?to=https%3A%2F%2Fexample.com%2Fa%3Futm_source%3Dx", "/a"),
        ("https://www.google.com/url?q=https://example.com/a&amp;sa=D&amp;ust=1", "/a"),
        ("//link.juejin.cn?target=https%3A%2F%2Fexample.com%2F%E5%9B%BE", "/%E5%9B%BE"),
    ],
)
def test_what_a_door_of_a_service_leads_to_is_what_the_author_linked(href, url):
    (link,) = links_of(f"<p><a href='{href}'>a</a></p>")
    assert (link.clean_url, link.domain) == (f"https://example.com{url}", "example.com")


@pytest.mark.parametrize(
    "href",
    ["https://www.google.com/search?q=https://example.com/a", "https://link.zhihu.com/?target=a",
     "https://www.google.com/url", "https://example.org/url?q=https://example.com/a"],
)  # fmt: skip
def test_what_only_names_an_address_is_no_door(href):
    (link,) = links_of(f"<p><a href='{href}'>a</a></p>")
    assert link.url == href


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<h2>A</h2><p>See <a href='https://WWW.Example.com/a?utm_source=x#b' "
            "rel='nofollow  me'>the\n <b>page</b></a>.</p>",
            {
                "section": 1,
                "url": "https://WWW.Example.com/a?utm_source=x#b",
                "clean_url": "https://www.example.com/a",
                "domain": "example.com",
                "text": "the page",
                "kind": "page",
                "rel": "nofollow  me",
            },
        ),
        (
            "<a href='../b'>b</a>",
            {
                "url": f"{SITE}/b",
                "clean_url": f"{SITE}/b",
                "domain": "blog.example.org",
                "text": "b",
                "kind": "page",
                "internal": True,
            },
        ),
        (
            "<a href='#b'>b</a>",
            {
                "url": f"{SITE}/post/#b",
                "clean_url": f"{SITE}/post/",
                "domain": "blog.example.org",
                "text": "b",
                "kind": "anchor",
                "internal": True,
            },
        ),
        (
            "<a href='mailto:x@example.org?subject=a'>Write</a>",
            {"url": "mailto:x@example.org?subject=a", "text": "Write", "kind": "mailto"},
        ),
        (
            "<a href='tel:+123'>Call</a>",
            {"text": "Call", "problem": "other scheme"},
        ),
        (
            "<a href='JavaScript:alert(1)'>Click</a>",
            {"text": "Click", "problem": "script"},
        ),
        ("<a href=''>Nothing</a>", {"text": "Nothing", "problem": "empty"}),
        (
            "<a href='https://example.comwhich%20is%20good'>5</a>",
            {
                "url": "https://example.comwhich%20is%20good",
                "clean_url": "https://example.comwhich%20is%20good/",
                "text": "5",
                "kind": "page",
                "problem": "space in host",
            },
        ),
        (
            "<a href='/b'><img src=/c.png alt='A map'></a>",
            {
                "url": f"{SITE}/b",
                "clean_url": f"{SITE}/b",
                "domain": "blog.example.org",
                "text": "A map",
                "kind": "page",
                "internal": True,
            },
        ),
    ],
)
def test_a_link(html, expected):
    assert links_of(html) == (EMPTY._replace(**expected),)


def test_a_scheme_alone_is_no_address() -> None:
    (link,) = links_of("<a href='http://'>x</a>")
    assert (link.url, link.clean_url, link.domain, link.problem) == (None, None, None, "no host")


def test_a_bare_fragment_leads_into_the_article_whatever_the_base():
    context = CONTEXT._replace(base_url="https://feeds.example.org/")
    (link,) = link_rows(read_body("<a href='#b'>b</a>"), context, {})
    assert (link.url, link.kind) == (f"{SITE}/post/#b", "anchor")


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("See https://a.org/b?c=1&amp;d=2. And (https://a.org/x_(y)).",
         ["https://a.org/b?c=1&d=2", "https://a.org/x_(y)"]),
        ("<p>One:<br>\nhttps://a.org/1,</p>\n<p>two: https://a.org/2</p>",
         ["https://a.org/1", "https://a.org/2"]),
        ("&lt;https://a.org/q&gt; \"https://a.org/r\"", ["https://a.org/q", "https://a.org/r"]),
        ("Try `https://a.org/t`.", ["https://a.org/t"]),
        ("[words](https://a.org/w) - more", ["https://a.org/w"]),
        ("见https://a.org/b。然后https://a.org/c了解",
         ["https://a.org/b", "https://a.org/c"]),
        ("x=https://a.org/b https:// http://", []),
        ("https://a.org/b <b>x</b>", []),
    ],
)  # fmt: skip
def test_addresses_in_plain_text_are_links(text: str, urls: list[str]) -> None:
    links = links_of(text)
    assert [(link.url, link.text, link.kind) for link in links] == [(u, u, "page") for u in urls]


@pytest.mark.parametrize(
    ("attributes", "url"),
    [
        ("class='exturl' data-url='aHR0cHM6Ly9hLm9yZy9vd2xzP2E9MSZiPTI='", "a.org/owls?a=1&b=2"),
        ('data-url=aHR0cHM6Ly9hLm9yZy8= title="x" class="exturl wide"', "a.org/"),
        ('class="exturl" data-url="amF2YXNjcmlwdDphbGVydCgxKQ=="', None),
        ('class="exturl" data-url="aHR0cHM6Ly9hLm9"', None),
        ('class="exturl" data-url="/////////w=="', None),
        ('class="exturl"', None),
        ('class="other" data-url="aHR0cHM6Ly9hLm9yZy8="', None),
    ],
)
def test_a_veiled_link_is_a_link(attributes: str, url: str | None) -> None:
    words = "See <span class=x>the <span %s>owls<i class=icon></i></span></span>. An exturl."
    links = links_of(words % attributes)
    assert [(link.url, link.text) for link in links] == ([(f"https://{url}", "owls")] * bool(url))


def test_an_entry_of_a_plain_list_is_a_reference() -> None:
    html = "The talk [1] was good.<br>\n[1] https://a.org/talk"
    assert references_of(html) == [("https://a.org/talk", 1, "https://a.org/talk")]


@pytest.mark.parametrize("html", ["<a id=x>target</a>", "<a name=x></a>", "<p>https://a.org</p>"])
def test_what_is_no_link(html):
    assert links_of(html) == ()


@pytest.mark.parametrize(
    ("href", "src", "kind"),
    [
        ("/a.png", "/a.png", "image"),
        ("/a.png", "/a-300x200.png", "image"),
        ("https://i0.wp.com/example.com/a.png?w=3", "https://i2.wp.com/example.com/a.png", "image"),
        (
            "https://1.bp.blogspot.com/x/s1600/a.png",
            "https://1.bp.blogspot.com/x/s640/a.png",
            "image",
        ),
        ("/gallery/a", "/a.png", "page"),
        ("/b.png", "/a.png", "page"),
        ("/post/#a", "/a.png", "anchor"),
        ("mailto:x@example.org", "/a.png", "mailto"),
    ],
)
def test_a_link_around_a_picture(href, src, kind):
    assert [link.kind for link in links_of(f"<a href='{href}'><img src='{src}'></a>")] == [kind]


def test_links_that_the_text_leaves_out_have_their_words():
    html = "<nav><a href=#a>An <i>owl</i><script>x()</script></a></nav><h2 id=a>An owl"
    html += "<a class=headerlink href=#a>¶</a></h2><a href=/b></a><p>Body.</p>"
    assert [link.text for link in links_of(html)] == ["An owl", None, None]


def test_links_in_the_caption_of_a_listing_are_links():
    html = "<figure class=code><figcaption><span>owls.py</span> <a href=/owls.py>download</a>"
    html += "</figcaption><pre>a <a href=/doc>b</a></pre></figure><p><a href=/c>c</a></p>"
    assert [(link.url, link.text) for link in links_of(html)] == [
        ("https://blog.example.org/owls.py", "download"),
        ("https://blog.example.org/c", "c"),
    ]
    assert read_body(html).text == "a b\n\nc"


def test_links_of_footers_have_their_words_though_the_text_leaves_them_out():
    footer = "The post <a href=/a>My <b>owls</b></a> appeared first on <a href=/><img alt=E></a>."
    html = f"<p>Body.</p><p>{footer}</p>"
    assert [(link.text, link.footer) for link in links_of(html)] == [("My owls", True), ("E", True)]
    assert read_body(html).text == "Body."


@pytest.mark.parametrize(
    ("words", "footer"), [("<img src=https://feeds.wordpress.com/1.0/x>", True), ("a", False)]
)
def test_a_link_to_a_counter_that_shows_nothing_is_a_footer(words, footer):
    html = f"<a href='https://feeds.wordpress.com/1.0/go/e.org/1/'>{words}</a>"
    assert [link.footer for link in links_of(html)] == [footer]
    (_, link) = links_of(f"x [1]<p>[1] <a href=/p>a</a><br>{html}")
    assert link.reference is None or not footer


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"{SITE}/post/#b", "anchor"),
        (f"{SITE}/post/?utm_source=x#b", "anchor"),
        (f"{SITE}/post/", "page"),
        (f"{SITE}/other/#b", "page"),
    ],
)
def test_an_anchor_leads_into_this_article(url, kind):
    assert [link.kind for link in links_of(f"<a href='{url}'>b</a>")] == [kind]


LIST = "<h3>Links</h3><p>[1] <a href='https://example.com/1'>One</a></p>"
NOTE = "<ol><li id='fn1'><p>See <a href=/n>it</a>. <a href='#fnref1'>↩</a></p></li></ol>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p><a href=/a>text</a> [1].</p>{LIST}", [("text", 1, "One"), ("One", 1, "One")]),
        (f"<p><a href=/a>text</a>[1]</p>{LIST}", [("text", 1, "One"), ("One", 1, "One")]),
        (f"<p><a href=/a>text</a>, [1, 2]</p>{LIST}", [("text", 1, "One"), ("One", 1, "One")]),
        # no list: the number is known, the title is not; without a space it may be code
        ("<p><a href=/a>text</a> [3]</p>", [("text", 3, None)]),
        ("<p><a href=/a>argv</a>[3]</p>", [("argv", None, None)]),
        # words between the link and its mark, if the entry leads to the same site
        (
            f"<p><a href='https://example.com/x'>text</a> (EMF) [1]</p>{LIST}",
            [("text", 1, "One"), ("One", 1, "One")],
        ),
        (
            f"<p><a href='https://example.net/x'>text</a> by her [1]</p>{LIST}",
            [("text", None, None), ("One", 1, "One")],
        ),
        (
            f"<p><a href='https://example.com/x'>text</a>. Others [1]</p>{LIST}",
            [("text", None, None), ("One", 1, "One")],
        ),
        # raised numbers
        (f"<p><a href=/a>text</a>¹</p>{LIST}", [("text", 1, "One"), ("One", 1, "One")]),
        (f"<p><a href=/a>text</a><sup>1</sup></p>{LIST}", [("text", 1, "One"), ("One", 1, "One")]),
        ("<p>2<a href=/a>x</a><sup>8</sup></p>", [("x", None, None)]),
        # links that are a mark themselves
        (
            f"<p>Text <a href='https://example.com/1'>[1]</a></p>{LIST}",
            [("[1]", 1, "One"), ("One", 1, "One")],
        ),
        (
            f"<p><a href=/a>text</a> <a href='https://example.orgwhich is good'>1</a></p>{LIST}",
            [("text", 1, "One"), ("1", 1, "One"), ("One", 1, "One")],
        ),
        (
            "<p><a href='?page=1'>1</a> <a href='?page=2'>2</a></p>",
            [("1", None, None), ("2", None, None)],
        ),
        # the entry's title is its line where the link is not its beginning, or is an address
        (
            "<p><a href=/a>text</a> [1]</p><p>[1] Ann: <i>Rivers</i>, <a href=/r>online</a>.</p>",
            [("text", 1, "Ann: Rivers, online."), ("online", 1, "Ann: Rivers, online.")],
        ),
        (
            "<p><a href=/a>text</a> [1]</p><p>[1]: Rivers – <a href=/r>https://example.org/r</a></p>",
            [("text", 1, "Rivers"), ("https://example.org/r", 1, "Rivers")],
        ),
        # entries with other signs, only in a section that is called so
        (
            "<p><a href=/a>text</a> [1]</p><h2>Quellen</h2><p>1. <a href=/r>Fluss</a></p>",
            [("text", 1, "Fluss"), ("Fluss", 1, "Fluss")],
        ),
        (
            "<p><a href=/a>text</a> [1]</p><h2>Steps</h2><p>1. <a href=/r>River</a></p>",
            [("text", 1, None), ("River", None, None)],
        ),
        # numbered lists
        (
            "<p><a href=/a>text</a> [2]</p><h2>References</h2>"
            "<ol><li>Ann, <a href=/1>One</a></li><li><a href=/2>Two</a></li></ol>",
            [("text", 2, "Two"), ("One", 1, "Ann, One"), ("Two", 2, "Two")],
        ),
        (
            "<p><a href=/a>text</a> [4]</p><h2>References</h2>"
            "<ol start=4><li><a href=/1>One</a></li></ol>",
            [("text", 4, "One"), ("One", 4, "One")],
        ),
        (
            "<h2>Links</h2><ol><li><a href=/1>One</a></ol><ul><li><a href=/2>Two</a></ul>",
            [("One", None, None), ("Two", None, None)],
        ),
        # a mark without a link, behind a full stop, which only the list tells from an exponent
        (
            "<p><a href=/a>text</a>.<sup>1</sup> 10<sup>2</sup></p><h2>Footnotes</h2>"
            "<ol><li>Ann, <a href=/1>One</a></li></ol>",
            [("text", 1, "Ann, One"), ("One", 1, "Ann, One")],
        ),
        (
            "<p><a href=/a>text</a><sup>2</sup></p><h2>Notes</h2><ol><li><a href=/1>One</a></li></ol>",
            [("text", None, None), ("One", None, None)],
        ),
        # footnotes
        (
            f"<p>Text<sup><a href='#fn1'>1</a></sup></p>{NOTE}",
            [("1", 1, "See it."), ("it", 1, "See it."), (None, None, None)],
        ),
        (
            f"<p><a href=/a>text</a><a href='#fn1' role='doc-noteref'>1</a></p>{NOTE}",
            [("text", 1, "See it."), ("1", 1, "See it."), ("it", 1, "See it."), (None, None, None)],
        ),
        (
            "<p>Text <a href='#_ftn1' name='_ftnref1'>[1]</a></p>"
            "<p><a href='#_ftnref1' name='_ftn1'>[1]</a> See <a href=/n>it</a>.</p>",
            [("[1]", 1, "See it."), ("[1]", 1, "See it."), ("it", 1, "See it.")],
        ),
        (  # Hatena
            "<p><a href=/k>Owl</a> text<a href='#f-1a' name='fn-1a' title=See>*1</a></p><p>"
            "<a href='#fn-1a' name='f-1a'>*1</a><span>:</span><span>See <a href=/n>it</a></span></p>",
            [("Owl", None, None), ("*1", 1, "See it"), ("*1", 1, "See it"), ("it", 1, "See it")],
        ),
        # the note's own number leads back: it is no citation of the article's sentence (Org)
        (
            "<p>Text<sup><a id=fnr.1 href='#fn.1'>1</a></sup></p><div><sup><a id=fn.1 "
            "href='#fnr.1'>1</a></sup> <div><p>See <a href=/n>it</a>.</p></div></div>",
            [("1", 1, "See it."), ("1", 1, "See it."), ("it", 1, "See it.")],
        ),
        # Substack
        (
            "<p>Text<a class=footnote-anchor id=footnote-anchor-1 href='#footnote-1'>1</a></p>"
            "<div class=footnote><a id=footnote-1 href='#footnote-anchor-1'>1</a>"
            "<div><p>See <a href=/n>it</a>.</p></div></div>",
            [("1", 1, "See it."), ("1", 1, "See it."), ("it", 1, "See it.")],
        ),
        # docutils: only the class tells, and the id is the label's
        (
            "<p>Text <a class='footnote-reference brackets' href='#id2' id=id1>1</a></p><dl><dt "
            "id=id2><a class=fn-backref href='#id1'>1</a></dt><dd>See <a href=/n>it</a>.</dd></dl>",
            [("1", 1, "See it."), ("1", None, None), ("it", 1, "See it.")],
        ),
        (
            "<p>Text <a class=footnote-reference href='#id2' id=id1>[1]</a></p><table id=id2><tr>"
            "<td><a href='#id1'>[1]</a></td><td>See <a href=/n>it</a>.</td></tr></table>",
            [("[1]", 1, "See it."), ("[1]", 1, "See it."), ("it", 1, "See it.")],
        ),
        # a line break in a note parts words
        (
            "<p>Text<sup><a href='#fn1'>1</a></sup></p><ol><li id=fn1>See<br>this<p>or</p>"
            "<a href=/n>it</a>.</li></ol>",
            [("1", 1, "See this or it."), ("it", 1, "See this or it.")],
        ),
        # docutils' elder writer: the id of the note is three levels up
        (
            "<p>See <a class=footnote-reference href='#f1' id=r1>[1]</a> or <a href=/a>x</a>.</p><table id=f1>"
            "<tbody><tr><td><a class=fn-backref href='#r1'>[1]</a><td>See <a href=/n>it</a>.</table>",
            [("[1]", 1, "See it."), ("x", None, None), ("[1]", 1, "See it."), ("it", 1, "See it.")],
        ),
        # Zola: the note's number in an element of its own, two paragraphs
        (
            "<p>Text<sup><a href='#1'>1</a></sup></p><div class=footnote id=1><sup>1</sup>"
            "<p>See <a href=/n>it</a>.</p><p>Or not.</p></div>",
            [("1", 1, "See it. Or not."), ("it", 1, "See it. Or not.")],
        ),
        # markdown-it: the second citation of a note
        (
            "<p>a<sup><a href='#fn1' id=fnref1>[1]</a></sup> b<sup><a href='#fn1' id=fnref1:1>[1:1]"
            "</a></sup></p><ol><li id=fn1>See <a href=/n>it</a>.</ol>",
            [("[1]", 1, "See it."), ("[1:1]", 1, "See it."), ("it", 1, "See it.")],
        ),
        # a star before the number, a class around the link (Hatena)
        (
            "<p>Text<span class=footnote><a href='#f1' name=fn1>*1</a></span></p>"
            "<p class=footnote><a href='#fn1' name=f1>*1</a>：See <a href=/n>it</a>.</p>",
            [("*1", 1, "See it."), ("*1", 1, "See it."), ("it", 1, "See it.")],
        ),
        # marks behind words that are no links, a line in the place of a heading
        (
            "<p>Owls count [1]. Nests too.[2]</p><p><strong>Quellen:</strong></p>"
            "<ol><li><a href=/n>it</a></li><li>See <a href=/m>that</a></li></ol>",
            [("it", 1, "it"), ("that", 2, "See that")],
        ),
        (
            "<p>Call a[1].</p><h2>Links</h2><ol><li><a href=/n>it</a></li></ol>",
            [("it", None, None)],
        ),
        (
            "<p>Owls.[1]</p><p>Three sources:</p><ol><li><a href=/n>it</a></li></ol>",
            [("it", None, None)],
        ),
        # an absolute address of the article itself, with another slash at its end
        (
            "<p>Text<a href='https://blog.example.org/post#n1'><sup>1</sup></a></p>"
            "<ol><li><span id=n1></span>See <a href=/n>it</a>.</li></ol>",
            [("1", 1, "See it."), ("it", 1, "See it.")],
        ),
    ],
)
def test_references(html, expected):
    assert references_of(html) == expected


def test_a_long_note_is_cut():
    html = f"<p>Text<sup><a href='#fn1'>1</a></sup></p><p id=fn1>{'word ' * 200}</p>"
    ((_, number, title),) = references_of(html)
    assert number == 1
    assert title is not None
    assert len(title) == 300
    assert title.endswith("…")


@given(
    st.lists(
        st.sampled_from(
            [
                "<a href=#fn1>",
                "<a href=/x>",
                "</a>",
                "[1]",
                " 1 ",
                "<sup>",
                "</sup>",
                "<ol>",
                "<li id=fn1>",
                "<h2>Links</h2>",
                "<p>",
                "<img src=/x>",
                "<a href='https://a b'>",
                "²",
                "\n",
                "<noscript>",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_any_markup_gives_rows_that_agree(html):
    rows = links_of(html)
    assert [row.position for row in rows] == list(range(len(rows)))
    assert all(row.reference is not None for row in rows if row.reference_title)
    assert links_of(html) == rows


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<a href='/full/a.jpg'><img src='/thumbs/a-thumbnail.jpg'></a>", "image"),
        ("<a href='/a.jpg'><img src='/a_small.webp'></a>", "image"),
        ("<a href='/p/lamp_2.png'><img src='/p/lamp_thumb.png'></a>", "image"),
        ("<a href='/p/lamp-2500.jpg'><img src='/p/lamp-200.jpg'></a>", "image"),
        ("<a href='/p/1_a2_b.jpg'><img src='/p/1_a2_m.jpg'></a>", "image"),
        ("<a href='/p/1_a2_b_d.jpg'><img src='/p/1_a2_d.jpg'></a>", "image"),
        ("<a href='/p/1_a2_b.jpg'><img src='/p/1_a3_m.jpg'></a>", "page"),
        ("<a href='/p/lamp_2.png'><img src='/q/lamp_1.png'></a>", "page"),
        ("<a href='/p/lamp_2'><img src='/p/lamp_1'></a>", "page"),
        ("<a href='/a.html'><img src='/a-thumbnail.jpg'></a>", "page"),
        ("<a href='https://other.example/a.jpg'><img src='/b.jpg'></a>", "page"),
        ("<a href='/a.jpg'><img src='/b.jpg'><img src='/c.jpg'></a>", "page"),
        ("<a href='/a.jpg'>a picture</a>", "page"),
        ("<a href='https://blog.example.org/post#b'>b</a>", "anchor"),
    ],
)
def test_kinds_of_links_to_pictures_and_places(html, kind):
    assert [link.kind for link in links_of(html)] == [kind]
