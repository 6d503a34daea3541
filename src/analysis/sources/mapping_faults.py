"""What is wrong with the tables of a mapping file, all of it at once."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from analysis.sources.codes import lettered, overlaps
from analysis.sources.harmonised import Harmonised, harmonised

MISSING = "missing"
"""The value of a case in which there is no answer."""

OF_SURVEY: dict[str, type[str] | type[list] | type[dict]] = {
    "title": str,
    "keep": list,
    "implied_decimals": dict,
    "encoding": str,
    "delimiter": str,
    "decimal": str,
}
SOURCES = ("column", "columns", "value", "cases")
OF_COLUMN = ("codes", "missing", "implied_decimals", "top_codes")
OF_VARIABLE = (*SOURCES, *OF_COLUMN, "not_asked")


def faults_of_mapping(written: Mapping[str, Any]) -> list[str]:
    """Return every fault of a mapping's tables; an empty list where it can be used."""
    survey, tables = written.get("survey", {}), written.get("variables", {})
    if not isinstance(survey, Mapping) or not isinstance(tables, Mapping):
        return ["[survey] and [variables] have to be tables"]
    faults = [f"[{name}] is no table of a mapping" for name in written if name not in ("survey", "variables")]
    for key, value in survey.items():
        if key not in OF_SURVEY:
            faults.append(f"[survey] {key} is not known; expected {', '.join(OF_SURVEY)}")
        elif (
            not isinstance(value, OF_SURVEY[key])
            or (key == "keep" and not all(isinstance(item, str) for item in value))
            or (isinstance(value, dict) and not all(map(_is_decimals, value.values())))
        ):
            faults.append(f"[survey] {key} = {value!r}; expected {EXPECTED[OF_SURVEY[key]]}")
    if not faults:
        faults += _of_kept(survey)
    twice = sorted(set(map(str, survey.get("keep") or [])) & set(tables)) if not faults else []
    faults += [f"[survey] keep: {name} is a harmonised name that is mapped; leave it out" for name in twice]
    read = False
    for name, table in tables.items():
        broken = _of_variable(name, table)
        faults += [f"[variables.{name}] {fault}" for fault in broken]
        read |= not broken and "value" not in table
    if "ilo_wgt" not in tables:
        faults.append("[variables.ilo_wgt] is absent: name the column of the sampling weight, or value = 1")
    if "stratum" in tables and "psu" not in tables:
        faults.append(
            "[variables.psu] is absent beside stratum: name the column of primary sampling units, or the "
            "household's or person's where these were drawn directly"
        )
    if not read and not faults:
        faults.append("[variables] names no column of the survey")
    return faults


EXPECTED = {str: "text", list: "a list of columns", dict: "a table such as { 'repwt*' = 2 }"}


def _is_decimals(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 15


def _of_kept(survey: Mapping[str, Any]) -> list[str]:
    """Return the patterns of implied decimals that no column of ``keep`` bears."""
    patterns, kept = survey.get("implied_decimals", {}), survey.get("keep", [])
    idle = [p for p in patterns if not any(fnmatchcase(c, p) or fnmatchcase(p, c) for c in kept)]
    return [f"[survey] implied_decimals: {pattern!r} is no column of keep" for pattern in idle]


def _of_variable(name: str, table: Any) -> list[str]:
    known = harmonised()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; carry other columns by keep = [...] in [survey]"
        return [f"is no harmonised name{hint}"]
    if not isinstance(table, Mapping):
        return [f"found {table!r}; expected a table such as {{ column = 'sexo' }}"]
    faults = [
        f"{key} is not known; expected {', '.join(OF_VARIABLE)}" for key in table if key not in OF_VARIABLE
    ]
    target = known[name]
    if sum(key in table for key in SOURCES) != 1:
        faults.append(f"needs exactly one of {', '.join(SOURCES)}")
    faults += _of_forms(table)
    if faults:
        return faults
    if "columns" in table and target.kind != "identifier":
        faults.append(
            f"joins several columns, which only an identifier may; {name} is of kind {target.kind}. "
            "Combine answers by cases"
        )
    codes = table.get("codes", {})
    top_codes = table.get("top_codes", {})
    if top_codes and (codes or target.kind not in ("integer", "number")):
        faults.append(
            f"has top_codes, which belong to numbers without codes; {name} is of kind {target.kind}"
        )
    faults += [
        f"top_codes: {code} = {fault}" for code, to in top_codes.items() if (fault := _value(to, target))
    ]
    faults += [f"top_codes: {code} is a number as it stands" for code in top_codes if not lettered(code)]
    if codes and target.kind not in ("code", "integer"):
        faults.append(f"has codes, but {name} is of kind {target.kind}; leave codes out")
    if "column" not in table:
        of_column = [key for key in OF_COLUMN if key in table]
        faults += [f"has {key}, which belongs beside column" for key in of_column]
    if "not_asked" in table and ("value" in table or "columns" in table or target.kind == "identifier"):
        faults.append("has not_asked, which belongs beside column or cases of an answer")
    faults += [f"codes: {code} = {fault}" for code, to in codes.items() if (fault := _value(to, target))]
    if "value" in table and (fault := _value(table["value"], target)):
        faults.append(f"value = {fault}")
    for key in ("cases", "not_asked"):
        for place, case in enumerate(table.get(key, []), start=1):
            value = case["value"]
            if not (key == "cases" and value == MISSING) and (fault := _value(value, target)):
                faults.append(f"{key} {place}: value = {fault}")
            for column, listed in case["when"].items():
                listed = listed if isinstance(listed, list) else [listed]
                faults += [f"{key} {place}: {column}: {fault}" for fault in overlaps(map(str, listed))]
    return faults + overlaps([*codes, *top_codes, *map(str, table.get("missing", ()))])


def _of_forms(table: Mapping[str, Any]) -> list[str]:
    """Return what is not of the form that a key has to have."""
    faults = []
    if not isinstance(table.get("column", ""), str) or table.get("column") == "":
        faults.append(f"column = {table['column']!r}; expected a column's name")
    named = table.get("columns", ["a"])
    if not isinstance(named, list) or not named or not all(isinstance(name, str) for name in named):
        faults.append(f"columns = {named!r}; expected a list of columns' names")
    codes = table.get("codes", {})
    if not isinstance(codes, Mapping) or any(not isinstance(to, int) for to in codes.values()):
        faults.append(f"codes = {codes!r}; expected a table such as {{ 1 = 1, '2..7' = 2 }}")
    top_codes = table.get("top_codes", {})
    if not isinstance(top_codes, Mapping) or not all(isinstance(n, (int, float)) for n in top_codes.values()):
        faults.append(f"top_codes = {top_codes!r}; expected a table such as {{ '98+' = 98 }}")
    if not isinstance(table.get("missing", []), list):
        faults.append(f"missing = {table['missing']!r}; expected a list of codes, such as [9, 'NA']")
    decimals = table.get("implied_decimals", 0)
    if not _is_decimals(decimals):
        faults.append(f"implied_decimals = {decimals!r}; expected a whole number, such as 2")
    for key in ("cases", "not_asked"):
        cases = table.get(key, [])
        if not isinstance(cases, list) or (key in table and not cases) or not all(map(_is_case, cases)):
            faults.append(
                f"{key} = {cases!r}; expected a list of tables such as "
                "{ when = { column = [1, 2] }, value = 1 }, each with at least one column"
            )
    return faults


def _is_case(case: Any) -> bool:
    if not isinstance(case, Mapping) or set(case) != {"when", "value"}:
        return False
    when = case["when"]
    if not isinstance(when, Mapping) or not when:
        return False
    listed = [code for codes in when.values() for code in (codes if isinstance(codes, list) else [codes])]
    return all(isinstance(code, (int, float, str)) for code in listed) and all(c != [] for c in when.values())


def _value(value: Any, target: Harmonised) -> str:
    """Return why a harmonised value cannot stand, or nothing where it can."""
    if target.codes:
        expected = f"one of {target.codes} ({target.meaning})"
        return (
            "" if value in target.codes and not isinstance(value, bool) else f"{value!r}; expected {expected}"
        )
    if target.kind == "identifier":
        return "" if isinstance(value, (str, int)) else f"{value!r}; expected text"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return f"{value!r}; expected a number"
    if target.low is not None and not target.low <= value <= target.high:
        return f"{value!r}; expected {target.low:g} to {target.high:g}"
    return f"{value!r}; expected 0 or more" if target.kind == "weight" and not value >= 0 else ""
