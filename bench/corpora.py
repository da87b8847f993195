"""Feeds made up for measuring: blog-like, deterministic, as large as asked for.

    python -m bench.corpora FOLDER --articles 2000 --per-feed 12

The same arguments give the same bytes on any machine. An article weighs about 6 KB of HTML: some
500 words in paragraphs under three or four headings, a dozen links, two pictures, a code block or
two, a list of references. Words follow Zipf's law over a made-up vocabulary, so that full-text
indexes get rare and common words in about the proportions of real prose.
"""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from itertools import accumulate
from pathlib import Path
from random import Random

CONSONANTS, VOWELS = "bcdfghjklmnprstvwz", "aeiou"
WORDS = 12_000
TAGS = 240
LANGUAGES = ("python", "javascript", "bash", "json", "go", "rust", "sql", "yaml", "html", "css")
START = datetime(2015, 1, 1, tzinfo=UTC)


def vocabulary() -> tuple[list[str], list[float]]:
    """Made-up words and their cumulative Zipf weights."""
    random = Random(1)
    words = dict.fromkeys(
        "".join(
            random.choice(CONSONANTS) + random.choice(VOWELS)
            for _ in range(random.choice((1, 2, 2, 3, 3, 4)))
        )
        for _ in range(WORDS * 3)
    )
    chosen = list(words)[:WORDS]
    return chosen, list(accumulate(1 / (rank + 2) for rank in range(len(chosen))))


_VOCABULARY, _WEIGHTS = vocabulary()


class Writer:
    """Writes the article of a number, always the same one; `version` 1 is an edited one."""

    def __init__(self, number: int, version: int = 0) -> None:
        self.number = number
        self.random = Random(number)
        self.version = version

    def words(self, count: int) -> str:
        """So many words."""
        return " ".join(self.random.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=count))

    def sentence(self) -> str:
        """Some words with a capital and a full stop."""
        return self.words(self.random.randint(6, 18)).capitalize() + "."

    def paragraph(self) -> str:
        """Sentences; one in two paragraphs has a link with a reference."""
        text = " ".join(self.sentence() for _ in range(self.random.randint(2, 5)))
        if self.random.random() < 0.5:
            text += f" See {self.link()} [{self.random.randint(1, 4)}]."
        return f"<p>{text}</p>\n"

    def link(self) -> str:
        """A link; one in six leads to another article."""
        if self.random.random() < 1 / 6:
            url = article_url(self.random.randrange(max(self.number, 1)))
        else:
            host = f"{self.random.choices(_VOCABULARY, cum_weights=_WEIGHTS)[0]}.example"
            url = f"https://{host}/{self.random.randrange(400)}?utm_source=feed"
        return f'<a href="{url}" rel="noopener">{self.words(2)}</a>'

    def code(self) -> str:
        """A listing as Forem or CommonMark marks it up."""
        lines = "\n".join(
            f"{'    ' * self.random.randint(0, 2)}{self.words(1)} = {self.words(1)}"
            f"({self.random.randint(0, 99)}, &quot;{self.words(2)}&quot;)"
            for _ in range(self.random.randint(4, 16))
        )
        language = self.random.choice(LANGUAGES)
        if self.random.random() < 0.5:
            return f'<pre><code class="language-{language}">{lines}\n</code></pre>\n'
        return (
            f'<div class="highlight js-code-highlight">\n<pre class="highlight {language}">'
            f"<code>{lines}\n</code></pre>\n</div>\n"
        )

    def picture(self) -> str:
        """A picture through a resizing proxy, wrapped in a link to itself."""
        name = f"{self.number}-{self.random.randrange(9)}.png"
        original = f"https%3A%2F%2Fuploads.example%2Farticles%2F{name}"
        url = f"https://media.dev.to/cdn-cgi/image/width=800%2Cheight=%2Cformat=auto/{original}"
        return f'<p><a href="{url}"><img src="{url}" alt="{self.words(3)}" width="800"></a></p>\n'

    def html(self) -> str:
        """The whole article."""
        parts = []
        for section in range(self.random.randint(3, 5)):
            if section:
                parts.append(f'<h2 id="s{section}">{self.words(4).capitalize()}</h2>\n')
            parts += [self.paragraph() for _ in range(self.random.randint(2, 4))]
            if section in (1, 2):
                parts += [self.code(), self.picture()]
        parts.append("<h2>Links</h2>\n")
        parts += [f"<p>[{n}] {self.link()}</p>\n" for n in range(1, 5)]
        if self.version:
            parts.append(f"<p>Edited: {self.sentence()}</p>\n")
        return "".join(parts)

    def item(self) -> str:
        """The article as an RSS item."""
        title = escape(self.words(self.random.randint(3, 9)).capitalize())
        tags = "".join(
            f"<category>tag{self.random.randrange(TAGS)}</category>"
            for _ in range(self.random.randint(1, 4))
        )
        published = format_datetime(START + timedelta(minutes=97 * self.number))
        url = article_url(self.number)
        return (
            f"<item><title>{title}</title><dc:creator>Author {self.number % 97}</dc:creator>"
            f"<pubDate>{published}</pubDate><link>{url}</link><guid>{url}</guid>"
            f"<description>{escape(self.html())}</description>{tags}</item>\n"
        )


def article_url(number: int) -> str:
    """Where the article of a number stands."""
    return f"https://blog.example/{number}"


def feed(name: str, numbers: range, edited: int = 0) -> str:
    """An RSS feed of the articles in `numbers`, newest first; one in `edited` is edited."""
    items = "".join(
        Writer(number, int(bool(edited) and number % edited == 0)).item()
        for number in reversed(numbers)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'
        f"<title>Feed {name}</title><link>https://blog.example/</link>"
        f'<atom:link rel="self" href="https://blog.example/{name}.xml"/>'
        f"<description>Made up for measuring</description><language>en</language>\n{items}"
        "</channel></rss>\n"
    )


def write_feeds(
    folder: Path, articles: int, per_feed: int, *, edited: int = 0, first: int = 0
) -> Iterator[Path]:
    """Write so many articles as feeds of per_feed each; yields the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(first, first + articles, per_feed):
        numbers = range(start, min(start + per_feed, first + articles))
        path = folder / f"feed-{start // per_feed:06}.xml"
        path.write_text(feed(path.stem, numbers, edited), encoding="utf-8")
        yield path


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--per-feed", type=int, default=12)
    parser.add_argument("--edited", type=int, default=0, help="edit one article in so many")
    options = parser.parse_args()
    written = list(
        write_feeds(options.folder, options.articles, options.per_feed, edited=options.edited)
    )
    print(
        f"{options.folder}: {len(written)} feeds, {sum(p.stat().st_size for p in written):,} bytes"
    )


if __name__ == "__main__":
    main()
