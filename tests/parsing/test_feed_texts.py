"""Titles, plain text as HTML, languages, addresses, and which text is the article."""

import pytest

from feedsette.parsing.addresses import web_url
from feedsette.parsing.bodytexts import Chosen, Text, choose_texts
from feedsette.parsing.texts import clean, html_of_text, language_tag, title_text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("use std::vec<T>", "use std::vec<T>"),
        ("Vec<Option<T>> &amp; friends", "Vec<Option<T>> & friends"),
        ("a <b>bold</b> word", "a bold word"),
        ('<a href="x">Link</a><br/>two', "Link two"),
        ("<aside> <p>1. An owl.</p> </aside>", "1. An owl."),
        ("How to use the <video> tag", "How to use the <video> tag"),
        ("Why </div> is not enough", "Why </div> is not enough"),
        ("a &lt;b&gt; tag", "a <b> tag"),
        ("AT&amp;amp;T", "AT&amp;T"),
        ("1 &lt; 2 and AT&T", "1 < 2 and AT&T"),
        ("<!-- hidden -->shown", "shown"),
        ("no\xa0break \n\t space", "no break space"),
        ("zero\u200bwidth\ufeff \x08ctrl", "zerowidth ctrl"),
        ("\ufffc A walk", "A walk"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("<i></i>", None),
        ("", None),
    ],
)
def test_titles_are_html_by_custom(text: str, title: str | None) -> None:
    assert title_text(text, literal=False) == title


def test_a_literal_title_is_taken_at_its_word() -> None:
    assert title_text("a <b>bold</b>\n&amp; word", literal=True) == "a <b>bold</b> &amp; word"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("don&#39;t &amp; won&#x27;t", "don't & won't"),
        ("the entity &nbsp;", "the entity &nbsp;"),
        ("&lt;b&gt; &amp; more", "&lt;b&gt; &amp; more"),
    ],
)
def test_entities_that_only_machines_write_are_decoded(text: str, title: str) -> None:
    assert title_text(text, literal=True) == title


def test_titles_of_many_open_tags_take_linear_time() -> None:
    assert title_text("<b>" * 50_000 + "</b>" * 50_000 + "x", literal=False) == "x"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("if a < b && c", "if a &lt; b &amp;&amp; c"),
        ("one\ntwo", "one<br>\ntwo"),
        ("one\r\n\r\ntwo\nthree", "<p>one</p>\n<p>two<br>\nthree</p>"),
    ],
)
def test_plain_text_becomes_html_that_shows_it(text: str, html: str) -> None:
    assert html_of_text(text) == html


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("EN_us", "en-US"),
        ("de", "de"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("jp", "ja"),
        ("JP_jp", "ja-JP"),
        ("zh-cn", "zh-CN"),
        ("kr", "kr"),
        ("English", None),
        ("en us", None),
        ("en-toolongsubtag", None),
        ("", None),
        (None, None),
        ("*", None),
    ],
)
def test_languages(text: object, tag: str | None) -> None:
    assert language_tag(text) == tag


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("/a b", "https://e.org/x", "https://e.org/a%20b"),
        ("http://e.org/a\n b", None, "http://e.org/ab"),
        ("//cdn.e.org/x", "https://e.org/", "https://cdn.e.org/x"),
        ("//cdn.e.org/x", None, "https://cdn.e.org/x"),
        ("///x", None, None),
        ("HTTPS://E.org/x", None, "HTTPS://E.org/x"),
        ("https://e.org\\a/b?c\\d", None, "https://e.org/a/b?c\\d"),
        ("https://e.org/\ud83d", None, "https://e.org/%ED%A0%BD"),
        ("javascript:alert(1)", "https://e.org/", None),
        ("mailto:a@b.c", "https://e.org/", None),
        ("https:///nohost", None, None),
        ("http://[::1", "https://e.org/", None),
        ("//[::1", "https://e.org/", None),
        ("relative", None, None),
        ("relative", "not a base", None),
        ("x" * 9000, "https://e.org/", None),
        ("", "https://e.org/", None),
        (5, "https://e.org/", None),
    ],
)
def test_only_addresses_of_the_web_are_kept(url: object, base: str, expected: str) -> None:
    assert web_url(url, base) == expected


def test_what_cannot_be_stored_goes() -> None:
    assert clean(" <p>a\x00\x0b\ud800\uffff\x90b\x85</p>\n") == "<p>ab\x85</p>"
    assert clean(" \x01 ") is None


LONG = "<p>long enough to be the article</p>"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], Chosen()),
        ([Text("")], Chosen()),
        ([Text(LONG), Text("<p>short</p>")], Chosen(LONG)),
        ([Text("<p>x</p>"), Text("much longer, but plain", "text/plain")], Chosen("<p>x</p>")),
        ([Text(LONG), Text("teaser", rank=1)], Chosen(LONG, "teaser")),
        ([Text("long enough…"), Text(LONG.replace("<p>", ""), rank=1)], Chosen(LONG[3:])),
        ([Text("<br> ..."), Text(LONG, rank=1)], Chosen(LONG)),
        ([Text("A note."), Text(LONG, rank=1)], Chosen("A note.", LONG)),
        ([Text("Photo: Ann"), Text(LONG * 9, rank=1)], Chosen(LONG * 9)),
        ([Text("<p>same</p>"), Text("same", rank=1)], Chosen("<p>same</p>")),
        ([Text("only", rank=3, kind="text/plain")], Chosen("only")),
        (
            [Text("<p>x</p>", rank=1), Text("a podcast's long summary", rank=2)],
            Chosen("<p>x</p>", "a podcast's long summary"),
        ),
        ([Text("<p>x</p>", "text/plain", typed=False)], Chosen("<p>x</p>")),
        ([Text("<B>x</B>", "text/plain", typed=False)], Chosen("<B>x</B>")),
        ([Text("List<P> x", "text/plain", typed=False)], Chosen("List&lt;P&gt; x")),
        (  # Publii's summaries
            [Text('<img src="https://e.org/a.jpg" alt="" /> x&hellip;', "text/plain", typed=False)],
            Chosen('<img src="https://e.org/a.jpg" alt="" /> x&hellip;'),
        ),
        ([Text("<img src=…>", "text/plain", typed=False)], Chosen("&lt;img src=…&gt;")),
        ([Text("<p>x</p>", "text/plain")], Chosen("&lt;p&gt;x&lt;/p&gt;")),
        ([Text("aGk=", "image/png")], Chosen()),
    ],
)
def test_the_article_is_the_longest_html(texts: list[Text], expected: Chosen) -> None:
    assert choose_texts(texts) == expected
