"""How single values look in Datasette's own tables and query results (render_cell)."""

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup, escape

from feedsette.schema import TABLES
from feedsette.serving.ownership import was_ours

if TYPE_CHECKING:  # Datasette imports its plugins while it is being imported itself
    from datasette.app import Datasette

MARKS = ("\ue000", "\ue001")
"""What the saved queries put around a hit (`snippet(…, char(0xE000), char(0xE001), …)`).

Private-use characters survive escaping and mean nothing else; those that a feed holds itself can
only make a word yellow.
"""

MAX_MARKED = 4_000
"""Characters of a snippet, of 64 words at most: a longer text holds the signs because a feed does,
which would have a list show all of it.
"""

MAX_SHOWN = 180
"""Characters of a cell; a list of articles must not become a list of essays.

On its own page a row shows the beginning, and the whole behind it.
"""

TARGETS = {
    **{column: table for table in ("articles", "feeds", "tags", "authors", "sections", "links")
       for column in (f"{table[:-1]}_id",)},
    "code_block_id": "code_blocks", "image_id": "images", "embed_id": "embeds",
    "enclosure_id": "enclosures", "revision_id": "revisions", "load_id": "loads",
    "target_article_id": "articles",
}  # fmt: skip
LISTS = {"article_list": "articles", "link_list": "links", "code_list": "code_blocks"}
_TABLE_NAMES = frozenset(table.name for table in TABLES)
_WEB = re.compile(r"https?://[^\s\x00-\x20<>\"']+", re.IGNORECASE)


def render(
    value: object, column: str, table: str | None, database: str | None, datasette: "Datasette"
) -> Markup | None:
    """Choose the HTML of a cell as links to rows, or None to leave it to Datasette.

    Nothing is ours in the tables of other databases.

    Texts are looked at in the results of queries only. Templates of tables ask `shown` for those
    that they show, since Datasette asks here for every one, and a list shows a third of them.
    """
    if not was_ours(datasette, database):
        return None
    if isinstance(value, str):
        return shown(value, column, database, datasette.urls) if table is None else None
    if isinstance(value, int) and table not in _TABLE_NAMES:
        # tables have foreign keys, which Datasette links with the row's label
        target = LISTS.get(table or "") if column == "id" else TARGETS.get(column)
        return _row_link(value, target, database, datasette.urls)
    if isinstance(value, dict) and value.get("label", "") is None:
        # a foreign key to a row without a title, which Datasette would call None
        target = TARGETS.get(column)
        name = f"{(target or '')[:-1].replace('_', ' ')} {value['value']}"
        return _row_link(value["value"], target, database, datasette.urls, name)
    return None


def shown(value: object, column: str, database: str | None, urls: Any) -> Markup | None:
    """Choose the HTML of a text, or None where it is to be shown as it is."""
    if not isinstance(value, str):
        return None
    words = linked(value, column, database, urls)
    return _shortened(value) if words is None and len(value) > MAX_SHOWN else words


def linked(value: str, column: str, database: str | None, urls: Any) -> Markup | None:
    """Choose the HTML of a text that is more than words (hits, tags, an address), or None."""
    if len(value) <= MAX_MARKED and MARKS[0] in value:
        return marked(value)
    if column == "tags" and value.startswith("["):
        return _tags(value, database, urls)
    return web_link(value) if _WEB.fullmatch(value) else None


def marked(text: str | None) -> Markup:
    """Escape a snippet, then make its hits visible; marks without a partner do no harm."""
    safe = str(escape(text or ""))
    opened = re.sub(f"{MARKS[0]}([^{''.join(MARKS)}]*){MARKS[1]}", r"<mark>\1</mark>", safe)
    return Markup(re.sub("[" + "".join(MARKS) + "]", "", opened))


def web_link(url: str, text: str | None = None) -> Markup:
    """Link to an http(s) address; any other is shown as text."""
    shown = text or re.sub(r"^https?://(www\.)?", "", url, flags=re.IGNORECASE)
    shown = shown if len(shown) <= 80 else shown[:79] + "…"
    if not _WEB.fullmatch(url):
        return escape(shown)
    link = '<a href="{}" rel="nofollow noopener noreferrer ugc" class="away">{}</a>'
    return Markup(link).format(url, shown)


def tag_names(value: str | None) -> list[str]:
    """Read a JSON array of tags; anything else is no tags."""
    try:
        names = json.loads(value or "[]")
    except (ValueError, RecursionError):
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _tags(value: str, database: str | None, urls: Any) -> Markup:
    base = urls.table(database, "articles") if database else "#"
    links = (
        Markup('<a class="tag" href="{}?tags__arraycontains={}">{}</a>').format(
            base, quote(name, safe=""), name
        )
        for name in tag_names(value)
    )
    return Markup(" ").join(links)


def _row_link(
    value: int, table: str | None, database: str | None, urls: Any, name: str | None = None
) -> Markup | None:
    if table is None:
        return None
    address = urls.row(database, table, str(value))
    return Markup('<a href="{}">{}</a>').format(address, name or value)


def _shortened(value: str) -> Markup:
    return Markup('{}… <span class="more">{:,} characters</span>').format(
        value[:MAX_SHOWN].rstrip(), len(value)
    )
