"""Working poverty: against dated international lines that carry their PPP base, or a country's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import narwhals as nw

from analysis.indicators import populations as groups
from analysis.indicators.declaration import PersonSum, indicator
from analysis.indicators.labour_force_status import EMPLOYED, RECORDED
from analysis.indicators.populations import Status

NATIONAL_CONSUMPTION, NATIONAL_LINE = "daily_consumption_lcu", "national_poverty_line"
"""Consumption or income, and the poverty line: a person a day, in local currency of one year."""


@dataclass(frozen=True)
class PovertyLine:
    """An international poverty line: `dollars` a person a day at the `ppp_base` purchasing power parities."""

    ppp_base: int
    level: str
    dollars: float
    adopted: date
    source: str

    @property
    def column(self) -> str:
        """The column of consumption or income per person per day that may be compared with the line."""
        return f"daily_consumption_ppp{self.ppp_base}"


@cache
def poverty_lines() -> tuple[PovertyLine, ...]:
    """Return every recorded poverty line, oldest first."""
    recorded = tomllib.loads(files(__package__).joinpath("poverty_lines.toml").read_text(encoding="utf-8"))
    return tuple(
        sorted(
            (PovertyLine(**line) for line in recorded["line"]), key=lambda line: (line.adopted, line.dollars)
        )
    )


def poverty_line(
    ppp_base: int | None = None, *, level: str = "extreme", on: date | None = None
) -> PovertyLine:
    """Return the poverty line of a PPP base, or the one in force on a day.

    Parameters
    ----------
    ppp_base : int, optional
        Year of the purchasing power parities: 1985, 1993, 2005, 2011, 2017 or 2021. Give this or `on`.
    level : {"extreme", "lower_middle_income", "upper_middle_income"}
        Which of the World Bank's lines.
    on : datetime.date, optional
        A day; the line last adopted by then is returned.

    Returns
    -------
    PovertyLine
        In international dollars a person a day.

    Raises
    ------
    ValueError
        When no line is recorded for the request, or neither base nor day is given.
    """
    if (ppp_base is None) == (on is None):
        raise ValueError("poverty_line: give either ppp_base or on, not both and not neither")
    lines = [line for line in poverty_lines() if line.level == level]
    matching = [line for line in lines if (line.ppp_base == ppp_base if on is None else line.adopted <= on)]
    if not matching:
        listed = ", ".join(
            f"{line.level} {line.ppp_base} (adopted {line.adopted})" for line in poverty_lines()
        )
        request = f"PPP base {ppp_base}" if on is None else f"day {on}"
        raise ValueError(
            f"poverty_lines.toml: no line for {request} at level {level!r}; recorded are {listed}"
        )
    return matching[-1]


@indicator(
    title="Working poverty rate",
    formula="employed persons below the international poverty line / employed persons",
    unit="percent",
    age="15+",
    sdg="1.1.1",
    standard="UN SDG metadata 1.1.1 (employed population below the international poverty line); KILM 18",
)
def working_poverty_rate(
    *, practice: Status = RECORDED, ppp_base: int = 2021, level: str = "extreme"
) -> Mapping:
    r"""Share of the employed in households below the international poverty line, in per cent (SDG 1.1.1).

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.
    ppp_base : int
        Base year of the purchasing power parities, which names the line and the column: with 2017 the line
        is 2.15 international dollars and the column is ``daily_consumption_ppp2017``, consumption or income
        per person per day. A column at another base is never compared.
    level : {"extreme", "lower_middle_income", "upper_middle_income"}
        Which line.

    Returns
    -------
    Estimand
        :math:`100\, E_{c < z} / E`. An employed person whose consumption is missing is in neither sum.

    Raises
    ------
    ValueError
        When no line is recorded for the base and level.
    """
    line = poverty_line(ppp_base, level=level)
    below = nw.col(line.column) < line.dollars
    return _working_poor(
        practice,
        f"{level}_{ppp_base}",
        (line.column,),
        below,
        nw.col(line.column) >= line.dollars,
        f"{line.dollars:.2f} a day, {ppp_base} PPP, {level}",
    )


@indicator(
    title="Working poverty rate, national line",
    formula="employed persons below the national poverty line / employed persons",
    unit="percent",
    age="15+",
    standard="the rate of UN SDG metadata 1.1.1 among the employed, at the country's own line (as in 1.2.1)",
)
def working_poverty_rate_national(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of the employed in households below the country's own poverty line, in per cent.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.

    Returns
    -------
    Estimand
        :math:`100\, E_{c < z} / E`, with c ``daily_consumption_lcu`` and z ``national_poverty_line``, both a
        person a day in local currency. An employed person in whom either is missing is in neither sum.
    """
    consumption, line = nw.col(NATIONAL_CONSUMPTION), nw.col(NATIONAL_LINE)
    columns = (NATIONAL_CONSUMPTION, NATIONAL_LINE)
    return _working_poor(
        practice,
        "national",
        columns,
        consumption < line,
        consumption >= line,
        f"{NATIONAL_LINE} of each person",
    )


def _working_poor(
    practice: Status, name: str, columns: tuple[str, ...], below: nw.Expr, above: nw.Expr, line_in_words: str
) -> Mapping:
    working = (nw.col(practice.column) == EMPLOYED) & groups.aged(15)
    suffix = f"__{name}__{practice.column}"
    unknown = {column: working & groups.unclassified(column) for column in columns}
    read, poor = (practice.column, "ilo_age", *columns), working & below
    numerator = PersonSum("working_poor" + suffix, poor, read)
    denominator = PersonSum("employed_consuming" + suffix, poor | (working & above), read)
    return groups.ratio_of(practice, numerator, denominator, unknown, poverty_line=line_in_words)
