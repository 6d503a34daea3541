"""Headlines of tables where no chart of theirs is drawn, by the rules of ``analysis.exhibits.headlines``.

Five rules are of tables: ``met`` (how many targets are met, where a table judges that), ``moves`` (how many
rows of a column of changes rose and fell, and the largest change), ``apart`` (how many lie above and below
what they are set against), ``none_moved`` (a column of changes that all print as nought) and ``only`` (the
one number that there is, and its year). A table of one row is told as the trend of its years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.exhibits.finding import Headline, count_of, held_of, rises_falls_and_largest
from analysis.exhibits.pair_headlines import REACHED, how_two_series_stand
from analysis.exhibits.part_headlines import parts_of, two_side_by_side
from analysis.exhibits.parts import FALLS, Chart, Exhibit, Row, Series, Table
from analysis.exhibits.said import SaidLabel, SaidNumber
from analysis.exhibits.time_headlines import headline_of_trend
from analysis.quantities import Quantity, Recorded, evaluate, tally
from analysis.rounding import round_half_up

MET = "label.target_met"
CHANGES = "label.change"


def table_headline(exhibit: Exhibit, recorded: Recorded) -> Headline | None:
    """Return what a table says first where no chart of it is drawn; None where nothing stands out.

    How many targets are met where the table judges that; how results stand to targets; how many rows rose and
    fell where a column holds changes; the largest part where the rows add up to a total.
    """
    if exhibit.table is None:
        return None
    rows = [row for row in exhibit.table.rows if not row.total]
    labels = [column.label for column in exhibit.table.columns]
    if MET in labels:
        judged = [row.cells[labels.index(MET)] for row in rows]
        verdicts = [
            cell for cell in judged if isinstance(cell, Quantity) and not evaluate(cell, recorded).missing
        ]
        if verdicts:
            return Headline("met", {"reached": SaidNumber(tally(verdicts)), "all": count_of(len(verdicts))})
    for pair in REACHED:
        if set(pair) <= set(labels):
            series = tuple(Series(label, _column(rows, labels.index(label))) for label in pair)
            falling = tuple(_name(row) for row in rows if FALLS in row.notes)
            drawn = Chart(exhibit.id, "bars", tuple(map(_name, rows)), series, "", falling=falling)
            return how_two_series_stand(
                drawn, [(line, held_of(drawn.categories, line.values, recorded)) for line in series]
            )
    if len(rows) == 1 and (headline := _in_years(exhibit.table, rows[0], recorded)):
        return headline
    return _moves(exhibit.table, rows, recorded) or _first_column(exhibit, rows, recorded)


def _name(row: Row) -> str:
    return next((key for key in reversed(row.labels) if key), "")


def _column(rows: Sequence[Row], place: int) -> tuple[Quantity | None, ...]:
    return tuple(cell if isinstance(cell, Quantity) else None for cell in (row.cells[place] for row in rows))


def _moves(table: Table, rows: list[Row], recorded: Recorded) -> Headline | None:
    for place, column in enumerate(table.columns):
        cells = held_of([str(at) for at in range(len(rows))], _column(rows, place), recorded)
        if not column.signed or len(cells) < 2:
            continue
        rule = "moves" if column.label.startswith(CHANGES) else "apart"
        most = max(cells, key=lambda row: abs(row.value.value))
        if round_half_up(most.value.value, column.decimals or 0) == 0:
            return Headline("none_moved", {"all": count_of(len(cells))})
        if len(cells) == 2:
            return two_side_by_side(
                [replace(row, key=_name(rows[int(row.key)])) for row in cells], column.decimals or 0, True
            )
        names = [key for key in rows[int(most.key)].labels if key]
        of = SaidLabel(names[0] if len(names) > 1 else column.label), SaidLabel(names[-1])
        number = SaidNumber(most.quantity, column.decimals or 0, True)
        return rises_falls_and_largest([row.value.value for row in cells], of, number, rule)
    return None


def _in_years(table: Table, row: Row, recorded: Recorded) -> Headline | None:
    """Return what a table of one row says of the years that are its columns."""
    years = [place for place, column in enumerate(table.columns) if column.label.isdigit()]
    labels = tuple(table.columns[place].label for place in years)
    decimals = max((table.columns[place].decimals or 0 for place in years), default=0)
    line = Series(_name(row), tuple(_column([row], place)[0] for place in years))
    cells = held_of(labels, line.values, recorded)
    if len(cells) > 1:
        return headline_of_trend(Chart(_name(row), "lines", labels, (line,), "", decimals), [(line, cells)])
    if not cells:
        return None
    number = SaidNumber(cells[0].quantity, decimals)
    return Headline(
        "only", {"first": SaidLabel(line.label), "year": SaidLabel(cells[0].key), "largest": number}
    )


def _first_column(exhibit: Exhibit, rows: list[Row], recorded: Recorded) -> Headline | None:
    table = exhibit.table
    whole = table is not None and any(row.total for row in table.rows)
    for place, column in enumerate(table.columns if table else ()):
        cells = held_of([_name(row) for row in rows], _column(rows, place), recorded)
        if (
            len(cells) > 1
            and len({row.value.unit for row in cells}) == 1
            and len({row.key for row in cells}) > 1
        ):
            return parts_of(cells, column.decimals or 0) if whole else None
    return None
