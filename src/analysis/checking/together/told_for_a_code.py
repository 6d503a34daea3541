"""Numbers that are the value of another code than is said, or of a part where the whole is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.checking.candidates.agreement import agreement, digits
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.likes import ALIKE, shared_part
from analysis.checking.candidates.match import Match
from analysis.checking.judging.alarms import is_denied
from analysis.checking.judging.verdicts import Verdict, meets, told_for
from analysis.checking.text.context import Context
from analysis.checking.together.codes_said import SAID, TELLING
from analysis.checking.together.told_for_a_like import TELLING_DIGITS, kind_of_error

# From what strength on a code that is said, in the clause, a sentence before or a heading, is no other's.
CODE_SAID = 0.4
# From what rarity on a word of its title calls another code in the sentence, where one was said before it,
# and how much a word of the sentence counts.
CALLED, HERE = 0.4, 0.6
# The columns of which a part is said to be one, how well the whole is named at least, and by how much better.
PARTED, WHOLE_NAMED, WHOLE_LEADS = ("source", "sex", "region"), 0.75, 0.12


def judged_by_said_codes(
    catalogue: CandidateIndex,
    contexts: Mapping[int, Context],
    firsts: Mapping[int, Verdict],
    ranked: Mapping[int, Sequence[Match]],
    spoken: Sequence[Candidate],
) -> dict[int, Verdict]:
    """Return the verdicts that change: numbers that are the value of another code than is said.

    What the code that is said has is then another number, of the same statement but for that code: "38 per
    cent from the regular budget", under a heading of outcome 5, is the share of outcome 4. In a row it is the
    code of its label. So has the whole, where it is named far better than the part,
    unless a part of that code was just `spoken` of.
    """
    changed = {}
    for at, first in firsts.items():
        matches = ranked.get(at, ())
        for held in _held(contexts[at], first, matches):
            told = [*_of_said_code(catalogue, contexts[at], held, matches)]
            told += _of_whole(catalogue, contexts[at], held, matches, spoken)
            if told:
                _, axis, own = max(told, key=lambda one: (one[0], one[2].score))
                made = told_for(own.candidate, held, dict.fromkeys([own, *matches]))
                changed[at] = replace(made, error_kind=kind_of_error(axis))
                break
    return changed


def _held(context: Context, first: Verdict, matches: Sequence[Match]) -> list[Candidate]:
    """Return what a number is taken for; where it is open, what it may be the value of; nothing if denied."""
    if is_denied(context):
        return []
    if first.is_right and first.kind == "value":
        return [first.candidate] if first.candidate is not None else []
    if not first.is_open or digits(context.number) < TELLING_DIGITS or context.number.upper is not None:
        return []
    agreeing = (match.candidate for match in matches if agreement(context.number, match.candidate) == "exact")
    return [held for held in agreeing if meets(context.number, held)]


def _of_said_code(
    catalogue: CandidateIndex, context: Context, held: Candidate, matches: Sequence[Match]
) -> Iterator[tuple[float, str, Match]]:
    """Yield the quantities that have the code that is said, where one has another, with the column.

    And with the part of their words that both have.
    """
    said = {axis: code.split("|") for axis, (code, strength) in context.axes.items() if strength >= CODE_SAID}
    apart = {axis for axis, codes in said.items() if held.axes.get(axis) not in (None, *codes)}
    apart -= {*held.whole, *TELLING}
    apart = {axis for axis in apart if not _is_called(catalogue, context, axis, held.axes[axis])}
    if not apart:
        return
    for own, axis, shared in _parted(catalogue, context, held, matches):
        if axis in apart and own.candidate.axes.get(axis) in said[axis]:
            yield shared, axis, own


def _is_called(catalogue: CandidateIndex, context: Context, axis: str, code: str) -> bool:
    """Whether a sentence has a word of the title of a code, where another was only said before it."""
    if context.axes[axis][1] >= SAID:
        return False
    language = context.sentence.language
    rarity = catalogue.rarity[catalogue.wordings.family(language)]
    here = context.local.keys() | {name for name, weight in context.weights.items() if weight >= HERE}
    return any(
        feature.name in here and rarity.get(feature.name, 0.0) >= CALLED
        for told in ("en", language)
        for feature in catalogue.lexicon(told).features(catalogue.named(axis, code, told))
    )


def _of_whole(
    catalogue: CandidateIndex,
    context: Context,
    held: Candidate,
    matches: Sequence[Match],
    spoken: Sequence[Candidate],
) -> Iterator[tuple[float, str, Match]]:
    """Yield the wholes that are named far better than a part of which nothing says the code.

    "Uzbekistan gave temporary jobs to 270,000 people", which is how many women had one.
    """
    if not any(held.axes.get(axis) and axis not in context.axes for axis in PARTED):
        return
    said = next((match.score for match in matches if match.candidate is held), 0.0)
    least = max(WHOLE_NAMED, said + WHOLE_LEADS)
    for own, axis, shared in _parted(catalogue, context, held, matches):
        whole = axis in own.candidate.whole or not own.candidate.axes.get(axis)
        lately = any(one.axes.get(axis) == held.axes.get(axis) for one in spoken)
        if axis in PARTED and axis not in context.axes and whole and own.score >= least and not lately:
            yield shared, axis, own


def _parted(
    catalogue: CandidateIndex, context: Context, held: Candidate, matches: Sequence[Match]
) -> Iterator[tuple[Match, str, float]]:
    """Yield the quantities that another's code alone parts from it, with the column and what both share.

    None that another number of the sentence is.
    """
    family = catalogue.wordings.family(context.sentence.language)
    numbers = [number for number in context.sentence.numbers if not number.rule]
    for own in matches:
        candidate = own.candidate
        if candidate.base is None or (candidate.table, candidate.unit) != (held.table, held.unit):
            continue
        columns = candidate.axes.keys() | held.axes.keys()
        differing = [axis for axis in columns if candidate.axes.get(axis) != held.axes.get(axis)]
        if len(differing) != 1 or not own.in_period or own.conflicts:
            continue
        if any(agreement(number, candidate) for number in numbers):
            continue
        shared = shared_part(catalogue.rarity[family], candidate.features[family], held.features[family])
        if shared >= ALIKE:
            yield own, differing[0], shared
