"""Which articles stand beside one as related."""

from pathlib import Path
from typing import Any

import pytest
from datasette.utils.asgi import Request

from datasets import build_dataset, document, feed, item, open_site
from feedsette.serving.asking import relations
from feedsette.serving.asking.reading import Reader
from feedsette.serving.asking.relations import related

LINK = '<a href="https://c.example/page">there</a>'


async def titles(path: Path, title: str) -> list[str]:
    """Those that go with the article of a title, the best first."""

    def read(ask: Any) -> list[str]:
        (row,) = ask("select id, title from articles where title = :title", title=title)
        return [row["title"] for row in related(ask, row["id"], row["title"])]

    async with open_site(path) as site:
        reader = Reader(site, "content", Request.fake("/"))
        return await reader.together(read)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return build_dataset(
        tmp_path / "content.db",
        document(
            feed(
                item("Kettles", tags=["tea", "fire"], html=LINK),
                item("Cups", tags=["tea"]),
                item("Stoves", tags=["tea", "fire"]),
                item("Old kettles", tags=["iron"]),
                item("Elsewhere", html=LINK),
                item("Nothing of it", html="<p>Kettles, in the text alone.</p>"),
            )
        ),
    )


async def test_by_tags_links_and_words(path: Path) -> None:
    found = await titles(path, "Kettles")
    assert found[0] == "Stoves"
    assert set(found) == {"Stoves", "Cups", "Elsewhere", "Old kettles"}


async def test_the_best_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations, "MOST", 1)
    assert await titles(path, "Kettles") == ["Stoves"]


async def test_no_more_than_so_many_are_looked_at(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relations, "MAX_BY_TAG", 1)
    found = await titles(path, "Kettles")
    assert not {"Stoves", "Cups"} & set(found)  # the one was itself
    assert set(found) == {"Elsewhere", "Old kettles"}


async def test_the_rarest_tag_is_looked_at_first(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relations, "MAX_BY_TAG", 2)
    found = await titles(path, "Kettles")
    assert found[0] == "Stoves"
    assert "Cups" not in found


async def test_a_word_of_many_texts_says_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Old kettles" in await titles(path, "Kettles")
    monkeypatch.setattr(relations, "MAX_TEXTS", 2)  # three have it, one of them in its text alone
    assert set(await titles(path, "Kettles")) == {"Stoves", "Cups", "Elsewhere"}


async def test_nothing_goes_with_it(path: Path) -> None:
    assert await titles(path, "Nothing of it") == []
