"""From quantities to print: an exhibit, the recorded tables and a catalogue make tables and charts of text.

:func:`resolve` is the one place where published numbers are rounded (half-up, once) and given a language's
form. It is pure: it reads no file and draws nothing; ``analysis.printed.printable`` describes the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from string import ascii_lowercase
from typing import TypeVar

from analysis.exhibits.finding import Headline
from analysis.exhibits.headlines import chart_headline
from analysis.exhibits.parts import Chart, Column, Exhibit, Series, Table, of_series, quantities_of
from analysis.exhibits.table_headlines import table_headline
from analysis.labels import Catalogue, amounts
from analysis.labels.numerals import printed
from analysis.printed.headlines import headline_text
from analysis.printed.printable import (
    Note,
    ResolvedCell,
    ResolvedChart,
    ResolvedColumn,
    ResolvedExhibit,
    ResolvedRow,
    ResolvedSeries,
    ResolvedTable,
)
from analysis.printed.wording import (
    documents_of,
    label_of,
    numbering,
    period_of_numbers,
    picture_in_words,
    source_line,
    title_of,
)
from analysis.quantities import Quantity, Recorded, evaluate, selections
from analysis.quantities.expression import Selection
from analysis.quantities.provenance import lacks
from analysis.quantities.units import common, unit

CALENDAR = "calendar_year"
# A fraction of so small a whole is printed as one; a ratio has so many decimals at least.
SIMPLEST = 10
RATIO_DECIMALS = 2
# Decimals by which a fraction has more than its percentage.
PERCENT_PLACES = 2


def resolve(exhibit: Exhibit, recorded: Recorded, catalogue: Catalogue) -> ResolvedExhibit:
    """Return an exhibit in the catalogue's language, ready to print.

    Parameters
    ----------
    exhibit : Exhibit
        As ``analysis.exhibits.parts.make`` returns it.
    recorded : Recorded
        The tables that its quantities read.
    catalogue : Catalogue
        Labels; with ``recorded`` inside when titles stand in the record.

    Raises
    ------
    LabelError
        When the language lacks a label.
    UnitError
        When a number's unit does not meet its column's.
    """
    title = title_of(exhibit, catalogue)
    number = numbering(exhibit.number, catalogue)
    source = source_line(exhibit, recorded, catalogue)
    about = (number, title, source)
    table = _table(exhibit, exhibit.table, recorded, catalogue, about) if exhibit.table else None
    charts = tuple(_chart(exhibit, chart, recorded, catalogue, (number, source)) for chart in exhibit.charts)
    return ResolvedExhibit(
        exhibit.id,
        number,
        title,
        exhibit.status,
        catalogue(f"exhibit_status.{exhibit.status}"),
        table,
        charts,
        tuple(catalogue(key) for key in exhibit.notes),
        tuple(catalogue(key) for key in exhibit.missing),
        source,
        catalogue.language,
        charts[0].headline if charts else _headline_of_table(exhibit, recorded, catalogue),
    )


def _headline_of_table(exhibit: Exhibit, recorded: Recorded, catalogue: Catalogue) -> str:
    if exhibit.table is None:
        return ""
    headline = table_headline(exhibit, recorded) or Headline("nothing", {})
    return headline_text(headline, recorded, catalogue)


def cell(
    content: Quantity | str | None, column: Column, recorded: Recorded, catalogue: Catalogue
) -> ResolvedCell:
    """Return one cell as printed: text by its key, a recorded number that is missing by its status."""
    if content is None or isinstance(content, str):
        return ResolvedCell(None, catalogue(content) if content else "", "text" if content else "empty")
    value = evaluate(content, recorded)
    row = _recorded_row(content, recorded)
    if value.value is None:
        status = "empty" if row is None or row["status"] in ("", "reported") else row["status"]
        return ResolvedCell(None, "" if status == "empty" else catalogue(f"status.{status}"), status)
    status = "computed" if row is None else "reported"
    if value.unit == "truth":
        text = catalogue("label.yes" if value.value else "label.no")
        return ResolvedCell(value.value, text, status, value.unit)
    number, unit_name = in_column_unit(value.value, value.unit, column.unit)
    decimals = _recorded_decimals(content, recorded) if column.decimals is None else column.decimals
    grouped, locale = unit_name != CALENDAR, catalogue("language.locale")
    bare = text = printed(number, decimals, locale, signed=column.signed, grouped=grouped)
    if not column.unit:
        text = _with_unit(number, unit_name, column, decimals, catalogue)
    if row is not None and row["qualifier"]:
        text = catalogue(f"qualifier.{row['qualifier']}", number=text)
    return ResolvedCell(number, text, status, unit_name, decimals, worded=text != bare)


def _with_unit(number: Fraction, unit_name: str, column: Column, decimals: int, catalogue: Catalogue) -> str:
    """Return a number of a column that states no unit: a simple fraction as it is, all else as in a sentence.

    A fraction in print is as it is (1/2); one that was recorded with decimals (0.5) is told in per cent. A
    ratio keeps at least two decimals, whatever its inputs have: 1.06 of a whole is not 1.
    """
    if column.decimals is None and unit_name == "fraction":
        if number.denominator <= SIMPLEST and not decimals:
            return str(number)
        decimals = max(decimals - PERCENT_PLACES, 0) if decimals else RATIO_DECIMALS - 1
    if column.decimals is None and unit_name == "ratio":
        decimals = max(decimals, RATIO_DECIMALS)
    return amounts.stated_amount(number, decimals, unit_name, catalogue, signed=column.signed)


Exact = TypeVar("Exact", Fraction, Fraction | float)


def in_column_unit(number: Exact, unit_name: str, column_unit: str) -> tuple[Exact, str]:
    """Return a number in its column's unit where that is no counted noun (US$ thousand in US$ million).

    Raises
    ------
    UnitError
        When the two units do not meet.
    """
    wanted = column_unit.removeprefix("unit.")
    if wanted == CALENDAR:
        return number, CALENDAR
    if not wanted or wanted == unit_name or unit(wanted).kind in ("count", "other"):
        return number, unit_name
    _, factor = common(wanted, unit_name, "print in one column")
    return number * factor, wanted


def _recorded_row(quantity: Quantity, recorded: Recorded):
    if not isinstance(quantity, Selection) or quantity.how != "one":
        return None
    return recorded[quantity.table].records[quantity.selected(recorded)[0]]


def _recorded_decimals(quantity: Quantity, recorded: Recorded) -> int:
    decimals = [
        int(recorded[selection.table].records[row]["decimals"] or 0)
        for selection in selections(quantity)
        if selection.how != "count"
        for row in selection.selected(recorded)
    ]
    return max(decimals, default=0)


def _table(exhibit: Exhibit, table: Table, recorded, catalogue, heading) -> ResolvedTable:
    number, title, source = heading
    notes, marks = _notes(exhibit, table, catalogue)
    rows = tuple(
        ResolvedRow(
            tuple(label_of(key, catalogue) if key else "" for key in row.labels),
            row.labels,
            tuple(
                cell(content, column, recorded, catalogue)
                for content, column in zip(row.cells, table.columns, strict=True)
            ),
            row.total,
            tuple(marks[key] for key in row.notes),
        )
        for row in table.rows
    )
    columns = tuple(
        ResolvedColumn(
            label_of(column.label, catalogue),
            label_of(column.group, catalogue) if column.group else "",
            catalogue(column.unit) if column.unit else "",
            column.label,
            column.signed,
        )
        for column in table.columns
    )
    statuses = dict.fromkeys(shown.status for row in rows for shown in row.cells if shown.text)
    shorthand = tuple(
        (catalogue(f"status.{status}"), catalogue(f"status_meaning.{status}"))
        for status in statuses
        if status not in ("reported", "computed", "text")
    )
    keys = [key for row in table.rows for key in row.labels if key]
    keys += [key for column in table.columns for key in (column.label, column.group) if key]
    foreign = catalogue.foreign(keys)
    notes += _of_wording(list(dict.fromkeys(keys)), foreign, catalogue)
    notes += _of_blanks(table, rows, recorded, catalogue)
    period = period_of_numbers(quantities_of(exhibit, charts=False), recorded, catalogue)
    stub = tuple(catalogue(key or "label.code") for key in table.stub)
    return ResolvedTable(
        exhibit.id,
        number,
        title,
        period,
        catalogue("label.pair", first=title, second=period) if period else title,
        stub,
        columns,
        rows,
        notes,
        shorthand,
        source,
        catalogue.language,
        tuple(words for words, _ in documents_of(exhibit, recorded, catalogue).values()),
        foreign,
    )


def _notes(exhibit: Exhibit, table: Table, catalogue) -> tuple[tuple[Note, ...], dict[str, str]]:
    keys = dict.fromkeys(key for row in table.rows for key in row.notes)
    marks = dict(zip(keys, _marks(), strict=False))
    notes = [Note("", catalogue(key)) for key in exhibit.notes]
    return (*notes, *(Note(mark, catalogue(key)) for key, mark in marks.items())), marks


def _of_wording(keys: list[str], foreign: dict[str, str], catalogue: Catalogue) -> tuple[Note, ...]:
    """Return notes on titles that are worded here, and on those without translation."""
    titled = [key for key in keys if catalogue.is_title(key)]
    ours = [key for key in titled if catalogue.is_ours(key)]
    notes = []
    if ours and len(ours) == len(titled):
        notes.append(catalogue("label.titles_ours"))
    elif ours:
        counted = {"all": str(len(titled)), "number": str(len(ours))}
        notes.append(catalogue("label.titles_partly_ours", **counted))
    if foreign:
        languages = ", ".join(dict.fromkeys(foreign.values()))
        notes.append(catalogue("label.titles_untranslated", number=str(len(foreign)), languages=languages))
    return tuple(Note("", text) for text in notes)


def _of_blanks(table: Table, rows: tuple[ResolvedRow, ...], recorded, catalogue) -> tuple[Note, ...]:
    """Return notes on why cells of computed numbers are blank."""
    blank = [
        lacks(content, recorded)
        for row, shown in zip(table.rows, rows, strict=True)
        for content, printed_cell in zip(row.cells, shown.cells, strict=True)
        if isinstance(content, Quantity) and printed_cell.status == "empty"
    ]
    keys = [
        key
        for key, lacking in (("label.blank_lacking", True), ("label.blank_zero", False))
        if lacking in blank
    ]
    return tuple(Note("", catalogue(key)) for key in keys)


def _marks() -> Iterator[str]:
    size = 1
    while True:
        yield from (letter * size for letter in ascii_lowercase)
        size += 1


def _side_by_side(chart: Chart, recorded: Recorded) -> Chart:
    """Return a chart whose bars stand side by side where a part is below zero: such parts make no stack."""
    values = (
        evaluate(number, recorded).value
        for line in chart.series
        for number in line.values
        if number is not None
    )
    if chart.kind != "stacked" or all(number is None or number >= 0 for number in values):
        return chart
    series = (*([chart.goals] if chart.goals else []), *chart.series)
    return replace(chart, kind="bars", series=series, goals=None)


def _chart(exhibit: Exhibit, chart: Chart, recorded, catalogue, heading) -> ResolvedChart:
    number, source = heading
    stands, chart = chart.kind, _side_by_side(chart, recorded)
    column = Column("", chart.unit, chart.decimals)
    series = tuple(_series(line, column, recorded, catalogue) for line in chart.series)
    if sum(not line.marked_on for line in series) > 1:
        series = tuple(_named_for_its_line(line, catalogue) for line in series)
    if chart.kind == "waterfall":
        series = tuple(_with_signs(line) for line in series)
    goals = _series(chart.goals, column, recorded, catalogue) if chart.goals else None
    categories = tuple(label_of(key, catalogue, short=True) for key in chart.categories)
    name = chart.unit.removeprefix("unit.")
    words = catalogue(f"subtitle.{name}" if f"subtitle.{name}" in catalogue else chart.unit)
    shown = [quantity for line in chart.series for quantity in of_series(line)]
    period = period_of_numbers(shown, recorded, catalogue)
    words = f"{words[:1].upper()}{words[1:]}"
    subtitle = catalogue("label.pair", first=words, second=period) if period else words
    title = title_of(exhibit, catalogue)
    if chart.kind == "waterfall":
        title = catalogue("label.step_by_step", title=title)
    # What stands out of a stack, its whole, is no bar of those that stand side by side.
    headline = chart_headline(chart, recorded) if chart.kind == stands else None
    sentence = headline_text(headline, recorded, catalogue, chart.unit) if headline else ""
    drawn = ResolvedChart(
        chart.id,
        chart.kind,
        number,
        title,
        subtitle,
        chart.categories,
        categories,
        series,
        catalogue(chart.unit),
        chart.decimals,
        tuple(Note("", text) for text in _beneath(exhibit, chart, catalogue)),
        source,
        "",
        catalogue.language,
        sentence,
        catalogue("label.titled", title=title, subtitle=subtitle),
        tuple(catalogue.standing(key) for key in chart.categories),
        goals,
        chart.left_out,
    )
    return replace(drawn, alt=picture_in_words(drawn, catalogue))


def _beneath(exhibit: Exhibit, chart: Chart, catalogue) -> Iterable[str]:
    """Yield the notes of a chart: those of its exhibit, and which of its categories are to fall."""
    yield from (catalogue(key) for key in exhibit.notes)
    if chart.falling:
        names = [label_of(key, catalogue, short=True) for key in chart.falling]
        yield catalogue("label.less_is_better_of", names=catalogue("label.list_separator").join(names))


def _named_for_its_line(series: ResolvedSeries, catalogue) -> ResolvedSeries:
    """Return a series that is marked on one of several lines with that line's name in its own."""
    if not series.marked_on:
        return series
    line = label_of(series.marked_on, catalogue, short=True)
    return replace(
        series, key=f"{series.key}.{series.marked_on}", label=catalogue(f"{series.key}_of", line=line)
    )


def _with_signs(series: ResolvedSeries) -> ResolvedSeries:
    """Return the series of a waterfall with a plus sign before every rise between its two levels."""
    last = len(series.texts) - 1
    texts = (
        f"+{text}" if number is not None and number > 0 and 0 < place < last else text
        for place, (number, text) in enumerate(zip(series.numbers, series.texts, strict=True))
    )
    return replace(series, texts=tuple(texts))


def _series(series: Series, column: Column, recorded, catalogue) -> ResolvedSeries:
    def numbers(quantities: Iterable[Quantity | None]) -> tuple[ResolvedCell, ...]:
        return tuple(cell(quantity, column, recorded, catalogue) for quantity in quantities)

    points = numbers(series.values)
    return ResolvedSeries(
        series.label,
        label_of(series.label, catalogue, short=True),
        tuple(number.value for number in points),
        tuple(number.text for number in points),
        tuple(number.value for number in numbers(series.low)),
        tuple(number.value for number in numbers(series.high)),
        series.dashed,
        catalogue.standing(series.label),
        series.marked_on,
    )
