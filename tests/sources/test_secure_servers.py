"""HTTPS against real servers on the loopback, whose certificates an authority of our own signed.

The command is run as a user runs it: SSL_CERT_FILE names the authority, as it does for one's own.
"""

import datetime
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from datasets import feed, item
from servers import FeedServer, Handler, redirect, reply
from tables import ask

GOOD = feed(item("One"), site="https://localhost").encode()
REFUSED = "no secure connection: the certificate or TLS version is not accepted"
AUTHORITY = trustme.CA()
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
Context = Callable[[], ssl.SSLContext]


def signed(
    *names: str, by: trustme.CA = AUTHORITY, until: datetime.datetime | None = None
) -> Context:
    def make() -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        by.issue_cert(*names, not_after=until).configure_cert(context)
        return context

    return make


def old_protocol() -> ssl.SSLContext:
    context = signed("localhost")()
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    return context


@contextmanager
def secure_server(handler: Handler, context: ssl.SSLContext) -> Iterator[FeedServer]:
    with FeedServer({"/feed": handler}) as server:
        server.secure(context)
        yield server


def load(folder: Path, url: str, *words: str) -> tuple[int, str]:
    authority = folder / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(str(authority))
    command = [sys.executable, "-m", "feedsette", "load", url, "--no-detect", "-q", *words]
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "SSL_CERT_FILE": str(authority)},
    )  # fmt: skip
    return result.returncode, result.stderr


def test_a_server_that_our_authority_vouches_for(tmp_path: Path) -> None:
    names: list[str | None] = []
    context = signed("localhost")()
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with secure_server(reply(GOOD), context) as server:
        url = server.url("/feed", "localhost", "https")
        assert load(tmp_path, url, "--allow-private") == (0, "")
        # the address is connected to, and yet the name is asked for
        assert (names, server.counts["/feed"]) == (["localhost"], 1)
    assert ask(tmp_path / "content.db", "select location, status from loads") == [(url, "loaded")]


@pytest.mark.parametrize(
    "context",
    [
        signed("localhost", by=trustme.CA()),
        signed("other.example"),
        signed("localhost", until=LONG_AGO),
        old_protocol,
    ],
    ids=["unknown authority", "another name", "expired", "TLS 1.0"],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_a_server_that_nobody_vouches_for(tmp_path: Path, context: Context) -> None:
    with secure_server(reply(GOOD), context()) as server:
        url = server.url("/feed", "localhost", "https")
        assert load(tmp_path, url, "--allow-private") == (1, f"{url}: {REFUSED}\n")
        assert server.requests == []


def test_a_private_address_is_refused_before_the_handshake(tmp_path: Path) -> None:
    with secure_server(reply(GOOD), signed("localhost")()) as server:
        url = server.url("/feed", "localhost", "https")
        code, said = load(tmp_path, url)
        assert server.connections == 0
    assert (code, "leads to a private address" in said) == (1, True)


def test_a_redirect_into_the_open_leaves_the_password_behind(tmp_path: Path) -> None:
    with FeedServer({"/feed": reply(GOOD)}, "127.0.0.2") as plain:
        target = redirect(302, plain.url("/feed"))
        with secure_server(target, signed("localhost")()) as server:
            url = server.url("/feed", "user:secret@localhost", "https")
            assert load(tmp_path, url, "--allow-private") == (0, "")
            assert "authorization" in server.requests[0].headers
        assert "authorization" not in plain.requests[0].headers
