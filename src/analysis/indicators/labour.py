"""Indicators of the labour force: unemployment, employment, participation, NEET, managers."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from analysis.indicators import populations as groups
from analysis.indicators.declaration import PersonSum, indicator
from analysis.indicators.labour_force_status import EMPLOYED, OUTSIDE, RECORDED, UNEMPLOYED
from analysis.indicators.populations import Status

WORK = "19th ICLS (2013), Resolution I concerning statistics of work, employment and labour underutilization"


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
    return groups.ratio_of(practice, groups.unemployed(practice), groups.labour_force(practice))


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
    return groups.ratio_of(practice, groups.employed(practice), groups.working_age(practice))


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
    return groups.ratio_of(practice, groups.labour_force(practice), groups.working_age(practice))


@indicator(
    title="Youth not in employment, education or training",
    formula="youth neither employed nor in education or training / youth",
    unit="percent",
    age="15–24",
    sdg="8.6.1",
    standard="UN SDG metadata 8.6.1; KILM 10c",
)
def neet_rate(
    *,
    practice: Status = RECORDED,
    attendance_not_classified: str = "attending",
    non_formal_training: bool = False,
) -> Mapping:
    r"""Share of persons aged 15–24 not in employment, education or training, in per cent (SDG 8.6.1).

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.
    attendance_not_classified : {"attending", "not_attending", "excluded", "recorded"}
        What becomes of youth without work whose ``ilo_edu_attendance`` is 3 (not classified) or missing:
        taken to attend (the ILO's processing counts only code 2 as not attending), taken not to attend, or
        left out of both sums. ``recorded`` reads the harmonised ``ilo_neet`` (1, or missing) instead.
    non_formal_training : bool
        Whether ``in_training`` (1 yes, 0 no) is read as well, where ``ilo_edu_attendance`` is of formal
        education only: a person in non-formal training then is in training; without an answer a person who
        would be counted is in neither sum.

    Returns
    -------
    Estimand
        :math:`100\, (Y - E_Y - S_Y) / Y`, with Y youth of known status, :math:`E_Y` the employed and
        :math:`S_Y` those without work who attend or, where it is read, are in training.

    Raises
    ------
    ValueError
        For a choice that is not among the four, and for non-formal training beside ``recorded``.
    """
    lfs, attendance = nw.col(practice.column), nw.col("ilo_edu_attendance")
    young = groups.aged(15, 24)
    without_work = young & ((lfs == UNEMPLOYED) | (lfs == OUTSIDE))
    youth = (young & (lfs == EMPLOYED)) | without_work
    columns: tuple[str, ...] = ("ilo_age", practice.column, "ilo_edu_attendance")
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
    if non_formal_training:
        if attendance_not_classified == "recorded":
            raise ValueError(
                "neet_rate: ilo_neet as recorded holds what training it holds; expected non_formal_training "
                "with attendance_not_classified 'attending', 'not_attending' or 'excluded'"
            )
        training, columns, suffix = nw.col("in_training"), (*columns, "in_training"), suffix + "__training"
        candidate = nw.when(neet).then(nw.lit(1)).otherwise(nw.lit(0)) == 1
        unknown["in_training"] = candidate & training.is_null()
        youth = youth & (~candidate | (training == 0) | (training == 1))
        neet = neet & (training == 0)
    own_youth = attendance_not_classified == "excluded" or non_formal_training
    return groups.ratio_of(
        practice,
        PersonSum("neet" + suffix, neet, columns),
        PersonSum(
            "youth" + (suffix if own_youth else f"__{practice.column}"),
            youth,
            columns,
        ),
        unknown,
        attendance_not_classified=attendance_not_classified,
        **({"non_formal_training": "True"} if non_formal_training else {}),
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
        column = "ilo_job1_ocu_isco08"
        manages = nw.col(column) == 1
        unknown: tuple[int, ...] = (11,)
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
    return groups.ratio_of(
        practice,
        PersonSum("women_managers" + suffix, at_work & (sex == groups.WOMAN), columns),
        PersonSum("managers" + suffix, at_work & ((sex == 1) | (sex == groups.WOMAN)), columns),
        {
            column: (nw.col(practice.column) == EMPLOYED) & groups.unclassified(column, *unknown),
            "ilo_sex": at_work & sex.is_null(),
        },
        management=management,
    )
