"""Figures as files: SVG, PNG, PDF, and the plotted numbers as CSV; the same figure makes the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from matplotlib.backends.backend_svg import RendererSVG

from analysis import __version__
from analysis.labels.numerals import at_full_precision
from analysis.pictures.dark import with_dark
from analysis.pictures.figures import compose, house_style
from analysis.pictures.surface import Surface, at_dots
from analysis.pictures.told import with_titles
from analysis.printed.printable import ResolvedChart
from analysis.printed.spreadsheet_text import as_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("svg", "png", "pdf")
_POINTS = 72.0
"""Dots of an inch in SVG and PDF."""


def picture(chart: ResolvedChart, form: str, size: str = "full") -> bytes:
    """Return a chart as an SVG, PNG or PDF file.

    Parameters
    ----------
    chart : ResolvedChart
    form : {'svg', 'png', 'pdf'}
    size : {'half', 'phone', 'full', 'slide'}
    """
    return save(compose(chart, size), chart, form)


def save(figure: Figure | Surface, chart: ResolvedChart, form: str) -> bytes:
    """Return a drawn figure as a file, with the chart's title and words inside and no date.

    The page is the figure's: a named size stays the size it names.
    """
    made_by = f"analysis {__version__}"
    about: dict[str, dict] = {
        "svg": {"Title": chart.title, "Date": None, "Creator": made_by, "Language": chart.language},
        "png": {"Title": chart.title, "Description": chart.alt, "Software": made_by},
        "pdf": {
            "Title": chart.title,
            "Subject": chart.alt,
            "Creator": made_by,
            "Producer": made_by,
            "CreationDate": None,
        },
    }
    with house_style(chart.language):
        if form != "svg":
            return {"png": _as_png, "pdf": as_pdf}[form](figure, about[form])
        drawn = _as_svg(figure, about[form])
    drawn = with_dark(_described(drawn, chart), chart.id, chart.kind)
    return with_titles(drawn, chart).encode("utf-8")


def _as_svg(figure: Figure | Surface, about: Mapping[str, str | None]) -> str:
    """Return a figure as SVG, in points; ``savefig`` would ask matplotlib's ``Figure`` for it."""
    written = io.StringIO()
    with at_dots(figure, _POINTS):
        renderer = RendererSVG(*figure.bbox.size, written, metadata=about)
        figure.draw(renderer)
        renderer.finalize()
    return written.getvalue()


def _as_png(figure: Figure | Surface, about: Mapping[str, str]) -> bytes:
    """Return a figure as dots."""
    from analysis.pictures.png import as_png

    return as_png(figure, about)


def as_pdf(figure: Figure | Surface, about: Mapping[str, str | None]) -> bytes:
    """Return a figure as a page of PDF, of its own size."""
    from analysis.pictures.pdf_fonts import ChartPdf
    from analysis.pictures.pdf_page import Page

    written = io.BytesIO()
    width, height = figure.get_size_inches()
    file = ChartPdf(written, metadata=about)
    try:
        with at_dots(figure, _POINTS):
            file.newPage(width, height)
            renderer = Page(file, _POINTS, height, width)
            figure.draw(renderer)
            renderer.finalize()
        file.finalize()
    finally:
        file.close()
    return written.getvalue()


def _described(svg: str, chart: ResolvedChart) -> str:
    """Return an SVG that names and describes itself to a reader who does not see it."""
    title = f"<title>{escape(chart.title, quote=False)}</title>"
    stem = chart.id
    named = f'<title id="{stem}-title">{escape(chart.title, quote=False)}</title>\n'
    named += f' <desc id="{stem}-desc">{escape(chart.alt, quote=False)}</desc>'
    opened = f'<svg role="img" aria-labelledby="{stem}-title {stem}-desc" xml:lang="{chart.language}" '
    return svg.replace(title, named, 1).replace("<svg ", opened, 1)


def plotted_numbers(chart: ResolvedChart) -> str:
    """Return what a chart plots as CSV: keys, labels, number at full precision, as printed, unit, bounds."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    head = ["chart", "series_key", "series", "category_key", "category", "value", "printed", "unit"]
    writer.writerow([*head, "low", "high", "dashed"])
    for series in (*chart.series, *([chart.goals] if chart.goals else [])):
        for place, key in enumerate(chart.keys):
            writer.writerow(
                [
                    chart.id,
                    series.key,
                    as_text(series.label),
                    key,
                    as_text(chart.categories[place]),
                    at_full_precision(series.numbers[place]),
                    as_text(series.texts[place]),
                    as_text(chart.unit),
                    at_full_precision(series.low[place]) if series.low else "",
                    at_full_precision(series.high[place]) if series.high else "",
                    int(series.dashed[place]) if series.dashed else "",
                ]
            )
    return written.getvalue()
