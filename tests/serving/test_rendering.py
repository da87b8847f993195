"""An article's HTML becomes HTML that is safe, absolute and readable."""

import time

import pytest
from attacks import PAYLOADS

from feedsette.markup import parse_html
from feedsette.serving.showing.rendering import MAX_DEPTH, render
from feedsette.serving.showing.sanitising import resolved

BASE = "https://blog.example/posts/one"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
        ("a < b &amp; c", "a &lt; b &amp; c"),
        ("One.\n\nTwo.", "One.\n<p>Two.</p>"),
        ("<p onclick=x class=y style=z>a</p>", "<p>a</p>"),
        ("<section><font color=red>a</font></section>", "a "),
        ("<h1>a</h1>", "<h2>a</h2>"),
        ("<h1>a</h1><h2>b</h2><h6>c</h6>", "<h2>a</h2><h3>b</h3><h6>c</h6>"),
        ('<h2 id="top">a</h2>', '<a id="in-top"></a><h2>a</h2>'),
        ('<a href="#top">a</a>', '<a href="#in-top">a</a>'),
        ('<a href="../x">a</a>', "https://blog.example/x"),
        ('<a href="mailto:a@b.example">a</a>', "mailto:a@b.example"),
        ('<img src="/a.png" width="10px" height=20>', 'src="https://blog.example/a.png"'),
        ('<img src="/a.png" width="10px" height=20>', 'width="10" height="20" loading="lazy"'),
        ('<img data-src="/b.png" src="data:image/gif;base64,AAAA">', "blog.example/b.png"),
        ('<img src="data:image/png;base64,AAAA">', 'src="data:image/png;base64,AAAA"'),
        ('<iframe src="https://www.youtube.com/embed/x" title="T"></iframe>', "T <span>youtube"),
        ('<script src="https://gist.github.com/a/1.js"></script>', "https://gist.github.com/a/1"),
        ('<video><source src="/v.mp4"></video>', "https://blog.example/v.mp4"),
        ('<video src="/v.mp4"><p>Behind what is never closed.</p>', "<p>Behind what is never"),
        ("See https://b.example/x.", 'href="https://b.example/x" rel="nofollow noopener'),
        # the address that the table of images has
        ('<img srcset="/s.png 1x, /l.png 2x" src="/s.png">', 'src="https://blog.example/l.png"'),
        ('<amp-img src="/a.png"></amp-img>', '<img src="https://blog.example/a.png"'),
        ('<picture><source srcset="/w.webp"></picture>', 'src="https://blog.example/w.webp"'),
        ("a<img class=emoji alt='🙂' src='/e.png'>b", "a🙂b"),
        ('<iframe data-src="https://www.youtube.com/embed/x"></iframe>', "youtube.com/embed/x"),
        ('<lite-youtube videoid="abc"></lite-youtube>', "https://www.youtube.com/watch?v=abc"),
        (
            "<figure class=wp-block-embed><div>https://b.example/x</div></figure>",
            'href="https://b.example/x"',
        ),
        (
            """<div class=x data-attrs='{"gallery":{"images":[{"src":"/g.png"}]}}'></div>""",
            'src="https://blog.example/g.png"',
        ),
        # a formula once, as its source
        (
            "<p>a <span class=katex><span class=katex-mathml><math><annotation "
            "encoding='application/x-tex'>x^2</annotation></math></span>"
            "<span class=katex-html aria-hidden=true>x2</span></span></p>",
            '<p>a <span><span><code class="math">x^2</code></span></span></p>',
        ),
        ('<script type="math/tex">x_1</script>', '<code class="math">x_1</code>'),
        (
            "<p><math><mi>x</mi></math><img class=latex alt=x src=/a.png></p>",
            '<p><code class="math">x</code></p>',
        ),
        (
            "<p><span class=MathJax_Preview><img src=/a.png></span><script type='math/tex'>x</script></p>",
            '<p><span></span><code class="math">x</code></p>',
        ),
        # what is hidden is left out, but not pictures and code: tabs hide them until asked
        ("<p>a<span class=sr-only>b</span><i style='display:none'>c</i></p>", "<p>a</p>"),
        ("<div style='display:none'><img src=/a.png></div>", "https://blog.example/a.png"),
        ("<div hidden><pre>a</pre></div>", 'id="code-0"'),
        ("<table><tr><td colspan=2>a</td></tr></table>", '<td colspan="2">a</td>'),
        ("<ol start=3><li>a</li></ol>", '<ol start="3"><li>a</li></ol>'),
        ('<p dir="rtl" lang="ar">a</p>', '<p dir="rtl" lang="ar">a</p>'),
    ],
)
def test_render(html: str, shown: str) -> None:
    assert shown in render(html, BASE)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://a.example/p.gif" width="1" height="1">',
        '<img src="javascript:x">',
        '<img src="data:image/svg+xml,x">',
        '<img src="https://feeds.feedburner.com/~r/x/~4/y">',
        '<iframe src="https://www.googletagmanager.com/ns.html?id=1"></iframe>',
        "<div class=sharedaddy><ul><li><a href=/s>Share</a></li></ul></div>",
        "<img>",
        "<iframe></iframe>",
        "<script>x</script>",
        "<style>x</style>",
        "<svg><text>x</text></svg>",
        '<script src="https://a.example/x.js"></script>',
        "",
    ],
)
def test_nothing_is_left(html: str) -> None:
    assert render(html, BASE) == ""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_survives(payload: str) -> None:
    tree = parse_html(render(f"<p>a</p>{payload}<p>b</p>", BASE))
    elements = [node for node in tree.descendants() if not isinstance(node, str)]
    assert elements
    for element in elements:
        assert element.name not in ("script", "style", "iframe", "form", "base", "meta", "link")
        for name, value in element.attributes.items():
            assert not name.startswith("on"), (name, value)
            assert name != "style"
            if name in ("href", "src"):
                assert value.startswith(("https://", "#")), value


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        (None, None),
        ("", None),
        ("#", None),
        ("#a", "#in-a"),
        ("x", "https://blog.example/posts/x"),
        ("//b.example/x", "https://b.example/x"),
        ("HTTPS://b.example/", "https://b.example/"),
        ("javascript:x", None),
        ("JaVaScRiPt:x", None),
        ("java\nscript:x", None),
        ("\x01javascript:x", None),
        ("data:text/html,x", None),
        ("ftp://b.example/", None),
        ("http://[", None),
    ],
)
def test_resolved(address: str | None, whole: str | None) -> None:
    assert resolved(address, BASE) == whole


def test_headings_and_listings_can_be_linked_to() -> None:
    html = "<h2>One</h2><pre><code>a = 1</code></pre><h3>Other</h3><h2>Two</h2><pre>b\nc</pre>"
    shown = render(html, BASE, (None, "One", "Two"), ("python", None))
    assert '<h2 id="section-1">One</h2>' in shown
    assert "<h3>Other</h3>" in shown
    assert '<h2 id="section-2">Two</h2>' in shown
    assert (
        '<pre class="code" id="code-0" tabindex="0" role="region" aria-label="Code, python">'
        in shown
    )
    assert '<span class="mi">1</span>' in shown
    assert 'id="code-1"' in shown


def test_permalink_signs_are_left_out() -> None:
    html = '<h2 id="a">One <a href="#a">¶</a></h2><h2>Two <a href="/x">2</a></h2>'
    shown = render(html, BASE, (None, "One", "Two"))
    assert '<h2 id="section-1">One </h2>' in shown
    assert '<h2 id="section-2">Two <a' in shown


def test_code_is_escaped_whatever_its_language() -> None:
    html = '<pre><code class="language-html">&lt;script&gt;x&lt;/script&gt;</code></pre>'
    assert "<script" not in render(html, BASE)
    assert "<script" not in render(html, BASE, (), ("no-such-language",))


def test_depth_is_bounded() -> None:
    shown = render("<div>" * 5_000 + "deep" + "</div>" * 5_000, BASE)
    assert "deep" in shown
    assert shown.count("<div>") <= MAX_DEPTH + 1


@pytest.mark.parametrize("tag", ["a href='#x'", "h2", "pre", "object", "table", "svg", "li"])
def test_deep_nesting_takes_no_quadratic_time(tag: str) -> None:
    start = time.perf_counter()
    render(f"<{tag}>x" * 20_000, BASE, (None, "A", "B"))
    assert time.perf_counter() - start < 20, "usually some tenths of a second"


def test_a_link_around_a_silent_picture_has_a_name() -> None:
    shown = render('<a href="https://b.example/x"><img src="/a.png"></a>', BASE)
    assert 'aria-label="Link to b.example"' in shown
    assert "aria-label" not in render('<a href="/x"><img src="/a.png" alt="A"></a>', BASE)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("say(&quot;a&#39;b&quot;)", """say("a'b")"""),
        ("a&nbsp;&lt;b&gt; &amp;amp;", "a &lt;b&gt; &amp;amp;"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_listings_are_written_as_the_rest(code: str, shown: str) -> None:
    """They go around the sanitiser, which has written everything else."""
    whole = f'role="region" aria-label="Code"><code>{shown}</code></pre><p>c</p>'
    assert render(f"<pre>{code}</pre><p>c</p>").endswith(whole)


def test_only_listings_come_where_listings_stand() -> None:
    shown = render("<p>listing-0; listing-00;</p><pre>a = 1</pre><p>b</p><pre>listing-0;</pre>")
    assert shown.startswith("<p>listing-0; listing-00;</p>")
    assert shown.count("a = 1") == 1
    assert shown.endswith("<code>listing-0;</code></pre>")


@pytest.mark.parametrize("picture", ["", '<img src="data:image/png;base64,AAAA">'])
@pytest.mark.parametrize("value", ["data:text/html,x", "DATA:x", "&#100;ata:x"])
def test_data_are_pictures_only(value: str, picture: str) -> None:
    shown = render(
        f'<abbr title="{value}">a</abbr><a href="{value}">b</a><img src="{value}">{picture}'
    )
    assert ":text" not in shown
    assert shown.lower().count("data:") == bool(picture)
