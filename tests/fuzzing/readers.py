"""Every reader of files or texts from outside, with sound examples to start from.

A reader takes the path of a file and reads all of it; what it raises must be an error in the package's own
words (``analysis.commands.outcome``), and it must end in time.
"""

from __future__ import annotations

import io
import json
import shutil
import signal
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import small_files

from analysis.cli import main
from analysis.commands.outcome import UNFORESEEN, outcome

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
SECONDS = 60
"""What a reader may take on a small file; one that takes longer hangs."""


class Hangs(BaseException):
    """A reader that does not end in time."""


@dataclass(frozen=True)
class Reader:
    """A reader: the suffix of its files, sound examples, and how a file is read."""

    suffix: str
    examples: Callable[[], list[bytes]]
    read: Callable[[Path], object]
    zipped: bool = False


@contextmanager
def in_time(seconds: int = SECONDS, *, of_a_core: bool = False):
    """Raise `Hangs` where a block takes longer, by the clock or of a core."""
    timer, told = signal.ITIMER_REAL, signal.SIGALRM
    if of_a_core:
        timer, told = signal.ITIMER_PROF, signal.SIGPROF

    def late(*_: object) -> None:
        raise Hangs(f"not done after {seconds} s")

    former = signal.signal(told, late)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(told, former)


def finding(reader: Reader, path: Path, seconds: int = SECONDS) -> str:
    """Read a file; return what should not have come of it, or nothing."""
    said = io.StringIO()
    try:
        with in_time(seconds, of_a_core=True), redirect_stdout(io.StringIO()), redirect_stderr(said):
            code = reader.read(path)
    except Hangs as late:
        return str(late)
    except SystemExit as stopped:
        code = stopped.code
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # what stops in Rust is no Exception
        code, told = outcome(error)
        return told if code == UNFORESEEN else ""
    return said.getvalue() if code == UNFORESEEN else ""


@cache
def _invented():
    from invented import invent

    return invent(Path(tempfile.mkdtemp(prefix="fuzz-")), 17)


def _in_record(name: str) -> Reader:
    """Return the reader of one file of a record, read as check-data does and as a report does."""

    def place() -> Path:
        made = _invented()
        folder = made.root / "data" / "raw"
        if name.startswith("/"):
            return made.root / name.strip("/")
        return folder / made.document / (f"{made.files[name]}.csv" if name in made.files else name)

    def read(path: Path) -> None:
        from analysis.exhibits.catalogue import definitions
        from analysis.exhibits.layout import make
        from analysis.sources.descriptor import describe_record, faults_of_document
        from analysis.sources.register import Register

        made, target = _invented(), place()
        folder = made.root / "data" / "raw"
        sound = {each: each.read_bytes() for each in (target, folder / "datapackage.json")}
        try:
            shutil.copy(path, target)
            if target.name != "datapackage.json":
                faults_of_document(folder, made.document)
                registered = json.dumps(describe_record(folder))
                (folder / "datapackage.json").write_text(registered, encoding="utf-8", newline="\n")
            register = Register(made.root)
            period = register.period()
            recorded = register.recorded(period)
            for table in recorded.values():
                assert table.values is not None
            for each in definitions(recorded):
                make(each, recorded, period)
        finally:
            for each, content in sound.items():
                each.write_bytes(content)

    return Reader(Path(name).suffix or ".csv", lambda: [place().read_bytes()], read)


def _checked(path: Path) -> int:
    from analysis.reading import find_numbers, language_of, read_document

    draft = read_document(path)
    language = language_of(" ".join(block.text for block in draft.blocks))
    for block in draft.blocks:
        find_numbers(block.text, language)
    return 0


def drafts(suffix: str) -> list[bytes]:
    folder = ROOT / "benchmarks" / "drafts"
    found = [path.read_bytes() for path in sorted(folder.rglob(f"*{suffix}"))]
    real = sorted(found, key=len)[:4]
    if suffix == ".docx":
        import docx

        document = docx.Document()
        document.add_heading("Results", 1)
        document.add_paragraph("The programme reached 896 results against a target of 874.")
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(1, 1).text = "Region", "12,5 %"
        found = [small_files.word(), saved(document), *real]
    if suffix == ".pptx":
        from pptx import Presentation

        slides = Presentation()
        slide = slides.slides.add_slide(slides.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = "Results", "896 results in 2020–21"
        found = [small_files.slides(saved(slides)), *real]
    if suffix == ".html":
        found = [
            b"<html lang=en><body><h1>Results</h1><table><tr><th>A<td>12.5</table><p>896 of 874</p>",
            *real,
        ]
    if suffix == ".ipynb":
        cells = [{"cell_type": "markdown", "source": ["896 results"], "metadata": {}}]
        found = [json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}).encode()]
    if suffix == ".pdf":
        from matplotlib.backends.backend_pdf import FigureCanvasPdf
        from matplotlib.figure import Figure

        figure, written = Figure(), io.BytesIO()
        figure.text(0.1, 0.5, "896 results against a target of 874")
        FigureCanvasPdf(figure).print_pdf(written)
        found = [written.getvalue()]
    return found


def saved(document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


MAPPING = """
[survey]
title = "A survey"
[variables]
country = { value = "X01" }
year = { value = 2020 }
ilo_sex = { column = "sex", codes = { 1 = 1, 2 = 2 } }
ilo_age = { column = "age" }
ilo_lfs = { column = "lfs", codes = { "1" = 1, "2" = 2, "3" = 3 }, missing = [0] }
ilo_wgt = { column = "weight" }
stratum = { column = "stratum" }
psu = { column = "psu" }
"""


@cache
def persons():
    """A small survey that `MAPPING` fits."""
    import pandas as pd

    rows = [
        (1 + n % 2, 15 + n % 50, 1 + (n % 7 == 0) + (n % 5 == 0), 10.5 + n % 3, n % 2, n % 8)
        for n in range(200)
    ]
    return pd.DataFrame(rows, columns=["sex", "age", "lfs", "weight", "stratum", "psu"]).assign(
        psu=lambda each: each["stratum"] * 100 + each["psu"]
    )


def survey(suffix: str) -> bytes:
    path = Path(tempfile.mkdtemp()) / f"survey{suffix}"
    if suffix == ".csv":
        persons().to_csv(path, index=False)
    elif suffix == ".parquet":
        persons().to_parquet(path)
    else:
        import pyreadstat

        write = pyreadstat.write_dta if suffix == ".dta" else pyreadstat.write_sav
        write(persons(), str(path))
    return path.read_bytes()


def _estimated(engine: str) -> Callable[[Path], int]:
    def read(path: Path) -> int:
        mapping = path.with_name("fuzz-mapping.toml")
        mapping.write_text(MAPPING)
        words = ["--indicators", "unemployment_rate", "--by", "sex", "--engine", engine]
        return main(["estimate", str(path), "--mapping", str(mapping), *words])

    return read


def _mapped(path: Path) -> int:
    survey = path.with_name("fuzz-survey.csv")
    if not survey.is_file():
        persons().to_csv(survey, index=False)
    words = ["--indicators", "unemployment_rate", "--engine", "pandas"]
    return main(["estimate", str(survey), "--mapping", str(path), *words])


def _quantity(path: Path) -> None:
    from analysis.quantities import evaluate
    from analysis.quantities.notation import parse

    recorded = _recorded()
    text = path.read_bytes().decode("utf-8", "replace")
    found = parse(text, recorded)
    evaluate(found, recorded)


@cache
def _recorded():
    from analysis.sources.register import Register

    return Register(_invented().root).recorded(Register(_invented().root).period())


def _quantities() -> list[bytes]:

    table = next(name for name in _recorded() if name.endswith("output_indicators"))
    identifier = _recorded()[table].rows["id"].iloc[0]
    return [
        f'share(total("{table}", measure="result"), total("{table}", measure="target"))'.encode(),
        f'change(recorded_number("{identifier}"), constant("12.5", "percent"))'.encode(),
        b'constant(12, "count") / constant(3, "count") * 2 + mean(constant(1), constant(2))',
        f'count_rows("{table}", measure="result") - pairs(value("{table}", id="{identifier}"))'.encode(),
    ]


def _iati(path: Path) -> None:
    from analysis.exchange.iati import left_out, read_iati

    read_iati(path)
    left_out(path)


def _iati_examples() -> list[bytes]:
    own = ROOT.parent / "shared" / "data" / "iati" / "activity-standard-example-annotated.xml"
    small = b"""<iati-activities version="2.03"><iati-activity><iati-identifier>X-1</iati-identifier>
<title><narrative>A</narrative></title>
<result type="1" aggregation-status="0"><title><narrative>R</narrative></title>
<indicator measure="1" ascending="1"><title><narrative>I</narrative></title><baseline year="2019" value="3"/>
<period><period-start iso-date="2020-01-01"/><period-end iso-date="2021-12-31"/><target value="10"/>
<actual value="11"/></period></indicator></result></iati-activity></iati-activities>"""
    return [small, *([own.read_bytes()] if own.is_file() else [])]


def _results_mapping(path: Path) -> None:
    from analysis.exchange.mapping import read_mapping

    read_mapping(path)


def _results_table(path: Path) -> None:
    from analysis.exchange.mapping import read_mapping
    from analysis.exchange.workbook import read_workbook

    read_workbook(path, read_mapping(ROOT / "examples" / "unhcr" / "unhcr.toml"))


def head(path: Path, lines: int = 60) -> bytes:
    import gzip

    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return b"\n".join(content.split(b"\n")[:lines]) + b"\n"


def _dialect(name: str, place: str, series: str = "") -> Reader:
    def read(path: Path) -> None:
        from analysis.sources.vintages.codes import Codes
        from analysis.sources.vintages.dialects import rows_of

        rows_of(name, path, series, _codes(Codes))

    return Reader(".csv", lambda: [head(next((ROOT / "data" / "estimates").glob(place)))], read)


@cache
def _codes(kind):
    return kind(ROOT / "data" / "estimates")


def _parameter(path: Path) -> int:
    text = path.read_bytes().decode("utf-8", "replace").replace("\0", "")
    words = [each for each in text.split("\n") if each]
    return main(["reproduce", "--only", "99_none", *words]) if words else 0


def _period(path: Path) -> int:
    return main(["list", "--language", "en", path.read_bytes().decode("utf-8", "replace").replace("\0", "")])


READERS = {
    "a table of the record": _in_record("output_indicators"),
    "a table of the record by region": _in_record("results_by_region"),
    "document.toml": _in_record("document.toml"),
    "datapackage.json": _in_record("/data/raw/datapackage.json"),
    "fields.toml": _in_record("/data/raw/fields.toml"),
    "the organisation": _in_record("/data/organisations/ilo.toml"),
    "the layout": _in_record("exhibits.csv"),
    "nodes of the framework": _in_record("framework/nodes.csv"),
    "dimensions of the framework": _in_record("framework/dimensions.csv"),
    "titles of the framework": _in_record("framework/titles.csv"),
    "a quantity in the notation": Reader(".txt", _quantities, _quantity),
    "a survey's mapping": Reader(".toml", lambda: [MAPPING.encode()], _mapped),
    "a survey as CSV, pandas": Reader(".csv", lambda: [survey(".csv")], _estimated("pandas")),
    "a survey as CSV, Polars": Reader(".csv", lambda: [survey(".csv")], _estimated("polars")),
    "a survey as CSV, DuckDB": Reader(".csv", lambda: [survey(".csv")], _estimated("duckdb")),
    "a survey as Parquet, pandas": Reader(".parquet", lambda: [survey(".parquet")], _estimated("pandas")),
    "a survey as Parquet, Polars": Reader(".parquet", lambda: [survey(".parquet")], _estimated("polars")),
    "a survey of Stata": Reader(".dta", lambda: [survey(".dta")], _estimated("pandas")),
    "a survey of SPSS": Reader(".sav", lambda: [survey(".sav")], _estimated("pandas")),
    "a draft in Markdown": Reader(".md", lambda: drafts(".md"), _checked),
    "a draft as text": Reader(".txt", lambda: drafts(".txt"), _checked),
    "a draft in HTML": Reader(".html", lambda: drafts(".html"), _checked),
    "a draft in Word": Reader(".docx", lambda: drafts(".docx"), _checked, zipped=True),
    "a draft in PowerPoint": Reader(".pptx", lambda: drafts(".pptx"), _checked, zipped=True),
    "a draft as PDF": Reader(".pdf", lambda: drafts(".pdf"), _checked),
    "a draft as a notebook": Reader(".ipynb", lambda: drafts(".ipynb"), _checked),
    "IATI": Reader(".xml", _iati_examples, _iati),
    "a mapping of results": Reader(
        ".toml", lambda: [(ROOT / "examples/unhcr/unhcr.toml").read_bytes()], _results_mapping
    ),
    "a table of results": Reader(
        ".csv", lambda: [head(ROOT / "examples/unhcr/brazil_2022.csv")], _results_table
    ),
    "estimates: UN SDG data points": _dialect(
        "unsdg_datapoints", "un_sdg_2020_10/ddf--datapoints--si_cov_benfts*", "SI_COV_BENFTS"
    ),
    "estimates: World Bank data points": _dialect(
        "worldbank_datapoints", "world_bank_2022_02/ddf--datapoints--sl_uem_totl_zs*", "SL.UEM.TOTL.ZS"
    ),
    "estimates: ILOSTAT": _dialect("ilostat", "ilostat_2026_09/rplumber*"),
    "parameters of a run": Reader(
        ".txt",
        lambda: [b"2020-21\n-p\ncorrected=true\n--jobs\n2\n--language\nfr\n--time-limit\n60"],
        _parameter,
    ),
    "a period": Reader(".txt", lambda: [b"2020-21", "2020–21".encode(), b"2020/21", b"2020_2021"], _period),
}


def inside(content: bytes, change: Callable[[bytes], bytes], pick: Callable[[list[str]], str]) -> bytes:
    """Return a zipped document one of whose parts is changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(written, "w") as made:
        chosen = pick(archive.namelist())
        for name in archive.namelist():
            part = archive.read(name)
            made.writestr(name, change(part) if name == chosen else part)
    return written.getvalue()
