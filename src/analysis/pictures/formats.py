"""Figures as files: SVG, PNG, PDF, and the plotted numbers as CSV; the same figure makes the same bytes."""

from __future__ import annotations

import csv
import io
from xml.sax.saxutils import escape

from matplotlib import rc_context
from matplotlib.figure import Figure

from analysis import __version__
from analysis.labels.numerals import at_full_precision
from analysis.pictures.dark import with_dark
from analysis.pictures.figures import draw, drawing_settings
from analysis.pictures.png import as_png
from analysis.pictures.told import with_titles
from analysis.printed.printable import ResolvedChart
from analysis.printed.spreadsheet_text import as_text

FORMATS = ("svg", "png", "pdf")


def picture(chart: ResolvedChart, form: str, size: str = "full") -> bytes:
    """Return a chart as an SVG, PNG or PDF file.

    Parameters
    ----------
    chart : ResolvedChart
    form : {'svg', 'png', 'pdf'}
    size : {'half', 'phone', 'full', 'slide'}
    """
    return save(draw(chart, size), chart, form)


def save(figure: Figure, chart: ResolvedChart, form: str) -> bytes:
    """Return a drawn figure as a file, with the chart's title and words inside and no date.

    The page is the figure's: a named size stays the size it names.
    """
    made_by = f"analysis {__version__}"
    about = {
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
    written = io.BytesIO()
    with rc_context(drawing_settings(chart.language)):
        if form == "png":
            return as_png(figure, about[form])
        figure.savefig(written, format=form, metadata=about[form])
    content = written.getvalue()
    if form != "svg":
        return content
    drawn = with_dark(_described(content.decode("utf-8"), chart), chart.id, shaded=chart.kind == "heat")
    return with_titles(drawn, chart).encode("utf-8")


def _described(svg: str, chart: ResolvedChart) -> str:
    """Return an SVG that names and describes itself to a reader who does not see it."""
    title = f"<title>{escape(chart.title)}</title>"
    stem = chart.id
    named = f'<title id="{stem}-title">{escape(chart.title)}</title>\n'
    named += f' <desc id="{stem}-desc">{escape(chart.alt)}</desc>'
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
