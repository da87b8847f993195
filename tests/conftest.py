"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# the same examples in every run: what is green here is green elsewhere; bench/fuzz.py explores
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The team's folder of feeds that are not ours to publish; users do not have it."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("needs ../shared/corpus, a folder of third-party feeds beside the checkout")
    return folder


@pytest.fixture
def unmeasured() -> dict[str, str]:
    """The environment of a process that a signal interrupts, without coverage in it.

    Coverage takes a lock when it meets a file for the first time. An exception that a signal raises
    just then leaves it taken, and the process waits for it for ever when it ends.
    """
    return {key: text for key, text in os.environ.items() if not key.startswith("COVERAGE")}
