"""What every test may ask for."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# the same examples in every run: what is green here is green elsewhere; bench/fuzz.py explores
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

ROOT = Path(__file__).parent.parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave tests that read many inputs out of coverage, which makes them four times as slow.

    What is covered must not depend on ../shared either.
    """
    for item in items:
        if any(map(item.get_closest_marker, ("corpus", "hypothesis"))):
            item.add_marker(pytest.mark.no_cover)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Trace nothing where a test is not to be covered: pytest-cov starts twice in each process of
    pytest-xdist, and where the second pauses for such a test, the first goes on.
    """
    tracer = sys.gettrace()
    if item.get_closest_marker("no_cover"):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The team's folder of feeds that are not ours to publish; users do not have it."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("needs ../shared/corpus, a folder of third-party feeds beside the checkout")
    return folder
