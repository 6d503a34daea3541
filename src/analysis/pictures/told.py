"""Marks that tell their number: a title in each mark of an SVG, shown under the pointer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from analysis.printed.printable import ResolvedChart, ResolvedSeries

_MARK = re.compile(r'(<g id="(values/[^"]+)">)(.*?)(?=<g id="|\Z)', re.DOTALL)
_USE = re.compile(r"(<use\b[^>]*)/>")


def with_titles(svg: str, chart: ResolvedChart) -> str:
    """Return an SVG with a title in every mark that is named by the keys of a series and a category.

    Parameters
    ----------
    svg : str
        As matplotlib writes it; ``values/<series>/<category>`` names a mark, ``values/<series>`` a line's
        points, one for each number that is not missing.
    chart : ResolvedChart
        What it draws.

    Returns
    -------
    str
        A mark that is named but not of the chart stays as it is.
    """
    series = (*chart.series, *([chart.goals] if chart.goals else []))
    marks = {f"values/{line.key}/{key}": text for line in series for key, text in _texts(line, chart)}
    lines = {f"values/{line.key}": [text for _, text in _texts(line, chart)] for line in series}

    def titled(mark: re.Match) -> str:
        opened, name, inside = mark.groups()
        if name in marks:
            return f"{opened}{_title(marks[name])}{inside}"
        points = lines.get(name, [])
        if not points:
            return mark[0]
        if len(_USE.findall(inside)) != len(points):
            return f"{opened}{_title('; '.join(points))}{inside}"
        texts = iter(points)
        return opened + _USE.sub(lambda use: f"{use[1]}>{_title(next(texts))}</use>", inside)

    return _MARK.sub(titled, svg)


def _texts(series: ResolvedSeries, chart: ResolvedChart) -> Iterator[tuple[str, str]]:
    alone = len(chart.series) == 1 and chart.goals is None
    for key, name, number, text in zip(
        chart.keys, chart.categories, series.numbers, series.texts, strict=True
    ):
        if number is not None:
            yield key, f"{name}: {text}" if alone else f"{name} · {series.label}: {text}"


def _title(text: str) -> str:
    return f"<title>{escape(text, quote=False)}</title>"
