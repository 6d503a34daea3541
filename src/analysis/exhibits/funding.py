"""Where the money comes from and goes to, as the prose states it: budget, expenditure, voluntary funding."""

from __future__ import annotations

from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.named import PROSE, stated_in_report
from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.periods import Period
from analysis.quantities import (
    Quantity,
    Recorded,
    change,
    constant,
    evaluate,
    selections,
    share,
    tally,
)
from analysis.quantities.units import SCALES, unit

MILLION = SCALES["million"]


def _money(
    recorded: Recorded, number: Quantity | None, decimals: int | None = None
) -> tuple[str, int | None]:
    """Return unit and decimals of amounts: millions of a stated one's currency, or its own smaller unit.

    In thousands, or whole, every recorded digit is kept: in millions they would be lost.
    """
    if number is None:
        return "", decimals
    own_unit = unit(evaluate(number, recorded).unit)
    if own_unit.factor >= MILLION:
        return f"unit.{own_unit.dimension}_million", decimals
    rows = (
        recorded[selection.table].records[row]
        for selection in selections(number)
        for row in selection.selected(recorded)
    )
    return f"unit.{own_unit.name}", max(int(row["decimals"] or 0) for row in rows)


def _for_chart(money: tuple[str, int | None]) -> tuple[str, int]:
    """Return unit and decimals of a chart's amounts."""
    return money[0], money[1] or 0


def budget_and_expenditure(scope: Scope) -> Made:
    """Return budget or estimate and expenditure by source of funds.

    Options: ``sources``; beside them, in the same order, the items ``budgeted``, ``spent``, and, where the
    prose states them, ``stated_share`` and ``stated_excess``; ``within``, a source that is part of another
    and is not added.
    """
    recorded, period = scope.recorded, str(scope.period)

    def said(option: str) -> list[Quantity | None]:
        return [stated_in_report(recorded, item, period) for item in scope.listed(option)]

    sources = scope.listed("sources")
    pairs = dict(zip(sources, zip(said("budgeted"), said("spent"), strict=True), strict=True))
    if not all(all(pair) for pair in pairs.values()):
        return None, ()
    printed = dict(zip(sources, zip(said("stated_share"), said("stated_excess"), strict=True), strict=True))
    rows = [
        Row((f"funding.{source}",), (*pair, share(pair[1], pair[0]), change(*pair), *printed[source]))
        for source, pair in pairs.items()
    ]
    added = [pair for source, pair in pairs.items() if source not in scope.options.get("within", ())]
    whole = tuple(tally(pair[place] for pair in added) for place in (0, 1))
    cells = (*whole, share(whole[1], whole[0]), change(*whole), None, None)
    rows.append(Row(("label.total",), cells, total=True))
    money = _money(recorded, whole[0])
    columns = (
        Column("label.budget_or_estimate", *money),
        Column("measure.actual_expenditure", *money),
        Column("label.share_of_budget", "unit.percent", 1),
        Column("label.against_budget", "unit.percent", 1, signed=True),
        Column("label.share_of_budget", "unit.percent", group="label.stated_in_prose"),
        Column("label.against_budget", "unit.percent", group="label.stated_in_prose"),
    )
    series = tuple(
        Series(label, tuple(pair[place] for pair in pairs.values()))
        for place, label in enumerate(("label.budget_or_estimate", "measure.actual_expenditure"))
    )
    chart = Chart(
        scope.id, "dumbbell", tuple(f"funding.{source}" for source in pairs), series, *_for_chart(money)
    )
    return Table(("label.source_of_funds",), columns, tuple(rows)), (chart,)


def use_of_funds(scope: Scope) -> Made:
    """Return what each source of funds was spent on, with the sums beside the totals that are stated.

    Options: ``sources``, the core, the earmarked and the supplementary one; ``spent``, the items of what was
    spent from the core, from all voluntary and from the supplementary source.
    """
    core, earmarked_source, extra = scope.listed("sources")

    def said(item: str) -> Quantity | None:
        return stated_in_report(scope.recorded, item, str(scope.period))

    regular, earmarked, supplementary = (
        said(f"policy_outcomes_{name}") for name in (core, earmarked_source, extra)
    )
    support, governance = said(f"support_services_{core}"), said("governance_and_management")
    voluntary, enabling_extra = said("enabling_outcomes_voluntary"), said(f"enabling_outcomes_{extra}")
    totals = [said(item) for item in scope.listed("spent")]
    stated_total = said("policy_outcomes_expenditure")
    numbers = (
        regular,
        earmarked,
        supplementary,
        support,
        governance,
        voluntary,
        enabling_extra,
        stated_total,
    )
    if not all((*numbers, *totals)):
        return None, ()
    enabling = voluntary - enabling_extra
    rows = (
        Row(
            ("use.policy_outcomes",),
            (regular, earmarked, supplementary, tally((regular, earmarked, supplementary))),
        ),
        Row(("use.enabling_outcomes",), (None, enabling, enabling_extra, voluntary)),
        Row(("use.support_services",), (support, None, None, support)),
        Row(("use.governance_and_management",), (governance, None, None, governance)),
        Row(
            ("label.sum",),
            (
                tally((regular, support, governance)),
                earmarked + enabling,
                supplementary + enabling_extra,
                tally((regular, earmarked, supplementary, voluntary, support, governance)),
            ),
            total=True,
        ),
        Row(
            ("label.stated_for_all",),
            (totals[0], totals[1] - totals[2], totals[2], totals[0] + totals[1]),
            total=True,
        ),
    )
    money = _money(scope.recorded, stated_total, 1)
    columns = (
        Column(f"source.{core}", *money),
        Column(f"funding.{earmarked_source}", *money),
        Column(f"source.{extra}", *money),
        Column("label.total", *money),
    )
    return Table(("label.use",), columns, rows), ()


def voluntary_funding(scope: Scope) -> Made:
    """Return voluntary funding by item with its change on the period before.

    What a change that is stated implies for the period before stands where that period has no number.
    """
    recorded, period, rows = scope.recorded, scope.period, []
    for item in scope.listed("items"):
        number, before = amount(recorded, item, period), amount(recorded, item, period.previous)
        if number is not None:
            changed = change(before, number) if before is not None else None
            rows.append(Row((f"funding.{item}",), (number, before, changed)))
    is_stated = any(stated_in_report(recorded, item, str(period)) for item in scope.listed("items"))
    shown = (cell for row in rows for cell in row.cells if isinstance(cell, Quantity))
    first = next(shown, None)
    columns: tuple[Column, ...] = (
        Column(f"code.{period.printed}", *_money(recorded, first, 1 if is_stated else 0)),
        Column(f"code.{period.previous.printed}", *_money(recorded, first, 0)),
        Column("label.change", "unit.percent", 0, signed=True),
    )
    places = [place for place in range(3) if any(row.cells[place] is not None for row in rows)]
    kept = tuple(Row(row.labels, tuple(row.cells[place] for place in places)) for row in rows)
    columns = tuple(columns[place] for place in places)
    return (Table(("label.funding",), columns, kept) if rows else None), ()


def amount(recorded: Recorded, item: str, period: Period) -> Quantity | None:
    """Return an amount: stated, or what the next period's stated fall or increase implies.

    A fall, ``<item>_fall``, is in per cent; an increase, ``<item>_increase``, is an amount.
    """
    number = stated_in_report(recorded, item, str(period))
    after, fall, increase = (
        stated_in_report(recorded, f"{item}{ending}", str(period.following))
        for ending in ("", "_fall", "_increase")
    )
    if number is not None or after is None:
        return number
    if fall is not None:
        return after / (constant(1) - fall / constant(100, "percent"))
    return None if increase is None else after - increase


def facts(scope: Scope) -> Made:
    """Return what the prose states of contributors and of where expenditure goes."""
    facts_stated = [
        (item, stated_in_report(scope.recorded, item, str(scope.period))) for item in scope.listed("items")
    ]
    rows = tuple(Row((f"funding.{item}",), (number,)) for item, number in facts_stated if number is not None)
    return (Table(("label.funding",), (Column("label.stated_in_prose"),), rows) if rows else None), ()


KINDS = (
    Kind("budget_and_expenditure", budget_and_expenditure, (PROSE,)),
    Kind("voluntary_funding", voluntary_funding, (PROSE,)),
    Kind("use_of_funds", use_of_funds, (PROSE,)),
    Kind("funding_facts", facts, (PROSE,)),
)
