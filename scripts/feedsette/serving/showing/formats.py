"""How numbers, dates and code look in the templates."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unicodedata import bidirectional

from markupsafe import Markup, escape

from feedsette.schema import TABLES
from feedsette.serving.showing.cells import (
    LISTS,
    MAX_SHOWN,
    TARGETS,
    linked,
    marked,
    shown,
    tag_names,
    web_link,
)
from feedsette.serving.showing.highlighting import highlight
from feedsette.views import VIEWS

_MONTHS = "January February March April May June July August September October November December"
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def day(value: object) -> str:
    """`2024-09-03T01:32:48+00:00` → `3 September 2024`; anything else as it is."""
    found = _DATE.match(str(value or ""))
    if found is None or not 1 <= int(found[2]) <= 12:
        return str(value or "")
    return f"{int(found[3])} {_MONTHS.split()[int(found[2]) - 1]} {found[1]}"


def number(value: object) -> str:
    """`12345` → `12,345`."""
    return f"{value:,}" if isinstance(value, int) else str(value or 0)


def counted(value: object, noun: str) -> str:
    """`1, "article"` → `1 article`."""
    return f"{number(value)} {noun}{'' if value == 1 else 's'}"


def duration(seconds: int) -> str:
    """1:02:03, and 2:03 of less than an hour."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def title_of(row: Mapping[str, Any]) -> str:
    """Give an article's title, or what stands for it where the author gave none."""
    return str(row["title"] or "Untitled")


def direction(text: str | None) -> str:
    """Tell how a text runs, by its first letter that has a direction (Unicode UAX #9, P2)."""
    for character in (text or "")[:500]:
        kind = bidirectional(character)
        if kind in ("R", "AL", "L"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def title_direction(title: str | None, text: str | None) -> str:
    """Tell how a title runs: as its text does, if it has a letter of that script.

    A Hebrew title may begin with a Latin name, after which `dir="auto"` would turn all of it.
    """
    own, below = direction(title), direction(text)
    if own == below or not text:
        return own
    letters = filter(str.isalpha, title or "")
    return below if any(direction(letter) == below for letter in letters) else own


def excerpt(text: str | None, length: int = 220) -> str:
    """Cut a text at a word."""
    # so many words are longer than that, and a book need not be taken to pieces
    flat = " ".join((text or "").split(None, length + 1)[: length + 1])
    if len(flat) <= length:
        return flat
    return flat[:length].rsplit(" ", 1)[0].rstrip(",;:.-–—") + "…"


def web(url: object) -> str | None:
    """Pass an http(s) address, and nothing else, into an href."""
    text = str(url or "").strip()
    return text if re.match(r"https?://[^\s\"'<>]+$", text, re.IGNORECASE) else None


def here(address: str) -> str:
    """Make one of Datasette's links to the same page relative, and start it at the first row.

    It is absolute after the Host that a proxy sent, some lack base_url, and a filter that is added
    on the third page would keep that page's place in the list.
    """
    query = address.partition("?")[2].split("&")
    return "?" + "&".join(part for part in query if not part.startswith("_next="))


def label(cell: object) -> Markup:
    """Take the row's number off a link to a row, which Datasette shows behind its label."""
    return Markup(re.sub(r"&nbsp;<em>\d+</em>", "", str(escape(cell))))


def records(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Name the cells of a saved query's rows."""
    return [dict(zip(columns, row, strict=False)) for row in rows or ()]


def whole(urls: Any, database: str, name: str, kind: str = "csv") -> str:
    """Give the address of all rows of a table or view, `kind` csv or json, at any size.

    Datasette pages through a view by its offset: the last page of a million rows would have to
    pass all others within the time limit, and the file would end there. So what a view shows of a
    table comes from the table, with labels instead of what the view joins.
    """
    table = LISTS.get(name)
    paging = "&_sort=id&_labels=on" if table else ""
    left_out = "".join(f"&_nocol={column}" for column in _LARGE) if table == "articles" else ""
    start = "_stream=on&_dl=1" if kind == "csv" else "_shape=array"
    size = csv_page(urls) if table and kind == "csv" else "max"
    return f"{urls.table(database, table or name)}.{kind}?{start}&_size={size}{paging}{left_out}"


def csv_page(urls: Any) -> int:
    """How many rows of a table Datasette should read at once for a CSV of all.

    Reading as many as it may takes a fifth less time, but on a busy machine it may take longer than
    a page is given, and then the file would end there.
    """
    return min(1000, int(urls.ds.setting("max_returned_rows")))


_LARGE = ("summary", "text", "html")


def described(name: str) -> str | None:
    """What schema.py and views.py say about a table or view."""
    return _DESCRIPTIONS.get(name)


_DESCRIPTIONS = {table.name: table.description for table in (*TABLES, *VIEWS)}

FUNCTIONS: dict[str, Any] = {
    "day": day,
    "number": number,
    "counted": counted,
    "duration": duration,
    "title": title_of,
    "excerpt": excerpt,
    "web": web,
    "link": web_link,
    "marked": marked,
    "shown": shown,
    "linked": linked,
    "max_shown": MAX_SHOWN,
    "tags": tag_names,
    "highlight": highlight,
    "label": label,
    "here": here,
    "records": records,
    "described": described,
    "whole": whole,
    "csv_page": csv_page,
    "targets": TARGETS,
    "direction": direction,
    "title_direction": title_direction,
    # columns that name a row, and lead to its page
    "names": {
        "articles": ("title",),
        "article_list": ("title",),
        "authors": ("name",),
        "feeds": ("title",),
        "tags": ("name",),
    },
    # views and the tables whose rows they show
    "lists": LISTS,
    "card_tables": ("articles", "code_blocks", "images", "links"),
}
"""What templates find under `fs`."""
