"""The audit for people who read a page: every claim in a table that can be searched."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from analysis.audit.judging import Audit
from analysis.audit.listing import listing
from analysis.audit.statements import unit_words
from analysis.audit.verdicts import VERDICTS
from analysis.labels import Catalogue

COLUMNS = ("claim", "place", "statement", "printed", "unit", "recomputed", "verdict", "reason")


def claims_html(audit: Audit, labels: Catalogue) -> str:
    """Return every claim as an HTML table with a search field; it needs no other file.

    Parameters
    ----------
    audit : Audit
    labels : Catalogue
        Of the language, with the record.
    """
    rows = [
        (
            row.id,
            row.locator,
            row.statement,
            row.printed,
            unit_words(row.unit, labels) if row.unit else "",
            row.recomputed,
            labels(f"verdict.{row.verdict}"),
            labels(f"reason.{row.reason}") if row.reason else "",
        )
        for row in listing(audit, labels).itertuples()
    ]
    text = files(__package__).joinpath("claims.html.j2").read_text(encoding="utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(text)
    return template.render(
        language=labels.language,
        title=labels("audit.title"),
        search=labels("audit.search"),
        shown=labels("audit.shown"),
        all=labels("audit.all_verdicts"),
        heads=[labels(f"audit.{name}") for name in COLUMNS],
        verdicts=[labels(f"verdict.{verdict}") for verdict in VERDICTS],
        rows=rows,
    )
