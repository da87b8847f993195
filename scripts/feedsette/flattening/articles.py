"""Entry → the row of an article with the rows of its children."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence, Sized

from feedsette.bigrams import bigram_rows
from feedsette.flattening.addresses.cleaning import clean_url
from feedsette.flattening.addresses.hosts import host_of
from feedsette.flattening.addresses.proxies import is_avatar, picture_key, unwrap
from feedsette.flattening.addresses.resolving import is_web, resolve, split_address
from feedsette.flattening.body.bodies import read_body, read_text
from feedsette.flattening.embeds import embed_rows
from feedsette.flattening.footers.finding import teaser_mark
from feedsette.flattening.identity import Identity
from feedsette.flattening.links import link_rows
from feedsette.flattening.listings.codeblocks import Detector, code_rows
from feedsette.flattening.pictures.images import image_rows, pictures_by_link, read_pictures
from feedsette.flattening.text.spots import Body, Context
from feedsette.flattening.text.texts import comparable, fold
from feedsette.records import Author, Entry, Feed, Picture
from feedsette.rows import Article, Enclosure, Image, Link, Tag
from feedsette.schema import CHILDREN

PASSAGE = 40
"""Letters and digits of a summary that cannot stand in a text by chance."""
_KINDS = ("links", "code blocks", "images", "embeds", "enclosures")
_WHITE = re.compile(r"[\s_]+")


def article_row(
    identity: Identity, feed: Feed, own_hosts: frozenset[str], detect: Detector | None = None
) -> Article:
    """Flatten one entry. Children beyond schema.CHILDREN are left for the caller to report."""
    entry = identity.entry
    body = read_body(entry.html or "", entry.title, entry.link)
    host = host_of(entry.link)
    own_hosts = own_hosts | {host} if host else own_hosts
    context = Context(entry.base_url or feed.base_url, entry.link, own_hosts)
    pictures = read_pictures(body, context)
    links = link_rows(body, context, pictures_by_link(pictures))
    code_blocks = code_rows(body, detect, entry.title)
    images = _with_pictures(image_rows(pictures), entry.pictures)
    tags = tag_rows(entry.tags or _tags_in(links))
    authors = author_rows(entry.authors)
    title = fold(entry.title)
    author = ", ".join(author.name for author in authors) or None
    clean = clean_url(entry.link, own_hosts) if entry.link else None
    article = Article(
        item_key=identity.item_key,
        key_source=identity.key_source,
        content_sha256=identity.content_sha256,
        details_sha256=identity.details_sha256,
        guid=entry.guid,
        url=entry.link,
        clean_url=clean,
        canonical_url=_canonical_url(entry, body, context) or clean,
        title=title,
        author=author,
        published=entry.published,
        updated=entry.updated,
        published_raw=entry.published_raw,
        language=entry.language or feed.language,
        word_count=body.words.total,
        reading_minutes=body.words.minutes,
        code_block_count=len(code_blocks),
        link_count=sum(1 for link in links if not link.footer),
        image_count=len(images),
        tags=json.dumps([tag.name for tag in tags], ensure_ascii=False),
        summary=_summary(entry, body.text),
        text=body.text or None,
        html=entry.html,
        author_rows=authors,
        tag_rows=tags,
        sections=body.sections,
        links=links,
        code_blocks=code_blocks,
        images=images,
        embeds=embed_rows(body, context),
        enclosures=_enclosures(entry),
        bigrams=bigram_rows(title, [tag.name for tag in tags], author, body.text),
    )
    body.tree.dissolve()
    return article


def limit_children(article: Article) -> tuple[Article, list[str]]:
    """Cut every kind of children at schema.CHILDREN, and say so in a line each."""
    limited = article._replace(
        links=article.links[:CHILDREN],
        code_blocks=article.code_blocks[:CHILDREN],
        images=article.images[:CHILDREN],
        embeds=article.embeds[:CHILDREN],
        enclosures=article.enclosures[:CHILDREN],
    )
    name = article.title or article.item_key
    lines = [
        f"{name}: {len(found) - len(kept)} {kind} beyond the limit of {CHILDREN}"
        for kind, found, kept in zip(_KINDS, _children(article), _children(limited), strict=True)
        if len(found) > len(kept)
    ]
    return limited, lines


def shared_pages(links: Iterable[str | None]) -> frozenset[str]:
    """The pages, by clean_url, on which several articles of a feed stand: one-page blogs."""
    distinct = {link for link in links if link and "#" in link}
    pages = Counter(map(clean_url, distinct))
    return frozenset(page for page, articles in pages.items() if articles > 1)


def tell_apart(article: Article, shared: frozenset[str]) -> Article:
    """Of articles on one page, each has its own canonical URL, with the fragment."""
    own = article.canonical_url == article.clean_url and article.clean_url in shared
    fragment = split_address(article.url or "").fragment
    if not own or not fragment:
        return article
    return article._replace(canonical_url=f"{article.clean_url}#{fragment}")


def _children(article: Article) -> tuple[Sized, ...]:
    return (
        article.links,
        article.code_blocks,
        article.images,
        article.embeds,
        article.enclosures,
    )


def author_rows(authors: Iterable[Author]) -> tuple[Author, ...]:
    """One row a name; of the same name with and without a URL, the one with it."""
    rows: dict[str, Author] = {}
    for author in authors:
        known = rows.get(author.name)
        if known is None or known.url is None:
            rows[author.name] = author
    return tuple(rows.values())


def tag_rows(names: Iterable[str]) -> tuple[Tag, ...]:
    """One row a slug, in the feed's order, named as first written."""
    tags: dict[str, Tag] = {}
    for name in filter(None, map(fold, names)):
        slug = slug_of(name)
        tags.setdefault(slug, Tag(slug, name))
    return tuple(tags.values())


def _tags_in(links: Iterable[Link]) -> list[str]:
    """Tags that only the article names, in links with rel=tag (microformats.org/wiki/rel-tag)."""
    return [
        link.text.lstrip("#")
        for link in links
        if link.text and link.rel and "tag" in link.rel.lower().split()
    ]


def slug_of(name: str) -> str:
    """Fold case and width, put hyphens for white space. Signs stay: C, C# and C++ differ."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _WHITE.sub("-", folded.strip()) or name


def _canonical_url(entry: Entry, body: Body, context: Context) -> str | None:
    named = entry.canonical_url or body.canonical_url
    url = resolve(named, context.base_url) if named else None
    return clean_url(url, context.own_hosts) if url and is_web(url) else None


def _summary(entry: Entry, text: str) -> str | None:
    """The summary as plain text, unless it is the title, how the text begins, a passage of it, or
    a line.
    """
    html = entry.summary
    if not html:
        return None
    marked = "<" in html or "&" in html
    summary = read_text(html, entry.title, entry.link) if marked else fold(html) or ""
    summary = summary[: teaser_mark(summary, entry.title)]
    words = comparable(summary)
    if words == comparable(entry.title):
        return None
    # most summaries are how the text begins: the whole of it is looked at for others only
    if comparable(text[: 2 * len(summary) + PASSAGE * 5]).startswith(words):
        return None
    if len(words) < PASSAGE:
        return None if f"\n{summary}\n" in f"\n{text}\n" else summary
    return None if words in comparable(text) else summary


def _with_pictures(images: tuple[Image, ...], pictures: Sequence[Picture]) -> tuple[Image, ...]:
    """Put the pictures that only the feed names behind those of the body."""
    if not pictures:
        return images
    seen = {picture_key(url) for image in images for url in (image.url, image.src)}
    rows = list(images)
    for picture in pictures:
        url = unwrap(picture.url)
        key = picture_key(url)
        if key not in seen and not is_avatar(url):
            seen.add(key)
            rows.append(_picture_row(picture, url, len(rows)))
    return tuple(rows)


def _picture_row(picture: Picture, url: str, position: int) -> Image:
    return Image(
        position=position,
        section=None,
        url=url,
        src=picture.url,
        alt=picture.alt,
        title=picture.title,
        caption=None,
        width=picture.width,
        height=picture.height,
        link_url=None,
    )


def _enclosures(entry: Entry) -> tuple[Enclosure, ...]:
    return tuple(
        Enclosure(n, one.url, one.media_type, one.length_bytes, one.duration_seconds)
        for n, one in enumerate(entry.attachments)
    )
