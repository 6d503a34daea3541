"""Staff inputs: the share of each department and regional programme in the work on each policy outcome."""

from __future__ import annotations

from functools import partial

from analysis.exhibits.named import OUTCOMES
from analysis.exhibits.parts import Chart, Column, Definition, Row, Series, Table
from analysis.periods import Period
from analysis.quantities import Recorded, total, value

INPUTS = "report.staff_inputs"
NOTEBOOK = "03_budget_and_expenditure"


def staff_inputs(
    code: str, identifier: str, recorded: Recorded, biennium: Period
) -> tuple[Table, tuple[Chart, ...]]:
    """Return an outcome's staff inputs by programme, in the document's order, and their sum."""
    of = {"outcome": code, "period": str(biennium)}
    table = recorded[INPUTS]
    chosen = table.select(tuple((name, (option,)) for name, option in of.items()))
    programmes = [table.rows["programme"].iloc[row] for row in chosen]
    shares = {programme: value(INPUTS, programme=programme, **of) for programme in programmes}
    rows = [Row((f"programme.{programme}",), (share,)) for programme, share in shares.items()]
    rows.append(Row(("label.total",), (total(INPUTS, **of),), total=True))
    categories = tuple(f"programme.{programme}" for programme in shares)
    series = (Series("label.share_of_staff_time", tuple(shares.values())),)
    chart = Chart(identifier, "bars", categories, series, "unit.percent")
    columns = (Column("label.share_of_staff_time", "unit.percent", 0),)
    return Table(("label.programme",), columns, tuple(rows)), (chart,)


def _figure(code: str) -> Definition:
    identifier = f"figure_i_{code}_staff_outcome_{code}"
    return Definition(
        identifier,
        f"Figure I.{code}",
        "report",
        NOTEBOOK,
        partial(staff_inputs, code, identifier),
        (INPUTS,),
        notes=("note.small_programmes",),
    )


DEFINITIONS = tuple(_figure(code) for code in OUTCOMES)
