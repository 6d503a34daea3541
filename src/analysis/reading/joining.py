"""Numbers that belong together: "six in ten", "13.5 to 15.2 per cent", "35 to 40"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from analysis.reading.languages import word_lists
from analysis.reading.number import PrintedNumber

HUNDRED = 100
# No range begins with a year and ends with an amount: "14,440 in 2021 – 24,588 in all".
_YEAR = re.compile(r"(?:19|20)\d\d")
# The second year of a period ends no range: "50 per cent in 2018-19 to 65".
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d\s?[–‑/-]$")
_PERCENT = re.compile(r"^\s*(?:%|per cent|percent)")
# What is no percentage: "138 million, or 14 per cent".
LARGE = 10_000
# What an amount comes to at least whose word of scale goes for the next one as well; what has no such word.
MILLION, THOUSANDS = 1_000_000, 3
# Two ends of a range are of one size where neither is so many times the other; what has a scale of its own.
ONE_SIZE, THOUSAND = 20, 1000
# What stands before the last end of a range of money, and what stands between the ends of a move or a range.
_MONEY = "US$€£¥R "
_ENDS = ("-", "–", "~", "～", "to", "à", "a", "至", "到")
# By how many times one amount is at most another whose scale it shares, and how large it is printed at least.
OF_A_SIZE, LEAST_CARRIED = 8, 10
# What begins anew between two numbers: a sentence, a line.
_ANEW = re.compile(r"[.?!]\s|[\n\t]")
SCALELESS = ("percent", "percentage_points", "times", "times_increase", "fraction")


def shares_of(numbers: list[PrintedNumber], text: str, original: str, language: str) -> list[PrintedNumber]:
    """Join "six in ten", "una de cada tres" into a share, "69.6 in every hundred" into per cent."""
    joined: list[PrintedNumber] = []
    between = _in_every(language)
    for number in numbers:
        last = joined[-1] if joined else None
        if (
            last
            and between
            and between.fullmatch(text[last.end : number.start])
            and not (last.unit or number.unit)
            and number.value == HUNDRED
            and 0 < last.value < HUNDRED
        ):
            end = number.end
            joined[-1] = replace(last, end=end, text=original[last.start : end], unit="percent")
        elif (
            last
            and between
            and between.fullmatch(text[last.end : number.start])
            and not (last.unit in SCALELESS or number.unit in SCALELESS)
            and (not last.unit or not number.unit)
            and last.value.denominator == number.value.denominator == 1
            and 0 < last.value < number.value
            and number.value in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 1000)
            and (language != "es" or _is_share_in_spanish(last, text[last.end : number.start]))
            and (number.value > 12) <= (not number.words)
        ):
            joined[-1] = replace(
                last,
                end=number.end,
                text=original[last.start : number.end],
                value=last.value / number.value,
                decimals=2,
                unit="fraction",
                words=True,
            )
        else:
            joined.append(number)
    return joined


def _is_share_in_spanish(part: PrintedNumber, between: str) -> bool:
    """Whether "de" stands between a part and its whole: "una de ocho", not "una prestación de 1.000"."""
    return "cada" in between or (part.words and between.strip() in ("de", "sobre"))


def shared_units(numbers: list[PrintedNumber], text: str, language: str) -> list[PrintedNumber]:
    """Give "13.5" of "from 13.5 to 15.2 per cent" the unit that only the last one is printed with."""
    made, given = list(numbers), set()
    to_next = _listed(language)
    for at in range(len(made) - 2, -1, -1):
        this, following = made[at], made[at + 1]
        shared = following.unit in ("percent", "percentage_points") or (
            following.unit and text[this.end : following.start].strip() in ("-", "–", "to", "à", "a", "至")
        )
        between = text[this.end : following.start]
        listed = (
            between.strip() != "," or at + 1 in given
        )  # "7, 8 and 9 per cent", not "896, 3 per cent more"
        if shared and listed and not this.unit and this.value < LARGE and to_next.fullmatch(between):
            made[at] = replace(this, unit=following.unit)
            given.add(at)
    return made


def shared_scales(numbers: list[PrintedNumber], text: str, language: str) -> list[PrintedNumber]:
    """Give "5" of "5–6 million", "between 5 and 6 million", "from 5 to 6 million" the scale of the last one.

    Only where both ends are of one size without it: "500 to 1.2 million" keeps its five hundred.
    """
    made = list(numbers)
    to_next = _to_the_end(language)
    for at in range(len(made) - 2, -1, -1):
        this, following = made[at], made[at + 1]
        places = _places_of_scale(following, THOUSAND)
        printed = following.value / 10**places
        if (
            places
            and not (this.words or following.words or this.rule)
            and (this.unit in ("", following.unit) or not (following.unit or this.unit in SCALELESS))
            and _places_of_scale(this, THOUSAND) == 0
            and to_next.fullmatch(text[this.end : following.start].rstrip(_MONEY))
            and printed / ONE_SIZE <= this.value < min(printed * ONE_SIZE, THOUSAND)
            and _is_range_or_move(this, text[this.end : following.start], text, language)
        ):
            made[at] = replace(this, value=this.value * 10**places, decimals=this.decimals - places)
            made[at + 1] = replace(following, unit=following.unit or this.unit)
    return made


def _is_range_or_move(first: PrintedNumber, gap: str, text: str, language: str) -> bool:
    """Whether two numbers are the ends of a range or a move, not two of a list: "5 and 6 million"."""
    gap = gap.rstrip(_MONEY).strip().lower()
    return gap in _ENDS or _is_range(first, gap, text, language)


def scales_carried(numbers: list[PrintedNumber], text: str, language: str) -> list[PrintedNumber]:
    """Give "132.1" of "184.1 million from one, 132.1 from another" the scale and the currency before it.

    Only to what has no unit, after an amount of millions and more that is printed in digits and has one unit
    for all: to what has decimals, for nothing counts 132.1 of anything, and to whole numbers of that size
    that count nothing behind them and stand behind a name, a comma or "against": "against 500 planned".
    What has a scale of its own there ("against 112.8 million planned") takes the currency alone.

    Parameters
    ----------
    numbers : list of PrintedNumber
        Of one sentence, in their order.
    text : str
        The sentence.
    language : str
    """
    made: list[PrintedNumber] = []
    places, unit, last = 0, "", numbers[0] if numbers else None
    for number in numbers:
        open_to_it = places and not (number.unit or number.rule or number.words)
        if open_to_it and (number.decimals > 0 or _is_another_amount(last, number, places, text, language)):
            scaled = number.value * 10**places
            number = last = replace(number, value=scaled, decimals=number.decimals - places, unit=unit)
        elif open_to_it and unit and _places_of_scale(number) and _is_beside(last, number, text, language):
            number = last = replace(number, unit=unit)
        elif not number.rule:
            last = number
            large = not number.words and number.unit not in SCALELESS
            places = _places_of_scale(number) if large and number.upper is None else 0
            unit = number.unit
        made.append(number)
    return made


def _is_another_amount(
    last: PrintedNumber, number: PrintedNumber, places: int, text: str, language: str
) -> bool:
    """Whether a whole number may be an amount in the scale of the one before, by its size and its place."""
    printed = last.value / 10**places
    of_a_size = max(printed / OF_A_SIZE, LEAST_CARRIED) <= number.value <= printed * OF_A_SIZE
    if not of_a_size or _ANEW.search(text, last.end, number.start):
        return False
    return _is_beside(last, number, text, language)


def _is_beside(last: PrintedNumber, number: PrintedNumber, text: str, language: str) -> bool:
    """Whether a number that counts nothing stands behind a name, a comma or "against"."""
    before, after = _beside_an_amount(language)
    return bool(before.search(text, last.end, number.start) and after.match(text, number.end))


@cache
def _beside_an_amount(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands right before, and right after, an amount whose scale the one before it says."""
    words = word_lists(language)
    instead, expected = ("|".join(map(re.escape, words[names])) for names in ("instead_of", "expected"))
    before = rf"(?:(?i:\b(?:{instead}))|\b[A-ZÀ-Þ][\w'.-]+[:,]?|,)\s+$" if instead else "(?!)"
    return re.compile(before), re.compile(rf"\s*(?:$|[;.,)](?!\d)|(?:{expected})(?!\w))", re.I)


def _places_of_scale(number: PrintedNumber, least: int = MILLION) -> int:
    """Return by how many tens a number of millions is printed smaller than it is; 0 where by none."""
    written = re.search(r"\d+(?:[.,]\d+)?", number.text)
    if written is None or number.decimals >= 0 or abs(number.value) < least:
        return 0
    _, _, after = written[0].replace(",", ".").partition(".")
    # "1.100 millones" may have no decimals.
    return len(after) - number.decimals if len(after) < THOUSANDS else 0


def ranges(numbers: list[PrintedNumber], text: str, original: str, language: str) -> list[PrintedNumber]:
    """Join the two ends of a range; "from 13.5 to 15.2" are two numbers."""
    to_next = _to_the_end(language)
    joined: list[PrintedNumber] = []
    for number in numbers:
        last = joined[-1] if joined else None
        gap = text[last.end : number.start] if last else ""
        gap = _PERCENT.sub("", gap)
        if (
            last
            and to_next.fullmatch(gap)
            and last.value < number.value
            and last.unit == number.unit
            and not (last.words or number.words or _YEARS.search(text[: last.start]))
            and (not _YEAR.fullmatch(last.text) or number.text.isdigit())
            and _is_range(last, gap.strip().lower(), text, language)
        ):
            joined[-1] = replace(
                last, end=number.end, text=original[last.start : number.end], upper=number.value
            )
        else:
            joined.append(number)
    return joined


def _is_range(first: PrintedNumber, gap: str, text: str, language: str) -> bool:
    if gap in ("-", "–", "~", "～"):
        return True
    before = text[max(0, first.start - 40) : first.start].lower().split()[-3:]
    if language == "zh":
        tail = text[max(0, first.start - 12) : first.start]
        return gap in ("至", "到") and not re.search(r"[由从自][^，。；]*$", tail)
    between = {"en": "between", "fr": "entre", "es": "entre"}[language]
    if gap in ("and", "et", "y"):
        return between in before
    moved = {"en": ("from", "by"), "fr": ("de", "du"), "es": ("de", "del", "desde")}[language]
    return gap in ("to", "à", "a") and not any(word in before for word in moved)


@cache
def _in_every(language: str) -> re.Pattern[str] | None:
    """Return what stands between the two numbers of a share; None where a language has no words for it."""
    links = "|".join(re.escape(word).replace("\\ ", r"\s+") for word in word_lists(language)["in_every"])
    return re.compile(rf"\s+(?:\w+\s+){{0,2}}?(?:{links})\s+", re.I) if links else None


@cache
def _listed(language: str) -> re.Pattern[str]:
    """Return what stands between numbers of one unit."""
    joins = "|".join([*map(re.escape, word_lists(language)["range"]), ",", "[-–]", "、"])
    return re.compile(rf"\s*(?:{joins})\s*(?:{joins})?\s*", re.I)


@cache
def _to_the_end(language: str) -> re.Pattern[str]:
    """Return what stands between the two ends of a range."""
    joins = "|".join(map(re.escape, word_lists(language)["range"]))
    return re.compile(rf"\s*(?:[-–~～]|{joins})\s*", re.I)
