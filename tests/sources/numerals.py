"""Numerals of the source documents: where they stand, which rule sets one aside, which row records one."""

import csv
import re
from collections import namedtuple
from fractions import Fraction

Numeral = namedtuple("Numeral", "line printed start end")
Row = namedtuple("Row", "id line printed status unit value decimals")

# folder in data/raw: source text, blank lines that end a paragraph, whether a blank groups thousands
DOCUMENTS = {
    "implementation-2020-21": ("002_81010bbb4d91b17e.txt", 1, False),
    "gender-equality-2020-21": ("000_48c5e832ab4652ca.txt", 1, False),
    "un-swap-2012": ("001_23b669f961be81d1.txt", 2, True),
    "cooperation-review-2023": ("003_475dca7a92204bba.txt", 1, True),
    "cooperation-plan-2021": ("004_733befbe5f6dab12.txt", 1, False),
}
DIGITS = dict(zip("一二三四五六七八九两", (1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
TENS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "[一二两三四五六七八九十百千]"
MEASURE = (
    "[个种份次位家条场套组批期届类天月年周页篇轮级款代段句堂支座只对件起案例小]"
    "|项(?!目)|名(?!义|为)|部分|日(?!益)"
)
# Words that are recorded, but are no numerals: some that count, and what stands in a cell for a number.
RANKS = {"首个": 1, "首次": 1, "双重": 2}
WORDS = (*RANKS, "未设定", "不适用", "暂无数据", "-")

YEAR = r"(?:1[89]|20)\d\d"
HAN = "\u4e00-\u9fff"
LABEL = r"[A-C]?\.?\d+(?:\.\d+)*"
COUNTED = r"(?:[\d.,%个项名份种次万亿月位家岁年条天人多余起页]|国(?!际))"
# 一 before a measure word is an "a"; it counts only where the text counts: one each, one of two, one page.
COUNTED_ONE = (
    r"一名(?:兼职|全职|性别问题专家|女候选人)|一份(?:关于行动计划|关于“在变化)|一次(?:评估\(|\)|集群评估)"
    r"|一页|一场活动|一项(?:是第|指标使用|针对)|一天|一个月内"
)
LABELLED = rf"{LABEL}(?!项(?!下)|[\d%个亿万])"
# The first rule that covers a numeral names it, so the narrow rules stand first.
RULES = {
    "web address": r"(?:https?://|www\.)[!-~]+",
    "calendar": (
        rf"(?<![\d,.])(?!2021-202\d年(?:\n|$))(?<!\n2021-){YEAR}"
        rf"(?=年|[-–—/]|两年期|财政|评估|\(%\)|[至和、]{YEAR}|》)|(?<=\d-){YEAR}(?=\))"
    ),
    "month and day": r"\d{1,2}月(?:\d{1,2}(?:[-至]\d{1,2})?日)?|(?<=日至)\d{1,2}日",
    "biennium": r"两年期",
    "session": r"第\d+(?:次|届)",
    "ordinal": rf"第(?!一份执行情况|一个得到普遍|一个欧洲调查){CHINESE}+",
    "numbered item": (
        r"第\d+(?:\.\d+)*(?:/\d+)?(?:\(\d+\))?(?:[-–、和]第?\d+(?:\(\d+\))?)*(?:号|段|节|条|页)"
        r"|记录\d+[A-Z]|议程\*项目\d"
    ),
    "numbered heading or paragraph": (
        rf"(?<![\d.A-C])\d+(?:\.\d+)*\.(?=[ “《\n{HAN}])|(?<!{CHINESE}){CHINESE}\."
    ),
    "goal, outcome, output or indicator": (
        rf"(?:目标|支柱领域|支柱|行动|重点领域|指标|产出|结论|结果|联盟){LABELLED}(?:[、，和至或]{LABELLED})*"
    ),
    "table, figure, box or appendix": rf"(?:图|表|专栏|附录)(?:[IVX]+\.)?\d+(?:[-–和]\d+)?|附录{CHINESE}",
    "action of the plan": r"(?<![\d.])[1-4]\.[1-4](?=根据|加强|支持|通过|扩大|在全球|在促进)",
    "identifier": r"[A-Za-z]+[A-Za-z.&/_()-]*\d[A-Za-z0-9./_-]*(?:\(Rev\.1\))?",
    "age": r"\d+(?:[-至]\d+)?(?=岁)",
    "footnote": (
        rf"(?<=[。，、；：》”])\d{{1,2}}(?!{COUNTED})(?=[{HAN}《“/\n])"
        rf"|(?<=[\n_])\d{{1,2}}(?!{COUNTED})(?=[{HAN}《“])|(?<=\n)\d(?= {YEAR}年)"
    ),
    "page": r"\d+(?=国际劳工组织2020–2021两年期计划执行报告)",
    "name": (
        r"三方|三角|两性|两方对话|百年宣言|百年治理|百年纪念|千年发展|七国集团|二十国国?集团"
        r"|“自由50运动|\+40原则|2019冠状病毒病|2\.0(?=版|：)|21世纪"
    ),
    "word of a unit": r"百分[比点]|百万(?:美元\)|元计)|千美元\)",
    "article": rf"(?!{COUNTED_ONE})一(?={MEASURE})",
}
PATTERNS = {name: re.compile(rule) for name, rule in RULES.items()}


def unwrapped(text: str, gap: int) -> tuple[str, list[int]]:
    """Join wrapped lines and drop blanks that separate nothing; also say which line each character is from.

    A line end stays only where ``gap`` blank lines or more follow, a blank between two numerals or words.
    """
    characters, lines, blank = [], [], gap

    def add(piece, number, apart):
        if apart and characters and parted(characters[-1], piece[0]):
            characters.append(" ")
            lines.append(number)
        characters.extend(piece)
        lines.extend([number] * len(piece))

    for number, line in enumerate(text.split("\n"), 1):
        pieces = line.split()
        if not pieces:
            blank += 1
            continue
        if characters and blank >= gap:
            add("\n", number, apart=False)
        blank = 0
        for piece in pieces:
            add(piece, number, apart=True)
    return "".join(characters), lines


def parted(before: str, after: str) -> bool:
    """Whether two characters would read as one numeral or word without the blank between them."""
    plain = before.isascii() and (before.isalnum() or before == "%")
    return after.isascii() and after.isalnum() and (plain or (before == "." and after.isdigit()))


def numerals(text: str, lines: list[int], blank_groups: bool) -> list[Numeral]:
    """Return every numeral of an unwrapped text: digits with scale or per cent, and Chinese numerals."""
    grouped = r"\d{1,3}(?: \d{3})+(?![\d.])|" if blank_groups else ""
    pattern = (
        rf"(?:{grouped}\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:\.\d+)*)(?:[多余]?(?:万亿|万|亿))?%?"
        rf"|{CHINESE}+分之{CHINESE}+|数以[十百千万亿]+|[数几][十百千]万?|半数|一[半番]|第{CHINESE}+"
        rf"|(?:[二两三四五六七八九十百千]{CHINESE}*|一{CHINESE}+)万?[倍番]?|一倍|一(?={MEASURE})"
    )
    return [
        Numeral(lines[each.start()], plain(each[0]), each.start(), each.end())
        for each in re.finditer(pattern, text)
    ]


def plain(printed: str) -> str:
    """Return a numeral without separators and without 多 and 余 (more than), which the record keeps apart."""
    return re.sub("[, 多余]", "", printed)


def set_aside(text: str, found: list[Numeral], patterns: dict[str, re.Pattern]) -> dict[Numeral, str]:
    """Return the numerals that are no data, each with the name of the first rule that covers it."""
    rule_at = {}
    for name, pattern in patterns.items():
        for each in pattern.finditer(text):
            for place in range(each.start(), each.end()):
                rule_at.setdefault(place, name)
    return {
        each: rule_at[each.start]
        for each in found
        if all(place in rule_at for place in range(each.start, each.end))
    }


def recorded(folder) -> list[Row]:
    """Return every row of a document's record that holds something printed."""
    rows = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("printed") and "value" in row:
                    rows.append(Row(*(row[name] for name in Row._fields))._replace(line=int(row["line"])))
    return rows


def matched(rows: list[Row], found: list[Numeral]) -> tuple[list[Row], list[Numeral]]:
    """Give each row a numeral of its own, on its line or else within two; return what is left of both."""
    free = {}
    for each in found:
        free.setdefault((each.line, each.printed), []).append(each)
    left = rows
    for distance in (0, 1, -1, 2, -2):
        rows, left = left, []
        for row in rows:
            places = free.get((row.line + distance, plain(row.printed)))
            if places:
                places.pop(0)
            else:
                left.append(row)
    return left, sorted(each for places in free.values() for each in places)


def counted(printed: str) -> Fraction | None:
    """Return the number that a Chinese numeral or rank word says, or None."""
    if printed in RANKS:
        return Fraction(RANKS[printed])
    if printed in ("一半", "半数"):
        return Fraction(1, 2)
    part = re.fullmatch(f"({CHINESE}+)分之({CHINESE}+)", printed)
    if part:
        return counted(part[2]) / (1 if part[1] == "百" else counted(part[1]))
    total, digit = 0, None
    for character in printed.removeprefix("第").rstrip("倍番"):
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in TENS:
            total += (1 if digit is None else digit) * TENS[character]
            digit = None
        else:
            return None
    return Fraction(total + (digit or 0))


def read(printed: str, unit: str) -> tuple[Fraction, int] | None:
    """Return the value in the unit's scale and the decimals that a printed numeral has, or None for a word.

    万 is ten thousand and 亿 a hundred million. What is recorded in millions keeps the last printed digit,
    but zeros at the end of a numeral with a scale only hold places, up to whole millions with 万 and up to
    whole thousands of millions with 亿.
    """
    parts = re.fullmatch(r"(\d+(?:\.(\d+))?)(万亿|亿|万)?(%?)", plain(printed))
    if not parts:
        value = counted(printed)
        return None if value is None else (value, 0)
    number, decimals = parts[1], len(parts[2] or "")
    if not parts[3]:
        return Fraction(number), decimals
    power = {"万": 4, "亿": 8, "万亿": 12}[parts[3]]
    reach = {"usd_trillion": 12}.get(unit, 6 if "million" in unit else 0)
    decimals += reach - power
    if reach == 6 and not parts[2]:
        zeros = len(number) - len(number.rstrip("0"))
        decimals -= min(zeros, 2 if parts[3] == "万" else 1)
    return Fraction(number) * Fraction(10) ** (power - reach), decimals
