"""Development cooperation: voluntary contributions by partner, concentration, sources, approvals, pillars."""

from __future__ import annotations

from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.parts import Chart, Column, Row, Series, Table, in_column
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
STATES = ("delivered", "ongoing", "pending", "needs_more")


def stated(item: str) -> Quantity:
    """A number that the prose of the mid-term review states."""
    return value(PROSE, item=item)


def all_contributions(recorded: Recorded) -> Quantity:
    """The total of the table of partners, which the document does not print."""
    return total(CONTRIBUTIONS, kind=tuple(recorded[CONTRIBUTIONS].offered("kind")))


def _ranked(recorded: Recorded, kinds: tuple[str, ...] = ()) -> list[str]:
    """Return the partners from the largest contribution to the smallest, of some kinds or of all."""
    table = recorded[CONTRIBUTIONS]
    rows = table.select((("kind", kinds),) if kinds else ())
    ordered = sorted(rows, key=lambda row: table.values[row].value, reverse=True)
    return [table.rows["partner"].iloc[row] for row in ordered]


def contributions(scope: Scope) -> Made:
    """Contributions by partner in the document's order, with the total and each partner's share of it."""
    recorded = scope.recorded
    whole = all_contributions(recorded)
    partners = recorded[CONTRIBUTIONS].offered("partner")
    amounts = [value(CONTRIBUTIONS, partner=partner) for partner in partners]
    rows = [
        Row((f"partner.{partner}",), (amount, share(amount, whole)))
        for partner, amount in zip(partners, amounts, strict=True)
    ]
    rows.append(Row(("label.total",), (whole, share(whole, whole)), total=True))
    columns = (
        Column("label.contributions", "unit.usd_thousand", 0),
        Column("label.share", "unit.percent", 1),
    )
    chart = Chart(
        scope.id,
        "bars",
        tuple(f"partner.{partner}" for partner in partners),
        (Series("label.contributions", tuple(amounts)),),
        "unit.usd_million",
        1,
    )
    return Table(("label.partner",), columns, tuple(rows)), (chart,)


def top(recorded: Recorded, number: int, kinds: tuple[str, ...] = ()) -> Quantity:
    """The sum of the largest contributions: of all lines of the table, or of partners of some kinds."""
    return total(CONTRIBUTIONS, partner=tuple(_ranked(recorded, kinds)[:number]))


def concentration(scope: Scope) -> Made:
    """What the largest partners give together, up to the number of partners that the prose counts."""
    recorded = scope.recorded
    whole, single = all_contributions(recorded), scope.framework.of_kind("partner_kind", "single")
    last = int(evaluate(stated("leading_partners"), recorded).value)
    rows = []
    for number in (*CUTS, last):
        printed = stated("leading_partners_share") if number == last else None
        cells: list[Quantity | None] = []
        for kinds in ((), single):
            amount = top(recorded, number, kinds)
            cells += [amount, share(amount, whole)]
        rows.append(Row((f"code.{number}",), (*cells, printed)))
    columns = (
        *(
            Column(label, unit, decimals, group=group)
            for group in ("label.all_lines", "label.single_partners")
            for label, unit, decimals in (
                ("label.contributions", "unit.usd_thousand", 0),
                ("label.cumulative_share", "unit.percent", 1),
            )
        ),
        Column("label.printed_share", "unit.percent", 0),
    )
    series = tuple(
        Series(group, in_column(rows, place))
        for place, group in ((1, "label.all_lines"), (3, "label.single_partners"))
    )
    categories = tuple(f"largest.{number}" for number in (*CUTS, last))
    chart = Chart(scope.id, "dumbbell", categories, series, "unit.percent", 1)
    return Table(("label.largest_partners",), columns, tuple(rows)), (chart,)


def by_source(scope: Scope) -> Made:
    """Shares by source of funds from the table of contributions, beside the printed shares of approvals."""
    whole, sources = all_contributions(scope.recorded), scope.framework.grouped("partner_kind")
    rows, computed, printed = [], [], []
    for source, kinds in sources.items():
        amount, said = total(CONTRIBUTIONS, kind=kinds), stated(f"share_{source}")
        computed.append(share(amount, whole))
        printed.append(said)
        rows.append(Row((f"funds.{source}",), (amount, computed[-1], said, point_change(said, computed[-1]))))
    whole_printed = sum(printed[1:], start=printed[0])
    rows.append(Row(("label.total",), (whole, share(whole, whole), whole_printed, None), total=True))
    columns = (
        Column("label.contributions", "unit.usd_thousand", 0),
        Column("label.share_of_contributions", "unit.percent", 1),
        Column("label.printed_share_of_approvals", "unit.percent", 1),
        Column("label.difference", "unit.percentage_points", 1, signed=True),
    )
    chart = Chart(
        scope.id,
        "dumbbell",
        tuple(f"funds.{source}" for source in sources),
        (
            Series("label.share_of_contributions", tuple(computed)),
            Series("label.printed_share_of_approvals", tuple(printed)),
        ),
        "unit.percent",
        1,
    )
    return Table(("label.source_of_funds",), columns, tuple(rows)), (chart,)


def approvals_and_core(scope: Scope) -> Made:
    """Approvals and core voluntary funding of several years, a year on average, and what they imply.

    Options: ``years``, how many; the items ``approved``, ``yearly``, ``received`` and ``increase``.
    """
    years = constant(scope.option("years"))
    approved, yearly, received, more = (
        stated(scope.option(name)) for name in ("approved", "yearly", "received", "increase")
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
    return Table(("label.pillar", "label.part", "label.text"), columns, tuple(rows)), ()


def what_prose_gives(scope: Scope) -> Made:
    """The numbers that the prose still gives of a graphic whose own numbers were lost."""
    items = scope.options.get("items", ())
    rows = tuple(Row((f"prose.{item}",), (stated(item),)) for item in items)
    return (Table(("label.measure",), (Column("label.printed"),), rows) if rows else None), ()


KINDS = (
    Kind("contributions_by_partner", contributions, (CONTRIBUTIONS,), any_period=True),
    Kind("contributions_concentration", concentration, (CONTRIBUTIONS, PROSE), any_period=True),
    Kind("contributions_by_source", by_source, (CONTRIBUTIONS, PROSE), any_period=True),
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
