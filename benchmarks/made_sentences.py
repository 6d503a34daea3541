"""Plain sentences that are made of the record, in four languages, right as they are made."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.drafts import Checker
from benchmarks.draft_gold import Gold

TREND = {
    "en": "{title}: {later} per cent in {to}.\n\n"
    "{title} {moved} from {earlier} per cent in {since} to {later} per cent in {to}.",
    "fr": "{title}: {later} pour cent en {to}.\n\n"
    "{title}: le taux a {moved}, de {earlier} pour cent en {since} à {later} pour cent en {to}.",
    "es": "{title}: {later} por ciento en {to}.\n\n"
    "{title}: la tasa {moved} del {earlier} por ciento en {since} al {later} por ciento en {to}.",
    "zh": "{to}年{title}为{later}%。\n\n{title}由{since}年的{earlier}%{moved}至{to}年的{later}%。",
}
MOVED = {
    "en": ("rose", "fell"),
    "fr": ("augmenté", "diminué"),
    "es": ("aumentó", "disminuyó"),
    "zh": ("上升", "下降"),
}
RESULTS = {
    "en": "{region} achieved {value} results in 2020–21, the {rank} number of all regions.",
    "fr": "En 2020-2021, la région {region} a obtenu {value} résultats, {rank} nombre de toutes les régions.",
    "es": "En 2020-2021, la región {region} obtuvo {value} resultados, {rank} cifra de todas las regiones.",
    "zh": "2020–21两年期，{region}取得{value}项成果，在各地区中{rank}。",
}
SPENT = {
    "en": "Outcome {outcome} had an expenditure of US${value} million, the {rank} of all outcomes.",
    "fr": "Le résultat {outcome} a entraîné des dépenses de {value} millions de dollars, "
    "{rank} montant de tous les résultats.",
    "es": "El gasto del resultado {outcome} fue de {value} millones de dólares, "
    "{rank} cifra de todos los resultados.",
    "zh": "成果目标{outcome}的支出为{value}亿美元，在所有成果目标中{rank}。",
}
RANKS = {
    "en": ("largest", "second largest", "third largest", "smallest"),
    "fr": ("le plus grand", "le deuxième", "le troisième", "le plus petit"),
    "es": ("la mayor", "la segunda", "la tercera", "la menor"),
    "zh": ("最多", "居第二", "居第三", "最少"),
}
MARKED = {"second largest": "second", "third largest": "third", "居第二": "第二", "居第三": "第三"}
MARKED |= {
    "le deuxième": "deuxième",
    "le troisième": "troisième",
    "la segunda": "segunda",
    "la tercera": "tercera",
}


def made(checker: Checker) -> list[tuple[str, str, list[Gold]]]:
    """Return a text a language, with the gold of every number and word."""
    return [(f"{language}_made.md", *_text(checker, language)) for language in TREND]


def _text(checker: Checker, language: str) -> tuple[str, list[Gold]]:
    text, gold = "", []
    for paragraph, marks in _paragraphs(checker, language):
        at = len(text)
        for printed in marks:
            place = paragraph.index(printed, at - len(text))
            gold.append(Gold(len(text) + place, printed, "agrees", printed))
            at = len(text) + place + len(printed)
        text += paragraph + "\n\n"
    return text, gold


def _paragraphs(checker: Checker, language: str) -> list[tuple[str, list[str]]]:
    found = []
    groups: dict[tuple, list[Candidate]] = {}
    for each in checker.catalogue.candidates:
        if each.row >= 0 and not each.value.missing and each.unit in ("percent", "result", "usd_million"):
            codes = tuple(sorted(each.axes.items()))
            groups.setdefault((each.series, each.unit, codes), []).append(each)
    for (_, unit, _), series in groups.items():
        years = list({each.period: each for each in series if len(each.period) == 4}.values())
        if unit == "percent" and len(years) > 1 and language in series[0].titles:
            found += _trend(sorted(years, key=lambda each: each.period), language)
    found += _ranked(checker, language, "region", "result", RESULTS[language], 1)
    return found + _ranked(
        checker, language, "outcome", "usd_million", SPENT[language], 100 if language == "zh" else 1
    )


def _trend(series: list[Candidate], language: str) -> list[tuple[str, list[str]]]:
    found = []
    for one, other in pairwise(series):
        if one.base == other.base or not one.titles[language]:
            continue
        moved = MOVED[language][one.base > other.base]
        earlier, later = _printed(one.base, 1, language), _printed(other.base, 1, language)
        words = {"title": one.titles[language], "moved": moved, "earlier": earlier, "later": later}
        both = TREND[language].format(**words, since=one.period, to=other.period).split("\n\n")
        order = [earlier, moved, later] if language in ("zh",) else [moved, earlier, later]
        found += [(both[0], [later]), (both[1], order)]
    return found


def _ranked(checker: Checker, language: str, axis: str, unit: str, template: str, size: int):
    held: dict[str, Candidate] = {}
    for each in checker.catalogue.candidates:
        measure = each.id.rpartition("/")[2]
        told = each.row >= 0 and each.unit == unit and axis in each.axes and not each.value.missing
        if (
            told
            and measure in ("results", "actual_expenditure")
            and each.axes.get("source", "total") == "total"
        ):
            held.setdefault(each.axes[axis], each)
    order = sorted(held.values(), key=lambda each: -each.value.value)
    found = []
    for place, each in ((0, order[0]), (1, order[1]), (2, order[2]), (3, order[-1])):
        value = _printed(each.value.value / size, 3 if size > 1 else each.decimals, language)
        rank = RANKS[language][place]
        name = checker.catalogue.labels[language](f"{axis}.{each.axes[axis]}") if axis == "region" else ""
        text = template.format(region=name, outcome=each.axes[axis], value=value, rank=rank)
        found.append((text, [value, MARKED.get(rank, rank)]))
    return found


def _printed(value: Fraction, decimals: int, language: str) -> str:
    text = f"{float(value):.{decimals}f}"
    return text.replace(".", ",") if language in ("fr", "es") else text
