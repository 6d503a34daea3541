"""Development cooperation: voluntary contributions by partner, concentration, sources, approvals, pillars."""

from __future__ import annotations

from functools import partial

from analysis.exhibits.parts import NOT_RECOMPUTABLE, PARTLY, Chart, Column, Definition, Row, Series, Table
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
NOTEBOOK = "05_development_cooperation"
# Sources of funds in prose, and the kinds of partner in the table that make them up.
SOURCES = {
    "multi_bilateral": ("government", "pooled"),
    "european_commission": ("eu", "other_intergovernmental"),
    "united_nations": ("un",),
    "public_private": ("private_non_state",),
    "domestic": ("domestic",),
    "financial_institutions": ("ifi",),
}
# Lines of the table that are one partner each; the others add up several.
SINGLE = ("government", "eu", "un")
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


def contributions(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Contributions by partner in the document's order, with the total and each partner's share of it."""
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
        "cooperation_contributions",
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


def concentration(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """What the largest partners give together, up to the number of partners that the prose counts."""
    whole = all_contributions(recorded)
    last = int(evaluate(stated("leading_partners"), recorded).value)
    rows = []
    for number in (*CUTS, last):
        printed = stated("leading_partners_share") if number == last else None
        cells: list[Quantity | None] = []
        for kinds in ((), SINGLE):
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
        Series(group, tuple(row.cells[place] for row in rows))
        for place, group in ((1, "label.all_lines"), (3, "label.single_partners"))
    )
    categories = tuple(row.labels[0] for row in rows)
    chart = Chart("cooperation_concentration", "bars", categories, series, "unit.percent", 1)
    return Table(("label.largest_partners",), columns, tuple(rows)), (chart,)


def sources(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Shares by source of funds from the table of contributions, beside the printed shares of approvals."""
    whole = all_contributions(recorded)
    rows, computed, printed = [], [], []
    for source, kinds in SOURCES.items():
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
        "cooperation_sources",
        "bars",
        tuple(f"funds.{source}" for source in SOURCES),
        (
            Series("label.share_of_contributions", tuple(computed)),
            Series("label.printed_share_of_approvals", tuple(printed)),
        ),
        "unit.percent",
        1,
    )
    return Table(("label.source_of_funds",), columns, tuple(rows)), (chart,)


def approvals_and_rbsa(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Approvals and core voluntary funding (RBSA) of 2020–22, a year on average, and what they imply."""
    years = constant(3)  # 2020, 2021 and 2022
    approved, yearly = stated("approvals"), stated("approvals_yearly")
    received, more = stated("rbsa"), stated("rbsa_increase")
    rows = (
        Row(("approvals.total",), (approved, yearly * years)),
        Row(("approvals.yearly",), (yearly, approved / years)),
        Row(("rbsa.received",), (received, None)),
        Row(("rbsa.increase",), (more, None)),
        Row(("rbsa.earlier",), (None, difference(more, received))),
    )
    return Table(("label.measure",), (Column("label.printed"), Column("label.computed", "", 1)), rows), ()


def pillars(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """The four pillars: aim, actions with the statements of progress on each, progress and needs."""
    rows = []
    for line in recorded[PILLARS].rows.to_dict("records"):
        cells: tuple[Quantity | None, ...] = (None,) * len(STATES)
        if line["kind"] == "action":
            action = f"{line['pillar']}.{line['number']}"
            cells = tuple(count_rows(EVIDENCE, action=action, state_printed=state) for state in STATES)
        labels = (f"pillar.{line['pillar']}", f"pillar_kind.{line['kind']}", f"pillar_line.{line['code']}")
        rows.append(Row(labels, cells))
    columns = tuple(Column(f"state.{state}", "", 0, group="label.statements") for state in STATES)
    return Table(("label.pillar", "label.part", "label.text"), columns, tuple(rows)), ()


def what_prose_gives(items: tuple[str, ...], recorded: Recorded, biennium: Period):
    """The numbers that the prose still gives of a figure whose own numbers were lost."""
    rows = tuple(Row((f"prose.{item}",), (stated(item),)) for item in items)
    return Table(("label.measure",), (Column("label.printed"),), rows), ()


_SHARES = tuple(f"share_{source}" for source in (*SOURCES, "other_intergovernmental"))
LOST = {
    1: ("approvals", ("approvals", "approvals_yearly")),
    2: ("approvals_by_source", _SHARES),
    3: ("approvals_by_region", ()),
    4: ("approvals_by_region_and_source", _SHARES),
    5: ("expenditure_by_outcome", ("voluntary_share",)),
}


def _definition(name: str, place: str, build, *needs: str, **more) -> Definition:
    return Definition(name, place, "review", NOTEBOOK, build, needs, any_period=True, **more)


DEFINITIONS = (
    _definition(
        "cooperation_contributions",
        "Appendix",
        contributions,
        CONTRIBUTIONS,
        notes=("note.total_not_printed",),
    ),
    _definition(
        "cooperation_concentration",
        "Paragraph 27",
        concentration,
        CONTRIBUTIONS,
        PROSE,
        notes=("note.lines_and_partners",),
    ),
    _definition(
        "cooperation_sources",
        "Paragraph 27",
        sources,
        CONTRIBUTIONS,
        PROSE,
        status=PARTLY,
        notes=("note.contributions_and_approvals",),
    ),
    _definition("cooperation_approvals_and_rbsa", "Paragraphs 25 and 26", approvals_and_rbsa, PROSE),
    _definition("cooperation_pillars", "Tables 1–4", pillars, PILLARS, EVIDENCE),
    *(
        _definition(
            f"figure_{number}_cooperation_{name}",
            f"Figure {number}",
            partial(what_prose_gives, items) if items else None,
            PROSE,
            status=NOT_RECOMPUTABLE,
            missing=(f"missing.cooperation_{name}",),
        )
        for number, (name, items) in LOST.items()
    ),
)
