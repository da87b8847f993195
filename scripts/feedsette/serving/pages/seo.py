"""What search engines and link previews read: schema.org as JSON-LD."""

import json
from typing import Any

from markupsafe import Markup

from feedsette.serving.asking.reading import Reader, Row
from feedsette.serving.showing.cells import tag_names
from feedsette.serving.showing.formats import whole


def dataset(reader: Reader, home: Row, site: Row) -> Markup:
    """Describe the whole as a schema.org Dataset; `site` is what metadata.yml says of it."""
    totals = home["totals"]
    span = f"{totals['since'][:10]}/{totals['until'][:10]}" if totals["since"] else None
    address = absolute(reader, reader.urls.instance())
    articles = absolute(reader, whole(reader.urls, reader.database, "article_list"))
    return _json_ld(
        {
            "@type": "Dataset",
            "name": str(site.get("title") or "Articles"),
            "description": f"{totals['articles']:,} articles with their links and code. "
            + str(site.get("description") or ""),
            "license": site.get("license_url"),
            "dateModified": totals["loaded"],
            "url": address,
            "temporalCoverage": span,
            "keywords": [tag["name"] for tag in home["tags"][:20]],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": "text/csv",
                    "contentUrl": articles,
                }
            ],
        }
    )


def article(reader: Reader, row: Row, around: Row) -> Markup:
    """Describe an article as a schema.org Article, the original as what it is the same as."""
    here = absolute(reader, reader.urls.row(reader.database, "articles", str(row["id"])))
    return _json_ld(
        {
            "@type": "Article",
            "headline": row["title"],
            "datePublished": row["published"],
            "dateModified": row["updated"],
            "inLanguage": row["language"],
            "wordCount": row["word_count"],
            "url": here,
            "sameAs": row["canonical_url"] or row["url"],
            "author": [{"@type": "Person", "name": author["name"]} for author in around["authors"]],
            "keywords": tag_names(row["tags"]),
            "isPartOf": {"@type": "Periodical", "name": row["feed"]},
        }
    )


def absolute(reader: Reader, path: str) -> str:
    """Give the whole address of a page, as the visitor's browser knows it."""
    # a plain str: Datasette's class for addresses makes taking one to pieces ten times as long
    return str(reader.datasette.absolute_url(reader.request, str(path)))


def _json_ld(record: dict[str, Any]) -> Markup:
    """Serialise for a script element, which nothing in the text can close (HTML §4.12.1.3)."""
    known = {"@context": "https://schema.org"} | {k: v for k, v in record.items() if v}
    text = json.dumps(known, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
