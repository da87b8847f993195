"""Code elements that WordPress filled with paragraphs are one listing."""

import pytest

from feedsette.flattening.body.bodies import read_body
from feedsette.flattening.listings.codeblocks import code_rows


def codes(html: str) -> list[str]:
    return [row.code for row in code_rows(read_body(html))]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Owls:<br />\n<code></p>\n<p>hoot( 3 );</p>\n<p>if ( owl ) {<br />\n    fly();<br />\n}"
        "<br />\n</code></p>\n<p>Done.</p>",
        "<p><code><br />\nhoot( 3 );</p>\n<p>if ( owl ) {<br />\n    fly();<br />\n}</code></p>",
        '<p><code class="php">hoot( 3 );</p>\n\n<p style="x">if ( owl ) {<br>    fly();<br>}</code></p>',
    ],
)
def test_paragraphs_in_a_listing_are_blank_lines(html):
    assert codes(html) == ["hoot( 3 );\n\nif ( owl ) {\n    fly();\n}"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>See <code>a</p>\n<p>and <code>b</code>.</p>",
        "<p>See <code>a</p>\n<h2>Owls</h2>\n<p>and</p>\n<p>b</code>.</p>",
        "<p>See <code>a</code>.</p>\n<p>And <code>b</code>.</p>",
    ],
)
def test_an_element_left_open_is_no_listing(html):
    assert codes(html) == []
    assert "\n\n" in read_body(html).text
