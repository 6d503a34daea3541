"""Further readers: of what is judged, bound, styled, proposed, answered and verified."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import small_files
from readers import READERS, ROOT, Reader, drafts, head, saved, survey

PERIOD = "2020-21"


@cache
def _project() -> Path:
    """A copy of the record, in which one file at a time is changed."""
    root = Path(tempfile.mkdtemp(prefix="fuzz-"))
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("processed"))
    return root


@cache
def _register():
    from analysis.sources.register import Register

    return Register(_project())


@cache
def _checker():
    from analysis.checking.drafts import Checker

    register = _register()
    return Checker(register.recorded(register.period(PERIOD)), PERIOD, register.root)


@cache
def _audit():
    from analysis.audit.opening import open_audit

    return open_audit(_register(), _register().period(PERIOD))


def _judged(path: Path) -> None:
    """Read a draft as ``analysis check`` does, and write all that it writes."""
    from analysis.checking.answers.lines import as_json, as_sarif, lines_of_draft
    from analysis.checking.answers.telling import Teller
    from analysis.commands.check import checked_files
    from analysis.reading import read_document

    draft, teller = read_document(path), Teller(_checker())
    checked = _checker().check(draft)
    lines_of_draft(path.name, checked, teller, True)
    json.loads(as_json([(path.name, checked)], teller))
    json.loads(as_sarif([(path.name, checked)], teller, "1"))
    checked_files(path, draft, checked, teller, PERIOD, True)


def _short(suffix: str) -> list[bytes]:
    return sorted(drafts(suffix), key=len)[:6]


def _draft_of_record() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("Results of 2020–21", 1)
    document.add_paragraph("In 2020–21, 896 results were achieved against a target of 874.")
    document.add_paragraph("The world unemployment rate was 6.6 per cent in 2020.")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "Africa", "250"
    return saved(document)


def _bound() -> bytes:
    from analysis.checking.bound.binding import bind
    from analysis.reading import read_document

    path = Path(tempfile.mkdtemp()) / "draft.docx"
    path.write_bytes(small_files.word())
    draft = read_document(path)
    content, made = bind(path, draft, _checker().check(draft), PERIOD)
    assert made
    return content


def _refreshed(path: Path) -> None:
    from analysis.checking.bound.refreshing import refresh

    for language in ("", "fr"):
        content, _ = refresh(path, _checker().catalogue, PERIOD, language)
        assert zipfile.ZipFile(io.BytesIO(content)).namelist()


def _deck() -> bytes:
    from pptx import Presentation

    slides = Presentation()
    for text in ("Results", "More"):
        slide = slides.slides.add_slide(slides.slide_layouts[5])
        slide.shapes.title.text = text
        slide.shapes.add_table(2, 2, 0, 0, 914400, 914400)
    return saved(slides)


def words() -> list[bytes]:
    """Return Word files of the record, a small one first."""
    return [small_files.word(), _draft_of_record()]


def decks() -> list[bytes]:
    """Return slides, a small file first."""
    return [small_files.slides(_deck()), _deck()]


def _kept(content: Callable[[], bytes], name: str) -> Callable[[], Path]:
    @cache
    def made() -> Path:
        path = Path(tempfile.mkdtemp()) / name
        path.write_bytes(content())
        return path

    return made


_WORD, _SLIDES = _kept(small_files.word, "sound.docx"), _kept(_deck, "sound.pptx")


def _template(sound: Callable[[], Path]) -> Callable[[Path], object]:
    def read(path: Path) -> object:
        from analysis.office.house import read_house

        return read_house([str(path)], None).styled(sound())

    return read


def _restyled(sound: Callable[[], Path]) -> Callable[[Path], object]:
    def read(path: Path) -> object:
        from analysis.office.house import read_house

        return read_house([str(sound())], None).styled(path)

    return read


def _theme(path: Path) -> object:
    from analysis.office.house import read_house

    house = read_house([str(_WORD()), str(_SLIDES())], str(path))
    return house.styled(_WORD()), house.styled(_SLIDES())


def _proposed(path: Path) -> None:
    import tomllib

    from analysis.sources.mapping_proposal import propose

    tomllib.loads(propose(path))


def _reviewed(path: Path) -> None:
    from analysis.audit.reviews import answers, check_reviews, read_reviews

    reviews = read_reviews(path)
    check_reviews(_audit(), reviews, _register().documents)
    for judgement in _audit().discrepancies:
        answers(judgement, _audit(), reviews)


def _reviews() -> list[bytes]:
    from analysis.audit.reviews import inputs_checksum

    finding = _audit().discrepancies[0]
    line = f"{finding.claim.id},A. Reader,2026-01-31,accepted,Seen.,,{inputs_checksum(finding, _audit())}\n"
    return [("finding,who,when,answer,text,evidence,inputs\n" + line).encode()]


def _corrected(path: Path) -> None:
    with _put(path, _project() / "data" / "corrections.csv"):
        register = _opened()
        register.recorded(register.period(PERIOD), corrected=True)


def _claimed(path: Path) -> None:
    from analysis.audit.opening import open_audit

    with _put(path, _project() / "data" / "claims" / "un-swap-2012.csv"):
        register = _opened()
        open_audit(register, register.period(PERIOD))


def _opened():
    from analysis.sources.register import Register

    return Register(_project())


class _put:
    """Stand a file in another's place meanwhile."""

    def __init__(self, path: Path, place: Path):
        self.path, self.place, self.sound = path, place, place.read_bytes()

    def __enter__(self) -> None:
        shutil.copy(self.path, self.place)

    def __exit__(self, *error: object) -> None:
        self.place.write_bytes(self.sound)


def _in_vintage(name: str, file: str, read: Callable) -> Reader:
    """Return the reader of one file of a vintage, whose checksum is made to fit."""
    folder = Path("data") / "estimates" / name

    def reads(path: Path) -> None:
        import analysis.sources.vintages as vintages

        place, descriptor = _project() / folder / file, _project() / folder / "datapackage.json"
        sound = descriptor.read_bytes()
        with _put(path, place):
            try:
                if place != descriptor:
                    about = json.loads(sound)
                    for resource in about["resources"]:
                        if resource["path"] == file:
                            resource["hash"] = f"sha256:{hashlib.sha256(place.read_bytes()).hexdigest()}"
                    descriptor.write_text(json.dumps(about))
                read(vintages.Vintages(_project()))
            finally:
                descriptor.write_bytes(sound)

    return Reader(Path(file).suffix, lambda: [(ROOT / folder / file).read_bytes()], reads)


def _observed(name: str) -> Callable:
    return lambda vintages: vintages.observations(name)


def _weighted(vintages) -> None:
    from analysis.sources.vintages.population import population

    assert len(population(vintages["wpp_2019"], vintages.codes))


def _list(file: str) -> Reader:
    def reads(path: Path) -> None:
        import analysis.sources.vintages as vintages

        with _put(path, _project() / "data" / "estimates" / file):
            opened = vintages.Vintages(_project())
            opened.observations("ilostat_2026_09")
            assert opened.codes.listed_areas is not None

    return Reader(".csv", lambda: [(ROOT / "data" / "estimates" / file).read_bytes()], reads)


def _verified(name: str) -> Reader:
    def read(path: Path) -> None:
        from analysis.running.verify import changed_since, faults_of_report, manifest_of

        with _put(path, _report() / name):
            faults_of_report(_report())
            manifest = manifest_of(_report())
            changed_since(manifest, _made_from())

    return Reader(Path(name).suffix, lambda: [(_report() / name).read_bytes()], read)


@cache
def _made_from():
    from analysis.running.manifest import made_from

    return made_from(_project(), "en")


@cache
def _report() -> Path:
    from analysis.files import write_whole
    from analysis.running.crate import write_crate
    from analysis.running.manifest import write_manifest, write_run

    folder, register = Path(tempfile.mkdtemp()), _register()
    words = {"organisation": "ilo", "biennium": PERIOD, "language": "en", "corrected": False}
    words |= {"only": [], "documents": False, "further": {}}
    write_whole(folder / "tables" / "a.csv", b"row,value\nx,1\n")
    write_run(folder, [], 0, 1, 1.0)
    write_crate(folder, register, register.period(PERIOD), words, _made_from())
    write_manifest(folder, words, _made_from())
    return folder


def _workbook() -> bytes:
    import csv

    import openpyxl

    book = openpyxl.Workbook()
    text = head(ROOT / "examples" / "unhcr" / "brazil_2022.csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text)):
        book.active.append(row)
    return saved(book)


def _imported(path: Path) -> None:
    from analysis.exchange.mapping import read_mapping
    from analysis.exchange.record import make_record
    from analysis.exchange.workbook import read_workbook

    mapping = read_mapping(ROOT / "examples" / "unhcr" / "unhcr.toml")
    make_record(read_workbook(path, mapping), mapping, "made", {})


FURTHER = {
    "a draft judged in Markdown": Reader(".md", lambda: _short(".md"), _judged),
    "a draft judged as text": Reader(".txt", lambda: _short(".txt"), _judged),
    "a draft judged in Word": Reader(".docx", words, _judged, zipped=True),
    "a Word file of bound numbers": Reader(".docx", lambda: [_bound()], _refreshed, zipped=True),
    "a template of Word": Reader(".docx", words, _template(_WORD), zipped=True),
    "a template of slides": Reader(".pptx", decks, _template(_SLIDES), zipped=True),
    "a Word file to restyle": Reader(".docx", words, _restyled(_WORD), zipped=True),
    "slides to restyle": Reader(".pptx", decks, _restyled(_SLIDES), zipped=True),
    "a theme": Reader(
        ".toml",
        lambda: [b'[styles]\n"Normal" = "heading 1"\n[layouts]\n"Title Only" = "Title Only"\n'],
        _theme,
    ),
    "a survey proposed of, CSV": Reader(".csv", lambda: [survey(".csv")], _proposed),
    "a survey proposed of, Stata": Reader(".dta", lambda: [survey(".dta")], _proposed),
    "a survey proposed of, SPSS": Reader(".sav", lambda: [survey(".sav")], _proposed),
    "answers to findings": Reader(".csv", _reviews, _reviewed),
    "corrections": Reader(".csv", lambda: [(ROOT / "data" / "corrections.csv").read_bytes()], _corrected),
    "claims": Reader(
        ".csv", lambda: [(ROOT / "data" / "claims" / "un-swap-2012.csv").read_bytes()], _claimed
    ),
    "a vintage's descriptor": _in_vintage(
        "ilostat_2026_09", "datapackage.json", _observed("ilostat_2026_09")
    ),
    "a vintage's observations": _in_vintage(
        "ilostat_2026_09", "rplumber_une-deap-sex-age-rt-a.csv", _observed("ilostat_2026_09")
    ),
    "countries of the weights": _in_vintage("wpp_2019", "ddf--entities--geo--country.csv", _weighted),
    "codes of services": _list("codes.csv"),
    "series of services": _list("series.csv"),
    "areas": _list("areas.csv"),
    "a manifest": _verified("manifest.json"),
    "sums": _verified("SHA256SUMS"),
    "a research object": _verified("ro-crate-metadata.json"),
    "a workbook of results": Reader(".xlsx", lambda: [_workbook()], _imported, zipped=True),
    "a table of results imported": Reader(
        ".csv", lambda: [head(ROOT / "examples/unhcr/brazil_2022.csv")], _imported
    ),
}
ALL = {**READERS, **FURTHER}
