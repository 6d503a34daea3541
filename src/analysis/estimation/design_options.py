"""A survey's design as it is asked for in words: corrections, stages, replicate weights, known totals."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

import narwhals as nw

from analysis.estimation.beside_survey import plain_number, told_rows
from analysis.estimation.calibration import Calibration
from analysis.estimation.design import Stage
from analysis.estimation.replication import Replicates
from analysis.estimation.survey_at_hand import SurveyAtHand
from analysis.estimation.variants import AskedWrongly
from analysis.sources import codes
from analysis.sources.survey_breaches import collected

MARGIN = ("variable", "code", "total")
WHOLE = re.compile("-?[0-9]+")


def with_design(
    survey: SurveyAtHand,
    *,
    fpc: str = "",
    stages: Sequence[str] = (),
    replicates: str = "",
    method: str = "",
    fay: float = 0.0,
    coefficient: float | None = None,
    factors: bool = False,
    known_totals: str = "",
    calibration: str = "linear",
) -> SurveyAtHand:
    """Return a survey with more of its design.

    Parameters
    ----------
    survey : SurveyAtHand
        With its weight, stratum, PSU and samples; its mapping has to keep the columns that are named below.
    fpc : str
        Column of the first stage's finite population correction.
    stages : sequence of str
        Further stages as ``unit``, ``unit:fpc`` or ``unit:fpc:stratum``.
    replicates : str
        Pattern of the columns of replicate weights, such as ``repwt*``.
    method, fay, coefficient, factors
        How they were made; Fay's coefficient; the constant of every replicate where the method needs one;
        whether they multiply the weight.
    known_totals : str
        A CSV file of ``variable``, ``code`` and ``total``; crossed variables and codes are joined by ``*``.
    calibration : {"linear", "raking"}
        How weights are made to reproduce them.

    Raises
    ------
    AskedWrongly
        When the options do not go together, a pattern finds fewer than two columns or the weight itself, a
        column holds text that is no number, or the file cannot be read.
    """
    if (method or fay or coefficient is not None or factors) and not replicates:
        raise AskedWrongly("--replicate-method, -coefficient, -factors and --fay need --replicates")
    present, design = nw.from_native(survey.persons).collect_schema().names(), survey.design
    try:
        if replicates:
            names = [name for name in present if fnmatchcase(name, replicates)]
            if own := {design.weight, survey.weight_column} & set(names):
                raise AskedWrongly(
                    f"--replicates {replicates!r}: {own.pop()!r} is the weight itself, which would shrink "
                    "every standard error; expected a pattern of the replicate weights alone, such as "
                    "'repwt[0-9]*'"
                )
            if not method or len(names) < 2:
                what = "no --replicate-method" if not method else f"{len(names)} columns like {replicates!r}"
                raise AskedWrongly(
                    f"--replicates: found {what}; expected two columns or more and a method. A mapping "
                    "brings "
                    'columns along by keep = ["repwt*"]'
                )
            if unlike := _unlike(names):
                raise AskedWrongly(
                    f"--replicates {replicates!r}: found {' and '.join(map(repr, unlike))}, which are not "
                    "numbered alike, so that some are no replicate weights of these; expected a pattern of "
                    "one set alone, such as 'repwt[0-9]*'"
                )
            coefficients = None if coefficient is None else [coefficient] * len(names)
            weights = Replicates(names, method, fay=fay, coefficients=coefficients, factors=factors)
            design = replace(design, stratum=None, psu=None, replicates=weights)
        if fpc or stages:
            parts = [(*stage.split(":"), None, None)[:3] for stage in stages]
            further = tuple(Stage(unit, share or None, stratum or None) for unit, share, stratum in parts)
            design = replace(design, fpc=fpc or None, stages=further)
        if known_totals:
            schema = nw.from_native(survey.persons).collect_schema()
            texts = {name for name, kind in schema.items() if kind == nw.String}
            design = replace(design, calibration=Calibration(_margins(known_totals, texts), calibration))
    except AskedWrongly:
        raise
    except ValueError as refused:
        raise AskedWrongly(str(refused)) from refused
    numbers = [*(design.replicates.columns if design.replicates else ()), design.fpc]
    numbers += [stage.fpc for stage in design.stages]
    return replace(_with_numbers(survey, [name for name in numbers if name]), design=design)


def _unlike(names: Sequence[str]) -> list[str]:
    """Return a name of each kind where names differ by more than their numbers: repwt1, repwtp1, repwt."""
    kinds = {re.sub(r"\d+", "0", name): name for name in reversed(names)}
    return sorted(kinds.values()) if len(kinds) > 1 and any(re.search(r"\d", name) for name in names) else []


def _with_numbers(survey: SurveyAtHand, columns: Sequence[str]) -> SurveyAtHand:
    """Return a survey in which columns of text are numbers; one that holds other text is refused."""
    persons = nw.from_native(survey.persons)
    schema = persons.collect_schema()
    texts = [name for name in columns if name in schema and schema[name] == nw.String]
    if not texts:
        return survey
    read, kinds = codes.with_answers(persons, codes.kinds_of(schema), texts, texts, survey.decimal)
    unread = {name: ~codes.blank(name, kinds) & codes.as_number(name, kinds).is_null() for name in texts}
    counts = {name: condition.cast(nw.Int64).sum() for name, condition in unread.items()}
    counted = collected(read.lazy().select(**counts)).rows(named=True)[0]
    for name, count in counted.items():
        if count:
            example = collected(read.lazy().filter(unread[name]).select(name).head(1)).rows()[0][0]
            raise AskedWrongly(
                f"column {name!r}: {example!r} is no number (persons with such answers: {count:,}); expected "
                f"numbers with {survey.decimal!r} before decimals; where commas stand there, say --decimal "
                '","'
            )
    numbers = {name: codes.as_number(name, kinds) for name in texts}
    return replace(survey, persons=read.with_columns(**numbers).select(*schema).to_native())


def _margins(path: str, texts: Collection[str]) -> dict:
    """Read known totals by variable and code; a whole number is one, unless the survey holds text there."""
    margins: dict = {}
    for number, row in told_rows("--known-totals", path, MARGIN):
        variables, parts = (tuple(part.strip() for part in row[c].split("*")) for c in ("variable", "code"))
        total = plain_number(row["total"])
        if len(variables) != len(parts) or total is None:
            raise AskedWrongly(
                f"--known-totals {path}, line {number}: found {row}; expected a code for each variable, "
                "and a total such as 12500"
            )
        code = tuple(
            int(text) if WHOLE.fullmatch(text) and variable not in texts else text
            for variable, text in zip(variables, parts, strict=True)
        )
        key, own = (variables[0], code[0]) if len(variables) == 1 else (variables, code)
        if own in margins.setdefault(key, {}):
            raise AskedWrongly(f"--known-totals {path}, line {number}: {row['code']} stands twice")
        margins[key][own] = total
    if not margins:
        raise AskedWrongly(f"--known-totals {path}: holds no row; expected {', '.join(MARGIN)}")
    return margins
