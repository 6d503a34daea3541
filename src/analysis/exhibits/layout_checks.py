"""What a layout leaves out: recorded tables and indicators that no exhibit shows, words that nothing says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from analysis.errors import offered
from analysis.exhibits import trends
from analysis.exhibits.catalogue import CHAPTERS, KINDS, definitions, label_keys
from analysis.exhibits.layout import DRAWING, LayoutError, choices
from analysis.exhibits.parts import Exhibit, quantities_of
from analysis.framework import Framework
from analysis.labels import Catalogue
from analysis.quantities import Recorded, selections


@dataclass(frozen=True)
class Asking:
    """What an exhibit that is made comes to, and what it asks for.

    Attributes
    ----------
    id, status : str
        Of the exhibit.
    keys : tuple of str
        Those of words.
    tables : tuple of str
        Recorded tables of whose numbers it shows one.
    """

    id: str
    status: str
    keys: tuple[str, ...]
    tables: tuple[str, ...]


def asking_of(exhibit: Exhibit) -> Asking:
    """Return what an exhibit asks for."""
    read = (selection.table for quantity in quantities_of(exhibit) for selection in selections(quantity))
    return Asking(exhibit.id, exhibit.status, tuple(label_keys(exhibit)), tuple(dict.fromkeys(read)))


def row_faults(
    row: Mapping[str, str], labels: Catalogue, statuses: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield column, what stands there and what may, for each cell of a layout's row that cannot be followed.

    Parameters
    ----------
    row : mapping
        Columns of ``exhibits.csv`` to text.
    labels : Catalogue
        Of the record: a section, a note and what is missing need words.
    statuses : collection of str
        Those that an exhibit may have.
    """
    drawn = row["kind"] == DRAWING
    if row["kind"] not in KINDS and not drawn:
        yield "kind", f"no kind {row['kind']!r}", offered(sorted(KINDS), row["kind"])
    if row["chapter"] not in CHAPTERS and not (drawn and not row["chapter"]):
        yield "chapter", repr(row["chapter"]), " or ".join(CHAPTERS)
    if row["status"] not in statuses and not drawn:
        yield "status", repr(row["status"]), " or ".join(statuses)
    if row["number"] and not row["number"][0].isalpha():
        yield "number", repr(row["number"]), "a number as printed, such as Figure 19, or nothing"
    if not row["section"] and not drawn:
        yield "section", "nothing", "a section that the chapter's notebook shows"
    if row["section"] and f"section.{row['section']}" not in labels:
        yield "section", repr(row["section"]), "a section that the chapter's notebook shows, with words"
    for column in ("conditions", "options"):
        try:
            choices(row[column], column)
        except LayoutError as error:
            yield column, str(error), "name=code|code; name=code"
    for column, kind in (("notes", "note"), ("missing", "missing")):
        for code in filter(None, (part.strip() for part in row[column].split("|"))):
            if f"{kind}.{code}" not in labels:
                yield column, repr(code), f"a code with words: a row of framework/titles.csv of kind {kind}"


def codes_unknown(row: Mapping[str, str], framework: Framework) -> Iterator[str]:
    """Yield ``outcome 9`` for each code in a layout's conditions that the framework lacks."""
    words = KINDS[row["kind"]].words if row["kind"] in KINDS else {}
    for name, codes in choices(row["conditions"], "conditions").items():
        called = words.get(name, name)
        for code in codes:
            level = called in framework.levels and framework.node(called, code) is None
            parts = (*framework.parts(called), framework.total_code(called))
            if level or (called in framework.dimensions and code not in parts):
                yield f"{called} {code}"


def tables_not_shown(recorded: Recorded, exhibits: Iterable[Asking]) -> Iterator[str]:
    """Yield the recorded tables of numbers of which no exhibit shows one."""
    shown = {table for definition in definitions(recorded) for table in definition.needs}
    shown |= {table for exhibit in exhibits for table in exhibit.tables}
    for name, table in recorded.items():
        if name not in shown and any(not value.missing for value in table.values):
            yield name


def indicators_left_out(recorded: Recorded) -> Iterator[str]:
    """Yield the indicators of the table of trends for which no trend is laid out."""
    if trends.DECENT_WORK_INDICATORS not in recorded:
        return
    laid_out = {
        code
        for definition in definitions(recorded)
        for code in definition.conditions.get("indicator", ())
        if definition.kind.name == "trend"
    }
    yield from (code for code in trends.codes(recorded) if code not in laid_out)


def words_missing(recorded: Recorded, exhibits: Iterable[Asking], language: str) -> Iterator[tuple[str, str]]:
    """Yield each key that neither the record nor the package has words for, with the id of who asks."""
    labels, framework = Catalogue(language, recorded), Framework.of(recorded)
    keys = {f"{level}.{code}" for level in framework.levels for code in framework.codes(level)}
    keys = {key for key in keys if key not in labels}
    yield from (("framework", key) for key in sorted(keys))
    for exhibit in exhibits:
        for key in exhibit.keys:
            if key not in labels and key not in keys:
                keys.add(key)
                yield exhibit.id, key


def words_borrowed(recorded: Recorded, exhibits: Iterable[Asking], language: str) -> dict[str, str]:
    """Return the keys that stand in another language than the one asked for, with that language."""
    labels = Catalogue(language, recorded)
    keys = {key for exhibit in exhibits for key in exhibit.keys}
    return labels.foreign(sorted(key for key in keys if key in labels))
