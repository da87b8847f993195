"""What other projects' test suites say of the feeds in the corpus, in one form.

A claim is (index, field, value): the entry's index or None for the feed, the name of a field of
our records, and the value in our form. The values are read from the files that stand beside the
feeds; none of them is copied here.
"""

import ast
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Claim = tuple[int | None, str, Any]

_COMMENT = re.compile(rb"<!--(.*?)-->", re.DOTALL)
_KEYS = {
    "title": "title",
    "link": "link",
    "id": "guid",
    "guid": "guid",
    "published_parsed": "published",
    "issued_parsed": "published",
    "date_parsed": "updated",
    "updated_parsed": "updated",
    "modified_parsed": "updated",
    "author": "authors",
}
_FEED_KEYS = {"title": "title", "link": "site_url", "language": "language"}


BASE = "https://e.org/data/"
"""Where reader's feeds are taken to live: their records speak of a folder's URL."""

_GOFEED_FEED = {"title": "title", "link": "site_url", "feedLink": "feed_url"}
_GOFEED_ITEM = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "publishedParsed": "published",
    "updatedParsed": "updated",
    "categories": "tags",
}


def moment(text: str) -> datetime:
    return (
        datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC).replace(microsecond=0)
    )


def gofeed_claims(feed: Path) -> Iterator[Claim]:
    said = json.loads(feed.with_suffix(".json").read_bytes())
    yield from ((None, _GOFEED_FEED[key], said[key]) for key in _GOFEED_FEED if said.get(key))
    for index, item in enumerate(said.get("items") or []):
        for key in _GOFEED_ITEM.keys() & item.keys():
            value = moment(item[key]) if key.endswith("Parsed") else item[key]
            yield index, _GOFEED_ITEM[key], tuple(value) if key == "categories" else value
        names = tuple(a["name"] for a in item.get("authors") or [] if a.get("name"))
        if names:
            yield index, "authors", names


def feed_rs_claims(feed: Path) -> Iterator[Claim]:
    said = json.loads(feed.with_suffix(".serde.json").read_bytes())
    if said.get("title"):
        yield None, "title", said["title"]["content"]
    for index, item in enumerate(said["entries"]):
        yield index, "guid", item["id"]
        if item["title"]:
            yield index, "title", item["title"]["content"]
        if item["links"]:
            yield index, "link", item["links"][0]["href"]
        for key in ("published", "updated"):
            if item[key]:
                yield index, key, moment(item[key])
        yield index, "tags", tuple(category["term"] for category in item["categories"])
        yield index, "authors", tuple(a["name"] for a in item["authors"])


def expect_claims(feed: Path) -> Iterator[Claim]:
    """The equations of feedparser's `Expect:` line that are about a field of ours."""
    try:
        expression = ast.parse(_lines(feed).get("expect", "None"), mode="eval")
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(expression):
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq):
            continue
        try:
            value = ast.literal_eval(node.comparators[0])
        except ValueError:
            continue
        yield from _equation(_path(node.left), value)


def headers_of(feed: Path) -> tuple[tuple[str, str], ...]:
    """The HTTP headers that feedparser's tests send with a file."""
    header = _lines(feed).get("header")
    if not header:
        return ()
    name, _, value = header.partition(":")
    return ((name.strip().lower(), value.strip()),)


def _lines(feed: Path) -> dict[str, str]:
    content = feed.read_bytes()
    for encoding in ("utf-8", "utf-16", "utf-32"):
        match = _COMMENT.search(content.decode(encoding, "ignore").encode())
        if match and b"xpect" in match[1]:
            break
    else:
        return {}
    lines = {}
    for line in match[1].decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        lines[name.strip().lower()] = value.strip()
    return lines


def _path(node: ast.expr) -> list[Any]:
    path: list[Any] = []
    while isinstance(node, ast.Subscript | ast.Attribute):
        if isinstance(node, ast.Attribute):
            path.insert(0, node.attr)
        else:
            path.insert(0, getattr(node.slice, "value", None))
        node = node.value
    return [getattr(node, "id", None), *path]


def _equation(path: list[Any], value: Any) -> Iterator[Claim]:
    if path[0] == "entries" and len(path) == 3 and path[2] in _KEYS:
        if path[2].endswith("_parsed"):
            value = datetime(*value[:6], tzinfo=UTC) if value else None
        elif path[2] == "author":
            value = (value,)
        yield path[1], _KEYS[path[2]], value or None
    elif path[0] == "feed" and len(path) == 2 and path[1] in _FEED_KEYS:
        yield None, _FEED_KEYS[path[1]], value or None
    elif path[0] == "entries" and path[-1] == "term" and path[2] == "tags":
        yield path[1], f"tag {path[3]}", value


def reader_claims(feed: Path) -> Iterator[Claim]:
    tree = ast.parse(feed.with_name(feed.name + ".py").read_text("utf-8"))
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and hasattr(n.func, "id")]
    entries = [call for call in calls if call.func.id == "EntryData"]
    for index, call in enumerate(sorted(entries, key=lambda call: call.lineno)):
        for keyword in call.keywords:
            field = {"id": "guid"}.get(keyword.arg or "", keyword.arg)
            if field in ("guid", "title", "link", "published", "updated", "authors", "tags"):
                yield index, field, _value(keyword.value)


def _value(node: ast.expr) -> Any:
    """A literal, a datetime, a name of an Author, or a tuple of those."""
    if isinstance(node, ast.Tuple):
        return tuple(value for value in map(_value, node.elts) if value)
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else BASE for v in node.values)
    if not isinstance(node, ast.Call):
        return ast.literal_eval(node)
    if isinstance(node.func, ast.Attribute):
        return datetime(*[ast.literal_eval(a) for a in node.args], tzinfo=UTC)
    named = {k.arg: _value(k.value) for k in node.keywords}
    return named.get("name") or (_value(node.args[0]) if node.args else None)
