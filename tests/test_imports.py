import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from feedsette.imports import left_out

SAMPLE = Path(__file__).parent.parent / "feeds" / "sample.xml"
LOAD = """
import sys
from feedsette.cli import main
main(["load", sys.argv[1], "-d", sys.argv[2], "--no-detect", "-q"], standalone_mode=False)
print(*(name for name in ("numpy", "pandas", "soupsieve.css_parser") if name in sys.modules))
"""


def run(code: str, *arguments: object) -> str:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_a_load_goes_without_what_takes_half_of_its_start(tmp_path: Path) -> None:
    assert find_spec("numpy")  # else this would prove nothing
    assert run(LOAD, SAMPLE, tmp_path / "content.db") == ""


def test_selectors_work_for_whoever_wants_them_in_our_process() -> None:
    code = (
        "import feedsette.markup, bs4\n"
        "print(bs4.BeautifulSoup('<p class=a>tea</p>', 'lxml').select_one('p.a').text)"
    )
    assert run(code) == "tea"


def test_what_is_left_out_is_there_again() -> None:
    sys.modules.pop("this", None)
    with left_out("this", "json"):
        with pytest.raises(ImportError):
            __import__("this")
        assert __import__("json").loads("1") == 1  # it was imported before, and others hold it
    assert "this" not in sys.modules
    assert find_spec("this")
