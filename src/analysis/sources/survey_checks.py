"""What must hold of a survey before anything is computed; every breach is reported at once, none repaired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.sources.mapping import Mapping, Variable
from analysis.sources.not_a_number import nan_as_missing

SHOWN = 3
"""Example rows and codes shown for each breach."""

ROW = "row"


@dataclass(frozen=True)
class Breach:
    """One rule that the survey breaks.

    Attributes
    ----------
    variable : str
        The harmonised variable.
    found : str
        What is wrong, and what is expected.
    count : int
        How many persons.
    examples : tuple of dict
        Some of their answers, by column; with ``row`` (from 1) where the engine numbers rows.
    """

    variable: str
    found: str
    count: int
    examples: tuple[dict[str, Any], ...] = ()

    def __str__(self) -> str:
        shown = "; ".join(
            ", ".join(
                f"{column} {value!r}" if column != ROW else f"row {value}" for column, value in row.items()
            )
            for row in self.examples
        )
        count = f" ({self.count:,} person{'s' if self.count != 1 else ''})" if self.count else ""
        return f"{self.variable}: {self.found}{count}" + (f", for example {shown}" if shown else "")


class SurveyError(ValueError):
    """A survey that breaks its mapping's rules.

    Attributes
    ----------
    breaches : tuple of Breach
        All of them.
    """

    def __init__(self, title: str, breaches: Sequence[Breach]):
        self.breaches = tuple(breaches)
        listed = "".join(f"\n  {number}. {breach}" for number, breach in enumerate(self.breaches, start=1))
        super().__init__(
            f"{title}: {len(self.breaches)} rules broken; nothing was computed{listed}\n"
            "Complete the mapping, or correct the survey's file."
        )


@dataclass(frozen=True, eq=False)
class _Rule:
    variable: Variable
    found: str
    broken: nw.Expr
    coded: bool = False


def harmonise(persons: Any, mapping: Mapping) -> Any:
    """Return the survey under harmonised names, after checking it.

    Parameters
    ----------
    persons : dataframe, lazy frame or relation
        The survey as recorded: pandas, Polars, DuckDB, Dask or PySpark, one row a person.
    mapping : Mapping
        Which column is which, and which codes mean what.

    Returns
    -------
    dataframe, lazy frame or relation
        Of the same engine, lazy where it was lazy: the mapped variables and the columns kept. An answer that
        is missing, that is no number (NaN), or that the mapping calls missing, is missing.

    Raises
    ------
    SurveyError
        With every breach: a column that is absent or of the wrong kind, a code that is not in the mapping,
        an age or another number out of range, a weight missing, negative or infinite, a stratum without PSU
        or the reverse, a missing country or year, a survey without persons.
    """
    survey = nan_as_missing(nw.from_native(persons))
    schema = survey.collect_schema()
    breaches = _columns_broken(mapping, schema)
    if breaches:
        raise SurveyError(mapping.title, breaches)
    text = {name: kind in (nw.String, nw.Categorical, nw.Enum) for name, kind in schema.items()}
    breaches = _persons_broken(survey, mapping, _rules(mapping, text))
    if breaches:
        raise SurveyError(mapping.title, breaches)
    expressions = [variable.expression(_is_text(variable, text)) for variable in mapping.variables]
    return survey.select(*_anchored(mapping, expressions), *mapping.keep).to_native()


def _anchored(mapping: Mapping, expressions: list[nw.Expr]) -> list[nw.Expr]:
    """Put a column before the constants, so that these are as long as the survey."""
    pairs = sorted(zip(mapping.variables, expressions, strict=True), key=lambda pair: not pair[0].columns)
    return [expression for _, expression in pairs]


def _is_text(variable: Variable, text: dict[str, bool]) -> bool:
    return bool(variable.columns) and text[variable.columns[0]]


def _columns_broken(mapping: Mapping, schema: nw.Schema) -> list[Breach]:
    absent = [
        Breach(variable.name, f"column {column!r} is not in the survey; found {', '.join(schema)[:300]}", 0)
        for variable in mapping.variables
        for column in variable.columns
        if column not in schema
    ]
    absent += [
        Breach(column, "column to keep is not in the survey", 0)
        for column in mapping.keep
        if column not in schema
    ]
    for variable in mapping.variables:
        for column in variable.columns:
            kind = schema.get(column)
            numeric = variable.target.kind in ("integer", "number", "weight")
            if kind is not None and numeric and not variable.codes and not kind.is_numeric():
                absent.append(Breach(variable.name, f"column {column!r} is {kind}; expected numbers", 0))
    return absent


def _rules(mapping: Mapping, text: dict[str, bool]) -> list[_Rule]:
    rules = []
    mapped = {variable.name: variable for variable in mapping.variables}
    for variable in mapping.variables:
        if not variable.columns:
            continue
        raw, target = nw.col(variable.columns[0]), variable.target
        made = variable.expression(_is_text(variable, text))
        known = variable.known(_is_text(variable, text))
        if known is not None:
            rules.append(_Rule(variable, "codes not in the mapping", ~raw.is_null() & ~known, coded=True))
        if target.kind == "weight":
            usable = (made >= 0) & made.is_finite()
            rules.append(_Rule(variable, "weight missing", made.is_null()))
            rules.append(
                _Rule(variable, "weight negative or infinite; expected 0 or more", ~made.is_null() & ~usable)
            )
        elif target.low is not None and not variable.codes:
            inside = (made >= target.low) & (made <= target.high)
            expected = f"out of range; expected {target.low:g} to {target.high:g}"
            rules.append(_Rule(variable, expected, ~made.is_null() & ~inside))
            if target.kind == "integer" and not text[variable.columns[0]]:
                rules.append(_Rule(variable, "not a whole number", inside & (made % 1 != 0)))
        if variable.name in ("country", "year"):
            rules.append(_Rule(variable, "missing; every person needs one", raw.is_null()))
    if "psu" in mapped and mapped["psu"].columns:
        psu = _missing(mapped["psu"])
        stratum = mapped.get("stratum")
        if stratum is not None and stratum.columns:
            rules.append(_Rule(mapped["psu"], "stratum without PSU", ~_missing(stratum) & psu))
            rules.append(_Rule(stratum, "PSU without stratum", _missing(stratum) & ~psu))
            rules.append(_Rule(mapped["psu"], "neither stratum nor PSU", _missing(stratum) & psu))
        else:
            rules.append(_Rule(mapped["psu"], "PSU missing", psu))
    return rules


def _missing(variable: Variable) -> nw.Expr:
    parts = [nw.col(column).is_null() for column in variable.columns]
    missing = parts[0]
    for part in parts[1:]:
        missing = missing | part
    return missing


def _persons_broken(survey: Any, mapping: Mapping, rules: list[_Rule]) -> list[Breach]:
    """Count every rule's breaches in one pass; look again only for the examples of the broken ones."""
    counts = {f"r{number}": _count(rule.broken) for number, rule in enumerate(rules)}
    anchor = nw.col(mapping.columns[0])
    counts["persons"] = _count(anchor.is_null() | ~anchor.is_null())
    found = _collected(survey.lazy().select(**counts)).rows(named=True)[0]
    if not found["persons"]:
        return [Breach("survey", "has no persons", 0)]
    return [
        Breach(
            rule.variable.name,
            f"{rule.found}{_codes(survey, rule)}",
            int(count),
            _examples(survey, mapping, rule),
        )
        for number, rule in enumerate(rules)
        if (count := found[f"r{number}"])
    ]


def _count(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).sum()


def _collected(frame: nw.LazyFrame) -> nw.DataFrame:
    if frame.implementation.is_polars():
        return nw.from_native(frame.to_native().collect(engine="streaming"))
    return frame.collect()


def _codes(survey: Any, rule: _Rule) -> str:
    """List the most frequent of the codes that are not in the mapping."""
    if not rule.coded:
        return ""
    column = rule.variable.columns[0]
    unknown = survey.lazy().filter(rule.broken).select(code=nw.col(column), one=nw.lit(1))
    counted = _collected(unknown.group_by("code").agg(nw.col("one").sum()))
    rows = sorted(counted.rows(named=True), key=lambda row: (-row["one"], str(row["code"])))
    shown = ", ".join(f"{row['code']!r} × {row['one']:,}" for row in rows[:10])
    return f" of {column!r}: {shown}" + (f" and {len(rows) - 10} more codes" if len(rows) > 10 else "")


def _examples(survey: Any, mapping: Mapping, rule: _Rule) -> tuple[dict[str, Any], ...]:
    ids = [c for v in mapping.variables if v.name in ("ilo_key", "stratum", "psu") for c in v.columns]
    shown = list(dict.fromkeys((*rule.variable.columns, *ids)))
    numbered = survey
    if survey.implementation.is_polars() or survey.implementation.is_pandas():
        native = survey.to_native()
        if survey.implementation.is_polars():
            numbered = nw.from_native(native.with_row_index(ROW, offset=1))
        else:
            numbered = nw.from_native(native.assign(**{ROW: range(1, len(native) + 1)}))
        shown = [ROW, *shown]
    rows = _collected(numbered.lazy().filter(rule.broken).select(*shown).head(SHOWN))
    return tuple(rows.rows(named=True))
