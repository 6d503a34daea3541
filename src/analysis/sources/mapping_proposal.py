"""A mapping proposed from a survey's file: its columns, labels and distributions, to be finished by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.sources import microdata
from analysis.sources.codes import NUMBER, lettered
from analysis.sources.form import PLAIN, Form
from analysis.sources.harmonised import Harmonised, harmonised
from analysis.sources.mapping_hints import OPEN
from analysis.sources.survey_files import Described, describe_survey
from analysis.sources.survey_identifiers import ALPHA_3
from analysis.sources.value_labels import (
    code_text,
    has_own_words,
    hints,
    meaning,
    means_no_answer,
    without_accents,
    words_without_accents,
)

LISTED = 30
"""Distinct values of a column that are listed; where there are more, its range is told."""


@dataclass(frozen=True)
class SurveyColumn:
    """What a column holds.

    Attributes
    ----------
    name, title : str
        Its name, and what the file calls it.
    counts : dict
        Number of persons by value, as text, in the order of the values; empty where there are too many.
    distinct, missing : int
        Number of values, and of persons without one.
    low, high : float or None
        Least and greatest of the values that are numbers.
    letters : dict of str to int
        Values that are no numbers beside others that are, the most frequent first.
    labels : dict of str to str
        What the file calls the values.
    of_countries : bool
        Whether every value is written as a code of ISO 3166-1 alpha-3 is.
    """

    name: str
    title: str
    counts: Mapping[str, int]
    distinct: int
    missing: int
    low: float | None
    high: float | None
    letters: Mapping[str, int]
    labels: Mapping[str, str]
    of_countries: bool

    def lines(self) -> list[str]:
        """Return the column's distribution as lines of a comment."""
        head = f"# {self.name}" + (f" “{self.title}”" if self.title else "")
        blank = f"; {self.missing:,} missing" if self.missing else ""
        if not self.counts:
            span = "" if self.low is None else f" from {self.low:g} to {self.high:g}"
            span += "".join(f", {value} × {count:,}" for value, count in self.letters.items())
            return [f"{head}: {self.distinct:,} values{span}{blank}"]
        if any(self.labels.get(value) for value in self.counts):
            lines = [f"#   {v} “{self.labels.get(v, '')}” × {n:,}" for v, n in self.counts.items()]
            return [f"{head}{blank}", *lines]
        return [f"{head}: {'; '.join(f'{v} × {n:,}' for v, n in self.counts.items())}{blank}"]


def propose(survey: Path | str, form: Form = PLAIN) -> str:
    """Propose a mapping of a survey's file.

    Parameters
    ----------
    survey : Path or str
        A file, or a folder of files of one kind.
    form : Form
        How a text file is written.

    Returns
    -------
    str
        The text of a mapping file. A variable whose column was recognised and whose codes are told by
        labels stands as it may be; what is not sure stands as a comment, with a question mark where a hand is
        needed.
        Every column's distribution stands beside it.

    Raises
    ------
    FileNotFoundError, UnreadableSurvey
        When nothing is there, or it cannot be read.
    """
    described = describe_survey(survey, form)
    persons = microdata.open_microdata(survey, engine="polars", form=form).collect()
    columns = [_column(persons[name], described) for name in persons.columns]
    scored = _scored(columns)
    recognised = _recognised(columns, scored)
    lines = [
        "# Proposed by `analysis new-mapping`. Check every line against the questionnaire, finish what is",
        "# marked with ?, and say by not_asked who was not asked a question; docs/surveys.md describes keys.",
        f"# {len(persons):,} persons, {len(columns)} columns.",
        "",
        "[survey]",
        f"title = {_quoted(Path(survey).name.split('.')[0])}",
        *(f"{key} = {_quoted(value)}" for key, value in vars(form).items() if value),
    ]
    for name, target in harmonised().items():
        if name in recognised:
            lines += ["", *_table(target, recognised[name]), *_beside(name, scored, columns, recognised)]
    taken = {column.name for column in recognised.values()}
    lines += ["", "# Columns that were not recognised:"]
    lines += [line for column in columns if column.name not in taken for line in column.lines()] or ["# none"]
    if "" in described.columns:
        lines.append("# A column without a name, such as R's numbers of rows, was left out.")
    lines += ["", "# Harmonised variables for which no column was recognised:"]
    lines += [
        f"# {name}: {target.meaning}" for name, target in harmonised().items() if name not in recognised
    ]
    return "\n".join(_on_one_line(line.rstrip()) for line in lines) + "\n"


def _column(values: Any, described: Described) -> SurveyColumn:
    """Describe a column that Polars holds."""
    import polars as pl

    known, numbers = values.drop_nulls(), pl.Series([], dtype=pl.Float64)
    if known.dtype == pl.String:
        known = known.str.strip_chars()
        known = known.filter(known != "")
        numbers = known.filter(known.str.contains(NUMBER)).cast(pl.Float64)
    elif known.dtype.is_numeric():
        numbers = known.cast(pl.Float64)
    tally = known.value_counts(sort=True, name="persons").rows()
    letters = [(value, count) for value, count in tally if not re.fullmatch(NUMBER, str(value))]
    few = letters[:5] if len(numbers) and known.dtype == pl.String else []
    distinct, counts = len(tally), {}
    if distinct <= LISTED:
        counts = {code_text(value): count for value, count in sorted(tally, key=lambda row: _order(row[0]))}
    labels = {code_text(code): label for code, label in described.labels.get(values.name, {}).items()}
    title = described.titles.get(values.name, "")
    ends = numbers.to_numpy()
    low, high = (float(ends.min()), float(ends.max())) if len(ends) else (None, None)
    missing, iso = len(values) - len(known), bool(tally) and all(ALPHA_3.fullmatch(str(v)) for v, _ in tally)
    return SurveyColumn(values.name, title, counts, distinct, missing, low, high, dict(few), labels, iso)


def _order(value: Any) -> tuple[bool, float, str]:
    """Order numbers by their size, before what is no number."""
    number = re.fullmatch(NUMBER, str(value))
    return not number, float(value) if number else 0.0, str(value)


Scored = list[tuple[int, int, str]]
"""How surely a column, by its place made negative, is of a variable."""


def _scored(columns: Sequence[SurveyColumn]) -> Scored:
    """Return how surely columns are of variables, of those that may be, the surest first."""
    scored = [
        (score, -place, name)
        for name in harmonised()
        for place, column in enumerate(columns)
        if (score := _score(name, column)) and _possible(harmonised()[name], column)
    ]
    return sorted(scored, reverse=True)


def _beside(
    name: str, scored: Scored, columns: Sequence[SurveyColumn], recognised: Mapping[str, SurveyColumn]
) -> list[str]:
    """Return, as comments, what is not sure of a variable's column: which else it may be, names for codes."""
    taken, lines = {column.name for column in recognised.values()}, []
    also = [
        columns[-place].name for _, place, of in scored if of == name and columns[-place].name not in taken
    ]
    if name == "country" and not recognised[name].of_countries:
        lines += [
            "# These are no codes of ISO 3166-1 alpha-3, by which national lines know countries;",
            '# of one country say value = "KEN".',
        ]
    return [*lines, f"# It may also be {', '.join(also)}; see below."] if also else lines


def _recognised(columns: Sequence[SurveyColumn], scored: Scored) -> dict[str, SurveyColumn]:
    """Return the column of each variable that has one, the surest first."""
    recognised: dict[str, SurveyColumn] = {}
    for _, place, name in scored:
        column = columns[-place]
        if name not in recognised and column not in recognised.values():
            recognised[name] = column
    return recognised


def _score(name: str, column: SurveyColumn) -> int:
    """How surely a column is of a variable, by its name, title or values: 0 for not at all."""
    names = hints().get(name, {}).get("names", [])
    own, parts = without_accents(column.name), words_without_accents(column.name)
    if name == "country" and column.of_countries and set(parts) & set(names):
        return 6  # the code, where the name stands in a column of its own
    if column.name == name:
        return 5
    if own in names:
        return 4
    if set(parts) & set(names):
        return 3
    if any(part.startswith(hint) for part in parts for hint in names if len(hint) > 3):
        return 2
    return int(
        bool(set(words_without_accents(column.title)) & set(names))
        or _told_by_values(harmonised()[name], column)
    )


def _told_by_values(target: Harmonised, column: SurveyColumn) -> bool:
    """Whether a column's values, or their labels, name two codes or more of the variable and nothing else."""
    if not has_own_words(target):
        return False
    labels = [column.labels.get(value) or value for value in column.counts]
    codes = {meaning(target, label) for label in labels if not means_no_answer(label)}
    return None not in codes and len(codes) > 1


def _possible(target: Harmonised, column: SurveyColumn) -> bool:
    """Whether a column's distribution allows the variable."""
    if target.kind == "weight":
        return column.low is not None and column.low >= 0 and column.high > 0
    if target.kind == "code":
        return bool(column.counts) and column.distinct > 1
    if target.kind in ("integer", "number"):
        return column.low is not None
    return column.distinct > 1 or target.name == "country"


def _table(target: Harmonised, column: SurveyColumn) -> list[str]:
    """Return the lines of a variable's table, as a comment where its codes are not sure."""
    lines = [*column.lines(), f"# {target.name}: {target.meaning}"]
    head, read = f"[variables.{target.name}]", f"column = {_quoted(column.name)}"
    if target.kind != "code":
        if target.kind == "identifier":
            return [*lines, head, read]
        unanswered = {code: label for code, label in column.labels.items() if means_no_answer(label)}
        lines += [f"#   {code} “{label}”" for code, label in unanswered.items()]
        codes = [*(code if not lettered(code) else _quoted(code) for code in unanswered)]
        least = {value: open_class[1] for value in column.letters if (open_class := OPEN.fullmatch(value))}
        missing = ", ".join((*codes, *(_quoted(value) for value in column.letters if value not in least)))
        top_codes = ", ".join(f"{_quoted(value)} = {number}" for value, number in least.items())
        lines += [head, read, *([f"missing = [{missing}]  # ?"] if missing else [])]
        return [*lines, *([f"top_codes = {{ {top_codes} }}  # ?"] if top_codes else [])]
    meant = {code: meaning(target, column.labels.get(code) or code) for code in column.counts}
    known = ", ".join(f"{_quoted(code)} = {to}" for code, to in _spans(meant))
    silent = [c for c, to in meant.items() if to is None and means_no_answer(column.labels.get(c, ""))]
    unknown = [code for code, to in meant.items() if to is None and code not in silent]
    if column.name == target.name and all(code in map(str, target.codes) for code in column.counts):
        return [*lines, head, read]
    if not known:
        question = ", ".join(f"{_quoted(code)} = ?" for code in column.counts)
        return [*lines, f"# {head}", f"# {read}", f"# codes = {{ {question} }}"]
    lines += [head, read, f"codes = {{ {known} }}"]
    lines += [f"missing = [{', '.join(map(_quoted, silent))}]"] if silent else []
    question = ", ".join(f"{_quoted(code)} = ?" for code in unknown)
    return [*lines, f"# Neither codes nor missing yet: {question}"] if unknown else lines


def _spans(meant: Mapping[str, int | None]) -> list[tuple[str, int]]:
    """Return the codes whose meaning is told, whole numbers that follow one another as a range."""
    spans: list[tuple[str, int]] = []
    for code, to in meant.items():
        if to is None:
            continue
        first, _, last = spans[-1][0].partition("..") if spans else ("", "", "")
        follows = code.isdecimal() and (last or first).isdecimal() and int(code) == int(last or first) + 1
        if spans and follows and spans[-1][1] == to:
            spans[-1] = (f"{first}..{code}", to)
        else:
            spans.append((code, to))
    return spans


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_on_one_line(escaped)}"'


def _on_one_line(text: str) -> str:
    """Return a text whose line ends and other signs that are not printed are written out, as TOML does."""
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)
