"""Indicators of the labour force: unemployment, employment, underutilization, NEET, managers."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from analysis.indicators import populations as groups
from analysis.indicators.declaration import Quantity, indicator
from analysis.indicators.labour_force_status import EMPLOYED, OUTSIDE, RECORDED, UNEMPLOYED
from analysis.indicators.populations import Status

WORK = "19th ICLS (2013), Resolution I concerning statistics of work, employment and labour underutilization"


def _ratio(
    status: Status,
    numerator: Quantity,
    denominator: Quantity,
    unsettled: Mapping[str, nw.Expr] | None = None,
    **choices: str,
) -> dict:
    parts = groups.found_by(status, **choices)
    parts["unsettled"] = {**parts["unsettled"], **(unsettled or {})}
    return {"numerator": numerator, "denominator": denominator, **parts}


def _attachment_unknown(status: Status) -> dict[str, nw.Expr]:
    outside = nw.col(status.column) == OUTSIDE
    return {"ilo_olf_dlma": outside & groups.unclassified("ilo_olf_dlma", 5)}


@indicator(
    title="Unemployment rate",
    formula="unemployed / (employed + unemployed)",
    unit="percent",
    age="15+",
    sdg="8.5.2",
    standard=f"{WORK}, paragraphs 47–48 and 73 (c); by the 13th ICLS (1982), paragraph 10, on request",
)
def unemployment_rate(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of the labour force that is unemployed, in per cent (SDG 8.5.2), also LU1.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found; as recorded in ``ilo_lfs`` by default.

    Returns
    -------
    Estimand
        :math:`100\, U / (E + U)`. A person whose status is missing is in neither sum.
    """
    return _ratio(practice, groups.unemployed(practice), groups.labour_force(practice))


@indicator(
    title="Employment-to-population ratio",
    formula="employed / working-age population",
    unit="percent",
    age="15+",
    standard=f"{WORK}, paragraphs 27 and 70; KILM 2",
)
def employment_population_ratio(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of the working-age population that is employed, in per cent.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.

    Returns
    -------
    Estimand
        :math:`100\, E / (E + U + O)`. A person whose status is missing is in neither sum.
    """
    return _ratio(practice, groups.employed(practice), groups.working_age(practice))


@indicator(
    title="Labour force participation rate",
    formula="(employed + unemployed) / working-age population",
    unit="percent",
    age="15+",
    standard=f"{WORK}, paragraphs 17 and 70; KILM 1",
)
def labour_force_participation_rate(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of the working-age population in the labour force, in per cent.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.

    Returns
    -------
    Estimand
        :math:`100\, (E + U) / (E + U + O)`. A person whose status is missing is in neither sum.
    """
    return _ratio(practice, groups.labour_force(practice), groups.working_age(practice))


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
    return _ratio(practice, groups.unemployed(practice), groups.labour_force(practice))


@indicator(
    title="LU2: combined rate of time-related underemployment and unemployment",
    formula="(unemployed + time-related underemployed) / labour force",
    unit="percent",
    age="15+",
    standard=f"{WORK}, paragraphs 43 and 73 (c), LU2",
)
def lu2(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of the labour force unemployed or in time-related underemployment, in per cent.

    Returns
    -------
    Estimand
        :math:`100\, (U + T) / (E + U)`. An employed person with ``ilo_joball_tru`` missing is not
        underemployed, as the harmonised variable codes only the underemployed.
    """
    return _ratio(practice, groups.unemployed_or_underemployed(practice), groups.labour_force(practice))


@indicator(
    title="LU3: combined rate of unemployment and potential labour force",
    formula="(unemployed + potential labour force) / (labour force + potential labour force)",
    unit="percent",
    age="15+",
    standard=f"{WORK}, paragraphs 51 and 73 (c), LU3",
)
def lu3(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of the extended labour force unemployed or in the potential labour force, in per cent.

    Returns
    -------
    Estimand
        :math:`100\, (U + P) / (E + U + P)`; P are persons outside the labour force with ``ilo_olf_dlma`` 1
        (seeking, not available) or 2 (available, not seeking). Other and missing codes are not in P.
    """
    above, below = groups.unemployed_or_potential(practice), groups.extended_labour_force(practice)
    return _ratio(practice, above, below, _attachment_unknown(practice))


@indicator(
    title="LU4: composite measure of labour underutilization",
    formula="(unemployed + underemployed + potential labour force) / (labour force + potential labour force)",
    unit="percent",
    age="15+",
    standard=f"{WORK}, paragraph 73 (c), LU4",
)
def lu4(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of the extended labour force that is underutilized in any of the three ways, in per cent.

    Returns
    -------
    Estimand
        :math:`100\, (U + T + P) / (E + U + P)`, with T as in LU2 and P as in LU3.
    """
    above, below = groups.underutilized(practice), groups.extended_labour_force(practice)
    return _ratio(practice, above, below, _attachment_unknown(practice))


@indicator(
    title="Time-related underemployment rate",
    formula="time-related underemployed / employed",
    unit="percent",
    age="15+",
    standard=f"{WORK}, paragraph 43; 16th ICLS (1998); KILM 12",
)
def time_related_underemployment(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of the employed who want and are available to work more hours than they do, in per cent.

    Returns
    -------
    Estimand
        :math:`100\, T / E`. An employed person with ``ilo_joball_tru`` missing is not underemployed.
    """
    return _ratio(practice, groups.underemployed(practice), groups.employed(practice))


@indicator(
    title="Youth not in employment, education or training",
    formula="youth neither employed nor in education or training / youth",
    unit="percent",
    age="15–24",
    sdg="8.6.1",
    standard="UN SDG metadata 8.6.1; KILM 10c",
)
def neet_rate(*, practice: Status = RECORDED, attendance_not_classified: str = "attending") -> Mapping:
    r"""Share of persons aged 15–24 not in employment, education or training, in per cent (SDG 8.6.1).

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.
    attendance_not_classified : {"attending", "not_attending", "excluded", "recorded"}
        What becomes of youth without work whose ``ilo_edu_attendance`` is 3 (not classified) or missing:
        taken to attend (the ILO's processing counts only code 2 as not attending), taken not to attend, or
        left out of both sums. ``recorded`` reads the harmonised ``ilo_neet`` (1, or missing) instead.

    Returns
    -------
    Estimand
        :math:`100\, (Y - E_Y - S_Y) / Y`, with Y youth of known status, :math:`E_Y` the employed and
        :math:`S_Y` those without work who attend.

    Raises
    ------
    ValueError
        For a choice that is not among the four.
    """
    lfs, attendance = nw.col(practice.column), nw.col("ilo_edu_attendance")
    young = groups.aged(15, 24)
    without_work = young & ((lfs == UNEMPLOYED) | (lfs == OUTSIDE))
    youth = (young & (lfs == EMPLOYED)) | without_work
    columns = ("ilo_age", practice.column, "ilo_edu_attendance")
    match attendance_not_classified:
        case "attending":
            neet = without_work & (attendance == 2)
        case "not_attending":
            neet = without_work & (nw.when(attendance == 1).then(nw.lit(0)).otherwise(nw.lit(1)) == 1)
        case "excluded":
            neet = without_work & (attendance == 2)
            youth = (young & (lfs == EMPLOYED)) | (without_work & ((attendance == 1) | (attendance == 2)))
        case "recorded":
            neet, columns = youth & (nw.col("ilo_neet") == 1), ("ilo_age", practice.column, "ilo_neet")
        case _:
            raise ValueError(
                f"neet_rate: attendance_not_classified={attendance_not_classified!r} is not known; "
                "expected 'attending', 'not_attending', 'excluded' or 'recorded'"
            )
    suffix = f"__{attendance_not_classified}__{practice.column}"
    status_unknown = {answer: young & open_ for answer, open_ in practice.unsettled.items()}
    status_unknown |= {RECORDED.column: young & lfs.is_null()} if practice == RECORDED else {}
    unknown = status_unknown | {"ilo_age": nw.col("ilo_age").is_null()}
    if attendance_not_classified != "recorded":
        unknown["ilo_edu_attendance"] = without_work & groups.unclassified("ilo_edu_attendance", 3)
    return _ratio(
        practice,
        Quantity("neet" + suffix, neet, columns),
        Quantity(
            "youth" + (suffix if attendance_not_classified == "excluded" else f"__{practice.column}"),
            youth,
            columns,
        ),
        unknown,
        attendance_not_classified=attendance_not_classified,
    )


@indicator(
    title="Women in managerial positions",
    formula="women employed as managers / persons employed as managers",
    unit="percent",
    age="15+",
    sdg="5.5.2",
    standard="UN SDG metadata 5.5.2; ISCO-08 major group 1 (for senior and middle management, less group 14)",
)
def managers_female_share(*, practice: Status = RECORDED, management: str = "total") -> Mapping:
    r"""Share of women among employed managers, in per cent (SDG 5.5.2).

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.
    management : {"total", "senior_and_middle"}
        ``total`` is ISCO-08 major group 1 in ``ilo_job1_ocu_isco08``; ``senior_and_middle`` leaves out
        sub-major group 14 (hospitality, retail and other services managers) and reads
        ``ilo_job1_ocu_isco08_2digits``.

    Returns
    -------
    Estimand
        :math:`100\, M_f / (M_f + M_m)`. A manager whose sex is missing is in neither sum.

    Raises
    ------
    ValueError
        For a choice that is not among the two.
    """
    if management == "total":
        column, manages, unknown = "ilo_job1_ocu_isco08", nw.col("ilo_job1_ocu_isco08") == 1, (11,)
    elif management == "senior_and_middle":
        column = "ilo_job1_ocu_isco08_2digits"
        manages, unknown = (nw.col(column) >= 11) & (nw.col(column) <= 13), ()
    else:
        raise ValueError(
            f"managers_female_share: management={management!r} is not known; "
            "expected 'total' or 'senior_and_middle'"
        )
    sex = nw.col("ilo_sex")
    at_work = (nw.col(practice.column) == EMPLOYED) & manages
    columns = (practice.column, "ilo_sex", column)
    suffix = f"__{management}__{practice.column}"
    return _ratio(
        practice,
        Quantity("women_managers" + suffix, at_work & (sex == groups.WOMAN), columns),
        Quantity("managers" + suffix, at_work & ((sex == 1) | (sex == groups.WOMAN)), columns),
        {
            column: (nw.col(practice.column) == EMPLOYED) & groups.unclassified(column, *unknown),
            "ilo_sex": at_work & sex.is_null(),
        },
        management=management,
    )
