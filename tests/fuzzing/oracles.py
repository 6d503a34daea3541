"""Readers with an oracle: what is read is compared with what the file holds by another way."""

from __future__ import annotations

import ast
import csv
import hashlib
import io
import math
import operator
import re
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from fractions import Fraction
from pathlib import Path

from answers import ANSWERS
from beside import BESIDE, Misread, same
from further import (
    _SLIDES,
    _WORD,
    ALL,
    PERIOD,
    _checker,
    _judged,
    _put,
    _report,
    _short,
    decks,
    words,
)
from readers import MAPPING, ROOT, Reader, _codes, drafts, head, main, survey


def _reckoned(path: Path) -> None:
    """Compare arithmetic of plain numbers in the notation with Python's own fractions."""
    from analysis.quantities import Recorded, evaluate
    from analysis.quantities.notation import parse

    text = "".join("0123456789+-*/(). "[byte % 18] for byte in path.read_bytes()[:300])
    value = evaluate(parse(text, Recorded([])), Recorded([])).value
    try:
        own = _fraction(ast.parse(text, mode="eval").body)
    except ZeroDivisionError:
        own = None
    same(value, own, text)


def _fraction(node: ast.AST) -> Fraction:
    if isinstance(node, ast.Constant):
        return Fraction(repr(node.value))
    if isinstance(node, ast.UnaryOp):
        return -_fraction(node.operand)
    signs = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
    return signs[type(node.op)](_fraction(node.left), _fraction(node.right))


def _estimates(path: Path, engine: str) -> str:
    """Return what is told of a survey, or the code by which it is refused."""
    from analysis.commands.outcome import outcome

    mapping, written = path.with_name("oracle.toml"), path.with_name("oracle.csv")
    mapping.write_text(MAPPING)
    written.unlink(missing_ok=True)
    words = ["--indicators", "unemployment_rate", "--by", "sex", "--engine", engine, "--no-suppression"]
    with redirect_stdout(io.StringIO()):
        try:
            code = main(["estimate", str(path), "--mapping", str(mapping), *words, "--output", str(written)])
        except (Exception, SystemExit) as error:
            code = error.code if isinstance(error, SystemExit) else outcome(error)[0]
    return written.read_text() if code == 0 else str(code)


def _same_with_each_engine(path: Path) -> None:
    told = {engine: _estimates(path, engine) for engine in ("pandas", "polars", "duckdb")}
    for engine, other in told.items():
        same(_rounded(other), _rounded(told["pandas"]), f"{engine}, compared with pandas")


def _rounded(table: str) -> str:
    return re.sub(r"\d+\.\d{6,}(?:e[+-]\d+)?", lambda number: f"{float(number[0]):.9g}", table)


def _weighed(path: Path) -> None:
    """Compare a survey's rate with one that is added up here, line by line."""
    told = _estimates(path, "pandas")
    if len(told) < 5:
        return
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    weights = {"1": 0.0, "2": 0.0}
    for row in rows:
        blank = not any((cell or "").strip() for cell in row.values())
        if not blank and _number(row["age"]) >= 15 and _number(row["lfs"]) in (1, 2):
            weights[f"{_number(row['lfs']):g}"] += _number(row["weight"])
    (line,) = (line for line in csv.DictReader(io.StringIO(told)) if line["sex"] == "_T")
    own = 100 * weights["2"] / sum(weights.values())
    if not math.isclose(float(line["value"]), own, rel_tol=1e-9):
        same(line["value"], own, "the unemployment rate")


def _number(text: str | None) -> float:
    return float(text) if (text or "").strip() else math.nan


LANGUAGES = {"en": "en", "fr": "fr", "es": "es", "zh": "zh_Hans"}
SENTENCES = {
    "en": "The programme reached {} last time.",
    "fr": "Le programme a atteint {} cette fois.",
    "es": "El programa alcanzó {} esta vez.",
    "zh": "该方案达到了{}。",
}


def _read_back(path: Path) -> None:
    """Read a number that was written in a language's own form."""
    from analysis.labels.numerals import printed
    from analysis.reading import find_numbers

    content = path.read_bytes().ljust(12, b"\0")
    language = list(LANGUAGES)[content[0] % 4]
    decimals, signed, percent = content[1] % 4, bool(content[2] & 1), bool(content[2] & 2)
    number = Fraction(int.from_bytes(content[3:8], "big", signed=True) >> content[8] % 40, 10**decimals)
    if not decimals and not percent and 1900 <= abs(number) <= 2100:
        return  # a year
    if language == "es" and decimals == 3 and not percent and 1 <= abs(number) < 1000:
        return  # 1,542 is read as a count, as Latin America writes it
    text = printed(number, decimals, LANGUAGES[language], signed=signed, percent=percent)
    sentence = SENTENCES[language].format(text)
    held = [(numeral.value, numeral.decimals, numeral.unit) for numeral in find_numbers(sentence, language)]
    same(held, [(number, decimals, "percent" if percent else "")], sentence)


def _in_order(path: Path) -> None:
    """Find numbers in any text: each where it says it is, in order, none over another, the same again."""
    from analysis.reading import find_numbers

    text = path.read_bytes().decode("utf-8", "replace")[:3000]
    for language in LANGUAGES:
        numbers = find_numbers(text, language)
        reached = 0
        for number in numbers:
            same(text[number.start : number.end], number.text, f"{language}: a number's text")
            if number.start < reached or number.end <= number.start:
                raise Misread(f"{language}: {number.text!r} stands over the number before")
            reached = number.end
        same(find_numbers(text, language), numbers, "numbers, found again")


def _unchanged(path: Path) -> None:
    """Check a draft: the file stays, and every number that is told stands in it."""
    from analysis.reading import read_document

    before = hashlib.sha256(path.read_bytes()).hexdigest()
    listed = sorted(path.parent.iterdir())
    _judged(path)
    same(hashlib.sha256(path.read_bytes()).hexdigest(), before, "the draft after it was checked")
    same(sorted(path.parent.iterdir()), listed, "the folder of the draft after it was checked")
    draft = read_document(path)
    for one in _checker().check(draft):
        same(one.block.text[one.start : one.end], one.number.text, "a checked number's text")


def _texts(content: bytes) -> list[tuple[str, str]]:
    """Return the text of every part of a Word file or slides, whatever elements stand in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [
            name
            for name in archive.namelist()
            if re.search(r"(document|footnotes|slides?/slide\d+)\.xml$", name)
        ]
        return [(name, _plain(archive.read(name))) for name in sorted(names)]


def _plain(content: bytes) -> str:
    from lxml import etree

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    letters = [
        part.text or "" for part in root.iter() if isinstance(part.tag, str) and part.tag.endswith("}t")
    ]
    return "".join(letters)


def _commented(path: Path) -> None:
    """Check, bind, and print anew a Word file: its text is what it was."""
    from analysis.checking.answers.telling import Teller
    from analysis.checking.answers.word_comments import commented
    from analysis.checking.bound.binding import bind
    from analysis.checking.bound.refreshing import CHANGED, refresh
    from analysis.reading import read_document

    before = path.read_bytes()
    draft = read_document(path)
    checked, teller = _checker().check(draft), Teller(_checker())
    held = _texts(before)
    same(_texts(commented(path, draft, checked, teller, True)), held, "the text with comments")
    draft = read_document(path)
    content, made = bind(path, draft, _checker().check(draft), PERIOD)
    same(_texts(content), held, "the text with bound numbers")
    again = path.with_name("again.docx")
    again.write_bytes(content)
    if made:
        anew, done = refresh(again, _checker().catalogue, PERIOD)
        if not any(one.outcome == CHANGED for one in done):
            same(_texts(anew), held, "the text refreshed")
        again.write_bytes(anew)
        twice, done = refresh(again, _checker().catalogue, PERIOD)
        same([one.bound.id for one in done if one.outcome == CHANGED], [], "what a second refresh changes")
        same(_texts(twice), _texts(anew), "the text refreshed twice")
    same(path.read_bytes(), before, "the draft itself")


def _restyled_text(sound: Callable[[], Path]) -> Callable[[Path], None]:
    def read(path: Path) -> None:
        from analysis.office.house import read_house

        before = path.read_bytes()
        styled, _ = read_house([str(sound())], None).styled(path)
        same(_texts(styled), _texts(before), "the text in other styles")
        same(path.read_bytes(), before, "the file itself")

    return read


def _dialect_values(dialect: str, place: str, series: str, column: str) -> Reader:
    """Return a reader that compares the numbers of a file of estimates with its cells."""

    def read(path: Path) -> None:

        from analysis.sources.vintages.codes import Codes
        from analysis.sources.vintages.dialects import rows_of

        rows = rows_of(dialect, path, series, _codes(Codes))
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = [row for row in csv.reader(lines) if row]
        at = table[0].index(column) if column in table[0] else len(table[0]) - 1
        held = [row[at] for row in table[1:] if row[at] or dialect != "ilostat"]
        same(sorted(rows["text"]), sorted(held), "the values of the file")

    return Reader(".csv", lambda: [head(next((ROOT / "data" / "estimates").glob(place)))], read)


def _imported_values(path: Path) -> None:
    """Import a table of results: what is recorded is what the cells hold, number for number."""
    from analysis.exchange.mapping import read_mapping
    from analysis.exchange.record import make_record
    from analysis.exchange.workbook import read_workbook

    mapping = read_mapping(ROOT / "examples" / "unhcr" / "unhcr.toml")
    made = make_record(read_workbook(path, mapping), mapping, "made", {})
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for stated, column in (("target", "target"), ("result", "actual"), ("baseline", "baseline")):
        held = [row[f"result_indicator_{column}_value"].strip() for row in rows if any(row.values())]
        read = [row["printed"] for row in made.tables["results.csv"] if row["measure"] == stated]
        same(sorted(filter(None, read)), sorted(filter(None, held)), f"each {stated}")


def _verified_sums(path: Path) -> None:
    """Verify a report whose sums are changed: nothing is told only where each fits its file."""

    from analysis.running.verify import faults_of_report

    with _put(path, _report() / "SHA256SUMS"):
        faults = faults_of_report(_report())
    held = sorted(line.split("  ", 1) for line in path.read_text(encoding="utf-8-sig").splitlines())
    own = sorted(
        [hashlib.sha256((_report() / name).read_bytes()).hexdigest(), name] for name in ("tables/a.csv",)
    )
    same(not faults, held == own, "whether the report is whole")


WITH_ORACLE = {
    "oracle: arithmetic in the notation": Reader(
        ".txt", lambda: [bytes([1, 10, 2]), bytes(range(18))], _reckoned
    ),
    "oracle: a survey with each engine": Reader(".csv", lambda: [survey(".csv")], _same_with_each_engine),
    "oracle: a survey's rate": Reader(".csv", lambda: [survey(".csv")], _weighed),
    "oracle: a number read back": Reader(
        ".bin", lambda: [bytes(range(n, n + 12)) for n in range(0, 240, 12)], _read_back
    ),
    "oracle: numbers where they stand": Reader(".txt", lambda: _short(".md") + _short(".txt"), _in_order),
    "oracle: a draft stays as it is": Reader(".md", lambda: _short(".md")[:2], _unchanged),
    "oracle: a Word draft keeps its text": Reader(
        ".docx",
        lambda: [*words(), *drafts(".docx")[1:3]],
        _commented,
        zipped=True,
    ),
    "oracle: a Word file in other styles": Reader(".docx", words, _restyled_text(_WORD), zipped=True),
    "oracle: slides in other styles": Reader(".pptx", decks, _restyled_text(_SLIDES), zipped=True),
    "oracle: estimates of the UN": _dialect_values(
        "unsdg_datapoints", "un_sdg_2020_10/ddf--datapoints--si_cov_benfts*", "SI_COV_BENFTS", ""
    ),
    "oracle: estimates of ILOSTAT": _dialect_values("ilostat", "ilostat_2026_09/rplumber*", "", "obs_value"),
    "oracle: results imported": Reader(
        ".csv", lambda: [head(ROOT / "examples/unhcr/brazil_2022.csv")], _imported_values
    ),
    "oracle: sums of a report": Reader(
        ".txt", lambda: [(_report() / "SHA256SUMS").read_bytes()], _verified_sums
    ),
}
ALL = {**ALL, **ANSWERS, **BESIDE, **WITH_ORACLE}
