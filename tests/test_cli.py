"""The command as a person uses it: what it prints, its exit codes, and that it loses nothing."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from datasette.utils import tilde_encode

from datasets import ROOT, SAMPLE, feed, item
from feedsette.cli import main
from servers import FeedServer, Reply, conditional, reply
from tables import ask, read_tables

PROGRAMS = Path(sys.executable).parent
GOOD = feed(item("One", html="<p>First.</p>"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(PROGRAMS), prepend=os.pathsep)
    return tmp_path


def run(*words: str | Path, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_load_says_what_it_did(folder: Path):
    first = run("load", SAMPLE)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == (
        f"{SAMPLE}: 13 articles: 13 new\ncontent.db: 1 document: 13 new articles, 0 changed\n"
        "To browse it: feedsette metadata > metadata.yml && datasette content.db -m metadata.yml\n"
    )
    again = run("load", SAMPLE)
    assert again.stdout == (
        f"{SAMPLE}: unchanged\ncontent.db: 1 document: 0 new articles, 0 changed\n"
    )
    assert ask(folder / "content.db", "select count(*) from articles") == [(13,)]


BAD = {
    "missing.xml": (None, "no such file"),
    "empty.xml": (b"", "is empty"),
    "page.xml": (b"<!doctype html><html><head></head><body>Hi</body></html>", "HTML page"),
    "binary.xml": (bytes(range(256)) * 40, "not a feed"),
    "other.xml": (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "not a feed"),
    "list.json": (b'{"hello": 1}', "not a JSON Feed"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_and_the_others_are_loaded(folder: Path, name: str):
    content, reason = BAD[name]
    if content is not None:
        (folder / name).write_bytes(content)
    (folder / "good.xml").write_text(GOOD)
    result = run("load", name, "good.xml")
    assert result.exit_code == 1
    assert [line.startswith(f"{name}: ") for line in result.stderr.splitlines()] == [True]
    assert reason in result.stderr
    assert ask(folder / "content.db", "select title from articles") == [("One",)]
    assert ask(folder / "content.db", "select status from loads order by id") == [
        ("failed",),
        ("loaded",),
    ]


def test_a_document_that_is_cut_off_is_loaded_as_far_as_it_goes_and_exits_with_1(folder: Path):
    (folder / "cut.xml").write_bytes(SAMPLE.read_bytes()[:9000])
    result = run("load", "cut.xml")
    assert result.exit_code == 1
    assert result.stderr == (
        "cut.xml: is cut off in item 2 (“Slow pages are usually one query”): that item was left out "
        "and comes when the feed can be read whole; those before it were kept\n"
    )
    assert ask(folder / "content.db", "select count(*) from articles") == [(1,)]


ISSUES = [
    item(f"No {n}", html=f"<p>Words of number {n}.</p>", published=f"Sun, 0{9 - n} Sep 2024")
    for n in (1, 2, 3)
]


@pytest.mark.parametrize("where", ["<title>No 2", "<pubDate>Sun, 07", "Words of number 2"])
def test_what_a_server_cuts_off_comes_with_the_next_fetch(folder: Path, where: str):
    """It sends no length and ends early; what it says of its answer is true of the whole only."""
    whole = feed(*ISSUES, site="http://127.0.0.1").encode()
    half = whole[: whole.index(where.encode()) + len(where) - 3]
    headers = {"ETag": '"1"', "Last-Modified": "x", "Cache-Control": "max-age=900"}
    cut = Reply(headers={**headers, "Connection": "close"}, chunks=[half])
    with FeedServer({"/a.xml": [lambda _: cut, conditional(whole, '"1"', "x")]}) as server:
        url = server.url("/a.xml")
        first = run("load", "--allow-private", url)
        assert first.exit_code == 1
        assert f"{url}: is cut off in item 2" in first.stderr
        assert ask(folder / "content.db", "select title from articles") == [("No 1",)]
        second = run("refresh", "--allow-private")
        assert (second.exit_code, second.stderr) == (0, "")
    assert "3 articles: 2 new, 1 unchanged" in second.stdout


def test_a_cut_document_edits_and_removes_nothing(folder: Path):
    whole = feed(*ISSUES, site="http://127.0.0.1").encode()
    half = whole[: whole.index(b"number 2")]
    cut = Reply(headers={"Connection": "close"}, chunks=[half])
    with FeedServer({"/a.xml": [reply(whole), lambda _: cut, reply(whole)]}) as server:
        outcomes = [run("load", "--allow-private", server.url("/a.xml")).stdout for _ in range(3)]
    assert [outcome.partition("a.xml: ")[2].partition("\n")[0] for outcome in outcomes[1:]] == [
        "1 article: 1 unchanged",
        "3 articles: 3 unchanged",
    ]
    marks = ask(folder / "content.db", "select revision_count, removed_at from articles")
    assert marks == [(0, None)] * 3


NAMELESS = "<item><description>Words alone, {}.</description></item>"
FLAWS = {
    "a date": (
        feed(item("One", published="yesterday"), item("Two")),
        "1 date is unusable (“One”: “yesterday”): it is kept in published_raw",
    ),
    "a date before all feeds": (
        feed(item("One", published="Thu, 01 Jan 1970 00:00:00 GMT"), item("Two")),
        "1 date is unusable (“One”: “Thu, 01 Jan 1970 00:00:00 GMT”): it is kept in published_raw",
    ),
    "dates": (
        feed(*(item(f"No {n}", published="soon") for n in range(20))),
        "20 dates are unusable (first “No 0”: “soon”): they are kept in published_raw",
    ),
    "a guid": (
        feed(item("One", link="https://a.example/1"), item("Two", link="https://a.example/1")),
        "a guid is repeated (“https://a.example/1” on 2 items): the items are kept, told apart by "
        "link, date or content",
    ),
    "guids": (
        feed(*(item(f"No {n}", link=f"https://a.example/{n % 2}") for n in range(5))),
        "2 guids are repeated (first “https://a.example/0” on 3 items): the items are kept, told "
        "apart by link, date or content",
    ),
    "a twin": (
        feed(item("One"), item("One")),
        "One: twin of an item before it, and kept once",
    ),
    "a draft": (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        "<item><title>Secret</title><wp:status>draft</wp:status></item>"
        "<item><title>Public</title></item></channel></rss>",
        "1 item is no published article and was left out (draft)",
    ),
    "drafts": (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        + "<item><title>Secret</title><wp:status>draft</wp:status></item>" * 2
        + "<item><wp:post_type>attachment</wp:post_type></item>"
        "<item><title>Public</title></item></channel></rss>",
        "3 items are no published articles and were left out (2 draft, 1 attachment)",
    ),
    "words of its own for drafts": (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Public</title></item>'
        + "".join(f"<item><wp:status>no\n{n:02}</wp:status></item>" for n in range(30))
        + "</channel></rss>",
        "30 items are no published articles and were left out ("
        + ", ".join(f"1 no {n:02}" for n in range(10))
        + ")",
    ),
    "no name": (
        feed(NAMELESS.format("one"), item("Two")),
        "1 item has no guid, link or title (“Words alone, one.”): it is kept, but an edit of it "
        "will look like a new item",
    ),
    "no names": (
        feed(*(NAMELESS.format(f"{n} " * 40) for n in range(3))),
        f"3 items have no guid, link or title (first “Words alone, {('0 ' * 24)[:-1]}…”): they are "
        "kept, but an edit of one will look like a new item",
    ),
    "an encoding that does not exist": (
        '<?xml version="1.0" encoding="utf-9"?>' + feed(item("Café")),
        "names the encoding utf-9, which does not exist: read as UTF-8",
    ),
    "another encoding": (
        '<?xml version="1.0" encoding="iso-8859-1"?>' + feed(item("Café")),
        "names the encoding iso-8859-1, but is not in it: read as UTF-8",
    ),
}


@pytest.mark.parametrize("name", FLAWS)
def test_a_flaw_is_one_line_and_exits_with_1_and_costs_nothing(folder: Path, name: str):
    content, line = FLAWS[name]
    (folder / "flawed.xml").write_text(content)
    (folder / "good.xml").write_text(feed(item("Good"), site="https://good.example"))
    result = run("load", "-q", "flawed.xml", "good.xml")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"flawed.xml: {line}\n")
    assert ask(folder / "content.db", "select message from loads") == [(line,), (None,)]
    skipped = {"a twin": 1, "a draft": 1, "drafts": 3, "words of its own for drafts": 30}.get(
        name, 0
    )
    kept = content.count("<item>") - skipped
    assert ask(folder / "content.db", "select count(*) from articles where feed_id = 1") == [
        (kept,)
    ]


def test_a_flaw_is_told_once_not_every_night(folder: Path):
    flawed = item("One", published="yesterday"), item("A", link="l"), item("B", link="l")
    (folder / "f.xml").write_text(feed(*flawed))
    assert run("load", "f.xml").exit_code == 1
    same = run("load", "f.xml")
    assert (same.exit_code, same.stderr) == (0, "")
    (folder / "f.xml").write_text(feed(item("New"), *flawed))
    grown = run("load", "f.xml")
    assert (grown.exit_code, grown.stderr) == (0, "")
    assert "1 new, 3 unchanged" in grown.stdout


def test_a_flaw_is_in_the_json_and_in_the_summary(folder: Path):
    (folder / "f.xml").write_text(feed(item("One", published="yesterday")))
    row = json.loads(run("load", "f.xml", "--json").stdout)
    assert (row["status"], row["message"]) == (
        "loaded",
        "1 date is unusable (“One”: “yesterday”): it is kept in published_raw",
    )
    again = run("load", "f.xml", "missing.xml", "--force", "-d", "other.db")
    assert again.stdout.splitlines()[1] == (
        "other.db: 2 documents: 1 new article, 0 changed, 1 failed, 1 with problems"
    )


MAKING = "feedsette metadata > metadata.yml && datasette content.db -m metadata.yml"
OTHERS = "feedsette metadata > content-metadata.yml && datasette content.db -m content-metadata.yml"
CONTENT = "databases: {content: {}}"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, MAKING),
        ({"metadata.yml": CONTENT}, "datasette content.db -m metadata.yml"),
        ({"metadata.yml": "databases: {other: {}}"}, OTHERS),
        ({"metadata.yml": "title: Mine"}, OTHERS),
        ({"metadata.yml": "[is no: YAML"}, OTHERS),
        (
            {"metadata.yml": "", "content-metadata.yml": CONTENT},
            "datasette content.db -m content-metadata.yml",
        ),
        ({"metadata.yml": "", "content-metadata.yml": ""}, "datasette content.db"),
    ],
)
def test_the_next_command_fits_the_folder(folder: Path, files: dict[str, str], words: str):
    for name, text in files.items():
        (folder / name).write_text(text)
    assert run("load", SAMPLE).stdout.endswith(f"\nTo browse it: {words}\n")
    assert "To browse" not in run("load", "missing.xml", "-d", "new.db").stdout


@pytest.mark.parametrize(
    ("path", "database"),
    [(str(PROGRAMS), "content.db"), ("", "my 'own' feeds.db"), ("", "in a folder/$HOME.db")],
    ids=["an active environment", "none", "a folder"],
)
def test_the_next_command_works_when_pasted(
    folder: Path, monkeypatch: pytest.MonkeyPatch, path: str, database: str
):
    monkeypatch.setenv("PATH", f"{path}{os.pathsep}/usr/bin:/bin")
    (folder / "in a folder").mkdir()
    (folder / "metadata.yml").write_text("title: Somebody else's")
    words = run("load", SAMPLE, "-d", database).stdout.partition("To browse it: ")[2].strip()
    page = f"/{tilde_encode(Path(database).stem)}.json"
    command = ["bash", "-c", f"{words} --get '{page}'"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert {query["name"] for query in json.loads(shown.stdout)["queries"]} > {"search"}


def test_metadata_is_that_of_the_project_under_the_name_of_the_database(folder: Path):
    plain, named = run("metadata"), run("metadata", "-d", "sub/my feeds.db")
    expected = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    assert yaml.safe_load(plain.stdout) == expected
    assert yaml.safe_load(named.stdout)["databases"] == {
        "my feeds": expected["databases"]["content"]
    }
    assert "cog" not in plain.stdout
    assert " datasette content.db -m" in plain.stdout
    assert " datasette 'my feeds.db' -m" in named.stdout
    assert "content.db -m" not in named.stdout


def test_an_export_wants_the_metadata_that_is_named(folder: Path):
    run("load", SAMPLE)
    refused = run("export", "out", "-m", "nosuch.yml")
    assert refused.exit_code == 2
    assert refused.stderr.endswith("File 'nosuch.yml' does not exist.\n")
    assert not Path("out").exists()
    assert run("export", "out").exit_code == 0


def test_who_forgets_the_command_is_told_it(folder: Path):
    assert run("feeds/sample.xml").stderr.endswith(
        "Error: No such command 'feeds/sample.xml'. To load it: main load feeds/sample.xml\n"
    )
    assert "To load" not in run("nonsense").stderr


def test_a_problem_names_the_file_as_its_user_did(folder: Path):
    (folder / "sub").mkdir()
    (folder / "sub" / "empty.xml").touch()
    assert run("load", "sub/empty.xml").stderr == "sub/empty.xml: is empty\n"
    assert ask(folder / "content.db", "select location from loads") == [("empty.xml",)]


def test_standard_input_may_be_gzipped(folder: Path):
    result = run("load", "-", stdin=gzip.compress(GOOD.encode()))
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "-: 1 article: 1 new")


def test_json_is_an_object_per_document(folder: Path):
    (folder / "good.xml").write_text(GOOD)
    result = run("load", "good.xml", "missing.xml", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [(row["location"], row["status"], row["new"]) for row in rows] == [
        ("good.xml", "loaded", 1),
        ("missing.xml", "failed", None),
    ]


def test_quiet_shows_problems_only(folder: Path):
    (folder / "good.xml").write_text(GOOD)
    result = run("load", "-q", "good.xml", "missing.xml")
    assert (result.stdout, len(result.stderr.splitlines())) == ("", 1)


def test_dry_run_says_what_would_change_and_writes_nothing(folder: Path):
    (folder / "good.xml").write_text(GOOD)
    new = run("load", "--dry-run", "good.xml")
    assert "1 new" in new.stdout
    assert not (folder / "content.db").exists()
    run("load", "good.xml")
    before = read_tables(folder / "content.db")
    (folder / "good.xml").write_text(GOOD.replace("First", "Second"))
    changed = run("load", "--dry-run", "good.xml")
    assert "1 changed" in changed.stdout
    assert read_tables(folder / "content.db") == before


def test_refresh_fetches_every_feed_with_a_url(folder: Path):
    body = feed(item("One"), site="http://127.0.0.1").encode()
    later = feed(item("One"), item("Two"), site="http://127.0.0.1").encode()
    with FeedServer({"/a.xml": [reply(body), reply(later)], "/b.xml": reply(status=404)}) as server:
        first = run("load", "--allow-private", server.url("/a.xml"), server.url("/b.xml"))
        assert first.exit_code == 1
        second = run("refresh", "--allow-private")
        assert "1 new" in second.stdout
        assert (server.counts["/a.xml"], second.exit_code) == (2, 0)


def test_refresh_waits_as_long_as_a_server_says(folder: Path):
    body = GOOD.encode()
    busy = reply(status=429, Retry_After="3600")
    with FeedServer({"/a.xml": [reply(body), busy, reply(body)]}) as server:
        url = server.url("/a.xml")
        run("load", "--allow-private", url)
        refused = run("refresh", "--allow-private")
        assert (refused.exit_code, server.counts["/a.xml"]) == (1, 2)
        assert refused.stderr == (
            f"{url}: too many requests (429); the server asks to come back in 3600 s\n"
        )
        waiting = run("refresh", "--allow-private")
        assert (waiting.exit_code, waiting.stderr, server.counts["/a.xml"]) == (0, "", 2)
        assert waiting.stdout == (
            "content.db: 0 documents: 0 new articles, 0 changed\n"
            "1 feed not asked: fresh, told us to wait, or gone for good\n"
        )
        assert run("load", "--allow-private", url).exit_code == 0
        run("refresh", "--allow-private")
        assert server.counts["/a.xml"] == 4


def test_that_all_is_fresh_is_no_error(folder: Path):
    with FeedServer({"/a.xml": reply(GOOD.encode(), Cache_Control="max-age=3600")}) as server:
        run("load", "--allow-private", server.url("/a.xml"))
        quiet = run("refresh", "--allow-private", "--quiet")
        assert (quiet.exit_code, quiet.output, server.counts["/a.xml"]) == (0, "", 1)
        assert run("refresh", "--allow-private", "--force").exit_code == 0
        assert server.counts["/a.xml"] == 2


def test_private_addresses_are_refused_unless_allowed(folder: Path):
    with FeedServer({"/a.xml": reply(GOOD.encode())}) as server:
        result = run("load", server.url("/a.xml"))
        assert (result.exit_code, server.counts["/a.xml"]) == (1, 0)
        assert "--allow-private" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["load"],
        ["load", "x", "--workers", "0"],
        ["nonsense"],
        ["check", "--nonsense"],
        ["load", SAMPLE, "-d", ":memory:"],
        ["load", SAMPLE, "-d", ""],
    ],
)
def test_a_wrong_call_exits_with_2(folder: Path, words: list[str]):
    assert run(*words).exit_code == 2


@pytest.mark.parametrize("value", ["ann@a.example\nX: y", "ann@a.example\r", "\0"])
@pytest.mark.parametrize("words", [["load"], ["flatten", "--parquet", "out"], ["refresh"]])
def test_a_contact_that_breaks_the_header_is_a_wrong_call(
    folder: Path, words: list[str], value: str
):
    with FeedServer({"/a.xml": reply(GOOD.encode())}) as server:
        places = [] if words == ["refresh"] else [server.url("/a.xml")]
        result = run(*words, *places, "--allow-private", "--contact", value)
        assert not server.requests
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Invalid value for '--contact'" in result.stderr
    assert "has a line break or another character that cannot be printed" in result.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", ["load", "check", "export", "snapshot", "refresh"])
def test_a_database_that_is_none_is_one_line(folder: Path, command: str):
    (folder / "content.db").write_bytes(b"this is no database, but it is long enough" * 40)
    (folder / "good.xml").write_text(GOOD)
    words = {"load": ["good.xml"], "export": ["out"], "snapshot": ["out.db"]}.get(command, [])
    result = run(command, *words)
    assert result.exit_code == 1
    assert result.stderr == "content.db: is not a SQLite database\n"


@pytest.mark.parametrize("command", ["check", "export", "snapshot", "refresh"])
def test_no_database_is_one_line(folder: Path, command: str):
    result = run(command, *{"export": ["out"], "snapshot": ["out.db"]}.get(command, []))
    assert result.exit_code == 1
    assert result.stderr == "content.db: no such database; load feeds into it first\n"


@pytest.mark.parametrize(
    "command", ["load", "load --dry-run", "check", "export", "snapshot", "refresh"]
)
def test_a_name_that_cannot_be_looked_up_is_one_line(folder: Path, command: str):
    """A folder that may not be entered does the same, except to root."""
    name = "x" * 300
    (folder / "out.db").touch()
    words = {"export": ["out"], "snapshot": ["out.db"]}.get(command, [])
    if command.startswith("load"):
        words = [str(SAMPLE)]
    result = run(*command.split(), *words, "-d", name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{name}: cannot be opened: File name too long\n"


def test_a_snapshot_of_no_database_over_a_file_that_is_there(folder: Path):
    (folder / "out.db").write_text("mine")
    result = run("snapshot", "out.db")
    assert result.stderr == "content.db: no such database; load feeds into it first\n"
    assert (folder / "out.db").read_text() == "mine"


@pytest.mark.parametrize("command", ["check", "export", "snapshot"])
def test_an_empty_database_is_one_line(folder: Path, command: str):
    """A full disk at the first load leaves a file without tables."""
    (folder / "content.db").touch()
    result = run(command, *{"export": ["out"], "snapshot": ["out.db"]}.get(command, []))
    assert result.exit_code == 1
    assert result.stderr == "content.db: holds nothing yet; load feeds into it first\n"


def test_refresh_without_any_url_is_one_line(folder: Path):
    (folder / "good.xml").write_text(
        "<rss version='2.0'><channel><title>A</title><item><title>One</title></item></channel></rss>"
    )
    run("load", "good.xml")
    result = run("refresh")
    assert (result.exit_code, result.stderr) == (
        1, "content.db: holds no feed that has a URL; load one first\n"
    )  # fmt: skip


def test_check_reports_what_is_doubtful(folder: Path):
    run("load", SAMPLE, "--no-detect")
    result = run("check")
    assert result.exit_code == 0
    assert "warning: malformed link (1): first in article 4; see the view problems" in result.stdout
    findings = json.loads(run("check", "--json").stdout)
    assert {finding["severity"] for finding in findings} == {"warning"}


@pytest.mark.parametrize("command", ["check", "export", "snapshot"])
def test_damage_is_one_line(folder: Path, command: str):
    run("load", SAMPLE)
    run("snapshot", "damaged.db")
    content = bytearray((folder / "damaged.db").read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = b"\xff" * 8192
    (folder / "damaged.db").write_bytes(content)
    words = {"export": ["out"], "snapshot": ["out.db"]}.get(command, [])
    result = run(command, *words, "-d", "damaged.db")
    assert result.exit_code == 1
    (line,) = (result.stdout + result.stderr).splitlines()
    assert "damaged" in line
    assert "restore a snapshot" in line
    assert not [path for path in folder.rglob("*") if "out" in path.name]


NAMES = {
    b"\x1b[31mred.xml": r"\x1b[31mred.xml",
    b"\x1b]0;title\x07.xml": r"\x1b]0;title\x07.xml",
    b"two\nlines.xml": r"two\nlines.xml",
    b"c1\xc2\x9b2J.xml": r"c1\x9b2J.xml",
    "turned\u202elmx.xml".encode(): r"turned\u202elmx.xml",
    b"latin-\xe9.xml": "latin-%E9.xml",
}


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_names_of_files_cannot_act_on_the_terminal(folder: Path, name: bytes):
    with open(os.path.join(os.fsencode(folder), name), "wb") as stream:  # noqa: PTH118, PTH123
        stream.write(feed(item("One", published="lately")).encode())
    words = [sys.executable, "-m", "feedsette", "load", b".", "-d", "content.db", "--no-detect"]
    result = subprocess.run(words, capture_output=True, check=False, env=os.environ)
    shown = NAMES[name]
    assert result.stdout.decode().splitlines()[0] == f"{shown}: 1 article: 1 new"
    (line,) = result.stderr.decode().splitlines()
    assert line.startswith(f"{shown}: 1 date is unusable")
    again = subprocess.run([*words[:4], name, *words[5:]], capture_output=True, check=False)
    assert again.stdout.decode().splitlines()[0] == f"{shown}: unchanged"


def test_words_of_servers_cannot_act_on_the_terminal(folder: Path):
    coding = "\x1b[2J\x1b]0;x\x07\x9b31m"
    with FeedServer({"/feed": reply(GOOD.encode(), Content_Encoding=coding)}) as server:
        result = run("load", server.url("/feed"), "--allow-private")
        assert result.stderr == (
            f"{server.url('/feed')}: an unknown Content-Encoding: \\x1b[2j\\x1b]0;x\\x07\\x9b31m\n"
        )


def test_a_snapshot_whose_name_sqlite_cannot_write(folder: Path):
    run("load", SAMPLE)
    result = run("snapshot", os.fsdecode(b"out-\xff.db"))
    assert (result.exit_code, result.stderr) == (
        1, "out-\\udcff.db: SQLite writes only to names that are UTF-8\n",
    )  # fmt: skip
    assert list(folder.glob("*out*")) == []


@pytest.mark.parametrize("command", ["load", "check"])
def test_who_stops_a_command_is_told_what_was_saved_where_something_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
):
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("feedsette.cli.open_database", stop)
    result = run(command, *([SAMPLE] if command == "load" else []))
    saved = "; what was loaded is saved, the rest can be loaded again" if command == "load" else ""
    assert (result.exit_code, result.stderr) == (130, f"stopped{saved}\n")


def test_a_cluster_that_does_not_answer_leaves_no_database_behind(folder: Path) -> None:
    pytest.importorskip("distributed", reason="needs the extra distributed")
    result = run("load", SAMPLE, "--scheduler", "tcp://127.0.0.1:9")
    assert result.exit_code == 1
    assert result.stderr.startswith("tcp://127.0.0.1:9: no Dask scheduler answers there")
    assert not Path("content.db").exists()


def made(*words: str) -> str:
    """What make would run last."""
    make = ["make", "--dry-run", "--no-print-directory", *words]
    # tests are run by make as well, which tells its flags to those that it starts
    apart = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    run = subprocess.run(make, cwd=ROOT, env=apart, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()[-1]


def test_make_hands_on_addresses_whole() -> None:
    """`&` would end the command, and what stands behind it, the database's name, be lost."""
    feeds = "https://e.org/feed?a=1&b=2 'https://e.org/f?c&d' ~/saved/*"
    assert made("load", f"FEEDS={feeds}", "DB=x.db").endswith(
        " load 'https://e.org/feed?a=1&b=2' 'https://e.org/f?c&d' ~/saved/* -d x.db"
    )


@pytest.mark.parametrize(
    ("database", "metadata"),
    [
        ("content.db", "metadata.yml"),
        ("../blogs/content.db", "metadata.yml"),
        ("blog.db", "<(.venv/bin/feedsette metadata -d blog.db)"),
    ],
)
def test_make_serves_with_what_is_said_of_that_database(database: str, metadata: str) -> None:
    """A database of another name had no saved queries, and so no search."""
    served = made("serve", f"DB={database}")
    assert f" serve {database} -m {metadata} --setting" in served
