"""Shares that are told of the other sex: "68 per cent are headed by a man", of what a woman heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from analysis.checking.candidates.agreement import agreement, digits
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import Derived, in_notation, siblings
from analysis.checking.candidates.match import Match
from analysis.checking.computed.set_against import NEAR, TABLES, is_datum, stands_beside
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import OFFERED, Verdict, computed_as, told_for
from analysis.checking.text.mentions import Sentence, first_phrase
from analysis.checking.text.sentence_reading import sentence_of
from analysis.reading import PrintedNumber
from analysis.reading.joining import HUNDRED

SEX = "sex"
# Of how many digits a share is not met by chance.
TELLING = 2
# How many words of what it is a share of the sentence says, at least.
TOPIC = 2


def told_of_the_other_sex(catalogue: CandidateIndex, checked: Sequence[Checked]) -> list[Checked]:
    """Return the numbers of a draft, those called wrong that are a share of the other sex than is said.

    The sentence says one sex beside the number, which is the value of what it may mean but for the sex. The
    one that is said has what is left of a hundred, where the record has no number of its own.
    """
    settled = list(checked)
    for at, one in enumerate(checked):
        if _may_be_another(one):
            verdict = _judged(catalogue, one, checked[max(at - NEAR, 0) : at + NEAR])
            settled[at] = replace(one, verdict=verdict) if verdict is not None else one
    return settled


def _may_be_another(one: Checked) -> bool:
    """Whether a number in a sentence is a share that is open, or is taken for a recorded one."""
    verdict, number = one.verdict, one.number
    told = verdict.is_open or (verdict.is_right and verdict.kind == "value")
    in_words = is_datum(one) and one.block.kind not in TABLES
    return told and in_words and number.unit == "percent" and digits(number) >= TELLING


def _judged(catalogue: CandidateIndex, one: Checked, beside: Sequence[Checked]) -> Verdict | None:
    text = one.block.text[one.sentence[0] : one.sentence[1]]
    offered = [*dict.fromkeys([*_recorded(one.verdict), *one.verdict.matches])]
    of_another = [match.candidate for match in offered if _is_of_another(one.number, match)]
    if not of_another:
        return None
    numbers = [other.number for other in beside if stands_beside(one, other)]
    read = sentence_of(text, numbers, one.language, catalogue.lexicon(one.language), "")
    low, high = read.clause(one.number)
    denied = first_phrase(read.text[low:high].lower(), one.language, "denial")
    said = "" if denied else _said_beside(read, one.number)
    if one.verdict.is_right:
        of_another = [held for held in of_another if held is one.verdict.candidate]
    held = next((held for held in of_another if said and held.axes[SEX] not in said.split("|")), None)
    words = {feature.name for feature in read.features}
    if held is None or len(words.intersection(chain(*held.features.values()))) < TOPIC:
        return None
    own = next(
        (other for axis, other in siblings(catalogue, held) if axis == SEX and other.axes.get(SEX) == said),
        None,
    )
    if own is not None:
        return replace(told_for(own, held, offered), error_kind=SEX)
    left = Derived("rest", held, held, HUNDRED - held.base, "percent", 0, (), f"100 - {in_notation(held)}")
    return replace(computed_as(left, SEX, matches=tuple(offered[:OFFERED])), right_for=held)


def _recorded(verdict: Verdict) -> Iterator[Match]:
    return (meant for meant in verdict.offered if isinstance(meant, Match))


def _is_of_another(number: PrintedNumber, match: Match) -> bool:
    """Whether a number is the value of a share that only the sex keeps it from meaning."""
    held: Candidate = match.candidate
    if match.conflicts != (SEX,) or not match.in_period or not held.axes.get(SEX) or held.kind != "share":
        return False
    return held.base is not None and agreement(number, held) == "exact"


def _said_beside(read: Sentence, number: PrintedNumber) -> str:
    """Return the one sex that is said around a number, before others; nothing where it is not one.

    What stands before it in another clause is of the number before, where there is one.
    """
    others = [other for other in read.numbers if not other.rule]
    before = any(other.end <= number.start for other in others)
    low = read.clause(number)[0] if before else 0
    high = min([len(read.text), *(other.start for other in others if other.start >= number.end)])
    said = {one.code for one in read.mentions if one.axis == SEX and low <= one.start < high}
    return said.pop() if len(said) == 1 else ""
