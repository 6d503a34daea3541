"""Numbers that are told with what was planned: "24 against 15", "two of ten", "48 (target 29)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis.checking.belonging import MEASURE
from analysis.checking.code_fits import PLANNED
from analysis.checking.context import Context
from analysis.checking.derived import PAIRS
from analysis.checking.mentions import phrases

# Measures of what was planned, or was before, and of what came of it.
MEASURED = PAIRS
# The measures of before and after: of a period each.
SINCE = ("baseline", "context")


@dataclass(frozen=True)
class WithPlan:
    """A number and what was planned for it, by their places; whether the words say so, or may say a part."""

    actual: int
    planned: int
    clearly: bool


def pairs_with_plans(contexts: Mapping[int, Context]) -> Iterator[WithPlan]:
    """Yield the numbers of a sentence that are set side by side with what was planned for them.

    Parameters
    ----------
    contexts : mapping
        What is said of each number of the sentence, by place.
    """
    if not contexts:
        return
    read = next(iter(contexts.values())).sentence
    data = [at for at, number in enumerate(read.numbers) if not number.rule]
    paired = -1
    for one, other in pairwise(data):
        if one == paired or not {one, other} <= contexts.keys():
            continue
        first, second = contexts[one], contexts[other]
        if second.number.unit not in ("", first.number.unit):
            continue
        between = read.text[first.number.end : second.number.start]
        if _planned(first) != _planned(second):
            pair = WithPlan(other, one, True) if _planned(first) else WithPlan(one, other, True)
        elif _planned(first):
            continue
        elif _between(read.language, "against_plan").fullmatch(between):
            pair = WithPlan(one, other, True)
        elif _between(read.language, "of_plan").fullmatch(between):
            pair = WithPlan(one, other, False)
        else:
            continue
        paired = pair.planned
        yield pair


def _planned(context: Context) -> bool:
    code, strength = context.axes.get(MEASURE, ("", 0.0))
    return strength == 1.0 and bool(code) and {*code.split("|")} <= {*PLANNED}


@cache
def _between(language: str, kind: str) -> re.Pattern[str]:
    """Return what stands between a number and what was planned for it, by a kind of phrases."""
    words = "|".join(map(re.escape, sorted(phrases(language)[kind], key=len, reverse=True)))
    if language == "zh":
        return re.compile(rf"[^，。；\d]{{0,6}}(?:{words})[^，。；\d]{{0,8}}")
    return re.compile(
        rf"(?:\s+[^\W\d]+){{0,3}}\s*[,(]?\s*(?:{words})(?:\s+[^\W\d]+){{0,5}}\s*(?:US\$|\$|€)?\s*", re.I
    )
