"""Documents out of order, removals and returns."""

import pytest
from store_rows import article, day, document, dump, feed, rows, unchanged
from test_saving import ARTICLES, at

from feedsette.store import Database, open_database
from feedsette.store.changes import oldest_of_window

A, B, C = (article(key, published=day(number)) for number, key in enumerate("abc", 1))


def test_a_missing_newer_item_was_removed_an_older_one_rolled_off(db: Database) -> None:
    db.save(document("one", 10), feed(C, B, A))
    load = db.save(document("two", 11), feed(article("d", published=day(4)), B))
    assert load.removed == 1
    assert rows(db, "select item_key, removed_at from articles order by item_key") == [
        ("a", None),
        ("b", None),
        ("c", at(11)),
        ("d", None),
    ]


def test_a_removed_item_may_come_back(db: Database) -> None:
    db.save(document("one", 10), feed(B, A))
    db.save(document("two", 11), feed(A))
    assert rows(db, ARTICLES)[0] == (1, "b", "Title b", at(10), at(10), at(11))
    db.save(document("three", 12), feed(unchanged(B), A))
    assert rows(db, ARTICLES)[0] == (1, "b", "Title b", at(10), at(12), None)


def test_an_edited_item_may_come_back(db: Database) -> None:
    db.save(document("one", 10), feed(B, A))
    db.save(document("two", 11), feed(A))
    db.save(document("three", 12), feed(article("b", published=day(2), title="New"), A))
    assert rows(db, ARTICLES)[0] == (1, "b", "New", at(10), at(12), None)


@pytest.mark.parametrize(
    "flat",
    [
        feed(A, complete=False),
        feed(),
        feed(article("x", published=None)),
    ],
    ids=["broken", "empty", "undated"],
)
def test_a_document_that_proves_nothing_removes_nothing(db: Database, flat: object) -> None:
    db.save(document("one", 10), feed(B, A))
    assert db.save(document("two", 11), flat).removed == 0
    assert rows(db, "select count(*) from articles where removed_at is not null") == [(0,)]


@pytest.mark.parametrize(
    ("dates", "oldest"),
    [
        ([], None),
        ([None, None], None),
        ([5], 5),
        ([5, 4, None, 3], 3),
        ([3, 4, 5], 3),
        ([1, 5, 4, 3], 3),
        ([2, 1, 5, 5, 3], 3),
        ([5, 2, 4], 2),
        ([4, 4], 4),
    ],
)
def test_the_window_ends_at_its_oldest_entry_but_not_at_a_pinned_one(
    dates: list[int | None], oldest: int | None
) -> None:
    found = oldest_of_window([None if date is None else day(date) for date in dates])
    assert found == (None if oldest is None else at(oldest))


def test_an_older_document_overwrites_nothing(db: Database) -> None:
    db.save(document("new", 20), feed(article("b", title="Newest"), title="Newest"))
    load = db.save(document("old", 10), feed(article("a"), article("b", title="Older")))
    assert (load.new, load.changed, load.unchanged, load.removed) == (1, 0, 1, 0)
    assert rows(db, ARTICLES) == [
        (1, "b", "Newest", at(10), at(20), None),
        (2, "a", "Title a", at(10), at(10), None),
    ]
    assert rows(db, "select title, first_seen, last_seen from feeds") == [
        ("Newest", at(10), at(20))
    ]


def test_a_better_extractor_reads_anew_without_a_revision(path: object) -> None:
    with open_database(path, extractor_version=1) as db:
        db.save(document(), feed(article("a")))
    better = article("a", title="Title a", text="Text a, and more of it")
    with open_database(path, extractor_version=2) as db:
        assert not db.is_seen(document())
        assert db.known("https://a.example/feed").hashes == {}
        assert db.known("https://a.example/feed").keys == {"a"}
        load = db.save(document(), feed(better))
        assert (load.changed, load.unchanged) == (0, 1)
        assert rows(
            db, "select text, extractor_version, load_id, revision_count from articles"
        ) == [("Text a, and more of it", 2, 1, 0)]
        edited = article("a", html="<p>Edited</p>", text="Edited")
        db.save(document("two", 11), feed(edited))
    with open_database(path, extractor_version=3) as db:
        titled = article("a", html="<p>Edited</p>", text="Edited", title="Better read")
        db.save(document("three", 12), feed(titled))
        assert rows(db, "select change from revisions") == [("text",)]
        assert rows(db, "select title from articles") == [("Better read",)]


def test_copies_know_each_other(db: Database) -> None:
    def copy(name: str, content: str, seen: int) -> object:
        return document(content, seen, location=f"/c/{name}", copy_of="/c/feed.xml")

    db.save(copy("1", "one", 10), feed(A))
    assert db.is_seen(copy("2", "one", 11))
    db.save_unchanged(copy("2", "one", 11))
    assert not db.is_seen(copy("3", "two", 12))
    assert db.known("/c/feed.xml").keys == {"a"}
    db.save(copy("3", "two", 12), feed(B, A))
    again = [copy("1", "one", 10), copy("2", "one", 11), copy("3", "two", 12)]
    assert [db.is_seen(one) for one in again] == [True, True, True]


def test_the_order_of_replay_does_not_matter_to_the_newest_state(db: Database) -> None:
    steps = [
        (document("1", 10), feed(A)),
        (document("2", 11), feed(B, A)),
        (document("3", 12), feed(article("b", published=day(2), title="New"), A)),
    ]
    for step in steps:
        db.save(*step)
    in_order = dump(db)
    read = "select item_key, title, first_seen, last_seen from articles order by item_key"
    expected = rows(db, read)
    with open_database(":memory:", clock=lambda: day(100)) as other:
        for step in reversed(steps):
            other.save(*step)
        assert rows(other, read) == expected
    with open_database(":memory:", clock=lambda: day(100)) as same:
        for step in steps:
            same.save(*step)
        assert dump(same) == in_order
