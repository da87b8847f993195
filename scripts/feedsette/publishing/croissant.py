"""Croissant: the same dataset as JSON-LD for search engines and machine-learning tools.

Format: https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

import json
from typing import Any

from feedsette.publishing.packages import Imprint, Resource, citation

_TERMS = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject",
    "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField",
    "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator",
    "source", "subField", "transform",
)  # fmt: skip
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}
"""The context of Croissant 1.0, whole: programs compare it with the standard's."""
DATA_TYPES = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "datetime": "sc:DateTime",
}
MEDIA_TYPES = {"csv": "text/csv", "ndjson": "application/x-ndjson",
               "parquet": "application/vnd.apache.parquet"}  # fmt: skip


def dataset(
    imprint: Imprint, resources: list[Resource], sums: dict[str, str], built: str | None
) -> str:
    """The dataset as a Croissant document."""
    described: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": imprint.title,
        "description": imprint.description or imprint.title,
        "license": imprint.license_url or imprint.license,
        "url": imprint.source_url,
        "citeAs": citation(imprint, built),
        "datePublished": built,
        "version": _version(built),
        "distribution": [
            _file(name, digest) for name, digest in sums.items() if _suffix(name) in MEDIA_TYPES
        ],
        "recordSet": [_record_set(resource) for resource in resources],
    }
    told = {name: value for name, value in described.items() if value is not None}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _version(built: str | None) -> str:
    """Three numbers, as Croissant asks: the day of the last load."""
    year, month, day = (built or "0000-00-00")[:10].split("-")
    return f"{int(year)}.{int(month)}.{int(day)}"


def _suffix(name: str) -> str:
    return name.removesuffix(".gz").rpartition(".")[2]


def _file(name: str, digest: str) -> dict[str, str]:
    media_type = "application/gzip" if name.endswith(".gz") else MEDIA_TYPES[_suffix(name)]
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "encodingFormat": media_type,
        "sha256": digest,
    }


def _record_set(resource: Resource) -> dict[str, Any]:
    name, path = resource.relation.name, resource.paths[0].name
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": resource.relation.description,
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{field.name}",
                "name": field.name,
                "description": field.description,
                "dataType": DATA_TYPES.get(field.type, "sc:Text"),
                "source": {"fileObject": {"@id": path}, "extract": {"column": field.name}},
            }
            for field in resource.fields
        ],
    }
