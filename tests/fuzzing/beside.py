"""Readers of what stands beside the record and beside a survey, of what is kept, and of a command's words."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path

from further import PERIOD, _in_vintage, _opened, _project, _put, _register
from readers import MAPPING, ROOT, Reader, _codes, _invented, head, main, persons, survey


class Misread(BaseException):
    """What is read is not what the file holds."""


def same(read: object, held: object, what: str) -> None:
    """Refuse what was read where it is not what is held."""
    if read != held:
        raise Misread(f"{what}: read {read!r:.300}; the file holds {held!r:.300}")


@cache
def _period_recorded():
    return _register().recorded(_register().period(PERIOD))


def _in_data(name: str, read: Callable[[Path], object], lines: int = 0) -> Reader:
    """Return the reader of one file of the data folder, which is not registered."""

    def reads(path: Path) -> None:
        with _put(path, _project() / "data" / name):
            read(path)

    def examples() -> list[bytes]:
        whole = (ROOT / "data" / name).read_bytes()
        return [b"\n".join(whole.split(b"\n")[:lines]) + b"\n" if lines else whole]

    return Reader(Path(name).suffix, examples, reads)


def _linked(path: Path) -> None:
    """Read links as a record does; each row is the file's own, whatever its order."""
    from analysis.audit.claims import _links
    from analysis.sources.links import IDS, link_faults, link_tables

    tables = {table.name: table for table in link_tables(_project())}
    faults = list(link_faults(_project(), [_period_recorded()]))
    _links(_period_recorded(), _project() / "data" / "links" / "quantities.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = [row for row in csv.reader(lines) if row]
    names = [name for name in ("links.quantities", "links.plan_evidence") if header[0] in tables[name].rows]
    (name,) = names[:1]
    held = tables[name].rows[header].to_numpy().tolist()
    same(held, rows, name)
    known = set(_period_recorded().left_out)
    for row in rows:
        for column, cell in zip(header, row, strict=True):
            if column in IDS and cell not in known and _unrecorded(cell):
                assert any(repr(cell) == fault.actual for fault in faults), cell


def _unrecorded(identifier: str) -> bool:
    from analysis.quantities import SelectionError

    try:
        _period_recorded().locate(identifier)
    except SelectionError:
        return True
    return False


def _renamed(path: Path) -> None:
    from analysis.quantities import Recorded

    renames = _opened().renames
    recorded = Recorded([], renames)
    assert recorded.current("zz/nobody/named/this") == "zz/nobody/named/this"


def _terms(path: Path) -> None:
    from analysis.checking.text.words import lexicon, term_rows

    rows = term_rows(_project())
    for language in ("en", "fr", "es", "zh"):
        lexicon(language, rows)


def _numerals(path: Path) -> None:
    from analysis.audit.transcribed import Numerals

    Numerals(_project() / "data" / "transcriptions", _period_recorded())


def _grouped(path: Path) -> None:
    import analysis.sources.vintages as vintages
    from analysis.sources.vintages.groupings import GROUPINGS, countries, group_words
    from analysis.sources.vintages.record import titles_of_estimates

    opened = vintages.Vintages(_project())
    table = countries(opened)
    assert not table["area"].duplicated().any()
    words = titles_of_estimates(opened)
    assert set(GROUPINGS) <= set(group_words(opened, words).rows["code"])


def _groups(vintages) -> None:
    from analysis.sources.vintages.groupings import countries

    assert not countries(vintages)["area"].duplicated().any()


def _zipped(reader: Reader) -> Reader:
    """Return a reader of a compressed file that is changed unpacked."""

    def read(path: Path) -> object:
        packed = path.with_name("packed.csv.gz")
        packed.write_bytes(gzip.compress(path.read_bytes(), 1))
        return reader.read(packed)

    return Reader(".csv", lambda: [head_of(content) for content in reader.examples()], read)


def head_of(content: bytes, lines: int = 200) -> bytes:
    """Return the first lines of a compressed file."""
    return b"\n".join(gzip.decompress(content).split(b"\n")[:lines]) + b"\n"


def _computed(vintages) -> None:
    from analysis.sources.vintages.beside import estimates

    later, _ = estimates(vintages.root if hasattr(vintages, "root") else _project())
    for name in later:
        if "own_world" in name or "weights" in name:
            assert len(later[name]().rows)


def _table_of(dialect: str, content: bytes, series: str, suffix: str = ".csv") -> Reader:
    """Return the reader of a table of a service in one form; rows in another order say the same."""

    def rows_read(path: Path):
        from analysis.sources.vintages.codes import Codes
        from analysis.sources.vintages.dialects import rows_of

        rows = rows_of(dialect, path, series, _codes(Codes))
        return sorted(map(repr, rows.astype(str).to_dict("records")))

    def read(path: Path) -> None:
        place = _estimates_folder() / "made" / path.name
        shutil.copy(path, place)
        rows = rows_read(place)
        if suffix != ".csv" or dialect == "worldbank_wide":
            return
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header, *body = [row for row in csv.reader(lines) if row]
        if all(len(row) == len(header) for row in body):
            order = random.Random(1).sample(range(len(header)), len(header))
            turned = [[row[place] for place in order] for row in (header, *reversed(body))]
            with place.open("w", encoding="utf-8", newline="") as lines:
                csv.writer(lines).writerows(turned)
            if dialect != "unsdg_datapoints":
                same(rows_read(place), rows, "rows and columns in another order")

    return Reader(suffix, lambda: [content], read)


@cache
def _estimates_folder() -> Path:
    folder = Path(tempfile.mkdtemp())
    shutil.copy(ROOT / "data" / "estimates" / "worldbank_titles.csv", folder)
    (folder / "made").mkdir()
    return folder


_PORTAL = (
    "Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Source,[Age],"
    "[Nature],[Sex],[Units]\n"
    "8,8.5,8.5.2,SL_TLF_UEM,Unemployment rate,404,Kenya,2019,5.0,LFS,15+,C,BOTHSEX,PERCENT\n"
    "8,8.5,8.5.2,SL_TLF_UEM,Unemployment rate,404,Kenya,2020,5.7,LFS,15+,C,FEMALE,PERCENT\n"
)
_ACROSS = (
    "SeriesCode,GeoAreaCode,GeoAreaName,[Age],[Nature],[Sex],[Units],2019,2020\n"
    "SL_TLF_UEM,404,Kenya,15+,C,BOTHSEX,PERCENT,5.0,5.7\n"
    "SL_TLF_UEM,1,World,15+,C,BOTHSEX,PERCENT,5.4,\n"
)
_WIDE = (
    '"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-04-08",\n\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020",\n'
    '"Kenya","KEN","Unemployment","SL.UEM.TOTL.ZS","5.5","5.7",\n'
    '"World","WLD","Unemployment","SL.UEM.TOTL.ZS","5.4","6.6",\n'
)
_FLOW = (
    "DATAFLOW,REF_AREA,FREQ,MEASURE,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,SOURCE\n"
    "ILO:DF_UNE_2EAP_SEX_AGE_RT(1.0),KEN,A,UNE_2EAP_RT,SEX_T,AGE_YTHADULT_YGE15,2019,5.5,,0,XA:8405\n"
    "ILO:DF_UNE_2EAP_SEX_AGE_RT(1.0),X01,A,UNE_2EAP_RT,SEX_T,AGE_YTHADULT_YGE15,2020,6.6,,0,XA:8405\n"
)


def _workbook() -> bytes:
    import openpyxl

    book, written = openpyxl.Workbook(), io.BytesIO()
    for row in csv.reader(io.StringIO(_WIDE)):
        book.active.append(
            [float(cell) if cell.count(".") == 1 and cell[0].isdigit() else cell for cell in row]
        )
    book.save(written)
    return written.getvalue()


def _in_bulk(path: Path) -> None:
    """Read ILOSTAT's bulk file by itself: each value stands in the file, in any order of rows and columns."""
    from analysis.sources import ilostat

    def read(place: Path) -> list[str]:
        rows = ilostat.read_ilostat(place, edition=2021)
        return sorted(str(sorted(row.items())) for row in rows.to_dicts())

    rows = read(path)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        header, *body = [row for row in csv.reader(lines) if row]
    same(len(rows), len(body), "how many rows there are")
    if all(len(row) == len(header) for row in body) and len(set(header)) == len(header):
        first = 1 if header[0] == "DATAFLOW" else 0
        order = [*range(first), *random.Random(1).sample(range(first, len(header)), len(header) - first)]
        turned = path.with_name("turned.csv")
        with turned.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows([[row[at] for at in order] for row in (header, *reversed(body))])
        same(read(turned), rows, "rows and columns in another order")


def _estimated(survey_file: Path, *words: str, mapping: str = MAPPING) -> str:
    """Return what is estimated of a survey, or the code by which it is refused."""
    from analysis.commands.outcome import outcome

    folder = survey_file.parent
    said, written = folder / "said.toml", folder / "estimated.csv"
    said.write_text(mapping)
    written.unlink(missing_ok=True)
    asked = [
        "estimate",
        str(survey_file),
        "--mapping",
        str(said),
        "--no-suppression",
        "--output",
        str(written),
    ]
    error = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(error):
        try:
            code = main([*asked, *words])
        except (Exception, SystemExit) as stopped:
            code = stopped.code if isinstance(stopped, SystemExit) else outcome(stopped)[0]
    if code == 3:
        raise Misread(error.getvalue())
    return written.read_text() if code == 0 else str(code)


RATE = ("--indicators", "unemployment_rate", "--by", "sex")
NATIONAL = MAPPING + 'ilo_consumption_national = { column = "weight" }\n'


@cache
def _sound_survey() -> Path:
    path = Path(tempfile.mkdtemp()) / "survey.csv"
    path.write_bytes(survey(".csv"))
    return path


def _with_totals(path: Path) -> None:
    """Calibrate to known totals: rows in another order say the same."""
    given = path.with_name("totals.csv")
    shutil.copy(path, given)
    told = _estimated(_sound_survey(), *RATE, "--known-totals", str(given))
    _turned(path, given, told, lambda: _estimated(_sound_survey(), *RATE, "--known-totals", str(given)))


def _turned(path: Path, given: Path, told: str, again: Callable[[], str]) -> None:
    """Compare with what is told of the rows in reverse order and the columns in another."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header, *body = [row for row in csv.reader(lines, strict=True) if row]
    except (csv.Error, UnicodeDecodeError, ValueError):
        return
    if any(len(row) != len(header) for row in body):
        same(len(told) < 3, True, "whether rows of other lengths are refused")
        return
    with given.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([row[::-1] for row in (header, *reversed(body))])
    same(_rounded(again()), _rounded(told), "rows and columns in another order")


def _rounded(table: str) -> str:
    import re

    return re.sub(r"\d+\.\d{6,}(?:e[+-]\d+)?", lambda number: f"{float(number[0]):.7g}", table)


def _with_lines(path: Path) -> None:
    """Read poverty lines: the number that is read of each row is the one that stands there."""
    from analysis.estimation.national_lines import national_lines

    lines = national_lines(path)
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = [row for row in csv.DictReader(opened)]
    held = {(row["country"].strip(), int(row["year"])): float(row["line"]) for row in rows}
    same(lines, held, "poverty lines")
    assert all(None not in row and "_" not in row["line"] and row["line"].isascii() for row in rows)


def _in_other_order(path: Path) -> None:
    """Estimate from a survey: in another order, with other marks between cells, the numbers are the same."""
    told = _estimated(path, *RATE)
    turned = path.with_name("turned.csv")
    _turned(path, turned, told, lambda: _estimated(turned, *RATE))
    if len(told) < 3:
        return
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.reader(lines, strict=True) if row]
    for encoding, delimiter in (("utf-8-sig", ";"), ("utf-8", "|"), ("latin-1", "\t")):
        with turned.open("w", encoding=encoding, errors="replace", newline="") as lines:
            csv.writer(lines, delimiter=delimiter).writerows(rows)
        words = [*RATE, "--delimiter", delimiter, *(("--encoding", encoding) if encoding != "utf-8" else ())]
        same(_rounded(_estimated(turned, *words)), _rounded(told), f"{encoding} with {delimiter!r}")


def _in_each_format(path: Path) -> None:
    """Estimate from numbers drawn from a file's bytes, written as CSV, Stata, SPSS and Parquet."""
    import numpy as np
    import pyreadstat

    content = path.read_bytes()[:400] or b"\0"
    table = persons().iloc[: max(30, len(content) // 3)].astype(float)
    odd = {
        "sex": [1.0, 2.0],
        "age": [np.nan, 0.0, 14.0, 15.0, 64.0, 99.0],
        "lfs": [np.nan, 0.0, 1.0, 2.0, 3.0],
        "weight": [0.0, 0.1, 1e6, 1234.5678],
        "stratum": [0.0, 1.0],
    }
    for place in range(0, len(content) - 2, 3):
        row, column, value = (
            content[place] % len(table),
            list(odd)[content[place + 1] % 5],
            content[place + 2],
        )
        table.loc[row, column] = odd[column][value % len(odd[column])]
    table["psu"] = table["stratum"] * 100 + table["psu"] % 100
    folder, told = path.parent, {}
    whole = table.map(lambda cell: "" if cell != cell else f"{cell:.10g}")
    whole.to_csv(folder / "form.csv", index=False)
    table.to_parquet(folder / "form.parquet")
    pyreadstat.write_dta(table, str(folder / "form.dta"))
    pyreadstat.write_sav(table, str(folder / "form.sav"))
    for suffix in ("csv", "parquet", "dta", "sav"):
        told[suffix] = _rounded(_estimated(folder / f"form.{suffix}", *RATE))
    for suffix, estimates in told.items():
        same(_numbers(estimates), _numbers(told["csv"]), f"{suffix}, compared with CSV")


def _numbers(table: str) -> object:
    if len(table) < 3:
        return table
    rows = csv.DictReader(io.StringIO(table))
    return [(row["sex"], row["value"], row["n"]) for row in rows]


def _archive(path: Path) -> int:
    place = path.with_name("archive.toml")
    shutil.copy(path, place)
    shutil.copy(_sound_survey(), path.with_name("survey.csv"))
    path.with_name("mapping.toml").write_text(MAPPING)
    return main(["estimate", str(place), *RATE])


def _beside_another(path: Path) -> None:
    """Import beside a recorded document one of whose files is changed."""
    from analysis.exchange.folder import recorded_frameworks

    recorded_frameworks(_project(), "ilo", "none")


def _answered(path: Path) -> None:
    """Answer from a cache one of whose entries is changed: the answer is the same."""
    folder = Path(tempfile.mkdtemp())
    before = os.environ.get("ANALYSIS_CACHE")
    os.environ["ANALYSIS_CACHE"] = str(folder)
    root = os.environ.get("ANALYSIS_ROOT")
    os.environ["ANALYSIS_ROOT"] = str(_invented().root)
    try:
        for name, content in _cached(folder).items():
            (folder / name).write_bytes(path.read_bytes() if name == _one(folder, path) else content)
        same(_printed("list"), _sound_list(), "an answer")
    finally:
        shutil.rmtree(folder)
        for name, value in (("ANALYSIS_CACHE", before), ("ANALYSIS_ROOT", root)):
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


@cache
def _kept_files() -> dict[str, bytes]:
    folder = Path(tempfile.mkdtemp())
    former = {name: os.environ.get(name) for name in ("ANALYSIS_CACHE", "ANALYSIS_ROOT")}
    os.environ.update({"ANALYSIS_CACHE": str(folder), "ANALYSIS_ROOT": str(_invented().root)})
    try:
        _printed("list")
    finally:
        for name, value in former.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _cached(folder: Path) -> dict[str, bytes]:
    return _kept_files()


def _one(folder: Path, path: Path) -> str:
    names = sorted(_kept_files())
    return names[int(hashlib.sha256(path.read_bytes()).hexdigest(), 16) % len(names)]


@cache
def _sound_list() -> str:
    former = {name: os.environ.get(name) for name in ("ANALYSIS_CACHE", "ANALYSIS_ROOT")}
    os.environ.update({"ANALYSIS_CACHE": "", "ANALYSIS_ROOT": str(_invented().root)})
    try:
        return _printed("list")
    finally:
        for name, value in former.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def _printed(*words: str) -> str:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(io.StringIO()):
        main([*words])
    return said.getvalue()


def _stored(path: Path) -> None:
    """Take an entry from a store one of whose files is changed: as it was put there, or not at all."""
    from analysis.store.entries import Store

    folder = Path(tempfile.mkdtemp())
    try:
        store = Store(folder, "salt")
        store.put(key := store.key("a"), {"a": b"x", "b": b"y"}, {})
        for changed in sorted(folder.rglob("*")):
            if changed.is_file():
                sound = changed.read_bytes()
                changed.write_bytes(path.read_bytes())
                assert store.get(key) in (None, {"a": b"x", "b": b"y"})
                changed.write_bytes(sound)
    finally:
        shutil.rmtree(folder)


@cache
def _entry() -> bytes:
    from analysis.store.entries import Store

    folder = Path(tempfile.mkdtemp())
    store = Store(folder, "salt")
    store.put(store.key("a"), {"a": b"x", "b": b"y"}, {("en", "audit.title"): "Audit"})
    return next(folder.glob("made/*/*.json")).read_bytes()


def _last(path: Path) -> None:
    from analysis.running.manifest import Origin
    from analysis.running.unchanged import LastRun

    reports = _project() / "reports"
    words = {"language": "en", "further": {}}
    run = LastRun(_project(), reports, words)
    run.path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, run.path)
    assert run.report(Origin(_project(), {})) is None


def _paces(path: Path) -> None:
    from analysis.running.work import Paces

    paces = Paces(path)
    paces.longest_first([{"name": "a"}, {"name": "b"}])
    paces.note("a", 1.0)


def _written(path: Path) -> None:
    """Write into a folder whose record is changed: nobody's file is replaced."""
    from analysis.commands.outputs import RECORD, write_outputs
    from analysis.errors import Misuse

    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "a.csv").write_bytes(b"mine\n")
        shutil.copy(path, folder / RECORD)
        try:
            write_outputs(folder, {"a.csv": b"new\n", "b.csv": b"new\n"})
        except Misuse:
            same((folder / "a.csv").read_bytes(), b"mine\n", "a file that is not its own")
            assert not (folder / "b.csv").exists()
        else:
            known = json.loads(path.read_text(encoding="utf-8-sig"))["files"]["a.csv"]
            same(known, hashlib.sha256(b"mine\n").hexdigest(), "what was replaced")
    finally:
        shutil.rmtree(folder)


def _restyled(path: Path) -> None:
    from analysis.running.restyled import RESTYLED, compare_restyled

    folder = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(_styled(), folder, dirs_exist_ok=True)
        shutil.copy(path, folder / RESTYLED)
        compare_restyled(folder)
    finally:
        shutil.rmtree(folder)


@cache
def _styled() -> Path:
    from further import _WORD

    folder = Path(tempfile.mkdtemp()) / "styled"
    words = ["restyle", str(_WORD()), "--template", str(_WORD()), "--output", str(folder)]
    with redirect_stdout(io.StringIO()):
        assert main(words) == 0
    return folder


_WORDS = {
    "list": ["{period}", "--markdown", "--language", "fr", "--organisation", "ilo"],
    "explain": ["12", "--inputs", "--formulas", "--language", "es", "--biennium", "{period}"],
    "check-data": ["--json", "{document}"],
    "export": ["results_*", "--format", "svg", "--size", "half", "--language", "fr", "--output", "out"],
    "audit": ["{period}", "--fail-on", "discrepancy", "--language", "zh", "--output", "out"],
    "estimate": [
        *("survey.csv", "--mapping", "mapping.toml", "--indicators", "unemployment_rate", "--by", "sex,age"),
        *("--age-bands", "15-24,25-64", "--engine", "pandas", "--policy", "ilo", "--interval", "wald"),
        *("--lonely-psu", "adjust", "--fpc", "stratum", "--stage", "psu:stratum", "--known-totals", "t.csv"),
        *("--variant", "working_age=15+", "--icls", "19", "--decimal", ",", "--delimiter", ";"),
        *(
            "--accept-unsettled",
            "5",
            "--seed-synthetic",
            "1",
            "--poverty-line",
            "2.15",
            "--encoding",
            "latin-1",
        ),
    ],
    "new-mapping": ["survey.csv", "--output", "proposed.toml", "--encoding", "utf-8"],
    "check": ["draft.md", "--against", "{period}", "--format", "json", "--all", "--fail-on", "disagrees"],
    "verify": ["reports/made", "--twice"],
    "trends": ["--area", "KEN", "--indicators", "unemployment_rate", "--between", "2019", "2020"],
    "revisions": ["one", "two", "--today"],
    "compare": ["{period}", "{period}", "--language", "en"],
    "restyle": ["draft.docx", "--template", "draft.docx", "--output", "styled"],
}


def _asked(path: Path) -> None:
    """Call a command with words of a file, a line each; no word names a place outside the scene."""
    lines = path.read_bytes().decode("utf-8", "replace").replace("\0", "").split("\n")[:40]
    command = list(_WORDS)[len(lines[0]) % len(_WORDS)] if lines[0] not in _WORDS else lines[0]
    words = [
        word for word in lines[1:] if word and not word.strip().startswith(("/", "~")) and ".." not in word
    ]
    words = [word for word in words if "=/" not in word]
    folder = Path(tempfile.mkdtemp())
    former, root = Path.cwd(), os.environ.get("ANALYSIS_ROOT")
    try:
        (folder / "survey.csv").write_bytes(_sound_survey().read_bytes())
        (folder / "mapping.toml").write_text(MAPPING)
        (folder / "draft.md").write_text("# Results\n\nThe programme reached 12 results.\n")
        os.chdir(folder)
        os.environ["ANALYSIS_ROOT"] = str(_invented().root)
        code = 0
        try:
            code = main([command, *words])
        except SystemExit as stopped:
            code = stopped.code
        if code not in (0, 1, 2):
            return code
    finally:
        os.chdir(former)
        os.environ.pop("ANALYSIS_ROOT") if root is None else os.environ.update({"ANALYSIS_ROOT": root})
        shutil.rmtree(folder)


def _words() -> list[bytes]:
    made = _invented()
    names = {"period": "2022-23", "document": made.document}
    return [
        "\n".join([command, *(word.format(**names) if "{" in word else word for word in words)]).encode()
        for command, words in _WORDS.items()
    ]


_TOTALS = b"variable,code,total\nilo_sex,1,1200\nilo_sex,2,1000\n"
_LINES = b"country,year,line\nX01,2020,2.15\nX02,2020,3\n"
_ARCHIVE = b'title = "A"\n[[survey]]\nfile = "survey.csv"\nmapping = "mapping.toml"\n'
BESIDE = {
    "links between printings": _in_data("links/quantities.csv", _linked, 40),
    "links to evidence": _in_data("links/plan_evidence.csv", _linked),
    "former names": _in_data("renames.csv", _renamed),
    "terms": _in_data("terms/terms.csv", _terms, 60),
    "numerals of a text": _in_data("transcriptions/implementation-2020-21.csv", _numerals, 200),
    "groups of countries in words": _in_data("estimates/groups.csv", _grouped),
    "indicators in words": _in_data("estimates/indicators.csv", _grouped),
    "services in words": _in_data("estimates/services.csv", _grouped),
    "titles of the World Bank": _in_data("estimates/worldbank_titles.csv", _grouped),
    "M49": _in_vintage("m49", "UNSD_m49.csv", _groups),
    "countries of the ILO": _in_vintage("ilo_countries", "ilo_countries_en.csv", _groups),
    "countries of the World Bank": _in_vintage("world_bank_2024_06", "Metadata_Countries.csv", _groups),
    "regions of the weights": _in_vintage("wpp_2019", "ddf--entities--geo--sdg_region.csv", _groups),
    "estimates: a table of the UN": _table_of("unsdg_table", _PORTAL.encode(), "SL_TLF_UEM"),
    "estimates: years across of the UN": _table_of("unsdg_table", _ACROSS.encode(), "SL_TLF_UEM"),
    "estimates: years across of the World Bank": _table_of(
        "worldbank_wide", _WIDE.encode(), "SL.UEM.TOTL.ZS"
    ),
    "estimates: a workbook of the World Bank": Reader(
        ".xlsx",
        lambda: [_workbook()],
        _table_of("worldbank_wide", b"", "SL.UEM.TOTL.ZS", ".xlsx").read,
        zipped=True,
    ),
    "estimates: SDMX of ILOSTAT": _table_of("ilostat", _FLOW.encode(), ""),
    "ILOSTAT's bulk file": Reader(
        ".csv",
        lambda: [head(next((ROOT / "data" / "estimates").glob("ilostat_2026_09/rplumber*")), 30)],
        _in_bulk,
    ),
    "poverty lines": Reader(".csv", lambda: [_LINES], _with_lines),
    "known totals": Reader(".csv", lambda: [_TOTALS], _with_totals),
    "an archive of surveys": Reader(".toml", lambda: [_ARCHIVE], _archive),
    "oracle: a survey in another order": Reader(".csv", lambda: [survey(".csv")], _in_other_order),
    "oracle: a survey in each format": Reader(
        ".bin", lambda: [bytes(range(n, n + 60)) for n in range(0, 180, 30)], _in_each_format
    ),
    "a document beside an import": _in_data("raw/implementation-2020-21/document.toml", _beside_another),
    "nodes beside an import": _in_data("raw/implementation-2020-21/framework/nodes.csv", _beside_another),
    "titles beside an import": _in_data(
        "raw/implementation-2020-21/framework/titles.csv", _beside_another, 60
    ),
    "a kept answer": Reader(".bin", lambda: sorted(_kept_files().values(), key=len)[:4], _answered),
    "an entry of the store": Reader(".json", lambda: [_entry()], _stored),
    "what was run last": Reader(
        ".json",
        lambda: [b'{"place": "2020-21/en", "period": "2020-21", "manifest": "ab", "processed": {}}'],
        _last,
    ),
    "how long tasks took": Reader(".json", lambda: [b'{"a": 1.5, "b": 2}'], _paces),
    "what was written": Reader(
        ".json",
        lambda: [
            json.dumps({"files": {"a.csv": hashlib.sha256(mine).hexdigest()}}).encode()
            for mine in (b"mine\n", b"x")
        ],
        _written,
    ),
    "what restyled": Reader(".json", lambda: [(_styled() / "restyled.json").read_bytes()], _restyled),
    "a command's words": Reader(".txt", _words, _asked),
}
