"""The command `feedsette`: click lives here and in cli_options.py, and an error becomes a line."""

import dataclasses
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click

from feedsette import __version__
from feedsette.cli_options import database_option, flattening_options, trip_options
from feedsette.clocks import utc_now
from feedsette.endings import closing_lines
from feedsette.errors import FeedsetteError, StoreError
from feedsette.executors import open_executor
from feedsette.imports import left_out
from feedsette.loading import Trip
from feedsette.progress import open_reporter
from feedsette.sources import SourceOptions, is_due
from feedsette.store import NONE_YET, Database, Load, is_there, open_database, open_dry_run
from feedsette.wording import in_one_line, legible

MEGABYTE = 1024 * 1024
_LOADED_SO_FAR = "; what was loaded is saved, the rest can be loaded again"


class _Commands(click.Group):
    """The group whose commands may raise FeedsetteError."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; say what to type to those who name a feed at once."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if not set(args[0]) & set("./\\"):
                raise
            hint = f"{error.format_message()} To load it: {ctx.command_path} load {args[0]}"
            raise click.UsageError(hint, ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Turn what a user can mend into one line and exit code 1."""
        try:
            return super().invoke(ctx)
        except FeedsetteError as error:
            click.echo(in_one_line(str(error)), err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            loads = ctx.invoked_subcommand in ("load", "refresh")
            click.echo(f"stopped{_LOADED_SO_FAR if loads else ''}", err=True)
            ctx.exit(130)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Turn RSS, Atom and JSON feeds into a dataset that people explore with Datasette."""


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--history", is_flag=True, help="Follow a feed's older pages as well.")
@click.option(
    "--copies",
    is_flag=True,
    help="The files of a folder are saved copies of one feed each: replay them by their time.",
)
@trip_options
def load(sources: tuple[str, ...], history: bool, copies: bool, **options: Any) -> None:
    """Load feeds into the database.

    New items become articles, edits of known ones revisions, removals are marked with a date.

    SOURCE is a feed's URL or file, a page that names its feed, a folder, a glob, an OPML file,
    a text file of URLs, or - for standard input; any of them may be gzipped. A folder's files are
    read in the order of their names, copies whose names bear a date in the order of time.
    """
    is_new = not is_there(options["database"])
    with _opened(options) as opened:
        loads = _run(*opened, sources, options, history=history, copies=copies)
    _finish(loads, options, is_new=is_new)


@main.command()
@trip_options
def refresh(**options: Any) -> None:
    """Fetch the feeds of the database again.

    Those that have a URL; what their servers call fresh, or ask to wait with, is left for later.
    """
    if not is_there(options["database"]):
        raise StoreError(f"{options['database']}: {NONE_YET}")
    with _opened(options) as (database, executor):
        locations = database.feed_urls()
        if not locations:
            raise StoreError(f"{options['database']}: holds no feed that has a URL; load one first")
        anew = options["force"]
        due = locations if anew else _due(database, locations)
        loads = _run(database, executor, due, options, respect_freshness=not anew)
    _finish(loads, options, not_asked=len(locations) - len(due))


def _due(database: Database, locations: Sequence[str]) -> list[str]:
    states, now = database.fetch_states(), utc_now()
    return [location for location in locations if is_due(states.get(location), now)]


@contextmanager
def _opened(options: dict[str, Any]) -> Iterator[tuple[Database, Executor]]:
    opening = open_dry_run if options["dry_run"] else open_database
    with (
        # first: a cluster that does not answer is no reason for a new file
        open_executor(options["workers"], options["scheduler"]) as executor,
        ExitStack() as stack,
    ):
        # sqlite-utils takes them along where it finds them, and we have no values of theirs
        with left_out("numpy", "pandas"):
            database = stack.enter_context(opening(options["database"], clock=utc_now))
        yield database, executor


def _run(
    database: Database,
    executor: Executor,
    locations: Sequence[str],
    options: dict[str, Any],
    **more: Any,
) -> list[Load]:
    source_options = _source_options(options, force=options["force"], **more)
    loads = []
    with open_reporter(quiet=options["quiet"] or options["as_json"]) as reporter:
        trip = Trip(database, source_options, executor, detect=options["detect"])
        for done in trip.load(locations):
            loads.append(done)
            reporter.show(done)
            if options["as_json"]:
                click.echo(json.dumps(_json_row(done)))
    return loads


def _source_options(options: dict[str, Any], **more: Any) -> SourceOptions:
    return SourceOptions(
        max_bytes=int(options["max_size"] * MEGABYTE),
        allow_private=options["allow_private"],
        contact=options["contact"],
        stdin=sys.stdin.buffer,
        clock=utc_now,
        **more,
    )


def _finish(
    loads: list[Load], options: dict[str, Any], *, is_new: bool = False, not_asked: int = 0
) -> None:
    if not options["quiet"] and not options["as_json"]:
        for line in closing_lines(
            loads, options["database"], options["dry_run"], is_new=is_new, not_asked=not_asked
        ):
            click.echo(line)
    if not (loads or not_asked) or any(done.is_flawed for done in loads):
        sys.exit(1)


def _json_row(record: Any) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in dataclasses.asdict(record).items()
    }


@main.command()
@database_option
@click.option("--json", "as_json", is_flag=True, help="A JSON array of findings, for monitoring.")
def check(database: Path, as_json: bool) -> None:
    """Look for damage and for doubtful content.

    Exit code 1 if the database is damaged; doubtful content alone is reported, and exits with 0.
    """
    with open_database(database, read_only=True) as opened:
        findings = opened.check()
    if as_json:
        click.echo(json.dumps([_json_row(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            what = f"{finding.kind} ({finding.count:,})"
            click.echo(in_one_line(f"{finding.severity}: {what}: {finding.detail}"))
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)


@main.command()
@click.argument("target", metavar="OUT.db", type=click.Path(dir_okay=False, path_type=Path))
@database_option
def snapshot(target: Path, database: Path) -> None:
    """Write the immutable copy to publish.

    Inspect data, with which Datasette starts faster, is written beside it. It may be taken while
    a load goes on. Where files lay and what servers told the fetcher is left out.
    """
    from feedsette.publishing import write_snapshot  # late, like the others: `load` starts faster

    write_snapshot(database, target)
    click.echo(legible(f"{target}: {target.stat().st_size:,} bytes"))


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@database_option
@click.option("--gzip", "packed", is_flag=True, help="Compress the CSV and NDJSON files.")
@click.option("--parquet", is_flag=True, help="Write Parquet too (extra: parquet).")
@click.option("--safe-csv", is_flag=True, help="Escape what a spreadsheet would run as a formula.")
@click.option(
    "-m",
    "--metadata",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Where title, licence and source are (default: metadata.yml, if there is one).",
)
def export(folder: Path, database: Path, metadata: Path | None, **formats: bool) -> None:
    """Write all tables as CSV and NDJSON files.

    The folder is a data package: datapackage.json, croissant.json and README.md say what every
    column holds, SHA256SUMS what the files must be.
    """
    from feedsette.publishing import ExportOptions, Imprint, write_export

    imprint = Imprint.read(metadata or Path("metadata.yml"))
    written = write_export(database, folder, imprint, ExportOptions(**formats))
    click.echo(legible(f"{folder}: {len(written)} files"))


@main.command()
@database_option
def metadata(database: Path) -> None:
    """Print a metadata.yml for Datasette.

    It holds titles, licence, descriptions, facets and saved queries for a database of that name.
    Write it to a file, edit its head, and serve: datasette content.db -m metadata.yml
    """
    from feedsette.publishing import metadata_text

    click.echo(metadata_text(database), nl=False)


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--parquet", "folder", required=True, metavar="DIR",
              type=click.Path(file_okay=False, path_type=Path), help="Where to write.")  # fmt: skip
@flattening_options
def flatten(sources: tuple[str, ...], folder: Path, **options: Any) -> None:
    """Write feeds as Parquet, without a database.

    Every worker writes its own files, keyed by feed_key and item_key. On a cluster DIR must be a
    folder that all workers share. A document that has changed adds its rows to those that are
    there: give each run a folder of its own. Needs the extra parquet.
    """
    from feedsette.warehousing import write_parquet_dataset

    articles = flawed = 0
    with open_executor(options["workers"], options["scheduler"]) as executor:
        for done in write_parquet_dataset(
            sources, folder, _source_options(options), executor, detect=options["detect"]
        ):
            articles += done.articles
            if done.message:
                flawed += 1
                click.echo(in_one_line(f"{done.location}: {done.message}"), err=True)
    if not options["quiet"]:
        click.echo(legible(f"{folder}: {articles:,} articles"))
    if flawed:
        sys.exit(1)
