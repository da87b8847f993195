"""The metadata.yml that comes with feedsette, for a site of one's own."""

import json
import re
import shlex
from importlib import resources
from pathlib import Path

from feedsette.errors import FeedsetteError

_COG = re.compile(
    r"^ *# \[\[\[cog\n.*?^ *# \]\]\]\n|^ *# \[\[\[end\]\]\]\n", re.DOTALL | re.MULTILINE
)
_DATABASE = re.compile(r"^  content:$", re.MULTILINE)
_COMMANDS = re.compile(r"(?<=datasette )content\.db(?= -m )")


def metadata_text(database: Path) -> str:
    """metadata.yml for a database file: titles, descriptions, facets and saved queries.

    Datasette calls a database by its file's name without the suffix, and so does the file.
    """
    text = _COG.sub("", _read())
    if not text:
        reason = "is empty: did the shell empty it to write to it? `git checkout` brings it back"
        raise FeedsetteError(f"metadata.yml of the checkout: {reason}")
    key = f"  {json.dumps(database.stem, ensure_ascii=False)}:"
    text = _COMMANDS.sub(lambda _: shlex.quote(database.name), text)
    return text if database.stem == "content" else _DATABASE.sub(lambda _: key, text, count=1)


def _read() -> str:
    # a checkout has it at the top, where people edit it; a wheel has a copy (pyproject.toml), and
    # so has an editable install: as it was on the day of the install
    checkout = Path(__file__).parents[3] / "metadata.yml"
    packaged = resources.files("feedsette") / "metadata.yml"
    return (checkout if checkout.is_file() else packaged).read_text(encoding="utf-8")
