"""feedsette from Python, and a table of one's own."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import feedsette
from datasets import ROOT, SAMPLE, feed, item
from feedsette import Article, load_feeds
from tables import ask

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def add_questions(db: Any, article_id: int, article: Article) -> None:
    """Keep the sentences that ask something."""
    questions = db.table("questions", pk="id", foreign_keys=[("article_id", "articles", "id")])
    if questions.exists():
        questions.delete_where("article_id = ?", [article_id])
    questions.insert_all(
        {"article_id": article_id, "question": found[0].strip()}
        for found in re.finditer(r"[^.?!\n]+\?", article.text or "")
    )


def test_the_readmes_example_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Also where its reader has loaded the sample before, as README has it."""
    monkeypatch.chdir(tmp_path)
    Path("feeds").symlink_to(SAMPLE.parent)
    load_feeds("feeds/sample.xml", database="content.db")
    (example,) = re.findall(
        r"```python\n(def add_questions.+?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    exec(compile(example, "README.md", "exec"), {"load_feeds": load_feeds})
    assert ask(tmp_path / "content.db", "select question from questions") == [
        ("Episode 3: Who carries the pager when there are two of you?",)
    ]


def test_load_feeds_is_the_load_command(tmp_path: Path):
    seen: list[str] = []
    loads = load_feeds(
        SAMPLE, tmp_path / "missing.xml", database=tmp_path / "content.db",
        on_load=lambda load: seen.append(load.status),
    )  # fmt: skip
    assert [(load.status, load.new, load.is_flawed) for load in loads] == [
        ("loaded", 13, False), ("failed", None, True)
    ]  # fmt: skip
    assert seen == ["loaded", "failed"]
    assert ask(tmp_path / "content.db", "select count(*) from articles") == [(13,)]


def test_a_table_of_ones_own_follows_new_and_changed_articles(tmp_path: Path):
    path, source = tmp_path / "content.db", tmp_path / "feed.xml"
    source.write_text(feed(item("One", html="<p>Why? Who knows.</p>"), item("Two", html="No.")))
    load_feeds(source, database=path, on_article=add_questions)
    assert ask(path, "select article_id, question from questions") == [(1, "Why?")]
    source.write_text(feed(item("One", html="<p>How? When?</p>"), item("Two", html="No.")))
    load_feeds(source, database=path, on_article=add_questions)
    assert ask(path, "select article_id, question from questions order by id") == [
        (1, "How?"),
        (1, "When?"),
    ]


def test_what_a_hook_raises_ends_the_load_and_spoils_nothing(tmp_path: Path):
    path = tmp_path / "content.db"
    (tmp_path / "a.xml").write_text(feed(item("One")))
    (tmp_path / "b.xml").write_text(feed(item("Bad"), title="B", site="https://b.example"))

    def refuse(db: Any, article_id: int, article: Article) -> None:
        if article.title == "Bad":
            raise LookupError("no such thing")

    with pytest.raises(LookupError):
        load_feeds(tmp_path / "a.xml", tmp_path / "b.xml", database=path, on_article=refuse)
    assert ask(path, "select title from articles") == [("One",)]
    assert ask(path, "select count(*) from feeds") == [(1,)]


def test_a_database_that_cannot_be_used_is_an_error_of_one_line(tmp_path: Path):
    (tmp_path / "content.db").write_text("no database" * 500)
    with pytest.raises(feedsette.FeedsetteError, match=r"is not a SQLite database$"):
        load_feeds(SAMPLE, database=tmp_path / "content.db")


def test_a_contact_that_no_header_can_hold_is_refused_before_anything(tmp_path: Path):
    with pytest.raises(ValueError, match=r"^contact has a line break"):
        load_feeds("x.xml", database=tmp_path / "content.db", contact="ann@a.example\nX: y")
    assert list(tmp_path.iterdir()) == []


def test_the_package_names_what_is_public():
    assert all(getattr(feedsette, name) for name in feedsette.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = feedsette.nonsense
