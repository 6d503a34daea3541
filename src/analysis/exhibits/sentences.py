"""Sentences of the notebooks: a label with places for numbers, and the quantity that fills each place.

A sentence belongs to a kind of exhibit, and is said where a document lays such an exhibit out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from analysis.exhibits import (
    cooperation,
    enabling,
    gender_counting,
    gender_targets,
    implementation_plan,
    trends,
    unswap,
)
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import Scope, holds
from analysis.exhibits.money import money_of_rows
from analysis.exhibits.named import (
    BUDGET,
    OUTPUT_INDICATORS,
    PROSE,
    REGION,
    SOURCE,
    result_meets_target,
    stated_in_report,
)
from analysis.exhibits.parts import in_column
from analysis.exhibits.said import SaidLabel, SaidNumber
from analysis.periods import Period
from analysis.quantities import (
    Quantity,
    Recorded,
    change,
    constant,
    evaluate,
    point_change,
    share,
    tally,
)

PERCENT = trends.PERCENT
# The kind of nodes whose expenditure is said to be that of policy outcomes.
POLICY = "policy"
# What fills a place of a sentence: a number, several of a kind, words, or text such as a year.
Filling = SaidNumber | tuple[SaidNumber, ...] | SaidLabel | str
Numbers = Callable[[Scope], dict[str, Filling | None]]


@dataclass(frozen=True)
class SentenceTemplate:
    """A sentence whose numbers are computed.

    Attributes
    ----------
    key : str
        Catalogue key of the text, with a place ``{name}`` for each number.
    kind : str
        The kind of exhibit that it is said with.
    needs : tuple of str
        Recorded tables that must hold rows of the period.
    numbers : callable
        Makes the numbers by name; one that is None is not recorded for the period.
    """

    key: str
    kind: str
    needs: tuple[str, ...]
    numbers: Numbers


@dataclass(frozen=True)
class Spoken:
    """A sentence as a document's layout has it said: its name, where, and what fills its places."""

    name: str
    sentence: SentenceTemplate
    notebook: str
    section: str
    numbers: dict[str, Filling]


def sentences_of_period(recorded: Recorded, period: Period) -> tuple[Spoken, ...]:
    """Return the sentences that can be said of a period, in the order of the exhibits.

    One is left out where the documents do not hold all its numbers.
    """
    sentences = []
    for definition in definitions(recorded):
        for name, sentence in SENTENCES.items():
            if sentence.kind == definition.kind.name:
                numbers = say(sentence, definition.scope(recorded, period))
                if numbers is not None:
                    own = definition.id if definition.conditions else name
                    where = definition.notebook, definition.section
                    sentences.append(Spoken(own, sentence, *where, numbers))
    return tuple(sentences)


def say(sentence: SentenceTemplate, scope: Scope) -> dict[str, Filling] | None:
    """Return what fills a sentence's places; None where the documents do not hold it all."""
    if not all(holds(scope.recorded, table, scope.period) for table in sentence.needs):
        return None
    numbers = sentence.numbers(scope)
    return numbers if numbers and all(_held(number, scope.recorded) for number in numbers.values()) else None


def _held(place: Filling | None, recorded: Recorded) -> bool:
    if isinstance(place, tuple):
        return bool(place) and all(_held(part, recorded) for part in place)
    if isinstance(place, SaidNumber):
        return not evaluate(place.quantity, recorded).missing
    return place is not None


def _said(quantity: Quantity | None, decimals: int = 0) -> SaidNumber | None:
    """Return a number of a sentence; None where the period has none."""
    return None if quantity is None else SaidNumber(quantity, decimals)


def _trend(scope: Scope, unit: str = PERCENT) -> dict[str, Filling | None]:
    """Return the first and the last number of a trend in per cent, or of one in another unit."""
    recorded, code = scope.recorded, scope.condition("indicator")
    if (trends.common_unit(recorded, (code,)) == PERCENT) != (unit == PERCENT):
        return {"before": None}
    breakdown = next(iter(trends.breakdowns(recorded, code)), None)
    reported = (
        trends.reported(recorded, breakdown, trends.years_held(recorded, scope.period)) if breakdown else ()
    )
    years = [year for year in reported if int(year) >= scope.period.start - 1]
    if len(years) < 2:
        return {"before": None}
    start, end = years[0], years[-1]
    before, last = breakdown.in_year(start), breakdown.in_year(end)
    _, decimals = trends.scale_of(scope, code)
    return {
        "name": SaidLabel(f"decent_work.{code}"),
        "start": start,
        "before": SaidNumber(before, decimals),
        "end": end,
        "last": SaidNumber(last, decimals),
        "change": SaidNumber(trends.change_in_its_unit(recorded, before, last), decimals, signed=True),
    }


def _losses(scope: Scope) -> dict[str, Filling | None]:
    table, _ = trends.losses(scope)
    if table is None:
        return {"jobs": None}
    items = [row.labels[0].partition(".")[2] for row in table.rows]
    jobs, shares = (dict(zip(items, in_column(table.rows, place), strict=True)) for place in (0, 1))
    return {"jobs": _said(jobs["all"]), "out_of_work": _said(shares["out_of_work"], 1)}


def _results(scope: Scope) -> dict[str, Filling | None]:
    of, named = {"period": str(scope.period)}, scope.named
    judged = [met for pair in named.pairs(**of) if (met := result_meets_target(*pair)) is not None]
    return {
        "results": SaidNumber(named.results(**of)),
        "targets": SaidNumber(named.targets(**of)),
        "against": SaidNumber(named.against_target(**of), 1, signed=True) if named.comparable(**of) else None,
        "met": SaidNumber(tally(judged)) if judged else None,
        "indicators": SaidNumber(constant(len(judged), "count")),
    }


def _regions(scope: Scope) -> dict[str, Filling | None]:
    named, of = scope.named, {"period": str(scope.period)}
    regions = scope.parts(OUTPUT_INDICATORS, REGION)
    parts = (SaidNumber(named.region_share(region, **of), 1, label=f"region.{region}") for region in regions)
    return {"parts": tuple(parts)}


def _gender_equality(scope: Scope) -> dict[str, Filling | None]:
    names = scope.listed("contributions")
    shares = [stated_in_report(scope.recorded, f"results_share_{name}", str(scope.period)) for name in names]
    parts = tuple(
        SaidNumber(number, label=f"contribution.{name}")
        for name, number in zip(names, shares, strict=True)
        if number is not None
    )
    return {"parts": parts if len(parts) == len(names) else None}


def _ratifications(scope: Scope) -> dict[str, Filling | None]:
    items = {"ratifications": "ratifications", "member_states": "ratifying_member_states"}
    counts = {name: stated_in_report(scope.recorded, item, str(scope.period)) for name, item in items.items()}
    return {name: _said(quantity) for name, quantity in counts.items()}


def _enabling(scope: Scope) -> dict[str, Filling | None]:
    comparisons = enabling.comparisons(scope.recorded, scope.period)
    return {
        "met": SaidNumber(tally(comparisons)) if comparisons else None,
        "compared": SaidNumber(constant(len(comparisons), "count")),
    }


def _spent(scope: Scope, policy: bool = True) -> dict[str, Filling | None]:
    """Return what was spent and the budget: of policy outcomes, or of an organisation that has none."""
    of, named = {"period": str(scope.period)}, scope.named
    if bool(scope.framework.nodes(scope.condition("level"), kind=POLICY)) != policy:
        return {"expenditure": None}
    _, decimals = money_of_rows(scope.recorded[BUDGET].records)
    return {
        "expenditure": SaidNumber(named.expenditure(**of), decimals),
        "budget": SaidNumber(named.strategic_budget(**of), decimals),
        "against": SaidNumber(named.against_budget(**of), 1, signed=True),
    }


def _sources(scope: Scope) -> dict[str, Filling | None]:
    named, of = scope.named, {"period": str(scope.period)}
    sources = scope.parts(BUDGET, SOURCE)
    parts = (SaidNumber(named.source_share(source, **of), 1, label=f"source.{source}") for source in sources)
    return {"parts": tuple(parts)}


def _per_result(scope: Scope) -> dict[str, Filling | None]:
    return {"per_result": SaidNumber(scope.named.expenditure_per_result(period=str(scope.period)), 2)}


def _approvals(scope: Scope) -> dict[str, Filling | None]:
    items = ("approvals", "approvals_fall")
    number, fall = (stated_in_report(scope.recorded, item, str(scope.period)) for item in items)
    return {"approvals": _said(number, 1), "fall": _said(fall)}


def _monitoring(scope: Scope, apart: bool = False) -> dict[str, Filling | None]:
    """Return the printed counts; ``apart`` where targets without data are counted beside those not met."""
    statuses = (gender_targets.MET, gender_targets.NOT_MET, gender_targets.NO_DATA, "total")
    counts = {status: gender_counting.printed_count(status, str(scope.period)) for status in statuses}
    inside = tally((counts[gender_targets.MET], counts[gender_targets.NOT_MET]))
    counted = [evaluate(number, scope.recorded).value for number in (inside, counts["total"])]
    if None in counted or (counted[0] == counted[1]) is apart:
        return {"total": None}
    return {
        **{status: SaidNumber(number) for status, number in counts.items()},
        "share": SaidNumber(share(counts[gender_targets.MET], counts["total"]), 1),
    }


def _counting(scope: Scope) -> dict[str, Filling | None]:
    counts = gender_targets.computed_counts(scope.recorded, str(scope.period))
    return {status: SaidNumber(number) for status, number in counts.items()}


def _representation(scope: Scope) -> dict[str, Filling | None]:
    shares = unswap.REPRESENTATION in scope.recorded and unswap.compared_shares(scope.recorded)
    if not shares:
        return {"before": None}
    grade, before, after = shares
    return {
        "grade": SaidLabel(f"grade.{grade}"),
        "before": SaidNumber(before, 1),
        "after": SaidNumber(after, 1),
        "points": SaidNumber(point_change(before, after), 1, signed=True),
        "relative": SaidNumber(change(before, after), 1, signed=True),
    }


def _concentration(scope: Scope) -> dict[str, Filling | None]:
    recorded = scope.recorded
    if cooperation.CONTRIBUTIONS not in recorded:
        return {"share": None}
    if not all(
        cooperation.stated_if_any(recorded, item) for item in ("leading_partners", "leading_partners_share")
    ):
        return {"share": None}
    number, where = (
        cooperation.stated_in_review("leading_partners"),
        cooperation.condition_of_period(recorded, scope.period),
    )
    whole = cooperation.all_contributions(recorded, where)
    largest = cooperation.top(recorded, int(evaluate(number, recorded).value), (), where)
    return {
        "total": SaidNumber(whole),
        "number": SaidNumber(number),
        "share": SaidNumber(share(largest, whole), 1),
        "printed": SaidNumber(cooperation.stated_in_review("leading_partners_share")),
    }


def _judgements(scope: Scope) -> dict[str, Filling | None]:
    recorded = scope.recorded
    if not {implementation_plan.DELIVERABLES, implementation_plan.EVIDENCE} <= set(recorded):
        return {"delivered": None}
    numeric = implementation_plan.judged(recorded, numeric=True)
    return {
        "numeric": SaidNumber(tally(numeric.values())),
        **{kind: SaidNumber(numeric[kind]) for kind in ("delivered", "on_track", "no_evidence")},
        "deliverables": SaidNumber(tally(implementation_plan.judged(recorded).values())),
        "silent": SaidNumber(implementation_plan.judged(recorded)["no_evidence"]),
    }


def _sentence(name: str, kind: str, needs: tuple[str, ...], numbers: Numbers) -> tuple[str, SentenceTemplate]:
    return name, SentenceTemplate(f"sentence.{name}", kind, needs, numbers)


SENTENCES: dict[str, SentenceTemplate] = dict(
    (
        _sentence("trend", "trend", (trends.DECENT_WORK_INDICATORS,), _trend),
        _sentence("trend_in_unit", "trend", (trends.DECENT_WORK_INDICATORS,), partial(_trend, unit="")),
        _sentence("working_hours_losses", "working_hours_losses", (trends.LOSSES, PROSE), _losses),
        _sentence("results", "results_against_targets", (OUTPUT_INDICATORS,), _results),
        _sentence("regions", "results_by_region", (OUTPUT_INDICATORS,), _regions),
        _sentence("gender_equality", "results_by_gender_marker", (PROSE,), _gender_equality),
        _sentence("ratifications", "ratifications_by_year", (PROSE,), _ratifications),
        _sentence("enabling_outcomes", "targets_by_component", (enabling.ENABLING_INDICATORS,), _enabling),
        _sentence("expenditure", "expenditure_against_budget", (BUDGET,), _spent),
        _sentence(
            "expenditure_of_all", "expenditure_against_budget", (BUDGET,), partial(_spent, policy=False)
        ),
        _sentence("sources_of_funds", "expenditure_by_source", (BUDGET,), _sources),
        _sentence(
            "expenditure_per_result", "expenditure_per_result", (BUDGET, OUTPUT_INDICATORS), _per_result
        ),
        _sentence("approvals", "voluntary_funding", (PROSE,), _approvals),
        _sentence("gender_monitoring", "targets_monitoring", (gender_counting.TOTALS,), _monitoring),
        _sentence(
            "gender_monitoring_apart",
            "targets_monitoring",
            (gender_counting.TOTALS,),
            partial(_monitoring, apart=True),
        ),
        _sentence("gender_computed", "targets_counting_rules", (gender_targets.TARGETS,), _counting),
        _sentence("unswap_representation", "representation_by_grade", (), _representation),
        _sentence("cooperation_concentration", "contributions_concentration", (), _concentration),
        _sentence("plan_judgements", "judgements_by_pillar", (), _judgements),
    )
)
