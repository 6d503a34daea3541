"""Notes on what is made with the corrections ledger: each exhibit names the entries that it reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analysis.labels import Catalogue
from analysis.printed.printable import Note, ResolvedExhibit
from analysis.sources.corrections import Correction


def with_corrections(
    resolved: ResolvedExhibit, corrections: Iterable[Correction], labels: Catalogue
) -> ResolvedExhibit:
    """Return an exhibit whose table, charts and notes name the corrections that it was made with.

    Parameters
    ----------
    resolved : ResolvedExhibit
    corrections : iterable of Correction
        As ``analysis.sources.corrections.cited`` finds them; with none, nothing changes.
    labels : Catalogue
        Of the exhibit's language.
    """
    texts = tuple(
        labels(
            "audit.corrected", id=correction.id, printed=correction.printed, corrected=correction.corrected
        )
        for correction in corrections
    )
    notes = tuple(Note("", text) for text in texts)
    table = resolved.table and replace(resolved.table, notes=resolved.table.notes + notes)
    charts = tuple(replace(chart, notes=chart.notes + notes) for chart in resolved.charts)
    return replace(resolved, table=table, charts=charts, notes=resolved.notes + texts)
