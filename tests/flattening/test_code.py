"""Listings: the 97 conventions of the wild, and our own cases beside them."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from feedsette.flattening.body.bodies import read_body
from feedsette.flattening.listings.code import read_listing
from feedsette.flattening.listings.codeblocks import code_rows
from feedsette.flattening.listings.languages import canonical
from feedsette.flattening.text.spots import Body, Listing, Spot
from feedsette.markup import Element, parse_html
from feedsette.rows import CodeBlock

DATA = Path(__file__).parent.parent / "data"
CASES = json.loads((DATA / "code_conventions.json").read_text("utf-8"))
PLATFORMS = json.loads((DATA / "code_platforms.json").read_text("utf-8"))
"""Written for this project: id, html, listings as [code, language, caption]."""
SIGHTINGS = json.loads((DATA / "code_sightings.json").read_text("utf-8"))
"""Markings seen in blogs of the wild, with words of our own.

What a reader would expect was written down before the code was asked; a listing per form.
"""


def listings(html: str) -> list[Listing]:
    """What a walk finds that asks every element and does not descend into listings."""
    found = []
    stack: list[Element] = [parse_html(html)]
    while stack:
        element = stack.pop()
        listing = read_listing(element)
        if listing:
            found.append(listing)
        else:
            stack.extend(reversed(list(element.elements)))
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_conventions(case: dict[str, Any]) -> None:
    found = listings(case["html"])
    if case["code"] is None:
        assert found == []
        return
    count = 2 if case["id"] == "quarto" else 1
    assert len(found) == count
    language = case["language"] and canonical(case["language"])
    assert (found[0].code, found[0].language) == (case["code"], language)


@pytest.mark.parametrize("case", PLATFORMS, ids=[case["id"] for case in PLATFORMS])
def test_platforms(case: dict[str, Any]) -> None:
    found = [[one.code, one.language, one.caption] for one in listings(case["html"])]
    assert found == case["listings"]


@pytest.mark.parametrize("case", SIGHTINGS, ids=[case["id"] for case in SIGHTINGS])
def test_sightings(case: dict[str, Any]) -> None:
    spots = read_body(case["html"]).spots
    found = [[o.code, o.language, o.caption] for spot in spots if (o := spot.listing)]
    assert found == case["listings"]


def test_numbers_and_maker_of_a_listing_are_no_text() -> None:
    (case,) = [case for case in SIGHTINGS if case["id"] == "colorscripter-name"]
    assert read_body(case["html"]).text == case["listings"][0][0]


@pytest.mark.parametrize(
    ("behind", "text"),
    [
        ("<div><span>1</span><br><span>2</span><br></div>", "a\nb\n\nc"),
        ("\n<div><span>1</span><br><span>3</span><br></div>", "a\nb\n\n1\n3\n\nc"),
        ("<div>1</div>", "a\nb\n\n1\n\nc"),
    ],
)
def test_numbers_in_a_box_behind_a_listing_are_no_text(behind: str, text: str) -> None:
    assert read_body(f"<div><pre>a\nb</pre>{behind}</div><p>c</p>").text == text


@pytest.mark.parametrize(
    ("html", "language", "raw"),
    [
        ('<pre class="language-plaintext">x</pre>', None, "plaintext"),
        ('<pre class="hljs box wide">x</pre>', None, None),
        ('<pre><code class="language-JavaScript">x</code></pre>', "javascript", "JavaScript"),
        ('<pre><code class="language-foo9">x</code></pre>', "foo9", "foo9"),
        ('<div lang="pl"><pre>x</pre></div>', None, None),
        ('<div class="lang-en"><pre>x</pre></div>', None, None),
        ('<figure class="highlight kg-card"><pre>x</pre></figure>', None, None),
        ('<figure class="highlight owlscript2"><pre>x</pre></figure>', "owlscript2", "owlscript2"),
        ('<pre name="code" class="php:nogutter">x</pre>', "php", "php"),
        ('<pre data-x=\'{"language": ""}\'>x</pre>', None, None),
        ('<div data-attrs="{bad"><pre>x</pre></div>', None, None),
        ('<div data-attrs="[1]"><pre>x</pre></div>', None, None),
        ('<pre data-setting=\'{"mode": "clike", "mime": 3}\'>x</pre>', None, None),
        (
            '<pre data-setting=\'{"mode": "clike", "mime": "text/x-java"}\'>x</pre>',
            "java",
            "text/x-java",
        ),
        ('<div data-language="toml"><pre class="language-text">x</pre></div>', "toml", "toml"),
        ('<div data-language="none"><pre class="language-text">x</pre></div>', None, "text"),
        ('<pre class="vb">x</pre>', "vb.net", "vb"),
        ('<div class="highlight vb"><pre>x</pre></div>', None, None),
        ('<pre class="sh_javascript">x</pre>', "javascript", "javascript"),
        ('<div class="highlight-source-json-comments"><pre>x</pre></div>', "json", "json"),
        ('<div class="highlight-text-html-erb"><pre>x</pre></div>', "erb", "erb"),
        ('<pre class="wp-block-code" lang=" ">x</pre>', None, None),
        ('<div><div class="language-go"><i><b><u><s><em><pre>x</pre>', "go", "go"),
        ('<div class="language-go"><i><b><u><s><em><q><pre>x</pre>', None, None),
    ],
)
def test_language_markings(html: str, language: str | None, raw: str | None) -> None:
    assert [(one.language, one.language_raw) for one in listings(html)] == [(language, raw)]


@pytest.mark.parametrize(
    ("html", "caption"),
    [
        ('<pre class="brush: js; title: My file; notranslate">x</pre>', "My file"),
        ('<pre class="brush: js; title: ; notranslate">x</pre>', None),
        ('<pre><code class="language-js:app.js">x</code></pre>', "app.js"),
        ('<pre><code class="language-js title=&quot;a b.js&quot;">x</code></pre>', "a b.js"),
        ('<pre data-filename="a.go">x</pre>', "a.go"),
        ('<pre data-label="JavaScript">x</pre>', None),
        ('<pre><code metastring="title=x.py {1}">x</code></pre>', "x.py"),
        ('<pre class="language-ruby" title="ruby">x</pre>', None),
        ("<figure><pre>x</pre><figcaption>[link]</figcaption></figure>", None),
        (
            "<figure><pre>x</pre><figcaption>Show all the lamps of a house</figcaption></figure>",
            "Show all the lamps of a house",
        ),
        (
            "<figure class=highlight><figcaption data-lang=Go><span>owls.go</span></figcaption>"
            "<table><tr><td data-num=1></td><td><pre>a</pre></td></tr>"
            "<tr><td data-num=2></td><td><pre>b</pre></td></tr></table></figure>",
            "owls.go",
        ),
        ("<b class=code-title>x</b><pre>x</pre>", None),
        ("<p>Words <span class=filename>a.py</span></p><pre>x</pre>", None),
    ],
)
def test_captions(html: str, caption: str | None) -> None:
    assert [one.caption for one in listings(html)] == [caption]


@pytest.mark.parametrize(
    "html",
    [
        "<pre></pre>",
        "<pre> &nbsp;\u200b</pre>",
        "<pre><img src=x></pre>",
        '<table><tr><td class="gutter"><pre>1\n2</pre></td></tr></table>',
        "<p><code>one line</code></p>",
        "<p>Call <code>a<br>b</code> now.</p>",
        "<div class=highlight><h2>Title</h2>text<br>text</div>",
        "<textarea>a form</textarea>",
        "<textarea class=code> </textarea>",
        "<b>x</b>",
        "<div class=code>It was a dark night.<br>Nobody spoke.</div>",
        "<div class=hljs><h2>News</h2>a = b;<br>c;</div>",
        "<div class='code-block code-block-1'>\n  <a href=/l>Letters</a><br>\n  <b>Shop</b>\n</div>",
        "<div class=source-code>\n  <a href=/c>\n    <i></i> Sources\n  </a>\n  <b>x</b></div>",
        "<div class=promo-code>\n    <b>Save now</b>\n    <span>SUMMER</span>\n</div>",
    ],
)
def test_no_listing(html: str) -> None:
    assert listings(html) == []


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<pre>a<br>\nb</pre>", "a\nb"),
        ("<pre>a\n<br>b</pre>", "a\nb"),
        ("<pre>a<br><br>b</pre>", "a\n\nb"),
        ("<pre>a\rb\x08c\u200b</pre>", "a\nbc"),
        ("<pre><div>a</div><div><br></div><div>b</div></pre>", "a\n\nb"),
        ("<pre>a<p>b</p>c</pre>", "a\nb\nc"),
        ("<pre><i>a</i>\n <b>b</b>\n <div>c</div>\n</pre>", "a\n b\nc"),
        ("<table><tr><td><pre>8\n9</pre></td><td><pre>a\nb</pre></td></tr></table>", "a\nb"),
        (
            "<figure class=highlight><figcaption></figcaption><table><tr><td data-num=1></td><td>"
            "<pre>a</pre></td></tr><tr><td data-num=2></td><td><pre></pre></td></tr><tr>"
            "<td data-num=3></td><td><pre> b</pre></td></tr></table></figure>",
            "a\n\n b",
        ),
        (
            "<pre><code><div><div><div>9</div></div><div><span>  owls</span>:</div></div>"
            "<div><div><div>10</div></div><div>\n</div></div>"
            "<div><div><div>11</div></div><div> 7</div></div></code></pre>",
            "  owls:\n\n 7",
        ),
        (
            "<pre><div><div><div>9</div></div><div>a</div></div>"
            "<div><div><div>7</div></div><div>b</div></div></pre>",
            "9\na\n7\nb",
        ),
        ("<pre><div><div><div>1</div></div></div></pre>", "1"),
        ("<table><tr><td><pre>010\n110</pre></td><td>prose</td></tr></table>", "010\n110"),
        ("<pre>a<span role=button>Copy</span><b data-clipboard-text=x>y</b></pre>", "a"),
        ("<pre>a<span class=copy>Copied!</span></pre>", "a"),
        ("<pre><span class=copy><code>a</code></span></pre>", "a"),
        ("<pre><i class=prompt>In [2]: </i>a</pre>", "a"),
        (
            "<pre><span class=line>a</span><span class=line></span><span class=line>b</span></pre>",
            "a\n\nb",
        ),
        (
            "<pre><code><span id=c-1>owl</span>\n<button>1</button><span id=c-2>  hoots</span>\n"
            "<span id=c-3></span>\n<span id=c-4>x</span><div></div><div></div></code></pre>",
            "owl\n  hoots\n\nx",  # Quarto: notes beside lines
        ),
        ("<pre>\n<p>a</p>\n<p>b</p>\n</pre>", "a\nb"),
        ("<pre><code>a</code><code>b</code></pre>", "a\nb"),
        ("<pre>run <code>a</code> and <code>b</code></pre>", "run a and b"),
        ("<pre>a<span hidden>x</span><i style='display: none'>y</i></pre>", "a"),
        ("<textarea class=crayon-plain>\nx\n y</textarea>", "x\n y"),
        (
            "<pre>a <a class=headerlink href=#x>¶</a><i class=twoslash-popup-x>: any</i></pre>",
            "a",
        ),
    ],
)
def test_lines(html: str, code: str) -> None:
    assert [one.code for one in listings(html)] == [code]


@pytest.mark.no_cover  # which makes it four times as slow
@pytest.mark.parametrize(
    "part",
    [
        "<pre>",
        '<div class="highlight">',
        '<div class="syntaxhighlighter">',
        "<code>",
        "<figure>",
        '<div class="code">a b ',
        '<div style="font-family: courier">a b ',
        '<dl class="code"><dt>x<dd><code>y</code>',
        '<div class="highlight"><code>',
        "<table class=code><tr><td class=code><pre class=alt>x</pre><pre>y</pre>",
        '<div class="code-block"><div class=header><b>a</b><b>b</b></div>',
        '<pre class="wp-block-preformatted">a b ',
        "<pre class=hidden>\N{LARGE GREEN SQUARE}",
        "<pre><span class=filename>a.py</span>",
        "<tt>a = b;<br>",
        "<table class=code><tr><td class=line-num>1</td><td>a = b;",
        '<div style="font-family: courier"><div>t</div><div><ol><li>a = b;</li></ol>',
    ],
)
def test_deep_nesting_takes_linear_time(part: str) -> None:
    few, many = (seconds_for(part * times + "x = 1;<br>y;") for times in (1_000, 4_000))
    assert many < 8 * few + 0.5


def seconds_for(html: str) -> float:
    started = time.process_time()
    listings(html)
    return time.process_time() - started


@pytest.mark.no_cover
def test_a_crowd_of_listings_takes_linear_time() -> None:
    started = time.process_time()
    found = listings('<div class="code-title">lamp</div><pre>x</pre>' * 10_000)
    assert (len(found), found[0].caption) == (10_000, None)
    assert time.process_time() - started < 10


def test_code_rows() -> None:
    spots = tuple(
        Spot(Element("pre", {}, None), section, 0, 0, listing=listing)
        for section, listing in enumerate(
            [None, Listing("a\nb", "go", "golang", "x.go"), Listing("c", None, "text", None)]
        )
    )
    body = Body("", (), spots, Element("", {}, None))
    assert code_rows(body, lambda code: ("rust", 0.9) if code == "c" else None) == (
        CodeBlock(0, 1, "go", "declared", "golang", None, 2, "x.go", "a\nb"),
        CodeBlock(1, 2, "rust", "detected", "text", 0.9, 1, None, "c"),
    )
    assert code_rows(body)[1] == CodeBlock(1, 2, None, None, "text", None, 1, None, "c")


@pytest.mark.parametrize(
    ("html", "title", "listings"),
    [
        (
            "<pre style='white-space:pre-wrap'>Count owls (#7)\n\nAt night.</pre>",
            "Count owls (#7)",
            0,
        ),
        ("<pre>Count owls and all that is …</pre>", "Count owls and all…", 0),
        ("<pre>owls = 7</pre>", "Count owls", 1),
        ("<p>So:</p><pre>count owls</pre>", "Count owls", 1),
        ("<pre><code class='language-sh'>count owls</code></pre>", "Count owls", 1),
        ("<pre>count owls</pre>", None, 1),
        ("<pre>count owls\n  | sort --by=size;</pre>", "Count owls", 1),
        ("<pre>Count owls\nat night, and bats.</pre>", "Count owls", 0),
    ],
)
def test_a_message_that_begins_with_its_title_is_no_listing(html, title, listings):
    assert len(code_rows(read_body(html, title), title=title)) == listings


def test_distills_code_is_a_listing_unless_it_stands_amid_a_sentence() -> None:
    (one,) = listings("<d-code block language=javascript>\n  var owls = 7;\n  hoot();\n</d-code>")
    assert (one.code, one.language) == ("  var owls = 7;\n  hoot();", "javascript")
    assert [one.code for one in listings("<d-code block> hoot() </d-code>")] == ["hoot()"]
    assert listings("<p>Say <d-code language=javascript>hoot()</d-code>.</p>") == []


def test_of_two_that_say_the_same_one_may_be_a_copy() -> None:
    """The hidden one is there for a button; two that are shown are two."""
    shown, hidden = "<pre style='border:none'>a = 1</pre>", "<pre style='display: none'>a = 1</pre>"
    counts = [len(code_rows(read_body(html))) for html in (shown * 2, shown + hidden, hidden * 2)]
    assert counts == [2, 1, 2]


LETTER = """On Monday, Ada wrote:
&gt; The lamp does not go on when the house is dark, and we do not know why.
&gt; Could somebody have a look at it before the end of the week?

I have seen the same here. The new bulb was too large for the old socket, so that
the switch never reached it. Please take the small one, and tell us how it goes.

- Bea
"""


@pytest.mark.parametrize(
    ("html", "count"),
    [
        pytest.param(
            f"<div><pre style='white-space:pre-wrap'>{LETTER}</pre></div>", 0, id="letter"
        ),
        pytest.param(f"<p>So:</p><pre>{LETTER}</pre>", 1, id="not all"),
        pytest.param(f"<pre>{LETTER}--- a/lamp.c\n+++ b/lamp.c\n" + "+on();\n" * 9, 1, id="patch"),
        pytest.param("<pre>make lamp</pre>", 1, id="a few words"),
        pytest.param("<pre>- Mend lamp_on()\n\nSigned-off-by: Ann Lee</pre>", 0, id="commit"),
        pytest.param(f"<pre class='language-lamp'>{LETTER}</pre>", 1, id="labelled"),
    ],
)
def test_a_letter_that_is_all_of_an_entry_is_no_listing(html, count):
    assert len(code_rows(read_body(html), title="Re: lamp")) == count


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("services:\n  web:\n    image: lamp\n" * 8, id="configuration"),
        pytest.param("  mov eax, ebx\n  call lamp\n" * 9, id="assembly"),
        pytest.param("10:00:01 INFO the lamp is on\n" * 8, id="log"),
    ],
)
def test_what_lacks_signs_of_code_and_sentences_is_no_letter(code):
    assert len(code_rows(read_body(f"<pre>{code}</pre>"), title="Lamp")) == 1


LONG = (
    "We walked home (not even the dog was out); the lamp had cost us $40 and we laughed.",
    "On Monday the council spent $3 on the lamp; nobody was surprised, since it is so old.",
    "My brother thinks otherwise; he says that lamp #1 on the list is the one to be lit.",
)
TYPED_WORDS = {
    "paragraphs": LONG,
    "prices": ("Lamp: $2", "Bulb: $1.50", "Wire: $4", "Come and see us."),
    "hashtags": ("What a day. #sun #sea", "Here we go #monday", "And so to bed."),
    "smileys": ("Thanks for the lamp ;)", "See you on Monday ;-)", "Bring a bulb =)"),
    "verses": ("for in the while of day;", "I return to you;", "if then, else never."),
    "letter": ("Dear Anna;", "we were at sea; it was dark.", "Yours, Bob"),
    "times": ("The end", "begin", "import duties: 12:30", "class of 1990", "or else", "end"),
}
TYPE = "style=\"font-family: 'Courier New'\""


@pytest.mark.parametrize("lines", TYPED_WORDS.values(), ids=TYPED_WORDS)
@pytest.mark.parametrize("begin", ["<p>x</p><div>", "<p>x</p><blockquote>"])
def test_words_in_a_typewriters_letters_are_no_listing(begin, lines):
    for html in (
        "".join(f"<p {TYPE}>{line}</p>" for line in lines),
        f"<span {TYPE}>{'<br>'.join(lines)}</span>",
        f"<div {TYPE}>{'<br>'.join(lines)}</div>",
    ):
        assert not code_rows(read_body(f"{begin}{html}"))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["class Lamp", "&nbsp; def lit", "&nbsp;&nbsp;&nbsp; yes", "&nbsp; end", "end"],
            id="blocks-of-words",
        ),
        pytest.param(
            [
                "anna@home ~ ./build lamp",
                "lamp.c:4: warning: no bulb",
                "lamp.c:9: error: no switch",
            ],
            id="a-compilers-complaints",
        ),
        pytest.param(
            ["version: 2", "owls:", "&nbsp; barn:", "&nbsp; &nbsp; count: many"], id="yaml"
        ),
        pytest.param(["(defun twice (x)", "&nbsp; (* 2 x))"], id="lisp"),
    ],
)
def test_code_without_signs_in_a_typewriters_letters(lines):
    html = "<br>".join(f"<span {TYPE}>{line}</span>" for line in lines)
    (row,) = code_rows(read_body(f"<p>x</p><p>{html}</p><p>y</p>"))
    assert row.code == "\n".join(lines).replace("&nbsp;", " ")


def test_a_languages_name_in_a_span_beside_the_box_of_lines() -> None:
    box = "<div class=body>  lamp.on(3)<br>  lamp.off<br><br></div>"
    (named,) = listings(f"<div class=code><span class=type>ruby</span>{box}</div>")
    assert (named.code, named.language) == ("  lamp.on(3)\n  lamp.off", "ruby")
    (other,) = listings(f"<div class=code><span class=type>lamp</span>{box}</div>")
    assert other.code.startswith("lamp\n")


@pytest.mark.parametrize(("label", "language"), [("CODE:", None), ("SQL:", "sql")])
def test_one_line_in_a_list_of_a_highlighter_that_names_the_language(label, language):
    html = (
        f"<div class=syntax_hilite><span class=langName>{label}</span><div><div class=code>"
        "<ol><li><div>lamp --on</div></li></ol></div></div></div>"
    )
    bar = "<div class=igBar><span><a href=# onclick='x()'>PLAIN TEXT</a></span></div>"
    body = read_body(f"<p>x</p>{bar}{html}<p>y</p>")
    (row,) = code_rows(body)
    assert (row.code, row.language) == ("lamp --on", language)
    assert body.text == "x\n\nlamp --on\n\ny"


@pytest.mark.parametrize(
    "words", ["I love my iPhone more than my lamp", "Bring lamps, e.g. old ones."]
)
def test_a_typed_quotation_of_one_sentence_is_no_listing(words):
    assert not code_rows(read_body(f"<p>x</p><blockquote {TYPE}>{words}</blockquote>"))


@pytest.mark.parametrize(
    ("html", "codes"),
    [
        pytest.param(
            "<pre>for owl in wood:</pre>\n<pre>    count(owl)</pre>\n<pre>rest()</pre>",
            ["for owl in wood:\n    count(owl)\nrest()"],
            id="a-pre-a-line",
        ),
        pytest.param(
            "<pre>wood {</pre><pre>owl: 1;</pre><pre>}</pre>",
            ["wood {\nowl: 1;\n}"],
            id="a-bracket-alone",
        ),
        pytest.param(
            "<pre>void count() {<br>  owl();</pre><pre>  bat();<br>}</pre><pre>count();</pre>",
            ["void count() {\n  owl();\n\n  bat();\n}", "count();"],
            id="parted-at-a-blank-line",
        ),
        pytest.param(
            "<pre>cd wood</pre><pre>ls</pre><pre>owl</pre>", ["cd wood", "ls", "owl"], id="commands"
        ),
        pytest.param("<pre>owl {</pre><p>and</p><pre>}</pre>", ["owl {", "}"], id="words-between"),
        pytest.param(
            "<pre> cd wood</pre><pre> ls</pre><pre> owl</pre>",
            [" cd wood", " ls", " owl"],
            id="commands-indented-alike",
        ),
        pytest.param(
            "<pre>owl: missing {</pre><pre>owl: unexpected }</pre>",
            ["owl: missing {", "owl: unexpected }"],
            id="words-on-braces",
        ),
        pytest.param(
            "<pre class='a'>owl {</pre><pre class='b'>}</pre>", ["owl {", "}"], id="unlike"
        ),
        pytest.param(
            "<pre><code>owl {</code></pre><pre><code>}</code></pre>", ["owl {", "}"], id="generated"
        ),
    ],
)
def test_what_several_pre_elements_show_together(html, codes):
    assert [row.code for row in code_rows(read_body(f"<p>x</p>{html}<p>y</p>"))] == codes


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<span class='Code'>owl = 1;<br />count(owl);</span>", 1),
        ("We <span class='code'>count(owl);<br>owl = 1;</span>", 0),
        ("<span class='code'>It was dark<br>all night</span>", 0),
        ("<span class='barcode'>owl = 1;<br>count(owl);</span>", 0),
    ],
)
def test_a_span_that_a_class_calls_code(html, count):
    assert len(code_rows(read_body(f"<p>{html}</p><p>x</p>"))) == count
