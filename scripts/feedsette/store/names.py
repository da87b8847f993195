"""Authors and tags: rows that many articles share, found by natural key, with their counts.

A name that no article bears any more keeps its row with article_count 0, so that an id never comes
to mean another name.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from feedsette.records import Author
from feedsette.rows import Article, Tag

_FIND_AUTHOR = "select id from authors where name = ? and coalesce(url, '') = coalesce(?, '')"
_ADD_AUTHOR = "insert into authors (name, url, article_count) values (?, ?, 0)"
_FIND_TAG = "select id from tags where slug = ?"
_ADD_TAG = "insert into tags (slug, name, article_count) values (?, ?, 0)"


class Names:
    """The authors and tags of one transaction: call `join` for each article, then `save_counts`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._authors: dict[Author, int] = {}
        self._tags: dict[str, int] = {}
        self._author_counts: Counter[int] = Counter()
        self._tag_counts: Counter[int] = Counter()

    def join(self, article_id: int, article: Article, *, new: bool) -> None:
        """Let the article have these authors and tags, and no others."""
        authors = _once(self._author_id(author) for author in article.author_rows)
        tags = _once(self._tag_id(tag) for tag in article.tag_rows)
        self._replace("author", article_id, (authors, self._author_counts), new=new)
        self._replace("tag", article_id, (tags, self._tag_counts), new=new)

    def save_counts(self) -> None:
        """Write the article_count of every name that gained or lost articles."""
        for table, counts in (("authors", self._author_counts), ("tags", self._tag_counts)):
            self.connection.executemany(
                f"update {table} set article_count = article_count + ? where id = ?",  # noqa: S608
                [(change, row_id) for row_id, change in counts.items() if change],
            )

    def _author_id(self, author: Author) -> int:
        if author not in self._authors:
            key = (author.name, author.url)
            self._authors[author] = self._find_or_add(_FIND_AUTHOR, _ADD_AUTHOR, key, key)
        return self._authors[author]

    def _tag_id(self, tag: Tag) -> int:
        if tag.slug not in self._tags:
            row = (tag.slug, tag.name)
            self._tags[tag.slug] = self._find_or_add(_FIND_TAG, _ADD_TAG, (tag.slug,), row)
        return self._tags[tag.slug]

    def _find_or_add(
        self, find: str, add: str, key: Sequence[object], row: Sequence[object]
    ) -> int:
        found = self.connection.execute(find, key).fetchone()
        if found:
            return int(found[0])
        return self.connection.execute(add, row).lastrowid or 0

    def _replace(
        self, name: str, article_id: int, wanted: tuple[list[int], Counter[int]], *, new: bool
    ) -> None:
        ids, counts = wanted
        table = f"article_{name}s"
        held = [] if new else self._held(name, article_id)
        if ids == held:
            return
        if held:
            self.connection.execute(f"delete from {table} where article_id = ?", (article_id,))  # noqa: S608
        self.connection.executemany(
            f"insert into {table} (article_id, {name}_id, position) values (?, ?, ?)",  # noqa: S608
            [(article_id, row_id, position) for position, row_id in enumerate(ids)],
        )
        counts.update(ids)
        counts.subtract(held)

    def _held(self, name: str, article_id: int) -> list[int]:
        rows = self.connection.execute(
            f"select {name}_id from article_{name}s where article_id = ? order by position",  # noqa: S608
            (article_id,),
        )
        return [row_id for (row_id,) in rows]


def _once(ids: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(ids))
