"""What the store keeps counted, after every kind of change."""

from store_rows import article, day, document, feed, link, rows, tagged

from feedsette.schema import TALLIES
from feedsette.store import Database
from feedsette.store.tallies import differences, fill

MONTHS = "select tag, month, articles from tag_months"
DOMAINS = "select * from domain_counts order by domain"
HERE, THERE = "https://b.example/x", "https://c.example/"
IN_APRIL = {"published": day(40)}
"""31 days later than the other articles."""


def elsewhere(position: int, **changes: object) -> object:
    return link(position, THERE, domain="c.example", **changes)


def test_new_articles_are_counted_once_each(db: Database) -> None:
    first = article("a", **tagged("x", "y"), links=(link(0, HERE), link(1, HERE), elsewhere(2)))
    db.save(
        document(),
        feed(
            first,
            article("b", **tagged("x"), **IN_APRIL, links=(link(0, HERE, kind="image"),)),
            article("c", **tagged("y"), published=None, links=(elsewhere(0, internal=True),)),
        ),
    )
    assert rows(db, MONTHS) == [("x", "2024-03", 1), ("x", "2024-04", 1), ("y", "2024-03", 1)]
    assert rows(db, DOMAINS) == [("b.example", 3, 2, 2, 1), ("c.example", 2, 2, 1, 1)]


def test_links_of_footers_and_without_a_host_do_not_count(db: Database) -> None:
    links = (elsewhere(0, footer=True), link(1, None, domain=None))
    db.save(document(), feed(article("a", links=links)))
    assert rows(db, DOMAINS) == []


def test_another_document_adds_to_them(db: Database) -> None:
    made = article("a", **tagged("x"), links=(link(0, HERE),))
    db.save(document(), feed(made))
    other = document("two", location="https://b.example/feed")
    db.save(other, feed(made, feed_key="B"))
    assert rows(db, MONTHS) == [("x", "2024-03", 2)]
    assert rows(db, DOMAINS) == [("b.example", 2, 2, 2, 2)]


def test_an_edit_moves_what_it_changes_and_leaves_no_empty_row(db: Database) -> None:
    links = (link(0, HERE), elsewhere(1))
    kept = article("b", **tagged("x"), links=links)
    db.save(document(), feed(article("a", **tagged("x", "y"), links=links), kept))
    edited = article("a", **tagged("x", "z"), **IN_APRIL, links=(link(0, HERE),), title="New")
    db.save(document("two", seen=11), feed(edited, kept))
    assert rows(db, MONTHS) == [("x", "2024-03", 1), ("x", "2024-04", 1), ("z", "2024-04", 1)]
    assert rows(db, DOMAINS) == [("b.example", 2, 2, 2, 2), ("c.example", 1, 1, 1, 1)]
    db.save(document("three", seen=12), feed(edited, article("b", title="Bare")))
    assert rows(db, MONTHS) == [("x", "2024-04", 1), ("z", "2024-04", 1)]
    assert rows(db, DOMAINS) == [("b.example", 1, 1, 1, 1)]
    assert not any(differences(db.connection, table) for table in TALLIES)


TITLES = "select title, feed_id, articles from repeated_titles"
SAME = {"canonical_url": "https://b.example/same"}


def test_what_repeats_within_a_feed_is_kept_and_nothing_else(db: Database) -> None:
    first, second = article("a", title="One", **SAME), article("b", title="Two")
    db.save(document(), feed(first, second))
    db.save(document("other", location="https://b.example/feed"), feed(first, feed_key="B"))
    assert rows(db, TITLES) == []
    third = article("c", title="One", **SAME)
    db.save(document("three", seen=11), feed(first, second, third))
    assert rows(db, TITLES) == [("One", 1, 2)]
    assert rows(db, "select * from repeated_urls") == [("https://b.example/same", 1, 2)]
    fourth = article("d", title="One")
    db.save(document("four", seen=12), feed(first, second, third, fourth))
    assert rows(db, TITLES) == [("One", 1, 3)]
    assert not any(differences(db.connection, table) for table in TALLIES)


def test_an_edit_ends_a_repetition_and_begins_another(db: Database) -> None:
    first, second, third = (article(key, title=title) for key, title in ("aX", "bX", "cY"))
    db.save(document(), feed(first, second, third))
    assert rows(db, TITLES) == [("X", 1, 2)]
    edited = article("b", title="Y")
    db.save(document("two", seen=11), feed(first, edited, third))
    assert rows(db, TITLES) == [("Y", 1, 2)]
    db.save(document("three", seen=12), feed(first, article("b", title=None), third))
    assert rows(db, TITLES) == []
    assert not any(differences(db.connection, table) for table in TALLIES)


def test_two_articles_that_swap_their_titles_change_nothing(db: Database) -> None:
    titles = ["X", "X", "Y", "Y"]
    made = [article(key, title=title) for key, title in zip("abcd", titles, strict=True)]
    db.save(document(), feed(*made))
    made = [article(key, title=title) for key, title in zip("abcd", reversed(titles), strict=True)]
    db.save(document("two", seen=11), feed(*made))
    assert rows(db, TITLES) == [("X", 1, 2), ("Y", 1, 2)]


def test_an_edit_of_words_alone_writes_nothing_into_them(db: Database) -> None:
    parts = {**tagged("x"), "links": (link(0, HERE),)}
    db.save(document(), feed(article("a", **parts)))
    written: list[str] = []
    db.connection.set_trace_callback(written.append)
    db.save(document("two", seen=11), feed(article("a", **parts, html="<p>New</p>")))
    db.connection.set_trace_callback(None)
    names = tuple(f"{verb} {table.name}" for table in TALLIES for verb in ("insert into", "update"))
    assert [sql for sql in written if sql.lstrip().startswith(names)] == []


def test_they_can_be_counted_anew(db: Database) -> None:
    parts = {**tagged("x"), **SAME, "title": "Twice", "links": (link(0, HERE),)}
    db.save(document(), feed(article("a", **parts), article("b", **parts)))
    before = [rows(db, f"select * from {table.name}") for table in TALLIES]
    for table in TALLIES:
        db.connection.execute(f"update {table.name} set articles = 9")
        assert differences(db.connection, table) == 1
    fill(db.connection)
    assert [rows(db, f"select * from {table.name}") for table in TALLIES] == before
