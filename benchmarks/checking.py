"""How well drafts are checked: ``python -m benchmarks.checking [--sets NAME … | --folder DIR] [--numaudit]``.

Practice drafts with their gold in the text stand in ``benchmarks/drafts``: ``look`` were looked at while
the code was written, ``score`` only scored and ``fresh`` scored once before they, too, were looked at. So
were ``unseen`` to ``unseen5``, by writers who had not read the rules, that are scored only where ``--sets``
names them; these are development data by now. ``unseen7`` and ``unseen8`` were scored before what failed
was looked at, as were ``unseen10`` to ``unseen17`` and ``unseen22``; ``unseen9``, ``unseen18`` to
``unseen21`` and ``unseen23`` were scored and not looked at, but for false alarms of some. ``--folder``
scores another folder like these; ``--shared`` names one of further ones, with their ``gold.csv``.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import twins
from analysis.checking.candidates.match import Match
from analysis.checking.drafts import Checker
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import DISAGREES, RIGHT
from analysis.sources.register import Register
from benchmarks.draft_files import made_of, places
from benchmarks.draft_gold import bare

HERE = Path(__file__).parent / "drafts"
SETS = {
    "look": "Drafts that were looked at",
    "score": "Drafts that were only scored at first",
    "fresh": "Drafts that were scored once at first",
    "unseen": "Drafts by a writer who had not read the code, scored once at first",
    "unseen2": "Drafts by another such writer, scored once at first",
    "unseen3": "Drafts by a third such writer, scored once at first",
    "unseen4": "Drafts by a fourth such writer, with a second annotator, scored once at first",
    "unseen5": "Drafts by a fifth such writer, with a second annotator, scored once at first",
    "unseen6": "Drafts by a sixth such writer, with a second annotator, scored and not looked at",
    "unseen7": "Drafts by a seventh such writer, with a second annotator, scored once at first",
    "unseen8": "Drafts by an eighth such writer, with a second annotator, scored once at first",
    "unseen9": "Drafts by a ninth such writer, with a second annotator, scored and not looked at",
    "unseen10": "Drafts by a tenth such writer, in two languages, scored once at first",
    "unseen11": "Drafts by an eleventh such writer, in two languages, scored once at first",
    "unseen12": "Drafts by a twelfth such writer, of the kinds of the practice drafts, scored once at first",
    "unseen13": "Drafts by a thirteenth such writer, in two languages, scored once at first",
    "unseen14": "Drafts by a fourteenth such writer, in two languages, scored once at first",
    "unseen15": "Drafts by a fifteenth such writer, in two languages, scored once at first",
    "unseen16": "Drafts by a sixteenth such writer, in two languages, scored once at first",
    "unseen17": "Drafts by a seventeenth such writer, in two languages, scored once at first",
    "unseen18": "Drafts by an eighteenth such writer, in two languages, scored and not looked at",
    "unseen19": "Drafts by a nineteenth such writer, in four languages, scored and not looked at",
    "unseen20": "Drafts by a twentieth such writer, in four languages, scored, then six false alarms read",
    "unseen21": "Drafts by a twenty-first such writer, in four languages, scored and not looked at",
    "unseen22": "Drafts by a twenty-second such writer, in four languages, scored once at first",
    "unseen23": "Drafts by a twenty-third such writer, in four languages, scored, then false alarms read",
}

_MARKS = re.compile(r"\*\*")
_SPACE = re.compile(r"[ \t\r\n\u00a0\u202f]+")


@dataclass(frozen=True)
class Scored:
    """A number of the gold beside what was found."""

    language: str
    gold: str
    held: str
    printed: str
    found: Checked | None
    wanted: Candidate | None = None
    catalogue: CandidateIndex | None = None

    @property
    def verdict(self) -> str:
        return self.found.verdict.verdict if self.found else "not found"

    @property
    def looks_wrong(self) -> bool:
        return bool(self.found and self.found.verdict.looks_wrong)


def practice(checker: Checker, folder: Path) -> list[Scored]:
    made = []
    for path in sorted(folder.iterdir()):
        text, gold = bare(path)
        with tempfile.TemporaryDirectory() as scratch:
            found = places(text, checker.check(made_of(text, path.name, Path(scratch))))
        for mark in gold:
            hit = next(
                (
                    each
                    for start, each in found
                    if start < mark.start + len(mark.printed) and mark.start < start + len(each.number.text)
                ),
                None,
            )
            held = mark.record_value or mark.printed
            made.append(Scored(path.name[:2], mark.verdict, held, mark.printed, hit))
    return made


def shared(checker: Checker, folder: Path) -> list[Scored]:
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as lines:
        gold = list(csv.DictReader(lines))
    made = []
    for name in sorted({row["draft"] for row in gold}):
        found = [(*spans(each), each) for each in checker.check(folder / name)]
        for row in (row for row in gold if row["draft"] == name):
            hit = next((each for text, span, each in found if is_at(row, text, span)), None)
            recorded = row["kind"] == "value"
            wanted = checker.catalogue.by_id.get(row["record_id"]) if recorded else None
            read = row["language"], row["verdict"], row["record_value"], row["printed"]
            made.append(Scored(*read, hit, wanted, checker.catalogue))
    return made


def spans(each: Checked) -> tuple[str, tuple[int, int]]:
    """Return a number's block with single spaces, and where the number stands in it."""
    text = each.block.text
    places = (each.sentence[0] + place for place in (each.number.start, each.number.end))
    start, end = (len(_SPACE.sub(" ", text[:place]).lstrip()) for place in places)
    return _SPACE.sub(" ", text).strip(), (start, end)


def is_at(row: dict[str, str], text: str, span: tuple[int, int]) -> bool:
    """Whether a number stands where a row of the gold says: in its sentence, at its offset.

    Marks of emphasis count on neither side: gold has them as the file does, a reader only where they stay.
    """
    told, (offset,) = _unmarked(_SPACE.sub(" ", row["sentence"]), int(row["offset"]))
    text, span = _unmarked(text, *span)
    printed, _ = _unmarked(row["printed"])
    for sentence in re.finditer(re.escape(told), text):
        start = sentence.start() + offset
        if span[0] < start + len(printed) and start < span[1]:
            return True
    return False


def _unmarked(text: str, *places: int) -> tuple[str, tuple[int, ...]]:
    """Return a text without marks of emphasis, and where places in it then are."""
    return _MARKS.sub("", text), tuple(len(_MARKS.sub("", text[:place])) for place in places)


def same_quantity(catalogue: CandidateIndex, one: Candidate, other: Candidate) -> bool:
    """Whether two recorded quantities are one: the same, or one of them a statement of the other."""
    if one is other or twins(catalogue, one)[0] is twins(catalogue, other)[0]:
        return True
    if one.base is None or (one.base, one.unit, one.period) != (other.base, other.unit, other.period):
        return False
    return not one.named_by or all(one.axes.get(axis, code) == code for axis, code in other.axes.items())


def wilson(right: int, of: int) -> str:
    """Return a share with its 95 per cent interval (Wilson)."""
    if not of:
        return "–"
    z, share = 1.96, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    low, high = 100 * max(middle - half, 0), 100 * (middle + half)
    return f"{right}/{of} = {100 * share:.0f} % ({low:.0f}–{high:.0f})"


def right_quantity(each: Scored, among: int) -> bool:
    """Whether the right quantity is among the first: by its id where the gold tells it, else by its value."""
    if each.found is None:
        return False
    verdict = each.found.verdict
    if each.wanted is not None and each.catalogue is not None:
        settled = [verdict.candidate] if verdict.candidate is not None else []
        offered = [one.candidate if isinstance(one, Match) else None for one in verdict.offered]
        told = [*settled, *offered]
        offered = list(dict.fromkeys([None, *told] if verdict.derived is not None else told))
        return any(
            one is not None and same_quantity(each.catalogue, one, each.wanted) for one in offered[:among]
        )
    values = [one.candidate.base if isinstance(one, Match) else one.value for one in verdict.offered[:among]]
    values += [verdict.held] if verdict.held is not None else []
    text = re.sub(r"[^\d.,\-]", "", each.held)
    options = {text.replace(",", ""), text.replace(".", "").replace(",", "."), text.replace(",", ".")}
    wanted = set()
    for option in options:
        try:
            wanted.add(abs(float(option)))
        except ValueError:
            continue
    if each.gold in RIGHT and verdict.verdict in RIGHT:
        return True
    scales = (1, 100, 1e3, 1e4, 1e6, 1e8, 1e9)
    sizes = [abs(float(value)) for value in values if value is not None]
    return any(
        abs(size - one * scale) <= 0.003 * size for size in sizes for one in wanted for scale in scales
    )


def table(title: str, scored: list[Scored]) -> str:
    held = languages(scored)
    lines = [f"### {title}", "", f"| | {' | '.join(held)} | all |", "|---|" + "---|" * (len(held) + 1)]
    for name, measure in MEASURES.items():
        cells = [measure([each for each in scored if each.language == one]) for one in languages(scored)]
        lines.append(f"| {name} | " + " | ".join([*cells, measure(scored)]) + " |")
    return "\n".join(lines) + "\n"


def languages(scored: list[Scored]) -> list[str]:
    return sorted({each.language for each in scored})


def _share(inside, right):
    def measured(scored: list[Scored]) -> str:
        chosen = [each for each in scored if inside(each)]
        return wilson(sum(right(each) for each in chosen), len(chosen))

    return measured


MEASURES = {
    "numbers found": _share(lambda each: True, lambda each: each.found is not None),
    "right quantity first": _share(
        lambda each: each.gold in (*RIGHT, DISAGREES), lambda each: right_quantity(each, 1)
    ),
    "right quantity among three": _share(
        lambda each: each.gold in (*RIGHT, DISAGREES), lambda each: right_quantity(each, 3)
    ),
    "right numbers that agree": _share(lambda each: each.gold in RIGHT, lambda each: each.verdict in RIGHT),
    "*disagrees* that are true": _share(
        lambda each: each.verdict == DISAGREES, lambda each: each.gold == DISAGREES
    ),
    "false alarms among right numbers": _share(
        lambda each: each.gold in RIGHT, lambda each: each.verdict == DISAGREES
    ),
    "wrong numbers that disagree": _share(
        lambda each: each.gold == DISAGREES, lambda each: each.verdict == DISAGREES
    ),
    "what only looks wrong that is": _share(
        lambda each: each.looks_wrong, lambda each: each.gold == DISAGREES
    ),
    "wrong numbers that disagree or look wrong": _share(
        lambda each: each.gold == DISAGREES, lambda each: each.verdict == DISAGREES or each.looks_wrong
    ),
    "right numbers that only look wrong": _share(
        lambda each: each.gold in RIGHT, lambda each: each.looks_wrong
    ),
    "wrong numbers that agree": _share(
        lambda each: each.gold == DISAGREES, lambda each: each.verdict in RIGHT
    ),
    "other period called right or wrong": _share(
        lambda each: each.gold == "other period", lambda each: each.verdict in (*RIGHT, DISAGREES)
    ),
    "no datum called wrong": _share(
        lambda each: each.gold == "not a statement about data", lambda each: each.verdict == DISAGREES
    ),
}


def peer(root: Path) -> str:
    """Return what numaudit flags of the same drafts: numbers that are nowhere in the record's values."""
    wrong = right = flagged = 0
    for path in sorted(HERE.glob("*/*")):
        text, gold = bare(path)
        copy = Path(tempfile.mkdtemp()) / f"{path.stem}.md"
        copy.write_text(text, encoding="utf-8")
        data = [str(each) for each in sorted((root / "data" / "raw").glob("*/*.csv"))]
        call = [sys.executable, "-m", "numaudit", str(copy), "--json", "--data", *data]
        told = json.loads(subprocess.run(call, capture_output=True, text=True, check=False).stdout)
        lines = Counter((each["line"], each["text"]) for each in _findings(told))
        for mark in gold:
            number = re.sub(r"[^\d.,]", "", mark.printed).strip(".,")
            line = text.count("\n", 0, mark.start) + 1
            hit = any(where == line and number and number in said for where, said in lines)
            flagged += hit
            wrong += mark.verdict == DISAGREES
            right += hit and mark.verdict == DISAGREES
    told = f"wrong numbers flagged {wilson(right, wrong)}; flags that are right {wilson(right, flagged)}"
    return f"numaudit: {told}"


def _findings(told: dict) -> list[dict]:
    every = [each for document in told["documents"] for each in document["findings"]]
    return [each for each in every if each["status"] == "unsourced"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sets", nargs="+", choices=SETS, default=["look", "score", "fresh"], help="the looked-at ones"
    )
    parser.add_argument("--folder", type=Path, help="a folder of drafts with a gold.csv or marks, instead")
    parser.add_argument("--shared", metavar="DIR")
    parser.add_argument("--numaudit", action="store_true", help="beside numaudit, where it is installed")
    asked = parser.parse_args()
    began = time.perf_counter()
    register = Register()
    checker = Checker(register.recorded("2020-21"), "2020-21", register.root)
    opened = time.perf_counter() - began
    titles = (
        {asked.folder: asked.folder.name}
        if asked.folder
        else {HERE / name: SETS[name] for name in asked.sets}
    )
    for folder, title in titles.items():
        name = folder.name
        score = shared if (folder / "gold.csv").exists() else practice
        scored = score(checker, folder)
        if asked.shared and name == "look":
            scored += shared(checker, Path(asked.shared))
        print(table(title, scored))
    if asked.numaudit:
        print(peer(register.root))
    page = "\n\n".join(bare(path)[0] for path in sorted((HERE / "look").glob("en*.md")))
    for pages, name in ((1, "one page"), (50, "50 pages")):
        text = (page * (pages * 3000 // len(page) + 1))[: pages * 3000]
        copy = Path(tempfile.mkdtemp()) / "a.md"
        copy.write_text(text, encoding="utf-8")
        began = time.perf_counter()
        found = checker.check(copy)
        took = time.perf_counter() - began
        print(f"{name} ({len(found)} numbers): {took:.2f} s; opening the record {opened:.2f} s")


if __name__ == "__main__":
    main()
