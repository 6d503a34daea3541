"""Social protection coverage (SDG 1.3.1): the aggregate and nine components, each over its own denominator.

The components differ in whom they are about, so they are never averaged or added; the aggregate counts
persons once.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from analysis.indicators import populations as groups
from analysis.indicators.declaration import PersonSum, indicator
from analysis.indicators.labour_force_status import EMPLOYED, UNEMPLOYED

SOURCE = "UN SDG metadata 1.3.1; ILO World Social Protection Report, annex on measuring coverage"


def _coverage(
    name: str, target: nw.Expr, target_columns: tuple[str, ...], answer: str, **choices: str
) -> Mapping:
    covered, columns = nw.col(answer), (*target_columns, answer)
    return {
        "numerator": PersonSum(f"{name}__covered", target & (covered == 1), columns),
        "denominator": PersonSum(f"{name}__target", target & ((covered == 1) | (covered == 0)), columns),
        "choices": choices,
        "unsettled": {answer: target & covered.is_null()},
    }


def _declare(title: str, formula: str, age: str = "all ages"):
    return indicator(title=title, formula=formula, unit="percent", age=age, sdg="1.3.1", standard=SOURCE)


@_declare("Population covered by at least one social protection benefit", "persons covered / population")
def social_protection_coverage() -> Mapping:
    r"""Share of the population that receives a cash benefit or contributes to social insurance, in per cent.

    Returns
    -------
    Estimand
        :math:`100\, C / N`, from ``covered_any_benefit`` (1 yes, 0 no); a person with no answer is in
        neither sum.
    """
    return _coverage("any_benefit", nw.lit(True), (), "covered_any_benefit")


@_declare("Children covered by social protection benefits", "children with a benefit / children", "0–14")
def social_protection_children(*, last_age: int = 14) -> Mapping:
    """Share of children who, or whose household, receive child or family cash benefits, in per cent.

    Parameters
    ----------
    last_age : int, years
        Last year of childhood: 14 in the UN series, 17 in some national practice.

    Returns
    -------
    Estimand
        Per cent of children, from ``receives_child_benefit``; no answer, in neither sum.
    """
    return _coverage(
        f"children_{last_age}",
        groups.aged(0, last_age),
        ("ilo_age",),
        "receives_child_benefit",
        children=f"0–{last_age}",
    )


@_declare(
    "Mothers with newborns covered by maternity benefits",
    "mothers with a benefit / women giving birth",
    "women",
)
def social_protection_mothers() -> Mapping:
    """Share of women who gave birth in the year and receive maternity benefits, in per cent.

    Returns
    -------
    Estimand
        Per cent of women with ``gave_birth`` 1, from ``receives_maternity_benefit``; no answer, in neither
        sum.
    """
    return _coverage("mothers", nw.col("gave_birth") == 1, ("gave_birth",), "receives_maternity_benefit")


@_declare(
    "Persons with severe disabilities covered by benefits",
    "persons with a benefit / persons with disabilities",
)
def social_protection_disability() -> Mapping:
    """Share of persons with severe disabilities who receive disability cash benefits, in per cent.

    Returns
    -------
    Estimand
        Per cent of persons with ``severe_disability`` 1, from ``receives_disability_benefit``.
    """
    return _coverage(
        "disability", nw.col("severe_disability") == 1, ("severe_disability",), "receives_disability_benefit"
    )


@_declare(
    "Unemployed persons covered by unemployment benefits", "unemployed with a benefit / unemployed", "15+"
)
def social_protection_unemployed() -> Mapping:
    """Share of the unemployed who receive unemployment cash benefits, in per cent.

    Returns
    -------
    Estimand
        Per cent of the unemployed (``ilo_lfs`` 2), from ``receives_unemployment_benefit``.
    """
    return _coverage(
        "unemployed", nw.col("ilo_lfs") == UNEMPLOYED, ("ilo_lfs",), "receives_unemployment_benefit"
    )


@_declare("Workers covered in case of work injury", "employed covered / employed", "15+")
def social_protection_work_injury(*, over: str = "employed") -> Mapping:
    """Share of workers who are covered in the event of work injury, in per cent.

    Parameters
    ----------
    over : {"employed", "labour_force"}
        Whether workers are the employed, or the employed and the unemployed, as some national series have it.

    Returns
    -------
    Estimand
        Per cent of the employed (``ilo_lfs`` 1) or of the labour force (1 or 2), by ``covered_work_injury``.

    Raises
    ------
    ValueError
        For a choice that is not among the two.
    """
    statuses = {"employed": (EMPLOYED,), "labour_force": (EMPLOYED, UNEMPLOYED)}
    if over not in statuses:
        raise ValueError(
            f"social_protection_work_injury: over={over!r} is not known; expected 'employed' or "
            "'labour_force'"
        )
    workers = nw.col("ilo_lfs").is_in(statuses[over])
    return _coverage(f"work_injury_{over}", workers, ("ilo_lfs",), "covered_work_injury", over=over)


@_declare(
    "Older persons receiving a pension",
    "pensioners / persons of pensionable age",
    "pensionable age and above",
)
def social_protection_older_persons(
    *, pensionable_age: int = 65, pensionable_age_women: int | None = None
) -> Mapping:
    """Share of persons of statutory pensionable age or above who receive a pension, in per cent.

    Parameters
    ----------
    pensionable_age : int, years
        The country's statutory age.
    pensionable_age_women : int, years, optional
        The statutory age of women where it differs; then a person whose sex is missing is in neither sum.

    Returns
    -------
    Estimand
        Per cent of older persons, from ``receives_pension``.
    """
    women_age = pensionable_age if pensionable_age_women is None else pensionable_age_women
    old = groups.aged(pensionable_age)
    columns: tuple[str, ...] = ("ilo_age",)
    if women_age != pensionable_age:
        sex = nw.col("ilo_sex")
        old = (old & (sex == 1)) | (groups.aged(women_age) & (sex == groups.WOMAN))
        columns = ("ilo_age", "ilo_sex")
    return _coverage(
        f"older_{pensionable_age}_{women_age}",
        old,
        columns,
        "receives_pension",
        pensionable_age=f"{pensionable_age} (women {women_age})",
    )


@_declare("Labour force contributing to a pension scheme", "contributors / labour force", "15+")
def social_protection_contributors() -> Mapping:
    """Share of the labour force that actively contributes to a pension scheme, in per cent.

    Returns
    -------
    Estimand
        Per cent of the labour force (``ilo_lfs`` 1 or 2), from ``contributes_to_pension``.
    """
    lfs = nw.col("ilo_lfs")
    return _coverage(
        "contributors", (lfs == EMPLOYED) | (lfs == UNEMPLOYED), ("ilo_lfs",), "contributes_to_pension"
    )


@_declare("Vulnerable persons covered by social assistance", "persons with assistance / vulnerable persons")
def social_protection_vulnerable() -> Mapping:
    """Share of vulnerable persons who receive social assistance cash benefits, in per cent.

    Vulnerable persons (``vulnerable`` 1) are children without contributory cover, persons of working age who
    neither contribute nor receive contributory benefits, and older persons without a contributory pension.

    Returns
    -------
    Estimand
        Per cent of vulnerable persons, from ``receives_social_assistance``.
    """
    return _coverage("vulnerable", nw.col("vulnerable") == 1, ("vulnerable",), "receives_social_assistance")


@_declare("Poor persons covered by social assistance", "poor persons with assistance / poor persons")
def social_protection_poor() -> Mapping:
    """Share of the poor who receive social assistance cash benefits, in per cent.

    Returns
    -------
    Estimand
        Per cent of persons below the national poverty line (``poor`` 1), from ``receives_social_assistance``.
    """
    return _coverage("poor", nw.col("poor") == 1, ("poor",), "receives_social_assistance")
