"""What a document does to the database: rows whole, in the order of the document."""

import pytest
from store_rows import (
    article,
    day,
    document,
    dump,
    feed,
    link,
    rows,
    tagged,
    unchanged,
    written_by,
)

from feedsette.records import Author
from feedsette.rows import Enclosure, Section
from feedsette.store import Database, StaleKnown
from feedsette.store.times import text_of

ARTICLES = "select id, item_key, title, first_seen, last_seen, removed_at from articles"
COUNTS = "select status, entries, new, changed, unchanged, removed, skipped, message from loads"


def at(number: int) -> str:
    return text_of(day(number))


def test_a_new_feed_fills_its_rows(db: Database) -> None:
    load = db.save(document(), feed(article("a"), article("b")), 0.5)

    assert rows(db, ARTICLES) == [
        (1, "a", "Title a", at(10), at(10), None),
        (2, "b", "Title b", at(10), at(10), None),
    ]
    assert rows(db, "select id, article_id, position, text from sections") == [
        (100_000, 1, 0, "Text a"),
        (200_000, 2, 0, "Text b"),
    ]
    assert rows(db, "select feed_key, first_seen, last_seen, article_count from feeds") == [
        ("https://a.example/feed", at(10), at(10), 2)
    ]
    assert rows(db, COUNTS) == [("loaded", 2, 2, 0, 0, 0, 0, None)]
    assert (load.id, load.feed_title, load.new, load.seconds) == (1, "A", 2, 0.5)
    assert load.started_at == day(100)


def test_loading_twice_moves_last_seen_and_the_log_alone(db: Database) -> None:
    flat = feed(
        article("a", **tagged("x", "y"), **written_by("Ann"), links=(link(0, "https://b.example"),))
    )
    db.save(document(seen=10), flat)
    before = dump(db, "loads", "fetches")
    db.save(document(seen=10), flat)
    assert dump(db, "loads", "fetches") == before
    db.save(document(seen=11), flat)
    changed = {name for name, held in dump(db, "loads", "fetches").items() if held != before[name]}
    assert changed == {"feeds", "articles"}
    assert rows(db, ARTICLES) == [(1, "a", "Title a", at(10), at(11), None)]


def test_the_same_bytes_touch_no_article(db: Database) -> None:
    db.save(document(seen=10), feed(article("a")))
    before = dump(db, "loads", "fetches", "feeds")
    assert db.is_seen(document(seen=12))
    assert not db.is_seen(document("two"))
    assert not db.is_seen(document(location="https://other.example/"))
    load = db.save_unchanged(document(seen=12))
    assert (load.status, load.feed_title, load.entries) == ("unchanged", "A", None)
    assert dump(db, "loads", "fetches", "feeds") == before
    assert rows(db, "select last_seen from feeds") == [(at(12),)]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title": "Other"}, "text"),
        ({"text": "Other", "html": "<p>Other</p>"}, "text"),
        ({"html": "<p class=x>Text a</p>"}, "markup"),
        ({"text": "Text\u2009 a", "html": "<p>Text\u2009 a</p>"}, "markup"),
        ({"url": "https://a.example/other"}, "metadata"),
        (tagged("x"), "metadata"),
        ({"author_rows": (Author("Ann"),), "author": "Ann"}, "metadata"),
    ],
)
def test_an_edit_keeps_the_version_before(
    db: Database, change: dict[str, object], named: str
) -> None:
    first, second = article("a"), article("a", **change)
    db.save(document("one", 10), feed(first))
    load = db.save(document("two", 11), feed(second))

    assert rows(db, "select * from revisions") == [
        (100_001, 1, 1, at(11), named, first.title, first.content_sha256, first.text, first.html)
    ]
    assert rows(
        db, "select revision_count, title, html, content_sha256, load_id, first_seen from articles"
    ) == [(1, second.title, second.html, second.content_sha256, 2, at(10))]
    assert (load.new, load.changed, load.unchanged) == (0, 1, 0)


def test_details_follow_the_feed_without_a_revision(db: Database) -> None:
    """A podcast moves its files; a date that a program stamps anew is no news."""
    old, new = (Enclosure(0, f"https://{host}.example/1.mp3", None, None, None) for host in "ab")
    db.save(document("one", 10), feed(article("a", enclosures=(old,))))
    moved = article("a", enclosures=(new,), published=day(5), summary="S")
    load = db.save(document("two", 11), feed(moved))
    assert (load.new, load.changed, load.unchanged) == (0, 0, 1)
    assert rows(db, "select url from enclosures") == [("https://b.example/1.mp3",)]
    read = "select summary, published, load_id, revision_count from articles"
    assert rows(db, read) == [("S", at(1), 1, 0)]
    assert rows(db, "select count(*) from revisions") == [(0,)]


def test_a_date_that_is_put_right_comes_in(db: Database) -> None:
    db.save(document("one", 10), feed(article("a", published=None, published_raw="soon")))
    db.save(document("two", 11), feed(article("a", published=day(5))))
    assert rows(db, "select published, published_raw from articles") == [(at(5), None)]
    db.save(document("three", 12), feed(article("a", published=day(6))))
    assert rows(db, "select published, last_seen from articles") == [(at(5), at(12))]


def test_revisions_of_markup_are_capped(db: Database) -> None:
    for number in range(30):
        made = article("a", html=f"<p data-n={number}>Text a</p>")
        db.save(document(str(number), number), feed(made))
    assert rows(db, "select count(*), max(number) from revisions") == [(24, 24)]
    db.save(document("text", 31), feed(article("a", title="New")))
    assert rows(db, "select revision_count, title, html from articles") == [
        (25, "New", "<p>Text a</p>")
    ]
    assert rows(db, "select change from revisions where number = 25") == [("text",)]


def test_children_keep_their_ids_and_the_surplus_goes(db: Database) -> None:
    sections = (Section(0, 0, None, None, None, 1, "x"), Section(1, 2, "H", "H", "h", 1, "y"))
    three = tuple(link(n, f"https://b.example/{n}", section=min(n, 1)) for n in range(3))
    db.save(document("one", 10), feed(article("a", sections=sections, links=three)))
    read = "select id, section_id, url from links"
    assert rows(db, read) == [
        (100_000, 100_000, "https://b.example/0"),
        (100_001, 100_001, "https://b.example/1"),
        (100_002, 100_001, "https://b.example/2"),
    ]
    shorter = article(
        "a", html="<p>x</p>", sections=sections[:1], links=(link(0, "https://b.example/2"),)
    )
    db.save(document("two", 11), feed(shorter))
    assert rows(db, read) == [(100_000, 100_000, "https://b.example/2")]
    assert rows(db, "select id from sections") == [(100_000,)]


def test_tags_and_authors_count_their_articles(db: Database) -> None:
    first = article("a", **tagged("x", "y"), **written_by("Ann", "Bo", "Ann"))
    db.save(document("one", 10), feed(first, article("b", **tagged("y"))))
    assert rows(db, "select * from tags") == [(1, "x", "x", 1), (2, "y", "y", 2)]
    assert rows(db, "select * from authors") == [(1, "Ann", None, 1), (2, "Bo", None, 1)]
    assert rows(db, "select * from article_authors") == [(1, 1, 0), (1, 2, 1)]

    edited = article("a", **tagged("z", "y"), **written_by("Bo"))
    db.save(document("two", 11), feed(edited, article("b", **tagged("y"))))
    assert rows(db, "select * from tags") == [(1, "x", "x", 0), (2, "y", "y", 2), (3, "z", "z", 1)]
    assert rows(db, "select article_id, tag_id, position from article_tags order by 1, 3") == [
        (1, 3, 0),
        (1, 2, 1),
        (2, 2, 0),
    ]
    assert rows(db, "select id, article_count from authors order by id") == [(1, 0), (2, 1)]


def test_authors_of_one_name_differ_by_their_page(db: Database) -> None:
    people = (Author("Ann"), Author("Ann", "https://ann.example/"))
    db.save(document(), feed(article("a", author_rows=people)))
    db.save(document("two", location="other"), feed(article("a", author_rows=people), feed_key="B"))
    assert rows(db, "select name, url, article_count from authors") == [
        ("Ann", None, 2),
        ("Ann", "https://ann.example/", 2),
    ]


def test_a_date_that_was_known_is_not_forgotten(db: Database) -> None:
    db.save(document("one", 10), feed(article("a")))
    db.save(document("two", 11), feed(article("a", title="New", published=None)))
    assert rows(db, "select title, published from articles") == [("New", at(1))]


def test_a_missing_date_stays_missing(db: Database) -> None:
    db.save(document(), feed(article("a", published=None, published_raw="soon")))
    assert rows(db, "select published, published_raw from articles") == [(None, "soon")]


def test_items_with_the_key_of_another_are_counted(db: Database) -> None:
    load = db.save(document(), feed(article("a"), article("a", title="Twin"), skipped=("x: y",)))
    assert (load.entries, load.new, load.skipped) == (3, 1, 2)
    assert load.message == "x: y; 1 items had the key of an earlier one"


def test_what_is_left_out_of_an_item_is_named_and_skips_no_item(db: Database) -> None:
    lines = tuple("abcdefghijkl")
    load = db.save(document(), feed(article("a"), skipped=("x: twin",), shortened=lines))
    assert (load.entries, load.new, load.skipped) == (2, 1, 1)
    assert load.message == "x: twin; a; b; c; d; e; f; g; h; i; j; 2 more were shortened"


def test_the_log_names_some_skipped_items_and_counts_the_rest(db: Database) -> None:
    load = db.save(document(), feed(message="cut off", skipped=tuple("abcdefghijklm")))
    assert load.skipped == 13
    assert load.message == "cut off; a; b; c; d; e; f; g; h; i; j; 3 more were skipped"


def test_halves_of_surrogate_pairs_are_mended(db: Database) -> None:
    half = article("a\udc00", title="x \ud83d", **tagged("t\ud800"))
    pair = article("b", title="\ud83d\ude00", sections=(Section(0, 0, "\ud800", *[None] * 4),))
    assert db.save(document(), feed(half, pair, title="A\ud800")).new == 2
    assert db.save(document("two", 11), feed(half, pair, title="A\ud800")).unchanged == 2
    assert rows(db, "select item_key, title from articles") == [
        ("a\ufffd", "x \ufffd"),
        ("b", "\U0001f600"),
    ]


def test_an_unchanged_article_needs_no_rows(db: Database) -> None:
    made = article("a")
    db.save(document("one", 10), feed(made))
    assert db.known("https://a.example/feed").hashes == {"a": made.content_sha256}
    assert db.known("https://never.example/").keys == frozenset()
    load = db.save(document("two", 11), feed(unchanged(made), article("b")))
    assert (load.new, load.unchanged) == (1, 1)
    assert rows(db, ARTICLES)[0] == (1, "a", "Title a", at(10), at(11), None)


@pytest.mark.parametrize("held", [article("a", title="Newer"), article("b")])
def test_a_stale_unchanged_article_is_sent_back(db: Database, held: object) -> None:
    made = article("a")
    db.save(document("one", 10), feed(held))
    before = dump(db)
    with pytest.raises(StaleKnown) as stale:
        db.save(document("two", 11), feed(unchanged(made)))
    assert stale.value.known == db.known("https://a.example/feed")
    assert dump(db) == before
    db.save(document("two", 11), feed(made))
    assert rows(db, "select title from articles where item_key = 'a'") == [("Title a",)]


def test_items_keyed_without_the_feeds_policy_are_sent_back_once(db: Database) -> None:
    db.save(document("one", 10), feed(article("a"), key_policy="guid"))
    other = document("two", 11, location="https://mirror.example/feed")
    flat = feed(article("a"), key_policy="guid+link")
    with pytest.raises(StaleKnown) as stale:
        db.save(other, flat)
    assert stale.value.known.key_policy == "guid"
    assert stale.value.known.keys == {"a"}
    db.save(other, flat)
    assert rows(db, "select key_policy from feeds") == [("guid+link",)]
