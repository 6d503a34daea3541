"""``analysis estimate``: indicators of a survey by domain, with sampling errors, to CSV or Parquet."""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd
from tqdm import tqdm

from analysis.estimation import (
    LONELY_PSU_RULES,
    Classification,
    SurveyDesign,
    age_bands,
    estimate_cells,
    flag_reliability,
    reduce_survey,
    reliability_policies,
    suppress_complements,
    synthetic_population,
)
from analysis.indicators import INDICATORS, Estimand, LabourForcePractice
from analysis.sources import mapping as mappings
from analysis.sources import microdata
from analysis.sources.survey_checks import SurveyError, harmonise

FORMATS = (".csv", ".parquet")
SEXES = {1: "M", 2: "F"}
STEPS = ("read and check", "reduce to cells", "estimate", "judge reliability", "write")


class AskedWrongly(ValueError):
    """Arguments that do not go together, or name what is not there."""


MISUSE = (AskedWrongly, mappings.MappingError)
FAILURES = (SurveyError, ValueError, KeyError, OSError)


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
    """

    title: str
    persons: Any
    design: SurveyDesign

    def samples(self) -> pd.DataFrame:
        """Return persons, population and mean weight of each sample: one row for each country and year."""
        frame, weight = nw.from_native(self.persons).lazy(), nw.col(self.design.weight)
        keys = list(self.design.survey)
        read = frame.select(*keys, one=nw.lit(1), weight=weight)
        sums = (nw.col("one").sum().alias("persons"), nw.col("weight").sum().alias("population"))
        found = (read.group_by(keys).agg(*sums) if keys else read.select(*sums)).collect("pandas").to_native()
        found["mean_weight"] = found["population"] / found["persons"]
        return found.sort_values(keys, ignore_index=True) if keys else found


def survey_at_hand(
    survey: str = "", mapping: str = "", *, engine: str = "pandas", seed: int = 2020
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

    Returns
    -------
    SurveyAtHand
        Ready to estimate from.

    Raises
    ------
    AskedWrongly
        When a mapping is given without a survey.
    MappingError, SurveyError
        When the mapping has faults, or the survey breaks its rules.
    """
    if not survey:
        if mapping:
            raise AskedWrongly(
                f"mapping {mapping} was given without a survey; name the survey's file as well"
            )
        source: Any = synthetic_population(seed).draw(seed)
        chosen = mappings.own_names(source.columns, f"synthetic survey, seed {seed}")
        persons = harmonise(source, chosen)
    elif mapping:
        chosen = mappings.load(mapping)
        persons = microdata.survey(survey, chosen, engine=engine)
    else:
        source = microdata.read(survey, engine=engine)
        chosen = mappings.own_names(nw.from_native(source).collect_schema().names(), Path(survey).name)
        persons = harmonise(source, chosen)
    there = {variable.name for variable in chosen.variables}
    design = SurveyDesign(
        stratum="stratum" if "stratum" in there else None,
        psu="psu" if "psu" in there else None,
        survey=tuple(name for name in ("country", "year") if name in there),
    )
    return SurveyAtHand(chosen.title, persons, design)


def dimensions(names: Sequence[str], bands: str = "15-24,25-54,55-64,65-") -> list[str | Classification]:
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
    made: dict[str, str | Classification] = {
        "sex": Classification("sex", nw.col("ilo_sex"), ("ilo_sex",), SEXES)
    }
    if "age" in names:
        try:
            ends = [band.split("-") for band in bands.split(",")]
            made["age"] = age_bands([(int(first), int(last) if last else None) for first, last in ends])
        except ValueError as error:
            raise AskedWrongly(f"age bands {bands!r}: {error}; expected such as 15-24,25-54,55-") from error
    return [made.get(name, name) for name in names]


def estimands(names: Sequence[str], icls: int | None = None) -> list[Estimand]:
    """Return indicators by id, by the status that the survey records or by a standard.

    Parameters
    ----------
    names : sequence of str
        Ids of indicators.
    icls : {13, 19}, optional
        Which standard derives labour force status from the answers; the recorded ``ilo_lfs`` when absent.

    Raises
    ------
    AskedWrongly
        When an indicator is not known; the message lists those that are.
    """
    unknown = [name for name in names if name not in INDICATORS]
    if unknown or not names:
        found = ", ".join(unknown) or "nothing"
        raise AskedWrongly(f"indicators: found {found}; expected some of {', '.join(sorted(INDICATORS))}")
    chosen = []
    for name in names:
        takes = inspect.signature(INDICATORS[name].function).parameters
        practice = {"practice": LabourForcePractice(icls=icls)} if icls and "practice" in takes else {}
        chosen.append(INDICATORS[name](**practice))
    return chosen


def write(estimates: pd.DataFrame, path: Path) -> None:
    """Write estimates as CSV or Parquet, by the end of the file's name; a CSV holds every digit."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        estimates.to_csv(path, index=False, lineterminator="\n")
    else:
        text = dict.fromkeys(estimates.select_dtypes("category").columns, "str")
        estimates.astype(text).to_parquet(path, index=False)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the survey, what to estimate, by what, and where to write it."""
    parser.add_argument("survey", nargs="?", default="", help="file or folder: Stata, SPSS, CSV or Parquet")
    parser.add_argument(
        "--mapping", default="", help="TOML file: which column is which, which codes mean what"
    )
    parser.add_argument(
        "--indicators", default="unemployment_rate", help=f"ids, with commas: {', '.join(INDICATORS)}"
    )
    parser.add_argument(
        "--by", default="", help="dimensions, with commas: country,year,sex,age or columns kept"
    )
    parser.add_argument("--age-bands", default="15-24,25-54,55-64,65-", help="bands of --by age")
    parser.add_argument(
        "--icls", type=int, choices=(13, 19), help="derive labour force status by this standard"
    )
    parser.add_argument("--engine", choices=microdata.ENGINES, default="pandas", help="what reads the survey")
    parser.add_argument("--lonely-psu", choices=LONELY_PSU_RULES, default="fail", help="strata of one PSU")
    parser.add_argument("--interval", choices=("logit", "wald"), default="logit", help="intervals of rates")
    parser.add_argument("--policy", choices=sorted(reliability_policies()), default="ilo", help="reliability")
    parser.add_argument("--no-standard-errors", action="store_true", help="values only; no PSU is needed")
    parser.add_argument(
        "--output", type=Path, help="a .csv or .parquet file; the table is printed without it"
    )
    parser.add_argument(
        "--seed-synthetic", type=int, help="estimate from the synthetic survey of this seed instead"
    )


def run(arguments: argparse.Namespace) -> int:
    """Estimate, and write or print one row for each indicator and domain; return 0."""
    if bool(arguments.survey) == (arguments.seed_synthetic is not None):
        raise AskedWrongly("name either a survey or --seed-synthetic, for example --seed-synthetic 2020")
    if arguments.output and arguments.output.suffix not in FORMATS:
        raise AskedWrongly(f"--output {arguments.output}: expected a name ending in {' or '.join(FORMATS)}")
    by = dimensions([name for name in arguments.by.split(",") if name], arguments.age_bands)
    chosen = estimands([name for name in arguments.indicators.split(",") if name], arguments.icls)
    errors = not arguments.no_standard_errors
    with tqdm(total=len(STEPS), unit="step", file=sys.stderr, leave=False) as progress:
        step = _stepper(progress)
        step()
        survey = survey_at_hand(
            arguments.survey, arguments.mapping, engine=arguments.engine, seed=arguments.seed_synthetic or 0
        )
        step()
        cells = reduce_survey(survey.persons, chosen, survey.design, _classified(by), standard_errors=errors)
        step()
        estimates = estimate_cells(cells, lonely_psu=arguments.lonely_psu, interval=arguments.interval)
        step()
        named = [each if isinstance(each, str) else each.name for each in by]
        estimates = suppress_complements(flag_reliability(estimates, arguments.policy), named)
        step()
        if arguments.output:
            write(estimates, arguments.output)
    print(
        f"{arguments.output}: {len(estimates)} estimates"
        if arguments.output
        else estimates.to_string(index=False)
    )
    return 0


def _classified(by: Sequence[str | Classification]) -> list[Classification]:
    return [Classification(each, nw.col(each), (each,)) if isinstance(each, str) else each for each in by]


def _stepper(progress: tqdm):
    """Return a function that names the step now begun and counts those done."""
    names = iter(STEPS)

    def step() -> None:
        if progress.desc:
            progress.update()
        progress.set_description(next(names))

    return step
