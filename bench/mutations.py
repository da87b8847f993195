"""Feeds made worse: well-formed documents of every format, cut, crossed and stuffed by a seed.

The same number gives the same bytes, on any machine, so that a finding can be made again.
"""

import gzip
import json
import random
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
_TOKEN = re.compile(r"<!\[CDATA\[|\]\]>|<[^<>]{0,2000}>|&#?\w{1,32};|[^<&\]]+|.", re.DOTALL)
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+|\s+', re.DOTALL)

BODY = """<h2 id="a">One</h2><p>Text <a href="/b?utm_source=x" rel="me">link [1]</a> &amp; <b>b
</b></p><pre><code class="language-js">let a=1;&lt;<br>b</code></pre><figure><img src="a.png"
srcset="b.png 2x, c.png 640w" width="10"><figcaption>words</figcaption></figure><iframe
src="https://www.youtube.com/embed/abc"></iframe><ol><li id="fn1">note <a href="#r">up</a></li></ol>
<table><tr><td class="gutter"><pre>1
2</pre></td><td class="code"><pre>x
y</pre></td></tr></table><h3>Two</h3><p>[1] <a href="https://b.example/">t</a></p>
<p>The post <a href="https://a.example/1">x</a> appeared first on <a href="/">A</a>.</p>"""

RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>A &amp; b</title><link>https://a.example/
</link><atom:link rel="self" href="https://a.example/feed.xml"/><description>d</description>
<language>en-GB</language><ttl>60</ttl><image><url>https://a.example/i.png</url></image><item>
<title>T</title><link>https://a.example/1?utm_medium=rss</link><guid isPermaLink="false">g1</guid>
<pubDate>Tue, 03 Sep 2024 01:32:48 +0000</pubDate><dc:creator>Ann, a@b.example (Bea)</dc:creator>
<category>aws</category><category domain="x">c++, c#</category><media:content url="m.jpg"
 medium="image" width="9"/><enclosure url="e.mp3" length="12" type="audio/mpeg"/>
<itunes:duration>1:02:03</itunes:duration><description>sum</description>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item><item><title>U</title>
<guid>g1</guid><description>{BODY.replace("&", "&amp;").replace("<", "&lt;")}</description></item>
<item><link>https://a.example/3</link><author>x@y.example (Zoë)</author></item></channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/" xml:lang="de">
<id>urn:x</id><title type="html">A &lt;b&gt;b&lt;/b&gt;</title><link href="/"/><link rel="self"
 href="f.atom"/><link rel="next" href="?p=2"/><updated>2024-09-03T01:32:48Z</updated><entry>
<id>tag:a,2024:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">T <i>i</i></div>
</title><link href="1"/><link rel="enclosure" href="e.ogg" length="5"/><author><name>Cy</name>
<uri>https://c.example/</uri><email>c@c.example</email></author><category term="k" label="K"/>
<published>2024-09-03T03:32:48+02:00</published><summary>s</summary><content type="html"
>{BODY.replace("&", "&amp;").replace("<", "&lt;")}</content></entry><entry><id>2</id><title>x
</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a<pre class="brush: java"
>q</pre></div></content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/"><title>R</title>
<link>https://a.example/</link></channel><item rdf:about="https://a.example/1"><title>T</title><link>
https://a.example/1</link><dc:date>2024-09-03</dc:date><dc:subject>s</dc:subject><description>d
</description></item></rdf:RDF>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "language": "en",
        "home_page_url": "https://a.example/",
        "feed_url": "https://a.example/feed.json",
        "next_url": "https://a.example/2.json",
        "icon": "i.png",
        "authors": [{"name": "Dee"}],
        "items": [
            {
                "id": "1",
                "url": "https://a.example/1",
                "title": "T",
                "content_html": BODY,
                "date_published": "2024-09-03T01:32:48Z",
                "tags": ["a", "B"],
                "image": "x.png",
                "attachments": [
                    {
                        "url": "e.mp3",
                        "mime_type": "audio/mpeg",
                        "size_in_bytes": 1,
                        "duration_in_seconds": 2,
                    }
                ],
            },
            {"id": 2, "content_text": "plain\n\ntext", "summary": "s", "author": {"name": "Eve"}},
        ],
    }
)

OPML = """<opml version="2.0"><head><title>o</title></head><body><outline text="x"><outline
 type="rss" xmlUrl="https://a.example/f" text="y"/></outline></body></opml>"""

HOSTILE = (
    "",
    " ",
    "\n",
    "\0",
    "\x01\x1f\x7f\x85\x9f",
    "\ufeff",
    "\u202e\u200b\u2028",
    "\U0001f600",
    "\ud800",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "&#99999999999;",
    "&nbsp;",
    "&bogus;",
    "&",
    "<",
    ">",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "--!>",
    "<?",
    "?>",
    "<!DOCTYPE html>",
    "<!ENTITY a 'b'>",
    "<script>alert(1)</script>",
    "<style>",
    "<textarea>",
    "<plaintext>",
    "<template><p>x",
    "<svg><a>",
    "<math><mi>",
    "<noscript>",
    "<base href='javascript:x'>",
    "<pre>",
    "</pre>",
    "<code>",
    "<br>",
    "<table><tr><td>",
    "<select><option>",
    "<html><body>",
    "</body></html>",
    "<frameset>",
    "javascript:alert(1)",
    "JaVa\tScRiPt:x",
    "data:text/html,x",
    "http://",
    "https://[",
    "http://[::1",
    "http://a b",
    "http://\u2100.example/",
    "//x",
    "?",
    "#",
    "http://x:99999999/",
    "http://a:b@c/",
    "http://xn--a/",
    "http://%00/",
    "mailto:",
    "mailto:x@y",
    "file:///etc/passwd",
    "http://a..b/",
    "https://media.dev.to/dynamic/image/width=1/https%3A%2F%2Fx",
    "https://i0.wp.com/",
    "HTTP://A/%",
    "https://res.cloudinary.com/x/image/fetch/https://y",
    "https://substackcdn.com/image/fetch/%68",
    "0000-00-00",
    "99999-01-01",
    "2024-02-30T25:61:61Z",
    "Tue, 99 Foo -2024 99:99:99 +9999",
    "-1",
    "1e400",
    "NaN",
    "Infinity",
    "-0",
    "9" * 30,
    "9" * 5000,
    "9223372036854775808",
    "1:2:3:4:5:6",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "١٢٣",
    "²",
    "true",
    "null",
    "[]",
    "{}",
    "[[[[",
    '{"a":',
    "\\ud800",
    "\\u0000",
    '"',
    "'",
    "a" * 3000,
    "a " * 1500,
    "é" * 500,
    "\u0130" * 99,
    "[1] [2] [3]",
    "[99999999999999999999]",
    "[^1]: x",
    "appeared first on",
    "```js\nx\n```",
    "%",
    "%%",
    "%s%n",
    "1 or 1=1; --",
    "' union select 1",
    "../" * 50,
    "a@b.example",
    "(((((",
    "a" * 200 + "@",
    "width=1e9",
    "100%",
    "-5px",
    "2x, , 3x 4x",
    ", ,",
    "1x 2w 3h",
    "class",
    "lang-",
    "language-" * 9,
    "brush: js; highlight: [1,2",
    "hljs language-c++ x",
    "sourceCode " * 20,
    "mermaid",
    "math",
)

ATTRIBUTES = (
    "href",
    "src",
    "srcset",
    "class",
    "id",
    "lang",
    "data-lang",
    "data-src",
    "rel",
    "title",
    "alt",
    "width",
    "height",
    "style",
    "xml:base",
    "xml:lang",
    "type",
    "url",
    "length",
    "isPermaLink",
    "xmlns",
    "xmlns:x",
    "hidden",
    "aria-hidden",
    "role",
    "name",
    "start",
    "data-language",
    "content",
)


def read_seeds() -> list[bytes]:
    """Well-formed feeds of our own, the sample, and every small document ever found to matter."""
    seeds = [text.encode() for text in (RSS, ATOM, RDF, JSON, OPML)]
    sample = (ROOT / "feeds" / "sample.xml").read_text("utf-8")
    head, *items = re.split(r"(?=<item>)", sample.split("</channel>")[0])
    seeds += [f"{head}{item}</channel></rss>".encode() for item in items]
    for name in ("code_conventions", "code_platforms"):
        for case in json.loads((ROOT / "tests" / "data" / f"{name}.json").read_text("utf-8")):
            seeds.append(_wrap(case["html"]))
    for folder in ("findings",):
        paths = sorted((ROOT / "tests" / "hostile" / folder).glob("*.*"))
        seeds += [path.read_bytes() for path in paths if path.stat().st_size < 20_000]
    pathological = ROOT.parent / "shared" / "corpus" / "pathological"
    if pathological.is_dir():
        paths = sorted(pathological.iterdir())
        seeds += [path.read_bytes() for path in paths if path.stat().st_size < 20_000]
    return seeds


def _wrap(html: str) -> bytes:
    item = (
        f"<item><title>t</title><guid>g</guid><description><![CDATA[{html}]]></description></item>"
    )
    return f"<rss version='2.0'><channel><title>c</title>{item}</channel></rss>".encode()


def make_case(number: int, seeds: list[bytes]) -> bytes:
    """One document: a seed after one to a dozen changes."""
    chance = random.Random(number)
    content = chance.choice(seeds)
    if chance.random() < 0.85:
        text = _change_text(content.decode("utf-8", "replace"), seeds, chance)
        content = _encode(text, chance)
    if chance.random() < 0.3:
        content = _change_bytes(bytearray(content), chance)
    return gzip.compress(content, 1) if chance.random() < 0.02 else content


def _change_text(text: str, seeds: list[bytes], chance: random.Random) -> str:
    is_json = text.lstrip().startswith("{")
    split = _JSON_TOKEN if is_json else _TOKEN
    tokens = split.findall(text)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 12))):
        if not tokens:
            break
        change = chance.choice(_JSON_CHANGES if is_json else _CHANGES)
        change(tokens, chance)
    if chance.random() < 0.1:
        other = split.findall(chance.choice(seeds).decode("utf-8", "replace"))
        start = chance.randrange(len(other) or 1)
        at = chance.randrange(len(tokens) + 1)
        tokens[at:at] = other[start : start + chance.randrange(1, 60)]
    return "".join(tokens)


def _place(tokens: list[str], chance: random.Random) -> int:
    return chance.randrange(len(tokens))


def _drop(tokens: list[str], chance: random.Random) -> None:
    at = _place(tokens, chance)
    del tokens[at : at + chance.choice((1, 1, 1, 2, 10))]


def _repeat(tokens: list[str], chance: random.Random) -> None:
    at = _place(tokens, chance)
    piece = tokens[at : at + chance.choice((1, 1, 2, 5, 30))]
    times = chance.choice((1, 2, 5, 50, 400))
    while times > 1 and times * sum(map(len, piece)) > 60_000:
        times //= 2
    tokens[at:at] = piece * times


def _swap(tokens: list[str], chance: random.Random) -> None:
    one, two = _place(tokens, chance), _place(tokens, chance)
    tokens[one], tokens[two] = tokens[two], tokens[one]


def _replace(tokens: list[str], chance: random.Random) -> None:
    tokens[_place(tokens, chance)] = _poison(chance)


def _insert(tokens: list[str], chance: random.Random) -> None:
    tokens.insert(_place(tokens, chance), _poison(chance))


def _spoil_attribute(tokens: list[str], chance: random.Random) -> None:
    at = _place(tokens, chance)
    for index in range(at, min(at + 40, len(tokens))):
        token = tokens[index]
        if token.startswith("<") and token[1:2].isalpha():
            value = _poison(chance).replace('"', "&quot;")
            name = chance.choice(ATTRIBUTES)
            if "=" in token and chance.random() < 0.7:
                before, _, after = token.partition('="')
                tokens[index] = f'{before}="{value}"{after.partition(chr(34))[2]}'
            else:
                tokens[index] = token.rstrip("/>") + f' {name}="{value}">'
            return


def _truncate(tokens: list[str], chance: random.Random) -> None:
    del tokens[_place(tokens, chance) :]


def _nest(tokens: list[str], chance: random.Random) -> None:
    name = chance.choice(("div", "b", "a", "pre", "code", "table", "ul", "blockquote", "span", "p"))
    tokens.insert(_place(tokens, chance), f"<{name}>" * chance.choice((5, 100, 1000)))


def _spoil_value(tokens: list[str], chance: random.Random) -> None:
    values = (
        "1e999",
        "-1",
        "null",
        "true",
        "[]",
        "{}",
        "[[]]",
        '{"name":1}',
        '["a",1,null]',
        "9" * 400,
        "1e308",
        "0.1",
        '""',
    )
    poison = json.dumps(_poison(chance)) if chance.random() < 0.7 else chance.choice(values)
    at = _place(tokens, chance)
    for index in range(at, min(at + 12, len(tokens))):
        if tokens[index][0] not in "[]{}:, \n":
            tokens[index] = poison
            return


def _poison(chance: random.Random) -> str:
    return "".join(chance.choice(HOSTILE) for _ in range(chance.choice((1, 1, 1, 2, 3))))


_CHANGES = (
    _drop,
    _repeat,
    _swap,
    _replace,
    _insert,
    _insert,
    _spoil_attribute,
    _spoil_attribute,
    _truncate,
    _nest,
)
_JSON_CHANGES = (_drop, _repeat, _swap, _spoil_value, _spoil_value, _spoil_value, _truncate)


def _encode(text: str, chance: random.Random) -> bytes:
    name = chance.choice(("utf-8",) * 20 + ("utf-16", "utf-16-be", "latin-1", "cp1252", "utf-32"))
    # a lone half of a surrogate pair as its three bytes, as careless writers write it
    if name == "utf-8":
        return text.encode("utf-8", "surrogatepass")
    return text.encode(name, "replace")


def _change_bytes(content: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 2, 8))):
        if not content:
            break
        at = chance.randrange(len(content))
        kind = chance.randrange(4)
        if kind == 0:
            content[at] = chance.randrange(256)
        elif kind == 1:
            content[at:at] = bytes(chance.choice(((0,), (0xFF, 0xFE), (0xED, 0xA0, 0x80), (0xC0,))))
        elif kind == 2:
            del content[at : at + chance.choice((1, 3, 200))]
        else:
            content[at:at] = content[at : at + chance.choice((1, 40, 500))]
    return bytes(content)
