"""Templates are rendered without waiting, unless one of them has to wait."""

from pathlib import Path

import pytest
from datasette.app import Datasette
from jinja2 import DictLoader, Environment, pass_context
from jinja2.runtime import Context

from datasets import IS_DATASETTE_1, open_site, read_text
from feedsette.serving.templating import write_at_once

PAGES = (
    "/", "/content", "/content/articles", "/content/articles/1", "/content/tags/1",
    "/content/authors/1", "/content/feeds/1", "/content/links", "/content/links/100000",
    "/content/problems", "/content/search?q=a", "/content/problems_by_kind",
)  # fmt: skip


def environment_of(site: Datasette) -> Environment:
    env: Environment = site._jinja_env if IS_DATASETTE_1 else site.jinja_env
    return env


@pytest.mark.parametrize("page", PAGES)
async def test_our_pages_wait_for_nothing(sample_path: Path, page: str) -> None:
    async with open_site(sample_path) as site:
        at_once = await read_text(site, page)
        env = environment_of(site)
        assert env.waiting == {None}
        env.waiting.update(env.list_templates())
        assert await read_text(site, page) == at_once


async def later() -> str:
    return "<later>"


def doubled(text: str) -> str:
    return text * 2


async def doubled_later(text: str) -> str:
    return text * 2


@pass_context
def wanting(context: Context, number: int) -> str:
    return f"{number} {context['word']}"


@pytest.mark.parametrize(
    ("template", "waits"),
    [
        ("{{ word }} {{ word|doubled }}", False),
        ("{{ row.word }} {{ row.items()|list }} {{ row.none }} {{ row.none is defined }}", False),
        ("{% for n in [1, 2] %}{{ wanting(n) }}{{ word.upper() }}{% endfor %}", False),
        ("{{ word }} {{ later() }}", True),
        ("{% if later() == '<later>' %}{{ word }}{% endif %}", True),
        ("{% macro m() %}{{ later() }}{% endmacro %}{{ m() }}", True),
        ("{{ word|doubled_later }}", True),
        ("{% include 'part' %}", True),
    ],
)
async def test_what_must_wait_does(template: str, waits: bool) -> None:
    loader = DictLoader({"page": template, "part": "{{ later() }}"})
    envs = [Environment(loader=loader, autoescape=True, enable_async=True) for _ in range(2)]
    for env in envs:
        env.filters.update(doubled=doubled, doubled_later=doubled_later)
    quick = envs[0]
    write_at_once(quick)
    given = {"word": "&", "later": later, "row": {"word": "<", "items": 1}, "wanting": wanting}
    for _ in range(2):
        written = [await env.get_template("page").render_async(given) for env in envs]
        assert written[0] == written[1]
    assert ("page" in quick.waiting) is waits


async def test_an_error_in_a_template_is_told_as_ever() -> None:
    env = Environment(loader=DictLoader({"page": "{{ 1 / none_at_all.x }}"}), enable_async=True)
    write_at_once(env)
    with pytest.raises(Exception, match="none_at_all"):
        await env.get_template("page").render_async()


async def test_templates_of_another_plugin_and_nameless_ones_are_its_own() -> None:
    env = Environment(loader=DictLoader({"page": "ours"}), enable_async=True)
    write_at_once(env)
    other = env.overlay(loader=DictLoader({"page": "theirs"}))
    assert await other.get_template("page").render_async() == "theirs"
    assert await env.from_string("{{ word }}").render_async(word="none") == "none"
