"""Response headers that Datasette leaves to others (its issue 1362)."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from feedsette.serving.ownership import is_of_others

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Callable[[], Awaitable[Message]], Send], Awaitable[None]]

_SITE = (
    # core and datasette-vega write inline scripts, and vega compiles its charts with eval
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' https: http: data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_ARTICLE = (
    # strangers wrote what these pages show: nothing runs, and pictures are all that is fetched
    "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self' https: http: data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_COMMON = (
    (b"x-content-type-options", b"nosniff"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), browsing-topics=()"),
)
_ARTICLE_PATH = re.compile(r"/[^/]+/articles/[^/]+/?$")
_OURS = {b"content-security-policy", *(name for name, _ in _COMMON)}


def wrap(app: App, datasette: Any) -> App:
    """Put an ASGI application behind our headers."""

    async def wrapped(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Send
    ) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _headers(scope, message, datasette)}
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped


def _headers(scope: Message, message: Message, datasette: Any) -> list[tuple[bytes, bytes]]:
    path = str(scope.get("path", ""))
    is_article = _ARTICLE_PATH.search(path) and not is_of_others(datasette, path)
    policy = _ARTICLE if is_article else _SITE
    kept = [(name, value) for name, value in message.get("headers", ()) if name not in _OURS]
    names = {name.lower() for name, _ in kept}
    added = [(b"content-security-policy", policy.encode()), *_COMMON]
    if b"referrer-policy" not in names:
        added.append((b"referrer-policy", b"no-referrer"))
    if "/-/static" in path and message["status"] == 200 and b"cache-control" not in names:
        added.append((b"cache-control", b"public, max-age=86400"))
    return [*kept, *added]
