"""Parts of a notebook's page: an exhibit as HTML, or what of it is missing."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape

from analysis.labels import Catalogue
from analysis.printed.printable import ResolvedChart, ResolvedExhibit
from analysis.tables.markup import html_table


def exhibit_html(resolved: ResolvedExhibit, pictures: Mapping[str, bytes]) -> str:
    """Return an exhibit as a section: heading, charts, table, or what is missing and why.

    Parameters
    ----------
    resolved : ResolvedExhibit
        In the language of the page.
    pictures : mapping
        SVG files by the chart's id.
    """
    title = f"{resolved.number} {resolved.title}".strip()
    parts = [f'<section class="exhibit" id="{resolved.id}" lang="{resolved.language}">']
    parts.append(f"<h3>{escape(title)}</h3>")
    if resolved.headline and not resolved.charts:
        sentence = Catalogue(resolved.language)("label.sentence", text=resolved.headline)
        parts.append(f'<p class="headline">{escape(sentence)}</p>')
    parts += [_figure(chart, pictures[chart.id]) for chart in resolved.charts]
    if resolved.table:
        table = html_table(resolved.table, f"{resolved.id}-table")
        scroll = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(title)}">'
        parts.append(f"{scroll}\n{table}\n</div>")
    if resolved.missing or not (resolved.table or resolved.charts):
        missing = "".join(f"<li>{escape(absent)}</li>" for absent in resolved.missing)
        notes = "" if resolved.table else "".join(f"<li>{escape(note)}</li>" for note in resolved.notes)
        status = f'<p class="status">{escape(resolved.status_text)}</p>'
        parts.append(f"{status}\n<ul>{missing}{notes}</ul>" if missing or notes else status)
    return "\n".join([*parts, "</section>"])


def _figure(chart: ResolvedChart, picture: bytes) -> str:
    content = base64.b64encode(picture).decode("ascii")
    image = f'<img src="data:image/svg+xml;base64,{content}" alt="{escape(chart.alt)}">'
    return f'<figure id="{chart.id}-figure">{image}</figure>'
