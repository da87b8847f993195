"""A database in memory, whose clock stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_rows import day

from feedsette.store import Database, open_database


@pytest.fixture
def db() -> Iterator[Database]:
    with open_database(":memory:", clock=lambda: day(100)) as database:
        yield database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "content.db"
