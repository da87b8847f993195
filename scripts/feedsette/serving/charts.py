"""Numbers → inline SVG, readable without a script, without colours and by a screen reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

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
    years = range(int(months[0][:4]), int(months[-1][:4]) + 1)
    return [
        Bar(str(y), sum(n for m, n in counts.items() if m[:4] == str(y)), str(y), str(y + 1))
        for y in years
    ]


def draw(bars: Sequence[Bar], address: str, noun: str = "articles") -> Markup:
    """Draw a bar chart; each bar links to `address` with the bounds of its time."""
    if not bars:
        return Markup("")
    highest = max(bar.count for bar in bars) or 1
    step = 720 / max(len(bars), 12)
    columns = [_column(bar, i, step, highest, (address, noun)) for i, bar in enumerate(bars)]
    total = sum(bar.count for bar in bars)
    unit = "year" if len(bars[0].label) == 4 else "month"
    summary = (
        f"{total:,} {noun} from {bars[0].label} to {bars[-1].label}, "
        f"at most {highest:,} in a {unit}"
    )
    return Markup(
        '<svg class="chart" viewBox="0 0 720 120" preserveAspectRatio="none" role="group"'
        ' aria-label="{}">{}</svg><p class="axis" aria-hidden="true">{}</p>'
    ).format(summary, Markup("").join(columns), _axis(bars))


def _column(bar: Bar, index: int, step: float, highest: int, link: tuple[str, str]) -> Markup:
    if not bar.count:
        return Markup("")
    height = max(2.0, 116 * bar.count / highest)
    address, noun = link
    joint = "&" if "?" in address else "?"
    href = f"{address}{joint}published__gte={bar.start}&published__lt={bar.stop}"
    text = f"{bar.label}: {bar.count:,} {noun}"
    return Markup(
        '<a href="{}" aria-label="{}"><title>{}</title>'
        '<rect class="reach" x="{:.1f}" y="0" width="{:.1f}" height="120"/>'
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/></a>'
    ).format(
        href, text, text, index * step, step,
        index * step + step * 0.1, 120 - height, step * 0.8, height,
    )  # fmt: skip


def _axis(bars: Sequence[Bar]) -> Markup:
    last = len(bars) - 1
    places = sorted({0, last // 2, last} if last % 2 == 0 else {0, last})
    return Markup("").join(Markup("<span>{}</span>").format(bars[i].label) for i in places)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _name(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
