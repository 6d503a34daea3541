"""What results contribute to: the pandemic response, gender equality, the SDGs; most graphics are lost."""

from __future__ import annotations

from analysis.exhibits.named import INDICATORS, PROSE, stated
from analysis.exhibits.parts import PARTLY, Chart, Column, Definition, Row, Series, Table
from analysis.periods import Period
from analysis.quantities import Quantity, Recorded, constant, point_change, tally

NOTEBOOK = "02_results"
GENDER = ("gender_main", "gender_significant")
SHARES = ("covid", *GENDER, "disability", "hiv", "indigenous", "sdg_8")


def _shares(recorded: Recorded, biennium: Period, names: tuple[str, ...]) -> tuple[Quantity | None, ...]:
    return tuple(stated(recorded, f"results_share_{name}", str(biennium)) for name in names)


def by_gender_marker(recorded: Recorded, biennium: Period) -> tuple[Table | None, tuple[Chart, ...]]:
    """Return the two shares that the prose states, what they leave, and those of the biennium before."""
    held = {}
    for each in (biennium, biennium.previous):
        shares = _shares(recorded, each, GENDER)
        if all(shares):
            held[each] = shares
    if biennium not in held:
        return None, ()
    rest = {each: (*shares, constant(100, "percent") - tally(shares)) for each, shares in held.items()}
    kinds = (*GENDER, "gender_rest")
    changes = len(held) > 1
    rows = tuple(
        Row(
            (f"contribution.{kind}",),
            tuple(shares[place] for shares in rest.values())
            + ((point_change(rest[biennium.previous][place], rest[biennium][place]),) if changes else ()),
        )
        for place, kind in enumerate(kinds)
    )
    columns = [Column(f"code.{each.printed}", "unit.percent", 0) for each in rest]
    if changes:
        columns.append(Column("label.change", "unit.percentage_points", 0, signed=True))
    series = tuple(Series(f"code.{each.printed}", shares) for each, shares in reversed(rest.items()))
    categories = tuple(f"contribution.{kind}" for kind in kinds)
    chart = Chart("figure_12_results_by_gender_marker", "bars", categories, series, "unit.percent")
    return Table(("label.contribution",), tuple(columns), rows), (chart,)


def stated_shares(recorded: Recorded, biennium: Period) -> tuple[Table | None, tuple[Chart, ...]]:
    """Return the shares of results that the prose states, by what they contribute to."""
    found = [(name, share) for name, share in zip(SHARES, _shares(recorded, biennium, SHARES), strict=True)]
    rows = tuple(Row((f"contribution.{name}",), (share,)) for name, share in found if share)
    columns = (Column("label.share_of_results", "unit.percent"),)
    return (Table(("label.contribution",), columns, rows) if rows else None), ()


def _lost(number: int, name: str) -> Definition:
    identifier = f"figure_{number}_{name}"
    missing = (f"missing.{identifier}",)
    return Definition(
        identifier, f"Figure {number}", "report", NOTEBOOK, None, (INDICATORS,), missing=missing
    )


DEFINITIONS = (
    _lost(11, "results_covid_response"),
    Definition(
        "figure_12_results_by_gender_marker",
        "Figure 12",
        "report",
        NOTEBOOK,
        by_gender_marker,
        (PROSE,),
        PARTLY,
        missing=("missing.figure_12_results_by_gender_marker",),
    ),
    _lost(13, "gender_equality_by_outcome"),
    _lost(14, "results_by_sdg"),
    Definition("contribution_shares", "", "report", NOTEBOOK, stated_shares, (PROSE,)),
)
