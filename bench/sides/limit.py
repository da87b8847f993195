"""The limit: the fastest parsers there are and plain executemany, for rows of the same kind.

    python limit.py DATABASE FOLDER

It fills articles, sections, links, code blocks, images and tags with full-text indexes, and leaves
out what makes a dataset of them: identity, revisions, footers, clean addresses, references,
languages, hostile input, a second load.
"""

import gc
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastfeedparser
from lxml import html as lxml_html

SCHEMA = """
create table articles (id integer primary key, guid text unique, url text, title text, author text,
    published text, text text, html text);
create table sections (id integer primary key, article_id integer, title text, text text);
create table links (id integer primary key, article_id integer, url text, text text);
create table code_blocks (id integer primary key, article_id integer, language text, code text);
create table images (id integer primary key, article_id integer, url text, alt text);
create table article_tags (article_id integer, tag text, primary key (article_id, tag));
create index links_article on links (article_id);
create index links_url on links (url);
create index code_article on code_blocks (article_id);
create index images_article on images (article_id);
create index sections_article on sections (article_id);
create virtual table articles_fts using fts5(title, author, text, tokenize=porter,
    content=articles, content_rowid=id);
create virtual table sections_fts using fts5(title, text, tokenize=porter,
    content=sections, content_rowid=id);
create virtual table code_fts using fts5(code, tokenize=trigram,
    content=code_blocks, content_rowid=id);
"""
TABLES = {
    "articles": 8,
    "sections": 4,
    "links": 4,
    "code_blocks": 4,
    "images": 4,
    "article_tags": 2,
}
Rows = dict[str, list[tuple[Any, ...]]]


def read_feed(path: Path, first: int) -> Rows:
    """The rows of a feed whose first article gets the number `first`."""
    rows: Rows = {name: [] for name in TABLES}
    for number, entry in enumerate(fastfeedparser.parse(path.read_bytes()).entries, first):
        body = entry.get("content")
        html = body[0]["value"] if body else entry.get("description", "")
        read_body(number, html, rows)
        text = "\n\n".join(row[3] for row in rows["sections"] if row[1] == number)
        rows["articles"].append(
            (
                number, entry.get("id"), entry.get("link"), entry.get("title"),
                entry.get("author"), entry.get("published"), text, html,
            )
        )  # fmt: skip
        tags = {tag["term"] for tag in entry.get("tags") or ()}
        rows["article_tags"] += [(number, tag) for tag in tags]
    return rows


def read_body(number: int, html: str, rows: Rows) -> None:
    """The rows of an article's HTML."""
    tree = lxml_html.fromstring(f"<div>{html}</div>")
    base = number * 1000
    for position, (title, text) in enumerate(read_sections(tree)):
        rows["sections"].append((base + position, number, title, text))
    for position, link in enumerate(tree.iter("a")):
        rows["links"].append((base + position, number, link.get("href"), link.text_content()))
    for position, block in enumerate(tree.iter("pre")):
        language = block.get("class") or "".join(block.xpath("code/@class"))
        rows["code_blocks"].append((base + position, number, language, block.text_content()))
    for position, image in enumerate(tree.iter("img")):
        rows["images"].append((base + position, number, image.get("src"), image.get("alt")))


def read_sections(tree: Any) -> Iterator[tuple[str | None, str]]:
    """Titles and texts."""
    title, texts = None, []
    for block in tree:
        if block.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            yield title, "\n\n".join(texts)
            title, texts = block.text_content(), []
        else:
            texts.append(block.text_content())
    yield title, "\n\n".join(texts)


def main() -> None:
    """The command."""
    gc.disable()
    database, folder = sys.argv[1:]
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    connection.executescript(SCHEMA)
    number = 1
    for path in sorted(Path(folder).glob("*.xml")):
        rows = read_feed(path, number)
        connection.execute("begin")
        for name, width in TABLES.items():
            connection.executemany(
                f"insert into {name} values ({', '.join('?' * width)})",
                rows[name],
            )
        for index, table, columns in (
            ("articles_fts", "articles", "title, author, text"),
            ("sections_fts", "sections", "title, text"),
            ("code_fts", "code_blocks", "code"),
        ):
            first = number if table == "articles" else number * 1000
            connection.execute(
                f"insert into {index} (rowid, {columns})"
                f" select id, {columns} from {table} where id >= ?",
                (first,),
            )
        connection.execute("commit")
        number += len(rows["articles"])


main()
