"""Development cooperation: voluntary contributions by partner, concentration, sources, approvals, pillars."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from analysis.exhibits.layout import Kind, LayoutError, Made, Scope, periods
from analysis.exhibits.money import money_of_rows
from analysis.exhibits.named import Choice, conditions_of
from analysis.exhibits.parts import Chart, Column, Row, Series, Table, in_column
from analysis.framework import Framework
from analysis.periods import Period
from analysis.quantities import (
    Quantity,
    Recorded,
    constant,
    count_rows,
    difference,
    evaluate,
    point_change,
    share,
    total,
    value,
)

CONTRIBUTIONS = "review.contributions"
EVIDENCE = "review.evidence"
PILLARS = "review.pillars"
PROSE = "review.prose"
CUTS = (1, 3, 5, 10)
NOTHING: Mapping[str, Choice] = MappingProxyType({})
# A bar of so many thousands is drawn in millions.
MOST_IN_THOUSANDS = 100_000
STATES = ("delivered", "ongoing", "pending", "needs_more")


def stated_in_review(item: str) -> Quantity:
    """A number that the prose of the mid-term review states."""
    return value(PROSE, item=item)


def stated_if_any(recorded: Recorded, item: str) -> Quantity | None:
    """Return a number that the prose states; None where it does not."""
    rows = PROSE in recorded and recorded[PROSE].select((("item", (item,)),))
    return stated_in_review(item) if rows else None


def condition_of_period(recorded: Recorded, period: Period) -> dict[str, Choice]:
    """Return the condition that chooses a period's contributions; none where the table holds one period only.

    Raises
    ------
    LayoutError
        When the table holds several periods, and none of them is asked for.
    """
    offered = recorded[CONTRIBUTIONS].offered("period")
    if len(offered) < 2:
        return {}
    own = tuple(code for code in periods(period) if code in offered)
    if not own:
        raise LayoutError(
            f"{CONTRIBUTIONS} holds contributions of {', '.join(offered)}, and none of {period}: which are "
            "meant cannot be told; record the period's, or leave the exhibit out"
        )
    return {"period": own[0] if own[0] == str(period) or len(own) == 1 else own}


def _total_code(recorded: Recorded) -> str | None:
    return Framework.of(recorded).total_code("partner")


def _partners(recorded: Recorded, where: Mapping[str, Choice]) -> list[str]:
    """Return the partners in the document's order, the whole left out."""
    table = recorded[CONTRIBUTIONS]
    partners = dict.fromkeys(table.records[row]["partner"] for row in table.select(conditions_of(where)))
    return [partner for partner in partners if partner != _total_code(recorded)]


def _of(where: Mapping[str, Choice], partner: str) -> Quantity:
    several = isinstance(where.get("period"), tuple)
    return (total if several else value)(CONTRIBUTIONS, partner=partner, **where)


def all_contributions(recorded: Recorded, where: Mapping[str, Choice] = NOTHING) -> Quantity:
    """Return what the table of partners comes to: the whole that it prints, or else the sum of its lines."""
    table, whole = recorded[CONTRIBUTIONS], _total_code(recorded)
    if whole and table.select(conditions_of({"partner": whole, **where})):
        return _of(where, whole)
    if whole or "kind" not in table.rows:
        return total(CONTRIBUTIONS, partner=tuple(_partners(recorded, where)), **where)
    return total(CONTRIBUTIONS, kind=tuple(table.offered("kind")), **where)


def _ranked(recorded: Recorded, kinds: tuple[str, ...], where: Mapping[str, Choice]) -> list[str]:
    """Return the partners from the largest contribution to the smallest, of some kinds or of all."""
    table = recorded[CONTRIBUTIONS]
    of_kinds = table.select(conditions_of({**where, **({"kind": kinds} if kinds else {})}))
    there = {table.records[row]["partner"] for row in of_kinds}
    partners = [partner for partner in _partners(recorded, where) if partner in there]
    amounts = {partner: evaluate(_of(where, partner), recorded) for partner in partners}
    giving = [partner for partner in partners if not amounts[partner].missing]
    return sorted(giving, key=lambda partner: amounts[partner].number, reverse=True)


def _units(scope: Scope) -> tuple[tuple[str, int], tuple[str, int]]:
    """Return unit and decimals of the table, and of the chart: there many thousands are millions."""
    rows = scope.recorded[CONTRIBUTIONS].records
    in_table = money_of_rows(rows)
    currency, _, scale = in_table[0].removeprefix("unit.").partition("_")
    most = max((Fraction(row["value"]) for row in rows if row["value"]), default=0)
    in_millions = scale == "thousand" and most >= MOST_IN_THOUSANDS
    return in_table, (f"unit.{currency}_million", 1) if in_millions else in_table


def contributions(scope: Scope) -> Made:
    """Contributions by partner in the document's order, with the total and each partner's share of it."""
    recorded, where = scope.recorded, condition_of_period(scope.recorded, scope.period)
    whole, (in_table, in_chart) = all_contributions(recorded, where), _units(scope)
    partners = _partners(recorded, where)
    amounts = [_of(where, partner) for partner in partners]
    rows = [
        Row((f"partner.{partner}",), (amount, share(amount, whole)))
        for partner, amount in zip(partners, amounts, strict=True)
    ]
    rows.append(Row(("label.total",), (whole, share(whole, whole)), total=True))
    columns = (Column("label.contributions", *in_table), Column("label.share", "unit.percent", 1))
    chart = Chart(
        scope.id,
        "bars",
        tuple(f"partner.{partner}" for partner in partners),
        (Series("label.contributions", tuple(amounts)),),
        *in_chart,
    )
    return Table(("label.partner",), columns, tuple(rows)), (chart,)


def top(
    recorded: Recorded,
    number: int,
    kinds: tuple[str, ...] = (),
    where: Mapping[str, Choice] = NOTHING,
) -> Quantity:
    """The sum of the largest contributions: of all lines of the table, or of partners of some kinds."""
    return total(CONTRIBUTIONS, partner=tuple(_ranked(recorded, kinds, where)[:number]), **where)


def concentration(scope: Scope) -> Made:
    """What the largest partners give together, up to the number of partners that the prose counts.

    Partners that stand for one giver each are set beside all lines where the framework tells their kinds.
    """
    recorded, where = scope.recorded, condition_of_period(scope.recorded, scope.period)
    whole, single = all_contributions(recorded, where), scope.framework.of_kind("partner_kind", "single")
    counted, (money, _) = stated_if_any(recorded, "leading_partners"), _units(scope)
    last = int(evaluate(counted, recorded).value) if counted else 0
    there = len(_ranked(recorded, (), where))
    numbers = tuple(number for number in (*CUTS, *([last] if last else ())) if number <= there)
    sets = ((), single) if single else ((),)
    rows = []
    for number in numbers:
        cells: list[Quantity | None] = []
        for kinds in sets:
            amount = top(recorded, number, kinds, where)
            cells += [amount, share(amount, whole)]
        printed = (
            [stated_if_any(recorded, "leading_partners_share") if number == last else None] if last else []
        )
        rows.append(Row((f"code.{number}",), (*cells, *printed)))
    groups = ("label.all_lines", "label.single_partners")[: len(sets)]
    columns = tuple(
        Column(label, *shown, group=group)
        for group in groups
        for label, shown in (("label.contributions", money), ("label.cumulative_share", ("unit.percent", 1)))
    )
    columns += (Column("label.printed_share", "unit.percent", 0),) if last else ()
    series = tuple(Series(group, in_column(rows, 1 + 2 * place)) for place, group in enumerate(groups))
    categories = tuple(f"largest.{number}" for number in numbers)
    kind = "dumbbell" if len(groups) > 1 else "bars"
    chart = Chart(scope.id, kind, categories, series, "unit.percent", 1)
    return (Table(("label.largest_partners",), columns, tuple(rows)), (chart,)) if rows else (None, ())


def shares_by_source(scope: Scope) -> Made:
    """Shares by source of funds from the table of contributions, beside the printed shares of approvals."""
    recorded, where = scope.recorded, condition_of_period(scope.recorded, scope.period)
    whole, sources = all_contributions(recorded, where), scope.framework.grouped("partner_kind")
    printed_of = {source: stated_if_any(recorded, f"share_{source}") for source in sources}
    printed = all(printed_of.values())
    rows, computed = [], []
    for source, kinds in sources.items():
        amount = total(CONTRIBUTIONS, kind=kinds, **where)
        computed.append(share(amount, whole))
        stands = (printed_of[source], point_change(printed_of[source], computed[-1])) if printed else ()
        rows.append(Row((f"funds.{source}",), (amount, computed[-1], *stands)))
    if not rows:
        return None, ()
    first, *others = printed_of.values()
    sums = (sum(others, start=first), None) if printed else ()
    rows.append(Row(("label.total",), (whole, share(whole, whole), *sums), total=True))
    columns = (
        Column("label.contributions", *_units(scope)[0]),
        Column("label.share_of_contributions", "unit.percent", 1),
        Column("label.printed_share_of_approvals", "unit.percent", 1),
        Column("label.difference", "unit.percentage_points", 1, signed=True),
    )
    series = (
        Series("label.share_of_contributions", tuple(computed)),
        Series("label.printed_share_of_approvals", tuple(printed_of.values())),
    )
    chart = Chart(
        scope.id,
        "dumbbell" if printed else "bars",
        tuple(f"funds.{source}" for source in sources),
        series if printed else series[:1],
        "unit.percent",
        1,
    )
    return Table(("label.source_of_funds",), columns if printed else columns[:2], tuple(rows)), (chart,)


def approvals_and_core(scope: Scope) -> Made:
    """Approvals and core voluntary funding of several years, a year on average, and what they imply.

    Options: ``years``, how many; the items ``approved``, ``yearly``, ``received`` and ``increase``.
    """
    years = constant(scope.option("years"))
    approved, yearly, received, more = (
        stated_in_review(scope.option(name)) for name in ("approved", "yearly", "received", "increase")
    )
    rows = (
        Row(("approvals.total",), (approved, yearly * years)),
        Row(("approvals.yearly",), (yearly, approved / years)),
        Row(("core.received",), (received, None)),
        Row(("core.increase",), (more, None)),
        Row(("core.earlier",), (None, difference(more, received))),
    )
    return Table(("label.measure",), (Column("label.printed"), Column("label.computed", "", 1)), rows), ()


def pillars(scope: Scope) -> Made:
    """The four pillars: aim, actions with the statements of progress on each, progress and needs."""
    rows = []
    for line in scope.recorded[PILLARS].rows.to_dict("records"):
        cells: tuple[Quantity | None, ...] = (None,) * len(STATES)
        if line["kind"] == "action":
            action = f"{line['pillar']}.{line['number']}"
            cells = tuple(count_rows(EVIDENCE, action=action, state_printed=state) for state in STATES)
        labels = (f"pillar.{line['pillar']}", f"pillar_kind.{line['kind']}", f"pillar_line.{line['code']}")
        rows.append(Row(labels, cells))
    columns = tuple(Column(f"state.{state}", "", 0, group="label.statements") for state in STATES)
    return Table(("dimension.pillar", "label.part", "label.text"), columns, tuple(rows)), ()


def what_prose_gives(scope: Scope) -> Made:
    """The numbers that the prose still gives of a graphic whose own numbers were lost."""
    items = scope.options.get("items", ())
    rows = tuple(Row((f"prose.{item}",), (stated_in_review(item),)) for item in items)
    return (Table(("label.measure",), (Column("label.printed"),), rows) if rows else None), ()


KINDS = (
    Kind("contributions_by_partner", contributions, (CONTRIBUTIONS,), any_period=True),
    Kind("contributions_concentration", concentration, (CONTRIBUTIONS,), any_period=True),
    Kind("contributions_by_source", shares_by_source, (CONTRIBUTIONS,), any_period=True),
    Kind("approvals_and_core_funding", approvals_and_core, (PROSE,), any_period=True),
    Kind(
        "pillars",
        pillars,
        (PILLARS, EVIDENCE),
        any_period=True,
        words={"kind": "pillar_kind", "state_printed": "state"},
    ),
    Kind("lost_graphic_in_prose", what_prose_gives, (PROSE,), any_period=True),
)
