"""Labour force status from survey answers, by the 13th, 19th or 21st Conference of Labour Statisticians."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import narwhals as nw

from analysis.indicators.declaration import Estimand

EMPLOYED, UNEMPLOYED, OUTSIDE, UNKNOWN = 1, 2, 3, 0
"""Codes of the harmonised variable ``ilo_lfs``; 0, like a missing code, is a status that is not known."""

CHOICES = {
    "icls": (13, 19, 21),
    "unemployment_criteria": ("seeking_and_available", "available", "seeking"),
    "future_starters": ("if_available", "always", "never"),
    "subsistence_producers": ("by_standard", "employed", "not_employed"),
    "unpaid_trainees": ("by_standard", "employed", "not_employed"),
}


WORKING_AGE = 15
"""Least age, in years, of the working-age population of the declarations."""


def _yes(column: str) -> nw.Expr:
    return nw.col(column) == 1


def _no(column: str) -> nw.Expr:
    return nw.col(column) == 0


@dataclass(frozen=True)
class LabourForcePractice:
    """How answers become labour force status; every departure from the standard is a named parameter.

    The answers are columns of 1 (yes) and 0 (no): ``absent_from_job`` (temporarily, with a job to return to),
    ``own_use_producer`` (worked at producing goods mainly for the household's own use), ``unpaid_trainee``,
    ``seeking_work`` (in the last four weeks), ``available_for_work``, ``future_starter`` (a job arranged to
    begin within three months); and ``hours_for_pay_or_profit`` worked in the reference week (0 for none). A
    column is read only where the practice needs it.

    Parameters
    ----------
    icls : {19, 13, 21}
        The conference whose resolution is followed. The 13th (1982) counts producers for own use and unpaid
        trainees as employed; the 19th (2013) confines employment to work for pay or profit. The 21st (2023)
        amends the resolution of the 19th; that it leaves the criteria read here as they are was not verified
        against its text.
    hours_threshold : float, hours a week
        Least hours worked for pay or profit that make a person employed; one hour in both standards.
    unemployment_criteria : {"seeking_and_available", "available", "seeking"}
        What, besides being without work, makes a person unemployed. National practice relaxes one criterion
        where the survey lacks the question or where job search has little meaning (13th ICLS, paragraph 10
        (2)).
    future_starters : {"if_available", "always", "never"}
        Whether a person with a job arranged, who did not seek work, is unemployed.
    subsistence_producers : {"by_standard", "employed", "not_employed"}
        Whether producing goods mainly for own use is employment.
    unpaid_trainees : {"by_standard", "employed", "not_employed"}
        Whether unpaid trainee work is employment.
    working_age : int, years
        Least age of the working-age population.

    Raises
    ------
    ValueError
        For a choice that is not among those named.

    Notes
    -----
    Status is not known where the answer that decides it is missing, and outside the working-age population.

    References
    ----------
    13th ICLS (1982), Resolution concerning statistics of the economically active population, paragraphs 9–10;
    19th ICLS (2013), Resolution I concerning statistics of work, employment and labour underutilization,
    paragraphs 27–32 and 47–48.
    """

    icls: int = 19
    hours_threshold: float = 1
    unemployment_criteria: str = "seeking_and_available"
    future_starters: str = "if_available"
    subsistence_producers: str = "by_standard"
    unpaid_trainees: str = "by_standard"
    working_age: int = WORKING_AGE

    def __post_init__(self):
        for name, allowed in CHOICES.items():
            value = getattr(self, name)
            if value not in allowed:
                raise ValueError(
                    f"labour force practice: {name}={value!r} is not known; "
                    f"expected one of {', '.join(map(repr, allowed))}"
                )
        if not 0 < self.hours_threshold <= 168:
            raise ValueError(
                f"labour force practice: hours_threshold={self.hours_threshold!r}; "
                "expected hours a week above 0, at most 168"
            )

    @property
    def choices(self) -> Mapping[str, str]:
        """Every parameter with its value, as written beside the numbers."""
        return {f.name: str(getattr(self, f.name)) for f in fields(self)}

    @property
    def column(self) -> str:
        """Name of the derived status column, one for each practice."""
        return "ilo_lfs__" + "_".join(str(getattr(self, f.name)) for f in fields(self))

    def _counts_as_employed(self, choice: str) -> bool:
        return choice == "employed" or (choice == "by_standard" and self.icls == 13)

    def _also_employed(self) -> list[str]:
        kinds = {"own_use_producer": self.subsistence_producers, "unpaid_trainee": self.unpaid_trainees}
        return [
            "absent_from_job",
            *(kind for kind, choice in kinds.items() if self._counts_as_employed(choice)),
        ]

    @property
    def answers(self) -> tuple[str, ...]:
        """The columns of answers that the practice reads."""
        criteria = {
            "seeking_and_available": ("seeking_work", "available_for_work"),
            "available": ("available_for_work",),
            "seeking": ("seeking_work",),
        }[self.unemployment_criteria]
        starters = {
            "if_available": ("future_starter", "available_for_work"),
            "always": ("future_starter",),
            "never": (),
        }
        read = (
            "ilo_age",
            "hours_for_pay_or_profit",
            *self._also_employed(),
            *criteria,
            *starters[self.future_starters],
        )
        return tuple(dict.fromkeys(read))

    def status(self) -> nw.Expr:
        """Return labour force status as an expression: 1 employed, 2 unemployed, 3 outside, 0 not known."""
        hours = nw.col("hours_for_pay_or_profit")
        employed, without_work = hours >= self.hours_threshold, hours < self.hours_threshold
        for answer in self._also_employed():
            employed, without_work = employed | _yes(answer), without_work & _no(answer)

        meets = {
            "seeking_and_available": (
                _yes("seeking_work") & _yes("available_for_work"),
                _no("seeking_work") | _no("available_for_work"),
            ),
            "available": (_yes("available_for_work"), _no("available_for_work")),
            "seeking": (_yes("seeking_work"), _no("seeking_work")),
        }
        unemployed, outside = meets[self.unemployment_criteria]
        if self.future_starters == "if_available":
            unemployed = unemployed | (_yes("future_starter") & _yes("available_for_work"))
            outside = outside & (_no("future_starter") | _no("available_for_work"))
        elif self.future_starters == "always":
            unemployed, outside = unemployed | _yes("future_starter"), outside & _no("future_starter")

        of_age = self._of_age()
        status = nw.when(of_age & without_work & outside).then(nw.lit(OUTSIDE)).otherwise(nw.lit(UNKNOWN))
        status = nw.when(of_age & without_work & unemployed).then(nw.lit(UNEMPLOYED)).otherwise(status)
        return nw.when(of_age & employed).then(nw.lit(EMPLOYED)).otherwise(status)

    def _of_age(self) -> nw.Expr:
        return nw.col("ilo_age") >= self.working_age

    @property
    def derived(self) -> Mapping[str, nw.Expr]:
        """The derived status, by its column."""
        return {self.column: self.status()}

    @property
    def unsettled(self) -> Mapping[str, nw.Expr]:
        """By answer, who is of working age and has no status because the answer is missing."""
        unknown = self._of_age() & (nw.col(self.column) == UNKNOWN)
        by_answer = {answer: unknown & nw.col(answer).is_null() for answer in self.answers}
        return by_answer | {"ilo_age": nw.col("ilo_age").is_null()}


@dataclass(frozen=True)
class RecordedStatus:
    """Labour force status as the survey records it in ``ilo_lfs`` (1 employed, 2 unemployed, 3 outside).

    The harmonised variable is missing outside the working-age population and where status is unknown; such
    persons belong to no labour indicator. A status recorded below the working age is not read:
    `of_working_age` confines it by the survey's ``ilo_age`` and ``ilo_wap``, where it has them.
    """

    column: str = "ilo_lfs"
    answers: tuple[str, ...] = ()
    derived: Mapping[str, nw.Expr] = field(default_factory=dict, compare=False)
    unsettled: Mapping[str, nw.Expr] = field(default_factory=dict, compare=False)

    @property
    def choices(self) -> Mapping[str, str]:
        """What is written beside the numbers."""
        return {"labour_force_status": f"as recorded in {self.column}"}


RECORDED = RecordedStatus()


def of_working_age(estimand: Estimand, present: Collection[str]) -> Estimand:
    """Confine the recorded status that an estimand reads to persons of working age.

    Parameters
    ----------
    estimand : Estimand
        Whatever reads ``ilo_lfs``; any other is returned as it is.
    present : collection of str
        The survey's columns. ``ilo_age`` has to be 15 or more, ``ilo_wap`` has to be 1; each only where the
        survey has it, and a person in whom it is missing is not of working age.

    Returns
    -------
    Estimand
        Its definition says which columns decide, or that the survey has neither.
    """
    column = RECORDED.column
    if column not in estimand.columns or column in estimand.derived:
        return estimand
    conditions = {"ilo_age": nw.col("ilo_age") >= WORKING_AGE, "ilo_wap": nw.col("ilo_wap") == 1}
    applied = {name: condition for name, condition in conditions.items() if name in present}
    if not applied:
        age_rule = f"{WORKING_AGE}+, not applied: the survey has neither ilo_age nor ilo_wap"
        return replace(estimand, choices={**estimand.choices, "working_age": age_rule})
    of_age = nw.lit(True)
    for condition in applied.values():
        of_age = of_age & condition
    unknown = {column: of_age & nw.col(column).is_null()}
    if "ilo_age" in applied:
        unknown["ilo_age"] = nw.col("ilo_age").is_null()
    return replace(
        estimand,
        derived={**estimand.derived, column: nw.when(of_age).then(nw.col(column))},
        answers=tuple(dict.fromkeys((*estimand.answers, column, *applied))),
        choices={**estimand.choices, "working_age": f"{WORKING_AGE}+ by {' and '.join(applied)}"},
        unsettled={**unknown, **estimand.unsettled},
    )


def single_departures(practice: LabourForcePractice | None = None) -> dict[str, LabourForcePractice]:
    """List the practices that differ from one in a single choice, the practice itself first.

    Parameters
    ----------
    practice : LabourForcePractice, optional
        Where to start; the 19th ICLS without variants by default.

    Returns
    -------
    dict of str to LabourForcePractice
        By label, such as ``"future_starters=never"``; the first, ``"reference"``, is the practice itself.
    """
    start = practice or LabourForcePractice()
    listed = {"reference": start}
    for name, allowed in CHOICES.items():
        for choice in allowed:
            same = "employed" if start.icls == 13 else "not_employed"
            if name == "icls" and {choice, start.icls} == {19, 21}:
                continue
            if choice == getattr(start, name) or (choice == same and getattr(start, name) == "by_standard"):
                continue
            changed: dict[str, Any] = {name: choice}
            listed[f"{name}={choice}"] = replace(start, **changed)
    return listed
