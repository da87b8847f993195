"""Which link leads to which article, in whatever order the two were loaded.

A link leads to the article whose clean_url it has, else to the one whose canonical_url it has; of
several, to the first. So a cross-post gives way as soon as the original is loaded too.
"""

import json
import sqlite3
from collections.abc import Iterable

from feedsette.rows import Article

_FIND = """
select wanted.value, coalesce(
  (select min(id) from articles where clean_url = wanted.value),
  (select min(id) from articles where canonical_url = wanted.value)
) as target
from json_each(?) as wanted where target is not null
"""
_POINT = """
update links set target_article_id = :target
where clean_url = :url and target_article_id is not :target
"""


def find_targets(connection: sqlite3.Connection, articles: Iterable[Article]) -> dict[str, int]:
    """The ids of the articles that links of these articles lead to, by clean URL."""
    urls = {link.clean_url for article in articles for link in article.links if link.clean_url}
    return _find(connection, urls)


def point_links(connection: sqlite3.Connection, urls: Iterable[str | None]) -> None:
    """Point all links with one of these clean URLs anew: an article came, or changed its URL."""
    wanted = {url for url in urls if url}
    found = _find(connection, wanted)
    connection.executemany(
        _POINT, [{"url": url, "target": found.get(url)} for url in sorted(wanted)]
    )


def _find(connection: sqlite3.Connection, urls: set[str]) -> dict[str, int]:
    return dict(connection.execute(_FIND, (json.dumps(sorted(urls)),)))
