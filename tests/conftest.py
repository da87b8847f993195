"""What every test may ask for."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The team's folder of feeds that are not ours to publish; users do not have it."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("needs ../shared/corpus, a folder of third-party feeds beside the checkout")
    return folder
