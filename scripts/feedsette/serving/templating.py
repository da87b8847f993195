"""Templates without waiting: a page is written in half the time.

Datasette has Jinja compile templates so that each of their thousand steps may wait for something;
ours ask for nothing on the way. So a template is compiled a second time, for code that never waits,
and where it comes upon something to wait for after all (a user's own template that calls `sql()`,
Datasette's breadcrumbs) it is left at that and used as Datasette would, then and from then on.
"""

from functools import lru_cache
from inspect import isawaitable, iscoroutine
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context

_PLAIN = (str, int, list, dict, type(None))
"""What most answers are, and nobody waits for; isawaitable takes longer to tell."""
_FUNCTIONS = frozenset((FunctionType, MethodType, type(lru_cache(len))))
"""What templates call."""
_METHODS = frozenset(dir(dict))


class _Waits(Exception):  # noqa: N818 — a signal, no error
    """A template came upon something that has to be waited for."""


def _ready(answer: Any) -> Any:
    """Pass what can be shown."""
    if not isinstance(answer, _PLAIN) and isawaitable(answer):
        if iscoroutine(answer):
            answer.close()
        raise _Waits
    return answer


class _AtOnce(Context):
    def call(self, called: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call something, which must have its answer ready."""
        if type(called) not in _FUNCTIONS or hasattr(called, "jinja_pass_arg"):
            return _ready(super().call(called, *arguments, **named))
        # Jinja looks twice for that mark of those that want its context
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return _ready(called(*arguments, **named))


class _Page(Template):
    async def render_async(self, *arguments: Any, **named: Any) -> str:
        """Render without waiting if it can be."""
        env: Any = self.environment
        # another plugin may have made an environment of its own from ours, with other templates
        if self.name not in env.waiting and env.loader is env.at_once.loader:
            try:
                page: str = env.at_once.get_template(self.name).render(*arguments, **named)
            except _Waits:
                env.waiting.add(self.name)
            else:
                return page
        return await super().render_async(*arguments, **named)


def _value(otherwise: Any) -> Any:
    """Find `row.title` in a dict: Jinja looks for an attribute first, and each miss is an error."""

    def find(thing: Any, name: str) -> Any:
        if type(thing) is dict and name in thing and name not in _METHODS:
            return thing[name]
        return otherwise(thing, name)

    return find


def write_at_once(env: Any) -> None:
    """Let the templates of a jinja2.Environment that have a name be rendered so."""
    at_once: Any = Environment.overlay(env, enable_async=False, finalize=_ready)
    at_once.context_class = _AtOnce
    at_once.getattr = _value(at_once.getattr)
    env.at_once, env.waiting, env.template_class = at_once, {None}, _Page
