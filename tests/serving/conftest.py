"""Datasets for the tests of the site: the sample, one full of attacks, odd ones, an empty one."""

from pathlib import Path

import pytest
from attacks import ODD, attack

from datasets import build_dataset, document, earlier_sample, feed, sample


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, with one article edited."""
    folder = tmp_path_factory.mktemp("sample")
    return build_dataset(folder / "content.db", earlier_sample(), sample())


@pytest.fixture(scope="session")
def attack_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hostile, and edited, so that the differences are hostile too."""
    folder = tmp_path_factory.mktemp("attack")
    first = document(attack().replace("window.attacked=1", "window.attacked=2", 40), "a.xml")
    return build_dataset(folder / "content.db", first, document(attack(), "a.xml"))


@pytest.fixture(scope="session")
def odd_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Long, wide, right to left, and without what one expects."""
    folder = tmp_path_factory.mktemp("odd")
    return build_dataset(folder / "content.db", document(feed(*ODD), "odd.xml"))


@pytest.fixture(scope="session")
def empty_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without a row."""
    return build_dataset(tmp_path_factory.mktemp("empty") / "content.db")
