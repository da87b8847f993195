"""The data package: complete, described, equal for equal rows, and readable by others."""

import csv
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from datasets import ROOT, SAMPLE, build_dataset, document, earlier_sample, feed, item, sample
from feedsette import __version__, load_feeds
from feedsette.errors import FeedsetteError, StoreError
from feedsette.publishing import ExportOptions, Imprint, write_export
from feedsette.publishing.formats import write_parquet
from feedsette.schema import TABLES
from feedsette.views import VIEWS, View
from tables import ask

RELATIONS = [table.name for table in TABLES if not table.hidden] + [view.name for view in VIEWS]
IMPRINT = Imprint("My feeds", "All of them.", "CC BY 4.0", "https://example.org/l", "Me")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "content.db"
    return build_dataset(path, earlier_sample(), sample())


@pytest.fixture(scope="module")
def package(source: Path) -> Path:
    folder = source.parent / "export"
    write_export(source, folder, IMPRINT)
    return folder


def read_csv(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", RELATIONS)
def test_csv_and_ndjson_hold_every_row(source: Path, package: Path, name: str):
    stored = ask(source, f'select * from "{name}"')
    from_csv = read_csv(package / f"{name}.csv")
    lines = (package / f"{name}.ndjson").read_text("utf-8").split("\n")[:-1]
    assert len(from_csv) == len(lines) == len(stored)
    assert sorted(tuple(row.values()) for row in from_csv) == sorted(
        tuple("" if cell is None else str(cell) for cell in row) for row in stored
    )


@pytest.mark.parametrize("view", VIEWS, ids=[view.name for view in VIEWS])
def test_a_view_is_exported_in_an_order_of_its_own(source: Path, package: Path, view: View):
    in_order = ask(source, f"select * from {view.name} order by {view.order}")
    assert [tuple(row.values()) for row in read_csv(package / f"{view.name}.csv")] == [
        tuple("" if cell is None else str(cell) for cell in row) for row in in_order
    ]
    keys = ask(source, f"select distinct {view.order.replace(' desc', '')} from {view.name}")
    assert len(keys) == len(set(in_order))


def test_ndjson_keeps_types(package: Path):
    first = json.loads((package / "articles.ndjson").read_text("utf-8").partition("\n")[0])
    assert first["tags"] == ["operations", "costs", "sqlite"]
    assert (first["removed_at"], type(first["word_count"])) == (None, int)


def test_sums_are_those_of_the_files(package: Path):
    lines = (package / "SHA256SUMS").read_text().splitlines()
    assert {line.partition("  ")[2] for line in lines} == {
        path.name for path in package.iterdir() if path.name != "SHA256SUMS"
    }
    for line in lines:
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((package / name).read_bytes()).hexdigest() == digest


def test_the_data_package_describes_every_file(package: Path):
    described = json.loads((package / "datapackage.json").read_text("utf-8"))
    assert (described["title"], described["licenses"]) == (
        "My feeds",
        [{"title": "CC BY 4.0", "path": "https://example.org/l"}],
    )
    assert [resource["name"] for resource in described["resources"]] == RELATIONS
    for resource in described["resources"]:
        header = (package / resource["path"]).read_text("utf-8").partition("\n")[0]
        assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_keys_and_types_of_a_table(package: Path):
    described = json.loads((package / "datapackage.json").read_text("utf-8"))
    links = next(one for one in described["resources"] if one["name"] == "links")
    types = {field["name"]: field["type"] for field in links["schema"]["fields"]}
    assert (types["id"], types["url"], types["internal"]) == ("integer", "string", "integer")
    assert links["schema"]["primaryKey"] == ["id"]
    assert {"fields": "article_id", "reference": {"resource": "articles", "fields": "id"}} in (
        links["schema"]["foreignKeys"]
    )


def test_croissant_names_files_and_fields(package: Path):
    described = json.loads((package / "croissant.json").read_text("utf-8"))
    files: dict[str, Any] = {one["@id"]: one for one in described["distribution"]}
    digest = hashlib.sha256((package / "articles.csv").read_bytes()).hexdigest()
    assert files["articles.csv"]["sha256"] == digest
    assert [one["name"] for one in described["recordSet"]] == RELATIONS
    day = datetime.fromisoformat(described["datePublished"])
    assert described["version"] == f"{day.year}.{day.month}.{day.day}"
    assert described["citeAs"] == (
        f"My feeds. Me. Dataset built with feedsette {__version__}, as of "
        f"{described['datePublished']}."
    )


def test_the_readme_is_a_data_dictionary(package: Path):
    text = (package / "README.md").read_text("utf-8")
    assert text.startswith(
        "# My feeds\n\nAll of them.\n\n"
        f"Built from feeds by feedsette {__version__}; the last load began 20"
    )
    assert " Feeds: 1, articles: 13. " in text
    assert "\nCite it as: My feeds. Me. Dataset built with feedsette" in text
    assert "| word_count | integer | Words of text" in text
    assert "--safe-csv" in text


def test_equal_rows_give_equal_bytes(source: Path, package: Path, tmp_path: Path):
    write_export(source, tmp_path / "again", IMPRINT)
    assert (tmp_path / "again" / "SHA256SUMS").read_bytes() == (package / "SHA256SUMS").read_bytes()


def test_two_builds_are_equal_to_the_byte_where_time_is_fixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767323045")
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        folder.mkdir()
        load_feeds(SAMPLE, database=folder / "content.db", workers=workers, detect=False)
        write_export(folder / "content.db", folder / "export", IMPRINT)
    one, two = ((tmp_path / n / "export" / "SHA256SUMS").read_bytes() for n in ("1", "2"))
    assert one == two


def test_packed_files_hold_the_same(source: Path, package: Path, tmp_path: Path):
    write_export(source, tmp_path, IMPRINT, ExportOptions(packed=True))
    packed = gzip.decompress((tmp_path / "articles.csv.gz").read_bytes())
    assert packed == (package / "articles.csv").read_bytes()
    write_export(source, tmp_path / "again", IMPRINT, ExportOptions(packed=True))
    assert (tmp_path / "SHA256SUMS").read_bytes() == (
        tmp_path / "again" / "SHA256SUMS"
    ).read_bytes()


def test_safe_csv_escapes_what_a_spreadsheet_would_run(tmp_path: Path):
    source = build_dataset(
        tmp_path / "content.db", document(feed(item("=1+1", html="<p>x</p>"), item("Fine")))
    )
    write_export(source, tmp_path / "verbatim", IMPRINT)
    write_export(source, tmp_path / "safe", IMPRINT, ExportOptions(safe_csv=True))
    titles = [
        sorted(row["title"] for row in read_csv(tmp_path / name / "articles.csv"))
        for name in ("verbatim", "safe")
    ]
    assert titles == [["=1+1", "Fine"], ["'=1+1", "Fine"]]


def test_parquet_without_its_library_writes_nothing(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(FeedsetteError, match="Parquet needs pyarrow"):
        write_export(source, tmp_path / "out", IMPRINT, ExportOptions(parquet=True))
    assert not (tmp_path / "out").exists()


def test_parquet_has_the_types_of_the_package(source: Path, tmp_path: Path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")
    write_export(source, tmp_path, IMPRINT, ExportOptions(parquet=True))
    table = parquet.read_table(tmp_path / "articles.parquet")
    assert table.num_rows == 13
    types = {name: str(table.schema.field(name).type) for name in ("word_count", "published")}
    assert types == {"word_count": "int64", "published": "timestamp[ms, tz=UTC]"}
    first = table.select(["published", "removed_at", "tags"]).to_pylist()[0]
    assert first == {
        "published": datetime(2025, 9, 16, 7, 30, tzinfo=UTC),
        "removed_at": None,
        "tags": ["operations", "costs", "sqlite"],
    }


def test_parquet_of_large_articles_is_written_in_pieces(tmp_path: Path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")
    rows = [(n, "x" * 1_500_000) for n in range(7)]
    write_parquet(tmp_path / "a.parquet", ("id", "html"), ("integer", "string"), iter(rows))
    file = parquet.ParquetFile(tmp_path / "a.parquet")
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [3, 3, 1]
    assert [tuple(row.values()) for row in file.read().to_pylist()] == rows


def test_every_time_is_called_one(source: Path, package: Path):
    described = json.loads((package / "datapackage.json").read_text("utf-8"))
    for resource in described["resources"]:
        for field in resource["schema"]["fields"]:
            sql = f'select "{field["name"]}" from "{resource["name"]}" where "{field["name"]}" <> \'\''
            cells = [str(cell) for (cell,) in ask(source, sql)]
            if cells and all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}\+00:00", c) for c in cells):
                assert field["type"] == "datetime", (resource["name"], field["name"])


@pytest.mark.parametrize("text", ["title: [", "- a list\n"])
def test_metadata_that_is_none_is_one_line(tmp_path: Path, text: str):
    (tmp_path / "metadata.yml").write_text(text)
    with pytest.raises(FeedsetteError, match=r"metadata\.yml: is no"):
        Imprint.read(tmp_path / "metadata.yml")


def test_metadata_that_cannot_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "metadata.yml").touch()
    monkeypatch.setattr(Path, "read_text", refuse)  # root may read every file
    with pytest.raises(FeedsetteError, match=r"metadata\.yml: cannot be read: Permission denied"):
        Imprint.read(tmp_path / "metadata.yml")


def test_the_imprint_is_the_head_of_metadata(tmp_path: Path):
    (tmp_path / "metadata.yml").write_text("title: T\nlicense: L\nlicense_url: https://l.example\n")
    assert Imprint.read(tmp_path / "metadata.yml") == Imprint(
        "T", license="L", license_url="https://l.example"
    )
    assert Imprint.read(tmp_path / "missing.yml") == Imprint()


def test_a_folder_that_cannot_be_written_is_one_line(source: Path, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        write_export(source, tmp_path / "file", IMPRINT)


@pytest.mark.parametrize("options", [[], ["--gzip"]])
def test_a_full_disk_leaves_an_older_package_whole(
    package: Path, tmp_path: Path, options: list[str]
):
    noise = Random(1).randbytes(100_000).hex()
    articles = feed(item("One", html="<p>One.</p>"), item("Two", html=f"<p>{noise}</p>"))
    source = build_dataset(tmp_path / "content.db", document(articles))
    folder = tmp_path / "out"
    shutil.copytree(package, folder)
    (folder / "mine.txt").write_text("a file of its user")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = export_on_a_full_disk(source, folder, *options)
    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(r".*out: cannot be written: .*[Ff]ile too large.*\n", result.stderr)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_could_not_be_written_leaves_no_folder(source: Path, tmp_path: Path):
    assert export_on_a_full_disk(source, tmp_path / "new").returncode == 1
    assert list(tmp_path.iterdir()) == []


def export_on_a_full_disk(
    source: Path, folder: Path, *options: str
) -> "subprocess.CompletedProcess[str]":
    """In a process that may write 40,000 bytes to a file: SQLite needs 32,768 to read one."""
    resource = pytest.importorskip("resource", reason="needs POSIX")
    words = [sys.executable, "-m", "feedsette", "export", str(folder), "-d", str(source), *options]
    return subprocess.run(
        words,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)),
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"},
    )


def test_what_else_is_in_the_folder_stays(source: Path, package: Path, tmp_path: Path):
    (tmp_path / "mine.txt").write_text("a file of its user")
    (tmp_path / "articles.csv").write_text("of an older package")
    (tmp_path / "datapackage.json").write_text("{}")
    written = write_export(source, tmp_path, IMPRINT)
    assert {path.name for path in tmp_path.iterdir()} == {p.name for p in written} | {"mine.txt"}
    assert (tmp_path / "articles.csv").read_bytes() == (package / "articles.csv").read_bytes()


@pytest.mark.parametrize("name", ["README.md", "articles.csv"])
def test_a_file_of_its_user_is_not_written_over(source: Path, tmp_path: Path, name: str):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / name).write_text("of its user")
    with pytest.raises(StoreError, match=f"holds a {re.escape(name)}, but no package"):
        write_export(source, folder, IMPRINT)
    assert [path.read_text() for path in folder.iterdir()] == ["of its user"]


def test_no_database_is_one_line(tmp_path: Path):
    with pytest.raises(StoreError, match="no such database"):
        write_export(tmp_path / "missing.db", tmp_path / "out", IMPRINT)
    assert not (tmp_path / "out").exists()
