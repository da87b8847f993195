"""What a data package says of itself: datapackage.json and its README."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from feedsette import __version__
from feedsette.errors import FeedsetteError
from feedsette.publishing.formats import JSON_COLUMNS
from feedsette.publishing.readers import Relation
from feedsette.schema import TABLES, Column

TIME_COLUMNS = frozenset(
    {"published", "updated", "first_seen", "last_seen", "removed_at", "replaced_at", "started_at",
     "failing_since", "gone_at", "first_published"}
)  # fmt: skip
TYPES = {int: "integer", float: "number", str: "string"}
REFERENCES = {
    (table.name, column.name): column.references
    for table in TABLES
    for column in table.columns
    if column.references
}


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes what under which licence: the head of metadata.yml."""

    title: str = "feedsette dataset"
    description: str | None = None
    license: str | None = None
    license_url: str | None = None
    source: str | None = None
    source_url: str | None = None

    @classmethod
    def read(cls, path: Path) -> "Imprint":
        """Read the head of a metadata.yml; without the file, the defaults.

        Raises FeedsetteError if the file is no YAML mapping.
        """
        if not path.is_file():
            return cls()
        try:
            metadata = yaml.safe_load(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise FeedsetteError(f"{path}: cannot be read: {error.strerror}") from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            reason = " ".join(str(error).split())
            raise FeedsetteError(f"{path}: is not YAML: {reason}") from error
        if not isinstance(metadata, dict):
            raise FeedsetteError(f"{path}: is no mapping of metadata")
        known = {name: metadata.get(name) for name in cls.__slots__ if metadata.get(name)}
        return cls(**{name: " ".join(str(value).split()) for name, value in known.items()})


@dataclass(frozen=True, slots=True)
class Field:
    """A column as Frictionless names its type."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A relation and the files that it was written to; the first is the CSV."""

    relation: Relation
    fields: tuple[Field, ...]
    paths: tuple[Path, ...]
    count: int


def type_of(column: Column, kind: str, seen: set[type]) -> str:
    """The Frictionless type of a column; a view's is told by what it was seen to hold."""
    if column.name in JSON_COLUMNS:
        return "array"
    if column.name in TIME_COLUMNS:
        return "datetime"
    held = (seen - {type(None)}) or {str}
    if kind == "table":
        return TYPES[column.type]
    return TYPES[max(held, key=[int, float, str].index)]


def citation(imprint: Imprint, built: str | None) -> str:
    """How to name the dataset where it is used: what, by whom, of when."""
    source = f" {imprint.source.rstrip('.')}." if imprint.source else ""
    state = f"as of {built}" if built else "never loaded"
    return f"{imprint.title}.{source} Dataset built with feedsette {__version__}, {state}."


def data_package(
    imprint: Imprint, resources: list[Resource], sums: dict[str, str], built: str | None
) -> str:
    """datapackage.json (Frictionless Data Package, version 1)."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "feedsette",
        "title": imprint.title,
        "description": imprint.description,
        "created": built,
        "licenses": _licenses(imprint),
        "sources": _sources(imprint),
        "resources": [_resource(resource, sums) for resource in resources],
    }
    told = {name: value for name, value in package.items() if value}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _licenses(imprint: Imprint) -> list[dict[str, str]]:
    found = {"title": imprint.license, "path": imprint.license_url}
    entry = {name: value for name, value in found.items() if value}
    return [entry] if imprint.license_url else []


def _sources(imprint: Imprint) -> list[dict[str, str]]:
    if not imprint.source:
        return []
    entry = {"title": imprint.source}
    return [entry | {"path": imprint.source_url} if imprint.source_url else entry]


def _resource(resource: Resource, sums: dict[str, str]) -> dict[str, Any]:
    relation, path = resource.relation, resource.paths[0]
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in resource.fields],
        "missingValues": [""],
    }
    if relation.key:
        schema["primaryKey"] = list(relation.key)
    references = [
        {"fields": field.name, "reference": {"resource": target, "fields": "id"}}
        for field in resource.fields
        if (target := REFERENCES.get((relation.name, field.name)))
    ]
    if references:
        schema["foreignKeys"] = references
    return {
        "profile": "tabular-data-resource",
        "name": relation.name,
        "description": relation.description,
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({"compression": "gz"} if path.suffix == ".gz" else {}),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sums[path.name]}",
        "schema": schema,
    }


def _field(field: Field) -> dict[str, str]:
    described = {"name": field.name, "type": field.type, "description": field.description}
    if field.type == "datetime":
        described["format"] = "%Y-%m-%dT%H:%M:%S%z"
    return described


def readme(
    imprint: Imprint, resources: list[Resource], built: str | None, *, safe_csv: bool
) -> str:
    """The README of the package: where it comes from, how to read it, what each column holds."""
    formulas = (
        "Texts that a spreadsheet would run as formulas begin with an apostrophe."
        if safe_csv
        else "Cells are verbatim: a text that begins with = + - or @ may be run as a formula by a "
        "spreadsheet. Open the files with a data tool, or export with `--safe-csv`."
    )
    lines = [f"# {imprint.title}", ""]
    lines += [imprint.description, ""] if imprint.description else []
    lines += [_origin(resources, built), ""]
    lines += [f"Cite it as: {citation(imprint, built)}", ""]
    lines += _credit("Licence", imprint.license, imprint.license_url)
    lines += _credit("Source", imprint.source, imprint.source_url)
    lines += [
        "## How to read it",
        "",
        "- CSV: UTF-8, comma, header line; an empty cell is NULL; times are ISO 8601 in UTC. "
        "pandas takes words such as None for NULL, unless told: "
        "`pd.read_csv(path, keep_default_na=False, na_values=[''])`.",
        "- NDJSON: a JSON object a line; NULL is null, tags are arrays.",
        "- `datapackage.json` (Frictionless) and `croissant.json` name types, keys and sums.",
        "- `SHA256SUMS`: check with `sha256sum -c SHA256SUMS`.",
        f"- {formulas}",
        "- The html columns hold what strangers wrote: sanitise before you show them.",
        "",
        "## Data dictionary",
    ]
    for resource in resources:
        lines += ["", f"### {resource.relation.name}", "", resource.relation.description, ""]
        lines += [f"{resource.count:,} rows.", "", "| column | type | what it holds |",
                  "|---|---|---|"]  # fmt: skip
        lines += [f"| {f.name} | {f.type} | {f.description} |" for f in resource.fields]
    return "\n".join(lines) + "\n"


def _origin(resources: list[Resource], built: str | None) -> str:
    counts = {resource.relation.name: resource.count for resource in resources}
    return (
        f"Built from feeds by feedsette {__version__}; the last load began {built or 'never'}. "
        f"Feeds: {counts['feeds']:,}, articles: {counts['articles']:,}. Each article names its "
        "feed and, in load_id, the load that wrote it; a load names the SHA-256 of its document."
    )


def _credit(label: str, text: str | None, url: str | None) -> list[str]:
    if not text:
        return []
    return [f"{label}: [{text}]({url})" if url else f"{label}: {text}", ""]
