"""Numbers in a text: value, precision, unit, scale and qualifier, in English, French, Spanish and Chinese."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache, lru_cache
from math import prod

from analysis.reading.chinese import HAN
from analysis.reading.currencies import currency_after, currency_before, currency_in
from analysis.reading.digits import Numeral, in_digits
from analysis.reading.joining import SCALELESS, ranges, shared_scales, shared_units, shares_of
from analysis.reading.languages import in_small_letters, word_lists, written_one_way
from analysis.reading.number import PrintedNumber
from analysis.reading.numerals import numerals_in_words
from analysis.reading.rules import is_pronoun, places_of_no_data

# The thousands of a header: ``US$ '000``, ``US$000s``; how many letters a short sign of scale has at most.
_THOUSANDS = re.compile(r"(?<![\d.,])['’‘]?000s?\b")
THOUSAND, LETTERS = 1000, 2
# From how many times on a whole number says how often something happened, where nothing is compared.
OFTEN = 20
# A run of digits that no number has: an identifier, a drawing, an attack.
_ENDLESS = re.compile(rf"[\d{HAN}]{{100,}}")


def find_numbers(text: str, language: str) -> list[PrintedNumber]:
    """Return every number of a text, in its order, those that are no data with the rule that says so.

    A run of a hundred digits and more is no number.

    Parameters
    ----------
    text : str
    language : str
        ``en``, ``fr``, ``es`` or ``zh``.

    Raises
    ------
    LanguageError
        When numbers of the language cannot be read.
    """
    read = _ENDLESS.sub(lambda run: "□" * len(run[0]), written_one_way(text))
    digits = in_digits(read, language)
    spelled = [numeral for numeral in numerals_in_words(read, language) if not _within(numeral, digits)]
    numerals = sorted([*digits, *spelled], key=lambda numeral: (numeral.start, -numeral.end))
    numbers, reached = [], 0
    for numeral in numerals:
        if numeral.start >= reached:
            number, reached = _number(numeral, read, text, language)
            numbers.append(number)
    numbers = shares_of(numbers, read, text, language)
    numbers = shared_units(shared_scales(numbers, read, language), read, language)
    numbers = ranges(numbers, read, text, language)
    return _ruled(numbers, read, text, language)


def in_unit_of(number: PrintedNumber, told: str, language: str) -> PrintedNumber | None:
    """Return a number of a table in the unit that its header or caption tells; None where none is told.

    Parameters
    ----------
    number : PrintedNumber
        Without a unit of its own.
    told : str
        For example ``Expenditure (US$ million)`` or ``in per cent``.
    language : str
    """
    unit, scale = _told_unit(told, language)
    if not unit:
        return None
    if unit == "percent":
        return replace(number, unit=unit, bare=False)
    return replace(
        number,
        unit=unit,
        value=number.value * scale,
        decimals=number.decimals - (len(str(scale)) - 1),
        bare=scale == 1,
    )


@lru_cache(maxsize=256)
def _told_unit(told: str, language: str) -> tuple[str, int]:
    """Return the unit that a header or a caption tells, and its scale; no unit where it tells none."""
    text = written_one_way(told)
    if re.search(_alternatives(language, "units", "percent"), text, re.I):
        return "percent", 1
    unit = currency_in(text, language)
    return (unit, _told_scale(text, language)) if unit else ("", 1)


def _told_scale(text: str, language: str) -> int:
    """Return what a header multiplies its numbers by: 百万, "miles de millones", US$000."""
    held = word_lists(language)
    sizes = {word: int(size) for word, size in held["scales"].items()}
    if language == "zh":
        runs = re.findall(f"[{''.join(sizes)}]+", text)
        return next((size for run in runs if (size := prod(sizes[scale] for scale in run)) >= THOUSAND), 1)
    if _THOUSANDS.search(text):
        return THOUSAND
    short = {word: int(size) for word, size in held["digit_scales"].items()}
    sizes |= {word: size for word, size in short.items() if len(word) > LETTERS}
    sizes = {word.lower(): size for word, size in sizes.items() if size >= THOUSAND}
    one = "|".join(sorted(sizes, key=len, reverse=True))
    if letter := re.search(rf"\b({one})s?(?:\s(?:de\s|of\s)?({one})s?)?\b", text, re.I):
        return prod(sizes[group.lower()] for group in letter.groups() if group)
    letters = "|".join(word for word in short if len(word) <= LETTERS)
    if letter := re.search(rf"(?:[$€£¥]\s?({letters})|\b({letters})\s?[$€£¥])(?!\w)", text):
        return short[letter[1] or letter[2]]
    return 1


def _within(numeral: Numeral, others: list[Numeral]) -> bool:
    return any(other.start < numeral.end and numeral.start < other.end for other in others)


# What follows 万 or 亿 in digits; a year that does is one.
_REST = re.compile(r"(?P<digits>\d{1,4}|\d,\d{3})(?![\d.,年])(?P<more>万)?")
MYRIAD = 10_000


@cache
def _scale_pattern(language: str) -> re.Pattern:
    held = word_lists(language)
    spelled = sorted(held["scales"], key=len, reverse=True)
    if language == "zh":
        return re.compile(rf"\s?(?P<more>[多余餘])?(?P<scale>(?:{'|'.join(spelled)}){{1,2}})")
    short = sorted(held["digit_scales"], key=len, reverse=True)
    return re.compile(
        rf"[ -]?(?P<scale>(?:{'|'.join(spelled)})(?:\s+(?:de\s+|of\s+)?(?:{'|'.join(spelled)}))?)\b"
        rf"|\s?(?P<short>{'|'.join(short)})\b"
    )


def _scaled(numeral: Numeral, text: str, language: str) -> Numeral:
    match = _scale_pattern(language).match(text, numeral.end)
    if not match or numeral.kind != "number":
        return numeral
    held = word_lists(language)
    if match.groupdict().get("short"):
        if numeral.words or (match["short"] in ("m", "b", "G", "T", "B") and " " in match[0]):
            return numeral
        factor = held["digit_scales"][match["short"]]
    elif language == "zh":
        factor = 1
        for sign in match["scale"]:
            factor *= held["scales"][sign]
    else:
        factor = 1
        for word in match["scale"].split():
            factor *= held["scales"].get(word, 1)  # "of" is no scale: "miles de millones"
    places = len(str(factor)) - 1
    scaled = replace(
        numeral, end=match.end(), value=numeral.value * factor, decimals=numeral.decimals - places
    )
    return _with_rest(scaled, factor, text) if language == "zh" and numeral.decimals == 0 else scaled


def _with_rest(numeral: Numeral, factor: int, text: str) -> Numeral:
    """Return a number of 万 or 亿 with what follows in digits: 1亿2345万, 1万2345."""
    rest = _REST.match(text, numeral.end)
    if rest is None:
        return numeral
    value = int(rest["digits"].replace(",", "")) * (MYRIAD if rest["more"] else 1)
    if not 0 < value < factor or value * MYRIAD < factor:
        return numeral
    return replace(
        numeral,
        end=rest.end(),
        value=numeral.value + value,
        decimals=-len(str(MYRIAD)) + 1 if rest["more"] else 0,
    )


@cache
def _alternatives(language: str, kind: str, name: str) -> str:
    """Return a pattern of a list of phrases, longest first; words end where words end."""
    phrases = sorted(word_lists(language)[kind][name], key=len, reverse=True)
    return "|".join(
        re.escape(written_one_way(phrase)).replace("\\ ", r"\s+")
        + (r"(?!\w)" if phrase[-1].isalnum() and language != "zh" else "")
        for phrase in phrases
    )


@cache
def _unit_pattern(language: str, unit: str) -> re.Pattern[str]:
    between = r"\s*(?:个)?" if language == "zh" else r"[\s-]?(?:d'|de\s|an?\s)?"
    return re.compile(between + rf"(?:{_alternatives(language, 'units', unit)})", re.I)


def _unit_after(text: str, end: int, language: str) -> tuple[str, int]:
    for unit in ("percentage_points", "percent", "times"):
        match = _unit_pattern(language, unit).match(text, end)
        if match:
            return unit, match.end()
    return currency_after(text, end, language) or ("", end)


def end_of_unit(text: str, end: int, language: str) -> int:
    """Return where the unit ends that follows a number; the number's own end where none does."""
    return _unit_after(written_one_way(text), end, language)[1]


def _counts_times(numeral: Numeral, behind: str, language: str) -> bool:
    """Whether a number of times says how often, and not how many times as much: "cited 447 times in"."""
    often = numeral.kind == "number" and numeral.decimals <= 0 and numeral.value >= OFTEN
    compared = "|".join(word_lists(language)["times_as_much"])
    return often and language != "zh" and not re.match(rf"\s+(?:{compared})(?!\w)", behind, re.I)


def _unit_before(text: str, start: int, language: str) -> tuple[str, int]:
    return currency_before(text, start, language) or ("", start)


_PER_MILLE = re.compile(r"\s?‰")
_CHINESE_PERCENT = re.compile(r"百分之\s*$")
# Chinese writes no space before a minus; a hyphen before a whole number may join a name and its number.
_CHINESE_MINUS = re.compile(r"(?<=[\u4e00-\u9fff])[-−]$")
_SIGN = re.compile(r"(?:(?<=^)|(?<=[\s(=:,;|]))[-–−]\s?$")
_INCREASE = re.compile(r"(?:增加|增长|扩大|提高|上升|多|翻)了?(?:近|约|超过|逾|大约)?\s*$")


def _number(numeral: Numeral, text: str, original: str, language: str) -> tuple[PrintedNumber, int]:
    numeral = _scaled(numeral, text, language)
    start, end = numeral.start, numeral.end
    unit = ""
    value, decimals = numeral.value, numeral.decimals
    if numeral.kind == "multiple":
        unit = "times"
    elif numeral.kind == "percent":
        unit, value = "percent", value * 100
    elif numeral.kind in ("fraction", "points"):
        unit = "fraction" if numeral.kind == "fraction" else "percentage_points"
    if language == "zh" and _CHINESE_PERCENT.search(text[:start]):
        unit, start = "percent", _CHINESE_PERCENT.search(text[:start]).start()
    outer, front = end, start
    if not unit and (mille := _PER_MILLE.match(text, end)):
        unit, outer, value, decimals = "percent", mille.end(), value / 10, decimals + 1
    if not unit or unit == "fraction":
        unit_after, outer = _unit_after(text, end, language)
        if unit_after == "percentage_points" or (unit_after and not unit):
            unit = unit_after
    if unit == "times" and _counts_times(numeral, text[outer:], language):
        unit, outer = "", end
    if not unit:
        unit, front = _unit_before(text, start, language)
    if unit == "times" and language == "zh" and _INCREASE.search(text[: numeral.start]):
        unit = "times_increase" if numeral.kind != "multiple" else unit
    sign = _SIGN.search(text[max(front - 2, 0) : front])
    certain = unit == "percent" or decimals > 0 or original[front - 1 : front] == "−"
    if not sign and language == "zh" and certain:
        sign = _CHINESE_MINUS.search(text[max(front - 2, 0) : front])
    if sign and not numeral.words and not re.search(r"\d\s?[-–]\s?$", text[max(front - 5, 0) : front]):
        value, front, start = (
            -value,
            front - len(sign[0]),
            (start if front != start else front - len(sign[0])),
        )
    else:
        for word in word_lists(language)["negative"] if language in ("en", "zh") else ():
            near = in_small_letters(text[max(front - len(word) - 1, 0) : front])
            if word not in near:
                continue
            match = re.search(rf"(?:\b|(?<=[\u4e00-\u9fff])){word}\s?$", text[:front], re.I)
            if match:
                value, start, front = -value, match.start(), match.start()
    qualifier, phrase = _qualifier(text, front, outer, language)
    if not qualifier and language == "zh" and re.search("[多余餘]", text[start:end]):
        qualifier = "more_than"
    number = PrintedNumber(
        start,
        end,
        original[start:end],
        value,
        decimals,
        unit,
        qualifier,
        numeral.words,
        slightly=phrase in word_lists(language)["slightly"],
    )
    return number, max(end, outer)


# What stands before "less than" where it compares two numbers: "18.5 million less than the 75.7 million".
_COMPARED = re.compile(
    r"(?:\d|%|per cent|percent|pour cent|por ciento|illions?|illiards?|illones|points?|puntos)"
    r"(?:\s+de)?\s*$",
    re.I,
)
# "Under the eight outcomes", "over the two years": such a word before the article says where, not how much;
# "dépasse de 3 %" says by how much.
_THE = re.compile(r"\bthe\s*$|^dépass\w+\s+de\s*$", re.I)
# "Met or exceeded 37", 达到或超过37项: what was exceeded is no number.
_OR = re.compile(r"(?:\b(?:or|ou|o)\s+|或者?)$", re.I)
# "N'était plus que de 4,3 %", "no gastó más que 57,2": only so much, and no more than it.
_ONLY = re.compile(r"\b(?:ne\b|n'|no\b)[^,.;:]*$", re.I)
# "Spread over eight outcomes": as many as they are.
_SPREAD = re.compile(r"\b(?:spread|divided|distributed|split|shared|scattered|stretched|averaged)\s+$", re.I)
# 低于48%的目标: what something is compared with is itself no more and no less.
_STANDARD = re.compile(
    r"[^，。；、\d]{0,3}的[^，。；、\d]{0,4}(?:目标|计划|预算|预期|水平|[高低]点)(?=\s*(?:[，。；;,）)]|$))"
)


@cache
def _qualifiers(
    language: str,
) -> tuple[tuple[tuple[str, re.Pattern, str], ...], re.Pattern, tuple[tuple[str, str], ...]]:
    """Return the qualifiers before a number, the longest first: name, pattern and phrase; and those after.

    Of those there is one pattern, of a group for each, and in its order the name and the phrase of each.
    """
    held = word_lists(language)
    article = (
        r"(?:\s*(?:a|an|the|la|le|les|el|los|las|l'|de|un|une|una)\b)?\s*"
        if language != "zh"
        else r"\s*(?:有|为|占)?\s*"
    )
    before = [
        (
            phrase,
            name,
            re.compile(
                rf"(?:^|(?<=\W)){re.escape(phrase)}{article}$"
                if language != "zh"
                else rf"{phrase}{article}$",
                re.I,
            ),
        )
        for name, phrases in held["qualifiers"].items()
        for phrase in phrases
    ]
    after = [(phrase, name) for name, phrases in held["qualifiers_after"].items() for phrase in phrases]
    before.sort(key=lambda one: -len(one[0]))
    after.sort(key=lambda one: -len(one[0]))
    # "874项多22项" says by how much something is more, not that it is more than 874.
    ending = r"(?![\d一二两三四五六七八九十百])" if language == "zh" else r"(?!\w)"
    groups = (f"({re.escape(phrase)}{ending if phrase[-1].isalnum() else ''})" for phrase, _ in after)
    return (
        tuple((name, pattern, in_small_letters(phrase)) for phrase, name, pattern in before),
        re.compile(rf"\s?[个项]?(?:{'|'.join(groups)})"),
        tuple((name, in_small_letters(phrase)) for phrase, name in after),
    )


def _qualifier(text: str, start: int, end: int, language: str) -> tuple[str, str]:
    """Return the qualifier of a number and the phrase that says it; nothing where it has none."""
    before, after, names = _qualifiers(language)
    near = text[max(0, start - 32) : start]
    small = in_small_letters(near)
    for name, pattern, phrase in before:
        match = pattern.search(near) if phrase in small else None
        if match and _THE.search(match[0]):
            return "", ""
        if match:
            told = near[: match.start()]
            compared = any(one.search(told) for one in (_COMPARED, _OR, _SPREAD))
            compared |= phrase.endswith(" que") and bool(_ONLY.search(told))
            if language == "zh" and name in ("more_than", "less_than"):
                compared |= bool(_STANDARD.match(text, end))
            return ("", "") if compared else (name, phrase)
    match = after.match(text, end)
    return names[match.lastindex - 1] if match and match.lastindex else ("", "")


def _ruled(numbers: list[PrintedNumber], text: str, original: str, language: str) -> list[PrintedNumber]:
    """Mark what is no datum; the numbers of one date, period or reference become one."""
    places = places_of_no_data(text, language) if numbers else []
    made: list[PrintedNumber] = []
    last_place = None
    ends = [high for _, high, _ in places]
    for number in numbers:
        at = bisect_right(ends, number.start)
        place = places[at] if at < len(places) and places[at][0] < number.end else None
        if place is None:
            article = number.unit not in SCALELESS and is_pronoun(number.start, number.end, text, language)
            made.append(replace(number, rule="pronoun") if article else number)
        elif place == last_place:
            made[-1] = replace(made[-1], end=number.end, text=original[made[-1].start : number.end])
        else:
            made.append(replace(number, rule=place[2], upper=None))
        last_place = place
    return made
