"""Who has an answer already is told so instead of being sent it again (RFC 9110 §13.1.2).

Datasette 0.65 gives the answer of an output renderer a status of its own, so a feed itself cannot
say 304.
"""

from collections.abc import Awaitable, Callable

from feedsette.serving.headers import App, Message, Send

_OF_BODY = (b"content-type", b"content-length", b"content-encoding")


def wrap(app: App) -> App:
    """Compare the ETag of an application's answers with what the request names."""

    async def wrapped(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Send
    ) -> None:
        known = _known(scope)
        await app(scope, receive, _comparing(send, known) if known else send)

    return wrapped


def _known(scope: Message) -> frozenset[bytes]:
    """Give the tags of If-None-Match, without the mark that makes them weak."""
    named = [value for name, value in scope.get("headers", ()) if name == b"if-none-match"]
    tags = (tag.strip() for tag in b",".join(named).split(b","))
    return frozenset(tag.removeprefix(b"W/") for tag in tags if tag)


def _comparing(send: Send, known: frozenset[bytes]) -> Send:
    unchanged = False

    async def answer(message: Message) -> None:
        nonlocal unchanged
        if message["type"] == "http.response.start":
            headers = [(name.lower(), value) for name, value in message.get("headers", ())]
            unchanged = message["status"] == 200 and dict(headers).get(b"etag") in known
            if unchanged:
                kept = [header for header in headers if header[0] not in _OF_BODY]
                message = {**message, "status": 304, "headers": kept}
        elif unchanged:
            message = {**message, "body": b""}
        await send(message)

    return answer
