"""What is typed into WordPress's editor, as its export holds it, becomes what its pages show."""

import pytest

from feedsette.parsing.typed import html_of_typed


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One\ntwo\r\n\r\nThree", "<p>One<br>\ntwo</p>\n<p>Three</p>"),
        ("One\n \n\n<h2>Two</h2>\n\nThree", "<p>One</p>\n<h2>Two</h2>\n<p>Three</p>"),
        ("<b>One</b>", "<p><b>One</b></p>"),
        ("<preface>", "<p><preface></p>"),
        ("<p>One</p>\n\nTwo", "<p>One</p>\n\nTwo"),
        ("<!-- wp:html -->\nOne\n\nTwo", "<!-- wp:html -->\nOne\n\nTwo"),
        ("One\n<pre>a\n\nb</pre>\nTwo", "<p>One</p><pre>a\n\nb</pre><p>Two</p>"),
        ("</pre>One", "</pre><p>One</p>"),
        ("<pre>a\n\nb", "<pre>a\n\nb"),
        (
            '[sourcecode language="py"]\na\n\nb[/sourcecode]',
            '<pre class="brush: py">\na\n\nb</pre>',
        ),
        ("[code]a[/code]", '<pre class="brush: plain">a</pre>'),
        ("[code lang=c++]a", '<pre class="brush: c++">a'),
        ("[codec]a", "<p>[codec]a</p>"),
        (
            '[caption width="9"]<img src="a"> Words <i>x</i>[/caption]',
            '<figure><img src="a"><figcaption>Words <i>x</i></figcaption></figure>',
        ),
        (
            "[caption]<img src='a'>Words[/caption]",
            "<figure><img src='a'><figcaption>Words</figcaption></figure>",
        ),
        ("[caption]Words[/caption]", "<figure>Words</figure>"),
        ("[embed]http://a.example/[/embed]", "<p>http://a.example/</p>"),
        ("", ""),
    ],
)
def test_what_is_typed_becomes_html(typed: str, html: str):
    assert html_of_typed(typed) == html
