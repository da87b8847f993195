"""The guard against requests to private networks (SSRF), where it cannot be walked around.

The address is checked at the moment of connecting, on every hop, and the very address that was
checked is connected to: a name that resolves differently the second time (DNS rebinding), a
redirect, `http://2130706433/` or an IPv4 address inside an IPv6 one make no difference. TLS and the
Host header keep the name. A proxy would resolve names itself, so proxies of the environment are
not used.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore

from feedsette.errors import FeedsetteError

MAX_ADDRESSES = 4
"""Addresses of one name that are tried in turn."""

_deadline: ContextVar[float] = ContextVar("deadline")


class PrivateAddressError(FeedsetteError):
    """A connection that the guard refused."""


class LateError(FeedsetteError):
    """An answer that came too slowly as a whole, though each piece came in time."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Bound all reads and writes of this thread's requests together; LateError past it.

    httpx bounds each read only, so a server could send its headers a byte a minute for ever.
    """
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


@contextmanager
def off_the_clock() -> Iterator[None]:
    """Move the deadline by the time that passes within."""
    started = time.monotonic()
    try:
        yield
    finally:
        _deadline.set(_deadline.get() + time.monotonic() - started)


class GuardedNetwork(httpcore.NetworkBackend):
    """Resolves a name, checks every address, and connects to a checked one."""

    def __init__(self, allows: Callable[[str], bool]) -> None:
        self._allows = allows
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002  httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers.

        PrivateAddressError if one of them is private: public names have no such addresses.
        """
        addresses = _resolve(host, port)
        if not all(map(self._allows, addresses)):
            raise PrivateAddressError(
                f"{host} leads to a private address; --allow-private permits that"
            )
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, timeout, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, timeout, socket_options)

    def _connect(
        self,
        address: str,
        port: int,
        timeout: float | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        return _TimedStream(
            self._network.connect_tcp(address, port, timeout=timeout, socket_options=socket_options)
        )


class _TimedStream(httpcore.NetworkStream):
    """A stream that knows of the deadline."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _time_left(timeout) as seconds:
            return self._stream.read(max_bytes, seconds)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with _time_left(timeout) as seconds:
            self._stream.write(buffer, seconds)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@contextmanager
def _time_left(timeout: float | None) -> Iterator[float]:
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise LateError
    try:
        yield left if timeout is None else min(left, timeout)
    except (httpcore.ReadTimeout, httpcore.WriteTimeout):
        if timeout is None or left < timeout:
            raise LateError from None
        raise


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the name {host} cannot be resolved") from error
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))[:MAX_ADDRESSES]
