"""What is typed into WordPress's editor, as its export holds it, becomes what its pages show."""

import pytest

from feedsette.parsing.wordpress.typed import html_of_typed


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One\ntwo\r\n\r\nThree", "<p>One<br>\ntwo</p>\n<p>Three</p>"),
        ("One\n \n\n<h2>Two</h2>\n\nThree", "<p>One</p>\n<h2>Two</h2>\n<p>Three</p>"),
        ("<b>One</b>", "<p><b>One</b></p>"),
        ("<preface>", "<p><preface></p>"),
        ("<p>One</p>\n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("One\n<p>Two</p>\nThree\nfour", "<p>One</p>\n<p>Two</p>\n<p>Three<br>\nfour</p>"),
        ("<h2>One</h2>\nTwo", "<h2>One</h2>\n<p>Two</p>"),
        ("<!-- wp:html -->\nOne\n\nTwo", "<!-- wp:html -->\nOne\n\nTwo"),
        ("One\n<pre>a\n\nb</pre>\nTwo", "<p>One</p><pre>a\n\nb</pre><p>Two</p>"),
        ("</pre>One", "</pre><p>One</p>"),
        ("<pre>a\n\nb", "<pre>a\n\nb"),
        (
            '[sourcecode language="py"]\na\n\nb[/sourcecode]',
            '<pre class="brush: py">\na\n\nb</pre>',
        ),
        ("[code]a[/code]", '<pre class="brush: plain">a</pre>'),
        ("[code lang=c++]a\n[/code]", '<pre class="brush: c++">a\n</pre>'),
        (
            "[code]x[code] = y[video]\n[/code]",
            '<pre class="brush: plain">x[code] = y[video]\n</pre>',
        ),
        ("[code]a", "<p>[code]a</p>"),
        ("Put [code] before\n\nand go on.", "<p>Put [code] before</p>\n<p>and go on.</p>"),
        ("Put [[code]] and\n[[/code]].", "<p>Put [[code]] and<br>\n[[/code]].</p>"),
        (
            "<code>[code]</code>, <code>[/code]</code>",
            "<p><code>[code]</code>, <code>[/code]</code></p>",
        ),
        ("Put [code] and [/code] around.", "<p>Put [code] and [/code] around.</p>"),
        ("[codec]a", "<p>[codec]a</p>"),
        ("[php]\na\n[/php]", '<pre class="brush: php">\na\n</pre>'),
        ("[PHP light='true']\na\n[/PHP]", '<pre class="brush: PHP">\na\n</pre>'),
        ('[cc lang="py"]\na\n[/cc]', '<pre class="brush: py">\na\n</pre>'),
        ("[ccnLe_php]\na[0]\n[/ccnLe_php]", '<pre class="brush: php">\na[0]\n</pre>'),
        ("[php]\na\n[/css]", "<p>[php]<br>\na<br>\n[/css]</p>"),
        ("[code]\n[php]a\n[/php] [/code]", '<pre class="brush: plain">\n[php]a\n[/php] </pre>'),
        ("[quote]\na\n[/quote]", "<p>[quote]<br>\na<br>\n[/quote]</p>"),
        (
            '[caption width="9"]<img src="a"> Words <i>x</i>[/caption]',
            '<figure><img src="a"><figcaption>Words <i>x</i></figcaption></figure>',
        ),
        (
            "[caption]<img src='a'>Words[/caption]",
            "<figure><img src='a'><figcaption>Words</figcaption></figure>",
        ),
        ("[caption]Words[/caption]", "<figure>Words</figure>"),
        (
            '[caption caption="Words"]<img src="a">[/caption]',
            '<figure><img src="a"><figcaption>Words</figcaption></figure>',
        ),
        (
            "<!-- wp:x -->[caption]<img>Words[/caption]",
            "<!-- wp:x --><figure><img><figcaption>Words</figcaption></figure>",
        ),
        (
            "[embed]http://a.example/[/embed]",
            '<div class="wp-block-embed">http://a.example/</div>',
        ),
        (
            "One\nhttps://youtu.be/abcdefghi-1\nTwo https://youtu.be/abcdefghi-1",
            '<p>One</p>\n<div class="wp-block-embed">https://youtu.be/abcdefghi-1</div>\n'
            "<p>Two https://youtu.be/abcdefghi-1</p>",
        ),
        (
            "[youtube=https://youtu.be/abcdefghi-1]",
            '<div class="wp-block-embed">https://youtu.be/abcdefghi-1</div>',
        ),
        ("[youtube abc]", "<p>[youtube abc]</p>"),
        (
            '[audio src="http://a.example/b.mp3"]',
            '<p><audio src="http://a.example/b.mp3"></audio></p>',
        ),
        (
            "[video mp4=http://a.example/b.mp4][/video]",
            '<p><video src="http://a.example/b.mp4"></video></p>',
        ),
        ("[audio]x[/audio]", "<p>x</p>"),
        ("One [gallery ids='1,2'] two", "<p>One <1,2> two</p>"),
        ("[gallery include=3]", "<p><3></p>"),
        ("[gallery]", "<p><></p>"),
        ("[[gallery]] [[plugin id=1]]", "<p>[[gallery]] [[plugin id=1]]</p>"),
        ("One[plugin id=1] [my-form title='a b' id=\"2\" /]two", "<p>One[plugin id=1] two</p>"),
        ("[box_row]\n[box width='1/2']One[/box]\n\n[/box_row]\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("[col w='1']One[/col][col]Two[/col]", "<p>One</p>\n<p>Two</p>"),
        (
            '[buy url="https://e.org/a"]To it[/buy] [buy link="https://e.org/b"]<b>x</b>[/buy]',
            '<p><a href="https://e.org/a">To it</a> <b>x</b></p>',
        ),
        (
            '[tube url="https://youtu.be/abcdefghi-1"][pic src="https://e.org/a.jpg?b"]',
            '<div class="wp-block-embed">https://youtu.be/abcdefghi-1</div>\n'
            '<p><img src="https://e.org/a.jpg?b"></p>',
        ),
        ("[map link='https://e.org/map'] One", "<p>One</p>"),
        ("[Note] Where [x=1] and [n = 5], [sic].", "<p>[Note] Where [x=1] and [n = 5], [sic].</p>"),
        ("[a link](x) [b] <code>[t a='1']</code>", "<p>[a link](x) [b] <code>[t a='1']</code></p>"),
        ("<pre>\n[data-x='1'] { }\n</pre>", "<pre>\n[data-x='1'] { }\n</pre>"),
        ("<!-- wp:x -->\n<p>[form id=1]</p>", "<!-- wp:x -->\n<p></p>"),
        ("", ""),
    ],
)
def test_what_is_typed_becomes_html(typed: str, html: str):
    assert html_of_typed(typed, lambda ids: f"<{ids}>") == html
