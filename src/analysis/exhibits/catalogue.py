"""Every kind of exhibit, and the exhibits that a record's documents lay out: to list and to look up."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from analysis.errors import offered
from analysis.exhibits import (
    achievement,
    achievement_sums,
    beside_estimates,
    beside_own_world,
    contributions,
    cooperation,
    enabling,
    finance,
    funding,
    gender,
    implementation_plan,
    progress,
    ratifications,
    results,
    staff,
    trends,
    unswap,
)
from analysis.exhibits.layout import Definition, Kind, LayoutError, drawings, laid_out, make
from analysis.exhibits.parts import NOT_RECORDED, Exhibit
from analysis.periods import Period
from analysis.quantities import Recorded

KINDS: dict[str, Kind] = {
    kind.name: kind
    for room in (
        trends,
        beside_estimates,
        beside_own_world,
        results,
        achievement,
        achievement_sums,
        contributions,
        progress,
        ratifications,
        enabling,
        funding,
        finance,
        staff,
        gender,
        unswap,
        cooperation,
        implementation_plan,
    )
    for kind in room.KINDS
}
# The notebooks that show what is laid out; others (the audit, surveys) show something else.
CHAPTERS = (
    "01_decent_work_trends",
    "02_results",
    "03_budget_and_expenditure",
    "04_gender_equality",
    "05_development_cooperation",
)
FEWEST = 3
ESTIMATES = "estimates"
_SPACES = re.compile(r"[\s_]+")


class UnknownExhibit(LookupError):
    """An id or a number that no exhibit has, or that several have."""


@cache
def _kinds_of_words(table: str) -> dict[str, str]:
    """Return the kind of words for each column of a recorded table that is not called as the column is."""
    if table.startswith(f"{ESTIMATES}."):
        return {"indicator": "measured"}
    return {name: word for kind in KINDS.values() if table in kind.needs for name, word in kind.words.items()}


def code_keys(table: str, column: str, code: str) -> tuple[str, ...]:
    """Return the keys of the words for a code in a column of a recorded table, the likeliest first.

    Examples
    --------
    >>> code_keys("report.decent_work_indicators", "indicator", "neet_rate")
    ('decent_work.neet_rate', 'indicator.neet_rate')
    """
    kinds = dict.fromkeys((_kinds_of_words(table).get(column, column), column))
    return tuple(f"{kind}.{code}" for kind in kinds)


def definitions(recorded: Recorded) -> tuple[Definition, ...]:
    """Return the exhibits that a record's documents lay out, by chapter and in the documents' order.

    Raises
    ------
    LayoutError
        When a layout cannot be read; the message says where.
    """
    if definitions not in recorded.opened:
        laid = laid_out(recorded, KINDS)
        unknown = [definition for definition in laid if definition.notebook not in CHAPTERS]
        if unknown:
            raise LayoutError(
                f"{unknown[0].document}/exhibits.csv: {unknown[0].id}: no chapter "
                f"{unknown[0].notebook!r}; there are {', '.join(CHAPTERS)}"
            )
        recorded.opened[definitions] = tuple(
            sorted(laid, key=lambda definition: CHAPTERS.index(definition.notebook))
        )
    return recorded.opened[definitions]


def of_chapter(recorded: Recorded, notebook: str) -> tuple[Definition, ...]:
    """Return the exhibits of a chapter, in order."""
    return tuple(definition for definition in definitions(recorded) if definition.notebook == notebook)


def chapters_of(recorded: Recorded, table: str) -> tuple[str, ...]:
    """Return the chapters in which a record's documents lay out an exhibit of a table, in order."""
    return tuple(
        dict.fromkeys(
            definition.notebook for definition in definitions(recorded) if table in definition.needs
        )
    )


def is_empty(recorded: Recorded, period: Period, notebook: str) -> bool:
    """Whether a notebook shows a chapter in which nothing is recorded for a period."""
    if notebook not in CHAPTERS:
        return False
    exhibits = (make(definition, recorded, period) for definition in of_chapter(recorded, notebook))
    return all(exhibit.status == NOT_RECORDED for exhibit in exhibits)


def find(request: str, recorded: Recorded, document: str = "") -> Definition:
    """Return the exhibit that an id means, a former id, a number as printed, or the start of an id.

    Parameters
    ----------
    request : str
        For example ``results_by_indicator_outcome_2`` or ``Figure 17``.
    recorded : Recorded
        Whose layouts are searched.
    document : str
        Name or kind of the document that prints it, where several have such a number.

    Raises
    ------
    UnknownExhibit
        When there is none or there are several; the message lists those that are meant or are close.
    """
    known = {
        definition.id: definition
        for definition in definitions(recorded)
        if not document or document in definition.printed_in
    }
    current = recorded.renames.get(request, request)
    if current in known:
        return known[current]
    plain = _SPACES.sub(" ", request).strip().casefold()
    numbered = [
        exhibit for exhibit in known.values() if exhibit.number and exhibit.number.casefold() == plain
    ]
    former = [now for once, now in recorded.renames.items() if request and once.startswith(request)]
    ids = [name for name in known if request and name.startswith(request)]
    started = [known[name] for name in dict.fromkeys((*ids, *former)) if name in known]
    for meant in (numbered, started):
        if len(meant) == 1:
            return meant[0]
        if meant:
            names = offered((f"{exhibit.id} ({exhibit.document})" for exhibit in meant), request)
            raise UnknownExhibit(
                f"{request!r} may be any of {len(meant)} exhibits: {names}; name one by its id"
            )
    drawn = [drawing for drawing, number in drawings(recorded) if number.casefold() == plain]
    if drawn:
        raise UnknownExhibit(f"{request!r} of {', '.join(drawn)} is a drawing, which prints no number")
    raise UnknownExhibit(f"no exhibit has the id {request!r}; {_advice(plain, known, recorded)}")


def _advice(plain: str, known: dict[str, Definition], recorded: Recorded) -> str:
    """Return which exhibits come near to what is asked for, by their ids, former ids or numbers in print."""
    named = {name: name for name in known}
    named |= {once: now for once, now in recorded.renames.items() if now in known}
    numbered = {
        definition.number.casefold(): f"{definition.number} ({definition.id})"
        for definition in known.values()
        if definition.number
    }
    holding = [name for name in known if plain and plain in name][:5]
    near = get_close_matches(plain, [*named, *numbered], n=5, cutoff=0.4)
    suggested = dict.fromkeys((*holding, *(named.get(name) or numbered[name] for name in near)))
    if suggested:
        return f"close to it: {', '.join(suggested)}"
    return "`analysis list` names them all, and in Python `report.exhibits`"


def label_keys(exhibit: Exhibit) -> list[str]:
    """Return the catalogue keys that an exhibit asks for, once each: what a translation must hold."""
    keys = [f"exhibit_status.{exhibit.status}", *exhibit.notes, *exhibit.missing]
    if exhibit.table:
        keys += exhibit.table.stub
        for column in exhibit.table.columns:
            keys += (column.label, column.unit, column.group)
        for row in exhibit.table.rows:
            keys += (*row.labels, *row.notes, *(cell for cell in row.cells if isinstance(cell, str)))
    for chart in exhibit.charts:
        keys += (chart.unit, *chart.categories, *(line.label for line in chart.series))
    return [key for key in dict.fromkeys(keys) if key]
