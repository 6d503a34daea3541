"""Staff inputs: the share of each department and regional programme in the work on a node."""

from __future__ import annotations

from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.named import conditions_of
from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.quantities import total, value

INPUTS = "report.staff_inputs"


def staff_inputs(scope: Scope) -> Made:
    """Return a node's staff inputs by programme, in the document's order, and their sum."""
    of, table = scope.where, scope.recorded[INPUTS]
    chosen = table.select(conditions_of(of))
    if not chosen:
        return None, ()
    programmes = [table.records[row]["programme"] for row in chosen]
    shares = {programme: value(INPUTS, programme=programme, **of) for programme in programmes}
    rows = [Row((f"programme.{programme}",), (share,)) for programme, share in shares.items()]
    rows.append(Row(("label.total",), (total(INPUTS, **of),), total=True))
    categories = tuple(f"programme.{programme}" for programme in shares)
    series = (Series("label.share_of_staff_time", tuple(shares.values())),)
    chart = Chart(scope.id, "bars", categories, series, "unit.percent")
    columns = (Column("label.share_of_staff_time", "unit.percent", 0),)
    return Table(("label.programme",), columns, tuple(rows)), (chart,)


KINDS = (Kind("staff_inputs", staff_inputs, (INPUTS,)),)
