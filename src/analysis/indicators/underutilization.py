"""Labour underutilization, LU1 to LU4, from the recorded variables or derived from answers."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.indicators import populations as groups
from analysis.indicators.declaration import PersonSum, indicator
from analysis.indicators.labour import WORK
from analysis.indicators.labour_force_status import RECORDED
from analysis.indicators.populations import Status


def _underused(
    status: Status, numerator: PersonSum, denominator: PersonSum, hours: float | None, *parts: groups.Known
) -> dict:
    unsettled = {column: who for part in parts for column, who in part.unsettled.items()}
    derived = hours is not None and status.column != RECORDED.column
    choices = {"underemployment_hours": f"below {hours:g}"} if derived else {}
    return groups.ratio_of(status, numerator, denominator, unsettled, **choices)


@indicator(
    title="LU1: unemployment rate",
    formula="unemployed / labour force",
    unit="percent",
    age="15+",
    sdg="8.5.2",
    standard=f"{WORK}, paragraph 73 (c), LU1",
)
def lu1(*, practice: Status = RECORDED) -> Mapping:
    r"""Unemployment rate as the first measure of labour underutilization, in per cent.

    Returns
    -------
    Estimand
        :math:`100\, U / (E + U)`; the same number as the unemployment rate.
    """
    return groups.ratio_of(practice, groups.unemployed(practice), groups.labour_force(practice))


@indicator(
    title="LU2: combined rate of time-related underemployment and unemployment",
    formula="(unemployed + time-related underemployed) / labour force",
    unit="percent",
    age="15+",
    standard=f"{WORK}, paragraphs 43 and 73 (c), LU2",
)
def lu2(
    *, practice: Status = RECORDED, underemployment_hours: float = groups.UNDEREMPLOYMENT_HOURS
) -> Mapping:
    r"""Share of the labour force unemployed or in time-related underemployment, in per cent.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found; derived from answers, so is time-related underemployment.
    underemployment_hours : float, hours a week
        Weekly hours usually worked in all jobs below which a person may be underemployed, where derived.

    Returns
    -------
    Estimand
        :math:`100\, (U + T) / (E + U)`, T as in `time_related_underemployment`.
    """
    short = groups.underemployment(practice, underemployment_hours)
    above = groups.persons_who_are(
        "unemployed_or_underemployed", practice, groups.unemployed(practice), short
    )
    return _underused(practice, above, groups.labour_force(practice), underemployment_hours, short)


@indicator(
    title="LU3: combined rate of unemployment and potential labour force",
    formula="(unemployed + potential labour force) / (labour force + potential labour force)",
    unit="percent",
    age="15+",
    standard=f"{WORK}, paragraphs 51 and 73 (c), LU3",
)
def lu3(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of the extended labour force unemployed or in the potential labour force, in per cent.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found; derived from answers, so is the potential labour force.

    Returns
    -------
    Estimand
        :math:`100\, (U + P) / (E + U + P)`; P are persons outside the labour force who seek work and are not
        available, or are available and want work and do not seek it (recorded: ``ilo_olf_dlma`` 1 or 2).
    """
    near = groups.potential_labour_force(practice)
    above = groups.persons_who_are("unemployed_or_potential", practice, groups.unemployed(practice), near)
    below = groups.persons_who_are("extended_labour_force", practice, groups.labour_force(practice), near)
    return _underused(practice, above, below, None, near)


@indicator(
    title="LU4: composite measure of labour underutilization",
    formula="(unemployed + underemployed + potential labour force) / (labour force + potential labour force)",
    unit="percent",
    age="15+",
    standard=f"{WORK}, paragraph 73 (c), LU4",
)
def lu4(
    *, practice: Status = RECORDED, underemployment_hours: float = groups.UNDEREMPLOYMENT_HOURS
) -> Mapping:
    r"""Share of the extended labour force that is underutilized in any of the three ways, in per cent.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found; derived from answers, so are underemployment and the potential
        labour force.
    underemployment_hours : float, hours a week
        Weekly hours usually worked in all jobs below which a person may be underemployed, where derived.

    Returns
    -------
    Estimand
        :math:`100\, (U + T + P) / (E + U + P)`, with T as in LU2 and P as in LU3.
    """
    short = groups.underemployment(practice, underemployment_hours)
    near = groups.potential_labour_force(practice)
    above = groups.persons_who_are("underutilized", practice, groups.unemployed(practice), short, near)
    below = groups.persons_who_are("extended_labour_force", practice, groups.labour_force(practice), near)
    return _underused(practice, above, below, underemployment_hours, short, near)


@indicator(
    title="Time-related underemployment rate",
    formula="time-related underemployed / employed",
    unit="percent",
    age="15+",
    standard=f"{WORK}, paragraph 43; 16th ICLS (1998); KILM 12",
)
def time_related_underemployment(
    *, practice: Status = RECORDED, underemployment_hours: float = groups.UNDEREMPLOYMENT_HOURS
) -> Mapping:
    r"""Share of the employed who want and are available to work more hours than they do, in per cent.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found; derived from answers, so is time-related underemployment.
    underemployment_hours : float, hours a week
        Weekly hours usually worked in all jobs below which a person may be underemployed, where derived.

    Returns
    -------
    Estimand
        :math:`100\, T / E`. Recorded, an employed person with ``ilo_joball_tru`` missing is not
        underemployed; derived, one whose answers do not settle it is not either, and counts as unsettled.
    """
    short = groups.underemployment(practice, underemployment_hours)
    above = groups.persons_who_are("underemployed", practice, None, short)
    return _underused(practice, above, groups.employed(practice), underemployment_hours, short)
