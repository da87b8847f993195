"""The part of metadata.yml that says what every table, view and column holds.

cog writes it into the file (`make docs`), so that a column is described in schema.py or views.py
and nowhere else. Both Datasette lines read it: descriptions, label columns, facets, order, size.
"""

import json
from collections.abc import Iterator

from feedsette.schema import TABLES, Table
from feedsette.views import VIEWS, View

SIZES = {"articles": 30, "code_blocks": 20, "revisions": 20, "sections": 50, "images": 50}
"""Rows of a page where a hundred would be heavy; every other table shows Datasette's hundred."""

FACET_SIZE = 15
"""Values of a facet: more are one click away, and each costs a twentieth of a millisecond."""


def tables_yaml() -> str:
    """Write the mapping under `tables:` as YAML, without indentation before the names."""
    lines: list[str] = []
    for table in TABLES:
        lines += _table_lines(table)
    for view in VIEWS:
        lines += _view_lines(view)
    return "\n".join(lines) + "\n"


def _table_lines(table: Table) -> Iterator[str]:
    yield f"{table.name}:"
    yield f"  description: {_quoted(table.description)}"
    if table.hidden:
        yield "  hidden: true"
    if table.is_private:
        yield "  allow: false"
    if table.label:
        yield f"  label_column: {table.label}"
    if table.sort_desc:
        yield f"  sort_desc: {table.sort_desc}"
    if table.name in SIZES:
        yield f"  size: {SIZES[table.name]}"
    facets: list[str | dict[str, str]] = [c.name for c in table.columns if c.facet]
    facets += [{"tag": name} for name in table.tag_facets]
    facets += [{"year": name} for name in table.year_facets]
    yield from _facet_lines(facets)
    yield from _column_lines((column.name, column.description) for column in table.columns)


def _view_lines(view: View) -> Iterator[str]:
    yield f"{view.name}:"
    yield f"  description: {_quoted(view.description)}"
    yield from _column_lines((column.name, column.description) for column in view.columns)


def _facet_lines(facets: list[str | dict[str, str]]) -> Iterator[str]:
    if facets:
        # a flow sequence of JSON is YAML as well (YAML 1.2 §1.3)
        yield f"  facets: {json.dumps(facets)}"
        yield f"  facet_size: {FACET_SIZE}"


def _column_lines(columns: Iterator[tuple[str, str]]) -> Iterator[str]:
    yield "  columns:"
    for name, description in columns:
        yield f"    {name}: {_quoted(description)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
