"""Does twice the text take twice the time? `python -m bench.growth [WORDS…]` tries every place.

A feed is full of places that its author fills: attributes, tags, dates, addresses. Each is filled
with a piece that patterns and loops trip over, at one size and at four times that. Prints what took
more than FAST seconds, or LEAST and more than MOST times as long; exit code 1 if anything did.
"""

import argparse
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape

from bench.giants import PARTS
from feedsette.flattening import flatten_feed
from feedsette.parsing import parse_document
from feedsette.records import Document, Known

SMALL = 60_000
TIMES = 4
MOST = 6.0
LEAST = 0.5
FAST = 1.0
"""Seconds that the larger size may take, however it grew: addresses are cut at 8,000 signs."""
LIMIT = 20
NOW = datetime(2026, 1, 2, tzinfo=UTC)

BODY_PLACES = {
    "img width": "<img src=a.png width='{}'>",
    "img width behind a digit": "<img src=a.png width='1{}!'>",
    "img src": "<img src='{}'>",
    "img of many": "<img src='/{}a.png'>",
    "img class": "<img src=a.png class='{}'>",
    "img style": "<img src=a.png style='{}'>",
    "img srcset": "<img srcset='{}'>",
    "img alt": "<img src=a.png alt='{}'>",
    "style": "<p style='{}'>x</p>",
    "class": "<p class='{}'>x</p>",
    "id": "<p id='{}'>x</p>",
    "pre class": "<pre class='{}'>x</pre>",
    "pre style": "<pre style='{}'>x\ny</pre>",
    "pre title": "<pre title='{}'>x</pre>",
    "pre data": "<pre data-language='{}'>x</pre>",
    "pre text": "<pre>{}</pre>",
    "listing": "<pre><code>a\n{}</code></pre>",
    "code": "<p><code>{}</code></p>",
    "code class": "<pre><code class='{}'>x</code></pre>",
    "caption": "<figure><pre>x</pre><figcaption>{}</figcaption></figure>",
    "prompt": "<div class=prompt>{}</div><pre>x</pre>",
    "gutter": "<table><tr><td class='{}'>1</td><td><pre>x</pre></td></tr></table>",
    "label": "<div><span class='{}'>js</span><pre>x</pre></div>",
    "label text": "<div class=highlight><span class=lang>{}</span><pre>x</pre></div>",
    "href": "<a href='{}'>x</a>",
    "href path": "<a href='https://b.example/{}'>x</a>",
    "href query": "<a href='https://b.example/?{}'>x</a>",
    "href host": "<a href='https://{}/'>x</a>",
    "link text": "<a href='https://b.example/'>{}</a>",
    "rel": "<a href='https://b.example/' rel='{}'>x</a>",
    "iframe src": "<iframe src='{}'></iframe>",
    "iframe youtube": "<iframe src='https://www.youtube.com/embed/{}'></iframe>",
    "script src": "<script src='//gist.github.com/{}'></script>",
    "quote": "<blockquote class=twitter-tweet cite='{}'><a href='//x.com/a/status/1'>x</a>",
    "heading": "<h2>{}</h2><p>x</p>",
    "paragraph": "<p>{}</p>",
    "first line": "<p>This was originally published{}</p>",
    "footer": "<p>x</p><p>The post <a href='https://b.example/'>{}</a> appeared first on</p>",
    "reference": "<p>see [1]</p><p>[1]{}<a href='https://b.example/'>b</a></p>",
    "label of a note": "<p><a href='https://b.example/'>x</a><sup>{}1{}x</sup></p>",
    "number of a note": "<p><sup>{}1{}x</sup> <a href='https://b.example/'>x</a></p>",
    "note": "<sup><a href='#{}'>1</a></sup><p id=fn1>x</p>",
    "lang": "<p lang='{}'>x</p>",
    "comment": "<!--{}--><p>x</p>",
}
ITEM_PLACES = {
    "title": "<title>{}</title>",
    "guid": "<guid>{}</guid>",
    "link": "<link>{}</link>",
    "author": "<author>{}</author>",
    "creator": "<dc:creator>{}</dc:creator>",
    "category": "<category>{}</category>",
    "date": "<pubDate>{}</pubDate>",
    "duration": "<itunes:duration>{}</itunes:duration>",
    "enclosure": "<enclosure url='{}' length='{}' type='{}'/>",
    "description": "<description>{}</description>",
}
PUMPS = (
    *" \n\t\xa0-_./a1([{<&?%#=:;,'\"@\\`~!*+|é漢\u202e",
    "//", "a.", "a-", "a ", "1 ", "1:", "[1", "&amp;", "?a=", "&a=b", "%41", ", ", "a@", "$(",
    "a at b dot ", "../", "https://", "http://a/", "wp.com/", "font:", "font-family:", "title:",
    "title=", "display :", "width :", "lazy-", "/lazy", "language-", "lang-", "brush:", "x-",
    "highlight-", "gutter-", "copy ", "read more ", "originally ", "the post ", "const a",
    "let a", "public ",
)  # fmt: skip
HEAD = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>x</title>'
    "<link>https://a.example/</link><item>"
)
FOOT = "</item></channel></rss>"


class TooSlow(BaseException):
    """Raised by the alarm."""


def documents(size: int) -> Iterator[tuple[str, str]]:
    """Every place with every piece, and every kind of markup again and again."""
    for name, piece in PARTS.items():
        yield f"markup {name}", _with_body(piece * (size // len(piece)))
    for pump in PUMPS:
        for tail in ("", "\x01!"):
            filling = pump * (size // len(pump)) + tail
            safe = filling.replace("'", "&#39;").replace("\x01", "&#x1;")
            for name, place in BODY_PLACES.items():
                yield (
                    f"{name} of {pump!r}{' …' if tail else ''}",
                    _with_body(place.replace("{}", safe)),
                )
            for name, place in ITEM_PLACES.items():
                xml = place.replace("{}", escape(filling.replace("\x01", "^")))
                yield f"{name} of {pump!r}{' …' if tail else ''}", f"{HEAD}{xml}{FOOT}"


def _with_body(body: str) -> str:
    return f"{HEAD}<guid>g</guid><description>{escape(body)}</description>{FOOT}"


def seconds_of(content: str) -> float:
    """Of CPU, for parsing and flattening; LIMIT if it was stopped then."""
    document = Document("x", content.encode("utf-8", "replace"), NOW)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    started = time.process_time()
    try:
        flatten_feed(parse_document(document), Known(), None)
    except TooSlow:
        return float(LIMIT)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - started


def grows(small: str, large: str) -> tuple[float, float] | None:
    """The seconds of both sizes, if it is more than the sizes explain."""
    long = seconds_of(large)
    if long < LEAST:
        return None
    short = seconds_of(small)
    return (short, long) if long > MOST * short or long > FAST else None


def _stop(*_: object) -> None:
    raise TooSlow


def main() -> None:
    """Try all, or those whose names hold one of the words."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*")
    asked = parser.parse_args()
    signal.signal(signal.SIGPROF, _stop)
    tried = found = 0
    for (name, small), (_, large) in zip(documents(SMALL), documents(SMALL * TIMES), strict=True):
        if asked.words and not any(word in name for word in asked.words):
            continue
        tried += 1
        if grown := grows(small, large):
            found += 1
            print(f"{name:40} {grown[0]:7.2f} s {grown[1]:7.2f} s", flush=True)
    print(f"{tried:,} places, {found} grow faster than their size")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
