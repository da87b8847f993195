"""The whole trip: the same database for any number of workers, and nothing lost on the way."""

import json
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bench.corpora import write_feeds

from datasets import feed, item
from feedsette import loading, waiting
from feedsette.executors import POOL_AFTER, GrowingExecutor, InlineExecutor
from feedsette.loading import Trip
from feedsette.sources import SourceOptions
from feedsette.store import Load, open_database
from servers import FeedServer, Handler, Reply, Request, reply
from tables import ask, read_tables

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def load(
    path: Path,
    *locations: object,
    executor: Executor | None = None,
    detect: bool = False,
    **more: Any,
) -> list[Load]:
    options = SourceOptions(clock=lambda: NOW, allow_private=True, **more)
    with open_database(path, clock=lambda: NOW) as database, executor or InlineExecutor() as runs:
        trip = Trip(database, options, runs, detect=detect)
        return list(trip.load([str(location) for location in locations]))


def test_any_number_of_workers_makes_the_same_database(tmp_path: Path):
    list(write_feeds(tmp_path / "feeds", 240, 8))
    one = load(tmp_path / "one.db", tmp_path / "feeds")
    two = load(tmp_path / "two.db", tmp_path / "feeds", executor=GrowingExecutor(2))
    assert [(one_load.location, one_load.new) for one_load in one] == [
        (two_load.location, two_load.new) for two_load in two
    ]
    assert read_tables(tmp_path / "one.db") == read_tables(tmp_path / "two.db")


def test_loading_twice_changes_nothing_but_the_log(tmp_path: Path):
    list(write_feeds(tmp_path / "feeds", 24, 12))
    path = tmp_path / "content.db"
    load(path, tmp_path / "feeds")
    before = read_tables(path)
    assert {done.status for done in load(path, tmp_path / "feeds")} == {"unchanged"}
    assert read_tables(path) == before
    forced = load(path, tmp_path / "feeds", force=True)
    assert [(done.status, done.unchanged) for done in forced] == [("loaded", 12)] * 2
    assert read_tables(path) == before


def test_what_a_feed_puts_right_beside_the_text_comes_in_without_a_revision(tmp_path: Path):
    path, source = tmp_path / "content.db", tmp_path / "podcast.json"
    first = {
        "id": "1", "title": "Owls", "content_html": "<p>Of owls.</p>",
        "date_published": "2024-13-45", "attachments": [{"url": "https://a.example/1.mp3"}],
    }  # fmt: skip
    second = first | {
        "date_published": "2024-12-05T00:00:00Z",
        "attachments": [{"url": "https://b.example/1.mp3"}],
    }
    for one, outcome in ((first, (1, 0, 0)), (second, (0, 0, 1)), (second, (None, None, None))):
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Night", "items": [one]}
        source.write_text(json.dumps(feed))
        (done,) = load(path, source)
        assert (done.new, done.changed, done.unchanged) == outcome
    assert ask(path, "select url from enclosures") == [("https://b.example/1.mp3",)]
    assert ask(path, "select published, published_raw, revision_count from articles") == [
        ("2024-12-05T00:00:00+00:00", None, 0)
    ]


def test_force_reads_articles_again_that_are_held(tmp_path: Path):
    """After the extra detect was installed, say: nothing is an edit, only the languages come."""
    code = "import os\n\n\ndef walk(path):\n    for name in os.listdir(path):\n        yield name\n"
    feed = tmp_path / "a.xml"
    feed.write_text(
        "<rss version='2.0'><channel><title>A</title><item><guid>1</guid><title>One</title>"
        f"<description>&lt;pre&gt;{code}&lt;/pre&gt;</description></item></channel></rss>"
    )
    path = tmp_path / "content.db"
    languages = "select language, language_source from code_blocks"
    load(path, feed)
    load(path, feed, detect=True)
    assert ask(path, languages) == [(None, None)]
    (forced,) = load(path, feed, detect=True, force=True)
    assert (forced.status, forced.unchanged, forced.changed) == ("loaded", 1, 0)
    assert ask(path, languages) == [("python", "detected")]
    assert ask(path, "select count(*) from revisions") == [(0,)]


class DyingExecutor(GrowingExecutor):
    """A real pool, whose processes are killed when the third document comes."""

    count = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        self._bytes = POOL_AFTER
        self.count += 1
        future = super().submit(fn, *args, **kwargs)
        if self.count == 3:
            for number in list(self._started()._processes):
                os.kill(number, signal.SIGKILL)
        return future


def test_a_killed_process_loses_nothing(tmp_path: Path):
    list(write_feeds(tmp_path / "feeds", 100, 5))
    load(tmp_path / "whole.db", tmp_path / "feeds")
    done = load(tmp_path / "killed.db", tmp_path / "feeds", executor=DyingExecutor(2))
    assert {one.status for one in done} == {"loaded"}
    assert read_tables(tmp_path / "killed.db") == read_tables(tmp_path / "whole.db")


def test_stopping_between_documents_leaves_what_was_loaded(tmp_path: Path):
    list(write_feeds(tmp_path / "feeds", 50, 5))
    path = tmp_path / "content.db"
    with open_database(path) as database, InlineExecutor() as executor:
        for count, _ in enumerate(
            Trip(database, SourceOptions(), executor).load([str(tmp_path / "feeds")]), 1
        ):
            if count == 3:
                break
    ((loads, articles, whole),) = ask(
        path,
        "select (select count(*) from loads), count(*), count(distinct feed_id) from articles",
    )
    assert loads == whole >= 3
    assert articles == 5 * whole


def test_documents_that_are_ready_are_saved_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(waiting, "BATCH_SECONDS", 60.0)  # a busy machine takes long for one
    list(write_feeds(tmp_path / "feeds", 80, 2))
    statements: list[str] = []
    with open_database(tmp_path / "content.db") as database, InlineExecutor() as executor:
        database.connection.set_trace_callback(statements.append)
        done = list(Trip(database, SourceOptions(), executor).load([str(tmp_path / "feeds")]))
    assert len(done) == 40
    assert statements.count("commit") == 3


def archive_page(number: int, last: int) -> Handler:
    """Serve a page of a feed with RFC 5005 archives; its self link is its own."""

    def handle(request: Request) -> Reply:
        page = feed(item(f"Article {number}", published=f"0{9 - number} Sep 2024 00:00:00 GMT"))
        page = page.replace("https://blog.example/feed.xml", f"https://blog.example/{number}.xml")
        older = f"http://{request.headers['host']}/{number + 1}.xml"
        link = f'<atom:link rel="next" href="{older}"/>' if number < last else ""
        return Reply(body=page.replace("<item>", f"{link}<item>", 1).encode())

    return handle


@pytest.mark.parametrize(("history", "articles"), [(False, 1), (True, 3)])
def test_history_follows_older_pages_into_one_feed(tmp_path: Path, history: bool, articles: int):
    routes = {f"/{number}.xml": archive_page(number, 3) for number in (1, 2, 3)}
    with FeedServer(routes) as server:
        load(tmp_path / "content.db", server.url("/1.xml"), history=history)
    assert ask(tmp_path / "content.db", "select count(*) from articles") == [(articles,)]
    assert ask(tmp_path / "content.db", "select count(*) from feeds") == [(1,)]
    assert ask(tmp_path / "content.db", "select count(removed_at) from articles") == [(0,)]


def test_no_feed_has_more_than_so_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(loading, "MAX_PAGES", 2)
    routes = {f"/{number}.xml": archive_page(number, 8) for number in range(1, 9)}
    with FeedServer(routes) as server:
        done = load(tmp_path / "content.db", server.url("/1.xml"), history=True)
    assert [one.status for one in done] == ["loaded"] * 3


def test_a_page_that_was_read_before_ends_the_history(tmp_path: Path):
    """The second page says that the first one comes after it."""
    with FeedServer({}) as server:
        for number, older in ((1, 2), (2, 1)):
            link = f'<atom:link rel="next" href="{server.url(f"/{older}.xml")}"/><item>'
            page = feed(item(f"Article {number}")).replace("<item>", link, 1)
            server.routes[f"/{number}.xml"] = reply(page.encode())
        done = load(tmp_path / "content.db", server.url("/1.xml"), history=True)
    assert [(one.status, one.new) for one in done] == [("loaded", 1)] * 2


def test_older_pages_of_a_feed_whose_guids_repeat_remove_nothing(tmp_path: Path):
    """Each page must be flattened again with the feed's policy, and is an older page still."""
    twice = item("Same", html="one") + item("Same", html="two")
    first = feed(twice, item("New", published="09 Sep 2024 00:00:00 GMT"))
    first = first.replace("<item>", '<atom:link rel="next" href="older.xml"/><item>', 1)
    older = feed(item("Old", published="01 Sep 2024 00:00:00 GMT"))
    older = older.replace("https://blog.example/feed.xml", "https://blog.example/older.xml")
    with FeedServer({"/older.xml": reply(older.encode())}) as server:
        first = first.replace("older.xml", server.url("/older.xml"))
        server.routes["/"] = reply(first.encode())
        load(tmp_path / "content.db", server.url("/"), history=True)
    assert ask(tmp_path / "content.db", "select count(*), count(removed_at) from articles") == [
        (4, 0)
    ]
    assert ask(tmp_path / "content.db", "select count(*) from feeds") == [(1,)]


@pytest.mark.parametrize("is_list", [False, True], ids=["the first once more", "a list"])
def test_an_older_page_that_is_none_ends_the_history(tmp_path: Path, is_list: bool):
    generator = "<generator>https://wordpress.org/?v=6</generator><item>"
    first = feed(item("Article")).replace("<item>", generator, 1)
    outlines = '<outline xmlUrl="{0}/1"/><outline xmlUrl="{0}/2"/>'
    page = f'<opml version="2.0"><body>{outlines}</body></opml>' if is_list else first
    with FeedServer({"/feed": reply(first.encode())}) as server:
        server.routes["/feed?paged=2"] = reply(page.replace("{0}", server.url("")).encode())
        done = load(tmp_path / "content.db", server.url("/feed"), history=True)
        assert (server.counts["/feed?paged=2"], server.counts["/feed?paged=3"]) == (1, 0)
    assert [(one.status, one.new) for one in done] == [("loaded", 1)]


class LateFuture(Future[Any]):
    """A future that is worked on only when somebody waits for it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self.work = work

    def result(self, timeout: float | None = None) -> Any:
        return self.work()


class LateExecutor(Executor):
    """The slowest pool there can be: everything is under way as long as possible."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        return LateFuture(partial(fn, *args, **kwargs))


def test_an_edit_that_was_taken_back_is_seen_however_slow_the_workers(tmp_path: Path):
    """The third copy has the bytes of the first, and the second is still under way."""
    folder = tmp_path / "copies"
    folder.mkdir()
    for day, words in enumerate(("as it was", "edited", "as it was", "as it was"), 1):
        (folder / f"blog-2024-02-0{day}.xml").write_text(feed(item("Article", html=words)))
    fast = load(tmp_path / "fast.db", folder)
    slow = load(tmp_path / "slow.db", folder, executor=LateExecutor())
    assert [one.status for one in slow] == ["loaded", "loaded", "loaded", "unchanged"]
    assert [one.status for one in slow] == [one.status for one in fast]
    assert read_tables(tmp_path / "slow.db") == read_tables(tmp_path / "fast.db")
    assert ask(tmp_path / "slow.db", "select text, revision_count from articles") == [
        ("as it was", 2)
    ]


def saved_copy(day: int) -> str:
    """A feed as it was on a day: a window of five, one article edited daily, one withdrawn."""
    window = range(day, day - 5, -1)
    return feed(
        *(
            item(
                f"Article {n}",
                html=f"<p>Said on day {day if n % 7 == 0 else n}.</p>",
                published=f"{n + 10:02} Jan 2024 00:00:00 GMT",
            )
            for n in window
            if not (n == 9 and day > 10)
        )
    )


def test_saved_copies_give_the_history_that_fetching_would_have_given(tmp_path: Path):
    folder = tmp_path / "copies"
    folder.mkdir()
    for day in range(1, 21):
        (folder / f"blog-2024-02-{day:02}.xml").write_text(saved_copy(day))
    load(tmp_path / "folder.db", folder)
    for day in range(1, 21):
        load(tmp_path / "singly.db", folder / f"blog-2024-02-{day:02}.xml")
    assert read_tables(tmp_path / "folder.db") == read_tables(tmp_path / "singly.db")
    edited = ask(
        tmp_path / "folder.db",
        "select number, change, replaced_at from revisions where title = 'Article 7' limit 1",
    )
    assert edited == [(1, "text", "2024-02-08T00:00:00+00:00")]
    removed = ask(
        tmp_path / "folder.db",
        "select title, removed_at from articles where removed_at is not null",
    )
    assert removed == [("Article 9", "2024-02-11T00:00:00+00:00")]
    first = ask(tmp_path / "folder.db", "select first_seen from articles where title = 'Article 5'")
    assert first == [("2024-02-05T00:00:00+00:00",)]
