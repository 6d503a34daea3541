"""Sentences of the notebooks: a label with places for numbers, and the quantity that fills each place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.exhibits import (
    cooperation,
    enabling,
    funding,
    gender,
    gender_counting,
    gender_targets,
    implementation_plan,
    trends,
    unswap,
)
from analysis.exhibits.named import (
    BUDGET,
    INDICATORS,
    PROSE,
    REGIONS,
    SOURCES,
    against_budget,
    against_target,
    expenditure,
    expenditure_per_result,
    named,
    region_share,
    results,
    source_share,
    stated,
    strategic_budget,
    targets,
)
from analysis.exhibits.parts import holds
from analysis.periods import Period
from analysis.quantities import (
    Quantity,
    Recorded,
    change,
    constant,
    count_rows,
    evaluate,
    point_change,
    share,
    tally,
)


@dataclass(frozen=True)
class Said:
    """A number of a sentence: its quantity, the decimals that are said, and whether a plus sign is."""

    quantity: Quantity
    decimals: int = 0
    signed: bool = False


Numbers = Callable[[Recorded, Period], dict[str, Said | str | None]]


@dataclass(frozen=True)
class Sentence:
    """A sentence whose numbers are computed.

    Attributes
    ----------
    key : str
        Catalogue key of the text, with a place ``{name}`` for each number.
    notebook : str
        Stem of the notebook that says it.
    needs : tuple of str
        Recorded tables that must hold rows of the biennium.
    numbers : callable
        Makes the numbers by name, years as text; one that is None is not recorded for the biennium.
    """

    key: str
    notebook: str
    needs: tuple[str, ...]
    numbers: Numbers


def say(sentence: Sentence, recorded: Recorded, biennium: Period) -> dict[str, Said | str] | None:
    """Return the numbers of a sentence; None where the documents do not hold them all for a biennium."""
    if not all(holds(recorded, table, biennium) for table in sentence.needs):
        return None
    found = sentence.numbers(recorded, biennium)
    return found if all(_held(said, recorded) for said in found.values()) else None


def _held(said: Said | str | None, recorded: Recorded) -> bool:
    return isinstance(said, str) or (said is not None and not evaluate(said.quantity, recorded).missing)


def _trend(code: str) -> Numbers:
    def numbers(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
        line = trends.lines(recorded, code)[0]
        held = trends.reported(recorded, line, trends.years_held(recorded, biennium))
        years = [year for year in held if int(year) >= biennium.start - 1]
        if len(years) < 2:
            return {"before": None}
        start, end = years[0], years[-1]
        before, last = line.in_year(start), line.in_year(end)
        return {
            "start": start,
            "before": Said(before, 1),
            "end": end,
            "last": Said(last, 1),
            "change": Said(point_change(before, last), 1, signed=True),
        }

    return numbers


def _losses(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    table, _ = trends.losses(recorded, biennium)
    jobs = {row.labels[0].partition(".")[2]: row.cells for row in table.rows}
    return {"jobs": Said(jobs["all"][0]), "out_of_work": Said(jobs["out_of_work"][1], 1)}


def _results(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    of = {"period": str(biennium)}
    return {
        "results": Said(results(**of)),
        "targets": Said(targets(**of)),
        "against": Said(against_target(**of), 1, signed=True),
        "met": Said(named(recorded)["indicators_met"](**of)),
        "indicators": Said(count_rows(INDICATORS, measure="target", **of)),
    }


def _regions(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    return {region: Said(region_share(region, period=str(biennium)), 1) for region in REGIONS}


def _stated(**items: str) -> Numbers:
    def numbers(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
        found = {name: stated(recorded, item, str(biennium)) for name, item in items.items()}
        return {name: quantity and Said(quantity) for name, quantity in found.items()}

    return numbers


def _enabling(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    found = enabling.comparisons(recorded, biennium)
    return {
        "met": Said(tally(found)) if found else None,
        "compared": Said(constant(len(found), "count")),
    }


def _spent(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    of = {"period": str(biennium)}
    return {
        "expenditure": Said(expenditure(**of), 1),
        "budget": Said(strategic_budget(**of), 1),
        "against": Said(against_budget(**of), 1, signed=True),
    }


def _sources(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    return {source: Said(source_share(source, period=str(biennium)), 1) for source in SOURCES}


def _per_result(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    return {"per_result": Said(expenditure_per_result(period=str(biennium)), 2)}


def _approvals(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    number, fall = (stated(recorded, item, str(biennium)) for item in ("approvals", "approvals_fall"))
    return {"approvals": number and Said(number, 1), "fall": fall and Said(fall)}


def _monitoring(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    statuses = (gender_targets.MET, gender_targets.NOT_MET, gender_targets.NO_DATA, "total")
    found = {status: gender_counting.printed_count(status, str(biennium)) for status in statuses}
    return {
        **{status: Said(number) for status, number in found.items()},
        "share": Said(share(found[gender_targets.MET], found["total"]), 1),
    }


def _counting(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    found = gender_targets.computed_counts(recorded, str(biennium))
    return {status: Said(number) for status, number in found.items()}


def _representation(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    if unswap.REPRESENTATION not in recorded:
        return {"before": None}
    before, after = unswap.senior_shares()
    return {
        "before": Said(before, 1),
        "after": Said(after, 1),
        "points": Said(point_change(before, after), 1, signed=True),
        "relative": Said(change(before, after), 1, signed=True),
    }


def _concentration(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    if cooperation.CONTRIBUTIONS not in recorded:
        return {"share": None}
    number = cooperation.stated("leading_partners")
    whole = cooperation.all_contributions(recorded)
    largest = cooperation.top(recorded, int(evaluate(number, recorded).value))
    return {
        "total": Said(whole),
        "number": Said(number),
        "share": Said(share(largest, whole), 1),
        "printed": Said(cooperation.stated("leading_partners_share")),
    }


def _judgements(recorded: Recorded, biennium: Period) -> dict[str, Said | str | None]:
    if not {implementation_plan.DELIVERABLES, implementation_plan.EVIDENCE} <= set(recorded):
        return {"delivered": None}
    numeric = implementation_plan.judged(recorded, numeric=True)
    return {
        "numeric": Said(tally(numeric.values())),
        **{kind: Said(numeric[kind]) for kind in ("delivered", "on_track", "no_evidence")},
        "deliverables": Said(tally(implementation_plan.judged(recorded).values())),
        "silent": Said(implementation_plan.judged(recorded)["no_evidence"]),
    }


def _sentence(name: str, notebook: str, needs: tuple[str, ...], numbers: Numbers) -> tuple[str, Sentence]:
    return name, Sentence(f"sentence.{name}", notebook, needs, numbers)


# By name, in the order of the notebooks' sections.
SENTENCES: dict[str, Sentence] = dict(
    (
        *(
            _sentence(code, trends.NOTEBOOK, (trends.INDICATORS,), _trend(code))
            for code in (
                "unemployment_rate",
                "employment_population_ratio",
                "working_poverty_rate",
                "neet_rate",
            )
        ),
        _sentence("working_hours_losses", trends.NOTEBOOK, (trends.LOSSES, PROSE), _losses),
        _sentence("results", enabling.NOTEBOOK, (INDICATORS,), _results),
        _sentence("regions", enabling.NOTEBOOK, (INDICATORS,), _regions),
        _sentence(
            "gender_equality",
            enabling.NOTEBOOK,
            (PROSE,),
            _stated(main="results_share_gender_main", significant="results_share_gender_significant"),
        ),
        _sentence(
            "ratifications",
            enabling.NOTEBOOK,
            (PROSE,),
            _stated(ratifications="ratifications", member_states="ratifying_member_states"),
        ),
        _sentence("enabling_outcomes", enabling.NOTEBOOK, (enabling.INDICATORS,), _enabling),
        _sentence("expenditure", funding.NOTEBOOK, (BUDGET,), _spent),
        _sentence("sources_of_funds", funding.NOTEBOOK, (BUDGET,), _sources),
        _sentence("expenditure_per_result", funding.NOTEBOOK, (BUDGET, INDICATORS), _per_result),
        _sentence("approvals", funding.NOTEBOOK, (PROSE,), _approvals),
        _sentence("gender_monitoring", gender.NOTEBOOK, (gender_counting.TOTALS,), _monitoring),
        _sentence("gender_computed", gender.NOTEBOOK, (gender_targets.TARGETS,), _counting),
        _sentence("unswap_representation", unswap.NOTEBOOK, (), _representation),
        _sentence("cooperation_concentration", cooperation.NOTEBOOK, (), _concentration),
        _sentence("plan_judgements", implementation_plan.NOTEBOOK, (), _judgements),
    )
)
