"""Compile what flattens articles (mypyc), if the environment asks for it.

`HATCH_BUILD_HOOK_ENABLE_CUSTOM=true pip install .` takes a C compiler and a minute, and loads then
take less time for the same rows; without the variable a wheel is plain Python. hatch-mypyc does the
like, but leaves its modules beside the sources, where they go before a source that was edited
since, and keeps mypyc's warnings to itself.
"""

import contextlib
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = Path(__file__).parent / "scripts"
COMPILED = ("feedsette/markup.py", "feedsette/bigrams.py", "feedsette/flattening/**/*.py")
"""Half of a load's time. Parsing stays: what comes in there may be of any type."""
LEFT = frozenset({"detection.py"})
"""Has a class within a function, which mypyc does not know; and waits for a model anyway."""
MYPY = ["--config-file=", "--follow-imports=silent", "--ignore-missing-imports"]


class CompilingHook(BuildHookInterface[Any]):
    """Puts extension modules beside the sources in the wheel; the work tree stays as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; raises ValueError with mypyc's words if it cannot, or would change a meaning."""
        if version != "standard":  # an editable install runs the sources
            return
        self.folder = TemporaryDirectory()
        modules = Path(self.folder.name) / "modules"
        with contextlib.chdir(SOURCES):
            _compile(modules)
        for path in modules.rglob("*.*"):
            build_data["force_include"][str(path)] = str(path.relative_to(modules))
        build_data.update(infer_tag=True, pure_python=False)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made."""
        del build_data, artifact_path
        if version == "standard":
            self.folder.cleanup()


def _compile(modules: Path) -> None:
    from mypyc.build import mypycify
    from setuptools import Distribution

    paths = [str(p) for one in COMPILED for p in sorted(Path().glob(one)) if p.name not in LEFT]
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            extensions = mypycify([*MYPY, *paths], target_dir=str(modules.with_name("c")))
    except SystemExit as error:
        raise ValueError(said.getvalue()) from error
    if "warning:" in said.getvalue():  # a generator that is kept would be a list, which has no next
        raise ValueError(said.getvalue())
    command = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(modules), str(modules.with_name("objects"))
    command.ensure_finalized()
    command.run()
