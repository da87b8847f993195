"""What `check` finds: damage with the way out, and what is doubtful about the feeds."""

from pathlib import Path

import pytest
from store_rows import article, day, document, feed, link, rows

from feedsette.rows import CodeBlock, Embed, Enclosure, Image
from feedsette.store import Database, Finding, open_database
from feedsette.store.checks import REBUILDING
from feedsette.store.connections import MENDING


def kinds(db: Database) -> list[tuple[object, ...]]:
    return rows(db, "select article_id, kind, detail from problems order by kind, article_id")


def picture(position: int, alt: str | None) -> Image:
    url = f"https://a.example/{position}.png"
    return Image(position, 0, url, url, alt, None, None, None, None, None)


@pytest.mark.parametrize(
    ("changes", "kind", "detail"),
    [
        ({"links": (link(0, None, problem="bad host", text="x"),)}, "malformed link",
         "bad host: x"),
        ({"links": (link(0, "http://b..c", problem="bad host"),)}, "malformed link",
         "bad host: http://b..c"),
        ({"published": None}, "no date", "the feed names no date of publication"),
        ({"published": None, "published_raw": "soon"}, "unusable date", "soon"),
        ({"published": day(12)}, "future date", "2024-03-13T00:00:00+00:00"),
        ({"text": None, "word_count": 0, "sections": ()}, "no text", "https://a.example/a"),
        ({"text": None, "word_count": 0, "sections": (), "url": None, "guid": None}, "no text",
         "nor does the feed name its address"),
        ({"images": (picture(0, None), picture(1, "x"), picture(2, None))}, "no alt text",
         "2 of its images"),
        ({"code_blocks": (CodeBlock(0, 0, None, None, None, None, 1, None, "x"),)},
         "unlabelled code", "1 of its code blocks"),
    ],
)  # fmt: skip
def test_a_problem_is_listed(
    db: Database, changes: dict[str, object], kind: str, detail: str
) -> None:
    db.save(document(seen=10), feed(article("a", **changes)))
    assert kinds(db) == [(1, kind, detail)]
    expected = Finding(kind, "warning", 1, "first in article 1; see the view problems")
    assert db.check() == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"text": None, "enclosures": (Enclosure(0, "https://a.example/1.mp3", None, None, None),)},
        {"text": None, "embeds": (Embed(0, 0, "other", "https://a.example/1", None),)},
        {"images": (picture(0, None)._replace(section=None),)},
    ],
    ids=[
        "a recording is no empty article",
        "nor a video",
        "a feed's thumbnail can have no alt text",
    ],
)
def test_what_is_no_problem(db: Database, changes: dict[str, object]) -> None:
    db.save(document(), feed(article("a", **changes)))
    assert kinds(db) == []


def test_only_where_others_have_a_title_one_is_missed(db: Database) -> None:
    db.save(document("notes"), feed(article("a", title=None), article("b", title=None)))
    assert kinds(db) == []
    db.save(document("more"), feed(article("a", title=None), article("c")))
    assert kinds(db) == [
        (1, "no title", "https://a.example/a"),
        (2, "no title", "https://a.example/b"),
    ]


def test_a_date_of_tomorrow_may_be_a_matter_of_zones(db: Database) -> None:
    db.save(document(seen=10), feed(article("a", published=day(11))))
    assert kinds(db) == []


def test_repeated_titles_and_suspected_duplicates(db: Database) -> None:
    same = "https://a.example/same"
    db.save(
        document(),
        feed(
            article("a", title="Weekly"),
            article("b", title="Weekly"),
            article("c", canonical_url=same),
            article("d", canonical_url=same),
        ),
    )
    assert kinds(db) == [
        (1, "repeated title", "2 articles of the feed"),
        (2, "repeated title", "2 articles of the feed"),
        (3, "suspected duplicate", same),
        (4, "suspected duplicate", same),
    ]


def test_cross_posts_stand_in_two_feeds(db: Database) -> None:
    url = "https://a.example/a"
    copy = article("x", url="https://b.example/x", canonical_url=url, published=day(3), title="C")
    db.save(document("one"), feed(article("a"), article("b")))
    db.save(document("two", location="https://b.example/feed"), feed(copy, feed_key="B"))
    assert rows(db, "select * from cross_posts") == [
        (url, 2, 2, "2024-03-02T00:00:00+00:00", 1, "Title a")
    ]
    assert db.check() == [Finding("cross-post", "warning", 1, "see the view cross_posts")]


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("update tags set article_count = 7",
         Finding("wrong count", "error", 1,
                 f"tags.article_count differs from the rows that it counts: {MENDING}")),
        ("update domain_counts set articles = 7",
         Finding("wrong count", "error", 1,
                 f"domain_counts differs from the rows that it counts: {MENDING}")),
        ("update sections set position = 9",
         Finding("wrong id", "error", 1,
                 f"sections.id does not follow from article and position: {MENDING}")),
        ("update links set section_id = 77",
         Finding("broken reference", "error", 1,
                 f"first links 100000, whose sections is missing: {MENDING}")),
        ("insert into sections_fts (sections_fts, rowid, text) values ('delete', 100000, 'Text a')",
         Finding("search index", "error", 1,
                 f"sections_fts: database disk image is malformed: {REBUILDING}")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("read_only", [True, False])
def test_a_fault_is_found(path: Path, damage: str, finding: Finding, read_only: bool) -> None:
    with open_database(path) as db:
        tags = {"tags": '["x"]', "tag_rows": ()}
        db.save(document(), feed(article("a", links=(link(0, "https://b.example"),), **tags)))
        db.connection.execute("insert into tags (slug, name, article_count) values ('x', 'x', 0)")
        assert db.check() == []
        db.connection.execute("pragma foreign_keys = off")
        db.connection.execute(damage)
    with open_database(path, read_only=read_only) as db:
        assert db.check() == [finding]


def test_an_index_in_use_is_no_damage(path: Path) -> None:
    with open_database(path) as db, open_database(path, read_only=True, busy_seconds=0.01) as other:
        db.save(document(), feed(article("a")))
        db.connection.execute("begin immediate")
        assert other.check() == []


def test_a_corrupt_page_ends_the_examination(path: Path) -> None:
    with open_database(path) as db:
        articles = [article(str(n), html="x" * 5000, published=day(n)) for n in range(50)]
        db.save(document(), feed(*articles))
        (page,) = rows(db, "select rootpage from sqlite_master where name = 'articles'")[0]
        (size,) = rows(db, "pragma page_size")[0]
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    with open_database(path, read_only=True) as db:
        (finding,) = db.check()
    assert (finding.kind, finding.severity) == ("damaged", "error")
    assert finding.detail.endswith(MENDING)


def test_what_is_well_is_not_read_to_find_what_is_not(db: Database) -> None:
    """Else a page of it takes the longer the fewer problems there are: 2 s of a million articles."""
    plan = [row[3] for row in db.connection.execute("explain query plan select * from problems")]
    read = {line for line in plan if line.startswith("SCAN")}
    assert read == {
        "SCAN articles USING INDEX idx_articles_early",
        "SCAN images USING INDEX idx_images_silent",
        "SCAN same",
        "SCAN same USING COVERING INDEX sqlite_autoindex_repeated_urls_1",
        "SCAN problems",
    }
