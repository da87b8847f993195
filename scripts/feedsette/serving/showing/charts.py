"""Numbers → inline SVG, readable without a script, without colours and by a screen reader."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from feedsette.serving.showing.formats import counted

MAX_BARS = 72
"""Months drawn one by one; a longer history is drawn by the year."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column of the chart: `start` and `stop` bound its time, as ISO 8601 prefixes."""

    label: str
    count: int
    start: str
    stop: str


def monthly_bars(counts: Mapping[str, int]) -> list[Bar]:
    """Make a gapless row of months (`2024-03` → count), or of years if there are too many."""
    months = sorted(month for month in counts if len(month) == 7 and month[:4].isdigit())
    if not months:
        return []
    first, last = _number(months[0]), _number(months[-1])
    if last - first < MAX_BARS:
        names = [_name(number) for number in range(first, last + 2)]
        return [Bar(a, counts.get(a, 0), a, b) for a, b in pairwise(names)]
    years: Counter[int] = Counter()
    for month in months:
        years[int(month[:4])] += counts[month]
    return [
        Bar(str(year), years[year], str(year), str(year + 1))
        for year in range(min(years), max(years) + 1)
    ]


def draw(bars: Sequence[Bar], address: str) -> Markup:
    """Draw a bar chart of articles; each bar links to `address` with the bounds of its time."""
    if not bars:
        return Markup("")
    highest = max(bar.count for bar in bars)
    ticks = scale(highest)
    step = 720 / max(len(bars), 12)
    columns = [_column(bar, i, step, ticks[0], address) for i, bar in enumerate(bars)]
    total = sum(bar.count for bar in bars)
    unit = "year" if len(bars[0].label) == 4 else "month"
    summary = (
        f"{counted(total, 'article')} from {bars[0].label} to {bars[-1].label}, "
        f"at most {highest:,} in a {unit}"
    )
    return Markup(
        '<div class="plot"><p class="scale" aria-hidden="true">{}</p>'
        '<svg class="chart" viewBox="0 0 720 120" preserveAspectRatio="none" role="group"'
        ' aria-label="{}">{}{}</svg><p class="axis" aria-hidden="true">{}</p></div>'
    ).format(_labels(f"{tick:,}" for tick in ticks), summary, _grid(ticks), _joined(columns),
             _labels(bars[i].label for i in _places(len(bars) - 1)))  # fmt: skip


def scale(highest: int) -> list[int]:
    """Give the round numbers beside the chart, the largest first: at most five, in even steps."""
    steps = (factor * 10**power for power in range(20) for factor in (1, 2, 5))
    step = next(step for step in steps if highest <= 4 * step)
    return list(range(max(-(-highest // step), 1) * step, -1, -step))


def _grid(ticks: Sequence[int]) -> Markup:
    heights = (120 - 120 * tick / ticks[0] for tick in ticks[:-1])
    return _joined(Markup('<path class="grid" d="M0 {:.1f}H720"/>').format(y) for y in heights)


def _column(bar: Bar, index: int, step: float, highest: int, address: str) -> Markup:
    if not bar.count:
        return Markup("")
    height = max(2.0, 120 * bar.count / highest)
    joint = "&" if "?" in address else "?"
    href = f"{address}{joint}published__gte={bar.start}&published__lt={bar.stop}"
    text = f"{bar.label}: {counted(bar.count, 'article')}"
    return Markup(
        '<a href="{}" aria-label="{}"><title>{}</title>'
        '<rect class="reach" x="{:.1f}" y="0" width="{:.1f}" height="120"/>'
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/></a>'
    ).format(
        href, text, text, index * step, step,
        index * step + step * 0.1, 120 - height, step * 0.8, height,
    )  # fmt: skip


def _places(last: int) -> list[int]:
    """Which bars are named below: the first, the last, and what divides the way evenly.

    Names stand at even distances; of a way without a divisor, thirds are off by a third of a bar.
    """
    whole = next((parts for parts in (4, 3, 2) if last % parts == 0), None)
    parts = whole or (3 if last > 4 else 1)
    return sorted({round(last * part / parts) for part in range(parts + 1)})


def _labels(texts: Iterable[str]) -> Markup:
    return _joined(Markup("<span>{}</span>").format(text) for text in texts)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _name(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
