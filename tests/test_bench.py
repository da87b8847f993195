"""The bench measures what it says: the same corpora everywhere, and sides that do their work."""

import hashlib
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import contestants, copies, serving, snippets, trials
from bench.corpora import feed, write_feeds
from bench.measures import CommandError, Measure, measure, middle
from bench.trials import Bench

from datasets import build_dataset, sample
from feedsette.store import open_database
from tables import ask


@pytest.mark.parametrize(
    ("edited", "sha256"),
    [
        (0, "c2951c187d23cad9c3938729c6c1c30b1c1fd4361b06d8e0a9865eba5ea6a448"),
        (2, "b266eef4207e02b143d1068ca74fc387cdea10b07165dc71dc31053deb6ab8eb"),
    ],
)
def test_corpora_are_the_same_bytes_on_every_machine(edited: int, sha256: str) -> None:
    assert hashlib.sha256(feed("one", range(40, 52), edited).encode()).hexdigest() == sha256


def test_a_corpus_has_the_articles_asked_for(tmp_path: Path) -> None:
    paths = list(write_feeds(tmp_path, 7, 3))
    assert [path.read_text().count("<item>") for path in paths] == [3, 3, 1]


def test_our_side_loads_every_article(tmp_path: Path) -> None:
    bench = Bench(tmp_path, articles=5, rounds=1)
    job = bench.job(bench.corpus("plain", 5))
    took = measure(contestants.OURS.command(job))
    assert ask(job.database, "select count(*) from articles") == [(5,)]
    assert 0 < took.cpu < 60


def test_a_folder_is_served_with_validators(tmp_path: Path) -> None:
    bench = Bench(tmp_path, articles=3, rounds=1)
    folder = bench.corpus("plain", 3)
    with contestants.serve_folder(folder) as server:
        job = bench.job(folder, server)
        for _ in range(2):
            measure([*contestants.OVER_HTTP.command(job), "--force"])
            measure(contestants.OVER_HTTP.command(job))
    assert ask(job.database, "select distinct status from loads order by 1") == [
        ("loaded",),
        ("not_modified",),
    ]


def test_trials_make_tables_of_one_width(tmp_path: Path) -> None:
    table = trials.compare_reloads(Bench(tmp_path, articles=4, rounds=1))
    assert [len(row) for row in table.rows] == [len(table.header)] * 3


def test_copies_are_a_whole_database(tmp_path: Path) -> None:
    seed = build_dataset(tmp_path / "seed", sample())
    target = tmp_path / "content.db"
    copies.multiply(seed, target, 3)
    for table in ("feeds", "articles", "links", "sections", "code_blocks", "article_tags"):
        ((before,),) = ask(seed, f"select count(*) from {table}")
        assert ask(target, f"select count(*) from {table}") == [(3 * before,)]
    with open_database(seed) as one, open_database(target) as many:
        kinds = {finding.kind for finding in one.check()}
        assert {finding.kind for finding in many.check()} == kinds


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(CommandError, match="No such option"):
        measure(
            [
                *contestants.OURS.command(
                    contestants.Job(Path(), Path(), Path(), Path(sys.executable))
                ),
                "--nonsense",
            ]
        )


def test_the_middle_is_the_median_and_the_largest_memory() -> None:
    assert middle([Measure(1, 5, 10), Measure(2, 3, 30), Measure(9, 4, 20)]) == Measure(2, 4, 30)


def test_the_pages_that_are_measured_have_something_to_show(tmp_path: Path) -> None:
    path = build_dataset(tmp_path / "content.db", sample())
    shared, _ = serving.pages(path)
    (tag,) = parse_qs(urlsplit(shared["articles with a tag"]).query)["tags__arraycontains"]
    carrying = "select count(*) from articles, json_each(tags) where value = ?"
    assert ask(path, carrying.replace("?", f"'{tag}'"))[0] > (0,)


def test_a_listing_that_stands_twice_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two listings of a label are wanted: three times the first, and two more."""
    monkeypatch.setattr(snippets, "A_LABEL", 2)
    codes = ["a = 1", "a = 1", "a = 1", "b = 2", "c = 3"]
    fences = "".join(f"```python\n{code}\n```\n\n{'Words. ' * 20}\n\n" for code in codes)
    (tmp_path / "README.md").write_text(fences)
    found = snippets.cut_fences([tmp_path], 0) | snippets.cut_fences([tmp_path], 1)
    assert found == {"a = 1": "python", "b = 2": "python"}
