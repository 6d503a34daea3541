"""A survey's mapping to the ILO's harmonised names: which column is which, and which codes mean what."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from operator import or_
from pathlib import Path
from typing import Any

import narwhals as nw

from analysis.sources.harmonised import Harmonised, harmonised

RANGE = re.compile(r"\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*")


class MappingError(ValueError):
    """A mapping file that cannot be used; the message lists everything that is wrong with it."""


@dataclass(frozen=True)
class Variable:
    """How one harmonised variable is found in the survey.

    Attributes
    ----------
    target : Harmonised
        The harmonised variable.
    columns : tuple of str
        The survey's column; several are joined to one identifier; none for a constant.
    value : object
        The constant, where every person has the same.
    codes : dict of str to int
        Harmonised code of each of the survey's codes, written ``"3"``, ``"a"`` or, for whole numbers,
        ``"1..7"``.
    missing : tuple
        Codes of the survey that mean no answer, or a question not asked.
    implied_decimals : int
        Decimals that the survey's file leaves unwritten: 2 reads 12345 as 123.45.
    """

    target: Harmonised
    columns: tuple[str, ...] = ()
    value: Any = None
    codes: MappingOf[str, int] = field(default_factory=dict)
    missing: tuple = ()
    implied_decimals: int = 0

    @property
    def name(self) -> str:
        """The harmonised name."""
        return self.target.name

    @property
    def read_as_text(self) -> bool:
        """Whether the column is to be read as text: an identifier, or codes that are not whole numbers."""
        listed = [code for code in (*self.codes, *map(str, self.missing)) if not RANGE.fullmatch(code)]
        lettered = any(not re.fullmatch(r"-?\d+", code) for code in listed)
        return self.target.kind == "identifier" or (self.target.kind == "code" and lettered)

    def known(self, text: bool) -> nw.Expr | None:
        """Condition that the survey's code is in the mapping; None where every value may stand."""
        if self.codes:
            return _any_of(self.columns[0], [*self.codes, *map(str, self.missing)], text)
        if self.target.codes:
            return _any_of(self.columns[0], [*map(str, self.target.codes), *map(str, self.missing)], text)
        return None

    def expression(self, text: bool) -> nw.Expr:
        """Return the harmonised variable as an expression on the survey's columns.

        Parameters
        ----------
        text : bool
            Whether the survey holds the column as text.
        """
        if not self.columns:
            return nw.lit(self.value).alias(self.name)
        raw = nw.col(self.columns[0])
        if len(self.columns) > 1:
            parts = [nw.col(column).cast(nw.String) for column in self.columns]
            return nw.concat_str(parts, separator="|").alias(self.name)
        if self.codes:
            recoded = None
            by_target: dict[int, list[str]] = {}
            for code, target in self.codes.items():
                by_target.setdefault(target, []).append(code)
            for target, listed in by_target.items():
                chosen = nw.when(_any_of(self.columns[0], listed, text)).then(nw.lit(target))
                recoded = chosen if recoded is None else chosen.otherwise(recoded)
            return recoded.alias(self.name)
        if self.implied_decimals:
            raw = raw / 10**self.implied_decimals
        if self.missing:
            raw = nw.when(~_any_of(self.columns[0], list(map(str, self.missing)), text)).then(raw)
        return raw.alias(self.name)


@dataclass(frozen=True)
class Mapping:
    """A survey's mapping.

    Attributes
    ----------
    title : str
        The survey's name.
    variables : tuple of Variable
        What is mapped.
    keep : tuple of str
        Further columns of the survey, carried along under their own names.
    """

    title: str
    variables: tuple[Variable, ...]
    keep: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The survey's columns that are read."""
        read = dict.fromkeys(column for variable in self.variables for column in variable.columns)
        return tuple(read | dict.fromkeys(self.keep))

    @property
    def text_columns(self) -> tuple[str, ...]:
        """The survey's columns to be read as text, so that no identifier loses its leading zeros."""
        text = dict.fromkeys(c for v in self.variables if v.read_as_text for c in v.columns)
        number = {c for v in self.variables if not v.read_as_text for c in v.columns}
        return tuple(column for column in text if column not in number)


def load(path: Path | str) -> Mapping:
    """Read a mapping file.

    Parameters
    ----------
    path : Path or str
        A TOML file: a table ``[survey]`` with ``title`` and perhaps ``keep``, and a table
        ``[variables.NAME]`` for each harmonised name with ``column`` (or ``columns``, or ``value``) and
        perhaps ``codes``, ``missing`` and ``implied_decimals``.

    Returns
    -------
    Mapping
        Checked in itself; nothing of the survey is read.

    Raises
    ------
    MappingError
        Listing everything that is wrong with the file.
    """
    path = Path(path)
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as refused:
        raise MappingError(f"{path}: not a TOML file: {refused}") from refused
    return from_tables(written, where=str(path))


def from_tables(written: MappingOf[str, Any], where: str = "mapping") -> Mapping:
    """Make a mapping from the tables of a mapping file; `where` names them in errors.

    Raises
    ------
    MappingError
        Listing everything that is wrong.
    """
    survey, tables = written.get("survey", {}), written.get("variables", {})
    faults = [f"[{name}] is no table of a mapping" for name in written if name not in ("survey", "variables")]
    faults += [f"[survey] {key} is not known" for key in survey if key not in ("title", "keep")]
    variables = []
    for name, table in tables.items():
        found = _faults(name, table)
        faults += [f"[variables.{name}] {fault}" for fault in found]
        if not found:
            variables.append(_variable(name, table))
    if "ilo_wgt" not in tables:
        faults.append("[variables.ilo_wgt] is absent: name the column of the sampling weight, or value = 1")
    if "stratum" in tables and "psu" not in tables:
        faults.append(
            "[variables.psu] is absent beside stratum: name the column of primary sampling units, "
            "or the "
            "household's or person's where these were drawn directly"
        )
    if not any(variable.columns for variable in variables) and not faults:
        faults.append("[variables] names no column of the survey")
    if faults:
        listed = "".join(f"\n  {number}. {fault}" for number, fault in enumerate(faults, start=1))
        raise MappingError(f"{where}: {len(faults)} faults in the mapping; nothing was read{listed}")
    return Mapping(str(survey.get("title", where)), tuple(variables), tuple(survey.get("keep", ())))


def own_names(columns: Iterable[str], title: str) -> Mapping:
    """Return the mapping of a survey whose columns bear harmonised names and codes already.

    Columns under other names are kept as they are.

    Raises
    ------
    MappingError
        When there is no ``ilo_wgt``, or a stratum without PSU.
    """
    named = list(columns)
    known = [name for name in named if name in harmonised()]
    tables = {name: {"column": name} for name in known}
    keep = [name for name in named if name not in harmonised()]
    return from_tables({"survey": {"title": title, "keep": keep}, "variables": tables}, title)


def _faults(name: str, table: Any) -> list[str]:
    known = harmonised()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; carry other columns by keep = [...] in [survey]"
        return [f"is no harmonised name{hint}"]
    if not isinstance(table, dict):
        return [f"found {table!r}; expected a table such as {{ column = 'sexo' }}"]
    allowed = ("column", "columns", "value", "codes", "missing", "implied_decimals")
    faults = [f"{key} is not known; expected {', '.join(allowed)}" for key in table if key not in allowed]
    target = known[name]
    if sum(key in table for key in ("column", "columns", "value")) != 1:
        faults.append("needs exactly one of column, columns, value")
    if "columns" in table and target.kind != "identifier":
        faults.append(f"joins several columns, which only an identifier may; {name} is of kind {target.kind}")
    codes = table.get("codes", {})
    if codes and target.kind not in ("code", "integer"):
        faults.append(f"has codes, but {name} is of kind {target.kind}; leave codes out")
    wrong = {code: to for code, to in codes.items() if target.codes and to not in target.codes}
    faults += [
        f"codes: {code} = {to!r}; expected one of {target.codes} ({target.meaning})"
        for code, to in wrong.items()
    ]
    if "value" in table and target.codes and table["value"] not in target.codes:
        faults.append(f"value = {table['value']!r}; expected one of {target.codes} ({target.meaning})")
    return faults + _twice([*codes, *map(str, table.get("missing", ()))])


def _twice(codes: list[str]) -> list[str]:
    """Return a fault for each pair of codes or ranges that overlap."""
    spans = []
    for code in codes:
        match = RANGE.fullmatch(code)
        if match:
            spans.append((int(match[1]), int(match[2]), code))
        elif re.fullmatch(r"-?\d+", code):
            spans.append((int(code), int(code), code))
    spans.sort()
    faults = [f"codes: range {code} ends before it begins" for first, last, code in spans if last < first]
    return faults + [
        f"codes: {before[2]} and {after[2]} overlap; a code may mean one thing only"
        for before, after in pairwise(spans)
        if after[0] <= before[1]
    ]


def _variable(name: str, table: dict[str, Any]) -> Variable:
    columns = (
        tuple(table["columns"])
        if "columns" in table
        else tuple([table["column"]] if "column" in table else ())
    )
    return Variable(
        harmonised()[name],
        columns,
        table.get("value"),
        table.get("codes", {}),
        tuple(table.get("missing", ())),
        table.get("implied_decimals", 0),
    )


def _any_of(column: str, codes: list[str], text: bool) -> nw.Expr:
    """Condition that a column holds one of the codes."""
    raw = nw.col(column)
    if text:
        return raw.is_in(codes)
    conditions = []
    for code in codes:
        match = RANGE.fullmatch(code)
        within = (raw >= int(match[1])) & (raw <= int(match[2])) if match else raw == int(code)
        conditions.append(within)
    return reduce(or_, conditions)
