"""All exhibits, in the order of the notebooks and of the documents, to list and to look up."""

from __future__ import annotations

from difflib import get_close_matches

from analysis.exhibits import (
    cooperation,
    enabling,
    finance,
    gender,
    implementation_plan,
    results,
    staff,
    trends,
    unswap,
)
from analysis.exhibits.parts import Definition, Exhibit

DEFINITIONS: tuple[Definition, ...] = (
    *trends.DEFINITIONS,
    *results.DEFINITIONS,
    *enabling.DEFINITIONS,
    *finance.DEFINITIONS,
    *staff.DEFINITIONS,
    *gender.DEFINITIONS,
    *unswap.DEFINITIONS,
    *cooperation.DEFINITIONS,
    *implementation_plan.DEFINITIONS,
)
# Figures of the documents that are drawings or photographs: they print no number.
WITHOUT_NUMBERS = (("report", "Figure 2"), ("report", "Figure 3"))


class UnknownExhibit(LookupError):
    """An id or a notebook that no exhibit has."""


def by_notebook(stem: str) -> tuple[Definition, ...]:
    """Return the exhibits of a notebook, in order.

    Raises
    ------
    UnknownExhibit
        When no exhibit names that notebook; the message lists those that are named.
    """
    found = tuple(each for each in DEFINITIONS if each.notebook == stem)
    if not found:
        named = ", ".join(dict.fromkeys(each.notebook for each in DEFINITIONS))
        raise UnknownExhibit(f"no exhibit belongs to a notebook {stem!r}: there are {named}")
    return found


def find(identifier: str) -> Definition:
    """Return the exhibit with an id.

    Raises
    ------
    UnknownExhibit
        When there is none; the message lists those whose ids are close.
    """
    known = {each.id: each for each in DEFINITIONS}
    if identifier not in known:
        close = get_close_matches(identifier, known, n=5, cutoff=0.4)
        holding = [name for name in known if identifier and identifier in name][:5]
        offered = ", ".join(dict.fromkeys((*holding, *close)))
        advice = f"close to it: {offered}" if offered else "`analysis list` names them all"
        raise UnknownExhibit(f"no exhibit has the id {identifier!r}; {advice}")
    return known[identifier]


def label_keys(exhibit: Exhibit) -> list[str]:
    """Return the catalogue keys that an exhibit asks for, once each: what a translation must hold."""
    keys = [f"exhibit.{exhibit.id}", f"exhibit_status.{exhibit.status}", *exhibit.notes, *exhibit.missing]
    if exhibit.table:
        keys += exhibit.table.stub
        for column in exhibit.table.columns:
            keys += (column.label, column.unit, column.group)
        for row in exhibit.table.rows:
            keys += (*row.labels, *row.notes, *(cell for cell in row.cells if isinstance(cell, str)))
    for chart in exhibit.charts:
        keys += (f"exhibit.{chart.id}", chart.unit, *chart.categories, *(each.label for each in chart.series))
    return [key for key in dict.fromkeys(keys) if key]
