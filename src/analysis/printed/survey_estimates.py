"""Estimates from a survey as exhibits: a chart that draws the intervals, and a table with every number."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from importlib.resources import files
from math import isfinite

import pandas as pd

from analysis.indicators import INDICATORS
from analysis.labels import Catalogue, LabelError
from analysis.labels.numerals import printed
from analysis.printed.printable import (
    Note,
    ResolvedCell,
    ResolvedChart,
    ResolvedColumn,
    ResolvedExhibit,
    ResolvedRow,
    ResolvedSeries,
    ResolvedTable,
)
from analysis.printed.survey_headlines import headline_words, survey_headline
from analysis.rounding import as_fraction

TOTAL, UNSPECIFIED = "_T", "_X"
SERIES, ONE = 6, "estimate"
"""Most classes that stand as series of a chart; where there are more, each is a row, of one series."""

MEASURES = ("value", "lower", "upper", "standard_error", "n")


@cache
def survey_words(language: str) -> dict:
    """Return the words of survey estimates in a language.

    Raises
    ------
    LabelError
        When the language has none.
    """
    text = files(__package__).joinpath("survey_words.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)
    if language not in words:
        raise LabelError(
            f"printed/survey_words.toml has no section [{language}]: there are {', '.join(words)}"
        )
    return words[language]


def survey_exhibit(
    estimates: pd.DataFrame,
    indicator: str,
    *,
    rows: Sequence[str],
    series: str = "",
    survey: str,
    language: str = "en",
    decimals: int = 1,
    rules: dict[str, str] | None = None,
    definition: str = "",
) -> ResolvedExhibit:
    """Return one indicator's estimates as a chart of points with intervals and a table.

    Parameters
    ----------
    estimates : pandas.DataFrame
        Flagged estimates: `indicator`, the dimensions, ``value``, ``lower``, ``upper``, ``standard_error``,
        ``n``, ``status``, ``unit`` and ``definition``.
    indicator : str
        Which indicator.
    rows : sequence of str
        Dimensions whose classes are the rows, such as country and year.
    series : str
        Dimension whose classes are the series, such as sex; none when empty. Every other dimension stands at
        its total.
    survey : str
        Name of the survey, for the source line.
    language : str
        ``en``, ``fr``, ``es`` or ``zh``.
    decimals : int
        Decimals printed.
    rules : dict of str to str, optional
        What makes an estimate unreliable (``U``) or suppressed (``Q``), such as ``n < 15``; by default what
        stands in ``status_rule``.
    definition : str
        The definition in words, for a note under the table.

    Returns
    -------
    ResolvedExhibit
        A withheld estimate stands as its sign, whose meaning is noted; an unreliable one is marked ``(u)``.

    Raises
    ------
    ValueError
        When the estimates lack the indicator, a dimension or a status, or hold a domain twice.
    """
    chosen = _chosen(estimates, indicator, rows, series)
    words, locale = survey_words(language), Catalogue(language)("language.locale")
    print_number = _printer(words, locale, decimals)
    title = words["indicator"].get(indicator, INDICATORS[indicator].title)
    if series:
        named = words["dimension"].get(series, series).lower()
        title = words["title_by"].format(title=title, dimension=named)
    unit = words.get(str(chosen["unit"].iloc[0]).replace(" ", "_"), str(chosen["unit"].iloc[0]))
    marks = [status for status in "UQO" if (chosen["status"] == status).any()]
    spoke = rules or _rules_that_spoke(chosen)
    notes = tuple(
        Note("", f"{words[f'mark_{mark}']} {words[f'meaning_{mark}'].format(rule=spoke.get(mark, ''))}")
        for mark in marks
    )
    identifier = f"survey_{indicator}" + (f"_by_{series}" if series else "")
    judged = bool(chosen["standard_error"].map(isfinite).any())
    source = words["source" if judged else "source_plain"].format(survey=survey)
    subtitle = words["subtitle"].format(unit=unit) if judged else unit
    headline = _headline(chosen, rows, series, words, locale, decimals)
    chosen, named = chosen.assign(**{ONE: ONE}), (*rows, *([series] if series else []))
    many = bool(series) and chosen[series].nunique() > SERIES
    kept = tuple(name for name in rows if chosen[name].nunique() > 1 or not many)
    lines, columns = ((*kept, series), ONE) if many else (tuple(rows), series or ONE)
    categories = tuple(_categories(chosen, lines, words))
    chart = _chart(chosen, lines, columns, words, print_number)
    numbers = words["semicolon"].join(
        f"{category if columns == ONE else line.label + words['comma'] + category}{words['colon']}{text}"
        for line in chart
        for category, text in zip(categories, line.texts, strict=True)
    )
    resolved = ResolvedChart(
        id=identifier,
        kind="intervals",
        number="",
        title=title,
        subtitle=subtitle,
        keys=tuple("code." + " ".join(map(str, key)) for key in _keys(chosen, lines)),
        categories=categories,
        series=chart,
        unit=unit,
        decimals=decimals,
        notes=notes,
        foot=source,
        alt=f"{headline}{words['stop']}{words['alt'].format(numbers=numbers)}",
        language=language,
        headline=headline,
        named=Catalogue(language)("label.titled", title=title, subtitle=subtitle),
    )
    table = ResolvedTable(
        id=identifier,
        number="",
        title=title,
        period="",
        caption=title,
        stub=tuple(words["dimension"].get(name, name) for name in named),
        columns=_columns(words, unit),
        rows=_rows(chosen, named, words, print_number),
        notes=(*notes, Note("", definition)) if definition else notes,
        shorthand=(),
        source=source,
        language=language,
    )
    return ResolvedExhibit(
        identifier, "", title, "complete", "", table, (resolved,), (), (), source, language, headline
    )


def _headline(
    chosen: pd.DataFrame, rows: Sequence[str], series: str, words: dict, locale: str, decimals: int
) -> str:
    headline = survey_headline(chosen, rows, series, decimals)
    compared = headline[1].get("compared", ())

    def label(record: dict) -> str:
        return ", ".join(_class_in_a_sentence(name, record[name], words) for name in compared)

    def amount_text(number: float) -> str:
        return printed(as_fraction(float(number)), decimals, locale)

    def number(record: dict) -> str:
        return estimate_with_unit(amount_text(record["value"]), str(record["unit"]), record["status"], words)

    def interval(record: dict) -> str:
        if not isfinite(record["lower"]) or not isfinite(record["upper"]):
            return words["headline"]["without_interval"]
        bounds = words["to"].format(lower=amount_text(record["lower"]), upper=amount_text(record["upper"]))
        return words["headline"]["with_interval"].format(interval=bounds)

    return headline_words(headline, words["headline"], label, number, interval)


def _class_in_a_sentence(dimension: str, code: str, words: dict) -> str:
    """Return a class in words; a bare number after its dimension: region 2."""
    label = class_label(dimension, code, words)
    bare = label == code and code.isdigit() and dimension != "year"
    return f"{words['dimension'].get(dimension, dimension).lower()} {label}" if bare else label


def estimate_with_unit(number: str, unit: str, status: str, words: dict) -> str:
    """Return a number as printed with its unit, and the mark of an unreliable one."""
    known = words.get(unit.replace(" ", "_"), unit)
    space = "" if known == "%" and words["and_"] in ("and", "和") else " "
    return f"{number}{space}{known}" + (f" {words['mark_U']}" if status == "U" else "")


def _rules_that_spoke(chosen: pd.DataFrame) -> dict[str, str]:
    """Return the rules that made estimates unreliable and suppressed, as they stand beside them."""
    if "status_rule" not in chosen:
        return {}
    rules_of_mark = {mark: chosen.loc[chosen["status"] == mark, "status_rule"].unique() for mark in "UQ"}
    return {mark: ", ".join(sorted(filter(None, map(str, rules)))) for mark, rules in rules_of_mark.items()}


def _chosen(estimates: pd.DataFrame, indicator: str, rows: Sequence[str], series: str) -> pd.DataFrame:
    named = [*rows, *([series] if series else [])]
    needed = ["indicator", *named, *MEASURES, "status", "unit", "definition"]
    absent = [column for column in needed if column not in estimates.columns]
    if absent:
        raise ValueError(
            f"survey estimates: no column {', '.join(absent)}; found {', '.join(estimates.columns)}"
        )
    chosen = estimates[estimates["indicator"] == indicator]
    if chosen.empty:
        there = ", ".join(estimates["indicator"].unique())
        raise ValueError(f"survey estimates: nothing on {indicator}; there are {there}")
    start, end = chosen.columns.get_loc("indicator") + 1, chosen.columns.get_loc("value")
    others = [column for column in chosen.columns[start:end] if column not in named]
    for column in others:
        chosen = chosen[chosen[column] == TOTAL]
    if chosen.duplicated(named).any() or chosen.empty:
        raise ValueError(f"survey estimates: {indicator} by {', '.join(named)} is not one row a domain")
    return chosen.astype(dict.fromkeys(named, "str"))


def _printer(words: dict, locale: str, decimals: int):
    def print_number(row: dict, measure: str) -> str:
        if row["status"] in "QO" and measure != "n":
            return words[f"mark_{row['status']}"]
        if not isfinite(row[measure]):
            return ""
        places = 0 if measure == "n" else decimals
        text = printed(as_fraction(float(row[measure])), places, locale)
        return f"{text} {words['mark_U']}" if row["status"] == "U" and measure == "value" else text

    return print_number


def _keys(chosen: pd.DataFrame, rows: Sequence[str]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(zip(*(chosen[name] for name in rows), strict=True)))


def class_label(dimension: str, code: str, words: dict) -> str:
    """Return a class in words: sexes, ages, the total; any other code stands for itself."""
    if dimension == ONE:
        return words["value"]
    if code in (TOTAL, UNSPECIFIED):
        return words["total" if code == TOTAL else "unspecified"]
    if dimension == "age":
        first, _, last = code.removeprefix("Y_GE").removeprefix("Y").partition("T")
        return f"{first}–{last}" if last else words["and_over"].format(first=first)
    return words.get(f"{dimension}_{code}", code)


def _categories(chosen: pd.DataFrame, rows: Sequence[str], words: dict) -> list[str]:
    return [
        ", ".join(class_label(name, code, words) for name, code in zip(rows, key, strict=True))
        for key in _keys(chosen, rows)
    ]


def _exact(row: dict | None, measure: str) -> Fraction | None:
    known = row is not None and row["status"] not in "QO" and isfinite(row[measure])
    return as_fraction(float(row[measure])) if known else None


def _chart(chosen, rows, series, words, print_number) -> tuple[ResolvedSeries, ...]:
    resolved_series = []
    for code in dict.fromkeys(chosen[series]):
        records = chosen[chosen[series] == code].to_dict("records")
        placed = {tuple(record[name] for name in rows): record for record in records}
        domain = [placed.get(key) for key in _keys(chosen, rows)]
        resolved_series.append(
            ResolvedSeries(
                key=f"sex.SEX_{code.removeprefix('_')}" if series == "sex" else f"code.{code}",
                label=class_label(series, code, words),
                numbers=tuple(_exact(row, "value") for row in domain),
                texts=tuple("" if row is None else print_number(row, "value") for row in domain),
                low=tuple(_exact(row, "lower") for row in domain),
                high=tuple(_exact(row, "upper") for row in domain),
            )
        )
    return tuple(resolved_series)


def _columns(words: dict, unit: str) -> tuple[ResolvedColumn, ...]:
    group = words["interval"]
    heads = [(words["value"], "", unit), (words["low"], group, unit), (words["high"], group, unit)]
    heads += [(words["standard_error"], "", unit), (words["n"], "", ""), (words["status"], "", "")]
    keys = (*MEASURES, "status")
    return tuple(
        ResolvedColumn(label, above, column_unit, f"code.{key}", False)
        for (label, above, column_unit), key in zip(heads, keys, strict=True)
    )


def _rows(chosen, names, words, print_number) -> tuple[ResolvedRow, ...]:
    resolved_rows = []
    for record in chosen.to_dict("records"):
        cells = []
        for measure in MEASURES:
            exact, text = _exact(record, measure), print_number(record, measure)
            status = "computed" if exact is not None else "not_available"
            worded = record["status"] == "U" and measure == "value"
            cells.append(
                ResolvedCell(exact, text, status, "" if measure == "n" else record["unit"], 1, worded)
            )
        persons = print_number(record, "n")
        cells[-1] = ResolvedCell(Fraction(int(record["n"])), persons, "computed", "count", 0)
        cells.append(ResolvedCell(None, words[f"status_{record['status']}"], "text"))
        labels = tuple(class_label(name, record[name], words) for name in names)
        keys = tuple(f"code.{record[name]}" for name in names)
        resolved_rows.append(
            ResolvedRow(labels, keys, tuple(cells), total=all(record[name] == TOTAL for name in names))
        )
    return tuple(resolved_rows)
