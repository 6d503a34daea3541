"""Arguments of ``analysis estimate``, and the run from survey to file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from analysis.estimation import LONELY_PSU_RULES, reliability_policies
from analysis.estimation.archive import archive_at_hand, listed_surveys
from analysis.estimation.design_options import with_design
from analysis.estimation.national_lines import national_lines, with_national_lines
from analysis.estimation.reliability import DEFAULT_POLICY
from analysis.estimation.replication import METHODS
from analysis.estimation.survey_at_hand import BANDS, SurveyAtHand, domain_dimensions, survey_at_hand
from analysis.estimation.survey_estimates import counts_told, survey_estimates, unsettled_told
from analysis.estimation.unsettled import LIMIT
from analysis.estimation.variants import AskedWrongly, estimands, line_variants
from analysis.files import write_whole
from analysis.indicators import INDICATORS
from analysis.printed.spreadsheet_text import csv_of
from analysis.sources.form import Form
from analysis.sources.microdata import ENGINES

FORMATS = (".csv", ".parquet")
STEPS = ("read and check", "estimate and judge", "write")


def write_estimates(estimates: pd.DataFrame, path: Path) -> None:
    """Write estimates as CSV or Parquet, by the end of the file's name; a CSV holds every digit.

    The file bears its name only once it is whole.
    """
    if path.suffix == ".csv":
        content = csv_of(estimates).encode("utf-8")
    else:
        text = dict.fromkeys(estimates.select_dtypes("category").columns, "str")
        content = estimates.astype(text).to_parquet(index=False)
    write_whole(path, content)


def refuse_output(output: Path, read: list[Path], *, overwrite: bool) -> None:
    """Refuse an output that would replace what is read, or a file that is there already.

    Raises
    ------
    AskedWrongly
        Before anything is read.
    """
    if output.suffix not in FORMATS:
        raise AskedWrongly(f"--output {output}: expected a name ending in {' or '.join(FORMATS)}")
    target = output.resolve()
    for path in read:
        if target == path.resolve() or (path.is_dir() and target.is_relative_to(path.resolve())):
            raise AskedWrongly(f"--output {output}: is read as {path}; name a file elsewhere")
        if output.exists() and path.exists() and output.samefile(path):
            raise AskedWrongly(f"--output {output}: is the same file as {path}; name another")
    if output.is_dir():
        raise AskedWrongly(f"--output {output}: is a folder; name a file")
    if output.exists() and not overwrite:
        raise AskedWrongly(f"--output {output}: exists; name another file, or replace it by --overwrite")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the survey, what to estimate, by what, and where to write it."""
    add = parser.add_argument
    add(
        "survey",
        nargs="?",
        default="",
        help="Stata, SPSS, CSV or Parquet; a folder of these; an archive's .toml",
    )
    add("--mapping", default="", help="TOML file: which column is which, which codes mean what")
    add("--encoding", default="", help="of a text file, such as latin-1 (utf-8)")
    add("--delimiter", default="", help='between the columns of a text file, such as ";" (a comma)')
    add("--decimal", default="", help='before decimals in a text file, such as "," (a point)')
    add("--indicators", default="unemployment_rate", help=f"ids, with commas: {', '.join(INDICATORS)}")
    add("--by", default="", help="dimensions, with commas: country,year,sex,age or columns kept")
    add("--age-bands", default=BANDS, help="bands of --by age")
    add("--icls", type=int, choices=(13, 19, 21), help="derive labour force status by this standard")
    add(
        "--variant",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a declared variant; may be repeated",
    )
    add(
        "--poverty-line",
        metavar="LINE",
        help="an international line by its amount (1.90, 2.15, 3.00); or a .csv of country, year, line",
    )
    add("--with-totals", action="store_true", help="estimate numerators and denominators as well")
    add("--engine", choices=ENGINES, default="pandas", help="what reads the survey")
    add("--fpc", default="", metavar="COLUMN", help="finite population correction of the first stage")
    add("--stage", action="append", default=[], metavar="UNIT[:FPC[:STRATUM]]", help="a further stage")
    add("--replicates", default="", metavar="PATTERN", help="columns of replicate weights, such as repwt*")
    add("--replicate-method", default="", choices=("", *METHODS), help="how they were made")
    add("--fay", type=float, default=0.0, metavar="RHO", help="Fay's coefficient")
    add("--replicate-coefficient", type=float, metavar="C", help="(n - 1) / n of every stratum, with jkn")
    add("--replicate-factors", action="store_true", help="they multiply the weight instead of replacing it")
    add("--known-totals", default="", metavar="CSV", help="variable, code, total: weights are calibrated")
    add("--calibration", default="linear", choices=("linear", "raking"), help="how")
    add("--design-effects", action="store_true", help="add a column of design effects")
    add("--lonely-psu", choices=LONELY_PSU_RULES, default="fail", help="strata of one PSU")
    add("--interval", choices=("logit", "wald"), default="logit", help="intervals of rates")
    add("--policy", choices=sorted(reliability_policies()), default=DEFAULT_POLICY, help="reliability")
    add("--no-suppression", action="store_true", help="flag what the policy would withhold, and show it")
    add(
        "--accept-unsettled",
        type=float,
        default=LIMIT,
        metavar="PERCENT",
        help=f"greatest share of persons who could not be classified ({LIMIT:g})",
    )
    add("--no-standard-errors", action="store_true", help="values only; no PSU is needed")
    add("--output", type=Path, help="a .csv or .parquet file; the table is printed without it")
    add("--overwrite", action="store_true", help="replace an output that is there")
    add("--seed-synthetic", type=int, help="estimate from the synthetic survey of this seed instead")


def run(arguments: argparse.Namespace) -> int:
    """Estimate, and write or print one row for each indicator and domain; return 0."""
    if bool(arguments.survey) == (arguments.seed_synthetic is not None):
        raise AskedWrongly("name either a survey or --seed-synthetic, for example --seed-synthetic 2020")
    if not 0 <= arguments.accept_unsettled <= 100:
        raise AskedWrongly(f"--accept-unsettled {arguments.accept_unsettled:g}; expected 0 to 100 per cent")
    if arguments.output:
        refuse_output(arguments.output, _read(arguments), overwrite=arguments.overwrite)
    by = domain_dimensions([name for name in arguments.by.split(",") if name], arguments.age_bands)
    names = [name for name in arguments.indicators.split(",") if name]
    variants, lines = list(arguments.variant), None
    if arguments.poverty_line and arguments.poverty_line.endswith(".csv"):
        lines = national_lines(arguments.poverty_line)
        if not any(name.endswith("_national") for name in names):
            readers = ", ".join(name for name in INDICATORS if name.endswith("_national"))
            raise AskedWrongly(f"--poverty-line: national lines are read by {readers} alone")
    elif arguments.poverty_line:
        variants += line_variants(arguments.poverty_line)
    chosen = estimands(names, arguments.icls, variants, totals=arguments.with_totals)
    with tqdm(total=len(STEPS), unit="step", file=sys.stderr, leave=False, disable=None) as progress:
        step = _stepper(progress)
        step()
        survey = _open(arguments, progress)
        survey = with_national_lines(survey, lines) if lines else survey
        survey = with_design(
            survey,
            fpc=arguments.fpc,
            stages=arguments.stage,
            replicates=arguments.replicates,
            method=arguments.replicate_method,
            fay=arguments.fay,
            coefficient=arguments.replicate_coefficient,
            factors=arguments.replicate_factors,
            known_totals=arguments.known_totals,
            calibration=arguments.calibration,
        )
        step()
        progress.set_postfix_str("")
        estimates = survey_estimates(
            survey,
            chosen,
            by,
            standard_errors=not arguments.no_standard_errors,
            lonely_psu=arguments.lonely_psu,
            interval=arguments.interval,
            design_effects=arguments.design_effects,
            policy=arguments.policy,
            suppress=not arguments.no_suppression,
            accept_unsettled=arguments.accept_unsettled,
            progress=lambda done, batches: progress.set_postfix_str(f"batch {done} of {batches}"),
        )
        step()
        if arguments.output:
            write_estimates(estimates.estimates, arguments.output)
    if arguments.output:
        print(f"{arguments.output}: {len(estimates.estimates)} estimates")
    else:
        print(estimates.estimates.drop(columns="definition").to_string(index=False))
        stated = estimates.estimates[["indicator", "definition"]].drop_duplicates().astype("str")
        print(
            *(f"{row.indicator}: {row.definition}" for row in stated.itertuples() if row.definition), sep="\n"
        )
    print(unsettled_told(estimates))
    for sentence in counts_told(survey):
        print(sentence)
    return 0


def _is_archive(survey: str) -> bool:
    return survey.lower().endswith(".toml")


def _read(arguments: argparse.Namespace) -> list[Path]:
    """Return the files and folders that are read."""
    lines = arguments.poverty_line if (arguments.poverty_line or "").endswith(".csv") else ""
    given = (arguments.survey, arguments.mapping, arguments.known_totals, lines)
    read = [Path(name) for name in given if name]
    if _is_archive(arguments.survey):
        listed = listed_surveys(arguments.survey)[1]
        read += [path for survey in listed for path in (survey.file, survey.mapping) if path is not None]
    return read


def _open(arguments: argparse.Namespace, progress: tqdm) -> SurveyAtHand:
    form = Form(arguments.encoding, arguments.delimiter, arguments.decimal)
    if not _is_archive(arguments.survey):
        seed = arguments.seed_synthetic or 0
        return survey_at_hand(
            arguments.survey, arguments.mapping, engine=arguments.engine, seed=seed, form=form
        )
    if arguments.mapping:
        raise AskedWrongly(
            f"--mapping {arguments.mapping}: an archive names a mapping for each survey itself"
        )

    def opened(name: str, number: int, surveys: int) -> None:
        progress.set_postfix_str(f"{name}, survey {number} of {surveys}")

    return archive_at_hand(arguments.survey, engine=arguments.engine, form=form, progress=opened)


def _stepper(progress: tqdm):
    """Return a function that names the step now begun and counts those done."""
    names = iter(enumerate(STEPS))

    def step() -> None:
        done, name = next(names)
        progress.update(done - progress.n)
        progress.set_description(name)

    return step
