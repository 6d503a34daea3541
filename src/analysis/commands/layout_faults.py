"""What keeps documents' exhibits from being made, and what their layouts leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

from analysis.commands.exhibits_kept import askings_kept
from analysis.exhibits.catalogue import KINDS
from analysis.exhibits.layout import DRAWING, LAYOUT, LayoutError
from analysis.exhibits.layout_checks import (
    codes_unknown,
    indicators_left_out,
    row_faults,
    tables_not_shown,
    words_borrowed,
    words_missing,
)
from analysis.framework import TITLES, Framework, FrameworkError
from analysis.labels import ENGLISH, WORDED, Catalogue, LabelError, label_texts, languages
from analysis.periods import Period
from analysis.quantities import Recorded, SelectionError, UnitError
from analysis.sources.appending import CollisionError
from analysis.sources.descriptor import describe_record
from analysis.sources.links import link_faults
from analysis.sources.register import Document, Register
from analysis.sources.schema import LAYOUT_STATUSES, Fault

# Kinds of words that belong to a document, not to its framework; ``published`` are spellings that are kept.
OWN_WORDS = ("document", "exhibit", "missing", "note", "footnote", "label", "published", "where")
_SECTION = re.compile(r"\.section\(\\?[\"'](\w+)")
RecordOpener = Callable[[Period], Recorded]
_STOPPING = (CollisionError, FrameworkError, LayoutError, LabelError, SelectionError, UnitError)


class _Shown:
    """The exhibits of a period, which several documents share: what is asked of all is found once."""

    def __init__(self, root: Path, recorded: Recorded, period: Period):
        self.recorded = recorded
        self.exhibits = askings_kept(root, recorded, period)

    @cached_property
    def missing(self) -> list[tuple[str, str]]:
        return list(words_missing(self.recorded, self.exhibits, ENGLISH))

    @cached_property
    def borrowed(self) -> dict[str, dict[str, str]]:
        return {language: words_borrowed(self.recorded, self.exhibits, language) for language in languages()}

    @cached_property
    def tables_left(self) -> list[str]:
        return list(tables_not_shown(self.recorded, self.exhibits))

    @cached_property
    def asked_for(self) -> set[str]:
        return {key.partition(".")[0] for exhibit in self.exhibits for key in exhibit.keys}


def layout_faults(root: Path, names: Iterable[str]) -> Iterator[Fault]:
    """Yield what documents' layouts lack, as their files stand: grave where an exhibit cannot be made.

    Parameters
    ----------
    root : Path
        The project.
    names : iterable of str
        The documents' folders. Several share a period, whose exhibits are made once.
    """
    register, sections = Register(root), _sections(root)
    register.descriptor = describe_record(register.folder)
    shown: dict[Period, _Shown] = {}
    stopped: set[Period] = set()
    documents = [register.documents[name] for name in names]
    opened = cache(register.recorded)
    for document in documents:
        wrong = list(_of_rows(register, opened, document, sections, stopped))
        if wrong:
            stopped |= {register.period(text, document.organisation) for text in document.periods}
        yield from wrong
    for document in documents:
        yield from _of_layout(register, opened, document, shown, stopped)
    if not stopped and len(documents) == len(register.documents):
        pairs = {(text, one.organisation) for one in documents for text in one.periods}
        yield from link_faults(root, [opened(register.period(*pair)) for pair in sorted(pairs)])


def _sections(root: Path) -> dict[str, set[str]]:
    """Return the sections that each notebook of a project shows."""
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    return {path.stem: set(_SECTION.findall(path.read_text(encoding="utf-8"))) for path in paths}


def _of_rows(
    register: Register,
    opened: RecordOpener,
    document: Document,
    sections: dict[str, set[str]],
    stopped: set[Period],
) -> Iterator[Fault]:
    layout = f"data/raw/{document.name}/exhibits.csv"
    for text in document.periods[:1]:
        period = register.period(text, document.organisation)
        try:
            yield from _rows(opened(period), layout, sections)
        except _STOPPING as error:
            yield from _stop(layout, period, error, stopped)


def _of_layout(
    register: Register,
    opened: RecordOpener,
    document: Document,
    shown: dict[Period, _Shown],
    stopped: set[Period],
) -> Iterator[Fault]:
    """Yield what is wrong with the exhibits of a document's periods, but of those that are known to stop."""
    for text in document.periods:
        period = register.period(text, document.organisation)
        try:
            if period not in stopped and period not in shown:
                shown[period] = _Shown(register.root, opened(period), period)
            if period not in stopped:
                yield from _of_period(document, period, shown[period])
        except _STOPPING as error:
            yield from _stop(f"data/raw/{document.name}/exhibits.csv", period, error, stopped)


def _stop(layout: str, period: Period, error: Exception, stopped: set[Period]) -> Iterator[Fault]:
    """Yield what stops the exhibits of a period, the first time that it does."""
    if period not in stopped:
        stopped.add(period)
        reason = error.args[0] if error.args else error
        expected = "exhibits that can be made"
        yield Fault(layout, 0, "", f"what stops the exhibits of {period}: {reason}", expected)


def _of_period(document: Document, period: Period, shown: _Shown) -> Iterator[Fault]:
    layout = f"data/raw/{document.name}/exhibits.csv"
    for identifier, key in shown.missing:
        yield Fault(layout, 0, identifier, f"no words for {key}", "a row of framework/titles.csv")
    if document.period != str(period):
        return
    yield from _unasked(document, shown)
    own = f"{document.kind}."
    for table in (name for name in shown.tables_left if name.startswith(own)):
        lack = f"no exhibit that shows {table}"
        yield Fault(layout, 0, "", lack, "a row of a kind that reads it, or none by intent", False)
    for code in indicators_left_out(shown.recorded):
        yield Fault(layout, 0, "", f"no trend of indicator {code}", "kind trend, indicator=" + code, False)
    for language, borrowed in shown.borrowed.items():
        if borrowed:
            some = ", ".join(list(borrowed)[:3])
            lack = f"{len(borrowed)} titles without {language}, such as {some}"
            yield Fault(f"data/raw/{document.name}/framework/titles.csv", 0, "", lack, "a translation", False)


def _unasked(document: Document, shown: _Shown) -> Iterator[Fault]:
    """Yield kinds of titles that neither the framework, the package nor any exhibit has."""
    recorded = shown.recorded
    table, framework = recorded.about.get(TITLES), Framework.of(recorded)
    known = {*shown.asked_for, *framework.levels, *framework.dimensions, *WORDED, *OWN_WORDS}
    known |= {key.partition(".")[0] for key in label_texts(ENGLISH)}
    known |= {column for numbers in recorded.values() for column in numbers.rows.columns}
    known |= {word for kind in KINDS.values() for word in kind.words.values()}
    for place, row in enumerate(table.records if table else ()):
        if row["kind"] not in known and table.source_of(place).document == document.name:
            path = f"data/raw/{document.name}/framework/titles.csv"
            expected = "a level, a dimension, or what an exhibit asks for"
            yield Fault(path, table.file_row(place), "kind", repr(row["kind"]), expected, False)


def _rows(recorded: Recorded, layout: str, sections: dict[str, set[str]]) -> Iterator[Fault]:
    """Yield what is wrong with single rows of a layout."""
    table, labels = recorded.about.get(LAYOUT), Catalogue(ENGLISH, recorded)
    for place, row in enumerate(table.records if table else ()):
        if f"data/raw/{table.source_of(place).document}/exhibits.csv" == layout:
            wrong = list(row_faults(row, labels, LAYOUT_STATUSES))
            there = sections.get(row["chapter"], {row["section"]})
            if row["section"] not in there and not wrong and row["kind"] != DRAWING:
                section = f"{row['section']!r}, which {row['chapter']} does not show"
                yield Fault(layout, table.file_row(place), "section", section, " or ".join(sorted(there)))
            for column, stands, allowed in wrong:
                yield Fault(layout, table.file_row(place), column, stands, allowed)
            for stands in codes_unknown(row, Framework.of(recorded)) if not wrong else ():
                yield Fault(layout, table.file_row(place), "conditions", stands, "a code of the framework")
