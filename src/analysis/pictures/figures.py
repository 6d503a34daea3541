"""Figures: a chart in one language at a named size, drawn. Saving is in ``analysis.pictures.formats``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, TypeVar

from matplotlib import rc_context, rc_params_from_file
from matplotlib.lines import Line2D

from analysis.pictures import lines as line_charts
from analysis.pictures import pairs as pair_charts
from analysis.pictures import panels as panel_charts
from analysis.pictures import rows as row_charts
from analysis.pictures.fonts import check_glyphs, families
from analysis.pictures.heat import heat
from analysis.pictures.ranges import interval_legend, intervals, span_bars
from analysis.pictures.sheet import (
    SIZES,
    Canvas,
    FigureError,
    LegendEntry,
    Sheet,
    compose_sheet,
    measured_surroundings,
)
from analysis.pictures.surface import Surface
from analysis.pictures.units import units
from analysis.pictures.waterfall import waterfall
from analysis.printed.printable import ResolvedChart

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_Ground = TypeVar("_Ground", "Figure", Surface)

KINDS = {
    "bars": row_charts.bars,
    "stacked": row_charts.stacked_bars,
    "lines": line_charts.lines,
    "panels": panel_charts.panels,
    "heat": heat,
    "intervals": intervals,
    "spans": span_bars,
    "dumbbell": pair_charts.dumbbell,
    "slope": pair_charts.slope,
    "units": units,
    "waterfall": waterfall,
}
_SHRINK, _LEAST = 0.94, 5.0


_styled_for: list[str] = []
"""The languages whose settings matplotlib has, the last one that it draws in."""


@cache
def drawing_settings(language: str) -> dict:
    """Return matplotlib's settings: the house style, with the fonts of a language."""
    with as_file(files(__package__).joinpath("house.mplstyle")) as path:
        settings = dict(rc_params_from_file(path, use_default_template=False))
    return {**settings, "font.family": [*families(language), "sans-serif"]}


@contextmanager
def house_style(language: str) -> Iterator[None]:
    """Let matplotlib draw in the house style, with the fonts of a language.

    To set them takes as long as to lay out a small chart: within the same language they stand already.
    """
    if _styled_for[-1:] == [language]:
        yield
        return
    with rc_context(drawing_settings(language)):
        _styled_for.append(language)
        try:
            yield
        finally:
            _styled_for.pop()


def draw(chart: ResolvedChart, size: str = "full") -> Figure:
    """Return a chart as a matplotlib figure.

    Parameters
    ----------
    chart : ResolvedChart
        As ``analysis.printed.resolve.resolve`` returns it.
    size : {'half', 'phone', 'full', 'slide'}
        ``half`` is 80 mm wide and ``full`` 160 mm, as tall as the content; ``phone`` is 360 pixels wide with
        letters of 11 pixels at least; ``slide`` is 13⅓ by 7½ inches, with letters made smaller until the
        content fits.

    Raises
    ------
    FigureError
        When the kind or the size has no drawing.
    FontError
        When a character has no glyph.
    """
    from matplotlib.figure import Figure

    figure = _composed(chart, size, Figure)
    # Notebooks show no figure that has neither axes nor lines of its own: this one draws nothing.
    figure.lines.append(Line2D([], [], visible=False, figure=figure))
    return figure


def compose(chart: ResolvedChart, size: str = "full") -> Surface:
    """Return a chart as :func:`draw` does, on what is enough to save it."""
    return _composed(chart, size, Surface)


def _composed(chart: ResolvedChart, size: str, on: type[_Ground]) -> _Ground:
    if chart.kind not in KINDS:
        raise FigureError(f"chart {chart.id}: no kind {chart.kind!r}; there are {', '.join(KINDS)}")
    if size not in SIZES:
        raise FigureError(f"no size {size!r}; there are {', '.join(SIZES)}")
    for text in _texts(chart):
        check_glyphs(text, chart.language)
    with house_style(chart.language):
        named = SIZES[size]
        points = named.points
        while True:
            sheet = Sheet(named, chart.language, points)
            legend = _legend(chart, sheet)
            around, body = measured_surroundings(chart, sheet, legend), KINDS[chart.kind](chart, sheet)
            needed = around.above + body.height + around.below
            if named.height is None or needed <= named.height or points * _SHRINK < _LEAST:
                break
            points *= _SHRINK
        height = max(needed, named.height or 0.0)
        figure = on(figsize=(named.width / 72, height / 72))
        canvas = Canvas(sheet, height, figure)
        compose_sheet(around, canvas)
        body.paint(canvas, around.above, height - around.above - around.below)
        canvas.finish()
        return figure


def _texts(chart: ResolvedChart) -> Iterator[str]:
    yield from (chart.heading, chart.beneath, chart.foot, *chart.categories, *chart.goal_texts)
    yield from (note.text for note in chart.notes)
    for series in chart.series:
        yield from (series.label, *series.texts)


def _legend(chart: ResolvedChart, sheet: Sheet) -> tuple[LegendEntry, ...]:
    if chart.kind == "lines":
        return line_charts.legend_of_lines(chart, sheet)
    if chart.kind == "panels":
        return panel_charts.legend_of_panels(chart)
    if chart.kind == "dumbbell":
        return pair_charts.legend_of_pairs(chart)
    if chart.kind == "intervals":
        return interval_legend(chart)
    return row_charts.legend_of_rows(chart) if chart.kind in ("bars", "stacked") else ()
