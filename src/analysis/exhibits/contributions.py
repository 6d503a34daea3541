"""What results contribute to, as the prose states it: the pandemic response, gender equality, the SDGs."""

from __future__ import annotations

from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.named import PROSE, stated_in_report
from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.periods import Period
from analysis.quantities import Quantity, constant, point_change, tally


def shares(scope: Scope, period: Period, names: tuple[str, ...]) -> tuple[Quantity | None, ...]:
    """Return the share of results that the prose states for each contribution."""
    return tuple(stated_in_report(scope.recorded, f"results_share_{name}", str(period)) for name in names)


def by_gender_marker(scope: Scope) -> Made:
    """Return the shares that the prose states, what they leave, and those of the period before."""
    names, now = scope.listed("contributions"), scope.period
    by_period = {
        period: numbers for period in (now, now.previous) if all(numbers := shares(scope, period, names))
    }
    if now not in by_period:
        return None, ()
    with_rest = {
        period: (*numbers, constant(100, "percent") - tally(numbers)) for period, numbers in by_period.items()
    }
    kinds = (*names, scope.option("rest"))
    changes = len(by_period) > 1
    rows = tuple(
        Row(
            (f"contribution.{kind}",),
            tuple(numbers[place] for numbers in with_rest.values())
            + ((point_change(with_rest[now.previous][place], with_rest[now][place]),) if changes else ()),
        )
        for place, kind in enumerate(kinds)
    )
    columns = [Column(f"code.{period.printed}", "unit.percent", 0) for period in with_rest]
    if changes:
        columns.append(Column("label.change", "unit.percentage_points", 0, signed=True))
    over = tuple(reversed(with_rest.items()))
    series = tuple(
        Series(f"contribution.{kind}", tuple(numbers[place] for _, numbers in over))
        for place, kind in enumerate(kinds)
    )
    chart = Chart(
        scope.id,
        "slope" if changes else "bars",
        tuple(f"code.{period.printed}" for period, _ in over),
        series,
        "unit.percent",
    )
    return Table(("label.contribution",), tuple(columns), rows), (chart,)


def stated_shares(scope: Scope) -> Made:
    """Return the shares of results that the prose states, by what they contribute to."""
    names = scope.listed("contributions")
    numbers = dict(zip(names, shares(scope, scope.period, names), strict=True))
    rows = tuple(Row((f"contribution.{name}",), (share,)) for name, share in numbers.items() if share)
    columns = (Column("label.share_of_results", "unit.percent"),)
    return (Table(("label.contribution",), columns, rows) if rows else None), ()


def lost(scope: Scope) -> Made:
    """Return nothing: the numbers were lost with the graphic, and nothing restores them."""
    return None, ()


KINDS = (
    Kind("lost_graphic", lost),
    Kind("results_by_gender_marker", by_gender_marker, (PROSE,)),
    Kind("contribution_shares", stated_shares, (PROSE,)),
)
