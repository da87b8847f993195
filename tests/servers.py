"""A real HTTP server on the loopback, for tests that read feeds over the network.

    with FeedServer({"/feed.xml": reply(b"<rss/>", ETag='"1"')}) as server:
        ... server.url("/feed.xml") ...
        assert server.counts["/feed.xml"] == 1

A route is a handler, or several: the first request gets the first, the last one repeats.
"""

import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Request:
    """What a client asked: the path with its query, and headers with lower-case names."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """What to send. Content-Length is added unless headers name it, or chunks are given."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    chunks: Iterable[bytes] | None = None
    """Sent piece by piece as they come; may sleep, may never end."""
    chunked: bool = False
    raw: Iterable[bytes] | None = None
    """Sent instead of everything else, to break the rules of HTTP."""


Handler = Callable[[Request], Reply]
Routes = Mapping[str, Handler | Sequence[Handler]]


def reply(body: bytes = b"", status: int = 200, **headers: str) -> Handler:
    """Always the same answer; header names in Python's spelling (Content_Type)."""
    fixed = Reply(status, body, {k.replace("_", "-"): v for k, v in headers.items()})
    return lambda request: fixed


def redirect(status: int, target: str) -> Handler:
    """A redirect."""
    return reply(status=status, Location=target)


def conditional(body: bytes, etag: str | None = None, modified: str | None = None) -> Handler:
    """200 with validators, 304 to a request that bears one of them."""
    headers = {k: v for k, v in (("ETag", etag), ("Last-Modified", modified)) if v}

    def handle(request: Request) -> Reply:
        same_tag = etag is not None and request.headers.get("if-none-match") == etag
        same_date = modified is not None and request.headers.get("if-modified-since") == modified
        if same_tag or same_date:
            return Reply(304, b"", headers)
        return Reply(200, body, headers)

    return handle


def drip(body: bytes, seconds: float) -> Handler:
    """A body sent byte by byte, so many seconds apart."""

    def pieces() -> Iterable[bytes]:
        for byte in body:
            yield bytes([byte])
            time.sleep(seconds)

    return lambda request: Reply(headers={"Content-Length": str(len(body))}, chunks=pieces())


class FeedServer:
    """Serves routes while its `with` block lasts; unknown paths are 404.

    The host is 127.0.0.1, or on Linux any 127.x.y.z, to play several servers.
    """

    def __init__(self, routes: Routes, host: str = "127.0.0.1") -> None:
        self.host = host
        self.routes = dict(routes)
        self.requests: list[Request] = []
        self.busy = 0
        self.most_busy = 0
        """The most requests that were under way at once."""
        self._lock = threading.Lock()
        self._server = _Server((host, 0), _RequestHandler)
        self._server.owner = self

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, path: str, host: str | None = None, scheme: str = "http") -> str:
        return f"{scheme}://{host or self.host}:{self.port}{path}"

    def secure(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on; the handshake is the connection's thread's affair."""
        self._server.context = context

    @property
    def connections(self) -> int:
        """How many were accepted, whatever came over them."""
        return self._server.accepted

    @property
    def counts(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(request.path for request in self.requests)

    def answer(self, request: Request) -> Reply:
        with self._lock:
            number = self.counts[request.path]
            self.requests.append(request)
        route = self.routes.get(request.path)
        if route is None:
            return Reply(404)
        if callable(route):
            return route(request)
        return route[min(number, len(route) - 1)](request)

    def enter_request(self, change: int) -> None:
        with self._lock:
            self.busy += change
            self.most_busy = max(self.most_busy, self.busy)

    def __enter__(self) -> Self:
        # a short poll, or closing takes half a second in every test
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # handlers of endless bodies end when their client goes; nobody waits for them
    block_on_close = False
    request_queue_size = 128
    owner: FeedServer
    context: ssl.SSLContext | None = None
    accepted = 0

    def finish_request(self, request: Any, client_address: Any) -> None:
        self.accepted += 1
        if self.context is None:
            super().finish_request(request, client_address)
            return
        with self.context.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what several tests are about."""


class _RequestHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 10

    def do_GET(self) -> None:
        owner = self.server.owner
        owner.enter_request(1)
        try:
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._send(owner.answer(Request(self.path, headers)))
        finally:
            owner.enter_request(-1)

    def _send(self, reply: Reply) -> None:
        if reply.raw is not None:
            self.close_connection = True
            for piece in reply.raw:
                self.wfile.write(piece)
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif reply.chunks is None and "Content-Length" not in reply.headers:
            self.send_header("Content-Length", str(len(reply.body)))
        if reply.chunks is not None:
            self.close_connection = True
        self.end_headers()
        self._send_body(reply)

    def _send_body(self, reply: Reply) -> None:
        for piece in reply.chunks if reply.chunks is not None else (reply.body,):
            if reply.chunked:
                piece = b"%x\r\n%s\r\n" % (len(piece), piece)
            self.wfile.write(piece)
            self.wfile.flush()
        if reply.chunked:
            self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the log is FeedServer.requests."""
