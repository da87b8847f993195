"""The guard against private addresses."""

import socket
from datetime import UTC, datetime

import pytest

from feedsette.records import Document, Failure
from feedsette.sources import SourceOptions, read_documents
from feedsette.sources.addresses import is_public
from servers import FeedServer, redirect, reply

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
RSS = b"<rss version='2.0'/>"


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"],
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "127.0.0.1.",
        "user:secret@localhost",
        "0",
        "0x7f.1",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[::127.0.0.1]",
        "1.1.1.1@127.0.0.1",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "[fe80::1%25lo]",
        "localhost%00.a.example",
    ],
)
def test_every_spelling_of_loopback_is_refused_before_a_byte_is_sent(host: str) -> None:
    options = SourceOptions(clock=lambda: NOW, contact="https://me.example/")
    with FeedServer({"/feed": reply(RSS)}) as server:
        location = server.url("/feed", host)
        (failure,) = read_documents([location], options, {})
        assert server.requests == []
    assert isinstance(failure, Failure)
    refused = "leads to a private address; --allow-private permits that"
    # octal numbers are refused as such, and some C libraries read no odd spelling at all
    others = ("not a valid URL", "cannot be resolved")
    assert failure.reason.endswith((refused, *others))
    assert failure == Failure(location.replace("LOCALHOST", "localhost"), failure.reason, NOW)
    assert "secret" not in failure.reason + failure.name


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_private_address_is_refused_on_that_hop(status: int) -> None:
    """127.0.0.2 plays the public server: the rule is passed in, the guard is the real one."""
    with (
        FeedServer({"/secret": reply(RSS)}) as private,
        FeedServer({}, host="127.0.0.2") as public,
    ):
        public.routes = {"/feed": redirect(status, private.url("/secret")), "/good": reply(RSS)}
        options = SourceOptions(clock=lambda: NOW, allows=lambda address: address == "127.0.0.2")
        records = list(read_documents([public.url("/feed"), public.url("/good")], options, {}))
        assert private.requests == []
    reason = "127.0.0.1 leads to a private address; --allow-private permits that"
    assert records == [
        Failure(public.url("/feed"), reason, NOW),
        Document(public.url("/good"), RSS, NOW, url=public.url("/good"), http_status=200),
    ]


def test_the_name_stays_in_the_request() -> None:
    """The address is connected to, yet virtual hosts and TLS need the name."""
    options = SourceOptions(clock=lambda: NOW, allow_private=True)
    with FeedServer({"/feed": reply(RSS)}) as server:
        (document,) = read_documents([server.url("/feed", "localhost")], options, {})
        assert [r.headers["host"] for r in server.requests] == [f"localhost:{server.port}"]
    assert isinstance(document, Document)


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would resolve names itself, past the guard."""
    with FeedServer({}) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url(""))
        (failure,) = read_documents(["http://10.0.0.1/feed"], SourceOptions(), {})
        assert proxy.requests == []
    assert isinstance(failure, Failure)
    assert failure.reason == "10.0.0.1 leads to a private address; --allow-private permits that"


def test_a_name_that_does_not_exist_is_said() -> None:
    (failure,) = read_documents(["http://nothing.invalid/feed"], SourceOptions(), {})
    assert isinstance(failure, Failure)
    assert failure.reason == "the name nothing.invalid cannot be resolved"


def test_a_name_that_is_too_long_is_said() -> None:
    (failure,) = read_documents([f"http://{'a' * 70}.example/"], SourceOptions(), {})
    assert isinstance(failure, Failure)
    assert failure.http_status is None


def test_the_next_address_is_tried_if_one_does_not_answer() -> None:
    """localhost is often ::1 first, where this server does not listen."""
    families = {info[0] for info in socket.getaddrinfo("localhost", 80)}
    options = SourceOptions(clock=lambda: NOW, allow_private=True)
    with FeedServer({"/feed": reply(RSS)}) as server:
        (record,) = read_documents([server.url("/feed", "localhost")], options, {})
    assert socket.AF_INET in families
    assert isinstance(record, Document)
