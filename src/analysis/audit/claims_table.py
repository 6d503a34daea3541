"""The audit for people who read a page: every claim in a table that can be searched."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from analysis.audit.judging import Audit
from analysis.audit.listing import listing
from analysis.audit.verdicts import VERDICTS
from analysis.labels import Catalogue
from analysis.labels.units import unit_words

STEP = 200
COLUMNS = ("claim", "place", "statement", "printed", "unit", "recomputed", "verdict", "reason")


def claims_html(audit: Audit, labels: Catalogue) -> str:
    """Return every claim as an HTML table with a search field; it needs no other file.

    The page holds the claims as data, words that several share once, and draws the first ``STEP`` of those
    that are asked for; a button draws the next.

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
            unit_words(row.unit, labels),
            row.recomputed,
            labels(f"verdict.{row.verdict}"),
            labels(f"reason.{row.reason}") if row.reason else "",
        )
        for row in listing(audit, labels).itertuples()
    ]
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(claims_template())
    return template.render(
        language=labels.language,
        title=labels("audit.title"),
        search=labels("audit.search"),
        shown=labels("audit.shown"),
        all=labels("audit.all_verdicts"),
        heads=[labels(f"audit.{name}") for name in COLUMNS],
        verdicts=[labels(f"verdict.{verdict}") for verdict in VERDICTS],
        number=len(rows),
        without_script=labels("audit.without_script"),
        held=Markup(_held(rows, labels)),
    )


def claims_template() -> str:
    """Return the table's template, with the script that draws its rows."""
    return files(__package__).joinpath("claims.html.j2").read_text(encoding="utf-8")


def _held(rows: Sequence[tuple[str, ...]], labels: Catalogue) -> str:
    """Return the rows as JSON that may stand in a page; a text that stands twice is named by its number."""
    counted = Counter(text for row in rows for text in row)
    words = [text for text, times in counted.items() if times > 1]
    place = {text: number for number, text in enumerate(words)}
    data = {
        "words": words,
        "rows": [[place.get(text, text) for text in row] for row in rows],
        "step": STEP,
        "further": labels("audit.further", number="{}"),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
