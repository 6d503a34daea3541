"""Numerals in words: where they stand and what they are worth."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from analysis.reading.chinese import in_chinese
from analysis.reading.digits import Numeral
from analysis.reading.languages import word_lists

# From what size on a share of a word of scale is an amount; how many small words may stand before that word.
MILLION, WITHIN = 1_000_000, 3


@cache
def _known(language: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    held = word_lists(language)
    return {**held["cardinals"], **held.get("hundreds", {})}, held["scales"], held["denominators"]


@cache
def _beginnings(language: str) -> frozenset[str]:
    """Return the words that a numeral in words may begin with."""
    held = word_lists(language)
    return frozenset().union(held["multiples"], held["once"], *_known(language), ("a", "an"))


def numerals_in_words(text: str, language: str) -> list[Numeral]:
    """Return the numerals in words: cardinals, fractions, "one and a half", "twice"."""
    return in_chinese(text) if language == "zh" else _spelled(text, language)


def _spelled(text: str, language: str) -> list[Numeral]:
    lowered = text.lower()
    tokens = [(match.start(), match.end(), match[0]) for match in re.finditer(r"\d+|[^\W\d_]+|\S", lowered)]
    tokens = _joined(tokens, language)
    beginnings = _beginnings(language)
    numerals, at = [], 0
    while at < len(tokens):
        begins = tokens[at][2] in beginnings
        numeral, after = _numeral_at(tokens, at, language) if begins else (None, at)
        if numeral is None:
            at += 1
        else:
            numerals.append(numeral)
            at = after
    return numerals


def _joined(tokens: list, language: str) -> list:
    """Join compounds that the list knows as one word: quatre-vingt, dix-sept."""
    cardinals = word_lists(language)["cardinals"]
    made, at = [], 0
    while at < len(tokens):
        if at + 2 < len(tokens) and tokens[at + 1][2] == "-":
            word = f"{tokens[at][2]}-{tokens[at + 2][2]}"
            if word in cardinals and "-" in word:
                made.append((tokens[at][0], tokens[at + 2][1], word))
                at += 3
                continue
        made.append(tokens[at])
        at += 1
    return made


def _numeral_at(tokens: list, at: int, language: str) -> tuple[Numeral | None, int]:
    held = word_lists(language)
    _, _, denominators = _known(language)
    start, end, word = tokens[at]
    if word in held["multiples"]:
        return Numeral(start, end, Fraction(held["multiples"][word]), 0, True, "multiple"), at + 1
    value, after, scale = _cardinal(tokens, at, language)
    if scale:
        end = tokens[after - 1][1]
        bottom, past = _denominator(tokens, after, language, value)
        if bottom:
            return _share(tokens, at, past, value / bottom, language)
        if word in ("a", "an") and after == at + 1:
            return None, after
        if (times := _times_and_half(tokens, at, after, value, language)) is not None:
            return times
        decimals = -int(tokens[after - 1][2] in held["in_tens"])
        value, after, more = _and_part(tokens, after, language, value, scale)
        return Numeral(start, tokens[after - 1][1], value, more or decimals, True), after
    if (times := _times_and_half(tokens, at, at, Fraction(1), language)) is not None:
        return times
    if word in denominators:
        numeral, past = _share(tokens, at, at + 1, Fraction(1, denominators[word]), language)
        if numeral.kind == "number" or _half_alone(tokens, at, language):
            return numeral, past
    return None, at


def _share(tokens: list, at: int, past: int, value: Fraction, language: str) -> tuple[Numeral, int]:
    """Return a share, or the amount that it is where a word of scale follows: "half a billion"."""
    scales, step = _known(language)[1], past
    while step < min(len(tokens), past + WITHIN) and tokens[step][2] in word_lists(language)["of_a_scale"]:
        step += 1
    word = tokens[step][2] if step < len(tokens) else ""
    scale = scales.get(word, 0)
    if scale >= MILLION or word in word_lists(language)["collectives"]:
        decimals = min(2 - len(str(scale)), 0) if scale >= MILLION else 0
        return Numeral(tokens[at][0], tokens[step][1], value * scale, decimals, True), step + 1
    part = tokens[past][2] if past < len(tokens) else ""
    held = word_lists(language)
    if tokens[past - 1][2] in held["tenths_of_a_point"] and part not in held["parts_of_it"]:
        return Numeral(tokens[at][0], tokens[past - 1][1], value, 1, True, "points"), past
    return Numeral(tokens[at][0], tokens[past - 1][1], value, 2, True, "fraction"), past


def _times_and_half(
    tokens: list, at: int, after: int, value: Fraction, language: str
) -> tuple[Numeral, int] | None:
    """Return how many times, or points, and a half: "dos veces y media", "un point et demi"."""
    held, past = word_lists(language), after + 3
    words = [token[2] for token in tokens[after:past]]
    if len(words) < 3 or words[1] not in held["connectors"] or held["denominators"].get(words[2]) != 2:
        return None
    points = words[0] in held["units"]["percentage_points"] and after > at
    if not points and words[0] not in (*held["units"]["times"], *held["once"]):
        return None
    whole, kind = value + Fraction(1, 2), "points" if points else "multiple"
    return (Numeral(tokens[at][0], tokens[past - 1][1], whole, 1, True, kind), past)


def _half_alone(tokens: list, at: int, language: str) -> bool:
    """Whether half, a third, le tiers stand for a share: half by itself, the others after an article."""
    held, word = word_lists(language), tokens[at][2]
    before = tokens[at - 1][2] if at else ""
    following = tokens[at + 1][2] if at + 1 < len(tokens) else ""
    if "-" in (before, following) or following in held["counted_in_order"]:
        return False
    points = (phrase.split()[0] for phrase in held["units"]["percentage_points"])
    if word in held["halves"] or following in held["parts_of_it"]:
        return True
    if held["denominators"][word] == 2 and following in points:
        return True
    return word in held["parts_alone"] and before in (*held["before_article"], "du")


def _denominator(tokens: list, at: int, language: str, top: Fraction) -> tuple[int, int]:
    _, _, denominators = _known(language)
    step = at + 1 if at + 1 < len(tokens) and tokens[at][2] == "-" else at
    if step >= len(tokens) or top.denominator != 1 or not 0 < top < 100:
        return 0, at
    word, past = tokens[step][2], step + 1
    following = tokens[past][2] if past < len(tokens) else ""
    if word not in denominators or following in word_lists(language)["counted_in_order"]:
        return 0, at
    if word == "tiers" or word.endswith(("s", "ves")) == (top > 1):
        return denominators[word], past + (following in word_lists(language)["parts_of_it"])
    return 0, at


def _and_part(tokens: list, at: int, language: str, value: Fraction, scale: int) -> tuple[Fraction, int, int]:
    """Read "and a half", "et demi", "y medio", "point five" after a cardinal or a scale word."""
    held = word_lists(language)
    _, _, denominators = _known(language)
    scale = scale if scale > 100 else 1
    if at + 1 < len(tokens) and tokens[at][2] in held["connectors"]:
        step = at + 1
        if tokens[step][2] in denominators:
            return value + Fraction(scale, denominators[tokens[step][2]]), step + 1, 1
        top, after, denominator = _cardinal(tokens, step, language)
        if not denominator and tokens[step][2] in held["unit_articles"]:
            top, after, denominator = Fraction(1), step + 1, 1
        if denominator:
            bottom, past = _denominator(tokens, after, language, top)
            if bottom:
                return value + top * scale / bottom, past, 1
    if at + 1 < len(tokens) and tokens[at][2] in held["point"]:
        digits, step = "", at + 1
        while step < len(tokens) and held["cardinals"].get(tokens[step][2], 10) < 10:
            digits += str(held["cardinals"][tokens[step][2]])
            step += 1
        if digits:
            return value + Fraction(int(digits), 10 ** len(digits)), step, len(digits)
    return value, at, 0


def _cardinal(tokens: list, at: int, language: str) -> tuple[Fraction, int, int]:
    """Read the longest cardinal that starts here: value, token after it, scale of its last word."""
    small, scales, denominators = _known(language)
    held = word_lists(language)
    done: list[int] = []
    group, after, last = 0, at, 0
    step = at
    while step < len(tokens):
        word = tokens[step][2]
        value, scale = small.get(word), scales.get(word)
        if language == "en" and word in ("a", "an") and step == at and step + 1 < len(tokens):
            following = tokens[step + 1][2]
            value = 1 if following in scales or following in denominators else None
        if value is not None and _fits(group, value):
            group, last = group + value, 1
        elif scale is not None and _scales(word, scale, group, step == at, language):
            if scale == 100:
                group *= 100 if group else 1
                group = group or 100
            else:
                below = sum(part for part in done if part < scale)
                done = [part for part in done if part >= scale]
                done.append((below + group or 1) * scale)
                group = 0
            last = scale
        elif step > at and word in (*held["connectors"], "-") and step + 1 < len(tokens):
            following = small.get(tokens[step + 1][2])
            if following is None or not _fits(group, following) or not _links(word, group, last, language):
                break
            step += 1
            continue
        else:
            break
        step += 1
        after = step
    return Fraction(sum(done) + group), after, last


def _scales(word: str, scale: int, group: int, first: bool, language: str) -> bool:
    """Whether a scale word multiplies what stands before it, or may begin a numeral (cent, mil, mille)."""
    if first:
        return language != "en" and scale <= 1000 and not word.endswith("s")
    return scale != 100 or 0 < group < 100


def _links(word: str, group: int, last: int, language: str) -> bool:
    """Whether and, et, y, or a hyphen ties the next word to the numeral so far."""
    if word == "-":
        return True
    return last >= 100 if language == "en" else group > 0 and group % 10 == 0 and group % 100 > 0


def _fits(group: int, value: int) -> bool:
    """Whether a word may follow within hundreds: 5 after 20, 15 after 60 or 80, 300 after none."""
    if value >= 100:
        return group == 0
    rest = group % 100
    if rest == 0:
        return value > 0 or group == 0
    return rest in (20, 30, 40, 50, 60, 70, 80, 90) and (0 < value < 10 or (rest in (60, 80) and value < 20))
