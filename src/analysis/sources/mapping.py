"""A survey's mapping to the ILO's harmonised names: which column is which, and which codes mean what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from analysis.files import Unreadable, read_toml
from analysis.sources.codes import BLANK
from analysis.sources.declared_missing import EXTENDED, Spans
from analysis.sources.form import PLAIN, Form
from analysis.sources.harmonised import Harmonised, harmonised
from analysis.sources.mapping_faults import MISSING, faults_of_mapping
from analysis.sources.variable import Case, Variable


class SurveyMappingError(ValueError):
    """A mapping file that cannot be used; the message lists everything that is wrong with it."""


@dataclass(frozen=True)
class SurveyMapping:
    """A survey's mapping.

    Attributes
    ----------
    title : str
        The survey's name.
    variables : tuple of Variable
        What is mapped.
    keep : tuple of str
        Further columns of the survey, carried along under their own names.
    form : Form
        How the survey's text file is written.
    implied_decimals : dict of str to int
        Decimals that the file leaves unwritten in columns of `keep`, by a pattern of their names.
    """

    title: str
    variables: tuple[Variable, ...]
    keep: tuple[str, ...] = ()
    form: Form = PLAIN
    implied_decimals: Mapping[str, int] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The survey's columns that are read."""
        read = dict.fromkeys(column for variable in self.variables for column in variable.read)
        return tuple(read | dict.fromkeys(self.keep))

    @property
    def kept_numbers(self) -> dict[str, Variable]:
        """The columns of `keep` that are numbers with implied decimals, each as a variable of its own."""
        variables = {}
        for column in self.keep:
            for pattern, decimals in self.implied_decimals.items():
                if fnmatchcase(column, pattern):
                    number = Harmonised(column, "number", (), None, None, "a column that is kept")
                    variables[column] = Variable(number, (column,), implied_decimals=decimals)
        return variables

    @property
    def text_columns(self) -> tuple[str, ...]:
        """The survey's columns to be read as text, so that no identifier loses its leading zeros."""
        return tuple(dict.fromkeys(column for v in self.variables for column in v.read_as_text))

    @property
    def told_apart(self) -> frozenset[str]:
        """The columns of which the mapping names a blank, or one of Stata's extended missing values."""
        named = [(column, (*v.codes, *v.missing)) for v in self.variables for column in v.columns]
        cases = [case for v in self.variables for case in (*v.cases, *v.not_asked)]
        named += [item for case in cases for item in case.when.items()]
        return frozenset(c for c, codes in named if any(x == BLANK or EXTENDED.fullmatch(x) for x in codes))

    def declaring(self, missing: Mapping[str, Spans]) -> SurveyMapping:
        """Return the mapping with the codes that a file declares missing.

        Parameters
        ----------
        missing : dict of str to Spans
            Runs of codes by column.
        """
        if not missing:
            return self
        own = [{column: missing[column] for column in v.read if column in missing} for v in self.variables]
        return replace(
            self, variables=tuple(replace(v, declared=d) for v, d in zip(self.variables, own, strict=True))
        )


def load(path: Path | str) -> SurveyMapping:
    """Read a mapping file.

    Parameters
    ----------
    path : Path or str
        A TOML file: a table ``[survey]`` with ``title`` and perhaps ``keep``, and a table
        ``[variables.NAME]`` for each harmonised name with ``column`` (or ``columns``, or ``value``) and
        perhaps ``codes``, ``missing``, ``implied_decimals``, ``top_codes``, ``cases`` and ``not_asked``;
        ``docs/surveys.md`` describes each.

    Returns
    -------
    SurveyMapping
        Checked in itself; nothing of the survey is read.

    Raises
    ------
    SurveyMappingError
        Listing everything that is wrong with the file.
    """
    path = Path(path)
    try:
        written = read_toml(path)
    except FileNotFoundError:
        raise SurveyMappingError(
            f"{path}: no such mapping file; `analysis new-mapping SURVEY` proposes one from the columns"
        ) from None
    except Unreadable as refused:
        raise SurveyMappingError(str(refused)) from None
    return from_tables(written, where=str(path))


def from_tables(written: Mapping[str, Any], where: str = "mapping") -> SurveyMapping:
    """Make a mapping from the tables of a mapping file; `where` names them in errors.

    Raises
    ------
    SurveyMappingError
        Listing everything that is wrong.
    """
    if faults := faults_of_mapping(written):
        listed = "".join(f"\n  {number}. {fault}" for number, fault in enumerate(faults, start=1))
        count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
        raise SurveyMappingError(f"{where}: {count} in the mapping; nothing was read{listed}")
    survey = written.get("survey", {})
    variables = tuple(_variable(name, table) for name, table in written["variables"].items())
    form = Form(*(survey.get(key, "") for key in ("encoding", "delimiter", "decimal")))
    kept, implied = tuple(survey.get("keep", ())), survey.get("implied_decimals", {})
    return SurveyMapping(str(survey.get("title", where)), variables, kept, form, implied)


def own_names(columns: Iterable[str], title: str) -> SurveyMapping:
    """Return the mapping of a survey whose columns bear harmonised names and codes already.

    Columns under other names are kept as they are.

    Raises
    ------
    SurveyMappingError
        When there is no ``ilo_wgt``, or a stratum without PSU.
    """
    named = list(columns)
    known = [name for name in named if name in harmonised()]
    if "ilo_wgt" not in known:
        shown = ", ".join(named[:20]) + (f" and {len(named) - 20} more" if len(named) > 20 else "")
        raise SurveyMappingError(
            f"{title}: no column bears the harmonised name ilo_wgt of the weight; it holds {shown}. Name a "
            "mapping by --mapping; `analysis new-mapping SURVEY` proposes one"
        )
    tables = {name: {"column": name} for name in known}
    keep = [name for name in named if name not in harmonised()]
    return from_tables({"survey": {"title": title, "keep": keep}, "variables": tables}, title)


def _variable(name: str, table: dict[str, Any]) -> Variable:
    columns = table.get("columns", [table["column"]] if "column" in table else [])
    return Variable(
        harmonised()[name],
        tuple(columns),
        table.get("value"),
        table.get("codes", {}),
        tuple(map(str, table.get("missing", ()))),
        table.get("implied_decimals", 0),
        table.get("top_codes", {}),
        _cases(table.get("cases", ())),
        _cases(table.get("not_asked", ())),
    )


def _cases(written: Iterable[Mapping[str, Any]]) -> tuple[Case, ...]:
    cases = []
    for rule in written:
        listed = {c: codes if isinstance(codes, list) else [codes] for c, codes in rule["when"].items()}
        when = {column: tuple(map(str, codes)) for column, codes in listed.items()}
        cases.append(Case(when, None if rule["value"] == MISSING else rule["value"]))
    return tuple(cases)
