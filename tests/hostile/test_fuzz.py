"""Documents that once broke something, and a few hundred new ones; bench/fuzz.py makes 100,000."""

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.fuzz import NOW, try_case
from bench.giants import run
from bench.mutations import make_case, read_seeds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedsette.store import Database, open_database

pytestmark = pytest.mark.no_cover  # these are timed

FINDINGS = sorted((Path(__file__).parent / "findings").iterdir())
SEEDS = read_seeds()


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    def stop(*_: object) -> None:
        raise TimeoutError("a document took longer than ten seconds")

    signal.signal(signal.SIGPROF, stop)
    with open_database(":memory:", clock=lambda: NOW) as opened:
        yield opened
        assert [one for one in opened.check() if one.severity == "error"] == []


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_finding_stays_mended(database: Database, path: Path) -> None:
    assert list(try_case(database, path.read_bytes(), Counter())) == []


@given(number=st.integers(0, 10**9))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_mutation_breaks_the_trip(database: Database, number: int) -> None:
    assert list(try_case(database, make_case(number, SEEDS), Counter())) == []


@given(content=st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_no_bytes_break_the_trip(database: Database, content: bytes) -> None:
    for head in (b"", b"<rss><channel><item>", b'{"version":"https://jsonfeed.org/version/1.1",'):
        assert list(try_case(database, head + content, Counter())) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("100 MB of one tag", "larger than 32 MB"),
        ("gzip bomb of 500 MB", "larger than 32 MB"),
        ("100,000 deep JSON feed", "is JSON nested too deeply to be a feed"),
        ("opml that includes itself", ""),
    ],
)
def test_a_giant_is_refused_within_bounds(tmp_path: Path, name: str, said: str) -> None:
    outcome, megabytes = run(name, tmp_path)
    assert outcome.faults(megabytes) == []
    assert outcome.code == 1
    assert said in outcome.said
    assert len(outcome.said.splitlines()) <= 2
