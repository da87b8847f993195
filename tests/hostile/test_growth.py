"""Text that makes patterns slow; bench/growth.py fills every place, bench/patterns.py asks each."""

import signal
import time
from collections.abc import Iterator

import pytest
from bench import growth, patterns

from feedsette.flattening.listings import clues, detection
from feedsette.parsing.encodings import read_text
from feedsette.parsing.wordpress.typed import html_of_typed

pytestmark = pytest.mark.no_cover  # which makes all of it up to four times as slow

SIZE = 100_000
FEW = 10.0
"""Seconds of CPU: what is quadratic takes minutes."""
SPECIMENS = {
    "img width": ("<img src=a.png width='1{}!'>", " "),
    "img src": ("<img src='/lazy{}'>", "-"),
    "img srcset": ("<img srcset='{}'>", "lazy-"),
    "prompt": ("<pre><code><span class=prompt>{}x</span>y</code></pre>", " "),
    "number of a line": ("<pre>" + "<span>1{}x</span>y<br>" * 3 + "</pre>", " "),
    "way back": ("<sup><a href='#n'>1</a></sup><p id=n>x <a href='#r'>{}x</a></p>", "↩"),
    "boxes around typed lines": ("<tt>courier</tt>{}", "<div>"),
    "typed words": ("<p><tt>courier x=1<br>{}</tt></p>", "words "),
    "a typed word": ("<p><tt>courier x=1<br>{}</tt></p>", "words'"),
    "typed lines": ("<p>{}", "<br><tt>x=1</tt>"),
    "boxes of embeds": ("<p>x</p>{}https://b.example/", "<div class=wp-block-embed>"),
    "title of a reference": ("<p>[1] <a href='https://b.example/'>x{}x</a></p>", "↩"),
}


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, growth._stop)
    yield
    signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_place_that_took_minutes(name: str) -> None:
    place, piece = SPECIMENS[name]
    content = growth._with_body(place.replace("{}", piece * (SIZE // len(piece))))
    assert growth.seconds_of(content) < FEW


def test_a_listing_of_empty_lines() -> None:
    code = "a few words\n" + "\n" * 15_000 + "and a few more of them"
    started = time.process_time()
    assert not detection._is_javascript(code, None)
    assert time.process_time() - started < FEW


@pytest.mark.parametrize(
    ("begin", "piece"),
    [("def f():", ")->"), ("def f() ->", " "), ("type A<", "type A<"), ("type A", "<")],
)
def test_clues_that_took_minutes(begin: str, piece: str) -> None:
    code = begin + piece * (SIZE // len(piece)) + "\n"
    started = time.process_time()
    clues.find_clue(code)
    clues.has_types(code)
    assert time.process_time() - started < FEW


@pytest.mark.parametrize(
    "piece",
    [
        "[caption ",
        "[code]",
        "[sourcecode][code]",
        "[/php][code][php]",
        "a[code][",
        "[caption]<img>",
        "[[",
        "\n ",
        "<li>",
        "https://youtu.be/a\n",
        "ids='",
        "[ab id=1 ",
        '[/ab][ab x="',
        "<code><pre>[ab ",
    ],
)
def test_what_was_typed(piece: str) -> None:
    started = time.process_time()
    html_of_typed(f"[gallery {piece * (SIZE // len(piece))}[/caption]")
    assert time.process_time() - started < FEW


def test_a_content_type_of_blanks() -> None:
    header = "text/xml; charset=" + " " * 90_000 + "!"
    started = time.process_time()
    read_text(b"<rss/>", header)
    assert time.process_time() - started < FEW


BOUNDED = {
    "flattening.listings.captions._TAIL": "text whose white space is folded",
    "flattening.footers.finding._TEASER": "the last twenty characters",
    "flattening.footers.phrases._ORIGINALLY": "text whose white space is folded",
    "parsing.authors._BETWEEN": "1,000 characters at most, their white space folded",
    "parsing.authors._EMAIL": "1,000 characters at most",
}
"""Patterns that are slow on texts which they never meet, and why they never do."""


def test_no_pattern_is_slow_but_those_whose_texts_are_bounded() -> None:
    assert {slow.name for slow in patterns.slow_patterns()} <= set(BOUNDED)
