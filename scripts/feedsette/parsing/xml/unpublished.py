"""Items that a feed holds though they are not published, and those that are no article.

Backups are feeds too: WordPress exports RSS with drafts, private pages and the messages that
visitors sent (developer.wordpress.org: post status, post types), Blogger exports Atom with drafts,
templates and settings (draft: RFC 5023, section 13.1.1). Whoever loads one to publish it must not
publish those.
"""

from collections.abc import Iterable, Mapping
from typing import Any

_INTERNAL = frozenset(
    {"attachment", "nav_menu_item", "revision", "customize_changeset", "custom_css", "oembed_cache",
     "user_request", "feedback", "elementor_library", "shop_order", "shop_coupon"}
)  # fmt: skip
"""WordPress's types of records that are no writing; those of its editor begin with wp_."""
_KINDS = "http://schemas.google.com/blogger/2008/kind#"
_SETTINGS = frozenset({f"{_KINDS}settings", f"{_KINDS}template"})
_ARTICLES = frozenset({f"{_KINDS}post", f"{_KINDS}page"})


def part_unpublished(
    entries: Iterable[Mapping[str, Any]],
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return the entries to be read, and for each of the others what it is (`draft`)."""
    published, left_out = [], []
    entries = list(entries)
    with_articles = any(not _ARTICLES.isdisjoint(_kinds(entry)) for entry in entries)
    for entry in entries:
        reason = _reason(entry) or (_comment(entry) if with_articles else None)
        if reason:
            left_out.append(reason)
        else:
            published.append(dict(entry))
    return published, tuple(left_out)


def _reason(entry: Mapping[str, Any]) -> str | None:
    kind = _word(entry, "wp_post_type")
    if kind in _INTERNAL or kind.startswith(("wp_", "acf-")):
        return kind
    if not _SETTINGS.isdisjoint(_kinds(entry)):
        return "settings"
    return "comment" if _word(entry, "blogger_type") == "comment" else _state(entry)


def _comment(entry: Mapping[str, Any]) -> str | None:
    """Among articles a visitor's comment is none; in a feed of comments it is what is read."""
    return "comment" if f"{_KINDS}comment" in _kinds(entry) else None


def _kinds(entry: Mapping[str, Any]) -> list[str]:
    return [tag.get("term") or "" for tag in entry.get("tags") or ()]


def _state(entry: Mapping[str, Any]) -> str | None:
    status = _word(entry, "wp_status")
    if status not in {"", "publish"}:
        return status
    if _word(entry, "wp_post_password"):
        return "password"
    is_draft = _word(entry, "app_draft") == "yes" or _word(entry, "draft") == "yes"
    return "draft" if is_draft or _word(entry, "blogger_status") not in {"", "live"} else None


def _word(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return " ".join(str(value)[:40].lower().split()) if value else ""
