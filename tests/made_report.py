"""A report's folder as a run leaves it, made without kernels: exhibits, their files, executed notebooks."""

from __future__ import annotations

import fcntl
import shutil
import warnings
from pathlib import Path

import nbformat.v4 as nbf
from nbformat import write

from analysis.documents import write_documents
from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import make
from analysis.exhibits.sentences import sentences_of_period
from analysis.labels import Catalogue
from analysis.office.export import write_exhibit
from analysis.periods import Period
from analysis.printed.resolve import resolve
from analysis.printed.sentences import sentence_text
from analysis.quantities import Recorded
from analysis.site.notebook_cells import exhibit_html
from analysis.site.notebook_pages import write_pages
from analysis.sources.register import Register

SHOWN = {
    "01_decent_work_trends": ("trends_table", "trend_indicator_unemployment_rate"),
    "02_results": (
        "results_against_targets_level_outcome",
        "lost_graphic_of_results_covid_response",
        "results_by_node_and_region_level_outcome",
        "results_by_indicator_outcome_2",
    ),
    "05_development_cooperation": ("linked_outputs",),
}
SAID = {
    "01_decent_work_trends": "trend_indicator_unemployment_rate",
    "02_results": "results_against_targets_level_outcome",
}


def make_report(folder: Path, recorded: Recorded, biennium: Period, language: str) -> Path:
    """Write figures, tables, executed notebooks and their pages into a folder."""
    labels = Catalogue(language, recorded)
    for stem, identifiers in SHOWN.items():
        parts = []
        for identifier in identifiers:
            resolved = resolve(make(find(identifier, recorded), recorded, biennium), recorded, labels)
            paths = write_exhibit(resolved, folder)
            pictures = {path.stem: path.read_bytes() for path in paths if path.suffix == ".svg"}
            parts.append(exhibit_html(resolved, pictures))
        title = f"# {labels(f'notebook.{stem}')} {biennium.printed}"
        shown = [("text/markdown", title), ("text/markdown", "## **Section**")]
        if stem in SAID:
            said = next(each for each in sentences_of_period(recorded, biennium) if each.name == SAID[stem])
            shown.append(("text/markdown", sentence_text(said, recorded, labels)))
        cells = [
            _cell(number, *each) for number, each in enumerate([*shown, ("text/html", "\n".join(parts))])
        ]
        path = folder / "notebooks" / f"{stem}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        write(nbf.new_notebook(cells=cells), path)
    write_pages(folder, biennium, language)
    return folder


def _cell(number: int, kind: str, content: str):
    output = nbf.new_output("execute_result", data={kind: content, "text/plain": ""}, execution_count=1)
    cell = nbf.new_code_cell("biennium = '2020-21'  # a comment", outputs=[output])
    cell["id"] = f"cell-{number:02d}"
    return cell


def kept_report(factory, register: Register, language: str, folder: Path) -> Path:
    """Put a copy of the report with all its documents into a folder; the processes of a run make it once."""
    whole = factory.getbasetemp()
    whole = (whole.parent if whole.name.startswith("popen-") else whole) / f"kept-report-{language}"
    with whole.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.is_dir():
            recorded, biennium = register.recorded("2020-21"), register.period("2020-21")
            made = make_report(factory.mktemp("report"), recorded, biennium, language)
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                write_documents(register, biennium, language, made)
            made.replace(whole)
    return shutil.copytree(whole, folder)
