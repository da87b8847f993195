"""Hostile visitors: `python -m bench.visitors 10000` asks every page with values made to break it.

Datasette runs in this process and is asked through its own client: what it answers is what a server
would. Wrong is: a status of 500, a trace, a path of this machine, an answer that took too long, and
SQL that took more memory than its limits allow.
"""

import argparse
import asyncio
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from datasets import QUERIES, build_dataset, earlier_sample, open_site, sample
from feedsette.schema import TABLES
from feedsette.views import VIEWS

SECONDS = 8.0
VALUES = (
    "",
    " ",
    '"',
    "'",
    "''",
    "%",
    "%%",
    "\\",
    "\0",
    "\x01",
    "\ufeff",
    "\u202e",
    "\U0001f600",
    "\ud800",
    "C++",
    "AND",
    "NEAR(",
    "a NEAR/9999 b",
    "title:x",
    "(",
    ")",
    "*",
    "-",
    "a*",
    '"a',
    "^a",
    "{a}:b",
    "1",
    "-1",
    "0",
    "00",
    "1e9",
    "9" * 30,
    "9" * 5_000,
    "NaN",
    "1.5",
    "null",
    "None",
    "true",
    "[]",
    "{}",
    "[1,2]",
    '{"a":1}',
    "x" * 10_000,
    "é" * 3_000,
    "a " * 5_000,
    '"' * 999,
    "../../etc/passwd",
    "%2e%2e%2f",
    "/etc/passwd",
    "..",
    ".",
    "1;select 1",
    "1 or 1=1",
    "' union select sql from sqlite_master--",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "{{7*7}}",
    "${7*7}",
    "%s%n",
    "\r\nX: y",
    "a\nb",
    "content",
    "articles",
    "rowid",
    "id",
    "-id",
    "title",
    "articles_fts",
    "sqlite_master",
    "fetches",
    "2024-01-01",
    "0000-00-00",
    "99999-99-99",
    "aws,",
    ",,,",
    "a,b,c",
    "~2F",
    "~",
    "~zz",
    "1,2",
    "🙂",
)
ARGUMENTS = (
    "_search",
    "_searchmode",
    "_sort",
    "_sort_desc",
    "_size",
    "_next",
    "_facet",
    "_facet_array",
    "_facet_date",
    "_facet_tag",
    "_facet_year",
    "_facet_size",
    "_nosuggest",
    "_nocount",
    "_nofacet",
    "_where",
    "_through",
    "_col",
    "_nocol",
    "_shape",
    "_json",
    "_json_infinity",
    "_labels",
    "_trace",
    "_ttl",
    "_timelimit",
    "_stream",
    "_dl",
    "_nl",
    "_hide_sql",
    "_show_sql",
    "_extra",
    "sql",
    "q",
    "tag",
    "author",
    "feed",
    "language",
    "year",
    "page",
    "size",
    "limit",
    "_header",
    "_blob_column",
    "title__contains",
    "id__gt",
    "title__like",
    "id__in",
    "tags__arraycontains",
    "published__date",
    "title__glob",
    "html__isnull",
    "id__exact",
    "_search_title",
    "_search_nosuch",
    "title__nosuch",
    "_sort_by_desc",
    "_filter_column",
    "_filter_op",
    "_filter_value",
    "nosuch",
    "callback",
    "max_age_hours",
)
SQL = (
    "select randomblob(300000000)",
    "select zeroblob(1000000000)",
    "select hex(zeroblob(900000000))",
    "select printf('%.*c', 2000000000, 'x')",
    "select replace(hex(zeroblob(1000000)),'0','xxxxxxxxxxxx')",
    "with recursive c(n) as (select 1 union all select n+1 from c) select count(*) from c",
    "with recursive c(n) as (select 1 union all select n+1 from c) select group_concat(n) from c",
    "with recursive c(n) as (select 1 union all select n+1 from c limit 5000)"
    " select zeroblob(15000000) from c",
    "with recursive c(n) as (select 1 union all select n+1 from c limit 5000)"
    " select printf('%.*c', 900000, 'x') from c",
    "with recursive c(n) as (select 1 union all select n||n from c) select max(length(n)) from c",
    "select group_concat(a.html||b.html) from articles a, articles b, articles c",
    "select count(*) from links a, links b, links c, links d",
    "select * from links a, links b, links c order by random()",
    "select max(a.text like b.text) from articles a, articles b, articles c, articles d",
    "select 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' like '" + "%a" * 400 + "b'",
    "select 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' glob '" + "*a" * 400 + "b'",
    "select json_group_array(html) from articles, links, images",
    "select json('" + "[" * 9000 + "')",
    "select * from json_each('" + "[1," * 500 + "1" + "]" * 500 + "')",
    "select json_extract('{}', '$" + "[0]" * 9000 + "')",
    "select '" + "x" * 40_000 + "'",
    "select " + "(" * 900 + "1" + ")" * 900,
    "select " + "+".join(["1"] * 9000),
    "select " + ",".join(["1"] * 5000),
    "select * from pragma_database_list",
    "select file from pragma_database_list()",
    "select * from pragma_table_info('articles')",
    "select * from pragma_function_list",
    "select * from pragma_module_list",
    "select load_extension('x')",
    "select readfile('/etc/passwd')",
    "attach '/etc/passwd' as x",
    "pragma database_list",
    "select * from sqlite_master",
    "select * from fetches",
    "select fts3_tokenizer('x')",
    "select fts5(1)",
    "select * from articles_fts where articles_fts match '\"'",
    "select * from articles_fts where articles_fts match 'a' || char(0)",
    "select * from dbstat",
    "select snippet(articles_fts,0,'','','',9999) from articles_fts",
    "delete from articles",
    "vacuum",
    "select fts_query(zeroblob(9000000))",
    "select fts_query(:q)",
    "select :a, :b",
    "select",
    "",
    ";",
    "explain select 1",
    "with x as (select 1) select * from x",
    "select 1; select 2",
    "select\0 1",
    "insert into articles_fts(articles_fts) values('rebuild')",
    "select abs(-9223372036854775808)",
    "select 1/0",
    "select char(0)",
    "select x'ff'",
    "select cast(x'ff' as text)",
    "select 9e999, -9e999",
    "select quote(zeroblob(10000000))",
    "select sum(9223372036854775807) from links",
)
LEAKS = re.compile(
    r"Traceback \(most recent|File &quot;/|File \"/|site-packages|/ro[o]t/|/home/|/tmp/|/usr/lib/py"
)


def requests(count: int, chance: random.Random) -> Iterator[str]:
    """Paths with their parameters: every page as it is, every SQL, then any page with anything."""
    tables = [table.name for table in TABLES] + [view.name for view in VIEWS]
    pages = ["/", "/content", "/robots.txt", "/-/feedsette.json", "/-/code/content/100000.txt"]
    pages += [f"/-/{name}{ext}" for name in (
        "databases", "metadata", "versions", "plugins", "settings", "threads", "actor", "messages",
        "allow-debug", "permissions", "logout", "config", "schemas", "tables", "jump", "api",
    ) for ext in ("", ".json")]  # fmt: skip
    for name in (*tables, *QUERIES, "articles_fts", "articles_fts_data", "sqlite_master", "nosuch"):
        pages += [
            f"/content/{name}{ext}" for ext in ("", ".json", ".csv", ".atom", ".blob", ".nosuch")
        ]
    keys = [f"{key}{ext}" for key in ("1", "100000", "nosuch", "~00") for ext in ("", ".json")]
    pages += [f"/content/{name}/{key}" for name in tables for key in keys]
    yield from pages
    for sql in SQL:
        for page in ("/content", "/content.json", "/content.csv"):
            yield f"{page}?{_encode([('sql', sql), ('_shape', 'array')])}"
    for name in QUERIES:
        for value in VALUES:
            yield f"/content/{name}.json?{_encode([('q', value), ('tag', value), ('page', value)])}"
    for _ in range(count):
        path = chance.choice(pages)
        if chance.random() < 0.1:
            path += "/" + quote(chance.choice(VALUES), safe="", errors="surrogatepass")
        names = chance.choices(ARGUMENTS, k=chance.choice((1, 1, 2, 3)))
        yield f"{path}?{_encode([(name, chance.choice(VALUES)) for name in names])}"


def _encode(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, errors="surrogatepass")


async def visit(site: Any, path: str) -> tuple[int, list[str]]:
    """Ask; the status, and what is wrong with the answer."""
    started = time.perf_counter()
    try:
        response = await site.client.get(path)
        status, text, headers = response.status_code, response.text, str(response.headers)
        split = [name for name, value in response.headers.raw if b"\n" in value or b"\r" in value]
    except Exception as error:  # noqa: BLE001 — a server would answer 500
        return 500, [f"{type(error).__name__}: {error}"[:300]]
    seconds = time.perf_counter() - started
    wrong = (
        [f"status {status}: {text[:300]}"] if status >= 500 and "feedsette.json" not in path else []
    )
    leak = LEAKS.search(text) or LEAKS.search(headers)
    if leak and not path.startswith("/content?sql") and "%2F" not in path:
        wrong.append(f"shows {text[max(leak.start() - 60, 0) : leak.end() + 60]!r}")
    wrong += [f"a header of two lines: {name!r}" for name in split]
    if seconds > SECONDS:
        wrong.append(f"took {seconds:.1f} s")
    return status, wrong


async def run(count: int, seed: int, folder: Path) -> int:
    """Visit everything; the number of wrong answers."""
    path = build_dataset(folder / "content.db", earlier_sample(), sample())
    statuses, kinds, slowest = Counter[int](), Counter[str](), (0.0, "")
    settings = {"sql_time_limit_ms": 1500, "max_returned_rows": 5000, "default_page_size": 50}
    async with open_site(path, **settings) as site:
        for asked in requests(count, random.Random(seed)):
            started = time.perf_counter()
            status, wrong = await visit(site, asked)
            slowest = max(slowest, (time.perf_counter() - started, asked[:100]))
            statuses[status] += 1
            for what in wrong:
                kind = f"{asked.split('?')[0][:40]}: {what[:60]}"
                kinds[kind] += 1
                if kinds[kind] == 1:
                    print(f"{asked[:200]}\n    {what}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    total = sum(statuses.values())
    print(f"{total:,} requests, {dict(statuses)}, peak {peak:.0f} MB, slowest {slowest}")
    for kind, number in kinds.most_common(40):
        print(f"{number:6,}  {kind}")
    return sum(kinds.values())


def main() -> None:
    """Visit, report, exit 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wrong = asyncio.run(run(asked.count, asked.seed, Path(folder)))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
