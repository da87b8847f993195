"""One item or entry of an XML feed → an Entry."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from feedsette.parsing.addresses import web_url
from feedsette.parsing.authors import unique_authors
from feedsette.parsing.bodytexts import Text, choose_texts
from feedsette.parsing.dates import parse_date
from feedsette.parsing.files import attachments_of, pictures_of
from feedsette.parsing.tags import unique_tags
from feedsette.parsing.texts import clean, language_tag, plain, title_text
from feedsette.parsing.wordpress.exported import Exported
from feedsette.parsing.wordpress.typed import html_of_typed
from feedsette.parsing.xml.addresses import canonical_url, content_base, link_of, shown_at
from feedsette.records import Author, Entry

_NO_TAGS = frozenset({"http://schemas.google.com/g/2005#kind"})
"""Schemes of categories that say what kind of record an entry is (Blogger: `#post`)."""
_MEDIA = "http://search.yahoo.com/mrss/category_schema"
"""The scheme of a media:category that names none."""
_DATES = ("published", "dc_date", "created", "updated", "wp_post_date_gmt", "wp_post_date")
_NO_TOPICS = frozenset(
    {"post_format", "nav_menu", "language", "post_translations", "author", "product_type",
     "product_visibility"}
)  # fmt: skip
"""What WordPress's exports and its plugins hold as categories that say nothing of the topic."""


@dataclass(frozen=True, slots=True)
class EntryContext:
    """What an entry inherits from its feed."""

    base_url: str | None
    site_url: str | None
    atom: bool
    language: str | None
    authors: tuple[Author, ...]
    split_tags: bool
    tag_parts: tuple[str, str]
    exported: Exported


def parse_entry(raw: dict[str, Any], context: EntryContext) -> Entry:
    """Read one entry; whatever is missing or malformed in it is None."""
    base = web_url(raw.get("xml_base"), context.base_url) or context.base_url
    link = link_of(raw, base, context.site_url)
    chosen = choose_texts(_candidates(raw, context.exported))
    published, updated, published_raw = _dates(raw)
    named = [(context.exported.name_of(name), page) for name, page in credited(raw)]
    people = unique_authors(named, base or link) or unique_authors(_posters(raw))
    source = raw.get("source")
    if not people and isinstance(source, dict):  # RFC 4287 §4.2.1
        people = unique_authors(credited(source), base)
    entry = Entry(
        guid=plain(raw.get("id") or ""),
        link=link,
        title=_title(raw, atom=context.atom),
        authors=people,
        tags=unique_tags(
            _terms(raw, context.tag_parts),
            split=context.split_tags,
            keywords=raw.get("keywords") or (),
        ),
        published=published,
        updated=updated,
        published_raw=published_raw,
        language=_language(raw, chosen.language, context.language),
        html=chosen.html,
        summary=chosen.summary,
        base_url=content_base(raw, chosen.base, base, shown_at(raw, link, context.site_url)),
        canonical_url=canonical_url(raw, base),
        attachments=attachments_of(raw, base),
        pictures=pictures_of(raw, base),
    )
    return inheriting(entry, context.authors)


def inheriting(entry: Entry, authors: tuple[Author, ...]) -> Entry:
    """Give an entry without authors its feed's, but not one that says nothing at all."""
    if entry.authors or not authors or entry.is_empty:
        return entry
    return entry._replace(authors=authors)


def credited(raw: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    """Authors as (words or name, address of a home page)."""
    people = raw.get("authors") or []
    return [(person.get("words") or person.get("name"), person.get("href")) for person in people]


def _posters(raw: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    """Who posted it to a community, as LiveJournal and Dreamwidth say: in words or as `user`.

    Vimeo only credits a video's author; beside a picture that would be who took it.
    """
    said = [raw.get(key) for key in ("lj_poster", "dw_poster")]
    if any(item.get("medium") == "video" for item in raw.get("media_content") or []):
        people = raw.get("media_credit") or []
        said += [one.get("content") for one in people if one.get("role") == "author"]
    return [(one.get("user") if isinstance(one, dict) else one, None) for one in said if one]


def _title(raw: dict[str, Any], *, atom: bool) -> str | None:
    kind = (raw.get("title_detail") or {}).get("type")
    title = title_text(raw.get("title") or "", literal=atom and kind == "text/plain")
    title = title or title_text(raw.get("dc_title") or "", literal=False)
    others = (raw.get("itunes_title"), raw.get("media_title"))
    return title or next((plain(other) for other in others if other), None)


def _dates(raw: dict[str, Any]) -> tuple[Any, Any, str | None]:
    """Published, updated, and what stood for published if that is unusable.

    Readers sort by published, so an entry that has only another date takes that: dc:date, created,
    and for the many Atom feeds without published, updated; in WordPress's exports its own.
    """
    written = [raw.get(key) for key in _DATES]
    written = [text for text in written if isinstance(text, str) and text.strip()]
    if not written:
        return None, None, None
    first = parse_date(written[0])
    later = map(parse_date, written[1:])
    published = first or next((moment for moment in later if moment), None)
    updated = raw.get("updated") or raw.get("wp_post_modified_gmt")
    changed = first if updated == written[0] else parse_date(updated)
    return published, changed, None if first else clean(str(written[0]))


def _terms(raw: dict[str, Any], parts: tuple[str, str]) -> Iterable[str]:
    """What categories are called: their first part, or the second where that is missing."""
    first, second = parts
    hidden = _NO_TAGS | _NO_TOPICS if "wp_post_type" in raw else _NO_TAGS
    for tag in raw.get("tags") or []:
        if tag.get("scheme") not in hidden:
            yield from _listed(tag.get(first) or tag.get(second) or "", tag.get("scheme"))


def _listed(term: str, scheme: str | None) -> list[str]:
    """Flickr's tags are words in one media:category; of other sites it may hold a list, which two
    commas show: `Arts, Crafts` is one category.
    """
    if scheme == "urn:flickr:tags":
        return term.split()
    return term.split(",") if scheme == _MEDIA and term.count(",") > 1 else [term]


def _language(raw: dict[str, Any], content: str | None, feed: str | None) -> str | None:
    """The entry's own language, None where it is the feed's."""
    for written in (raw.get("xml_lang"), raw.get("language"), content):
        language = language_tag(written)
        if language:
            return None if language == feed else language
    return None


def _candidates(raw: dict[str, Any], exported: Exported) -> list[Text]:
    found = [_text_of(content) for content in raw.get("content") or []]
    if "wp_post_type" in raw:
        post = str(raw.get("wp_post_id") or "")
        found = [
            replace(text, value=html_of_typed(text.value, lambda ids: exported.gallery(ids, post)))
            for text in found
        ]
    keys = (
        "summary",
        "dc_description",
        "excerpt_encoded",  # WordPress' export
        "itunes_summary",
        "media_description",
        "itunes_subtitle",
    )
    for rank, key in enumerate(keys, 1):
        if raw.get(key):
            kind = "text/html" if key == "excerpt_encoded" else "text/plain"
            detail = raw.get(f"{key}_detail") or {"type": kind}
            found.append(_text_of({"value": raw[key], **detail}, rank))
    return found


def _text_of(content: dict[str, Any], rank: int = 0) -> Text:
    return Text(
        content.get("value") or "",
        kind=content.get("type") or "text/html",
        typed=bool(content.get("typed")),
        base=content.get("base"),
        language=content.get("language"),
        rank=rank,
    )
