"""One URL → one answer, over HTTP. httpx lives in this module only, httpcore here and in guards."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import cache
from ssl import SSLContext
from urllib.parse import unquote, urljoin, urlsplit

import httpcore
import httpx

from feedsette import __version__
from feedsette.errors import SourceError
from feedsette.records import public_name
from feedsette.sources.allowances import Allowance
from feedsette.sources.answers import Answer, FetchError, refusal
from feedsette.sources.guards import (
    GuardedNetwork,
    LateError,
    PrivateAddressError,
    deadline,
    off_the_clock,
)
from feedsette.sources.inflating import collect, inflate
from feedsette.sources.locations import host_of, web_url
from feedsette.sources.options import SourceOptions
from feedsette.sources.silences import Silences

MAX_REDIRECTS = 5
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml, text/xml;q=0.9, text/html;q=0.8, */*;q=0.7"
)
_NO_WEB = "a redirect to something else than a valid http or https URL"
_PERMANENT = (301, 308)
_FULL = (200, 203)
_REDIRECTS = (301, 302, 303, 307, 308)


class Fetcher:
    """Asks servers, never one host twice at the same time. For use from many threads."""

    def __init__(self, options: SourceOptions, allowance: Allowance, silences: Silences) -> None:
        self._options = options
        self._allowance = allowance
        self._silences = silences
        self._transport = _GuardedTransport(options)
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
        cookies = httpx.Cookies()
        moved_to, permanent = None, True
        for _ in range(redirects + 1):
            answer = self._ask(url, conditions, cookies)
            if answer.status not in _REDIRECTS:
                return self._accept(answer, moved_to)
            permanent = permanent and answer.status in _PERMANENT
            url = _next_hop(answer, url)
            moved_to = public_name(url) if permanent else moved_to
        raise FetchError(f"more than {redirects} redirects", status=answer.status)

    def _accept(self, answer: Answer, moved_to: str | None) -> Answer:
        if answer.status not in (*_FULL, 304):
            raise refusal(answer, self._options.clock())
        return replace(answer, moved_to=moved_to)

    def _ask(self, url: str, conditions: Mapping[str, str], cookies: httpx.Cookies) -> Answer:
        """Send one request and read its answer, turning foreign errors into words."""
        request = self._request(url, conditions, cookies)
        host = host_of(url)
        with self._allowance.visiting(host), deadline(self._options.total_timeout):
            self._silences.require_voice(host)
            try:
                answer = self._exchange(request, url, cookies)
            except _FOREIGN_ERRORS as error:
                raise self._explain(error, host) from None
            self._silences.forget(host)
            return answer

    def _request(
        self, url: str, conditions: Mapping[str, str], cookies: httpx.Cookies
    ) -> httpx.Request:
        contact = f" (+{self._options.contact})" if self._options.contact else ""
        headers = {
            "User-Agent": f"feedsette/{__version__}{contact}",
            "Accept": ACCEPT,
            # brotli and zstd decoders cannot be bounded, so they are not asked for
            "Accept-Encoding": "gzip, deflate",
            **_credentials(url),
            **conditions,
        }
        encoded = [(k.encode("ascii"), v.encode("latin-1", "replace")) for k, v in headers.items()]
        timeout = {"timeout": self._timeout.as_dict()}
        try:
            return httpx.Request("GET", url, headers=encoded, cookies=cookies, extensions=timeout)
        except (httpx.InvalidURL, UnicodeError):  # the latter for names that IDNA refuses
            raise FetchError("not a valid URL") from None

    def _exchange(self, request: httpx.Request, url: str, cookies: httpx.Cookies) -> Answer:
        with closing(self._transport.handle_request(request)) as response:
            response.request = request
            cookies.extract_cookies(response)
            headers = tuple(
                (name.decode("latin-1").lower(), value.decode("latin-1"))
                for name, value in response.headers.raw
            )
            answer = Answer(response.status_code, public_name(url), headers)
            if answer.status not in _FULL:
                return answer
            content = self._read_body(answer, response.iter_raw())
            return replace(answer, status=200, content=content)

    def _read_body(self, answer: Answer, chunks: Iterator[bytes]) -> bytes:
        coding = (answer.header("content-encoding") or "identity").strip().lower()
        limit = self._options.max_bytes
        try:
            if coding in ("identity", "none", ""):
                return collect(chunks, limit, self._take)
            if coding in ("gzip", "x-gzip", "deflate"):
                return inflate(chunks, limit, self._take)
        except SourceError as error:
            raise FetchError(str(error), status=answer.status) from None
        raise FetchError(f"an unknown Content-Encoding: {coding[:40]}", status=answer.status)

    def _take(self, size: int) -> None:
        with off_the_clock():  # that there is no room is not the server's fault
            self._allowance.take(size)

    def _explain(self, error: Exception, host: str) -> FetchError:
        if isinstance(error, PrivateAddressError):
            return FetchError(str(error))
        if isinstance(error, LateError):
            seconds = f"{self._options.total_timeout:g}"
            return FetchError(f"the answer was not complete after {seconds} s", silent=host)
        if isinstance(error, httpcore.ConnectTimeout):
            seconds = f"{self._options.connect_timeout:g}"
            return FetchError(f"no connection within {seconds} s", passing=True, silent=host)
        if isinstance(error, httpcore.TimeoutException):
            reason = f"silent for {self._options.read_timeout:g} s"
            return FetchError(reason, passing=True, silent=host)
        return _why_broken(error)


_FOREIGN_ERRORS = (
    PrivateAddressError,
    LateError,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


def _why_broken(error: Exception) -> FetchError:
    if isinstance(error, httpcore.ConnectError):
        return FetchError(_why_no_connection(str(error)))
    if "complete" in str(error):  # h11: "without sending complete message body"
        return FetchError("cut off: the connection ended before the document did", passing=True)
    if isinstance(error, httpcore.NetworkError) or "disconnected" in str(error):
        return FetchError("the server broke off the connection", passing=True)
    return FetchError("the server does not speak HTTP")


def _why_no_connection(message: str) -> str:
    if "CERTIFICATE" in message or "SSL" in message:
        return "no secure connection: the certificate or TLS version is not accepted"
    if "resolved" in message:
        return message
    return "no connection: the server refuses or cannot be reached"


def _credentials(url: str) -> dict[str, str]:
    """Basic authentication (RFC 7617) with what a URL says before its host, for that host only."""
    parts = urlsplit(url)
    if not parts.username:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": "Basic " + b64encode(pair.encode()).decode("ascii")}


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
        raise FetchError(_NO_WEB, status=answer.status)
    return found


@cache
def _tls_context() -> SSLContext:
    """Reads the certificates once: that takes longer than many a feed."""
    return httpx.create_ssl_context()


def _anything(_address: str) -> bool:
    return True


class _GuardedTransport(httpx.BaseTransport):
    """httpx over a connection pool with our own guard under it; httpx has no public door to one."""

    def __init__(self, options: SourceOptions) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls_context(),
            max_connections=None,
            max_keepalive_connections=options.concurrency,
            keepalive_expiry=5.0,
            network_backend=GuardedNetwork(_anything if options.allow_private else options.allows),
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
