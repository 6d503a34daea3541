"""What a text says in words of how quantities moved: that one rose or fell, and to which level.

Only what can be computed is told: a word whose quantity no number of its sentence settles has no verdict.
"""

from __future__ import annotations

import re
from fractions import Fraction

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import Derived, computed_of_two, siblings
from analysis.checking.judging.own_numbers import difference_between
from analysis.checking.judging.verdicts import DISAGREES, RIGHT, Verdict, computed_as
from analysis.checking.text.direction_words import DIRECTION, EARLIER, far_from, words_judged
from analysis.checking.text.mentions import Sentence
from analysis.checking.text.periods import shifted
from analysis.reading import PrintedNumber

# How far a word may stand from the number that settles its quantity.
REACH = 110
# How near after such a word a period stands that it compares with.
BESIDE = 12
_ONTO = re.compile(r"\b(?:to|à|aux?|al?|hasta)\b|[至到]", re.I)
_OUT_OF = re.compile(r"\b(?:from|des?|du|del|desde)\b|[由从自]", re.I)
_STOPS = re.compile(r"[;；。]")
_SINCE = re.compile(r"[由从自][^，。；]{0,14}$")
# Within how many signs a change stands right after the word that says which way it went.
NEXT = 12
_FAR = " " * (NEXT + 1)
_PARTS = re.compile(r"[;；。]|[,，、]")
# Within how many signs a word of direction leads to a level: "rose to as much as".
LED = 20


def said_in_words(
    catalogue: CandidateIndex, read: Sentence, settled: dict[int, Candidate], verdicts: dict[int, Verdict]
) -> list[tuple[PrintedNumber, Verdict]]:
    """Return the words of direction of a sentence that can be judged, each with its verdict.

    ``settled`` is the quantity of each number that agrees or disagrees, by place.
    """
    made = []
    for start, end, kind, way, _ in words_judged(read):
        if kind != DIRECTION:
            continue
        number = PrintedNumber(start, end, read.text[start:end], Fraction(way), 0, kind, words=True)
        verdict = _by_own_move(read, number, verdicts)
        verdict = verdict or _by_change(read, number, verdicts)
        verdict = verdict or (_moved(catalogue, read, number, settled) if settled else None)
        if verdict is not None:
            made.append((number, verdict))
    return made


def _nearest(read: Sentence, word: PrintedNumber, settled: dict[int, Candidate]) -> list[Candidate]:
    """Return the settled quantities of a sentence by how near their numbers stand to a word."""
    pairs = []
    for at, candidate in settled.items():
        far, stops = far_from(read, word, read.numbers[at])
        if not stops and far <= REACH + (EARLIER if read.numbers[at].end <= word.start else 0):
            pairs.append((far, candidate))
    return [candidate for _, candidate in sorted(pairs, key=lambda pair: (pair[0], pair[1].id))]


def _by_own_move(read: Sentence, word: PrintedNumber, verdicts: dict[int, Verdict]) -> Verdict | None:
    """Return the verdict on a word of direction by the two numbers that it leads from and to.

    "Rose from 38 to 27.2" is wrong whatever the record says, unless one of the numbers may be; it agrees
    where both numbers do.
    """
    text, numbers = read.text, {at: one for at, one in enumerate(read.numbers) if not one.rule}
    before = [at for at, number in numbers.items() if number.end <= word.start]
    after = [at for at, number in numbers.items() if number.start >= word.end]
    pair: list[int] = []
    if len(after) > 1:
        first, second = (numbers[at] for at in after[:2])
        leads, on = text[word.end : first.start], text[first.end : second.start]
        if _OUT_OF.search(leads) and _ONTO.search(on) and not _STOPS.search(leads + on):
            pair = after[:2]
    if not pair and read.language == "zh" and before and after:
        first, second = numbers[before[-1]], numbers[after[0]]
        since = _SINCE.search(text[: first.start])
        crossed = since and any(numbers[at].start >= since.start() for at in before[:-1])
        if since and not crossed and second.start - word.end < 3:
            pair = [before[-1], after[0]]
    if not pair or "," in text[word.end : numbers[pair[0]].start]:
        return None
    first, second = (numbers[at] for at in pair)
    told = {verdicts[at].verdict for at in pair}
    if first.unit != second.unit or first.value == second.value or DISAGREES in told:
        return None
    own = difference_between(second, first)
    right = (own.value > 0) == (word.value > 0)
    both, either = told <= set(RIGHT), not told.isdisjoint(RIGHT)
    if not both and (right or either):  # where one of them is settled, the other may be the wrong one
        return None
    return computed_as(own, "" if right else DIRECTION)


def _by_change(read: Sentence, word: PrintedNumber, verdicts: dict[int, Verdict]) -> Verdict | None:
    """Return the verdict on a word of direction by the difference between two periods right after it."""
    for at, judged in sorted(verdicts.items()):
        made, number = judged.derived, read.numbers[at]
        if not isinstance(made, Derived) or made.how not in ("difference", "change"):
            continue
        between = read.text[word.end : number.start] if number.start >= word.end else _FAR
        if len(between) > NEXT or made.first.period == made.second.period or _PARTS.search(between):
            continue
        settled = judged.is_right or judged.error_kind == DIRECTION
        if not settled or made.first.series != made.second.series:
            continue
        rose = (made.value > 0) == (made.first.period > made.second.period)
        right = rose == (word.value > 0)
        return computed_as(made, "" if right else DIRECTION)
    return None


def _moved(
    catalogue: CandidateIndex, read: Sentence, number: PrintedNumber, settled: dict[int, Candidate]
) -> Verdict | None:
    """Return the verdict on a word of direction by the nearest quantity and what it is compared with."""
    near = [one for one in _nearest(read, number, settled) if one.period and not one.value.missing]
    if not near or _compares(near[0]):
        return None
    first = near[0]
    others = {other.period: other for axis, other in siblings(catalogue, first) if axis == "period"}
    said = [one.period for one in near[1:] if one.series == first.series and one.axes == first.axes]
    periods = [mention for mention in read.mentions if mention.axis == "period"]
    said += [period.code for period in periods]
    said = [period.code for period in periods if _right_after(read, number, period.start)] + said
    if _reaches(read, number, settled, first):
        said = sorted((period for period in said if period < first.period), reverse=True)
        said.append(shifted(first.period, -1))
    other = next((others[period] for period in said if period in others), None)
    if other is None or _between_unsettled(read, number, settled, first, other):
        return None
    earlier, later = sorted((first, other), key=lambda candidate: candidate.period)
    made = computed_of_two("difference", later, earlier, 0)
    if made is None or not made.value:
        return None
    right = (made.value > 0) == (number.value > 0)
    return computed_as(made, "" if right else DIRECTION)


def _between_unsettled(
    read: Sentence, word: PrintedNumber, settled: dict[int, Candidate], first: Candidate, other: Candidate
) -> bool:
    """Whether the number before or after a word of direction is one that is not settled as what is compared.

    "5.4 in 2019, climbed to 6.6 and eased to 6.2": it eased from 6.6, whatever that is.
    """
    units = {read.numbers[at].unit for at, candidate in settled.items() if candidate in (first, other)}
    levels = [at for at, number in enumerate(read.numbers) if not number.rule and number.unit in {*units, ""}]
    before = [at for at in levels if read.numbers[at].end <= word.start][-1:]
    after = [at for at in levels if read.numbers[at].start >= word.end][:1]
    after = [at for at in after if not _PARTS.search(read.text[word.end : read.numbers[at].start])]
    return any(settled.get(at) not in (first, other) for at in (*before, *after))


def _right_after(read: Sentence, number: PrintedNumber, place: int) -> bool:
    """Whether a period is what a word of direction compares with: "down on the year before"."""
    between = read.text[number.end : place]
    return number.end <= place <= number.end + BESIDE and not _PARTS.search(between)


def _reaches(read: Sentence, number: PrintedNumber, settled: dict[int, Candidate], first: Candidate) -> bool:
    """Whether a word of direction leads to a quantity: "fell to 6.2", 下降至6.2%."""
    start = next(read.numbers[at].start for at, candidate in settled.items() if candidate is first)
    between = read.text[number.start : start] if start >= number.end else ""
    return bool(_ONTO.search(between)) and not _OUT_OF.search(between)


def _compares(candidate: Candidate) -> bool:
    """Whether a quantity is itself a change: nothing is said of how a change moves."""
    return bool(candidate.features["words"] & {"increas", "fall", "exces", "shortfal"})


def led_to_wrongly(
    read: Sentence,
    said: list[tuple[PrintedNumber, Verdict]],
    settled: dict[int, Candidate],
    verdicts: dict[int, Verdict],
) -> dict[int, Verdict]:
    """Return the verdicts on numbers to which a wrong word of direction leads, right before them.

    Only where the sentence says both levels, and both agree.
    """
    wrong: dict[int, Verdict] = {}
    for word, judged in said:
        made = judged.derived
        if judged.error_kind != DIRECTION or not isinstance(made, Derived) or made.how != "difference":
            continue
        if made.first.kind == "duration":  # 时间从200天提高到148天: what takes less time is better
            continue
        levels = [at for at, held in settled.items() if held in (made.first, made.second)]
        agree = all(verdicts[at].is_right for at in levels)
        for at in levels if agree and len(levels) > 1 else ():
            number = read.numbers[at]
            if 0 <= number.start - word.end < LED and _ONTO.search(read.text[word.start : number.start]):
                held = settled[at]
                matches = verdicts[at].matches
                wrong[at] = Verdict(DISAGREES, "value", held, None, held.base, DIRECTION, matches=matches)
    return wrong
