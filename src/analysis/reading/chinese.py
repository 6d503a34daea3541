"""Numerals in Chinese characters."""

from __future__ import annotations

import re
from fractions import Fraction

from analysis.reading.digits import Numeral
from analysis.reading.languages import word_lists

HAN = "零〇一壹二两兩贰貳三叁參四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億兆"
_HAN_NUMBER = re.compile(rf"[{HAN}]+(?:[点點][零〇一二三四五六七八九]+)?")
_OF = re.compile(rf"([{HAN}]+)分之([{HAN}]+(?:[点點][零〇一二三四五六七八九]+)?|\d+(?:\.\d+)?)")
_TENTHS = re.compile(
    r"(?<!完)(?<!组)([一二两三四五六七八九十]|(?<![\d.])\d+(?:\.\d)?)成([一二三四五六七八九半](?![个项名]))?(?!员|为|果|立|功|本|长|就|分|效)"
)
_SHARES = {"一半": (1, 2), "半数": (1, 2), "过半": (1, 2), "大半": (1, 2), "半壁": (1, 2)}
# Half of a point; one where it is said to be all: 只有一个.
_HALF_POINT = re.compile("半(?=个?百分点)")
_ONLY = re.compile("(?:[仅只各]|[仅只]有)$")
_COUNTED = re.compile(
    r"\s*(?:[个倍項项名份家位所种種条條件次倍番届座册冊场場起笔支套处處成版篇轮例件]|多[个项名]|余[个项名]|国|州|区域|大|类|期|组|份|只|人(?!类|权|力|员)|年|月|天|周|小时|者|方面|领域|美元|%)"
)


def in_chinese(text: str) -> list[Numeral]:
    """Return the numerals in Chinese characters: counts, 三分之一, 四成, 翻一番."""
    numerals: list[Numeral] = []
    taken: set[int] = set()

    def add(start: int, end: int, value: Fraction, decimals: int, kind: str) -> None:
        if not taken & set(range(start, end)):
            taken.update(range(start, end))
            numerals.append(Numeral(start, end, value, decimals, True, kind))

    for word, value in word_lists("zh")["multiples"].items():
        for match in re.finditer(word, text):
            add(match.start(), match.end(), Fraction(value), 0, "multiple")
    for match in _OF.finditer(text):
        bottom = han(match[1])
        if not bottom:
            continue
        top = Fraction(match[2]) if match[2][0].isdigit() else han(match[2])
        add(match.start(), match.end(), top / bottom, 2, "percent" if bottom == 100 else "fraction")
    for match in _TENTHS.finditer(text):
        tail = match[2]
        more = (
            0
            if not tail
            else Fraction(1, 2)
            if tail == "半"
            else Fraction(word_lists("zh")["cardinals"][tail], 10)
        )
        top = Fraction(match[1]) if match[1][0].isdigit() else han(match[1])
        add(match.start(), match.end(), (top + more) / 10, 2, "fraction")
    for word, parts in _SHARES.items():
        for match in re.finditer(word, text):
            add(match.start(), match.end(), Fraction(*parts), 2, "fraction")
    for match in _HALF_POINT.finditer(text):
        add(match.start(), match.end(), Fraction(1, 2), 1, "number")
    for match in _HAN_NUMBER.finditer(text):
        before = text[match.start() - 1 : match.start()]
        written = match[0]
        if before.isdigit() or (
            not re.search(r"[一二两兩三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖十]", written)
        ):
            continue
        counted = _COUNTED.match(text, match.end())
        one = written == "一" and not _ONLY.search(text[max(match.start() - 2, 0) : match.start()])
        one = one and (not counted or counted[0] != "倍")
        if len(written) == 1 and (not counted or one or before in tuple("第之其唯统同每某另")):
            continue
        if len(written) > 1 and not counted and re.fullmatch(r"[一二三四五六七八九]{2,}", written):
            continue
        value = han(written)
        places = len(re.split("[点點]", written)[1]) if re.search("[点點]", written) else 0
        add(match.start(), match.end(), value, places, "number")
    return sorted(numerals, key=lambda numeral: numeral.start)


def han(written: str) -> Fraction:
    """Return the value of a numeral in Chinese characters; 三百五 is 350, 二〇二一 is read digit by digit."""
    held = word_lists("zh")
    whole, _, part = written.replace("點", "点").partition("点")
    digits = [held["cardinals"].get(sign) for sign in whole]
    if whole and all(digit is not None for digit in digits) and len(digits) > 1:
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
        value += Fraction(int("".join(str(held["cardinals"][sign]) for sign in part)), 10 ** len(part))
    return value
