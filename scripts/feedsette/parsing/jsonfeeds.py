"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1) → records.

Values of a wrong type are taken as missing; ids may be numbers (1.0's readers had to accept them).
"""

import json
import re
from typing import Any

from feedsette.errors import FeedError
from feedsette.parsing import limits
from feedsette.parsing.addresses import web_url
from feedsette.parsing.authors import unique_authors
from feedsette.parsing.bodytexts import Text, choose_texts
from feedsette.parsing.dates import parse_date
from feedsette.parsing.durations import parse_count, parse_duration
from feedsette.parsing.files import media_type
from feedsette.parsing.jsonnames import with_json_names
from feedsette.parsing.tags import unique_tags
from feedsette.parsing.texts import clean, language_tag, plain, title_text, unescape_machines
from feedsette.parsing.xml.entries import inheriting
from feedsette.records import Attachment, Author, Document, Entry, Feed, Picture, shown_name

Json = dict[str, Any]

_ITEMS = re.compile(r'"items"\s*:\s*\[\s*')
_COMMA = re.compile(r"\s*,\s*")


def parse_json(text: str, document: Document) -> Feed:
    """Read a JSON Feed; FeedError where the text is no JSON or no feed."""
    raw, message = _load(text)
    cut_off = message is not None
    raw = with_json_names(raw)
    version = raw.get("version")
    items = raw.get("items")
    if isinstance(items, list) and len(items) > limits.MAX_ENTRIES:
        message = limits.too_many_entries()
    named = isinstance(version, str) and "jsonfeed.org/version/" in version
    if not named and not isinstance(items, list):
        raise FeedError("is JSON, but not a JSON Feed: it has neither version nor items")
    answered = web_url(document.url) or web_url(document.location)
    feed_url = web_url(raw.get("feed_url"), answered)
    site_url = web_url(raw.get("home_page_url"), answered or feed_url)
    base = site_url or feed_url or answered
    own_url = feed_url or web_url(shown_name(document.location))
    authors = _authors(raw)
    language = language_tag(raw.get("language"))
    return Feed(
        feed_key=own_url or site_url or document.name,
        format="json11" if str(version).rstrip("/").endswith("1.1") else "json10",
        title=title_text(_text(raw, "title"), literal=True),
        site_url=site_url,
        feed_url=own_url,
        description=_description(_text(raw, "description")),
        language=language,
        image_url=web_url(raw.get("icon"), base) or web_url(raw.get("favicon"), base),
        entries=tuple(
            _entry(item, base, authors, language)
            for item in items[: limits.MAX_ENTRIES]
            if isinstance(item, dict)
        )
        if isinstance(items, list)
        else (),
        base_url=base,
        complete=message is None,
        cut_off=cut_off,
        message=message,
        next_url=web_url(raw.get("next_url"), answered or feed_url),
    )


def _description(text: str) -> str | None:
    """Text by the format; a paragraph's tags around all of it a program took from HTML."""
    return title_text(text, literal=not (text.startswith("<p>") and text.endswith("</p>")))


def _load(text: str) -> tuple[Json, str | None]:
    """The document's object, and what was wrong with it if that is so."""
    try:
        raw = _DECODER.raw_decode(text)[0]  # whatever stands behind it is a server's chatter
    except RecursionError:
        raise FeedError("is JSON nested too deeply to be a feed") from None
    except ValueError as error:
        raw = _salvage(text)
        if raw is None:
            raise FeedError(f"is not a feed: malformed JSON ({error})") from None
        return raw, "is cut off or broken: what could be read was kept, entries may be missing"
    if not isinstance(raw, dict):
        raise FeedError("is JSON, but not a JSON Feed: an object was expected")
    return raw, None


def _salvage(text: str) -> Json | None:
    """Of a document that breaks off: what stands before its items, and every whole item."""
    start = _ITEMS.search(text)
    if not start:
        return None
    try:
        raw = _DECODER.decode(text[: start.start()].rstrip().rstrip(",") + "}")
    except (ValueError, RecursionError):
        return None
    items: list[Any] = []
    position = start.end()
    while True:
        try:
            item, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            return {**raw, "items": items} if isinstance(raw, dict) else None
        items.append(item)
        comma = _COMMA.match(text, position)
        position = comma.end() if comma else len(text)


def _number(digits: str) -> int | str:
    """Python refuses to convert very long numbers; an id of 5,000 digits is a string."""
    return int(digits) if len(digits) < 100 else digits


_DECODER = json.JSONDecoder(strict=False, parse_int=_number)


def _text(raw: Json, key: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _entry(raw: Json, base: str | None, authors: tuple[Author, ...], language: str | None) -> Entry:
    link = web_url(raw.get("url"), base) or web_url(raw.get("external_url"), base)
    texts = [
        Text(_text(raw, "content_html")),
        Text(_text(raw, "content_text"), kind="text/plain"),
        Text(unescape_machines(_text(raw, "summary")), kind="text/plain", rank=1),
    ]
    chosen = choose_texts([text for text in texts if text.value])
    written = _text(raw, "date_published") or _text(raw, "date_modified")
    published = parse_date(written)
    own_language = language_tag(raw.get("language"))
    entry = Entry(
        guid=_guid(raw.get("id")),
        link=link,
        title=title_text(_text(raw, "title"), literal=True),
        authors=_authors(raw),
        tags=unique_tags(_tags(raw.get("tags"))),
        published=published,
        updated=parse_date(_text(raw, "date_modified")),
        published_raw=None if published else clean(written),
        language=None if own_language == language else own_language,
        html=chosen.html,
        summary=chosen.summary,
        base_url=link or base,
        attachments=_attachments(raw.get("attachments"), base),
        pictures=_pictures(raw, base),
    )
    return inheriting(entry, authors)


def _guid(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value != value:
        return None  # NaN alone is not what it is
    return plain(str(value))


def _tags(value: object) -> list[str]:
    """A list of strings; seen in its stead: one string with commas, objects with a name."""
    if isinstance(value, str):
        return value.split(",")
    tags = value if isinstance(value, list) else []
    names = (_text(tag, "name") if isinstance(tag, dict) else tag for tag in tags)
    return [name for name in names if isinstance(name, str)]


def _authors(raw: Json) -> tuple[Author, ...]:
    """1.1's authors, 1.0's author; either may be an object, a list or a bare string."""
    people: list[object] = []
    for key in ("authors", "author"):
        value = raw.get(key)
        people += value if isinstance(value, list) else [value]
    return unique_authors(
        (_text(person, "name"), _text(person, "url"))
        if isinstance(person, dict)
        else (person, None)
        for person in people
        if isinstance(person, dict | str)
    )


def _attachments(value: object, base: str | None) -> tuple[Attachment, ...]:
    found: dict[str, Attachment] = {}
    for item in value if isinstance(value, list) else []:
        url = web_url(item.get("url"), base) if isinstance(item, dict) else None
        if url:
            found.setdefault(
                url,
                Attachment(
                    url=url,
                    media_type=media_type(item.get("mime_type")),
                    length_bytes=parse_count(item.get("size_in_bytes")),
                    duration_seconds=parse_duration(item.get("duration_in_seconds")),
                ),
            )
    return tuple(found.values())


def _pictures(raw: Json, base: str | None) -> tuple[Picture, ...]:
    urls = [web_url(raw.get(key), base) for key in ("image", "banner_image")]
    return tuple(Picture(url) for url in dict.fromkeys(urls) if url)
