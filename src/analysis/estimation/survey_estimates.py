"""From a survey at hand to estimates that may be shown: unsettled persons counted, reliability judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimation.design import TOTAL, Classification
from analysis.estimation.engines import columns_of
from analysis.estimation.estimates import estimate_domains
from analysis.estimation.reliability import DEFAULT_POLICY, flag_reliability, flag_unsettled
from analysis.estimation.suppression import suppress_complements
from analysis.estimation.survey_at_hand import SurveyAtHand
from analysis.estimation.unsettled import ANY, LIMIT, refuse_unsettled, unsettled
from analysis.estimation.variants import AskedWrongly, identities
from analysis.indicators import IDENTITIES, Estimand, of_working_age


@dataclass(frozen=True, eq=False)
class SurveyEstimates:
    """Estimates of a survey, judged, and who could not be classified.

    Attributes
    ----------
    estimates : pandas.DataFrame
        As `analysis.estimation.estimate` returns them, with ``unsettled_n`` (persons, unweighted) and
        ``unsettled`` (per cent, weighted) of each domain, ``status`` and ``status_rule``.
    unsettled : pandas.DataFrame
        Of each sample, as `analysis.estimation.unsettled` counts them.
    """

    estimates: pd.DataFrame
    unsettled: pd.DataFrame


def survey_estimates(
    survey: SurveyAtHand,
    chosen: Sequence[Estimand],
    by: Sequence[str | Classification] = (),
    *,
    totals: bool | Sequence[str] = True,
    standard_errors: bool = True,
    lonely_psu: str = "fail",
    interval: str = "logit",
    design_effects: bool = False,
    policy: str = DEFAULT_POLICY,
    suppress: bool = True,
    accept_unsettled: float = LIMIT,
    progress: Callable[[int, int], None] | None = None,
) -> SurveyEstimates:
    """Estimate from a survey at hand, and judge what may be shown.

    Parameters
    ----------
    survey : SurveyAtHand
        The survey with its design.
    chosen : sequence of Estimand
        What to estimate.
    by, totals, standard_errors, lonely_psu, interval, design_effects, progress
        As `analysis.estimation.estimate` takes them.
    policy : str
        Named policy of reliability.
    suppress : bool
        Whether what the policy suppresses, and what would give it back, is withheld.
    accept_unsettled : float, per cent
        Greatest share of unsettled persons in any sample that is accepted.

    Raises
    ------
    AskedWrongly
        When a band of ages that ends holds an open class of the survey, or an indicator counts nobody.
    Unsettled
        When more could not be classified in a sample.
    KeyError, ValueError
        As `analysis.estimation.estimate` does.
    """
    named = [dimension if isinstance(dimension, str) else dimension.name for dimension in by]
    _refuse_closed_bands(survey, by)
    of_samples = unsettled(survey.persons, chosen, survey.design, survey.design.survey, totals=False)
    refuse_unsettled(of_samples, accept_unsettled)
    estimates = estimate_domains(
        survey.persons,
        chosen,
        survey.design,
        by,
        totals=totals,
        standard_errors=standard_errors,
        lonely_psu=lonely_psu,
        interval=interval,
        design_effects=design_effects,
        progress=progress,
    )
    present = columns_of(survey.persons)
    _refuse_nobody(estimates, [of_working_age(estimand, present) for estimand in chosen])
    counts = unsettled(survey.persons, chosen, survey.design, by, totals=totals)
    estimates = _beside(estimates, counts, named)
    estimates = flag_unsettled(flag_reliability(estimates, policy, suppress=suppress), LIMIT)
    if suppress:
        estimates = suppress_complements(estimates, named, IDENTITIES + identities(chosen))
    return SurveyEstimates(estimates, of_samples)


def _refuse_nobody(estimates: pd.DataFrame, chosen: Sequence[Estimand]) -> None:
    """Refuse an indicator that counts nobody: its answers, ages or codes are other than the mapping says."""
    counted = estimates.groupby("indicator", observed=True)["n"].max()
    for estimand in chosen:
        if estimand.unit != "persons" and not counted[estimand.indicator]:
            raise AskedWrongly(
                f"{estimand.indicator}: no person of the survey belongs to those of whom it is a "
                f"measure; look whether {', '.join(estimand.columns)} hold what they should, or leave it out"
            )


def _refuse_closed_bands(survey: SurveyAtHand, by: Sequence[str | Classification]) -> None:
    """Refuse a band of ages with an end that holds an open class: older persons would be counted in it."""
    for dimension in by:
        if isinstance(dimension, Classification) and dimension.columns == ("ilo_age",):
            bands = re.findall(r"Y(\d+)T(\d+)", " ".join((dimension.labels or {}).values()))
            for age in survey.open_ages:
                if across := [f"{low}-{high}" for low, high in bands if int(low) <= age <= int(high)]:
                    raise AskedWrongly(
                        f"age band {across[0]}: the survey holds persons of {age:g} and more in one class "
                        f"(top_codes), who cannot be told apart; let the last band begin at {age:g} or "
                        f"below, such as {across[0].partition('-')[0]}-"
                    )


def _beside(estimates: pd.DataFrame, counts: pd.DataFrame, named: Sequence[str]) -> pd.DataFrame:
    """Put the unsettled persons of each domain beside its estimate, after its sums."""
    keys = ["indicator", "definition", *named]
    once = counts[counts["variable"] == ANY].astype(dict.fromkeys(keys, "str"))
    once = once.rename(columns={"n": "unsettled_n", "share": "unsettled"})
    texts = estimates[keys].astype("str")
    matched = texts.merge(once[[*keys, "unsettled_n", "unsettled"]], on=keys, how="left", validate="m:1")
    place = estimates.columns.get_loc("denominator") + 1
    beside = estimates.copy()
    beside.insert(place, "unsettled_n", matched["unsettled_n"].astype("Int64").to_numpy())
    beside.insert(place + 1, "unsettled", matched["unsettled"].to_numpy())
    return beside


NORMALISED = 1e-3
"""How near the mean weight is to 1, 10, 100 … where weights were scaled to the number of cases."""


def counts_told(survey: SurveyAtHand) -> list[str]:
    """Return what counts of several years or quarters together are not, and what nobody could check.

    A total over years or quarters adds up the persons of each: its rates are means, its counts are no
    population, and neither are counts by normalised weights. Without a key a person who stands in the
    survey twice counts twice.
    """
    samples, remarks = survey.samples(), []
    magnitude = 10.0 ** np.round(np.log10(samples["mean_weight"]))
    normal = samples[(samples["mean_weight"] / magnitude - 1).abs() < NORMALISED]
    if len(normal):
        keys = normal[list(survey.design.survey)].astype("str")
        names = [name for name in keys.agg(" ".join, axis=1)[:5] if name] if len(keys.columns) else []
        more = f" and {len(normal) - 5} more samples" if len(normal) > 5 else ""
        whose = f" of {', '.join(names)}{more}" if names else ""
        remarks.append(
            f"The weights{whose} average {normal['mean_weight'].iloc[0]:,.6g}, as normalised weights do: "
            "numerators and denominators are then no population, and samples are not weighed against each "
            "other."
        )
    if "year" in samples:
        years = samples.groupby("country")["year"].nunique().max() if "country" in samples else len(samples)
        if years > 1:
            remarks.append(
                f"The survey holds up to {years} years of a country. Where year is _T, or is not asked for "
                "by --by, numerators and denominators add the years up: they are no population of any time."
            )
    if survey.holds("quarter"):
        quarters = survey.quarters()
        if quarters > 1:
            remarks.append(
                f"The survey holds up to {quarters} quarters of a year. Where quarter is _T, or is not asked "
                "for by --by, numerators and denominators add the quarters up: they are a population only "
                "where weights are those of the whole year."
            )
    if replicates := survey.design.replicates:
        first, last = replicates.columns[0], replicates.columns[-1]
        remarks.append(
            f"Standard errors are from {len(replicates.columns)} replicate weights ({replicates.method}), "
            f"{first} to {last}: as many as the survey's documentation says?"
        )
    if not survey.holds("ilo_key"):
        remarks.append(
            "No ilo_key is mapped, so persons who stand in the survey twice count twice, unchecked."
        )
    return remarks


def unsettled_told(estimated: SurveyEstimates) -> str:
    """Return who could not be classified as lines of text: by indicator, sample and answer."""
    counts = estimated.unsettled
    dimensions = list(counts.columns[3:-3])
    lines = []
    for _, row in counts[(counts["variable"] == ANY) & (counts["n"] > 0)].iterrows():
        same = ["indicator", "definition", *dimensions]
        alike = (counts[same].astype("str") == row[same].astype("str")).all(axis=1)
        answers = counts[alike & (counts["variable"] != ANY) & (counts["n"] > 0)]
        where = "".join(f", {row[name]}" for name in dimensions if row[name] != TOTAL)
        lacking = "; ".join(f"{a.variable} {a.n:,}, {a.persons:,.0f} weighted" for a in answers.itertuples())
        lines.append(
            f"  {row['indicator']}{where}: {row['n']:,} asked, {row['persons']:,.0f} weighted, "
            f"{row['share']:.2f} per cent of those concerned (without an answer: {lacking})"
        )
    counted = set(counts["indicator"])
    uncounted = estimated.estimates["unsettled_n"].isna() & (estimated.estimates["unit"] != "persons")
    rates = estimated.estimates.loc[uncounted, ["indicator", "definition"]].astype("str")
    unknown = [
        row.indicator
        for row in rates.drop_duplicates("indicator").itertuples()
        if row.indicator not in counted and "not applied" in row.definition
    ]
    if unknown:
        lines.append(
            f"  {', '.join(unknown)}: not known, since the survey has neither ilo_age nor ilo_wap, by which "
            "persons without a status could be told from those below the working age"
        )
    if not lines:
        return "Persons who could not be classified: none."
    return "Persons who could not be classified:\n" + "\n".join(lines)
