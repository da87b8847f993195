"""Remember what pure functions of a short text gave: a feed names the same addresses many times."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
S = TypeVar("S", str, str | None)
T = TypeVar("T")

ANSWERS = 2048
"""How many answers are kept for each function: those of some articles, not of a whole site."""
LENGTH = 500
"""Longer texts (data: addresses have megabytes) are not kept, so that memory stays small."""


def remember(
    function: Callable[Concatenate[S, P], T],
) -> Callable[Concatenate[S, P], T]:
    """Decorate a pure function whose first argument is a text, and whose others are hashable."""
    kept = cast(Callable[Concatenate[S, P], T], lru_cache(maxsize=ANSWERS)(function))

    @wraps(function)
    def answer(text: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if text is not None and len(text) > LENGTH:
            return function(text, *args, **kwargs)
        return kept(text, *args, **kwargs)

    return answer
