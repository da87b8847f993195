import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedsette.flattening.addresses.cleaning import clean_url, read_simple
from feedsette.flattening.addresses.hosts import authority_parts, host_of
from feedsette.flattening.addresses.problems import PROBLEMS, problem_of
from feedsette.flattening.addresses.resolving import is_web, resolve, split_address

RFC_BASE = "http://a/b/c/d;p?q"
ADDRESSES = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="htps:/\\.?#[]@%&=a1 \n\té—", max_size=40),
    st.builds("https://{}/{}".format, st.text(max_size=20), st.text(max_size=30)),
)


# RFC 3986 §5.4, but for those that WHATWG and our reading of typos change
@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("g:h", "g:h"),
        ("g", "http://a/b/c/g"),
        ("./g", "http://a/b/c/g"),
        ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("//g", "http://g"),
        ("?y", "http://a/b/c/d;p?y"),
        ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q#s"),
        ("g?y#s", "http://a/b/c/g?y#s"),
        (";x", "http://a/b/c/;x"),
        (".", "http://a/b/c/"),
        ("./", "http://a/b/c/"),
        ("..", "http://a/b/"),
        ("../g", "http://a/b/g"),
        ("../..", "http://a/"),
        ("../../../g", "http://a/g"),
        ("/./g", "http://a/g"),
        ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."),
        ("..g", "http://a/b/c/..g"),
        ("./g/.", "http://a/b/c/g/"),
        ("g/./h", "http://a/b/c/g/h"),
        ("g/../h", "http://a/b/c/h"),
        ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("g#s/../x", "http://a/b/c/g#s/../x"),
    ],
)
def test_resolve_follows_the_rfc(href, expected):
    assert resolve(href, RFC_BASE) == expected


@pytest.mark.parametrize(
    ("href", "base", "expected"),
    [
        (None, RFC_BASE, None),
        ("  \n ", RFC_BASE, None),
        ("a", None, None),
        ("a", "mailto:x@example.org", None),
        ("//cdn.example.org/a", None, "https://cdn.example.org/a"),
        ("//cdn.example.org/a", "http://example.org/", "http://cdn.example.org/a"),
        ("https://example.org/a\n  b", None, "https://example.org/a%20%20b"),
        (" \thttps://example.org/\r\na ", None, "https://example.org/a"),
        ("https:\\\\example.org\\a?b\\c", None, "https://example.org/a?b\\c"),
        ("\\a\\b", "https://example.org/x", "https://example.org/a/b"),
        ("http:/example.org/a", None, "http://example.org/a"),
        ("HTTPS:///example.org", None, "https://example.org"),
        ("https://example.org/ä?ö", None, "https://example.org/ä?ö"),
        ('https://example.org/"<x>', None, "https://example.org/%22%3Cx%3E"),
        ("http://[x", None, "http://[x"),
        ("javascript:void(0)", RFC_BASE, "javascript:void(0)"),
        ("mailto:x@example.org", RFC_BASE, "mailto:x@example.org"),
        ("mailto:x y@example.org", RFC_BASE, "mailto:x%20y@example.org"),
        ("mailto:", RFC_BASE, None),
        ("mailto:" + "x" * 8000, RFC_BASE, None),
        ("a", "https://example.org", "https://example.org/a"),
        ("?a", "https://example.org", "https://example.org?a"),
    ],
)
def test_resolve_reads_hrefs_as_browsers_do(href, base, expected):
    assert resolve(href, base) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://WWW.Example.ORG:8080/a", "example.org"),
        ("https://user:secret@example.org/", "example.org"),
        ("https://blog.example.org.", "blog.example.org"),
        ("http://[2001:DB8::1]:80/", "[2001:db8::1]"),
        ("http://127.0.0.1:4000", "127.0.0.1"),
        ("http://localhost/", "localhost"),
        ("https://xn--mnchen-3ya.de/", "münchen.de"),
        ("https://MÜNCHEN.de/", "münchen.de"),
        ("https://xn--99zzzz9/", None),
        ("https://xn--a.org/", "xn--a.org"),
        ("https://my_blog.example.photography", "my_blog.example.photography"),
        ("http://a b.org", None),
        ("http://", None),
        ("http://[x", None),
        ("http://[::1]x/", None),
        ("mailto:x@example.org", None),
        (None, None),
    ],
)
def test_host_of(url, expected):
    assert host_of(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a#b", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&UTM_Medium=y", "https://example.org/a"),
        ("https://example.org/?b=2&fbclid=1&a=1&&c", "https://example.org/?b=2&a=1&&c"),
        ("https://example.org/1?fromRss=true&trackingCode=rss", "https://example.org/1"),
        ("https://example.org/?a=1&amp;utm_source=x", "https://example.org/?a=1"),
        ("https://example.org/?gclid=1&&", "https://example.org/"),
        ("https://example.org/?mc_cid=1&_hsenc=2&mkt_tok=3", "https://example.org/"),
        ("https://example.org/?ref=own.example", "https://example.org/"),
        ("https://example.org/?ref=https%3A%2F%2Fwww.own.example%2Fblog", "https://example.org/"),
        ("https://example.org/?ref=main", "https://example.org/?ref=main"),
        ("https://example.org/?source=other.example", "https://example.org/?source=other.example"),
        ("https://medium.com/p/1?source=rss-b4981------2", "https://medium.com/p/1"),
        ("https://medium.com/p/1?source=rss----abc---4", "https://medium.com/p/1"),
        ("https://example.org/?ncid=rss&id=3&p=4", "https://example.org/?ncid=rss&id=3&p=4"),
        ("https://example.org/%c3%a4", "https://example.org/%C3%A4"),
        ("https://example.org/ä", "https://example.org/%C3%A4"),
        ("https://example.org/100%", "https://example.org/100%"),
        ("https://münchen.de/", "https://xn--mnchen-3ya.de/"),
        ("https://u@Example.org/", "https://u@example.org/"),
        ("mailto:x@Example.org", "mailto:x@Example.org"),
    ],
)
def test_clean_url(url, expected):
    assert clean_url(url, frozenset({"own.example"})) == expected


HREFS = [
    ("https://example.org/a?b=https://example.com#c", None),
    ("../a", None),
    ("#a", None),
    ("mailto:x@example.org", None),
    ("http://localhost:4000/", None),
    ("http://10.0.0.1/", None),
    ("http://[::1]/", None),
    ("https://пример.рф/", None),
    ("https://xn--e1afmkfd.xn--p1ai/", None),
    ("https://my_blog.example.community/", None),
    ("https://web.archive.org/web/2010/http://example.org/", None),
    ("", "empty"),
    (" \n", "empty"),
    ("javascript:alert(1)", "script"),
    ("java\nscript:alert(1)", "script"),
    ("data:text/html,x", "script"),
    ("{{ site.url }}/a", "unfilled template"),
    ("https://example.org/{% post_url x %}", "unfilled template"),
    ("“https://example.org”", "quotes in address"),
    ("www.example.org/a", "missing scheme"),
    ("example.com/a", "missing scheme"),
    ("https//example.org", "missing scheme"),
    ("https;//example.org", "missing scheme"),
    ("http.//example.org", "missing scheme"),
    ("https/", None),
    ("https://example.org/a_(b)", None),
    ("https://example.org/a)", "stray bracket"),
    ("https://example.org/a]", "stray bracket"),
    ("<https://example.org>", "stray bracket"),
    ("[https://example.org](https://example.org)", "looks like two URLs"),
    ('https://example.org/a"target="_blank', "quotes in address"),
    ('https://example.org/?q="a+b"', None),
    ("www.example.org:80/a", "missing scheme"),
    ("http://http://example.org", "looks like two URLs"),
    ("https://example.orghttps://example.com/", "looks like two URLs"),
    ("https://a.example.org https://b.example.org", "looks like two URLs"),
    ("file:///tmp/a", "local file"),
    ("C:\\a.txt", "local file"),
    ("tel:+123", "other scheme"),
    ("htps://example.org", "unknown scheme"),
    ("mailto:", "empty"),
    ("mailto:" + "x" * 8000, "too long"),
    ("https:///", "no host"),
    ("https://example.orgwhich%20is%20good,%20by%20the%20way!", "space in host"),
    ("https://exam ple.org/", "space in host"),
    ("https://example.org,/a", "bad host"),
    ("https://example..org/a", "bad host"),
    ("https://about/", "bad host"),
    ("https://example.123abc/", "bad host"),
    ("http://[x", "bad host"),
    ("https://example.org:99999/", "bad port"),
    ("https://example.org:a/", "bad port"),
    ("https://example.org/" + "a" * 8000, "too long"),
    ("?" + "a" * 8000, "too long"),
    ("data:" + "a" * 8000, "script"),
]


@pytest.mark.parametrize(("href", "problem"), HREFS)
def test_problem_of(href, problem):
    assert problem_of(href, "https://blog.example.org/post/") == problem


def test_a_relative_address_without_a_base_is_a_problem():
    assert problem_of("a/b", None) == "no base"


def test_the_table_above_shows_every_problem():
    assert {problem for _, problem in HREFS} | {"no base"} == {*PROBLEMS, None}


@given(ADDRESSES, ADDRESSES)
@example("http://[", "http://]")
@example("https://İ.example", "")
@example("https://a/%%34%31", "")
def test_addresses_never_raise_and_cleaning_twice_changes_nothing(href, base):
    problem_of(href, base)
    url = resolve(href, base)
    if url is None:
        return
    own = frozenset({"example.org"})
    cleaned = clean_url(url, own)
    assert clean_url(cleaned, own) == cleaned
    assert host_of(cleaned) == host_of(url)
    assert resolve(url, None) == url or not is_web(url)
    assert str(split_address(url)) == url or not is_web(url)
    if is_web(url):
        assert cleaned.isascii()
        authority_parts(split_address(cleaned).authority)


SIMPLE = st.from_regex(
    r"https?://(www\.)?[a-z0-9-]{1,6}(\.[a-z0-9-]{1,4}){0,2}(\.[a-z]{1,3})?"
    r"(/[/\w~!$&*+=:@.%#?(),;'-]{0,8}(%[0-9A-Fa-f]{2}|%20https?:/|[,;]http://|https?://|)"
    r"[/\w~!$&*+=:@.%#?(),;'-]{0,14})?",
    fullmatch=True,
)


@given(SIMPLE)
@example("https://www.example.org")
@example("http://example.org/a/?utm_source=x&id=3&ref=example.org#part")
@example("https://example.org/a//b")
@example("https://example.org/../a")
@example("https://example.xn--p1ai/a")
@example("https://example.org/C%2B%2B_(language)/it's,;here?q=a%20b#c")
@example("https://example.org/a%2fb")
@example("https://example.org/a%7B%7Bb")
@example("https://example.org/100%")
@example("https://example.org/a%20https://example.org/b")
@example("https://example.org/a,HTTP://example.org/b")
@example("https://example.org/a)")
@example("https://example.org/a_(b)")
@example("https://example.org/%22a%22")
@example("https://example.org/a?b=%E2%80%9Cc%E2%80%9D")
def test_the_quick_look_at_an_address_says_what_the_careful_one_says(href: str) -> None:
    own = frozenset({"example.org"})
    quick = read_simple(href, own)
    if quick is not None:
        assert (quick.url, quick.clean_url) == (resolve(href, None), clean_url(href, own))
        assert quick.domain == host_of(href)
        assert problem_of(href) is None


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/C%2B%2B",
        "https://example.org/a_(b)/c",
        "https://example.org/it's?a=1,2;3#d'e",
    ],
)
def test_the_quick_look_knows_escapes_and_the_signs_of_titles(href: str) -> None:
    assert read_simple(href, frozenset()) is not None
