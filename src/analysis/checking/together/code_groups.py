"""Numbers of a sentence that may be parts of one quantity, each told with a code or a plan of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.checking.candidates.belonging import MEASURE
from analysis.checking.candidates.candidate_index import OWN, CandidateIndex
from analysis.checking.judging.parts import parts_of_wholes
from analysis.checking.text.context import Context
from analysis.checking.text.mentions import UNNAMED
from analysis.checking.together.with_plans import MEASURED, pairs_with_plans

# The columns by whose codes a quantity is broken down.
COLUMNS = tuple(column for column in OWN if column != MEASURE)
# From what strength on a code is said of a number.
SAID = 0.6


@dataclass(frozen=True, eq=False)
class CodeGroup:
    """Numbers that are looked at together, by place, and the code of a column that is said of some.

    ``least`` is how many of them are right at least, or else one with more likelihood.
    """

    column: str
    coded: Mapping[int, str]
    places: Sequence[int]
    least: int = 0


def code_groups(catalogue: CandidateIndex, contexts: Mapping[int, Context]) -> Iterator[CodeGroup]:
    """Yield the numbers of a sentence that are looked at together, each with its code."""
    for column in COLUMNS:
        for places in _alike(contexts):
            coded = _coded(column, [(at, contexts[at]) for at in places])
            if coded:
                yield CodeGroup(column, coded, places)
    read = next(iter(contexts.values())).sentence if contexts else None
    for part, whole in parts_of_wholes(read) if read else ():
        for column in COLUMNS if {part, whole} <= contexts.keys() else ():
            code = contexts[part].axes.get(column, ("", 0.0))[0]
            if code and "|" not in code and not catalogue.is_whole(column, code):
                yield CodeGroup(column, {part: code}, (part, whole), least=2)
    for pair in pairs_with_plans(contexts):
        for of_plan, of_actual in MEASURED:
            coded = {pair.actual: of_actual, pair.planned: of_plan}
            yield CodeGroup(MEASURE, coded, [*coded], least=2 - pair.clearly)


def _alike(contexts: Mapping[int, Context]) -> Iterator[list[int]]:
    """Yield the places of numbers of one unit; at last of those in per cent with those that have no unit."""
    units: dict[str, list[int]] = {}
    for at, context in contexts.items():
        units.setdefault(context.number.unit, []).append(at)
    yield from units.values()
    if "" in units and "percent" in units:
        yield sorted([*units[""], *units["percent"]])


def _coded(column: str, contexts: Sequence[tuple[int, Context]]) -> dict[int, str]:
    """Return the code of a column that is said of each number, and of no other; of a whole, none."""
    coded = {}
    wholes = {whole for _, context in contexts[:1] for _, whole in parts_of_wholes(context.sentence)}
    for at, context in contexts:
        code, strength = context.axes.get(column, ("", 0.0))
        if strength < SAID or "|" in code or at in wholes:
            continue
        low, high = context.sentence.stretch(context.number)
        beside = (
            mention.axis == column and mention.code in (code, UNNAMED) and low <= mention.start < high
            for mention in context.sentence.mentions
        )
        if any(beside):
            coded[at] = code
    many = Counter(coded.values())
    return {at: code for at, code in coded.items() if many[code] == 1}
