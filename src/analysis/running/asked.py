"""What a run is asked for: notebooks and their parameters, checked before anything starts."""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from analysis.exhibits.catalogue import is_empty
from analysis.labels import languages
from analysis.periods import Period
from analysis.sources.register import Register
from analysis.sources.vintages.beside import keyed

ALL = "all"
"""Stands for every language that has labels."""
_TYPES = {"str": str, "int": int, "float": float, "bool": bool}
SET_ELSEWHERE = {
    "organisation": "--organisation",
    "biennium": "the command's first argument",
    "language": "--language",
    "output_dir": "--output",
}
"""Parameters of every notebook that a run sets itself, and how they are given to it."""
FILES = ("survey", "mapping")
"""Parameters that name a file or a folder, from the working folder of the command."""

# Notebooks that set published estimates beside what the documents print.
ON_ESTIMATES = ("09_revisions",)


class ParameterError(ValueError):
    """A parameter whose name, type or value a notebook does not take."""


class Parameter(NamedTuple):
    """A parameter that a notebook takes: the name of its type (empty where none is told), and its default."""

    kind: str
    default: object


def notebooks(root: Path) -> dict[str, Path]:
    """Return the notebooks by stem, in order."""
    return {path.stem: path for path in sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb"))}


def choose_notebooks(root: Path, only: Iterable[str]) -> dict[str, Path]:
    """Return the notebooks asked for, by stem or number; all when none is named.

    Raises
    ------
    ParameterError
        When there is no such notebook; the message lists those that there are.
    """
    there = notebooks(root)
    chosen = {}
    for name in only:
        meant = [stem for stem in there if stem == name.removesuffix(".ipynb") or stem[:2] == name]
        if not meant:
            raise ParameterError(f"no notebook {name!r}: there are {', '.join(there)}")
        chosen[meant[0]] = there[meant[0]]
    return dict(sorted(chosen.items())) or there


def code_cells(notebook: Path) -> list[dict]:
    """Return a notebook's code cells as its file holds them, each with ``source`` as one text.

    Raises
    ------
    ParameterError
        When the file is no notebook.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return [{**cell, "source": "".join(cell["source"])} for cell in cells if cell["cell_type"] == "code"]
    except (KeyError, TypeError, ValueError) as error:
        raise ParameterError(
            f"{notebook} is no notebook that can be read ({error}); restore the file"
        ) from error


@cache
def parameters_of(notebook: Path) -> Mapping[str, Parameter]:
    """Return the parameters that a notebook's cell tagged ``parameters`` declares, by name.

    Raises
    ------
    ParameterError
        When the cell is no Python.
    """
    parameters: dict[str, Parameter] = {}
    for cell in code_cells(notebook):
        if "parameters" not in cell.get("metadata", {}).get("tags", []):
            continue
        try:
            lines = ast.parse(cell["source"]).body
        except SyntaxError as error:
            raise ParameterError(f"{notebook.name}: its parameters cell is no Python: {error}") from error
        for line in lines:
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                parameters[line.target.id] = Parameter(ast.unparse(line.annotation), _literal(line.value))
            elif isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                default = _literal(line.value)
                parameters[line.targets[0].id] = Parameter(type(default).__name__, default)
    return parameters


def _literal(node: ast.expr | None) -> object:
    try:
        return None if node is None else ast.literal_eval(node)
    except ValueError:
        return None


def check_parameters(notebook: Path, parameters: Mapping[str, object]) -> None:
    """Check parameters by name and type against a notebook's parameters cell.

    Raises
    ------
    ParameterError
        When a name is unknown or a value has another type.
    """
    taken = parameters_of(notebook)
    for name, value in parameters.items():
        if name not in taken:
            raise ParameterError(f"{notebook.stem} takes no parameter {name!r}: it takes {', '.join(taken)}")
        wanted = taken[name].kind
        if wanted in _TYPES and not isinstance(value, _TYPES[wanted]):
            raise ParameterError(
                f"{notebook.stem}: parameter {name} must be {wanted}, "
                f"found {value!r} ({type(value).__name__})"
            )


def check_language(language: str) -> str:
    """Return a language that has labels.

    Raises
    ------
    ParameterError
        When it has none; the message lists those that have.
    """
    if language not in languages():
        raise ParameterError(f"no language {language!r}: there are {', '.join(languages())}")
    return language


def languages_asked(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that are asked for, each once: codes parted by commas or spaces, or ``all``.

    Raises
    ------
    ParameterError
        When there are no labels in one of them.
    """
    codes = [code for text in texts for code in re.split(r"\s*,\s*|\s+", text.strip())]
    named = [code for asked in codes for code in (languages() if asked == ALL else (asked,))]
    return tuple(check_language(code) for code in dict.fromkeys(named))


def check_request(
    register: Register, period: Period, language: str, only: Iterable[str], parameters: Mapping[str, str]
) -> dict[str, Path]:
    """Check everything that is asked for before anything runs; return the notebooks.

    Raises
    ------
    ParameterError, RegisterError, ValueError
        When the language, a notebook or a parameter does not exist, or a parameter would be ignored
        because the run sets it.
    """
    for name in parameters:
        if name in SET_ELSEWHERE:
            raise ParameterError(f"-p {name}=… would be ignored: give it as {SET_ELSEWHERE[name]}")
    register.recorded(period, corrected=is_corrected(parameters))
    check_language(language)
    chosen = choose_notebooks(register.root, only)
    taken = {name for path in chosen.values() for name in parameters_of(path)}
    for name in parameters:
        if name not in taken:
            raise ParameterError(
                f"no chosen notebook takes a parameter {name!r}: there are {', '.join(sorted(taken))}"
            )
    for path in chosen.values():
        check_parameters(path, given_to(path, parameters) | whose(period, language))
    return chosen


def with_numbers(
    register: Register,
    period: Period,
    chosen: Mapping[str, Path],
    tell: Callable[[str], None],
    *,
    named: bool = False,
) -> dict[str, Path]:
    """Return the notebooks but those whose chapter is empty for the period; say which these are.

    A notebook on published estimates is left out of a whole run where the documents print none of their
    indicators; ``named`` says that the notebooks were asked for by name.

    Raises
    ------
    ParameterError
        When nothing is left.
    """
    recorded = register.recorded(period)
    empty = [stem for stem in chosen if is_empty(recorded, period, stem)]
    for stem in empty:
        tell(f"{stem} is not run: the documents of {period} lay out nothing that they hold numbers for")
    if not named and not keyed(recorded.values()):
        for stem in sorted(set(ON_ESTIMATES) & set(chosen)):
            tell(f"{stem} is not run: the documents of {period} print no indicator that estimates give")
            empty.append(stem)
    if len(empty) == len(chosen):
        raise ParameterError(f"nothing to run: the record of {period} fills no chosen notebook")
    return {stem: path for stem, path in chosen.items() if stem not in empty}


def in_full(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return parameters with the files that they name in full, for a notebook runs in a folder of its own.

    Raises
    ------
    ParameterError
        When a file is not there.
    """
    named = dict(parameters)
    for name in FILES:
        if text := named.get(name):
            if not os.path.exists(text):
                raise ParameterError(f"-p {name}={text}: no such file or folder in {Path.cwd()}")
            named[name] = os.path.abspath(text)
    return named


def whose(period: Period, language: str) -> dict[str, str]:
    """Return the parameters that every notebook takes."""
    return {"organisation": period.organisation, "biennium": str(period), "language": language}


def is_corrected(parameters: Mapping[str, str]) -> bool:
    """Return whether the parameters ask for corrected numbers."""
    return parameters.get("corrected", "").lower() == "true"


def given_to(notebook: Path, parameters: Mapping[str, str]) -> dict[str, object]:
    """Return those of the parameters that a notebook takes, in the types that it declares."""
    taken = parameters_of(notebook)
    return {name: typed_parameter(text, notebook, name) for name, text in parameters.items() if name in taken}


def typed_parameter(text: str, notebook: Path, name: str) -> object:
    """Read a parameter's text as the type that the notebook's parameters cell gives it.

    Raises
    ------
    ParameterError
        When the text does not read as that type.
    """
    taken = parameters_of(notebook)
    kind = taken[name].kind if name in taken else "str"
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        return text if kind not in ("int", "float") else _TYPES[kind](text)
    except ValueError as error:
        raise ParameterError(f"{notebook.stem}: parameter {name} must be {kind}, found {text!r}") from error
