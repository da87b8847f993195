"""URLs, read over real HTTP from a server on the loopback; every record compared whole."""

import gzip
import itertools
import time
import zlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from feedsette import __version__
from feedsette.records import Document, Failure, NotModified
from feedsette.sources import FetchState, SourceOptions, read_documents
from servers import (
    FeedServer,
    Handler,
    Reply,
    Request,
    conditional,
    drip,
    redirect,
    reply,
)

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
RSS = b"<rss version='2.0'>" + b"<channel/>" * 10 + b"</rss>"
PLAIN = SourceOptions(clock=lambda: NOW, allow_private=True, sleep=lambda seconds: None)


def read(url: str, options: SourceOptions = PLAIN, state: FetchState | None = None) -> Any:
    (record,) = read_documents([url], options, {state.location: state} if state else {})
    return record


def document(location: str, content: bytes = RSS, **fields: Any) -> Document:
    return Document(location, content, NOW, **{"url": location, "http_status": 200, **fields})


def endless(piece: bytes) -> Handler:
    return lambda request: Reply(chunks=itertools.repeat(piece))


def endless_chunked(piece: bytes) -> Handler:
    return lambda request: Reply(chunks=itertools.repeat(piece), chunked=True)


def raw(*pieces: bytes) -> Handler:
    return lambda request: Reply(raw=pieces)


@pytest.mark.parametrize(
    ("handler", "fields"),
    [
        (reply(RSS), {}),
        (reply(RSS, status=203), {}),
        (
            reply(RSS, Content_Type="image/png", Set_Cookie="a=b", Content_Location="/other"),
            {"headers": (("content-type", "image/png"), ("content-location", "/other"))},
        ),
        (
            reply(RSS, ETag='W/"a-gzip"', Last_Modified="Sat, 01 Jun 2024 00:00:00 GMT"),
            {"etag": 'W/"a-gzip"', "last_modified": "Sat, 01 Jun 2024 00:00:00 GMT"},
        ),
        (reply(RSS, Cache_Control="max-age=60"), {"fresh_until": NOW + timedelta(minutes=1)}),
        (lambda request: Reply(chunks=[RSS[:7], RSS[7:]], chunked=True), {}),
        (lambda request: Reply(chunks=[RSS[:7], RSS[7:]]), {}),
        (reply(gzip.compress(RSS), Content_Encoding="gzip"), {}),
        (reply(zlib.compress(RSS), Content_Encoding="Deflate"), {}),
        (reply(zlib.compress(RSS, wbits=-15), Content_Encoding="deflate"), {}),
        (reply(gzip.compress(RSS)), {}),
        (reply(gzip.compress(gzip.compress(RSS)), Content_Encoding="gzip"), {}),
        (reply(RSS, Content_Encoding="identity"), {}),
        (reply(b""), {"content": b""}),
    ],
    ids=[
        "plain",
        "203",
        "wrong type",
        "validators",
        "fresh",
        "chunked",
        "until close",
        "gzip",
        "deflate",
        "raw deflate",
        "a file in gzip",
        "gzip twice",
        "identity",
        "empty",
    ],
)
def test_an_answer_becomes_a_document(handler: Handler, fields: dict[str, Any]) -> None:
    with FeedServer({"/feed": handler}) as server:
        url = server.url("/feed")
        assert read(url) == replace(document(url), **fields)


LARGE = "larger than 5000 bytes; raise the limit with --max-size"
CUT = "cut off: the connection ended before the document did"
NO_WEB = "a redirect to something else than a valid http or https URL"
GZIP = {"Content-Encoding": "gzip"}


@pytest.mark.parametrize(
    ("handler", "reason", "status"),
    [
        (reply(status=204), "the server answers 204 No Content", 204),
        (reply(RSS, status=206), "the server answers 206 Partial Content", 206),
        (reply(status=304), "says 304 Not Modified without being asked", 304),
        (reply(status=400), "the server answers 400 Bad Request", 400),
        (
            reply(status=401),
            "asks for a password (401); give it as https://user:password@host/…",
            401,
        ),
        (reply(status=403), "refuses this reader (403)", 403),
        (reply(status=404), "not found (404)", 404),
        (reply(status=410), "gone for good (410); remove it from your list", 410),
        (reply(status=499), "the server answers 499", 499),
        (
            reply(status=503, CF_Mitigated="challenge"),
            "Cloudflare wants to see a browser (challenge); ask the site to let readers in",
            503,
        ),
        (endless(b" " * 999), LARGE, 200),
        (endless_chunked(b" " * 999), LARGE, 200),
        (reply(b" " * 5001), LARGE, 200),
        (reply(gzip.compress(b" " * 5001), Content_Encoding="gzip"), LARGE, 200),
        (reply(gzip.compress(b" " * 10**8), Content_Encoding="gzip"), LARGE, 200),
        (reply(gzip.compress(b" " * 10**8)), LARGE, 200),
        (reply(b"\x1f\x8b no gzip"), "broken gzip data", 200),
        (lambda r: Reply(headers=GZIP, chunks=itertools.repeat(gzip.compress(b""))), LARGE, 200),
        (reply(RSS, Content_Encoding="br"), "an unknown Content-Encoding: br", 200),
        (reply(RSS, Content_Encoding="gzip, gzip"), "an unknown Content-Encoding: gzip, gzip", 200),
        (reply(b"\x1f\x8b no gzip", Content_Encoding="gzip"), "broken gzip data", 200),
        (
            reply(gzip.compress(RSS)[:-4], Content_Encoding="gzip"),
            "cut off: the compressed data ends too early",
            200,
        ),
        (raw(b"SSH-2.0-OpenSSH\r\n\r\n"), "the server does not speak HTTP", None),
        (raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000), "the server does not speak HTTP", None),
        (redirect(302, "/feed"), "more than 5 redirects", 302),
        (redirect(301, ""), "a redirect without a target", 301),
        (redirect(301, "file:///etc/passwd"), NO_WEB, 301),
        (redirect(302, "ftp://a.example/"), NO_WEB, 302),
        (redirect(302, "javascript:1"), NO_WEB, 302),
        (redirect(302, "http+unix://%2Frun%2Fx.sock/"), NO_WEB, 302),
        (redirect(302, "data:text/xml,<rss/>"), NO_WEB, 302),
        (redirect(302, "http://[::1"), NO_WEB, 302),
        (redirect(302, "http://a:b@:80/"), NO_WEB, 302),
        (redirect(302, "http://127.0.0.1:99999/"), NO_WEB, 302),
        (
            redirect(302, "http://127.0.0.1:1/"),
            "no connection: the server refuses or cannot be reached",
            None,
        ),
    ],
)
def test_an_answer_becomes_a_failure_at_once(
    handler: Handler, reason: str, status: int | None
) -> None:
    with FeedServer({"/feed": handler, "/good": reply(RSS)}) as server:
        bad, good = server.url("/feed"), server.url("/good")
        options = replace(PLAIN, max_bytes=5000)
        assert list(read_documents([bad, good], options, {})) == [
            Failure(bad, reason, NOW, http_status=status, gone=status == 410),
            document(good),
        ]
        assert server.counts["/feed"] == (6 if reason == "more than 5 redirects" else 1)


@pytest.mark.parametrize(
    ("handler", "reason", "status"),
    [
        (reply(status=429), "too many requests (429)", 429),
        (reply(status=500), "the server answers 500 Internal Server Error", 500),
        (reply(status=503, Retry_After="soon"), "the server answers 503 Service Unavailable", 503),
        (reply(RSS, Content_Length="999", Connection="close"), CUT, None),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"), CUT, None),
        (raw(), "the server broke off the connection", None),
        (lambda request: Reply(chunks=sleepy(3)), "silent for 0.2 s", None),
    ],
    ids=["429", "500", "503", "truncated", "truncated chunks", "nothing", "silent"],
)
def test_what_may_pass_is_tried_again(handler: Handler, reason: str, status: int | None) -> None:
    pauses: list[float] = []
    options = replace(PLAIN, sleep=pauses.append, jitter=lambda: 0.5, read_timeout=0.2)
    with FeedServer(
        {"/feed": handler, "/later": [handler, handler, handler, reply(RSS)]}
    ) as server:
        url = server.url("/feed")
        failure = Failure(url, f"{reason}, 4 times", NOW, http_status=status)
        assert read(url, options) == failure
        assert pauses == [1.0, 2.0, 4.0]
        assert read(server.url("/later"), options) == document(server.url("/later"))
        assert server.counts == {"/feed": 4, "/later": 4}
        assert read(url, replace(options, retries=0)).reason == reason


def sleepy(seconds: float) -> Iterator[bytes]:
    time.sleep(seconds)
    yield RSS


@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("7", 7.25),
        ("60", 60.25),
        ("Sat, 01 Jun 2024 12:00:30 GMT", 30.25),
        ("Sat, 01 Jun 2024 11:00:00 GMT", 0.25),
        ("0", 0.25),
        ("nonsense", 0.75),
        ("-5", 0.75),
        ("9" * 5000, 0.75),
    ],
)
def test_the_server_says_how_long_to_wait(value: str, pause: float) -> None:
    pauses: list[float] = []
    options = replace(PLAIN, sleep=pauses.append, jitter=lambda: 0.25)
    with FeedServer({"/feed": [reply(status=429, Retry_After=value), reply(RSS)]}) as server:
        assert read(server.url("/feed"), options) == document(server.url("/feed"))
    assert pauses == [pause]


@pytest.mark.parametrize("value", ["61", "Sat, 01 Jun 2024 12:01:01 GMT"])
def test_nobody_waits_longer_than_a_minute(value: str) -> None:
    with FeedServer({"/feed": reply(status=429, Retry_After=value)}) as server:
        url = server.url("/feed")
        reason = "too many requests (429); the server asks to come back in 61 s"
        back = NOW + timedelta(seconds=61)
        assert read(url) == Failure(url, reason, NOW, http_status=429, retry_at=back)
        assert server.counts["/feed"] == 1


@pytest.mark.parametrize(
    ("status", "value", "wait"),
    [
        (429, "30", timedelta(seconds=30)),  # refused to the last
        (503, "Sat, 01 Jun 2024 13:00:00 GMT", timedelta(hours=1)),
        (403, "600", timedelta(minutes=10)),
        (503, "99999999", timedelta(days=1)),
        (503, "soon", None),
    ],
)
def test_when_to_come_back_is_told(status: int, value: str, wait: timedelta | None) -> None:
    with FeedServer({"/feed": reply(status=status, Retry_After=value)}) as server:
        record = read(server.url("/feed"))
    assert isinstance(record, Failure)
    assert (record.http_status, record.retry_at) == (status, wait and NOW + wait)


def test_who_asks_to_wait_at_its_new_home_is_not_asked_at_the_old_one() -> None:
    with FeedServer({"/new": reply(status=503, Retry_After="900"), "/feed": reply(RSS)}) as server:
        state = FetchState(server.url("/feed"), moved_to=server.url("/new"))
        assert isinstance(read(server.url("/feed"), state=state), Failure)
        assert server.counts == {"/new": 1}


@pytest.mark.parametrize(
    "handler",
    [
        drip(RSS, 0.02),
        lambda request: Reply(
            raw=itertools.chain(
                [b"HTTP/1.1 200 OK\r\n"], (time.sleep(0.02) or b"X: y\r\n" for _ in range(100))
            )
        ),
    ],
    ids=["body", "headers"],
)
def test_a_dripping_server_is_given_up(handler: Handler) -> None:
    """Each byte comes within the read timeout, the whole never would."""
    options = replace(PLAIN, total_timeout=0.2, read_timeout=5)
    with FeedServer({"/feed": handler}) as server:
        url = server.url("/feed")
        start = time.monotonic()
        assert read(url, options) == Failure(url, "the answer was not complete after 0.2 s", NOW)
        assert time.monotonic() - start < 1


def test_a_dead_server_of_many_feeds_is_not_asked_for_all_of_them() -> None:
    options = replace(PLAIN, total_timeout=0.1)
    paths = [f"/{number}" for number in range(50)]
    with FeedServer({path: drip(RSS, 0.2) for path in paths}) as server:
        failures = list(read_documents([server.url(path) for path in paths], options, {}))
        assert len(server.requests) == 3
    reasons = [getattr(failure, "reason", None) for failure in failures]
    assert reasons == [
        *["the answer was not complete after 0.1 s"] * 3,
        *["not asked: 127.0.0.1 kept us waiting for 3 others in vain"] * 47,
    ]


def test_a_silence_is_held_against_the_host_that_was_silent() -> None:
    """Three redirects to a dead server say nothing of the redirecting one, nor does a fourth."""
    options = replace(PLAIN, total_timeout=0.4)
    with (
        FeedServer({f"/{n}": drip(RSS, 0.5) for n in range(4)}, "127.0.0.2") as dead,
        FeedServer({f"/{n}": redirect(302, dead.url(f"/{n}")) for n in range(4)}) as alive,
    ):
        alive.routes["/own"] = reply(RSS)
        urls = [alive.url(path) for path in alive.routes]
        records = list(read_documents(urls, options, {}))
        assert len(dead.requests) == 3
    late = "the answer was not complete after 0.4 s"
    not_asked = "not asked: 127.0.0.2 kept us waiting for 3 others in vain"
    reasons = [getattr(record, "reason", None) for record in records]
    assert reasons == [late, late, late, not_asked, None]


def test_a_server_that_answers_between_is_asked_on() -> None:
    options = replace(PLAIN, total_timeout=0.2)
    kinds = [drip(RSS, 0.3), drip(RSS, 0.3), reply(status=404)]
    routes = {f"/{number}": kinds[number % 3] for number in range(9)}
    with FeedServer(routes) as server:
        list(read_documents([server.url(path) for path in routes], options, {}))
        assert len(server.requests) == 9


def test_a_server_that_only_ever_promises() -> None:
    promises = itertools.repeat(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
    options = replace(PLAIN, total_timeout=0.3)
    with FeedServer({"/feed": lambda request: Reply(raw=promises)}) as server:
        url = server.url("/feed")
        assert read(url, options) == Failure(url, "the answer was not complete after 0.3 s", NOW)


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        ((301,), "/1"),
        ((308,), "/1"),
        ((301, 308), "/2"),
        ((301,) * 5, "/5"),
        ((302,), None),
        ((303,), None),
        ((307,), None),
        ((301, 302), "/1"),
        ((302, 301), None),
    ],
)
def test_only_permanent_redirects_from_the_start_move_a_feed(
    statuses: tuple[int, ...], moved_to: str | None
) -> None:
    routes = {f"/{n}": redirect(status, f"{n + 1}") for n, status in enumerate(statuses)}
    end = f"/{len(statuses)}"
    with FeedServer({**routes, end: reply(RSS)}) as server:
        assert read(server.url("/0")) == document(
            server.url("/0"), url=server.url(end), moved_to=moved_to and server.url(moved_to)
        )


def test_a_redirect_may_be_written_in_utf_8() -> None:
    with FeedServer({"/a": redirect(302, "/é".encode().decode("latin-1"))}) as server:
        server.routes["/%C3%A9"] = reply(RSS)
        assert read(server.url("/a")) == document(server.url("/a"), url=server.url("/é"))


class TestAfterAMove:
    def test_the_new_place_is_asked_and_the_key_stays(self) -> None:
        with FeedServer({"/old": redirect(301, "/new"), "/new": reply(RSS)}) as server:
            old, new = server.url("/old"), server.url("/new")
            assert read(old, state=FetchState(old, moved_to=new)) == document(
                old, url=new, moved_to=new
            )
            assert server.counts == {"/new": 1}

    def test_a_move_may_go_on(self) -> None:
        with FeedServer({"/new": redirect(308, "/newer"), "/newer": reply(RSS)}) as server:
            old, new, newer = map(server.url, ("/old", "/new", "/newer"))
            assert read(old, state=FetchState(old, moved_to=new)) == document(
                old, url=newer, moved_to=newer
            )

    def test_the_way_back_is_open(self) -> None:
        with FeedServer({"/old": reply(RSS), "/new": reply(status=404)}) as server:
            old, new = server.url("/old"), server.url("/new")
            assert read(old, state=FetchState(old, moved_to=new)) == document(old)
            assert server.counts == {"/new": 1, "/old": 1}

    def test_a_fault_that_may_pass_is_not_the_end_of_the_new_place(self) -> None:
        with FeedServer({"/old": reply(RSS), "/new": reply(status=500)}) as server:
            old, new = server.url("/old"), server.url("/new")
            record = read(old, state=FetchState(old, moved_to=new))
            assert record == Failure(
                old, "the server answers 500 Internal Server Error, 4 times", NOW, 500
            )
            assert server.counts == {"/new": 4}


class TestConditions:
    TAG = 'W/"\xe9-gzip"'
    DATE = "Sat, 01 Jun 2024 00:00:00 GMT"

    @pytest.mark.parametrize(
        ("etag", "modified"), [(TAG, None), (None, DATE), (TAG, DATE), ("unquoted", "yesterday")]
    )
    def test_both_validators_come_back_verbatim(
        self, etag: str | None, modified: str | None
    ) -> None:
        with FeedServer({"/feed": conditional(RSS, etag, modified)}) as server:
            url = server.url("/feed")
            first = read(url)
            assert first == document(url, etag=etag, last_modified=modified)
            state = FetchState(url, first.etag, first.last_modified)
            assert read(url, state=state) == NotModified(url, NOW)
            assert read(url, replace(PLAIN, force=True), state) == first
            asked = [
                (r.headers.get("if-none-match"), r.headers.get("if-modified-since"))
                for r in server.requests
            ]
            assert asked == [(None, None), (etag, modified), (None, None)]

    def test_new_content_brings_new_validators(self) -> None:
        routes = [conditional(RSS, '"1"', self.DATE), conditional(b"<rss/>", '"2"')]
        with FeedServer({"/feed": routes}) as server:
            url = server.url("/feed")
            read(url)
            assert read(url, state=FetchState(url, '"1"', self.DATE)) == document(
                url, b"<rss/>", etag='"2"'
            )

    def test_not_modified_may_be_fresh_for_a_while(self) -> None:
        with FeedServer({"/feed": reply(status=304, Cache_Control="max-age=90")}) as server:
            url = server.url("/feed")
            until = NOW + timedelta(seconds=90)
            assert read(url, state=FetchState(url, '"1"')) == NotModified(url, NOW, 304, until)


class TestFreshness:
    LATER = NOW + timedelta(hours=1)

    @pytest.mark.parametrize(
        ("fields", "options", "asked"),
        [
            ({"fresh_until": LATER}, {"respect_freshness": True}, 0),
            ({"fresh_until": LATER}, {"respect_freshness": False}, 1),
            ({"fresh_until": LATER}, {"respect_freshness": True, "force": True}, 1),
            ({"fresh_until": NOW}, {"respect_freshness": True}, 1),
            ({}, {"respect_freshness": True}, 1),
            ({"gone": True}, {"respect_freshness": True}, 0),
            ({"gone": True}, {}, 1),
        ],
    )
    def test_what_is_fresh_or_gone_gives_no_record(
        self, fields: dict[str, Any], options: dict[str, Any], asked: int
    ) -> None:
        with FeedServer({"/feed": reply(RSS), "/other": reply(RSS)}) as server:
            urls = [server.url("/other"), server.url("/feed")]
            states = {urls[1]: FetchState(urls[1], **fields)}
            records = list(read_documents(urls, replace(PLAIN, **options), states))
            assert records == [document(url) for url in urls[: 1 + asked]]
            assert server.counts["/feed"] == asked


class TestManners:
    def test_who_we_are_and_what_we_want(self) -> None:
        with FeedServer({"/feed": reply(RSS)}) as server:
            read(server.url("/feed"))
            read(server.url("/feed"), replace(PLAIN, contact="https://me.example/"))
            headers = [request.headers for request in server.requests]
        assert [h["user-agent"] for h in headers] == [
            f"feedsette/{__version__}",
            f"feedsette/{__version__} (+https://me.example/)",
        ]
        assert headers[0]["accept"].startswith("application/atom+xml, application/rss+xml")
        assert headers[0]["accept-encoding"] == "gzip, deflate"

    def test_cookies_live_for_one_location(self) -> None:
        """Some sites redirect to the same URL until a cookie comes back."""

        def wall(request: Request) -> Reply:
            if request.headers.get("cookie") == "seen=1":
                return Reply(200, RSS)
            return Reply(302, b"", {"Location": request.path, "Set-Cookie": "seen=1; Path=/"})

        with FeedServer({"/a": wall, "/b": wall}) as server:
            urls = [server.url("/a"), server.url("/b")]
            assert list(read_documents(urls, PLAIN, {})) == [document(url) for url in urls]
            assert [r.headers.get("cookie") for r in server.requests] == [None, "seen=1"] * 2

    def test_passwords_go_to_their_host_and_nowhere_else(self) -> None:
        with FeedServer({"/2": reply(RSS)}) as other:
            with FeedServer({}, host="127.0.0.2") as server:
                server.routes = {"/0": redirect(301, "/1"), "/1": redirect(302, other.url("/2"))}
                location = server.url("/0", "me:s%40cret@127.0.0.2")
                record = read(location)
            token = "Basic " + b64encode(b"me:s@cret").decode()
            assert [r.headers.get("authorization") for r in server.requests] == [token, token]
            assert [r.headers.get("authorization") for r in other.requests] == [None]
        assert record == document(location, url=other.url("/2"), moved_to=server.url("/1"))
        assert record.name == server.url("/0")


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:a/",
        "http://a b/",
        "http://a%2eexample/",
        "http:///feed",
        "http://xn--a.example/",
    ],
)
def test_a_url_that_is_none(location: str) -> None:
    assert read(location) == Failure(location, "not a valid URL", NOW)


def test_a_secure_server_that_is_none() -> None:
    with FeedServer({}) as server:
        location = server.url("/feed").replace("http:", "https:")
        reason = "no secure connection: the certificate or TLS version is not accepted"
        assert read(location) == Failure(location, reason, NOW)


def test_a_list_on_the_web_names_urls_only() -> None:
    with FeedServer({"/feed": reply(RSS), "/l/a.txt": reply(b"http://x.invalid/\n")}) as server:
        listed = f"{server.url('/feed')}\n../feed\n/etc/passwd\nb.opml\n"
        opml = b"<opml><body><outline xmlUrl='../feed'/><outline xmlUrl='a.txt'/></body></opml>"
        server.routes |= {"/l/a.txt": reply(listed.encode()), "/l/b.opml": reply(opml)}
        assert list(read_documents([server.url("/l/a.txt")], PLAIN, {})) == [
            document(server.url("/feed")),
            Failure(server.url("/etc/passwd"), "not found (404)", NOW, http_status=404),
        ]
        assert server.counts["/feed"] == server.counts["/l/a.txt"] == 1
