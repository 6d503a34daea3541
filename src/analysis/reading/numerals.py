"""Numerals, in digits and in words: where they stand and what they are worth."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from analysis.reading.languages import words

TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")


@dataclass(frozen=True)
class Numeral:
    """A numeral in a text.

    Attributes
    ----------
    start, end : int
        Place in the text.
    value : Fraction
    decimals : int
        Of the last digit that is written; negative where a scale word stands for zeros.
    words : bool
        Whether it is written in words.
    kind : str
        ``number``, ``fraction`` or ``multiple``.
    """

    start: int
    end: int
    value: Fraction
    decimals: int
    words: bool = False
    kind: str = "number"


@cache
def _digits(language: str) -> re.Pattern:
    points, groups = re.escape(words(language)["decimal"]), re.escape(words(language)["group"])
    every = rf"\d{{1,3}}(?:(?P<group>[{groups}])\d{{3}}(?:(?P=group)\d{{3}})*)(?!\d)(?:[{points}]\d+)?"
    return re.compile(
        rf"(?<![\d.,])(?:{every}|\d+(?:[.,]\d+)?(?![.,]?\d)|(?<!\w)\.\d+)(?:[eE][+-]?\d{{1,3}})?|\d+|[½⅓⅔¼¾⅕⅛⅙]"
    )


def in_digits(text: str, language: str) -> list[Numeral]:
    """Return the numerals in digits, each with the language's separators read."""
    found = []
    for match in _digits(language).finditer(text):
        if match[0] in _VULGAR:
            found.append(Numeral(*match.span(), Fraction(*_VULGAR[match[0]]), 2, False, "fraction"))
            continue
        written, _, power = match[0].lower().partition("e")
        whole, decimals = _separated(written, match["group"], language)
        exponent = int(power or 0)
        found.append(
            Numeral(match.start(), match.end(), whole * Fraction(10) ** exponent, decimals - exponent)
        )
    return _apart([_with_fraction(each, text) for each in found])


def _separated(written: str, group: str | None, language: str) -> tuple[Fraction, int]:
    if group:
        written = written.replace(group, "")
    written = written.replace(",", ".")
    if written.count(".") > 1:
        written = written.replace(".", "")
    return Fraction(written), len(written.partition(".")[2])


_VULGAR = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅛": (1, 8),
    "⅙": (1, 6),
}


def _apart(numerals: list[Numeral]) -> list[Numeral]:
    kept: list[Numeral] = []
    for each in numerals:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _with_fraction(numeral: Numeral, text: str) -> Numeral:
    sign = text[numeral.end : numeral.end + 1]
    if sign in _VULGAR and sign:
        return replace(numeral, end=numeral.end + 1, value=numeral.value + Fraction(*_VULGAR[sign]))
    return numeral


@cache
def _known(language: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    held = words(language)
    return {**held["cardinals"], **held.get("hundreds", {})}, held["scales"], held["denominators"]


def in_words(text: str, language: str) -> list[Numeral]:
    """Return the numerals in words: cardinals, fractions, "one and a half", "twice"."""
    return _chinese(text) if language == "zh" else _spelled(text, language)


def _spelled(text: str, language: str) -> list[Numeral]:
    lowered = text.lower()
    tokens = [(each.start(), each.end(), each[0]) for each in re.finditer(r"\d+|[^\W\d_]+|\S", lowered)]
    tokens = _joined(tokens, language)
    found, at = [], 0
    while at < len(tokens):
        numeral, after = _numeral_at(tokens, at, language)
        if numeral is None:
            at += 1
        else:
            found.append(numeral)
            at = after
    return found


def _joined(tokens: list, language: str) -> list:
    """Join compounds that the list knows as one word: quatre-vingt, dix-sept."""
    cardinals = words(language)["cardinals"]
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
    held = words(language)
    _, _, denominators = _known(language)
    start, end, word = tokens[at]
    if word in held["multiples"]:
        return Numeral(start, end, Fraction(held["multiples"][word]), 0, True, "multiple"), at + 1
    value, after, scale = _cardinal(tokens, at, language)
    if scale:
        end = tokens[after - 1][1]
        bottom, past = _denominator(tokens, after, language, value)
        if bottom:
            return Numeral(start, tokens[past - 1][1], value / bottom, 2, True, "fraction"), past
        value, after, decimals = _and_part(tokens, after, language, value, scale)
        return Numeral(start, tokens[after - 1][1], value, decimals, True), after
    if word in denominators and _half_alone(tokens, at, language):
        return Numeral(start, end, Fraction(1, denominators[word]), 2, True, "fraction"), at + 1
    return None, at


def _half_alone(tokens: list, at: int, language: str) -> bool:
    """Whether half, a third, le tiers stand for a share: half by itself, the others after an article."""
    _, _, _denominators = _known(language)
    before = tokens[at - 1][2] if at else ""
    following = tokens[at + 1][2] if at + 1 < len(tokens) else ""
    if following == "-" or before == "-":
        return False
    if language == "en":
        return tokens[at][2] == "half" and following not in ("year", "time", "day", "century")
    if tokens[at][2] in ("moitié", "mitad"):
        return True
    articles = {*words(language)["before_article"], "du"}
    if language == "es" and tokens[at][2] not in (
        "tercio",
        "cuarto",
        "quinto",
        "tercera",
        "cuarta",
        "quinta",
    ):
        return False
    if language == "es" and tokens[at][2] in ("tercera", "cuarta", "quinta"):
        return following == "parte"
    return before in articles and tokens[at][2] in (
        "tiers",
        "quart",
        "cinquième",
        "dixième",
        "tercio",
        "cuarto",
    )


def _denominator(tokens: list, at: int, language: str, top: Fraction) -> tuple[int, int]:
    _, _, denominators = _known(language)
    step = at + 1 if at + 1 < len(tokens) and tokens[at][2] == "-" else at
    if step >= len(tokens) or top.denominator != 1 or not 0 < top < 100:
        return 0, at
    word = tokens[step][2]
    plural = word.endswith(("s", "ves"))
    if word in denominators and (word in ("tiers",) or plural == (top > 1)):
        past = step + 1
        if language == "es" and past < len(tokens) and tokens[past][2] in ("parte", "partes"):
            past += 1
        return denominators[word], past
    return 0, at


def _and_part(tokens: list, at: int, language: str, value: Fraction, scale: int) -> tuple[Fraction, int, int]:
    """Read "and a half", "et demi", "y medio", "point five" after a cardinal or a scale word."""
    held = words(language)
    _, _, denominators = _known(language)
    scale = scale if scale > 100 else 1
    if at + 1 < len(tokens) and tokens[at][2] in held["connectors"]:
        step = at + 1
        if tokens[step][2] in denominators:
            return value + Fraction(scale, denominators[tokens[step][2]]), step + 1, 1
        top, after, found = _cardinal(tokens, step, language)
        if not found and tokens[step][2] in held["unit_articles"]:
            top, after, found = Fraction(1), step + 1, 1
        if found:
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
    held = words(language)
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
                below = sum(each for each in done if each < scale)
                done = [each for each in done if each >= scale]
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
        return language != "en" and scale <= 1000 and not (scale == 1000 and word.endswith("s"))
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


_HAN = "零〇一壹二两兩贰貳三叁參四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億兆"
_HAN_NUMBER = re.compile(rf"[{_HAN}]+(?:[点點][零〇一二三四五六七八九]+)?")
_OF = re.compile(rf"([{_HAN}]+)分之([{_HAN}]+(?:[点點][零〇一二三四五六七八九]+)?|\d+(?:\.\d+)?)")
_TENTHS = re.compile(
    r"(?<!完)(?<!组)([一二两三四五六七八九十]|(?<![\d.])\d+(?:\.\d)?)成([一二三四五六七八九半](?![个项名]))?(?!员|为|果|立|功|本|长|就|分|效)"
)
_SHARES = {"一半": (1, 2), "半数": (1, 2), "过半": (1, 2), "大半": (1, 2), "半壁": (1, 2)}
_COUNTED = re.compile(
    r"\s*(?:[个倍項项名份家位所种種条條件次倍番届座册冊场場起笔支套处處成]|多[个项名]|余[个项名]|国|州|区域|大|类|期|组|份|只|人(?!类|权|力|员)|年|月|天|周|小时|者|方面|领域|美元|%)"
)


def _chinese(text: str) -> list[Numeral]:
    found, taken = [], set()

    def add(start: int, end: int, value: Fraction, decimals: int, kind: str) -> None:
        if not taken & set(range(start, end)):
            taken.update(range(start, end))
            found.append(Numeral(start, end, value, decimals, True, kind))

    for word, value in words("zh")["multiples"].items():
        for match in re.finditer(word, text):
            add(match.start(), match.end(), Fraction(value), 0, "multiple")
    for match in _OF.finditer(text):
        bottom = han(match[1])
        top = Fraction(match[2]) if match[2][0].isdigit() else han(match[2])
        add(match.start(), match.end(), top / bottom, 2, "percent" if bottom == 100 else "fraction")
    for match in _TENTHS.finditer(text):
        tail = match[2]
        more = (
            0
            if not tail
            else Fraction(1, 2)
            if tail == "半"
            else Fraction(words("zh")["cardinals"][tail], 10)
        )
        top = Fraction(match[1]) if match[1][0].isdigit() else han(match[1])
        add(match.start(), match.end(), (top + more) / 10, 2, "fraction")
    for word, (top, bottom) in _SHARES.items():
        for match in re.finditer(word, text):
            add(match.start(), match.end(), Fraction(top, bottom), 2, "fraction")
    for match in _HAN_NUMBER.finditer(text):
        before = text[match.start() - 1 : match.start()]
        written = match[0]
        if before.isdigit() or (
            not re.search(r"[一二两兩三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖十]", written)
        ):
            continue
        counted = _COUNTED.match(text, match.end())
        if len(written) == 1 and (
            not counted or (written == "一" and counted[0] != "倍") or before in tuple("第之其唯统同每某另")
        ):
            continue
        if len(written) > 1 and not counted and re.fullmatch(r"[一二三四五六七八九]{2,}", written):
            continue
        value = han(written)
        places = len(re.split("[点點]", written)[1]) if re.search("[点點]", written) else 0
        add(match.start(), match.end(), value, places, "number")
    return sorted(found, key=lambda each: each.start)


def han(written: str) -> Fraction:
    """Return the value of a numeral in Chinese characters; 三百五 is 350, 二〇二一 is read digit by digit."""
    held = words("zh")
    whole, _, part = written.replace("點", "点").partition("点")
    digits = [held["cardinals"].get(each) for each in whole]
    if whole and all(each is not None for each in digits) and len(digits) > 1:
        value = Fraction(int("".join(map(str, digits))))
    else:
        total = section = digit = last = 0
        for sign in whole:
            if sign in held["cardinals"]:
                digit = held["cardinals"][sign]
                last = 10 if digit == 0 else last
                continue
            scale = held["scales"][sign]
            if scale < 10_000:
                section += (digit or 1) * scale
            else:
                total = (
                    (total + section + digit) * scale
                    if total and total < scale
                    else total + ((section + digit) or 1) * scale
                )
                section = 0
            last, digit = scale, 0
        shorthand = digit and last >= 100 and "零" not in whole[-2:] and "〇" not in whole[-2:]
        value = Fraction(total + section + (digit * last // 10 if shorthand else digit))
    if part:
        value += Fraction(int("".join(str(held["cardinals"][each]) for each in part)), 10 ** len(part))
    return value
