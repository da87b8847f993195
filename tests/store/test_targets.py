"""Links that lead to articles of the database, whichever came first."""

from itertools import permutations

import pytest
from store_rows import article, document, feed, link, rows

from feedsette.store import Database

B = "https://a.example/b"
TARGETS = """
select source.item_key, target.item_key from links
join articles as source on source.id = links.article_id
left join articles as target on target.id = target_article_id order by 1
"""


def other(url: str) -> dict[str, object]:
    return {"url": url, "clean_url": url, "canonical_url": url}


CITING = article("citing", links=(link(0, B),))
CITED = article("b")
CROSS_POST = article("copy", **other("https://dev.example/b") | {"canonical_url": B})


@pytest.mark.parametrize("order", list(permutations([CITING, CITED, CROSS_POST])))
def test_the_original_is_the_target_in_any_order(db: Database, order: tuple[object, ...]) -> None:
    for number, made in enumerate(order):
        url = f"https://{number}.example"
        db.save(document(location=url), feed(made, feed_key=url))
    assert rows(db, TARGETS) == [("citing", "b")]


def test_articles_of_one_document_cite_each_other(db: Database) -> None:
    db.save(document(), feed(CITING, CITED))
    assert rows(db, "select target_article_id from links") == [(2,)]


def test_a_cross_post_stands_in_for_its_original(db: Database) -> None:
    db.save(document(), feed(CITING, CROSS_POST))
    assert rows(db, TARGETS) == [("citing", "copy")]


def test_a_target_that_moves_is_no_target_any_more(db: Database) -> None:
    db.save(document("one", 10), feed(CITING, CITED))
    moved = article("b", **other("https://a.example/moved"))
    db.save(document("two", 11), feed(CITING, moved))
    assert rows(db, TARGETS) == [("citing", None)]
    db.save(document("three", 12), feed(CITING, CITED))
    assert rows(db, TARGETS) == [("citing", "b")]
