"""Periods as texts speak of them, and which recorded ones they may be."""

from __future__ import annotations

import re

from analysis.reading import PrintedNumber
from analysis.reading.languages import written_one_way

_YEARS = re.compile(r"(?:19|20)\d{2}(?:\s*[–‑/至到~-]\s*(?:(?:19|20)\d{2}|\d{2})(?!\d))?")
_SINCE = re.compile(r"(?:since|depuis|desde)\s*(?:the |l'année |el año )?$|自\s*$", re.I)
_FROM = re.compile(r"[^，。；]{0,12}年\s*的")
_TITLE = re.compile(
    r"\b(?:Convention|Protocol|Recommendation|Declaration|Protocole|Recommandation|Déclaration|Convenio|Protocolo|"
    r"Recomendación|Declaración)\b(?:\s\([^()]*\))?(?:,| de| of)\s*$",
    re.I,
)
_TITLED = re.compile(r"\s*年?(?:议定书|公约|宣言|建议书)|\s+(?:Protocol|Convention|Declaration|Agenda)\b")
_SINCE_THEN = re.compile(r"\s*年?\s*(?:以来|至今)")
_WITH, _COMPARED = re.compile(r"[与同和较比]\s*$"), re.compile(r"[^，。；\d]{0,16}相比")


def spoken_period(text: str) -> str:
    """Return a period as the record writes it: ``2020``, ``2020-21``; nothing where there is none."""
    match = _YEARS.search(written_one_way(text))
    if not match:
        return ""
    years = re.findall(r"\d+", match[0])
    if len(years) == 1:
        month = re.search(rf"{years[0]}\s*年\s*(\d{{1,2}})\s*月", text)
        return f"{years[0]}-{int(month[1]):02d}" if month else years[0]
    first, last = int(years[0]), int(years[1]) if len(years[1]) == 4 else int(years[0][:2] + years[1])
    return f"{first}-{last % 100:02d}" if last > first else years[0]


def shifted(period: str, steps: int) -> str:
    """Return the period that many steps later, a year or a biennium each; nothing of an odd one."""
    if re.fullmatch(r"\d{4}", period):
        return str(int(period) + steps)
    match = re.fullmatch(r"(\d{4})-(\d{2})", period)
    if not match:
        return ""
    first, last = int(match[1]), int(match[1][:2] + match[2])
    if last < first:
        return ""
    if int(match[2]) <= 12 and last - first not in (1, 2, 3, 4, 5, 6, 9, 10):
        return f"{first + steps}-{match[2]}"
    width = last - first + 1
    return f"{first + steps * width}-{(last + steps * width) % 100:02d}"


def biennium_of(period: str) -> str:
    """Return the biennium in which a year falls."""
    year = int(period[:4])
    first = year - year % 2
    return f"{first}-{(first + 1) % 100:02d}"


def compatible(asked: str, held: str) -> bool:
    """Whether a recorded period may be what a text speaks of.

    A year of a biennium and the biennium are compatible, as are a month and its year or its biennium, and no
    period at all.
    """
    if not asked or not held or asked == held:
        return True
    if len(asked) == len(held) == 7 and span(asked)[0] == span(asked)[1]:
        return span(held)[0] < span(held)[1] and compatible(asked[:4], held)
    if held.startswith(asked + "-") and len(held) > 7:
        return True
    if len(asked) == 4 and len(held) == 7:
        first, last = span(held)
        return first <= int(asked) <= last
    if len(asked) == 7 and len(held) == 4:
        first, last = span(asked)
        return first <= int(held) <= last
    if len(asked) == 7 and len(held) == 7:
        one, other = span(asked), span(held)
        return one == other
    return False


def begins_in(asked: str, held: str) -> bool:
    """Whether a recorded period begins in the one that a text speaks of."""
    first, last = span(asked)
    return first <= span(held)[0] <= last


def span(period: str) -> tuple[int, int]:
    """Return the first and the last year of a period; a month is its year."""
    first = int(period[:4])
    tail = period[5:7]
    if not tail:
        return first, first
    last = int(period[:2] + tail)
    years = range(1, 31) if int(tail) > 12 else (1,)
    return (first, last) if last - first in years else (first, first)


def is_of_nothing_counted(text: str, period: PrintedNumber) -> bool:
    """Whether nothing is said of a period: a beginning, a title, or what another is set against."""
    return _since(text, period) or _titled(text, period) or _against(text, period)


def _since(text: str, period: PrintedNumber) -> bool:
    """Whether a period is only a beginning: "since 2019", 2016年以来; from 自2019年的5.4% something came."""
    if _SINCE_THEN.match(text, period.end):
        return True
    return bool(_SINCE.search(text[: period.start])) and not (
        text[: period.start].rstrip().endswith("自") and _FROM.match(text, period.start)
    )


def _titled(text: str, period: PrintedNumber) -> bool:
    """Whether a year is part of a title: 《2030年议程》, "the Violence and Harassment Convention, 2019"."""
    before = text[: period.start]
    quoted = before.rfind("《") > before.rfind("》")
    return quoted or bool(_TITLE.search(before) or _TITLED.match(text, period.end))


def _against(text: str, period: PrintedNumber) -> bool:
    """Whether a period is only what another is set against: 与2018-19年的水平相比下降."""
    return bool(_WITH.search(text[: period.start]) and _COMPARED.match(text, period.end))
