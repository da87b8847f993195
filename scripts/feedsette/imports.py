"""What libraries import in passing: put off or left out, as it took half of a command's start."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


class _Postponer:
    """Finds modules of one name, which are loaded when an attribute is first asked for.

    docs.python.org/3/library/importlib.html#importlib.util.LazyLoader
    """

    def __init__(self, name: str) -> None:
        from importlib.util import LazyLoader  # late: a load of what has not changed needs none

        self._name = name
        self._lazily = LazyLoader

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name == self._name else None
        if spec and spec.loader:
            spec.loader = self._lazily(spec.loader)
        return spec


@contextmanager
def put_off(name: str) -> Iterator[None]:
    """Let what imports a module within do so without loading it; users of it see no difference."""
    finder = _Postponer(name)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@contextmanager
def left_out(*names: str) -> Iterator[None]:
    """Let modules that were not imported yet seem not to be installed, until the end.

    A library that looks for one then goes on without it for as long as the process lives, so this
    is for a process in which no code but ours and its libraries' runs.
    """
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
