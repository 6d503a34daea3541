"""Informal employment (SDG 8.3.1) as recorded, or derived by the 17th or 21st ICLS."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from analysis.indicators import populations as groups
from analysis.indicators.declaration import PersonSum, indicator
from analysis.indicators.labour_force_status import EMPLOYED, RECORDED
from analysis.indicators.populations import Status

EMPLOYEE, EMPLOYER, OWN_ACCOUNT, COOPERATIVE, FAMILY = 1, 2, 3, 4, 5
"""Codes of ``ilo_job1_ste_icse93``."""

INFORMAL, FORMAL = 1, 2
"""Codes of ``ilo_job1_ife_nature``, and of ``ilo_job1_ife_prod`` with 3 for households."""

BY = ("recorded", "17", "21")
ANSWERS = (
    "ilo_job1_ste_icse93",
    "ilo_job1_ife_prod",
    "employer_contributes_to_social_security",
    "paid_annual_leave",
    "paid_sick_leave",
)


def _derived(by: str) -> tuple[nw.Expr, nw.Expr, tuple[str, ...]]:
    """Return who has an informal job and who a formal one, and the answers read."""
    status, unit, insured, leave, sick = (nw.col(name) for name in ANSWERS)
    answered = nw.when(insured.is_in((0, 1))).then(nw.lit(1)).otherwise(nw.lit(0)) == 1
    informal_job = (insured == 0) | (~answered & ((leave == 0) | (sick == 0)))
    formal_job = (insured == 1) | (~answered & (leave == 1) & (sick == 1))
    own_unit = (status == EMPLOYER) | (status == OWN_ACCOUNT) | (status == COOPERATIVE)
    informal = ((status == EMPLOYEE) & informal_job) | (own_unit & ((unit == INFORMAL) | (unit == 3)))
    formal = ((status == EMPLOYEE) & formal_job) | (own_unit & (unit == FORMAL))
    if by == "17":
        return informal | (status == FAMILY), formal, ANSWERS
    in_formal_unit, registered = (status == FAMILY) & (unit == FORMAL), nw.col("contributes_to_pension")
    informal = informal | ((status == FAMILY) & ((unit == INFORMAL) | (unit == 3)))
    informal = informal | (in_formal_unit & (registered == 0))
    return informal, formal | (in_formal_unit & (registered == 1)), (*ANSWERS, "contributes_to_pension")


@indicator(
    title="Informal employment rate",
    formula="employed persons in informal jobs / employed persons",
    unit="percent",
    age="15+",
    sdg="8.3.1",
    standard=(
        "UN SDG metadata 8.3.1 (2023); 17th ICLS (2003), Guidelines concerning a statistical definition of "
        "informal employment, paragraph 3; 21st ICLS (2023), Resolution I concerning statistics on the "
        "informal economy (not verified against the text)"
    ),
)
def informal_employment_rate(*, practice: Status = RECORDED, informal_by: str = "recorded") -> Mapping:
    r"""Share of the employed whose main job is informal, in per cent (SDG 8.3.1).

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.
    informal_by : {"recorded", "17", "21"}
        ``recorded`` reads ``ilo_job1_ife_nature`` (1 informal, 2 formal). The 17th ICLS by status in
        employment: employees for whom the employer pays no social insurance or, where that is not known, who
        lack paid annual or paid sick leave; employers, own-account workers and members of cooperatives in
        units of the informal sector or of households (``ilo_job1_ife_prod``); all contributing family
        workers. By the 21st a contributing family worker in a formal unit is formal if she contributes to a
        pension scheme; its dependent contractors are not told apart from own-account workers here.

    Returns
    -------
    Estimand
        :math:`100\, I / (I + F)`. An employed person whose answers do not settle the matter is in neither
        sum.

    Raises
    ------
    ValueError
        For a choice that is not among the three.
    """
    if informal_by not in BY:
        raise ValueError(
            f"informal_employment_rate: informal_by={informal_by!r} is not known; expected one of "
            f"{', '.join(BY)}"
        )
    working = nw.col(practice.column) == EMPLOYED
    if informal_by == "recorded":
        nature = nw.col("ilo_job1_ife_nature")
        read: tuple[str, ...] = ("ilo_job1_ife_nature",)
        informal, formal = nature == INFORMAL, nature == FORMAL
    else:
        informal, formal, read = _derived(informal_by)
    settled = nw.when(informal | formal).then(nw.lit(1)).otherwise(nw.lit(0)) == 1
    unknown = {column: working & ~settled & nw.col(column).is_null() for column in read}
    columns, suffix = (practice.column, *read), f"__{informal_by}__{practice.column}"
    numerator = PersonSum("informal" + suffix, working & informal, columns)
    denominator = PersonSum("job_known" + suffix, working & (informal | formal), columns)
    return groups.ratio_of(practice, numerator, denominator, unknown, informal_by=informal_by)
