"""Where the money comes from and goes to, as the prose states it: budget, expenditure, voluntary funding."""

from __future__ import annotations

from analysis.exhibits.named import BUDGET, OUTCOMES, PROSE, expenditure, stated
from analysis.exhibits.parts import PARTLY, Chart, Column, Definition, Row, Series, Table
from analysis.periods import Period
from analysis.quantities import Quantity, Recorded, change, constant, share, tally

NOTEBOOK = "03_budget_and_expenditure"
MONEY = "unit.usd_million"
# Each source of funds: items of what was budgeted or estimated, and of what was spent.
STATED = {
    "regular_budget": ("regular_budget", "regular_budget_expenditure"),
    "extrabudgetary": ("extrabudgetary_estimate", "extrabudgetary_expenditure"),
    "rbsa": ("rbsa_estimate", "rbsa_expenditure"),
}
FACTS = (
    "leading_contributors",
    "leading_contributors_share",
    "rbsa_donors",
    "expenditure_share_regions",
    "expenditure_share_global",
    "rbtc",
)


def budget_and_expenditure(recorded: Recorded, biennium: Period) -> tuple[Table | None, tuple[Chart, ...]]:
    """Return budget or estimate and expenditure by source of funds; the RBSA is part of extrabudgetary."""
    pairs = {
        source: tuple(stated(recorded, item, str(biennium)) for item in items)
        for source, items in STATED.items()
    }
    if not all(all(pair) for pair in pairs.values()):
        return None, ()
    printed = {
        "regular_budget": (stated(recorded, "regular_budget_expenditure_share", str(biennium)), None),
        "extrabudgetary": (None, stated(recorded, "extrabudgetary_excess", str(biennium))),
    }
    rows = [
        Row(
            (f"funding.{source}",),
            (*pair, share(pair[1], pair[0]), change(*pair), *printed.get(source, (None, None))),
        )
        for source, pair in pairs.items()
    ]
    whole = tuple(pairs["regular_budget"][place] + pairs["extrabudgetary"][place] for place in (0, 1))
    rows.append(
        Row(("label.total",), (*whole, share(whole[1], whole[0]), change(*whole), None, None), total=True)
    )
    columns = (
        Column("label.budget_or_estimate", MONEY),
        Column("measure.actual_expenditure", MONEY),
        Column("label.share_of_budget", "unit.percent", 1),
        Column("label.against_budget", "unit.percent", 1, signed=True),
        Column("label.share_of_budget", "unit.percent", group="label.stated_in_prose"),
        Column("label.against_budget", "unit.percent", group="label.stated_in_prose"),
    )
    series = tuple(
        Series(label, tuple(pair[place] for pair in pairs.values()))
        for place, label in enumerate(("label.budget_or_estimate", "measure.actual_expenditure"))
    )
    categories = tuple(f"funding.{source}" for source in pairs)
    chart = Chart("figure_4_budget_and_expenditure", "bars", categories, series, MONEY)
    return Table(("label.source_of_funds",), columns, tuple(rows)), (chart,)


def use_of_funds(recorded: Recorded, biennium: Period) -> tuple[Table | None, tuple[Chart, ...]]:
    """Return what each source of funds was spent on, with the sums beside the totals that are stated."""

    def said(item: str) -> Quantity | None:
        return stated(recorded, item, str(biennium))

    regular, earmarked, rbsa = (
        said(f"policy_outcomes_{name}") for name in ("regular_budget", "earmarked", "rbsa")
    )
    support, governance = said("support_services_regular_budget"), said("governance_and_management")
    voluntary, enabling_rbsa = said("enabling_outcomes_voluntary"), said("enabling_outcomes_rbsa")
    totals = [said(items[1]) for items in STATED.values()]
    stated_total = said("policy_outcomes_expenditure")
    numbers = (regular, earmarked, rbsa, support, governance, voluntary, enabling_rbsa, stated_total)
    if not all((*numbers, *totals)):
        return None, ()
    enabling = voluntary - enabling_rbsa
    rows = (
        Row(("use.policy_outcomes",), (regular, earmarked, rbsa, tally((regular, earmarked, rbsa)))),
        Row(("use.enabling_outcomes",), (None, enabling, enabling_rbsa, voluntary)),
        Row(("use.support_services",), (support, None, None, support)),
        Row(("use.governance_and_management",), (governance, None, None, governance)),
        Row(
            ("label.sum",),
            (
                tally((regular, support, governance)),
                earmarked + enabling,
                rbsa + enabling_rbsa,
                tally((regular, earmarked, rbsa, voluntary, support, governance)),
            ),
            total=True,
        ),
        Row(
            ("label.stated_for_all",),
            (totals[0], totals[1] - totals[2], totals[2], totals[0] + totals[1]),
            total=True,
        ),
    )
    columns = (
        Column("source.regular_budget", MONEY, 1),
        Column("funding.earmarked", MONEY, 1),
        Column("source.rbsa", MONEY, 1),
        Column("label.total", MONEY, 1),
    )
    return Table(("label.use",), columns, rows), ()


def voluntary_funding(recorded: Recorded, biennium: Period) -> tuple[Table | None, tuple[Chart, ...]]:
    """Return approvals and RBSA contributions with their change on the biennium before.

    What a change that is stated implies for the biennium before stands where that biennium has no number.
    """
    rows = []
    for name, of in {"approvals": approvals, "rbsa_contributions": rbsa_contributions}.items():
        number, before = of(recorded, biennium), of(recorded, biennium.previous)
        if number is not None:
            changed = change(before, number) if before is not None else None
            rows.append(Row((f"funding.{name}",), (number, before, changed)))
    is_stated = stated(recorded, "approvals", str(biennium)) is not None
    columns = (
        Column(f"code.{biennium.printed}", MONEY, 1 if is_stated else 0),
        Column(f"code.{biennium.previous.printed}", MONEY, 0),
        Column("label.change", "unit.percent", 0, signed=True),
    )
    held = [place for place in range(3) if any(row.cells[place] is not None for row in rows)]
    kept = tuple(Row(row.labels, tuple(row.cells[place] for place in held)) for row in rows)
    columns = tuple(columns[place] for place in held)
    return (Table(("label.funding",), columns, kept) if rows else None), ()


def approvals(recorded: Recorded, biennium: Period) -> Quantity | None:
    """New voluntary non-core funding: stated, or what the next biennium's stated fall implies."""
    number = stated(recorded, "approvals", str(biennium))
    following = str(biennium.following)
    after, fall = (stated(recorded, item, following) for item in ("approvals", "approvals_fall"))
    if number is None and after is not None and fall is not None:
        return after / (constant(1) - fall / constant(100, "percent"))
    return number


def rbsa_contributions(recorded: Recorded, biennium: Period) -> Quantity | None:
    """Contributions to the RBSA: stated, or what the next biennium's stated increase implies."""
    number = stated(recorded, "rbsa_contributions", str(biennium))
    following = str(biennium.following)
    items = ("rbsa_contributions", "rbsa_contributions_increase")
    after, increase = (stated(recorded, item, following) for item in items)
    if number is None and after is not None and increase is not None:
        return after - increase
    return number


def facts(recorded: Recorded, biennium: Period) -> tuple[Table | None, tuple[Chart, ...]]:
    """Return what the prose states of contributors and of where expenditure goes."""
    found = [(item, stated(recorded, item, str(biennium))) for item in FACTS]
    rows = tuple(Row((f"funding.{item}",), (number,)) for item, number in found if number is not None)
    return (Table(("label.funding",), (Column("label.stated_in_prose"),), rows) if rows else None), ()


def by_outcome(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Return total expenditure by policy outcome, each outcome's share, and the total that is stated."""
    of = {"period": str(biennium)}
    every = expenditure(**of)
    amounts = {code: expenditure(outcome=code, **of) for code in OUTCOMES}
    rows = [Row((f"outcome.{code}",), (amount, share(amount, every))) for code, amount in amounts.items()]
    rows.append(Row(("label.total",), (every, share(every, every)), total=True))
    said = stated(recorded, "policy_outcomes_expenditure", str(biennium))
    if said is not None:
        rows.append(Row(("label.stated_for_all",), (said, None), total=True))
    columns = (Column("measure.actual_expenditure", MONEY, 1), Column("label.share", "unit.percent", 1))
    series = (Series("measure.actual_expenditure", tuple(amounts.values())),)
    categories = tuple(f"outcome.{code}" for code in OUTCOMES)
    chart = Chart("figure_7_expenditure_by_outcome", "bars", categories, series, MONEY, 1)
    return Table(("label.policy_outcome",), columns, tuple(rows)), (chart,)


def _shown(number: str, identifier: str, build, needs=(PROSE,), **more) -> Definition:
    return Definition(identifier, number, "report", NOTEBOOK, build, needs, **more)


def _lost(number: int, name: str) -> Definition:
    identifier = f"figure_{number}_{name}"
    return _shown(f"Figure {number}", identifier, None, (BUDGET,), missing=(f"missing.{identifier}",))


DEFINITIONS = (
    _shown(
        "Figure 4",
        "figure_4_budget_and_expenditure",
        budget_and_expenditure,
        status=PARTLY,
        notes=("note.rbsa_within_extrabudgetary",),
        missing=("missing.figure_4_budget_and_expenditure",),
    ),
    _shown("", "voluntary_funding", voluntary_funding, notes=("note.implied_by_change",)),
    _lost(5, "leading_contributors"),
    _lost(6, "rbsa_contributors"),
    _shown("", "use_of_funds", use_of_funds, notes=("note.enabling_earmarked",)),
    _shown("Figure 7", "figure_7_expenditure_by_outcome", by_outcome, (BUDGET,)),
    _lost(8, "expenditure_by_region"),
    _lost(9, "rbtc_by_outcome"),
    _shown("", "funding_facts", facts),
)
