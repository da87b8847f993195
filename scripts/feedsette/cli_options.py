"""The options that several commands share, each said once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from feedsette.sources import SourceOptions

Command = TypeVar("Command", bound=Callable[..., Any])


def _require_file(_: click.Context, option: click.Parameter, value: Path) -> Path:
    if str(value) in (":memory:", "."):  # "." is what an empty name becomes
        raise click.BadParameter("name a file that stays", param=option)
    return value


database_option = click.option(
    "-d",
    "--database",
    default="content.db",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_require_file,
    help="The database file.",
)


def _require_fitting(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    try:
        SourceOptions(contact=value)
    except ValueError as error:
        raise click.BadParameter(str(error), param=option) from None
    return value


def _with_options(*options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


flattening_options = _with_options(
    click.option("--workers", type=click.IntRange(1), metavar="N",
                 help="Processes that parse and flatten (default: one per core)."),
    click.option("--scheduler", metavar="URL",
                 help="Parse and flatten on this Dask cluster (extra: distributed)."),
    click.option("--detect/--no-detect", default=True, show_default=True,
                 help="Guess the language of unlabelled code (extra: detect)."),
    click.option("--max-size", type=click.FloatRange(min=0, min_open=True), default=32,
                 show_default=True, metavar="MB", help="Largest document, decompressed."),
    click.option("--allow-private", is_flag=True,
                 help="Fetch from private and loopback addresses too."),
    click.option("--contact", metavar="URL", envvar="FEEDSETTE_CONTACT", show_envvar=True,
                 callback=_require_fitting,
                 help="Where servers can reach you: named in the User-Agent."),
    click.option("-q", "--quiet", is_flag=True, help="Show problems only."),
)  # fmt: skip
trip_options = _with_options(
    database_option,
    flattening_options,
    click.option("--force", is_flag=True, help="Read again what is fresh or unchanged, all of it."),
    click.option("--dry-run", is_flag=True, help="Say what would change; write nothing."),
    click.option("--json", "as_json", is_flag=True, help="One JSON object per document on stdout."),
)
