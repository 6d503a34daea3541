"""Results of the policy outcomes: against target, by output indicator and by region."""

from __future__ import annotations

from analysis.biennium import Biennium
from analysis.exhibits.parts import Chart, Column, Definition, Row, Series, Table
from analysis.quantities import Quantity, Recorded, change, share, total

INDICATORS = "report.output_indicators"
OUTCOMES = tuple(str(number) for number in range(1, 9))
REGIONS = ("africa", "americas", "arab_states", "asia_pacific", "europe_central_asia")


def results(measure: str, region: str = "all", **where: str) -> Quantity:
    """The results (or targets) that count as results, over all policy outcomes or where conditions hold."""
    return total(INDICATORS, measure=measure, region=region, unit="result", **where)


def by_outcome(recorded: Recorded, biennium: Biennium) -> tuple[Table, tuple[Chart, ...]]:
    """Results and targets by policy outcome, with the change from the one to the other."""
    rows = [
        Row((f"outcome.{code}",), _against_target(period=str(biennium), outcome=code)) for code in OUTCOMES
    ]
    rows.append(Row(("label.total",), _against_target(period=str(biennium)), total=True))
    columns = (
        Column("measure.target", "unit.result", 0),
        Column("measure.result", "unit.result", 0),
        Column("label.achievement", "unit.percent", 1),
        Column("label.against_target", "unit.percent", 1, signed=True),
    )
    series = tuple(
        Series(
            f"measure.{measure}",
            tuple(results(measure, period=str(biennium), outcome=code) for code in OUTCOMES),
        )
        for measure in ("target", "result")
    )
    categories = tuple(f"outcome.{code}" for code in OUTCOMES)
    chart = Chart("figure_10_results_by_outcome", "bars", categories, series, "unit.result")
    return Table(("label.policy_outcome",), columns, tuple(rows)), (chart,)


def _against_target(**where: str) -> tuple[Quantity, ...]:
    target, result = results("target", **where), results("result", **where)
    return target, result, share(result, target), change(target, result)


DEFINITIONS = (
    Definition(
        "figure_10_results_by_outcome", "Figure 10", "report", "02_results", by_outcome, (INDICATORS,)
    ),
)
