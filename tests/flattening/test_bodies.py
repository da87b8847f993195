"""One walk: what is text, where words part, which element stands where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsette.flattening.body.bodies import read_body
from feedsette.flattening.body.sections import join_sections
from feedsette.flattening.text.spots import Body
from feedsette.flattening.text.writers import TextWriter
from feedsette.rows import Section

WIDE = ("The lamp burns. " * 8).strip()
LONG_URL = f"https://e.org/{'x' * 120}"


def spots_of(body: Body) -> list[tuple[str, int, str]]:
    return [(s.element.name, s.section, body.text[s.start : s.end]) for s in body.spots]


@pytest.mark.parametrize(
    "player",
    ["<audio src=x.mp3>", "<audio controls src=x.mp3 />", "<video src=x.mp4>",
     "<video><source src=x.mp4>too old</video>"],
)  # fmt: skip
def test_a_player_that_was_left_open_takes_no_text(player: str) -> None:
    body = read_body(f"<p>One.</p>\n{player}\n<p><a href=/t>Transcript</a></p>")
    assert body.text == "One.\n\nTranscript"
    assert [spot.element.name for spot in body.spots] == [player[1:6], "a"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<p>one</p><p>two</p>", "one\n\ntwo", id="paragraphs"),
        pytest.param(
            "<div role=button><b>T</b><div><p>What a reader unfolds is text all the same.</p></div></div>",
            "T\n\nWhat a reader unfolds is text all the same.",
            id="a box that unfolds",
        ),
        pytest.param("<div role=button>Copy</div>one", "one", id="a button"),
        pytest.param("<div>one</div>two<div>three</div>", "one\ntwo\nthree", id="divisions"),
        pytest.param("one<br>two<br><br>three", "one\ntwo\n\nthree", id="line breaks"),
        pytest.param("<p>a</p><br><br><p>b</p>", "a\n\nb", id="never more than one blank line"),
        pytest.param("<ul>\n<li>a</li>\n<li>b</li></ul>c", "a\nb\n\nc", id="list"),
        pytest.param("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "a\nb\nc", id="nested"),
        pytest.param("<ol><li><p>a</p></li><li><p>b</p><p>c</p></li></ol>", "a\nb\nc", id="loose"),
        pytest.param("<dl><dt>a</dt><dd>b</dd></dl>", "a\nb", id="definitions"),
        pytest.param(
            "<table><tr><th>a</th><th>b</th></tr><tr><td><p>c</p></td><td>d</td></tr></table>",
            "a\tb\nc\td",
            id="table",
        ),
        pytest.param(
            "x<table><tr><th></th><th>a</th></tr><tr><td>b</td><td></td><td>c</td><td></td></tr>"
            "<tr><td></td><td>d</td></tr></table>y",
            "x\n\n\ta\nb\t\tc\n\td\n\ny",
            id="empty cells",
        ),
        pytest.param(
            "<table><tr><td><div>a</div><td><p>b<p>c<td><div>d</div></table>",
            "a\tb\nc\td",
            id="blocks in cells",
        ),
        pytest.param(
            "<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>", "a\nb\tc\nd", id="layout"
        ),
        pytest.param(
            "<table><tr><td>a<td><h2>b</h2><td><td>c</table>", "a\n\nb\n\n\tc", id="title"
        ),
        pytest.param("<figure><img src=x><figcaption>a</figcaption></figure>b", "a\n\nb", id="fig"),
    ],
)
def test_blocks_part_words(html, text):
    assert read_body(html).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("Feed<b>s</b>ette", "Feedsette", id="inline tags add nothing"),
        pytest.param("a <b> b</b> <i>c </i>d", "a b c d", id="one space of several"),
        pytest.param("a\n\t&nbsp;\u2003b", "a b", id="any white space"),
        pytest.param("a\x08b\u200bc\ufeff&shy;d", "abcd", id="control and zero-width characters"),
        pytest.param("<p>a<img src=b>\ufffc</p>\ufffc<p>c</p>", "a\n\nc", id="places of pictures"),
        pytest.param("x<sup>2</sup> + <code>y</code>", "x2 + y", id="inline code"),
        pytest.param("&lt;p&gt; &amp;amp;", "<p> &amp;", id="entities are read once"),
        pytest.param("<pre class=wp-block-verse>a  b\n\n\nc\n</pre>d", "a b\n\nc\n\nd", id="verse"),
        pytest.param("<pre class=wp-block-verse><b>a</b>\n<i>b</i></pre>", "a\nb", id="marks"),
        pytest.param("<p>a</p><pre>\n \n</pre><p>b</p>", "a\n\nb", id="an empty listing"),
        pytest.param(
            "<ruby>漢字<rt>かんじ</rt></ruby><ruby>字<rp>（</rp><rt>じ</rt><rp>）</rp></ruby>x",
            "漢字(かんじ)字(じ)x",
            id="ruby as where it is not known",
        ),
        pytest.param(
            "a <q>b <q cite=/c>c</q> d</q> <q lang=de>e</q>",
            "a “b ‘c’ d” “e”",
            id="quotations as browsers show them",
        ),
        pytest.param(
            "<span style='display:block'>a</span><a href=/b style='color:red; display: flex'>b</a>"
            "<i style='display:inline-block'>c</i>d",
            "a\nb\ncd",
            id="blocks by style",
        ),
        pytest.param(
            "<span style='float: left; display: block'>A</span>t dawn", "At dawn", id="drop caps"
        ),
        pytest.param("", "", id="nothing"),
        pytest.param("plain &amp; simple\ntext", "plain & simple text", id="no markup"),
        pytest.param("a\nb\r\n \r\nc", "a b\n\nc", id="blank lines where no tag is"),
        pytest.param(
            "We met\nagain:\n- tea\n- https://e.org/x\n\n* a\n1. b\n(00:10) c",
            "We met again:\n- tea\n- https://e.org/x\n\n* a\n1. b\n(00:10) c",
            id="list typed without a tag",
        ),
        pytest.param("born in\n1. May\nor so", "born in 1. May or so", id="one line is no list"),
        pytest.param("<b>a</b>\n- b\n- c", "a - b - c", id="lines between tags"),
        pytest.param(f"Tea\n{WIDE}\r\nc", f"Tea\n{WIDE}\nc", id="lines that nothing wraps"),
        pytest.param(f"{'茶' * 50}\nc", f"{'茶' * 50}\nc", id="wide lines that nothing wraps"),
        pytest.param(
            f"a\n{WIDE[:120].strip()}\nc",
            f"a {WIDE[:120].strip()} c",
            id="lines that may be wrapped",
        ),
        pytest.param(f"a\n{LONG_URL}\nc", f"a {LONG_URL} c", id="lines around an address"),
        pytest.param(f"<i>a</i>\n{WIDE}\nc", f"a {WIDE} c", id="wide lines between tags"),
    ],
)
def test_white_space_folds(html, text):
    assert read_body(html).text == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<template>x</template>",
        "<noscript>x</noscript>",
        "<svg><text>x</text></svg>",
        "<button>x</button>",
        "<select><option>x</select>",
        "<span role=button>x</span>",
        "<iframe src=//e.org>x</iframe>",
        "<video src=x.mp4>x</video>",
        "<nav>x<br>x</nav>",
        "<div role=doc-toc>x</div>",
        "<ul class='toc big'><li>x</ul>",
        "<ul id=markdown-toc><li>x</ul>",
        "<div class='post-toc-wrap'><p class=toc-title>x</p><ul><li>y</ul></div>",
        "<div class='wp-block-rank-math-toc-block'>x</div>",
        "<div class='yarpp yarpp-related'><h3>x</h3></div>",
        "<p class='social-share-buttons'>x</p>",
        "<span style='position:absolute; left:-9999px'>x</span>",
        "<span style='visibility: hidden'>x</span>",
        "<a class=lightbox href=/a.png><div class=meta><span>x</span></div></a>",
        "<a class=wp-block-file__button href=/a.pdf>x</a>",
        "<a href='#r1'><img class=wp-smiley alt='&#8617;' src=/21a9.png>\ufe0e</a>",
        "<ul><li>1. <a href='#x'>x</a><ul><li><a href='#y'>y</a></ul></ul>",
        "<a href='#fnref1'>&#8617;&#xfe0e;</a>",
        "<ol>" + "<li><a href='#x'>x</a>" * 500 + "</ol>",
        "<a href='#fnref1'>&#8617;<sup>2</sup></a>",
        "<a href='#fnref1' role=doc-backlink>back</a>",
        "<a href='#fnref1' class='footnote-backref'>(back ^)</a>",
        "<a href='#fnref:1' class='footnote-return'><sup>[return]</sup></a>",
        "<div class='prompt input_prompt'>In&nbsp;[3]:</div>",
        "<ul class=pre-numbering><li>1</ul>",
        "<pre class='EnlighterJSRAW enlighter-origin'>x</pre>",
        "<span id=t1 class=footnote_tooltip>x <i>Continue reading</i></span>",
        "<div id=mc_embed_signup><form action=/s><h2>x</h2><input type=email></form></div>",
        "<div class='wp-newsletter-form-wrap'><h3>x</h3></div>",
        "<p hidden>x</p>",
        "<i aria-hidden=true>x</i>",
        "<div style='color: red; DISPLAY : none'>x</div>",
        "<span class='sr-only'>x</span>",
        "<span class=MathJax_Preview>x</span>",
        "<div class=feedflare>x</div>",
        "<div id=postamble><p>x</p></div>",
        "<a onclick=x id=quarto-back-to-top><i></i> Up</a>",
        "<div class='listing-no-matching d-none'>No owls</div>",
        "<p class=button-wrapper><a href=/subscribe>x</a></p>",
        "<div data-ke-type=moreLess><a class=btn-toggle-moreless>x</a></div>",
        "<!-- x --><?x?>",
    ],
)
def test_what_no_reader_sees_is_no_text(hidden):
    assert read_body(f"<p>a</p>{hidden}<p>b</p>").text == "a\n\nb"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("", "a"),
        ("https://e.org/p/1", "a"),
        ("http://e.org/p/1/", "a"),
        ("/p/1", "a"),
        ("https://e.org/p/2", "x\ny\n\na"),
        ("/p", "x\ny\n\na"),
        ("/", "x\ny\n\na"),
    ],
)
def test_contents_may_name_the_article_that_they_lead_about_in(page, text):
    html = f"<ul><li><a href='{page}#x'>x</a><li><a href='{page}#y'>y</a></ul><p>a</p>"
    assert read_body(html, url="https://e.org/p/1").text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<div role=tabpanel hidden>x</div>", "x", id="a tab that can be chosen"),
        pytest.param("<a role=button href=/x>x</a>", "x", id="a link that looks like a button"),
        pytest.param("<p style='display:block'>x</p>", "x", id="a harmless style"),
        pytest.param("<ul><li><a href='#x'>x</a></ul>", "x", id="one link is no contents"),
        pytest.param(
            "<ol><li><a href='#x'>x</a> y<li><a href='#z'>z</a></ol>",
            "x y\nz",
            id="more than links",
        ),
        pytest.param(
            "<ol><li><a href='#x'>x</a><li><a href='/z'>z</a></ol>", "x\nz", id="links to pages"
        ),
        pytest.param("<a href='#top'>Up ↑</a>", "Up ↑", id="words and an arrow"),
        pytest.param(
            "<ul class=tab><li class=active><a href='#'>Owls </a><li><a href='#'>Bats </a></ul>"
            "<ul class=tab-content><li class=active><p>x</p><li><p>y</p></ul>",
            "Owls\nBats\n\nx\ny",
            id="labels of tabs",
        ),
        pytest.param(
            "<aside aria-label='An owl'><p aria-hidden=true><svg></svg>An owl</p><p>x</p></aside>",
            "An owl\n\nx",
            id="Starlight: a title that screen readers have from the box",
        ),
        pytest.param("<a class=backlink href='/n#x'>A note</a>", "A note", id="a page that links"),
        pytest.param("[<a href='#r1' role=doc-backlink>1</a>]", "[1]", id="a note's own number"),
        pytest.param(
            """<span class=mention data-attrs='{"name":"Ann"}'></span>""", "Ann", id="a mention"
        ),
        pytest.param(
            "<ul><li><a href='#x'>x</a><li><img src=/i.png><a href='#y'>y</a></ul>",
            "x\ny",
            id="a list with pictures",
        ),
        pytest.param(
            "<mjx-container class=MathJax><math><mi>x</mi></math></mjx-container>",
            "x",
            id="MathJax 3",
        ),
        pytest.param("<details><summary>a</summary>b</details>", "a\nb", id="closed details"),
        pytest.param("<p class=intro id=toc-less aria-hidden=false>x</p>", "x", id="classes"),
        pytest.param("<div class='has-toc' id=make-a-toc>x</div>", "x", id="beside contents"),
        pytest.param(
            "a <img class=emoji alt='🙂' src=/e.png> <img class=wp-smiley alt=':D' src=/f.gif> b"
            "<img class=emoji alt=':tada:' src=/g.png>"
            "<img src='https://s.w.org/images/core/emoji/15.0.3/72x72/1f600.png' alt='😀'>"
            "<img src=/h.png alt='🚀' width=20><img src=/i.png alt='🚀' width=600>",
            "a 🙂 :D b😀🚀",
            id="emoji that are drawn",
        ),
    ],
)
def test_what_readers_can_see_is_text(html, text):
    assert read_body(html).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param(
            '<p>Let <span class="katex"><span class="katex-mathml"><math><mi>x</mi><annotation '
            'encoding="application/x-tex">x^2</annotation></math></span>'
            '<span class="katex-html" aria-hidden="true">x2</span></span> be</p>',
            "Let x^2 be",
            id="KaTeX: the source, once",
        ),
        pytest.param(
            '<span class="katex"><span class="katex-html" aria-hidden="true">x2</span></span>',
            "x2",
            id="KaTeX without MathML",
        ),
        pytest.param(
            'Let <img class=latex alt="x^2" src=/a.png> be <img src=/b.png alt=b>',
            "Let x^2 be",
            id="a picture of a formula",
        ),
        pytest.param(
            'Let <img src="https://latex.codecogs.com/png.latex?%5Cinline%20%5Cdpi%7B110%7D%0Ax%5E2"> be',
            "Let x^2 be",
            id="one whose address holds it",
        ),
        pytest.param(
            'Let <img src="//s0.wp.com/latex.php?zoom=2&latex=a+%2B+b&bg=fff" alt=""> be',
            "Let a + b be",
            id="one of its parameters",
        ),
        pytest.param(
            '<img src="https://www.zhihu.com/equation?tex=x%5E2">', "x^2", id="nothing else"
        ),
        pytest.param(
            """Let <i data-attrs='{"persistentExpression":"x^2"}'></i> be""",
            "Let x^2 be",
            id="one that a script would draw",
        ),
        pytest.param(
            '<span class="MathJax" id="M">x2</span><script type="math/tex">x^2</script>',
            "x^2",
            id="MathJax 2, rendered",
        ),
        pytest.param(
            '<span class="MathJax_Preview">x</span><script type="math/tex">x^2</script>',
            "x^2",
            id="MathJax: the script, not the preview",
        ),
        pytest.param(
            '<script type="math/tex; mode=display">% <![CDATA[\nx %]]></script>', "x", id="kramdown"
        ),
        pytest.param(
            r'<script type="math/tex">\newcommand{owl}[1]{\img{a-#1.png}} \def\R#1{\mathbb{#1}}</script>'
            r'<script type="math/tex">\newcommand{\x}{y} x = \x</script>',
            r"\newcommand{\x}{y} x = \x",
            id="what commands mean is not drawn",
        ),
        pytest.param(
            'Let <span><span style="display: none;"><math><mi>x</mi></math></span>'
            '<img class=mwe-math-fallback-image-inline aria-hidden=true alt="x^2" src=/a.svg></span>',
            "Let x^2",
            id="Wikipedia: MathML is hidden, the picture from screen readers",
        ),
        pytest.param(
            '<math><mi>x</mi></math> <img class=latex alt="x" src=/a.png> is',
            "x is",
            id="MathML, and what it looks like",
        ),
        pytest.param("<math><mi>a</mi><mo>=</mo><mi>b</mi></math>", "a=b", id="MathML alone"),
        pytest.param("(<math>\n <mi>a</mi>\n</math>), b", "(a), b", id="MathML on lines"),
        pytest.param("<math><annotation encoding=x>y</annotation></math>", "y", id="no TeX"),
        pytest.param("<div hidden><math><mi>x</mi></math></div>", "", id="hidden"),
    ],
)
def test_a_formula_is_text_once(html, text):
    assert read_body(html).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>Tea</b> is\nhot.\n\nSo <i>is</i> soup.", "Tea is hot.\n\nSo is soup."),
        ("<img src=/a>\r\n \r\n<strong>Tea</strong>\n\n<a href=/b>b</a>", "Tea\n\nb"),
        ("Tea:\n\n<ul>\n\n<li>a</li>\n\n<li>b</li>\n\n</ul>\n\nEnd", "Tea:\n\na\nb\n\nEnd"),
        ('<i title="a\n\nb">Tea</i>', "Tea"),
        ("<p>Tea\n\nsoup</p>", "Tea soup"),
        ("Tea<br>\n\nsoup", "Tea\nsoup"),
    ],
)
def test_blank_lines_part_paragraphs_where_no_tag_does(html, text):
    assert read_body(html).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('hills<sup id=r><a href="#fn:2">2</a></sup>.', "hills 2."),
        ('hills<a class="footnote-ref" href="#fn2" role="doc-noteref"><sup>2</sup></a>', "hills 2"),
        ('hills<sup><a href="#fn2">[2]</a></sup>', "hills[2]"),
        ('hills.\n<sup>[<a href="#fn2">2</a>]</sup>', "hills. [2]"),
        ('hills<sup>(<a href="#fn2">2</a>)</sup>', "hills(2)"),
        ('<a href="#fn2"><sup>2</sup></a> hills', "2 hills"),
        ('hills<sup><a href="/more">more</a></sup> x<sup>2</sup>', "hillsmore x2"),
        ('a well<span class="sidenote">Deep.</span>ran dry', "a well Deep. ran dry"),
        ('a well<label class="sidenote-number">1</label> ran dry', "a well1 ran dry"),
        (
            "a <label for=m class=margin-toggle>⊕</label><input type=checkbox id=m>"
            "<span class=marginnote>Deep.</span> well",
            "a Deep. well",
        ),
        ('a well<span class="mf-footnote__note" role=tooltip>Deep.</span>.', "a well Deep. ."),
        ("It ran dry.<d-footnote>In May.</d-footnote> Owls", "It ran dry. In May. Owls"),
        ('foot<span class="note-like">note</span>s', "footnotes"),
        ('<section class="footnotes"><li><p>Deep.↩\ufe0e</p></section>↩\ufe0e', "Deep.\n\n↩\ufe0e"),
    ],
)
def test_notes_and_their_raised_numbers_stand_off_the_word_before(html, text):
    assert read_body(html).text == text


@pytest.mark.parametrize(
    ("html", "titles"),
    [
        pytest.param("<h2>Contents:</h2>{list}", ["A"], id="a list"),
        pytest.param("<h3>目录</h3><nav id=TableOfContents>{list}</nav>", ["A"], id="named so"),
        pytest.param("<h2>Places</h2>{list}", ["Places", "A"], id="it says more than that"),
        pytest.param("<h2>Contents</h2><p>Of:</p>{list}", ["Contents", "A"], id="text between"),
        pytest.param("<h2>Contents</h2><ul><li>b</ul>", ["Contents", "A"], id="no contents"),
    ],
)
def test_a_table_of_contents_takes_its_title_along(html, titles):
    items = "<ul><li><a href='#a'>A</a><li><a href='#b'>B</a></ul>"
    body = read_body("<p>x</p>" + html.format(list=items) + "<h2 id=a>A</h2><p>y</p>")
    assert [section.title for section in body.sections[1:]] == titles
    assert body.text == join_sections(body.sections)
    assert {spot.section for spot in body.spots} <= set(range(len(body.sections)))


def test_links_of_a_title_that_is_left_out_stand_in_the_section_before():
    body = read_body(
        "<p>x</p><h2><a href='/t'>Contents</a></h2><ul><li><a href='#a'>A</a>"
        "<li><a href='#b'>B</a></ul><p>y</p>"
    )
    assert spots_of(body) == [("a", 0, ""), ("a", 0, ""), ("a", 0, "")]
    assert body.text == "x\n\ny"


def test_sections_are_cut_at_headings():
    body = read_body(
        "<p>Intro</p><h2 id='one'>One</h2><p>a</p><p>b</p><h4>Deep</h4><h3>Mid</h3>c<h2>Two</h2>"
    )
    assert body.sections == (
        Section(0, 0, None, None, None, 1, "Intro"),
        Section(1, 2, "One", "One", "one", 2, "a\n\nb"),
        Section(2, 4, "Deep", "One › Deep", None, 0, None),
        Section(3, 3, "Mid", "One › Mid", None, 1, "c"),
        Section(4, 2, "Two", "Two", None, 0, None),
    )
    assert body.text == "Intro\n\nOne\n\na\n\nb\n\nDeep\n\nMid\n\nc\n\nTwo"


@pytest.mark.parametrize(
    ("heading", "title", "anchor"),
    [
        pytest.param("<h2 id=a>T</h2>", "T", "a", id="own id"),
        pytest.param('<h2>T <a class=headerlink href="#a">¶</a></h2>', "T", "a", id="Sphinx"),
        pytest.param('<h2><a href="#a" class=anchor></a>T</h2>', "T", "a", id="GitHub"),
        pytest.param('<h2><a href="#a">T</a></h2>', "T", "a", id="all of it a link to itself"),
        pytest.param('<h2 id=a>T <a href="#a">Link to T</a></h2>', "T", "a", id="words to itself"),
        pytest.param('<h2 id=a>T <a href="#b">b</a></h2>', "T b", "a", id="words to another place"),
        pytest.param('<h2 id=a>T <a href="/x#a">(2)</a></h2>', "T", "a", id="absolute to itself"),
        pytest.param('<h2>T<a href="#%C3%BC">#</a></h2>', "T", "ü", id="escaped"),
        pytest.param("<h2 id=a>T <span class=tag>x</span></h2>", "T", "a", id="with Org's tags"),
        pytest.param('<h2>C# <a href="https://e.org/p#a">#</a></h2>', "C#", "a", id="sign #"),
        pytest.param("<h2>T ¶</h2>", "T", None, id="sign without a link"),
        pytest.param(
            "<h2 id=a><a class=header-anchor href='#a'><span>T</span></a></h2>",
            "T",
            "a",
            id="VuePress 2: the permalink is all there is",
        ),
        pytest.param(
            "<h2 id=a>T</h2><a href='#a'>Link to this</a>", "T", "a", id="permalink behind"
        ),
        pytest.param(
            "<div><h2>T</h2><a id=user-a class=anchor href='#a'><svg></svg></a></div>",
            "T",
            "a",
            id="GitHub: only the permalink behind has the id",
        ),
        pytest.param(
            "<h2 id=a><a role=doc-backlink href='#toc-1'>T</a></h2>",
            "T",
            "a",
            id="docutils' contents",
        ),
        pytest.param(
            '<h2>T<a class=hash-link href="#a">\u200b</a></h2>', "T", "a", id="Docusaurus"
        ),
        pytest.param("<h2><a name=a></a>T</h2>", "T", "a", id="name inside"),
        pytest.param("<a name=a></a><h2>T</h2>", "T", "a", id="name before"),
        pytest.param("<div id=a></div><p><h2>T</h2>", "T", "a", id="an empty box before"),
        pytest.param("<div class=section id=a><h2>T</h2></div>", "T", "a", id="docutils"),
        pytest.param("<section id=a><h2>T</h2></section>", "T", "a", id="section"),
        pytest.param("<h2>\n a&nbsp;<br>\n<div>b</div></h2>", "a b", None, id="one line"),
        pytest.param("<h2><a href=/x>T</a></h2>", "T", None, id="a link that is the title"),
        pytest.param("<h2 class=sr-only id=a>T</h2>", "T", "a", id="for screen readers"),
        pytest.param("<p role=heading aria-level=2>T</p>", "T", None, id="role"),
        pytest.param("<p role=heading>T</p>", "T", None, id="role without level"),
        pytest.param("<h2>T <code>f</code></h2>", "T f", None, id="code in a heading"),
    ],
)
def test_a_heading_gives_title_and_anchor(heading, title, anchor):
    assert read_body(heading + "<p>x</p>").sections == (
        Section(1, 2, title, title, anchor, 1, "x"),
    )


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<h2></h2><p>x</p>", id="empty"),
        pytest.param('<h2><a href="#a">#</a></h2><p>x</p>', id="a sign alone"),
        pytest.param("<h2>¶</h2>x", id="a sign as text"),
        pytest.param("<blockquote><h2>x</h2></blockquote>", id="quoted"),
        pytest.param("<div class=ltag__link><a href=/p><h2>x</h2></a></div>", id="card of dev.to"),
        pytest.param("<div class='crayons-card c-embed'><h2>x</h2></div>", id="card of a page"),
        pytest.param("<a class='my-link-card' href=/p><h3>x</h3></a>", id="card of a plugin"),
        pytest.param("<aside class=onebox><h3>x</h3></aside>", id="card of a forum"),
        pytest.param("<div class='bbCodeBlock--unfurl'><h3>x</h3></div>", id="another's"),
        pytest.param("<div class=admonition-heading><h5>x</h5></div>", id="of a box"),
        pytest.param("<h4 class=alert-heading>x</h4>", id="of an alert"),
        pytest.param("<h2><ul><li>x</li></ul></h2>", id="swallowed a list"),
        pytest.param("<nav><h2>Contents</h2></nav>x", id="of a table of contents"),
        pytest.param("<p>x</p><h2><img src=a.png></h2>", id="picture"),
    ],
)
def test_what_is_no_heading(html):
    assert read_body(html).sections == (Section(0, 0, None, None, None, 1, "x"),)


def test_an_endless_heading_is_text():
    assert [s.title for s in read_body(f"<h1>{'word ' * 200}</h1>").sections] == [None]


def test_a_swallowing_heading_leaves_the_inner_one():
    assert [s.title for s in read_body("<h2><h3>a</h3>b</h2>").sections] == ["a"]


def test_spots_say_where_their_text_stands():
    body = read_body(
        "<p>x <a href=1> one</a>, <a href=2><p>two</p></a>three<img src=i></p>"
        "<a href=3></a><h2>A <a href=4>four</a></h2><pre><code>  f()\n</code></pre>"
        "<blockquote><a href=5>5</a></blockquote>"
    )
    assert spots_of(body) == [
        ("a", 0, "one"),
        ("a", 0, "two"),
        ("img", 0, ""),
        ("a", 0, ""),
        ("a", 1, "four"),
        ("pre", 1, "  f()"),
        ("blockquote", 1, "5"),
        ("a", 1, "5"),
    ]
    assert body.text == "x one,\n\ntwo\n\nthree\n\nA four\n\n  f()\n\n5"


def test_a_spot_that_ends_in_a_sign_ends_with_the_title():
    body = read_body("<a href=1><h2>T ¶</h2></a>")
    assert spots_of(body) == [("a", 0, "T")]


def test_links_in_hidden_parts_count_without_text():
    body = read_body("<nav><a href='#a'>A</a></nav><p>x</p>")
    assert spots_of(body) == [("a", 0, "")]


def test_a_listing_of_nothing_is_no_text():
    writer = TextWriter()
    writer.write("a")
    assert not writer.write_listing("\u200b\n")
    assert (writer.text(), writer.size) == ("a", 1)


def test_section_0_is_there_for_what_stands_in_it():
    body = read_body("<img src=a><h2>T</h2>")
    assert [s.position for s in body.sections] == [0, 1]


@pytest.mark.parametrize(
    ("html", "sources"),
    [
        pytest.param("<img src=a data-src=b><noscript><img src=b></noscript>", ["a"], id="behind"),
        pytest.param("<noscript><img src=b></noscript><img src=a>", ["a"], id="before"),
        pytest.param("<b><img src=a></b><noscript><img src=b></noscript>", ["a"], id="wrapped"),
        pytest.param("<p><noscript><img src=b></noscript></p>", ["b"], id="alone"),
        pytest.param(
            "<p><b><i><img src=a></i></b></p><section><noscript><img src=b></noscript></section>",
            ["a", "b"],
            id="far away",
        ),
    ],
)
def test_a_noscript_picture_counts_only_without_its_double(html, sources):
    assert [s.element.attributes["src"] for s in read_body(html).spots] == sources


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 20_000 + "x", id="deep blocks"),
        pytest.param("<b id=x class=y>" * 20_000 + "x", id="deep inline"),
        pytest.param("<blockquote><h2>" * 5_000 + "x", id="deep headings"),
        pytest.param("<a>b</a> " * 50_000, id="links"),
        pytest.param("a<br>" * 50_000, id="lines"),
        pytest.param("<noscript><img></noscript>" * 5_000, id="noscripts"),
    ],
)
def test_hostile_markup_is_read_all_the_same(html):
    body = read_body(html)
    assert join_sections(body.sections) == body.text


NAMES = st.sampled_from(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "a",
        "b",
        "pre",
        "code",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "br",
        "img",
        "blockquote",
        "span",
        "math",
        "noscript",
        "nav",
        "section",
    ]
)
ATTRIBUTES = st.sampled_from(
    ["", " id=x", " href='#x'", " class=headerlink", " class=toc", " hidden", " class=sr-only"]
)
TEXTS = st.text(alphabet="ab¶# \n\t\xa0\u200b\x00&<", max_size=6)
PIECES = st.one_of(
    TEXTS,
    st.builds("<{}{}>".format, NAMES, ATTRIBUTES),
    st.builds("</{}>".format, NAMES),
    st.sampled_from(
        [
            "Originally published at <a href=https://e.org/a-b>e.org</a>",
            "<a href='#x' class=header-anchor>",
            "<a href='#x' role=doc-backlink>",
            """<i data-attrs='{"persistentExpression":"x"}'></i>""",
            """<i data-attrs='{"gallery":{"images":[{"src":"/a.png"}],"caption":" b "}}'></i>""",
            "<img class=emoji alt='🙂' src=/e.png>",
        ]
    ),
)
MARKUP = st.lists(PIECES, max_size=25).map("".join)


@given(MARKUP)
@settings(max_examples=200, deadline=None)
def test_any_markup_gives_a_consistent_body(html):
    body = read_body(html)
    positions = {section.position for section in body.sections}
    assert join_sections(body.sections) == body.text
    assert len(positions) == len(body.sections)
    assert all(spot.section in positions for spot in body.spots)
    assert all(0 <= s.start <= s.end <= len(body.text) for s in body.spots)
    spelled = [body.text[s.start : s.end] for s in body.spots if s.listing is None]
    assert [part.strip() for part in spelled] == spelled
    titles = [section.title for section in body.sections if section.title]
    assert [" ".join(title.split()) for title in titles] == titles


@given(MARKUP)
@settings(max_examples=50, deadline=None)
def test_the_same_markup_gives_the_same_body(html):
    first, second = read_body(html), read_body(html)
    assert (first.text, first.sections, spots_of(first)) == (
        second.text,
        second.sections,
        spots_of(second),
    )


@pytest.mark.parametrize(
    ("html", "text", "headings"),
    [
        # what is open around a table of contents goes on after its heading was taken back
        (
            "<p>x</p><h2>Contents</h2><blockquote><ul><li><a href='#a'>A</a></li>"
            "<li><a href='#b'>B</a></li></ul><p>words</p></blockquote>",
            "x\n\nwords",
            [],
        ),
        (
            "<h2>Contents</h2><a href='https://b.example/'><div class='toc'>a</div>word</a>",
            "word",
            [],
        ),
        # a table of contents inside a heading takes no other heading back
        (
            "<h2>Contents</h2><h2><div class='toc'>t</div> Title</h2>",
            "Contents\n\nTitle",
            [("Contents", None), ("Title", None)],
        ),
        # links behind a heading that are no permalink: a sentence, a picture, what is not shown
        (
            "<h2 id='a'>A</h2><p><a href='#a'>All of A</a> is long.</p>",
            "A\n\nAll of A is long.",
            [("A", "a")],
        ),
        (
            "<h2>Gallery</h2><a href='#box-1'><img src='https://b.example/a.png'></a>",
            "Gallery",
            [("Gallery", None)],
        ),
        (
            "<h2>Title</h2><nav><a href='#other'></a></nav><p>w</p>",
            "Title\n\nw",
            [("Title", None)],
        ),
    ],
)
def test_headings_beside_contents_and_links_to_places(
    html: str, text: str, headings: list[tuple[str, str | None]]
) -> None:
    body = read_body(html)
    assert body.text == text
    assert [(one.title, one.anchor) for one in body.sections if one.title] == headings


@pytest.mark.parametrize("how", ["style='display:none'", "hidden", "aria-hidden='true'"])
def test_a_class_shows_nothing_that_is_hidden(how: str) -> None:
    assert read_body(f"<div class='meta' {how}>x</div><p>y</p>").text == "y"


@pytest.mark.parametrize(
    "header",
    [
        "<header><p>By Ann Lee</p><p>3 March 2021</p></header>",
        "<header class=x><span>Updated on 2021-03-04</span> · 5 min read</header>",
        "<header>Posted by Ann Lee on March 4, 2021</header>",
        "<div>\n<header>Von Ann Lee, 4. März 2021</header></div>",
    ],
)
def test_a_header_that_says_who_and_when_before_all_else_is_no_text(header: str) -> None:
    assert read_body(f"{header}<p>a</p>").text == "a"


@pytest.mark.parametrize(
    "header",
    [
        "By the river, 3 March 2021, with two friends",
        "Concert in Berne on 3 March 2021",
        "From 1 May 2021 to 3 May 2021",
        "<h2>3 March 2021</h2>",
        "3 March 2021",
        "Am 3. März 1921",
        "2021年3月4日",
    ],
)
def test_a_header_that_says_more_than_who_and_when_is_text(header: str) -> None:
    assert read_body(f"<header>{header}</header><p>a</p>").text != "a"


def test_a_header_amid_an_article_is_text() -> None:
    letters = "<div><header>By train, 1 May 1940</header><p>b</p></div>"
    assert read_body(f"<p>a</p>{letters}").text == "a\n\nBy train, 1 May 1940\n\nb"
    assert read_body(f"<blockquote>{letters}</blockquote>").text == "By train, 1 May 1940\n\nb"
