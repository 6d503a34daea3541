"""What must hold of a survey before anything is computed; every breach is reported at once, none repaired."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from analysis.sources.codes import (
    AS_BLANK,
    AS_NUMBER,
    OTHER,
    TEXT,
    TRUTHS,
    Kinds,
    any_of,
    as_identifier,
    as_number,
    as_stripped_text,
    is_whole,
    kinds_of,
    surely,
    with_answers,
)
from analysis.sources.declared_missing import declared_missing
from analysis.sources.mapping import SurveyMapping
from analysis.sources.mapping_hints import unread_codes_hint
from analysis.sources.not_a_number import nan_as_missing
from analysis.sources.survey_breaches import ROW, SHOWN, Breach, SurveyError, collected
from analysis.sources.survey_files import Described
from analysis.sources.survey_identifiers import lost_digits, repeated_keys, units_written_twice
from analysis.sources.thousands import thousands_marked
from analysis.sources.value_labels import at_odds
from analysis.sources.variable import Variable

NO_UNIT = ("na", "n/a", "#n/a", "#null!", "nan", "null", ".")
"""What programs write, in any letters, where a stratum or PSU is missing: never the name of one."""


LOST = (
    "a floating-point number of more than 15 digits (7 of single precision), whose last may be lost; write "
    "the column as text or as whole numbers"
)


NOBODY = Breach("survey", "has no persons", 0)

BEYOND = 1e15
"""What no weight and no amount of money reaches; 9e+307 is Stata's missing value, read by a program that does
not know it."""


@dataclass(frozen=True, eq=False)
class _Rule:
    variable: Variable
    message: str
    broken: nw.Expr
    coded: bool = False


def harmonise(persons: Any, mapping: SurveyMapping, described: Described | None = None) -> Any:
    """Return the survey under harmonised names, after checking it.

    Parameters
    ----------
    persons : dataframe, lazy frame or relation
        The survey as recorded: pandas, Polars, DuckDB, Dask or PySpark, one row a person.
    mapping : SurveyMapping
        Which column is which, and which codes mean what.
    described : Described, optional
        What the file holds beside what was read of it, to be named in errors: its columns, its labels.

    Returns
    -------
    dataframe, lazy frame or relation
        Of the same engine, lazy where it was lazy: the mapped variables and the columns kept, their text
        without the blanks around it. An answer that is missing, that is no number (NaN), or that the mapping
        calls missing, is missing. Numbers held as text become numbers.

    Raises
    ------
    SurveyError
        With every breach: a column that is absent or of the wrong kind, a code that is not in the mapping,
        text that is no number, an answer to a question that was not asked, an age or another number out of
        range, a weight missing, negative or infinite, a stratum without PSU or the reverse, a missing
        country, year or key, a key that two persons share, a survey without persons.
    """
    survey = nan_as_missing(nw.from_native(persons))
    schema = survey.collect_schema()
    decimals = [name for name, kind in schema.items() if kind == nw.Decimal]
    if decimals:
        survey = survey.with_columns(nw.col(decimals).cast(nw.Float64))
        schema = survey.collect_schema()
    kinds: Kinds = kinds_of(schema)
    described = described or Described(tuple(schema))
    mapping = mapping.declaring(described.missing)
    breaches = _columns_broken(mapping, schema, kinds, described)
    if breaches:
        raise SurveyError(mapping.title, breaches)
    kept_numbers = mapping.kept_numbers
    numbers = {c for v in (*mapping.variables, *kept_numbers.values()) for c in v.read_as_numbers}
    texts = [c for c in mapping.columns if kinds[c] == TEXT]
    survey, kinds = with_answers(survey, kinds, texts, numbers, mapping.form.decimal or ".")
    breaches = _persons_broken(survey, mapping, kinds, described)
    if breaches:
        raise SurveyError(mapping.title, breaches)
    expressions = [variable.expression(kinds) for variable in mapping.variables]
    kept = [
        kept_numbers[column].expression(kinds) if column in kept_numbers else _kept(column, kinds, described)
        for column in mapping.keep
    ]
    return survey.select(*_anchored(mapping, expressions), *kept).to_native()


def _kept(column: str, kinds: Kinds, described: Described) -> nw.Expr:
    """Return a column that is carried along, without the codes that the file declares missing."""
    answer = as_identifier(column, kinds) if kinds[column] == TEXT else nw.col(column)
    if column in described.missing:
        answer = nw.when(~declared_missing(column, described.missing[column], kinds)).then(answer)
    return answer.alias(column)


def _anchored(mapping: SurveyMapping, expressions: list[nw.Expr]) -> list[nw.Expr]:
    """Put a column before the constants, so that these are as long as the survey."""
    pairs = sorted(zip(mapping.variables, expressions, strict=True), key=lambda pair: not pair[0].read)
    return [expression for _, expression in pairs]


def _columns_broken(
    mapping: SurveyMapping, schema: nw.Schema, kinds: Kinds, described: Described
) -> list[Breach]:
    wanted = [(variable.name, column) for variable in mapping.variables for column in variable.read]
    wanted += [(column, column) for column in mapping.keep]
    broken = [
        Breach(name, f"column {column!r} is not in the survey{_near(column, described.columns)}", 0)
        for name, column in dict.fromkeys(wanted)
        if column not in schema
    ]
    broken += [
        Breach(name, f"column {name!r} bears a name that reading gives to what it adds; rename it", 0)
        for name in schema
        if name.endswith((AS_NUMBER, AS_BLANK))
        and name.removesuffix(AS_NUMBER).removesuffix(AS_BLANK) in schema
    ]
    broken += [
        Breach(name, f"column {column!r} is {schema[column]}; expected one value a person", 0)
        for name, column in dict.fromkeys(wanted)
        if column in schema and schema[column].is_nested()
    ]
    for variable in mapping.variables:
        if variable.target.kind == "identifier":
            continue
        broken += [
            Breach(variable.name, f"column {column!r} is {schema[column]}; expected numbers or text", 0)
            for column in variable.read
            if kinds.get(column) == OTHER and not schema[column].is_nested()
        ]
    return broken


def _near(column: str, columns: Sequence[str]) -> str:
    near = difflib.get_close_matches(column, columns, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    shown, more = ", ".join(columns[:40]), len(columns) - 40
    return f"{hint}; it holds {shown}" + (f" and {more} more" if more > 0 else "")


def _rules(mapping: SurveyMapping, kinds: Kinds, schema: nw.Schema, described: Described) -> list[_Rule]:
    rules = []
    mapped = {variable.name: variable for variable in mapping.variables}
    for variable in (*mapping.variables, *mapping.kept_numbers.values()):
        if variable.read and variable.target.kind != "identifier":
            rules += _of_answers(variable, kinds)
            column = variable.columns[0] if variable.columns else ""
            odd = at_odds(variable, described.labels.get(column, {}))
            rules += [
                _Rule(variable, text, any_of(column, [code], kinds) & ~variable.unanswered(kinds))
                for code, text in odd
            ]
        if variable.target.kind == "identifier":
            rules += [
                _Rule(variable, LOST, lost_digits(column, schema[column] in (nw.Float32, nw.Float16)))
                for column in variable.columns
                if schema[column].is_float()
            ]
        if variable.columns and variable.name in ("country", "year", "quarter", "ilo_key"):
            empty = _missing(variable, kinds)
            rules.append(_Rule(variable, "missing; every person needs one", empty))
    if "psu" in mapped and mapped["psu"].columns:
        psu = _missing(mapped["psu"], kinds, NO_UNIT)
        stratum = mapped.get("stratum")
        if stratum is not None and stratum.columns:
            no_stratum = _missing(stratum, kinds, NO_UNIT)
            rules.append(_Rule(mapped["psu"], "stratum without PSU", ~no_stratum & psu))
            rules.append(_Rule(stratum, "PSU without stratum", no_stratum & ~psu))
            rules.append(_Rule(mapped["psu"], "neither stratum nor PSU", no_stratum & psu))
        else:
            rules.append(_Rule(mapped["psu"], "PSU missing", psu))
    return rules


def _of_answers(variable: Variable, kinds: Kinds) -> list[_Rule]:
    """Return the rules of a variable that holds codes or numbers."""
    rules, target = [], variable.target
    answer, unanswered = variable.answer(kinds), variable.unanswered(kinds)
    known = variable.known(kinds)
    if variable.cases:
        rules.append(_Rule(variable, "answers that no case covers", ~unanswered & ~known))
    elif known is not None:
        unknown = "codes not in the mapping" if variable.codes else "codes that are not harmonised ones"
        if kinds[variable.columns[0]] == TEXT and variable.counts_beyond_one:
            known = known & ~_is_truth(variable.columns[0])  # else an answer of true is read as 1
        rules.append(_Rule(variable, unknown, ~unanswered & ~known, coded=True))
    elif kinds[variable.columns[0]] == TEXT:
        truth = _is_truth(variable.columns[0])
        rules.append(_Rule(variable, "not a number", ~unanswered & (answer.is_null() | truth), coded=True))
    if variable.implied_decimals:
        written = ~unanswered & ~surely(is_whole(as_number(variable.columns[0], kinds)))
        message = "decimals that are written, though implied_decimals says that none are; leave it out"
        rules.append(_Rule(variable, message, written & ~answer.is_null()))
    if target.kind == "weight":
        usable = (answer >= 0) & answer.is_finite()
        rules.append(_Rule(variable, "weight missing", unanswered))
        rules.append(
            _Rule(variable, "weight negative or infinite; expected 0 or more", ~answer.is_null() & ~usable)
        )
        far = f"weight of {BEYOND:g} and more; no person stands for as many"
        rules.append(_Rule(variable, far, usable & (answer >= BEYOND)))
    elif not variable.codes and not variable.cases:
        if target.low is not None:
            inside = (answer >= target.low) & (answer <= target.high)
            expected = f"out of range; expected {target.low:g} to {target.high:g}"
            rules.append(_Rule(variable, expected, ~answer.is_null() & ~inside))
        elif target.kind == "number":
            beyond = ~surely(answer.abs() < BEYOND)
            rules.append(_Rule(variable, f"infinite, or {BEYOND:g} and more", ~answer.is_null() & beyond))
        if target.kind == "integer":
            rules.append(_Rule(variable, "not a whole number", ~answer.is_null() & ~is_whole(answer)))
    for number, case in enumerate(variable.not_asked, start=1):
        answered = "answered, though not_asked" + (f" {number}" if len(variable.not_asked) > 1 else "")
        rules.append(_Rule(variable, f"{answered} holds", case.condition(kinds) & ~unanswered))
    return rules


def _is_truth(column: str) -> nw.Expr:
    """Condition that text is a truth value, which is a number among codes of 0 and 1 alone."""
    return surely(as_stripped_text(column).str.to_lowercase().is_in(list(TRUTHS)))


def _missing(variable: Variable, kinds: Kinds, further: Sequence[str] = ()) -> nw.Expr:
    """Condition that an identifier is blank, a code that means none, or one of some further texts."""
    empty = [variable.silent(column, kinds) for column in variable.columns]
    for column in variable.columns:
        if variable.missing:
            empty.append(surely(as_identifier(column, kinds).is_in(variable.missing)))
        if further and kinds[column] == TEXT:
            empty.append(surely(as_stripped_text(column).str.to_lowercase().is_in(further)))
    return reduce(or_, empty)


def _persons_broken(survey: Any, mapping: SurveyMapping, kinds: Kinds, described: Described) -> list[Breach]:
    """Count every rule's breaches in one pass; look again only for the examples of the broken ones."""
    rules = _rules(mapping, kinds, survey.collect_schema(), described)
    counts = {f"r{number}": _count(rule.broken) for number, rule in enumerate(rules)}
    anchor = nw.col(mapping.columns[0])
    counts["persons"] = _count(anchor.is_null() | ~anchor.is_null())
    counted = collected(survey.lazy().select(**counts)).rows(named=True)[0]
    if not counted["persons"]:
        return [NOBODY]
    broken = [
        Breach(
            rule.variable.name,
            f"{rule.message}{_codes(survey, rule, described)}",
            int(count),
            _examples(survey, mapping, rule.variable, rule.broken),
        )
        for number, rule in enumerate(rules)
        if (count := counted[f"r{number}"])
    ]
    broken += thousands_marked(survey, mapping, kinds)
    return broken or units_written_twice(survey, mapping, kinds) or repeated_keys(survey, mapping, kinds)


def _count(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).sum()


def _codes(survey: Any, rule: _Rule, described: Described) -> str:
    """List the most frequent of the codes that are not in the mapping, with their labels in the file."""
    if not rule.coded:
        return ""
    column = rule.variable.columns[0]
    unknown = survey.lazy().filter(rule.broken).select(code=nw.col(column), one=nw.lit(1))
    counted = collected(unknown.group_by("code").agg(nw.col("one").sum()))
    rows = sorted(counted.rows(named=True), key=lambda row: (-row["one"], str(row["code"])))
    labels = described.labels.get(column, {})
    shown = ", ".join(f"{_labelled(row['code'], labels)} × {row['one']:,}" for row in rows[:10])
    more = f" and {len(rows) - 10} more codes" if len(rows) > 10 else ""
    texts = [row["code"].strip() for row in rows if isinstance(row["code"], str)]
    return f" of {column!r}: {shown}{more}{unread_codes_hint(texts, rule.variable.target)}"


def _labelled(code: Any, labels: Any) -> str:
    shown = int(code) if isinstance(code, float) and code.is_integer() else code
    label = labels.get(code, labels.get(shown))
    return f"{shown!r} “{label}”" if label else repr(shown)


def _examples(
    survey: Any, mapping: SurveyMapping, variable: Variable, broken: nw.Expr
) -> tuple[dict[str, Any], ...]:
    ids = [c for v in mapping.variables if v.name in ("ilo_key", "stratum", "psu") for c in v.columns]
    shown = list(dict.fromkeys((*variable.read, *ids)))
    numbered = survey
    numbering = survey.implementation.is_polars() or survey.implementation.is_pandas()
    if numbering and ROW not in survey.collect_schema():
        native = survey.to_native()
        if survey.implementation.is_polars():
            numbered = nw.from_native(native.with_row_index(ROW, offset=1))
        else:
            numbered = nw.from_native(native.assign(**{ROW: range(1, len(native) + 1)}))
        shown = [ROW, *shown]
    rows = collected(numbered.lazy().filter(broken).select(*shown).head(SHOWN))
    return tuple(rows.rows(named=True))
