"""Every side's own environment, made once below the cache folder, from the usual package index."""

import subprocess
import venv
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".bench"
COMPILED = ROOT / ".venv-compiled" / "bin" / "python"
# sgmllib3k: feedparser's HTML handling needs a module that Python 3 no longer has
REQUIREMENTS = {
    # as a user has it: sqlite-utils imports pandas where it finds it, which takes half a second
    "feedsette": ("-c", f"{ROOT}/constraints.txt", "-e", f"{ROOT}[detect]"),
    "feed-to-sqlite": ("feed-to-sqlite==0.6.2", "sgmllib3k"),
    "reader": ("reader[search]==3.26", "sgmllib3k"),
    "stock": ("datasette==0.65.5", "setuptools<81"),
    "limit": ("fastfeedparser==0.6.5", "lxml==6.1.3"),
}


def python_of(name: str) -> Path:
    """The Python of a side's environment, which is made if it is not there."""
    folder = CACHE / name
    python, done = folder / "bin" / "python", folder / "installed"
    if not done.exists():
        venv.create(folder, with_pip=True, clear=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *REQUIREMENTS[name]], check=True)
        done.touch()
    return python


@cache
def compiled_python() -> Path:
    """That of `make compiled`, which builds anew where a source was edited."""
    subprocess.run(["make", "--silent", "-C", ROOT, "compiled"], check=True)
    return COMPILED
