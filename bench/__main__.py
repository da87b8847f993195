"""Measure feedsette beside its peers and write the tables.

    python -m bench [--articles 2000] [--rounds 3] [--large] [--only NAME]… [--output FILE]

Runs take turns, so that a machine that slows down slows all of them; figures are medians. CPU time
is the one to compare: wall time depends on what else the machine does. docs/bench.md has the tables
of one day and what is to be said of them; that is written by hand.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import machines, trials
from bench.environments import python_of
from bench.trials import Bench, Table

TRIALS = {
    "peers": trials.compare_peers,
    "reload": trials.compare_reloads,
    "refresh": trials.compare_refreshes,
    "growth": trials.compare_sizes,
    "giant": trials.compare_giant,
    "size": trials.compare_bytes,
}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", action="store_true", help="grow to 200,000 articles")
    parser.add_argument("--only", action="append", choices=TRIALS, default=[])
    parser.add_argument("--output", type=Path, help="write the tables into this file")
    parser.add_argument("--folder", type=Path, help="for corpora and databases (default: /tmp)")
    options = parser.parse_args()
    python = python_of("feedsette")
    parts = [f"Measured on {machines.describe_machine()}."]
    with TemporaryDirectory(prefix="bench-", dir=options.folder) as folder:
        bench = Bench(Path(folder), options.articles, options.rounds, options.large, python)
        for name in options.only or TRIALS:
            part = _show(TRIALS[name](bench))
            print(part, flush=True)
            parts.append(part)
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _show(table: Table) -> str:
    lines = [f"### {table.title}", "", *([table.note, ""] if table.note else [])]
    lines += [_row(table.header), _row(["---", *["---:"] * (len(table.header) - 1)])]
    lines += [_row(row) for row in table.rows]
    return "\n".join(lines)


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
