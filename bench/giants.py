"""Documents made to exhaust a loader, each loaded by the real command in a process of its own.

`python -m bench.giants [NAME…]` prints, for each, the seconds, the peak of memory, the exit code
and the line that the user sees. Exit code 1 if one took too long or too much or tripped.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.alone import run_alone

HEAD = '<rss version="2.0"><channel><title>x</title><link>https://a.example/</link>'
FOOT = "</channel></rss>"
MEGABYTE = 1_000_000
SECONDS_PER_MEGABYTE = 2.0
LEAST_SECONDS = 10.0
LIMIT = 200
"""Seconds after which a load is stopped."""


@dataclass(frozen=True, slots=True)
class Giant:
    """One document: how to write it, and what the loader is told."""

    write: Callable[[], Iterable[bytes]]
    options: tuple[str, ...] = ()
    megabytes: int = 500
    """What the process may take; a document above --max-size's default has its own."""
    suffix: str = ".xml"


def _item(body: str, head: str = "<title>t</title><guid>g</guid>") -> Callable[[], Iterable[bytes]]:
    def write() -> Iterable[bytes]:
        content = f"{HEAD}<item>{head}<description><![CDATA[{body}]]></description></item>{FOOT}"
        yield content.encode()

    return write


def _raw(inside: str, outside: tuple[str, str] = (HEAD, FOOT)) -> Callable[[], Iterable[bytes]]:
    def write() -> Iterable[bytes]:
        yield f"{outside[0]}{inside}{outside[1]}".encode()

    return write


def _one_tag() -> Iterable[bytes]:
    yield HEAD.encode() + b"<item><a "
    for _ in range(100):
        yield b'b="' + b"x" * (MEGABYTE - 5) + b'" '
    yield b"></a></item>" + FOOT.encode()


def _many_items(count: int, body: str) -> Callable[[], Iterable[bytes]]:
    def write() -> Iterable[bytes]:
        yield HEAD.encode()
        for first in range(0, count, 10_000):
            yield "".join(
                f"<item><guid>{n}</guid>{body}</item>"
                for n in range(first, min(first + 10_000, count))
            ).encode()
        yield FOOT.encode()

    return write


def _bomb() -> Iterable[bytes]:
    yield gzip.compress(HEAD.encode() + b" " * (500 * MEGABYTE), 6)


def _bomb_of_bombs() -> Iterable[bytes]:
    yield gzip.compress(gzip.compress(gzip.compress(b"x" * (100 * MEGABYTE))))


def _laughs(levels: int) -> str:
    entities = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels)
    )
    return f"<!DOCTYPE rss [{entities}]>{HEAD}<item><title>&l{levels - 1};</title></item>{FOOT}"


def _json(**more: object) -> Callable[[], Iterable[bytes]]:
    item = {"id": "1", "title": "t", "content_html": "x", **more}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "j", "items": [item]}
    return lambda: [json.dumps(feed).encode()]


def _repeated(piece: str, size: float, options: tuple[str, ...] = ()) -> Giant:
    return Giant(_item(piece * int(size * MEGABYTE / len(piece))), options)


PARTS = {
    "comments": "<!--",
    "instructions": "<?",
    "cdata": "<![CDATA[",
    "brackets": "[1] ",
    "opens": "[",
    "divs": "<div>",
    "bolds": "<b>",
    "anchors": "<a href=x>",
    "pres": "<pre>x",
    "codes": "<code>x\n",
    "code-lines": "<pre><code>a\n",
    "tables": "<table><tr><td>",
    "lists": "<ul><li>",
    "ends": "</b>",
    "selects": "<select><option>",
    "forms": "<form><p>",
    "spans": "<pre><span>",
    "headings": "<h2>a</h2>",
    "deep-headings": "<h1>",
    "images": "<img src=a.png>",
    "linked-images": "<a href=x><img src=y>",
    "iframes": "<iframe src=https://youtu.be/a></iframe>",
    "embeds": "<embed src=a>",
    "nuls": "\0",
    "entities": "&amp;",
    "ampersands": "&",
    "digits": "9",
    "spaces": " ",
    "newlines": "\n",
    "nbsp": "\xa0",
    "letters": "x",
    "words": "word ",
    "quotes": '"',
    "tag-open": "<",
    "attributes": "<a b='",
    "references": "<p>[1] <a href='https://b.example/'>b</a></p>",
    "see": "see [7] ",
    "br": "<br>",
    "anchor-links": "<a href='#a' id=a>x</a>",
    "figures": "<figure><img src=a><figcaption>",
    "classes": "<p class='a b c language-x'>",
    "gutters": "<td class=gutter><pre>1</pre>",
    "pictures": "<picture><source srcset='a 1x'>",
    "footers": "<p>The post <a href=x>y</a> appeared",
    "templates": "<template>",
    "svgs": "<svg>",
    "styles": "<style>",
    "textareas": "<textarea>",
    "fences": "```\n",
    "sups": "<sup><a href='#fn1'>1</a></sup>",
    "hidden": "<p hidden>",
    "dl": "<dl><dt>",
    "prismjs": "<pre class='line-numbers language-js'><code>x</code></pre>",
    "noscripts": "<noscript>",
    "details": "<details><summary>",
    "buttons": "<button>",
    "rubies": "<ruby><rt>",
    "mixed": "<b><i></b>",
    "formatting": "<a><b><i><u><p>",
    "surrogates": "&#xD800;",
    "emoji": "\U0001f600",
    "rtl": "\u202e",
    "urls": "https://a.example/b ",
    "mails": "a@b.example ",
    "commas": ",",
    "slashes": "/",
    "dots": ".",
}

GIANTS: dict[str, Callable[[], Giant]] = {
    f"2 MB of {name}": partial(_repeated, piece, 2) for name, piece in PARTS.items()
}
"""Made when its turn comes: the parent's memory would count as the child's (wait4)."""
GIANTS |= {
    "entity bomb of 12 levels": lambda: Giant(lambda: [_laughs(12).encode()]),
    "entity bomb, UTF-16": lambda: Giant(lambda: [_laughs(12).encode("utf-16")]),
    "entity of 1 MB, 10,000 times": lambda: Giant(
        _raw(
            "<item><title>t</title><description>" + "&a;" * 10_000 + "</description></item>",
            (f'<!DOCTYPE rss [<!ENTITY a "{"x" * MEGABYTE}">]>{HEAD}', FOOT),
        )
    ),
    "20,000 deep divs": lambda: Giant(_item("<div>" * 20_000 + "x")),
    "20,000 deep, mixed": lambda: Giant(_item("<div><b><a href=x><pre>" * 5_000 + "x")),
    "20,000 deep XML": lambda: Giant(_raw("<item><title>t</title>" + "<x>" * 20_000)),
    "300,000 deep XML": lambda: Giant(_raw("<item><title>t</title>" + "<x>" * 300_000)),
    "20,000 deep XHTML": lambda: Giant(
        _raw(
            '<entry><title>t</title><content type="xhtml">'
            + "<div>" * 20_000
            + "</div>" * 20_000
            + "</content></entry>",
            ('<feed xmlns="http://www.w3.org/2005/Atom">', "</feed>"),
        )
    ),
    "200,000 <!-- in a body": lambda: Giant(_item("<!--" * 200_000)),
    "200,000 <!-- in the feed": lambda: Giant(_raw("<item><title>t</title>" + "<!--" * 200_000)),
    "100 MB of one tag": lambda: Giant(_one_tag),
    "30 MB of one tag": lambda: Giant(
        lambda: [*list(_one_tag())[:30], b">" + FOOT.encode()], megabytes=1500
    ),
    "30 MB in one item": lambda: Giant(_item("<p>some words here</p>" * 1_360_000), megabytes=3000),
    "30 MB of text in one item": lambda: Giant(
        _item("some words here " * 1_900_000), megabytes=1500
    ),
    "50 MB in one item": lambda: Giant(
        _item("<p>some words here</p>" * 2_270_000), ("--max-size", "64"), megabytes=5000
    ),
    "1,000,000 tiny items": lambda: Giant(
        _many_items(1_000_000, ""), ("--max-size", "64"), megabytes=3000
    ),
    "1,000,000 empty items": lambda: Giant(_raw("<item/>" * 1_000_000), megabytes=1500),
    "100,000 items": lambda: Giant(
        _many_items(100_000, "<title>t</title><description>d</description>"), megabytes=1500
    ),
    "100,000 attributes": lambda: Giant(
        _item("<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">x</p>")
    ),
    "100,000 attributes, XML": lambda: Giant(
        _raw("<item " + " ".join(f'a{n}="b"' for n in range(100_000)) + "><title>t</title></item>")
    ),
    "100,000 namespaces": lambda: Giant(
        _raw(
            "<item "
            + " ".join(f'xmlns:a{n}="b"' for n in range(100_000))
            + "><title>t</title></item>"
        )
    ),
    "1,000,000 links in an item": lambda: Giant(
        _item("<a href='/b'>c</a>" * 1_000_000), megabytes=2500
    ),
    "gzip bomb of 500 MB": lambda: Giant(_bomb),
    "gzip in gzip in gzip": lambda: Giant(_bomb_of_bombs),
    "100,000 deep JSON": lambda: Giant(lambda: [b"[" * 100_000], suffix=".json"),
    "100,000 deep JSON feed": lambda: Giant(
        lambda: [b'{"version":"https://jsonfeed.org/version/1.1","items":[' + b'{"a":' * 100_000],
        suffix=".json",
    ),
    "JSON number of 1 MB": lambda: Giant(
        lambda: [
            b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":'
            + b"9" * MEGABYTE
            + b"}]}"
        ],
        suffix=".json",
    ),
    "JSON sizes out of range": lambda: Giant(
        _json(
            attachments=[
                {
                    "url": "https://a.example/a",
                    "size_in_bytes": 10**40,
                    "duration_in_seconds": 1e300,
                }
            ]
        ),
        suffix=".json",
    ),
    "JSON lone surrogates": lambda: Giant(
        _json(title="\ud800", tags=["\udfff"], url="https://a.example/\ud800"), suffix=".json"
    ),
    "JSON NUL": lambda: Giant(_json(title="a\0b", tags=["\0"], id="\0"), suffix=".json"),
    "NUL everywhere": lambda: Giant(_raw("<item>\0<title>\0a\0</title><guid>\0</guid>\0</item>\0")),
    "title of 5 MB": lambda: Giant(_item("x", f"<title>{'t ' * 2_500_000}</title>")),
    "guid of 5 MB": lambda: Giant(_item("x", f"<guid>{'g' * 5_000_000}</guid>")),
    "tag of 5 MB": lambda: Giant(
        _item("x", f"<guid>g</guid><category>{'c' * 5_000_000}</category>")
    ),
    "author of 5 MB": lambda: Giant(
        _item("x", f"<guid>g</guid><author>{'a ' * 2_500_000}</author>")
    ),
    "link of 1 MB": lambda: Giant(_item("x", f"<link>https://a.example/{'l' * MEGABYTE}</link>")),
    "link of 1 MB in a body": lambda: Giant(
        _item(f"<a href='https://a.example/{'%25' * 333_333}'>x</a>")
    ),
    "query of 1 MB": lambda: Giant(
        _item(f"<a href='https://a.example/?{'utm_a=b&' * 125_000}'>x</a>")
    ),
    "path of 500,000 ../": lambda: Giant(_item(f"<a href='{'../' * 500_000}'>x</a>")),
    "host of 1 MB": lambda: Giant(_item(f"<a href='https://{'a.' * 500_000}'>x</a>")),
    "proxied 10,000 times": lambda: Giant(
        _item(f"<img src='{'https://i0.wp.com/' * 10_000}a.png'>")
    ),
    "srcset of 100,000": lambda: Giant(_item(f"<img srcset='{'a.png 1x, ' * 100_000}'>")),
    "class of 1 MB": lambda: Giant(_item(f"<pre class='{'language-x ' * 90_000}'>x</pre>")),
    "style of 1 MB": lambda: Giant(_item(f"<p style='{'display:block;' * 70_000}'>x</p>")),
    "100,000 tags on an item": lambda: Giant(
        _item("x", "<guid>g</guid>" + "".join(f"<category>t{n}</category>" for n in range(100_000)))
    ),
    "one category of 200,000 commas": lambda: Giant(
        _item("x", "<guid>g</guid><category>" + ",".join(map(str, range(200_000))) + "</category>")
    ),
    "20,000 authors of an item": lambda: Giant(
        _item("x", "<guid>g</guid>" + "".join(f"<author>p{n}</author>" for n in range(20_000)))
    ),
    "100,000 enclosures": lambda: Giant(
        _item(
            "x",
            "<guid>g</guid>"
            + "".join(f"<enclosure url='https://a.example/{n}'/>" for n in range(100_000)),
        )
    ),
    "date of 1 MB": lambda: Giant(_item("x", f"<guid>g</guid><pubDate>{'1 ' * 500_000}</pubDate>")),
    "absurd years": lambda: Giant(
        _raw(
            "".join(
                f"<item><guid>{d}</guid><pubDate>{d}</pubDate></item>"
                for d in (
                    "0000-00-00",
                    "99999-01-01",
                    "-1",
                    "0001-01-01T00:00:00+23:59",
                    "9999-12-31T23:59:59-23:59",
                    "Tue, 31 Dec 9999 23:59:59 -1200",
                    "1" * 400,
                    "2024-13-45",
                    "12345678901234567890",
                )
            )
        )
    ),
    "10,000 twins": lambda: Giant(_raw("<item><title>t</title></item>" * 10_000)),
    "20,000 items of one guid": lambda: Giant(
        _raw("".join(f"<item><guid>g</guid><title>{n}</title></item>" for n in range(20_000)))
    ),
    "table of 300,000 cells": lambda: Giant(
        _item("<table>" + "<tr><td>a</td><td>b</td></tr>" * 150_000 + "</table>"), megabytes=1000
    ),
    "listing of 5 MB": lambda: Giant(
        _item("<pre><code>" + "let a = 1;\n" * 450_000 + "</code></pre>")
    ),
    "listing of 100,000 spans": lambda: Giant(
        _item("<pre><code>" + "<span class=k>a</span>\n" * 100_000 + "</code></pre>")
    ),
    "100,000 listings": lambda: Giant(_item("<pre>a</pre>" * 100_000), megabytes=1000),
    "100,000 headings": lambda: Giant(
        _item("".join(f"<h{n % 6 + 1}>a</h{n % 6 + 1}>" for n in range(100_000))), megabytes=1000
    ),
    "opml of 100,000 deep": lambda: Giant(
        lambda: [b"<opml><body>" + b"<outline>" * 100_000], suffix=".opml"
    ),
    "opml that includes itself": lambda: Giant(
        lambda: [
            b'<opml version="2.0"><body><outline type="include" url="giant.opml"/></body></opml>'
        ],
        suffix=".opml",
    ),
    "half a UTF-16 document": lambda: Giant(lambda: [f"{HEAD}<item>".encode("utf-16")[:-1]]),
    "random bytes": lambda: Giant(lambda: [os.urandom(5 * MEGABYTE)]),
    "10 MB of spaces": lambda: Giant(lambda: [b" " * (10 * MEGABYTE)]),
    "10 MB of NUL": lambda: Giant(lambda: [bytes(10 * MEGABYTE)]),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a process did: seconds of CPU, peak megabytes, exit code, what it said."""

    seconds: float
    megabytes: float
    code: int
    said: str
    size: int
    """Of the document, in bytes."""

    def faults(self, most_megabytes: int) -> list[str]:
        """What it must not have done."""
        allowed = max(LEAST_SECONDS, SECONDS_PER_MEGABYTE * self.size / MEGABYTE)
        traceback = "Traceback" in self.said or "bug in feedsette" in self.said
        return [
            fault
            for fault, is_so in (
                (f"slower than {allowed:.0f} s", self.seconds > allowed),
                (f"above {most_megabytes} MB", self.megabytes > most_megabytes),
                ("traceback", traceback),
                ("died", self.code not in (0, 1)),
                ("said nothing", self.code == 1 and not self.said),
            )
            if is_so
        ]


def write(name: str, folder: Path) -> None:
    """Write the document and, beside it, how it is to be loaded."""
    giant = GIANTS[name]()
    with (folder / f"giant{giant.suffix}").open("wb") as stream:
        for piece in giant.write():
            stream.write(piece)
    (folder / "plan.txt").write_text(json.dumps([giant.options, giant.megabytes]))


def run(name: str, folder: Path) -> tuple[Outcome, int]:
    """Write the document in another process, load it in a third, measure; its allowance too."""
    subprocess.run([sys.executable, "-m", "bench.giants", "--write", str(folder), name], check=True)
    (path,) = folder.glob("giant.*")
    options, megabytes = json.loads((folder / "plan.txt").read_text())
    words = ["load", str(path), "-d", str(folder / "content.db"), "--workers", "1", "--no-detect"]
    command = [sys.executable, "-m", "feedsette", *words, *options]
    return _measure(command, folder / "said.txt", path.stat().st_size), megabytes


def _measure(command: list[str], said: Path, size: int) -> Outcome:
    took = run_alone(["timeout", "-s", "INT", str(LIMIT), *command], said)
    text = said.read_text("utf-8", "replace").strip()
    return Outcome(took.seconds, took.megabytes, took.code, text, size)


def main() -> None:
    """Run all, or those whose names hold one of the words."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*")
    parser.add_argument("--write", metavar="DIR", help="only write the one that is named")
    asked = parser.parse_args()
    if asked.write:
        write(asked.words[0], Path(asked.write))
        return
    chosen = [name for name in GIANTS if not asked.words or any(w in name for w in asked.words)]
    failed = 0
    for name in chosen:
        with tempfile.TemporaryDirectory() as folder:
            outcome, megabytes = run(name, Path(folder))
        faults = ", ".join(outcome.faults(megabytes))
        failed += bool(faults)
        first = outcome.said.splitlines()[0] if outcome.said else ""
        measured = f"{outcome.seconds:7.1f} s {outcome.megabytes:6.0f} MB  {outcome.code}"
        verdict = f"{faults.upper() or 'ok'}  {first[:150]}"
        print(f"{name:34} {outcome.size / MEGABYTE:7.1f} MB {measured}  {verdict}", flush=True)
    print(f"{len(chosen)} documents, {failed} with faults")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
