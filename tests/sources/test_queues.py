"""Many hosts at once, one request a host, results in order."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from feedsette.records import Document, Failure, NotModified
from feedsette.sources import FetchState, SourceOptions, read_documents
from feedsette.sources.allowances import Allowance
from feedsette.sources.guards import _time_left, deadline, off_the_clock
from feedsette.sources.queues import Queue
from feedsette.sources.visits import Visitor
from servers import FeedServer, Handler, Reply, Request, conditional, reply

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
OPTIONS = SourceOptions(clock=lambda: NOW, allow_private=True, sleep=lambda seconds: None)
RSS = b"<rss version='2.0'/>"


def slow(seconds: float) -> Handler:
    def answer(request: Request) -> Reply:
        time.sleep(seconds)
        return Reply(200, RSS)

    return answer


def test_one_request_a_host_and_the_order_of_the_locations() -> None:
    paths = [f"/{number}" for number in range(12)]
    with FeedServer({path: slow(0.01) for path in paths}) as server:
        urls = [server.url(path) for path in paths]
        records = list(read_documents(urls, OPTIONS, {}))
        assert [record.location for record in records] == urls
        assert server.most_busy == 1


def test_many_hosts_at_once() -> None:
    """Each of four servers answers only when all four have been asked."""
    meeting = threading.Barrier(4, timeout=5)

    def wait(request: Request) -> Reply:
        meeting.wait()
        return Reply(200, RSS)

    with ExitStack() as stack:
        hosts = [f"127.0.0.{number}" for number in range(2, 6)]
        servers = [stack.enter_context(FeedServer({"/feed": wait}, host)) for host in hosts]
        urls = [server.url("/feed") for server in servers]
        records = list(read_documents(urls, OPTIONS, {}))
    assert [(r.location, type(r)) for r in records] == [(url, Document) for url in urls]


def test_redirects_and_pages_wait_for_their_host_too() -> None:
    """Two hosts send to a third one, which is asked once at a time."""
    with (
        FeedServer({"/a": slow(0.05), "/b": slow(0.05)}) as third,
        FeedServer({"/": reply(status=302, Location=third.url("/a"))}, "127.0.0.2") as first,
        FeedServer({"/": reply(status=302, Location=third.url("/b"))}, "127.0.0.3") as second,
    ):
        records = list(read_documents([first.url("/"), second.url("/")], OPTIONS, {}))
        assert third.most_busy == 1
    assert [type(record) for record in records] == [Document, Document]


def test_not_more_than_the_look_ahead_is_asked_early() -> None:
    with ExitStack() as stack:
        hosts = [f"127.0.0.{number}" for number in range(2, 10)]
        servers = [stack.enter_context(FeedServer({"/": reply(RSS)}, host)) for host in hosts]
        options = replace(OPTIONS, look_ahead=2)
        records = read_documents([server.url("/") for server in servers], options, {})
        next(records)
        time.sleep(0.1)
        assert [len(server.requests) for server in servers][3:] == [0] * 5
        assert len(list(records)) == 7


def test_large_documents_do_not_pile_up() -> None:
    """While the first is awaited, others come in only until the limit of waiting bytes."""
    asked: list[str] = []
    enough = threading.Event()

    def read_url(url: str) -> Document:
        asked.append(url)
        if url == "http://0.example/":
            enough.wait(5)
        if len(asked) == 4:
            enough.set()
        return Document(url, bytes(500), NOW)

    queue = Queue(read_url, 2, Allowance(1000))
    urls = [f"http://{number}.example/" for number in range(10)]
    queue.read(urls[0], urls[1:])
    # one was under way beside the first, the third passed the limit
    assert asked == urls[:4]
    for place, url in enumerate(urls[1:], 1):
        assert queue.read(url, urls[place + 1 :]).location == url


def test_large_answers_wait_half_read_until_there_is_room() -> None:
    """Sixteen hosts send 30 of 64 allowed pieces each; the one whose turn it is never waits."""
    allowance = Allowance(64)
    most = 0

    def read_url(url: str) -> Document:
        nonlocal most
        for _ in range(30):
            allowance.take(1)
            most = max(most, sum(allowance._held.values()))
        return Document(url, bytes(30), NOW)

    queue = Queue(read_url, 16, allowance)
    urls = [f"http://{number}.example/" for number in range(40)]
    for place, url in enumerate(urls):
        assert queue.read(url, urls[place + 1 :]).location == url
    assert 64 <= most <= 64 + 30
    assert allowance._held == {}


def test_who_stands_in_the_way_of_the_next_goes_first() -> None:
    """The second was redirected to the host of the first, and waits for room while it reads."""
    allowance = Allowance(10)
    reading = threading.Event()

    def read_url(url: str) -> Document:
        if url == "http://first.example/":
            reading.wait(5)
        with allowance.visiting("host.example"):
            for _ in range(20):
                allowance.take(1)
                reading.set()
        return Document(url, bytes(20), NOW)

    queue = Queue(read_url, 2, allowance)
    first, second = "http://first.example/", "http://second.example/"
    found: list[object] = []
    reader = threading.Thread(target=lambda: found.append(queue.read(first, [second])), daemon=True)
    reader.start()
    reader.join(10)
    assert [record.location for record in found if isinstance(record, Document)] == [first]
    assert queue.read(second, []).location == second


@pytest.mark.parametrize("headers", [{}, {"Content_Encoding": "gzip"}], ids=["file", "coding"])
def test_what_becomes_large_when_unpacked_waits_too(headers: dict[str, str]) -> None:
    """A hundred packed bytes would become a hundred thousand while another's turn is awaited."""
    allowance = Allowance(1000)
    packed = gzip.compress(RSS + b" " * 100_000)
    with FeedServer({"/": reply(packed, **headers)}) as server:
        url = server.url("/")
        visitor = Visitor(OPTIONS, {}, allowance)

        def read() -> None:
            with allowance.belonging_to(url):
                visitor.read_url(url)

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        reader.join(0.5)
        assert reader.is_alive()
        assert sum(allowance._held.values()) <= 1000
        allowance.serve(url)
        reader.join(5)
        assert not reader.is_alive()
        visitor.close()


def read_within(seconds: float, urls: list[str], options: SourceOptions) -> list[str]:
    """Where the records came from; fewer than were wanted if reading them hangs."""
    found: list[str] = []

    def read() -> None:
        for record in read_documents(urls, options, {}):
            assert isinstance(record, Document)
            found.append(record.location)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(seconds)
    return found


def large(begun: threading.Event) -> Handler:
    """A feed that its reader must wait with, as soon as it has begun."""

    def pieces() -> Iterator[bytes]:
        yield RSS
        begun.set()
        for _ in range(100):
            yield b" " * 10_000

    return lambda request: Reply(chunks=pieces())


def test_what_a_list_names_goes_before_what_was_asked_for_ahead() -> None:
    """The list unfolds to a feed of the very host that holds a large answer, half read."""
    begun = threading.Event()

    def answer(request: Request) -> Reply:
        begun.wait(5)
        return Reply(200, feeds.url("/wanted").encode())

    with (
        FeedServer({"/wanted": reply(RSS), "/large": large(begun)}, "127.0.0.2") as feeds,
        FeedServer({"/list": answer}, "127.0.0.3") as lists,
    ):
        options = replace(OPTIONS, waiting_bytes=1000)
        urls = [lists.url("/list"), feeds.url("/large")]
        found = read_within(10, urls, options)
        assert found == [feeds.url("/wanted"), feeds.url("/large")]
        assert feeds.most_busy == 1


def test_a_redirect_goes_before_what_was_asked_for_ahead() -> None:
    """Two wait for a host besides the one whose turn it is, which gets it first."""
    begun = threading.Event()

    def answer(request: Request) -> Reply:
        begun.wait(5)
        return Reply(302, headers={"Location": third.url("/first")})

    with ExitStack() as stack:
        routes = {"/first": reply(RSS), "/large": large(begun), "/other": large(begun)}
        third = stack.enter_context(FeedServer(routes, "127.0.0.2"))
        redirects = {"/": answer}, {"/": reply(status=302, Location=third.url("/other"))}
        first, other = (
            stack.enter_context(FeedServer(route, f"127.0.0.{number}"))
            for number, route in enumerate(redirects, 3)
        )
        urls = [first.url("/"), third.url("/large"), other.url("/")]
        assert read_within(10, urls, replace(OPTIONS, waiting_bytes=1000)) == urls
        assert third.most_busy == 1


@pytest.mark.parametrize("seed", range(5))
def test_whatever_stands_in_whose_way_all_is_read(seed: int) -> None:
    """Lists and redirects that lead across five hosts, answers larger than the room for all."""
    random = Random(seed)
    begun = threading.Event()
    with ExitStack() as stack:
        hosts = [f"127.0.0.{number}" for number in range(2, 7)]
        servers = [stack.enter_context(FeedServer({}, host)) for host in hosts]
        wanted = []
        for number in range(30):
            server, target = random.choices(servers, k=2)
            feed = target.url(f"/{number}")
            target.routes[f"/{number}"] = random.choice([reply(RSS), large(begun)])
            server.routes[f"/to/{number}"] = reply(status=302, Location=feed)
            server.routes[f"/list/{number}"] = reply(feed.encode())
            wanted.append(random.choice([feed, server.url(f"/to/{number}")]))
            wanted[-1:] = random.choice([wanted[-1:], [server.url(f"/list/{number}")]])
        options = replace(OPTIONS, waiting_bytes=1000, concurrency=4)
        assert len(read_within(20, wanted, options)) == 30


def test_who_waits_when_a_run_is_left_does_so_no_longer() -> None:
    begun = threading.Event()
    before = set(threading.enumerate())

    def answer(request: Request) -> Reply:
        begun.wait(5)
        return Reply(200, RSS)

    with (
        FeedServer({"/": answer}) as first,
        FeedServer({"/": large(begun)}, "127.0.0.2") as second,
    ):
        options = replace(OPTIONS, waiting_bytes=1000)
        records = read_documents([first.url("/"), second.url("/")], options, {})
        next(records)
        ours = [t for t in set(threading.enumerate()) - before if "_run" in t.name]
        records.close()
        assert ours
        for thread in ours:
            thread.join(5)
        assert not any(thread.is_alive() for thread in ours)


def test_to_wait_for_room_is_not_to_be_slow() -> None:
    with deadline(0.2):
        with off_the_clock():
            time.sleep(0.3)
        with _time_left(None) as seconds:
            assert 0 < seconds <= 0.2


def test_a_fault_of_ours_is_not_swallowed() -> None:
    def clock() -> datetime:
        raise ZeroDivisionError

    with FeedServer({"/": reply(RSS)}) as server, pytest.raises(ZeroDivisionError):
        list(read_documents([server.url("/")], replace(OPTIONS, clock=clock), {}))


def test_a_run_may_be_left_between_documents() -> None:
    paths = [f"/{number}" for number in range(5)]
    with FeedServer({path: reply(RSS) for path in paths}) as server:
        records = read_documents([server.url(path) for path in paths], OPTIONS, {})
        next(iter(records))
        records.close()
        asked = len(server.requests)
        time.sleep(0.05)
        assert len(server.requests) - asked <= 1


def test_failures_of_every_sort_leave_the_others_alone() -> None:
    """The shape of a real refresh: 40 feeds, of which some are unchanged, missing or broken."""
    kinds: list[Handler] = [
        reply(RSS),
        conditional(RSS, '"1"'),
        reply(status=410),
        reply(RSS, Content_Length="999", Connection="close"),
    ]
    routes = {f"/{n}": kinds[n % 4] for n in range(40)}
    with FeedServer(routes) as server:
        urls = [server.url(path) for path in routes]
        states = {url: FetchState(url, '"1"') for url in urls}
        records = list(read_documents(urls, replace(OPTIONS, retries=0), states))
    cut = "cut off: the connection ended before the document did"
    gone = "gone for good (410); remove it from your list"
    expected = [
        (
            Document(url, RSS, NOW, url=url, http_status=200),
            NotModified(url, NOW),
            Failure(url, gone, NOW, 410, gone=True),
            Failure(url, cut, NOW),
        )[number % 4]
        for number, url in enumerate(urls)
    ]
    assert records == expected
