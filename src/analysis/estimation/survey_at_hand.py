"""A survey at hand: under harmonised names, checked, with its design; what to estimate, and by what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from analysis.estimation import Classification, SurveyDesign, age_bands, synthetic_population
from analysis.estimation.variants import AskedWrongly
from analysis.sources import mapping as mappings
from analysis.sources import microdata
from analysis.sources.form import PLAIN, Form
from analysis.sources.survey_checks import harmonise
from analysis.sources.survey_files import describe_survey

SEXES = {1: "M", 2: "F"}
READ_BY = {"sex": "ilo_sex", "age": "ilo_age"}
"""The column that a dimension reads, where it is not the dimension's own name."""

BANDS = "15-24,25-54,55-64,65-"
BAND = re.compile(r"\s*(\d+)\s*-\s*(\d*)\s*")


@dataclass(frozen=True, eq=False)
class SurveyAtHand:
    """A survey under harmonised names, checked, with its design.

    Attributes
    ----------
    title : str
        The survey's name.
    persons : dataframe, lazy frame or relation
        One row a person.
    design : SurveyDesign
        Weight, stratum, PSU and the columns that tell samples apart.
    weight_column : str
        The survey's own name of the weight's column; empty where it is not known.
    decimal : str
        What stands before decimals where the survey's columns are text.
    open_ages : tuple of float
        The least age of each open class that the survey records instead of single years.
    """

    title: str
    persons: Any
    design: SurveyDesign
    weight_column: str = ""
    decimal: str = "."
    open_ages: tuple[float, ...] = ()

    def holds(self, name: str) -> bool:
        """Whether the survey has the column that a dimension or an indicator reads."""
        return READ_BY.get(name, name) in nw.from_native(self.persons).collect_schema()

    def units(self) -> int | None:
        """Return the number of primary sampling units of all samples; None where none are named."""
        if self.design.psu is None:
            return None
        keys = [name for name in (*self.design.survey, self.design.stratum, self.design.psu) if name]
        distinct = nw.from_native(self.persons).lazy().select(*keys).unique()
        return int(distinct.select(units=nw.len()).collect("pandas").to_native()["units"].iloc[0])

    def quarters(self) -> int:
        """Return the greatest number of quarters that a sample holds."""
        keys = list(self.design.survey)
        quarters = nw.from_native(self.persons).lazy().select(*keys, "quarter").unique()
        distinct = quarters.collect("pandas").to_native()
        return int(distinct.groupby(keys)["quarter"].nunique().max() if keys else len(distinct))

    def samples(self) -> pd.DataFrame:
        """Return persons, population and mean weight of each sample: one row for each country and year."""
        frame, weight = nw.from_native(self.persons).lazy(), nw.col(self.design.weight)
        keys = list(self.design.survey)
        read = frame.select(*keys, one=nw.lit(1), weight=weight)
        sums = (nw.col("one").sum().alias("persons"), nw.col("weight").sum().alias("population"))
        samples = (
            (read.group_by(keys).agg(*sums) if keys else read.select(*sums)).collect("pandas").to_native()
        )
        samples["mean_weight"] = samples["population"] / samples["persons"]
        return samples.sort_values(keys, ignore_index=True) if keys else samples


def survey_at_hand(
    survey: str = "",
    mapping: str = "",
    *,
    engine: str = "pandas",
    seed: int = 2020,
    form: Form = PLAIN,
) -> SurveyAtHand:
    """Open a survey, or draw the synthetic one, and check it.

    Parameters
    ----------
    survey : str
        A file or a folder; the synthetic survey when empty.
    mapping : str
        The survey's mapping file; when empty, the survey's own columns have to bear harmonised names.
    engine : {"pandas", "polars", "duckdb"}
        What reads the file.
    seed : int
        Seed of the synthetic survey.
    form : Form
        How a text file is written, where the mapping does not say or says otherwise.

    Returns
    -------
    SurveyAtHand
        Ready to estimate from.

    Raises
    ------
    AskedWrongly
        When a mapping is given without a survey.
    SurveyMappingError, SurveyError
        When the mapping has faults, or the survey breaks its rules.
    UnreadableSurvey
        When the survey's file cannot be read.
    """
    if not survey:
        if mapping:
            raise AskedWrongly(
                f"mapping {mapping} was given without a survey; name the survey's file as well"
            )
        return frame_at_hand(synthetic_population(seed).draw(seed), title=f"synthetic survey, seed {seed}")
    if mapping:
        chosen = mappings.load(mapping)
        if any("*" in name for name in chosen.keep):
            columns = describe_survey(survey, form.or_else(chosen.form)).columns
            kept = [[c for c in columns if fnmatchcase(c, name)] or [name] for name in chosen.keep]
            chosen = replace(chosen, keep=tuple(dict.fromkeys(c for names in kept for c in names)))
    else:
        columns = describe_survey(survey, form).columns
        chosen = mappings.own_names(columns, Path(survey).name)
    chosen = replace(chosen, form=form.or_else(chosen.form))
    return _designed(chosen, microdata.survey(survey, chosen, engine=engine))


def frame_at_hand(persons: Any, mapping: str = "", *, title: str = "a frame") -> SurveyAtHand:
    """Check a frame of one row a person, and read its design from its columns.

    Parameters
    ----------
    persons : dataframe
        Any that Narwhals reads.
    mapping : str
        A mapping file; when empty, the columns have to bear harmonised names.
    title : str
        What the survey is called.

    Raises
    ------
    SurveyMappingError, SurveyError
        When the mapping has faults, or the survey breaks its rules.
    """
    columns = nw.from_native(persons).collect_schema().names()
    chosen = mappings.load(mapping) if mapping else mappings.own_names(columns, title)
    return _designed(chosen, harmonise(persons, chosen))


def _designed(chosen: mappings.SurveyMapping, persons: Any) -> SurveyAtHand:
    there = {variable.name: variable for variable in chosen.variables}
    design = SurveyDesign(
        stratum="stratum" if "stratum" in there else None,
        psu="psu" if "psu" in there else None,
        survey=tuple(name for name in ("country", "year") if name in there),
    )
    weight = "".join(there["ilo_wgt"].columns)
    ages = there.get("ilo_age")
    open_ages = tuple(ages.top_codes.values()) if ages else ()
    return SurveyAtHand(chosen.title, persons, design, weight, chosen.form.decimal or ".", open_ages)


def domain_dimensions(names: Sequence[str], bands: str = BANDS) -> list[str | Classification]:
    """Return the dimensions of domains by name: ``sex``, ``age``, or a column of the survey.

    Parameters
    ----------
    names : sequence of str
        ``sex`` has the classes M and F, ``age`` the bands; any other name is a column, by its codes.
    bands : str
        Ages of the bands, such as ``15-24,25-``.

    Raises
    ------
    AskedWrongly
        When a name stands twice, or the bands cannot be read.
    """
    if len(set(names)) < len(names):
        raise AskedWrongly(f"by: {', '.join(names)} names a dimension twice")
    known: dict[str, str | Classification] = {
        "sex": Classification("sex", nw.col("ilo_sex"), ("ilo_sex",), SEXES)
    }
    if "age" in names:
        ends = [BAND.fullmatch(band) for band in bands.split(",")]
        expected = "expected such as 15-24,25-54,55-"
        if not all(ends):
            raise AskedWrongly(
                f"age bands {bands!r}: {expected}, ages with a hyphen and commas between bands"
            )
        try:
            known["age"] = age_bands([(int(e[1]), int(e[2]) if e[2] else None) for e in ends if e])
        except ValueError as error:
            raise AskedWrongly(f"age bands {bands!r}: {error}; {expected}") from error
    return [known.get(name, name) for name in names]
