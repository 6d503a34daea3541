"""What the labels of a column's codes say of them: a harmonised code, or no answer."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.sources.codes import lettered
from analysis.sources.harmonised import Harmonised
from analysis.sources.mapping import Variable


@cache
def hints() -> dict[str, dict]:
    """Return the words by which columns and labels are known."""
    return tomllib.loads(files(__package__).joinpath("mapping_hints.toml").read_text(encoding="utf-8"))


def meaning(target: Harmonised, label: str) -> int | None:
    """Return the harmonised code that the beginning of a code's label tells; None where it tells none.

    "No" may be an answer, "no answer" is none.
    """
    said = " ".join(words(label))
    if means_no_answer(label) or said.startswith("not elsewhere"):
        return None
    for to, beginnings in hints().get(target.name, {}).get("codes", {}).items():
        if any(_begins(said, beginning) for beginning in beginnings):
            return int(to)
    return None


def means_no_answer(label: str) -> bool:
    """Whether the beginning of a code's label says that there is no answer."""
    said = " ".join(words(label, letters=r"\w"))
    return any(_begins(said, beginning) for beginning in hints()["no_answer"]["labels"])


def _begins(said: str, beginning: str) -> bool:
    return said == beginning or said.startswith(beginning if len(beginning) > 3 else f"{beginning} ")


def code_text(value: Any) -> str:
    """Return a code as text; a whole number without decimals."""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def at_odds(variable: Variable, labels: Mapping[Any, str]) -> Iterator[tuple[str, str]]:
    """Return the codes of a column whose labels contradict how its mapping reads them, and what to say.

    Parameters
    ----------
    variable : Variable
        What the mapping says of the column.
    labels : dict
        Labels of the column's codes, as the file has them.

    Returns
    -------
    iterator of (str, str)
        A number that is labelled as no answer and is read as one all the same; a code that is taken for the
        harmonised one, though its label tells another.
    """
    if variable.codes or variable.cases or variable.target.kind == "identifier":
        return
    told = {code_text(code): label for code, label in labels.items()}
    for code, label in told.items():
        if lettered(code) or code == "":
            continue
        if not variable.target.codes:
            if means_no_answer(label):
                yield code, f"{code} is “{label}” by its label; if it means no answer, say missing = [{code}]"
        elif (means := meaning(variable.target, label)) is not None and code_text(float(code)) != str(means):
            yield (
                code,
                f"{code} is “{label}” by its label, not as harmonised ({variable.target.meaning}); say what "
                f"each code means, such as codes = {{ {code} = {means} }}",
            )


def plain(text: str) -> str:
    """Return text in small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words(text: str, letters: str = "a-z0-9") -> list[str]:
    """Return the words of a text, in small letters without accents."""
    return [word for word in re.split(f"[^{letters}]+", plain(text)) if word]
