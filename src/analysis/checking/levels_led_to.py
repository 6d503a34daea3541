"""Levels to which a wrong word of direction leads: "7.2 per cent in 2020, and it rose to 6.9"."""

from __future__ import annotations

from analysis.checking.candidate import Candidate
from analysis.checking.derived import Derived
from analysis.checking.direction_words import DIRECTION
from analysis.checking.mentions import Sentence
from analysis.checking.moves_in_words import ONTO
from analysis.checking.verdicts import DISAGREES, RIGHT, Verdict
from analysis.reading import PrintedNumber

# Within how many signs a word of direction leads to a level: "rose to as much as".
LED = 20


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
        levels = [at for at, held in settled.items() if held in (made.first, made.second)]
        agree = all(verdicts[at].verdict in RIGHT for at in levels)
        for at in levels if agree and len(levels) > 1 else ():
            number = read.numbers[at]
            if 0 <= number.start - word.end < LED and ONTO.search(read.text[word.start : number.start]):
                held = settled[at]
                matches = verdicts[at].matches
                wrong[at] = Verdict(DISAGREES, "value", held, None, held.base, DIRECTION, matches=matches)
    return wrong
