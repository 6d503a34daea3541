"""What the labels of a column's codes say of them: a harmonised code, or no answer."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from analysis.sources.codes import lettered
from analysis.sources.harmonised import Harmonised
from analysis.sources.variable import Variable

NO_ANSWERS_NUMBER = re.compile(r"(?:9+[789]|8{2,}|7{2,})(?:\.\d+)?")
"""Numbers that questionnaires keep for no answers: 97, 98, 99, 888, 9998."""


@cache
def hints() -> dict[str, dict]:
    """Return the words by which columns and labels are known."""
    return tomllib.loads(files(__package__).joinpath("mapping_hints.toml").read_text(encoding="utf-8"))


def meaning(target: Harmonised, label: str) -> int | None:
    """Return the harmonised code that the beginning of a code's label tells; None where it tells none.

    "No" may be an answer, "no answer" is none.
    """
    words = _said(label)
    if means_no_answer(label) or words.startswith("not elsewhere"):
        return None
    for to, beginnings in _beginnings(target).items():
        if any(_begins(words, beginning) for beginning in beginnings):
            return int(to)
    return None


def _beginnings(target: Harmonised) -> dict[str, list[str]]:
    """Return the beginnings of labels of each code of a variable; of a question with 0 and 1, no and yes."""
    own = hints().get(target.name, {}).get("codes", {})
    return own or (hints()["yes_no"]["codes"] if target.codes == (0, 1) else {})


def has_own_words(target: Harmonised) -> bool:
    """Whether the labels of a variable's codes say which it is, as man and woman do, not yes and no."""
    questions = {beginning for known in hints()["yes_no"]["codes"].values() for beginning in known}
    known = [beginning for beginnings in _beginnings(target).values() for beginning in beginnings]
    return bool(known) and questions.isdisjoint(known)


@lru_cache(maxsize=100_000)
def means_no_answer(label: str) -> bool:
    """Whether the beginning of a code's label says that there is no answer."""
    words = _said(label)
    return any(_begins(words, beginning) for beginning in hints()["no_answer"]["labels"])


def _said(label: str) -> str:
    """Return the words of a label, without the number before them: "2. Mujer" says "mujer"."""
    words = words_without_accents(label, letters=r"\w")
    return " ".join(words[1:] if len(words) > 1 and words[0].isdecimal() else words)


def _begins(words: str, beginning: str) -> bool:
    return words == beginning or words.startswith(beginning if len(beginning) > 3 else f"{beginning} ")


def code_text(value: Any) -> str:
    """Return a code as text; a whole number without decimals."""
    return str(int(value)) if isinstance(value, (float, np.floating)) and value.is_integer() else str(value)


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
        A number that is read as one, though its label calls it no answer, or is of words alone on a number
        that is kept for these (99, 998); a code that is taken for the harmonised one, though its label tells
        another, or is not understood in a column of another name.
    """
    if variable.codes or variable.cases or variable.target.kind == "identifier":
        return
    by_code = {code_text(code): label for code, label in labels.items()}
    for code, label in by_code.items():
        if lettered(code) or code == "":
            continue
        if not variable.target.codes:
            of_words = NO_ANSWERS_NUMBER.fullmatch(code) and not re.search(r"\d", label)
            if means_no_answer(label) or (of_words and words_without_accents(label, letters=r"\w")):
                yield code, f"{code} is “{label}” by its label; if it means no answer, say missing = [{code}]"
            continue
        means = meaning(variable.target, label)
        statement = f"{code} is “{label}” by its label"
        if means is not None and code_text(float(code)) != str(means):
            yield (
                code,
                f"{statement}, not as harmonised ({variable.target.meaning}); say what "
                f"each code means, such as codes = {{ {code} = {means} }}",
            )
        elif means is None and _beginnings(variable.target) and variable.columns[0] != variable.name:
            harmonised_code = code_text(float(code))
            if harmonised_code in map(str, variable.target.codes) and words_without_accents(
                label, letters=r"\w"
            ):
                yield (
                    code,
                    f"{statement}, which is not understood, and is taken for the harmonised code "
                    f"({variable.target.meaning}); say what each code means, such as "
                    f"codes = {{ {code} = {harmonised_code} }}",
                )


def without_accents(text: str) -> str:
    """Return text in small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words_without_accents(text: str, letters: str = "a-z0-9") -> list[str]:
    """Return the words of a text, in small letters without accents."""
    return [word for word in re.split(f"[^{letters}]+", without_accents(text)) if word]
