"""One URL → one answer, over HTTP. httpx lives in this module only, httpcore here and in guards."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from threading import Lock
from urllib.parse import urljoin

import httpcore
import httpx

from feedsette import __version__
from feedsette.errors import SourceError
from feedsette.records import public_name
from feedsette.sources.answers import Answer, FetchError, refusal
from feedsette.sources.guards import GuardedNetwork, LateError, PrivateAddressError, deadline
from feedsette.sources.inflating import collect, inflate
from feedsette.sources.locations import host_of, web_url
from feedsette.sources.options import SourceOptions

MAX_REDIRECTS = 5
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml, text/xml;q=0.9, text/html;q=0.8, */*;q=0.7"
)
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)


class Fetcher:
    """Asks servers, never one host twice at the same time. For use from many threads."""

    def __init__(self, options: SourceOptions) -> None:
        self._options = options
        self._transport = _GuardedTransport(options)
        self._gates: dict[str, Lock] = {}
        self._timeout = httpx.Timeout(options.read_timeout, connect=options.connect_timeout)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._transport.close()

    def fetch(
        self, url: str, conditions: Mapping[str, str], *, redirects: int = MAX_REDIRECTS
    ) -> Answer:
        """Follow redirects to the document. The answer's status is 200 or 304.

        FetchError for everything else, in words for the user. Cookies live for this call only.
        """
        # a client per call is cheap (the transport is shared) and keeps cookies apart
        client = httpx.Client(transport=self._transport, trust_env=False)
        client.headers = httpx.Headers(self._headers(conditions))
        moved_to, permanent = None, True
        for _ in range(redirects + 1):
            answer = self._ask(client, url)
            if answer.status not in _REDIRECTS:
                return self._accept(answer, moved_to)
            permanent = permanent and answer.status in _PERMANENT
            url = _next_hop(answer, url)
            moved_to = public_name(url) if permanent else moved_to
        raise FetchError(f"more than {redirects} redirects", status=answer.status)

    def _accept(self, answer: Answer, moved_to: str | None) -> Answer:
        if answer.status not in (200, 203, 304):
            raise refusal(answer, self._options.clock())
        return Answer(
            200 if answer.status == 203 else answer.status,
            answer.url,
            answer.headers,
            answer.content,
            moved_to,
        )

    def _headers(self, conditions: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
        contact = f" (+{self._options.contact})" if self._options.contact else ""
        headers = {
            "User-Agent": f"feedsette/{__version__}{contact}",
            "Accept": ACCEPT,
            # brotli and zstd decoders cannot be bounded, so they are not asked for
            "Accept-Encoding": "gzip, deflate",
            **conditions,
        }
        return [(k.encode("ascii"), v.encode("latin-1", "replace")) for k, v in headers.items()]

    def _ask(self, client: httpx.Client, url: str) -> Answer:
        """Send one request and read its answer, turning foreign errors into words."""
        host = host_of(url)
        with self._gates.setdefault(host, Lock()), deadline(self._options.total_timeout):
            try:
                return self._exchange(client, url)
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
                raise FetchError("not a valid URL") from None
            except PrivateAddressError as error:
                raise FetchError(str(error)) from None
            except LateError:
                seconds = f"{self._options.total_timeout:g}"
                raise FetchError(f"the answer was not complete after {seconds} s") from None
            except _NETWORK_ERRORS as error:
                raise self._explain(error) from None

    def _exchange(self, client: httpx.Client, url: str) -> Answer:
        request = client.build_request("GET", url, timeout=self._timeout)
        with closing(client.send(request, stream=True)) as response:
            headers = tuple(
                (name.decode("latin-1").lower(), value.decode("latin-1"))
                for name, value in response.headers.raw
            )
            answer = Answer(response.status_code, public_name(url), headers)
            if answer.status not in (200, 203):
                return answer
            content = self._read_body(answer, response.iter_raw())
            return Answer(answer.status, answer.url, headers, content)

    def _read_body(self, answer: Answer, chunks: Iterator[bytes]) -> bytes:
        coding = (answer.header("content-encoding") or "identity").strip().lower()
        limit = self._options.max_bytes
        try:
            if coding in ("identity", "none", ""):
                return collect(chunks, limit)
            if coding in ("gzip", "x-gzip", "deflate"):
                return inflate(chunks, limit)
        except SourceError as error:
            raise FetchError(str(error), status=answer.status) from None
        raise FetchError(f"an unknown Content-Encoding: {coding[:40]}", status=answer.status)

    def _explain(self, error: Exception) -> FetchError:
        if isinstance(error, httpcore.ConnectTimeout):
            seconds = f"{self._options.connect_timeout:g}"
            return FetchError(f"no connection within {seconds} s", passing=True)
        if isinstance(error, httpcore.TimeoutException):
            return FetchError(f"silent for {self._options.read_timeout:g} s", passing=True)
        if isinstance(error, httpcore.ConnectError):
            return FetchError(_why_no_connection(str(error)))
        if "complete" in str(error):  # h11: "without sending complete message body"
            return FetchError("cut off: the connection ended before the document did", passing=True)
        if isinstance(error, httpcore.NetworkError) or "disconnected" in str(error):
            return FetchError("the server broke off the connection", passing=True)
        return FetchError("the server does not speak HTTP")


_NETWORK_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


def _why_no_connection(message: str) -> str:
    if "CERTIFICATE" in message or "SSL" in message:
        return "no secure connection: the certificate or TLS version is not accepted"
    if "resolved" in message:
        return message
    return "no connection: the server refuses or cannot be reached"


def _next_hop(answer: Answer, url: str) -> str:
    target = answer.header("location")
    if not target:
        raise FetchError("a redirect without a target", status=answer.status)
    # servers send UTF-8 here, though HTTP headers are Latin-1
    target = target.encode("latin-1").decode("utf-8", "replace")
    try:
        found = web_url(urljoin(url, target))
    except (SourceError, ValueError):
        found = None
    if found is None:
        raise FetchError("a redirect to something else than http or https", status=answer.status)
    return found


class _GuardedTransport(httpx.BaseTransport):
    """httpx over a connection pool with our own guard under it; httpx has no public door to one."""

    def __init__(self, options: SourceOptions) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=None,
            max_keepalive_connections=options.concurrency,
            keepalive_expiry=5.0,
            network_backend=GuardedNetwork(allow_private=options.allow_private),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
