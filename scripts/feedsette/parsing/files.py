"""What comes with an entry beside its text: recordings and other files, pictures."""

import re
from collections.abc import Iterable
from typing import Any

from feedsette.parsing.addresses import web_url
from feedsette.parsing.durations import parse_count, parse_duration
from feedsette.parsing.texts import plain
from feedsette.records import Attachment, Picture

LONGEST_ALT = 500
"""Characters; what is longer is a text of its own."""
_RECORDING_ENDINGS = (".mp3", ".m4a", ".mp4", ".m4v", ".ogg", ".opus", ".wav", ".webm", ".mov")
_VIDEO_PAGE = re.compile(
    r"(?:https?:)?//(?:(?:www\.|m\.)?youtube\.com/(?:watch|embed|shorts|live|v)\b|youtu\.be/\w|"
    r"(?:www\.)?vimeo\.com/\d|player\.vimeo\.com/video/\d)",
    re.IGNORECASE,
)
_IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif")


def attachments_of(raw: dict[str, Any], base: str | None) -> tuple[Attachment, ...]:
    """Enclosures, media:content that is no picture, transcripts and chapters, each URL once. An
    Atom entry whose content is a file elsewhere (RFC 4287 §4.1.3.2) has attached it.

    itunes:duration belongs to the first recording.
    """
    found: dict[str, Attachment] = {}
    links = [link for link in raw.get("links") or [] if link.get("rel") == "enclosure"]
    media = [item for item in raw.get("media_content") or [] if _is_file(item)]
    if _is_video_page(raw.get("link")):  # the entry's own page
        media = [item for item in media if item.get("type") or not _is_video_page(item.get("url"))]
    remote = [item for item in raw.get("content") or [] if _is_remote(item)]
    for item in (*links, *media, *(raw.get("podcast_files") or []), *remote):
        url = web_url(item.get("href") or item.get("url") or item.get("src"), base)
        if url:
            found[url] = _merged(found.get(url), _attachment(url, item))
    return _with_duration(list(found.values()), parse_duration(raw.get("itunes_duration")))


def _is_remote(item: dict[str, Any]) -> bool:
    """A file's address in place of a text: not that of a page, which the entry links anyway."""
    kind = media_type(item.get("type"))
    return bool(item.get("src")) and kind is not None and "html" not in kind


def _attachment(url: str, item: dict[str, Any]) -> Attachment:
    return Attachment(
        url=url,
        media_type=media_type(item.get("type")),
        length_bytes=parse_count(item.get("length") or item.get("filesize")),
        duration_seconds=parse_duration(item.get("duration")),
    )


def _merged(first: Attachment | None, second: Attachment) -> Attachment:
    if first is None:
        return second
    return Attachment(
        url=first.url,
        media_type=first.media_type or second.media_type,
        length_bytes=first.length_bytes or second.length_bytes,
        duration_seconds=first.duration_seconds or second.duration_seconds,
    )


def _with_duration(files: list[Attachment], seconds: int | None) -> tuple[Attachment, ...]:
    if files and seconds:
        recordings = [i for i, file in enumerate(files) if is_recording(file.media_type)]
        index = recordings[0] if recordings else 0
        if files[index].duration_seconds is None:
            files[index] = files[index]._replace(duration_seconds=seconds)
    return tuple(files)


def is_recording(kind: str | None) -> bool:
    """Audio or video by its media type."""
    return bool(kind) and str(kind).startswith(("audio/", "video/"))


def media_type(value: object) -> str | None:
    """A media type in lower case without parameters; None if it is none."""
    if not isinstance(value, str):
        return None
    kind = (plain(value) or "").split(";")[0].strip().lower()
    return kind if kind.count("/") == 1 and " " not in kind else None


def pictures_of(raw: dict[str, Any], base: str | None) -> tuple[Picture, ...]:
    """Pictures among media:content and enclosures, media:thumbnail, the entry's own images; each
    URL once. (An enclosure is an attached file all the same.)
    """
    image = raw.get("image")
    items = [item for item in raw.get("media_content") or [] if _is_picture(item)]
    if len(items) == 1 and _describes(raw.get("media_description"), raw.get("summary")):
        items = [{"description": raw["media_description"], **items[0]}]
    links = [link for link in raw.get("links") or [] if link.get("rel") == "enclosure"]
    items += [link for link in links if _is_drawn(link)]
    items += raw.get("media_thumbnail") or []
    items += [image] if isinstance(image, dict) else []
    # some write the entry's own page as its image, too
    items += [item for item in raw.get("pictures") or [] if item.get("url") != raw.get("link")]
    found: dict[str, Picture] = {}
    for item in items:
        url = web_url(item.get("url") or item.get("href"), base)
        if url:
            picture = Picture(
                url=url,
                title=plain(item.get("title") or ""),
                width=parse_count(item.get("width")),
                height=parse_count(item.get("height")),
                alt=plain(item.get("description") or ""),
            )
            found.setdefault(url, picture)
    return _largest(found.values())


def _describes(description: object, summary: object) -> bool:
    """Beside an entry's own summary, newspapers describe its picture so."""
    if not isinstance(description, str) or not isinstance(summary, str):
        return False
    return len(description) <= LONGEST_ALT and plain(description) not in {None, plain(summary)}


def _largest(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """Newspapers give a picture in several widths, `a.jpg?w=140` and `a.jpg?w=460`: the widest."""
    kept: dict[str, Picture] = {}
    for picture in pictures:
        path = picture.url.partition("?")[0]
        key = path if picture.width and path.lower().endswith(_IMAGE_ENDINGS) else picture.url
        known = kept.setdefault(key, picture)
        if (picture.width or 0) > (known.width or 0):
            kept[key] = picture._replace(
                title=known.title or picture.title, alt=known.alt or picture.alt
            )
    return tuple(kept.values())


def _is_drawn(link: dict[str, Any]) -> bool:
    """An enclosure that is a picture; programs call `a.mp3` image/mp3, and `a.png` png."""
    kind = media_type(link.get("type"))
    path = str(link.get("href")).split("?")[0].lower()
    if kind is None:
        return path.endswith(_IMAGE_ENDINGS)
    return kind.startswith("image/") and not path.endswith(_RECORDING_ENDINGS)


def _is_file(item: dict[str, Any]) -> bool:
    """Neither a picture nor the Flash player with which YouTube shows a video."""
    return not _is_picture(item) and item.get("type") != "application/x-shockwave-flash"


def _is_video_page(url: object) -> bool:
    return isinstance(url, str) and bool(_VIDEO_PAGE.match(url))


def _is_picture(item: dict[str, Any]) -> bool:
    """By its type, which knows better than medium: Mastodon calls silent videos images."""
    medium = item.get("medium") or ""
    kind = item.get("type") or ""
    if medium or kind:
        return kind.startswith("image/") or (medium == "image" and not is_recording(kind))
    return str(item.get("url") or "").split("?")[0].lower().endswith(_IMAGE_ENDINGS)
