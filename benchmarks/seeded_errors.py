"""How many errors are caught in right drafts, one a paragraph: ``python -m benchmarks.seeded_errors``.

Errors are sown into the practice drafts and into plain sentences that are made of the record in four
languages (:mod:`benchmarks.made_sentences`): a digit; the value of another period, region, sex,
measure or outcome; a unit; a direction; a rank. *Caught* is said to disagree;
what is undecided but looks wrong, and what else is undecided, is counted apart.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from analysis.checking.candidates.agreement import agrees
from analysis.checking.candidates.derived import siblings
from analysis.checking.drafts import Checker
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import DISAGREES, LOOKING_WRONG, RIGHT
from analysis.sources.register import Register
from benchmarks.checking import HERE, wilson
from benchmarks.draft_gold import Gold, bare
from benchmarks.made_sentences import made

SWAPS = {
    "direction": {
        "en": "rose fell|increased decreased|up down|climbed dropped|grew shrank|higher lower|more less",
        "fr": "augmenté diminué|hausse baisse",
        "es": "aumentó disminuyó|subió bajó|creció cayó",
        "zh": "上升 下降|增加 减少|提高 降低",
    },
    "rank": {
        "en": "largest smallest|highest lowest|second third",
        "fr": "le_plus_grand le_plus_petit|le_plus_élevé le_plus_faible|deuxième troisième",
        "es": "la_mayor la_menor|el_mayor el_menor|la_más_alta la_más_baja|segundo tercero",
        "zh": "最多 最少|最高 最低|最大 最小|第二 第三",
    },
    "unit": {
        "en": "per_cent percentage_points|million billion",
        "fr": "pour_cent points_de_pourcentage|millions milliards",
        "es": "por_ciento puntos_porcentuales",
        "zh": "% 个百分点|亿 万",
    },
}
AXES = {"period": "period", "region": "region", "sex": "sex", "outcome": "outcome", "measure": "outcome"}
_PLAIN = re.compile(r"\d[\d,.  ]*")


@dataclass(frozen=True)
class Seed:
    """An error: what is printed instead of a stretch of a text, and the place that is to be flagged."""

    kind: str
    start: int
    end: int
    text: str
    low: int
    high: int


def pairs(kind: str, language: str) -> dict[str, str]:
    """Return what each word of a kind is replaced with."""
    found = {}
    for pair in SWAPS[kind].get(language, "").split("|"):
        one, other = (each.replace("_", " ") for each in pair.split(" "))
        found |= {one: other} if kind == "unit" else {one: other, other: one}
    return found


def digit_seeds(text: str, mark: Gold, chance: random.Random) -> list[Seed]:
    """Return one seed for each digit of a right number."""
    seeds = []
    for at, sign in enumerate(mark.printed):
        if sign.isdigit() and not (at == 0 and len(mark.printed) == 1 and sign == "0"):
            wrong = chance.choice([each for each in "123456789" if each != sign])
            place = mark.start + at
            seeds.append(Seed("digit", place, place + 1, wrong, mark.start, mark.start + len(mark.printed)))
    return seeds


def sibling_seeds(checker: Checker, mark: Gold, found: Checked | None) -> list[Seed]:
    """Return a seed for each column in which another recorded value could be mistaken for this one."""
    candidate = found.verdict.candidate if found else None
    digits = _PLAIN.match(mark.printed)
    if candidate is None or not digits or found.verdict.verdict not in RIGHT:
        return []
    number, printed = found.number, digits[0].strip(" .,")
    comma = number.decimals > 0 and "," in printed and "." not in printed
    shown = float(printed.replace(" ", "").replace(" ", "").replace(*((",", ".") if comma else (",", ""))))
    scale = float(number.value) / shown if shown else 0
    places = len(re.split("[.,]", printed)[-1]) if re.search(r"[.,]\d{1,2}$", printed) else 0
    seeds: dict[str, Seed] = {}
    for axis, other in sorted(siblings(checker.catalogue, candidate), key=lambda each: each[1].id):
        kind = AXES.get(axis)
        if kind is None or kind in seeds or not scale or agrees(number, other.base):
            continue
        wrong = f"{float(other.base) / scale:,.{places}f}"
        wrong = wrong.replace(",", "")
        wrong = wrong.replace(".", ",") if comma else wrong
        if wrong != printed and float(wrong.replace(",", ".")):
            end = mark.start + len(printed)
            seeds[kind] = Seed(kind, mark.start, end, wrong, mark.start, end)
    return list(seeds.values())


def word_seeds(text: str, mark: Gold, language: str) -> list[Seed]:
    """Return the seed of a marked word of direction or rank, and of the unit after a number."""
    seeds = []
    for kind in ("direction", "rank"):
        other = pairs(kind, language).get(mark.printed)
        if other:
            end = mark.start + len(mark.printed)
            seeds.append(Seed(kind, mark.start, end, other, *_around(text, mark.start)))
    for word, other in pairs("unit", language).items():
        near = text[mark.start : mark.start + len(mark.printed) + 2 + len(word)]
        at = near.find(word)
        if at > 0 and mark.printed[0].isdigit():
            start = mark.start + at
            seeds.append(
                Seed("unit", start, start + len(word), other, mark.start, mark.start + len(mark.printed))
            )
    return seeds[:1] if seeds and seeds[0].kind != "unit" else seeds


def _around(text: str, place: int) -> tuple[int, int]:
    """Return the bounds of the sentence around a word: a number beside it may be what is flagged."""
    low = max(text.rfind(sign, 0, place) for sign in (". ", "\n", "。"))
    high = [at for sign in (". ", ".\n", "\n", "。") if (at := text.find(sign, place)) > 0]
    return low + 1, min(high, default=len(text))


def placed(checker: Checker, name: str, text: str) -> list[tuple[int, Checked]]:
    """Return what is checked of a text with its places."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / name
        copy.write_text(text, encoding="utf-8")
        starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]
        return [(starts[each.where[0] - 1] + each.where[1] - 1, each) for each in checker.check(copy)]


def sown(
    checker: Checker, name: str, text: str, gold: list[Gold], chance: random.Random
) -> list[tuple[Seed, str]]:
    """Return the seeds of a draft, one a paragraph and copy, each with what became of it."""
    language = name[:2]
    right = [each for each in gold if each.verdict == "agrees"]
    before = placed(checker, name, text)
    seeds: list[Seed] = []
    for mark in right:
        hit = next(
            (one for start, one in before if start < mark.start + len(mark.printed) <= one_end(start, one)),
            None,
        )
        seeds += digit_seeds(text, mark, chance) if mark.printed[0].isdigit() else []
        seeds += sibling_seeds(checker, mark, hit) + word_seeds(text, mark, language)
    return [each for batch in batches(text, seeds) for each in _outcomes(checker, name, text, batch)]


def one_end(start: int, one: Checked) -> int:
    """Return where a checked number ends, its unit or scale included."""
    return start + len(one.number.text)


def batches(text: str, seeds: list[Seed]) -> list[list[Seed]]:
    """Return seeds in groups that have at most one in a paragraph."""
    groups: list[dict[int, Seed]] = []
    for seed in seeds:
        line = text.count("\n", 0, seed.start)
        free = next((each for each in groups if line not in each), None)
        if free is None:
            groups.append(free := {})
        free[line] = seed
    return [[group[line] for line in sorted(group)] for group in groups]


def _outcomes(checker: Checker, name: str, text: str, batch: list[Seed]) -> list[tuple[Seed, str]]:
    changed, shift, last, spots = "", 0, 0, []
    for seed in batch:
        changed += text[last : seed.start] + seed.text
        grown = len(seed.text) - (seed.end - seed.start)
        spots.append((seed, seed.low + shift, seed.high + shift + grown))
        shift, last = shift + grown, seed.end
    found = placed(checker, name, changed + text[last:])
    outcomes = []
    for seed, low, high in spots:
        told = [each.verdict.grade for start, each in found if start < high and low < one_end(start, each)]
        told = [each for each in told if each != "not a statement about data"] or ["not found"]
        if seed.kind in ("direction", "rank"):
            flagged = next((each for each in (DISAGREES, LOOKING_WRONG) if each in told), "said nothing of")
            outcomes.append((seed, flagged))
        else:
            outcomes.append((seed, told[0]))
    return outcomes


def table(outcomes: list[tuple[Seed, str]]) -> str:
    """Return how many seeds of each kind were caught."""
    lines = [
        "| kind | caught | or looks wrong | undecided else | agrees | other |",
        "|---|---|---|---|---|---|",
    ]
    for kind in [*dict.fromkeys(seed.kind for seed, _ in outcomes), "all"]:
        counts = Counter(told for seed, told in outcomes if kind in (seed.kind, "all"))
        of = sum(counts.values())
        agreed = sum(counts[each] for each in RIGHT)
        flagged = counts[DISAGREES] + counts[LOOKING_WRONG]
        rest = of - flagged - counts["undecided"] - agreed
        told = f"{wilson(counts[DISAGREES], of)} | {wilson(flagged, of)}"
        lines.append(f"| {kind} | {told} | {counts['undecided']} | {agreed} | {rest} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("look", "score", "*"), default="*")
    parser.add_argument("--show", action="store_true", help="what was not caught (of the drafts looked at)")
    asked = parser.parse_args()
    register, chance = Register(), random.Random(2021)
    checker = Checker(register.recorded("2020-21"), "2020-21", register.root)
    # The drafts of ``unseen``, and those with their gold in a file of its own, are scored as they are.
    folders = (folder for folder in sorted(HERE.glob(asked.split)) if folder.is_dir())
    own = (one for one in folders if not one.name.startswith("unseen") and not (one / "gold.csv").exists())
    paths = [path for folder in own for path in sorted(folder.iterdir())]
    sources = {
        "practice drafts": [(path.name, *bare(path)) for path in paths],
        "made sentences": made(checker),
    }
    every: list[tuple[Seed, str]] = []
    for title, drafts in sources.items():
        outcomes = []
        for name, text, gold in drafts:
            told = sown(checker, name, text, gold, chance)
            outcomes += told
            if asked.show:
                _show(name, text, told)
        print(f"### {title}: {len(outcomes)} errors\n\n{table(outcomes)}")
        every += outcomes
    print(f"### all: {len(every)} errors\n\n{table(every)}")


def _show(name: str, text: str, told: list[tuple[Seed, str]]) -> None:
    for seed, verdict in told:
        if verdict != DISAGREES:
            low, high = _around(text, seed.start)
            printed = text[seed.low : seed.start] + "[" + text[seed.start : seed.end] + "→" + seed.text + "]"
            print(f"{name} {seed.kind} {verdict}: {printed} in: {text[low:high].strip()}")


if __name__ == "__main__":
    main()
