"""A harmonised variable in a survey: its columns, codes and conditions, and the expression that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals as nw

from analysis.sources.codes import (
    TRUTHS,
    Kinds,
    all_hold,
    any_of,
    as_identifier,
    as_number,
    blank,
    lettered,
)
from analysis.sources.declared_missing import Spans, declared_missing
from analysis.sources.harmonised import Harmonised


@dataclass(frozen=True)
class Case:
    """A value, and the codes that the survey's columns must all hold for it.

    Attributes
    ----------
    when : dict of str to tuple of str
        Codes of each column, one of which it must hold; an empty code is a missing answer.
    value : object
        The harmonised value; None where the answer is missing.
    """

    when: Mapping[str, tuple[str, ...]]
    value: Any

    def condition(self, kinds: Kinds) -> nw.Expr:
        """Condition that every column holds one of its codes."""
        return all_hold(self.when, kinds)


@dataclass(frozen=True)
class Variable:
    """How one harmonised variable is found in the survey.

    Attributes
    ----------
    target : Harmonised
        The harmonised variable.
    columns : tuple of str
        The survey's column; several are joined to one identifier; none for a constant or for `cases`.
    value : object
        The constant, where every person has the same.
    codes : dict of str to int
        Harmonised code of each of the survey's codes, written ``"3"``, ``"a"`` or, for whole numbers,
        ``"1..7"``.
    missing : tuple of str
        Codes of the survey that mean no answer.
    implied_decimals : int
        Decimals that the survey's file leaves unwritten: 2 reads 12345 as 123.45.
    top_codes : dict of str to float
        The least number of each open class that stands in a column of numbers: ``"98+"`` as 98.
    cases : tuple of Case
        Values by conditions on several columns; the first case that holds decides.
    not_asked : tuple of Case
        Who was not asked the question, and the value that follows for them.
    declared : dict of str to Spans
        Runs of codes of each column that the file itself declares missing.
    """

    target: Harmonised
    columns: tuple[str, ...] = ()
    value: Any = None
    codes: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    implied_decimals: int = 0
    top_codes: Mapping[str, float] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    not_asked: tuple[Case, ...] = ()
    declared: Mapping[str, Spans] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The harmonised name."""
        return self.target.name

    @property
    def counts_beyond_one(self) -> bool:
        """Whether its codes are numbers beyond 0 and 1, among which no truth value is one of them."""
        listed = [code.strip().lower() for code in self.codes] or [*map(str, self.target.codes)]
        return bool({*listed} - {"0", "1"}) and not {*listed} & {*TRUTHS}

    @property
    def read(self) -> tuple[str, ...]:
        """The survey's columns that are read, conditions included."""
        conditions = (column for case in (*self.cases, *self.not_asked) for column in case.when)
        return tuple(dict.fromkeys((*self.columns, *conditions)))

    @property
    def read_as_text(self) -> tuple[str, ...]:
        """The columns that hold identifiers, or codes that are not whole numbers."""
        codes = [*self.codes, *self.missing, *self.top_codes]
        own = self.target.kind == "identifier" or any(map(lettered, codes))
        conditions = [item for case in (*self.cases, *self.not_asked) for item in case.when.items()]
        return (self.columns if own else ()) + tuple(
            c for c, listed in conditions if any(map(lettered, listed))
        )

    @property
    def read_as_numbers(self) -> tuple[str, ...]:
        """The columns that are compared with numbers, or are numbers."""
        own = () if self.target.kind == "identifier" else self.columns
        return tuple(
            dict.fromkeys((*own, *(c for case in (*self.cases, *self.not_asked) for c in case.when)))
        )

    def known(self, kinds: Kinds) -> nw.Expr | None:
        """Condition that the survey's code is in the mapping; None where every value may stand."""
        if self.cases:
            return reduce(or_, (case.condition(kinds) for case in self.cases))
        listed = [*self.codes] or [*map(str, self.target.codes)]
        return any_of(self.columns[0], [*listed, *self.missing], kinds) if listed else None

    def unanswered(self, kinds: Kinds) -> nw.Expr:
        """Condition that the survey holds no answer: blank, or a code that means none."""
        if self.cases:
            columns = dict.fromkeys(column for case in self.cases for column in case.when)
            return reduce(and_, (self.silent(column, kinds) for column in columns))
        empty = self.silent(self.columns[0], kinds)
        return empty | any_of(self.columns[0], self.missing, kinds) if self.missing else empty

    def silent(self, column: str, kinds: Kinds) -> nw.Expr:
        """Condition that a column is blank, or holds a code that the file, and not the mapping, speaks of."""
        empty = blank(column, kinds)
        if column not in self.declared:
            return empty
        named = [*self.codes, *(code for case in self.cases for code in case.when.get(column, ()))]
        return empty | declared_missing(column, self.declared[column], kinds, named)

    def answer(self, kinds: Kinds) -> nw.Expr:
        """Return what the survey's columns say, as an expression, before routing."""
        if self.cases:
            empty = nw.lit(None, dtype=nw.String if self.target.kind == "identifier" else nw.Float64)
            values = (empty if case.value is None else nw.lit(case.value) for case in self.cases)
            return _first(list(zip((case.condition(kinds) for case in self.cases), values, strict=True)))
        if self.codes:
            by_target: dict[int, list[str]] = {}
            for code, target in self.codes.items():
                by_target.setdefault(target, []).append(code)
            listed = by_target.items()
            return _first([(any_of(self.columns[0], codes, kinds), nw.lit(to)) for to, codes in listed])
        raw = as_number(self.columns[0], kinds)
        if self.implied_decimals:  # by a column: by a constant, Polars multiplies by its inverse
            raw = raw / ((~raw.is_null()).cast(nw.Float64) * 10**self.implied_decimals)
        for code, least in self.top_codes.items():
            raw = nw.when(any_of(self.columns[0], [code], kinds)).then(nw.lit(float(least))).otherwise(raw)
        unsaid = self.missing or self.columns[0] in self.declared
        return nw.when(~self.unanswered(kinds)).then(raw) if unsaid else raw

    def expression(self, kinds: Kinds) -> nw.Expr:
        """Return the harmonised variable as an expression on the survey's columns.

        Parameters
        ----------
        kinds : dict of str to str
            What each column holds, from `analysis.sources.codes.kinds_of`.
        """
        if not self.read:
            return nw.lit(self.value).alias(self.name)
        if len(self.columns) > 1:
            parts = [self._identified(column, kinds) for column in self.columns]
            return nw.concat_str(parts, separator="|").alias(self.name)
        if self.target.kind == "identifier" and not self.cases:
            column = self.columns[0]
            as_it_is = kinds.get(column) != "text" and column not in self.declared
            return (nw.col(column) if as_it_is else self._identified(column, kinds)).alias(self.name)
        answer = self.answer(kinds)
        for case in self.not_asked:
            routed = self.unanswered(kinds) & case.condition(kinds)
            answer = nw.when(routed).then(nw.lit(case.value)).otherwise(answer)
        return answer.alias(self.name)

    def _identified(self, column: str, kinds: Kinds) -> nw.Expr:
        part = as_identifier(column, kinds)
        return nw.when(~self.silent(column, kinds)).then(part) if column in self.declared else part


def _first(cases: list[tuple[nw.Expr, nw.Expr]]) -> nw.Expr:
    """Return the value of the first condition that holds; missing where none does."""
    (condition, value), *others = cases
    chosen = nw.when(condition).then(value)
    for condition, value in others:
        chosen = chosen.when(condition).then(value)
    return chosen
