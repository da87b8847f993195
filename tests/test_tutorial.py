"""The tutorial's SQL runs on the site, and gives the answers that stand there."""

import re
from pathlib import Path

import pytest

from datasets import build_dataset, open_site, sample

TUTORIAL = Path(__file__).parent.parent / "docs" / "tutorial.md"
ANSWERS = re.findall(
    r"```sql\n(.+?)\n```\n\n(\|.+?\|)\n\n<!-- \[\[\[end", TUTORIAL.read_text("utf-8"), re.DOTALL
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_dataset(tmp_path_factory.mktemp("tutorial") / "content.db", sample())


def test_there_are_ten_questions():
    assert len(ANSWERS) == 10


@pytest.mark.parametrize(("sql", "table"), ANSWERS)
async def test_an_answer_is_what_the_site_says(path: Path, sql: str, table: str):
    async with open_site(path) as site:
        response = await site.client.get(
            "/content.json", params={"sql": sql, "_shape": "arrays"}, follow_redirects=True
        )
    assert response.status_code == 200, response.text
    _, _, *lines = table.splitlines()
    cells = [re.split(r"(?<!\\) \| ", line[2:-2]) for line in lines]
    told = response.json()["rows"]
    assert len(told) == len(lines)
    for row, shown in zip(told, cells, strict=True):
        for value, cell in zip(row, shown, strict=True):
            text = "" if value is None else str(value).split("\n")[0].replace("|", "\\|")
            assert text.startswith(cell.removesuffix(" …").strip()), (value, cell)
