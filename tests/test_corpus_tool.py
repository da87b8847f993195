"""The sweep over many feeds: what it counts, compares and refuses; and ours over the corpus."""

import subprocess
import sys
from pathlib import Path

import pytest
from bench import corpus

ROOT = Path(__file__).parent.parent
BODY = (
    "&lt;h2&gt;A&lt;/h2&gt;&lt;p&gt;two words &lt;a href='http://e.org/a'&gt;x&lt;/a&gt;"
    "&lt;a href=''&gt;y&lt;/a&gt;&lt;img src='/i.png'&gt;&lt;pre&gt;&lt;code "
    "class='language-js'&gt;f();&lt;/code&gt;&lt;/pre&gt;"
)
ITEM = f"<item><link>http://e.org/1</link><description>{BODY}</description></item>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "feed.xml").write_text(f"<rss><channel>{ITEM}{ITEM}</channel></rss>")
    (tmp_path / "bad.xml").write_text("no feed")
    (tmp_path / "page.html").write_text("<!doctype html><p>not looked at</p>")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = corpus.main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


@pytest.mark.parametrize("workers", [1, 2])
def test_every_feed_and_their_total_is_a_row(folder, capsys, workers):
    code, out, err = run(capsys, folder, "--workers", workers)
    rows = [dict(zip(corpus.HEADER, line.split("\t"), strict=True)) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [row["path"] for row in rows] == ["path", "a/feed.xml", "bad.xml", "total"]
    counted = {"entries": "2", "articles": "1", "skipped": "1", "sections": "1", "code_blocks": "1"}
    counted |= {"languages": "1", "links": "2", "images": "1", "embeds": "0", "problems": "1"}
    assert {name: rows[1][name] for name in counted} == counted
    assert {name: rows[3][name] for name in counted} == counted
    assert rows[2]["note"] == "refused: is not a feed: neither XML nor JSON Feed"
    assert rows[3]["note"] == "1 feeds, 1 refused"


@pytest.mark.parametrize(
    ("table", "errors"),
    [
        ("path\tentries\tlinks\na/feed.xml\t2\t\nbad.xml\t\t\n", ""),
        ("path\tlinks\na/feed.xml\t3\n", "a/feed.xml: links: 2, expected 3\n"),
        ("repo\tpath\texpected_entries\na\tfeed.xml\t2\na\tl.opml\t9\n", ""),
        ("path\tentries\nbad.xml\t1\n", "bad.xml: entries: 0, expected 1\n"),
        ("path\tentries\nb.xml\t1\n", "b.xml: not found among the feeds\n"),
    ],
)
def test_counts_are_compared_with_the_expected_ones(folder, capsys, table, errors):
    expected = folder / "expected.tsv"
    expected.write_text(table)
    code, _, err = run(capsys, folder, "--expect", expected, "--workers", 1)
    assert (code, err) == (int(bool(errors)), errors)


def test_its_own_output_is_an_expectation_that_is_met(folder, capsys):
    expected = folder / "expected.tsv"
    expected.write_text(run(capsys, folder, "--workers", 1)[1])
    assert run(capsys, folder, "--expect", expected, "--workers", 1)[0] == 0


def test_a_file_beyond_the_bounds_is_reported(folder, capsys, monkeypatch):
    monkeypatch.setattr(corpus, "MEGABYTES", -1)
    code, _, err = run(capsys, folder, "--workers", 1)
    assert code == 1
    assert err.startswith("a/feed.xml: took ")
    assert "MB, more than -1" in err


def test_a_file_that_takes_too_long_is_given_up(folder):
    (folder / "bad.xml").unlink()
    (folder / "a" / "feed.xml").write_text(f"<rss><channel>{ITEM * 60_000}</channel></rss>")
    script = "import sys; from bench import corpus; corpus.SECONDS = 1; sys.exit(corpus.main())"
    command = [sys.executable, "-c", script, folder, "--workers", "1"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert (ended.returncode, ended.stderr) == (1, "a/feed.xml: took 1 s, more than 1\n")
    assert "refused: took too long" in ended.stdout


def test_a_folder_without_feeds_is_a_usage_error(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        corpus.main([str(tmp_path)])
    assert stopped.value.code == 2
    assert "no feeds in this folder" in capsys.readouterr().err


@pytest.mark.corpus
def test_every_feed_of_the_corpus_loads_or_is_refused_with_a_line(shared):
    folder = shared / "corpus"
    swept = list(corpus.sweep(folder))
    expected = corpus.read_expected(folder / "MANIFEST.tsv")
    assert list(corpus.differences(swept, expected)) == []
    assert len(swept) > 800
    for one in swept:
        assert one.excess == ""
        assert not one.refused or (one.note and "\n" not in one.note and "bug" not in one.note)
