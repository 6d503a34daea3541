"""How targets are counted as met: the rules that the printed totals may follow, each by name.

The appendix prints some targets twice, under *met* and under *not met*, because a footnote splits their
result by custodian; and one target has no data because what it measures was not held. A rule says what
becomes of both.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.exhibits.gender_targets import MET, NO_DATA, NOT_DECIDABLE, NOT_MET, TARGETS, computed_counts
from analysis.exhibits.layout import Made, Scope
from analysis.exhibits.named import Choice
from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.quantities import (
    Quantity,
    constant,
    count_rows,
    difference,
    equals,
    share,
    tally,
    value,
)

TOTALS = "gender.monitoring_totals"


@dataclass(frozen=True)
class CountingRule:
    """A way to count targets by status.

    Attributes
    ----------
    id : str
        Label: ``rule.<id>``.
    split : str
        A target split by custodian counts as ``met``, as ``not_met``, or as ``both`` (once a bullet).
    no_data : str
        A target without data counts as not met (``inside``), or ``apart``.
    """

    id: str
    split: str
    no_data: str


RULES = (
    CountingRule("bullets", "both", "inside"),
    CountingRule("bullets_no_data_apart", "both", "apart"),
    CountingRule("split_not_met", "not_met", "inside"),
    CountingRule("split_not_met_no_data_apart", "not_met", "apart"),
    CountingRule("split_met", "met", "inside"),
    CountingRule("split_met_no_data_apart", "met", "apart"),
)


def bullets(period: str, **where: Choice) -> Quantity:
    """How many bullets of the appendix meet conditions on their printed status, split or area."""
    return count_rows(TARGETS, measure="target", part="1", period=period, **where)


def targets_without_data(period: str, **where: str) -> Quantity:
    """How many targets have no data."""
    return count_rows(TARGETS, measure="result", stated=NO_DATA, period=period, **where)


def counts_under_a_rule(rule: CountingRule, period: str, **where: str) -> dict[str, Quantity]:
    """Return how many targets are met, not met and without data under a rule, and how many there are.

    Parameters
    ----------
    rule : CountingRule
        What becomes of split targets and of targets without data.
    period : str
        Period.
    **where : str
        Further conditions, such as ``area``.
    """
    splits: dict[str, dict[str, tuple[str, ...]]] = {
        "both": {MET: ("whole", "split"), NOT_MET: ("whole", "split")},
        "met": {MET: ("whole", "split"), NOT_MET: ("whole",)},
        "not_met": {MET: ("whole",), NOT_MET: ("whole", "split")},
    }
    taken = splits[rule.split]
    met, short = (
        bullets(period, status_printed=status, split=taken[status], **where) for status in (MET, NOT_MET)
    )
    unknown = targets_without_data(period, **where)
    apart = rule.no_data == "apart"
    return {
        MET: met,
        NOT_MET: short - unknown if apart else short,
        NO_DATA: unknown,
        "total": met + short,
    }


def printed_count(status: str, period: str) -> Quantity:
    """The number of targets of a status (or ``total``) that the document prints."""
    return value(TOTALS, period=period, target_status=_PRINTED[status], measure="count")


def printed_share(status: str, period: str) -> Quantity:
    """The share of targets of a status that the document prints."""
    return value(TOTALS, period=period, target_status=_PRINTED[status], measure="share")


_PRINTED = {MET: "met_or_exceeded", NOT_MET: "not_met", NO_DATA: "no_data", "total": "total"}


def reproduces(rule: CountingRule, period: str) -> Quantity:
    """Whether a rule gives every number of targets that the document prints."""
    counted = counts_under_a_rule(rule, period)
    agreeing = tally(equals(counted[status], printed_count(status, period)) for status in _PRINTED)
    return equals(agreeing, constant(len(_PRINTED), "count"))


def counted_inside(period: str) -> Quantity:
    """Whether the printed numbers met and not met make up the total, so that no data is inside not met."""
    return equals(printed_count(MET, period) + printed_count(NOT_MET, period), printed_count("total", period))


def counted_apart(period: str) -> Quantity:
    """Whether the printed numbers make up the total only together with the targets without data."""
    parts = tally(printed_count(status, period) for status in (MET, NOT_MET, NO_DATA))
    return equals(parts, printed_count("total", period))


def counting_rules(scope: Scope) -> Made:
    """Counts under each rule, from the numbers themselves, and as printed."""
    recorded, period = scope.recorded, str(scope.period)
    rows = []
    for rule in RULES:
        counted = counts_under_a_rule(rule, period)
        rows.append(Row((f"rule.{rule.id}",), (*_four(counted), None, reproduces(rule, period))))
    computed = computed_counts(recorded, period)
    everything = tally(computed.values())
    rows.append(
        Row(("rule.computed",), (*_four({**computed, "total": everything}), computed[NOT_DECIDABLE], None))
    )
    printed = {status: printed_count(status, period) for status in _PRINTED}
    rows.append(Row(("rule.printed",), (*_four(printed), None, None), total=True))
    columns = (
        *(Column(f"target_status.{status}", "", 0) for status in _PRINTED),
        Column("target_status.not_decidable", "", 0),
        Column("label.reproduces_print"),
    )
    return Table(("label.counting_rule",), columns, tuple(rows)), ()


def _four(counted: dict[str, Quantity]) -> tuple[Quantity, ...]:
    return tuple(counted[status] for status in _PRINTED)


def monitoring(scope: Scope) -> Made:
    """Printed totals and shares beside recomputed shares, for the period and the one before.

    The two need not be counted alike; two rows count both in both ways.
    """
    table, biennium = scope.recorded[TOTALS], scope.period
    on_record = [
        period for period in (biennium.previous, biennium) if table.select((("period", (str(period),)),))
    ]
    inside, apart = "label.not_met_no_data_inside", "label.not_met_no_data_apart"
    cells: dict[str, list[Quantity | None]] = {}
    for period in map(str, on_record):
        whole = printed_count("total", period)
        short = difference(printed_count(MET, period), whole)
        numbers = {f"target_status.{status}": printed_count(status, period) for status in _PRINTED}
        numbers |= {inside: short, apart: short - printed_count(NO_DATA, period)}
        printed = {f"target_status.{status}": printed_share(status, period) for status in (MET, NOT_MET)}
        for key, number in numbers.items():
            cells.setdefault(key, []).extend((number, printed.get(key), share(number, whole)))
        for key, check in (("label.sums_inside", counted_inside), ("label.sums_apart", counted_apart)):
            cells.setdefault(key, []).extend((check(period), None, None))
    columns = tuple(
        Column(label, unit, decimals, group=f"code.{period.printed}")
        for period in on_record
        for label, unit, decimals in (
            ("label.targets", "", 0),
            ("label.printed_share", "unit.percent", 0),
            ("label.computed_share", "unit.percent", 1),
        )
    )
    rows = tuple(
        Row((key,), tuple(numbers), total=key == "target_status.total") for key, numbers in cells.items()
    )
    series = tuple(
        Series(f"target_status.{status}", tuple(printed_count(status, str(period)) for period in on_record))
        for status in (MET, NOT_MET, NO_DATA)
    )
    categories = tuple(f"code.{period.printed}" for period in on_record)
    chart = Chart(scope.id, "slope" if len(on_record) == 2 else "bars", categories, series, "unit.target")
    return Table(("label.status",), columns, rows), (chart,)
