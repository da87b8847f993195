"""RSS written as JSON → the names of JSON Feed.

Two kinds are about: Hexo's hexo-generator-json-feed (`items` with `link`, `guid`, `pubDate`), and
RSS in JSON (`{"rss": {"channel": {"item": […]}}}`), XML's elements one by one.
"""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

_CHANNEL = {"home_page_url": ("link",), "items": ("item",), "authors": ("managingEditor",)}
_ITEM = {
    "url": ("link",),
    "id": ("guid",),
    "content_html": ("content:encoded", "content", "description"),
    "date_published": ("pubDate", "dc:date", "date"),
    "date_modified": ("updated",),
    "tags": ("categories", "category"),
    "author": ("dc:creator", "creator"),
    "attachments": ("enclosures", "enclosure"),
}
_ENCLOSURE = {"mime_type": ("type",), "size_in_bytes": ("length",)}


def with_json_names(raw: Json) -> Json:
    """The feed with JSON Feed's names beside RSS' own; those that are there already stand."""
    rss = raw.get("rss")
    channel = rss.get("channel") if isinstance(rss, dict) else None
    feed = _named(channel if isinstance(channel, dict) else raw, _CHANNEL)
    items = feed.get("items")
    if isinstance(items, dict):  # XML's one element
        items = [items]
    for key in ("title", "description"):
        feed[key] = _bare(feed.get(key))
    if isinstance(items, list):
        feed["items"] = [_item(item) if isinstance(item, dict) else item for item in items]
    return feed


def _item(raw: Json) -> Json:
    if "url" in raw or "content_html" in raw or "content_text" in raw:
        return raw  # JSON Feed
    item = _named(raw, _ITEM)
    if item.get("content_html") != raw.get("description"):
        item.setdefault("summary", raw.get("description"))
    for key in ("id", "tags", "title"):
        item[key] = _bare(item.get(key))
    attachments = item.get("attachments")
    files = attachments if isinstance(attachments, list) else [attachments]
    item["attachments"] = [_named(one, _ENCLOSURE) for one in files if isinstance(one, dict)]
    return item


def _named(raw: Json, names: Mapping[str, tuple[str, ...]]) -> Json:
    named = dict(raw)
    for name, others in names.items():
        if name not in raw:
            value = next((_bare(raw[other]) for other in others if raw.get(other)), None)
            if value is not None:
                named[name] = value
    return named


def _bare(value: Any) -> Any:
    """The text of an element whose attributes stand beside it; of a list, of each of them."""
    if isinstance(value, list):
        return [_text_of(one) for one in value]
    return _text_of(value)


def _text_of(value: Any) -> Any:
    if isinstance(value, dict) and "url" not in value:
        return next((value[key] for key in ("#value", "#text", "_", "$t") if key in value), value)
    return value
