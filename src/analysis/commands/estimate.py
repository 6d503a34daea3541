"""Arguments of ``analysis estimate``, and the run from survey to file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from analysis.estimation import (
    LONELY_PSU_RULES,
    estimate,
    flag_reliability,
    reliability_policies,
    suppress_complements,
)
from analysis.estimation.survey_at_hand import BANDS, AskedWrongly, dimensions, estimands, survey_at_hand
from analysis.indicators import INDICATORS
from analysis.sources.mapping import MappingError
from analysis.sources.microdata import ENGINES

FORMATS = (".csv", ".parquet")
STEPS = ("read and check", "estimate", "judge reliability", "write")
MISUSE = (AskedWrongly, MappingError)
FAILURES = (ValueError, KeyError, OSError)


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
    parser.add_argument("--age-bands", default=BANDS, help="bands of --by age")
    parser.add_argument(
        "--icls", type=int, choices=(13, 19), help="derive labour force status by this standard"
    )
    parser.add_argument("--engine", choices=ENGINES, default="pandas", help="what reads the survey")
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
        estimates = estimate(
            survey.persons,
            chosen,
            survey.design,
            by,
            standard_errors=errors,
            lonely_psu=arguments.lonely_psu,
            interval=arguments.interval,
            progress=lambda done, batches: progress.set_postfix_str(f"batch {done} of {batches}"),
        )
        progress.set_postfix_str("")
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


def _stepper(progress: tqdm):
    """Return a function that names the step now begun and counts those done."""
    names = iter(STEPS)

    def step() -> None:
        if progress.desc:
            progress.update()
        progress.set_description(next(names))

    return step
