"""A country's own poverty lines, by country and year, put beside the persons of a survey."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import narwhals as nw

from analysis.estimation.beside_survey import plain_number, told_rows
from analysis.estimation.survey_at_hand import SurveyAtHand
from analysis.estimation.variants import AskedWrongly
from analysis.indicators import NATIONAL_LINE

COLUMNS = ("country", "year", "line")
YEAR = re.compile("[12][0-9]{3}")


def national_lines(path: Path | str) -> dict[tuple[str, int], float]:
    """Read a CSV file of poverty lines: ``country``, ``year`` and ``line`` a person a day, in local currency.

    Raises
    ------
    AskedWrongly
        When the file is not there, lacks a column, names a country and year twice, or a line is no positive
        number.
    """
    lines: dict[tuple[str, int], float] = {}
    for number, row in told_rows("--poverty-line", path, COLUMNS):
        line = plain_number(row["line"])
        if not line or not YEAR.fullmatch(row["year"].strip()):
            raise AskedWrongly(
                f"--poverty-line {path}, line {number}: found {row}; expected a year and an amount such as "
                "2.15"
            )
        sample = (row["country"].strip(), int(row["year"]))
        if sample in lines:
            raise AskedWrongly(
                f"--poverty-line {path}, line {number}: {' '.join(map(str, sample))} stands twice"
            )
        lines[sample] = line
    return lines


def with_national_lines(survey: SurveyAtHand, lines: Mapping[tuple[str, int], float]) -> SurveyAtHand:
    """Return a survey with each person's national poverty line, by country and year.

    Raises
    ------
    AskedWrongly
        When the survey does not tell samples apart by country and year, or a sample has no line.
    """
    if survey.design.survey != ("country", "year"):
        raise AskedWrongly("--poverty-line: a national line needs the survey's country and year; map both")
    samples = [(str(c), int(y)) for c, y in survey.samples()[["country", "year"]].itertuples(index=False)]
    absent = [f"{country} {year}" for country, year in samples if (country, year) not in lines]
    if absent:
        raise AskedWrongly(f"--poverty-line: there is no line for {', '.join(absent)}")
    (first, *others) = samples

    def here(sample: tuple[str, int]) -> nw.Expr:
        return (nw.col("country").cast(nw.String) == sample[0]) & (nw.col("year").cast(nw.Int64) == sample[1])

    line = nw.when(here(first)).then(nw.lit(float(lines[first])))
    for sample in others:
        line = line.when(here(sample)).then(nw.lit(float(lines[sample])))
    persons = nw.from_native(survey.persons).with_columns(line.alias(NATIONAL_LINE)).to_native()
    return replace(survey, persons=persons)
