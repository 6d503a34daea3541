"""What a notebook calls: open a biennium, check the inputs, show an exhibit, say a sentence, record files."""

from __future__ import annotations

import ast
import hashlib
from functools import cached_property
from pathlib import Path

import pandas as pd
from IPython import get_ipython
from IPython.display import HTML, Markdown, display

from analysis.errors import NotFound
from analysis.exhibits.catalogue import CHAPTERS, of_chapter
from analysis.exhibits.parts import NOT_RECORDED, quantities_of
from analysis.front.exhibit import ReportExhibit
from analysis.front.number import traced
from analysis.front.report import Report
from analysis.front.section import Section, nothing_stands_out
from analysis.labels import LabelError
from analysis.office.export import write_exhibit
from analysis.periods import Period
from analysis.printed.corrections import with_corrections
from analysis.printed.opened import RecordInLanguage, open_record
from analysis.printed.wording import title_of
from analysis.site.notebook_cells import exhibit_html
from analysis.sources.corrections import cited
from analysis.sources.register import Register, RegisterError

# How the cell begins that papermill puts in.
INJECTED = "# Parameters\n"


class NotebookStop(RuntimeError):
    """A parameter that a notebook cannot go on with; shown as one line, without a trace."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


def refuse_unknown_parameters() -> None:
    """Stop where papermill gave a parameter that the notebook's parameters cell does not name.

    papermill itself warns and goes on: a misspelt biennium would leave the newest one to report on.

    Raises
    ------
    NotebookStop
        With the parameters that there are.
    """
    shell = get_ipython()
    cells = [str(cell) for cell in (shell.user_ns.get("In", ()) if shell is not None else ())]
    for at, cell in enumerate(cells):
        if cell.startswith(INJECTED):
            known = {name for before in cells[:at] for name in _assigned(before)}
            unknown = [name for name in _assigned(cell) if name not in known]
            if unknown and known:
                raise NotebookStop(f"no parameter {', '.join(unknown)}: there are {', '.join(sorted(known))}")


def _assigned(cell: str) -> list[str]:
    """Return the names that a cell of parameters assigns; none of a cell that is no Python."""
    try:
        lines = ast.parse(cell).body
    except SyntaxError:
        return []
    targets: list[ast.expr] = [line.target for line in lines if isinstance(line, ast.AnnAssign)]
    targets += [target for line in lines if isinstance(line, ast.Assign) for target in line.targets]
    return [target.id for target in targets if isinstance(target, ast.Name)]


class Reporting:
    """A biennium opened for one notebook, in one language.

    Parameters
    ----------
    notebook : str
        Stem of the notebook.
    biennium, language : str
        As the parameters cell gives them.
    output_dir : str
        Folder of all reports; a relative one stands in the project.
    corrected : bool
        Whether the corrections ledger is applied.
    organisation : str
        Whose period it is; by default the project's own organisation.

    Raises
    ------
    NotebookStop
        When the biennium is not registered, the language has no labels or papermill gave a parameter that the
        notebook does not take; the message lists those that are.
    """

    def __init__(
        self,
        notebook: str,
        biennium: str,
        language: str = "en",
        output_dir: str = "reports",
        corrected: bool = False,
        organisation: str = "",
    ):
        refuse_unknown_parameters()
        try:
            self.register = Register()
            self.biennium: Period = self.register.period(biennium, organisation)
            self.take(open_record(self.register, self.biennium, language, corrected))
            self.labels("language.locale")
        except (ValueError, RegisterError, LabelError) as error:
            raise NotebookStop(str(error)) from None
        self.corrections = self.register.corrections if corrected else ()
        self.notebook = notebook
        self.folder = (
            self.register.root / Path(output_dir) / self.register.report_folder(self.biennium, language)
        )
        self.definitions = of_chapter(self.recorded, notebook)
        pd.set_option("display.max_colwidth", None)  # ids and paths of traces in full
        self.shown: set[str] = set()
        self.written: list[Path] = []

    def take(self, opened: RecordInLanguage) -> None:
        """Take a record in the notebook's language as the one that it reports on."""
        self.opened, self.recorded, self.labels = opened, opened.record.recorded, opened.labels

    @cached_property
    def report(self) -> Report:
        """The report behind the notebook, as :func:`analysis.open` gives it."""
        return Report(self.opened)

    @cached_property
    def _made(self) -> dict[str, ReportExhibit]:
        """The exhibits of this notebook's chapter by id, in order."""
        return {definition.id: self.report.exhibit(definition.id) for definition in self.definitions}

    def title(self) -> Markdown:
        """Return the notebook's title with the period, and in one sentence what is not recorded for it."""
        lines = [f"# {self.labels(f'notebook.{self.notebook}')} {self.biennium.printed}"]
        absent = [exhibit.exhibit for exhibit in self._made.values() if exhibit.status == NOT_RECORDED]
        if absent and len(absent) == len(self._made):
            lines.append(self.labels("label.empty_chapter", period=self.biennium.printed))
        elif absent:
            titles = self.labels("label.list_separator").join(
                title_of(exhibit, self.labels) for exhibit in absent
            )
            named = {"period": self.biennium.printed, "titles": titles}
            lines.append(self.labels("label.not_recorded_here", **named))
        return Markdown("\n\n".join(lines))

    def check(self) -> pd.DataFrame:
        """Return the files that this notebook's exhibits read: rows, numbers, checksum.

        Opening them has already compared their checksums with the register's.
        """
        needed = dict.fromkeys(name for definition in self.definitions for name in definition.needs)
        tables = [self.recorded[name] for name in needed if name in self.recorded]
        parts = [(table, source, rows) for table in tables for source, rows in table.by_source.items()]
        return pd.DataFrame(
            {
                "file": [source.path for _, source, _ in parts],
                "rows": [len(rows) for *_, rows in parts],
                "numbers": [sum(not table.values[row].missing for row in rows) for table, _, rows in parts],
                "sha256": [source.sha256[:12] for _, source, _ in parts],
            }
        )

    def section(self, name: str) -> ShownSection:
        """Return a section of the chapter, to be shown part by part.

        Nothing of it is shown where nothing is recorded for it; the title has said so.
        """
        laid_out = [definition for definition in self.definitions if definition.section == name]
        self.shown |= {definition.id for definition in laid_out}
        exhibits = [self._made[definition.id] for definition in laid_out]
        section = Section(
            name,
            tuple(dict.fromkeys(definition.kind.name for definition in laid_out)),
            tuple(exhibit for exhibit in exhibits if exhibit.status != NOT_RECORDED),
            tuple(
                sentence
                for sentence in self.opened.record.spoken
                if (sentence.notebook, sentence.section) == (self.notebook, name)
            ),
        )
        return ShownSection(self, section)

    def show(self, *identifiers: str) -> HTML:
        """Write the files of exhibits; return their charts and tables, or what is missing, for the page."""
        shown = []
        for identifier in identifiers:
            exhibit = self._made.get(identifier) or self.report.exhibit(identifier)
            entries = cited(quantities_of(exhibit.exhibit), self.recorded, self.corrections)
            resolved = with_corrections(exhibit.resolved, entries, self.labels)
            written = write_exhibit(resolved, self.folder)
            pictures = {path.stem: path.read_bytes() for path in written if path.suffix == ".svg"}
            shown.append(exhibit_html(resolved, pictures))
            self.written += written
        return HTML("\n".join(shown))

    def record(self) -> pd.DataFrame:
        """Return the files that were written, with their checksums.

        Raises
        ------
        NotebookStop
            When an exhibit of this chapter stands in a section that no cell has shown.
        """
        left = [definition for definition in self.definitions if definition.id not in self.shown]
        if left:
            listed = ", ".join(f"{definition.id} (section {definition.section!r})" for definition in left)
            raise NotebookStop(f"{self.notebook} does not show {listed}; correct the section in exhibits.csv")
        return pd.DataFrame(
            {
                "file": [path.relative_to(self.folder).as_posix() for path in self.written],
                "sha256": [hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in self.written],
            }
        )


class ShownSection:
    """A section of a chapter in a notebook: its heading, its exhibits, a frame, a traced number, sentences.

    Parameters
    ----------
    reporting : Reporting
        The notebook that shows it.
    section : Section
        What is laid out for it, as far as it is recorded.
    """

    def __init__(self, reporting: Reporting, section: Section):
        self.reporting, self.section, self.labels = reporting, section, reporting.labels
        self.empty = reporting.notebook in CHAPTERS and not section.exhibits

    def heading(self) -> Markdown | None:
        """Return heading and sentences in the report's language; None where nothing here is recorded."""
        title = f"## {self.labels(f'section.{self.section.name}')}"
        return None if self.empty else Markdown("\n\n".join([title, *self.section.told()]))

    def show(self) -> HTML | None:
        """Write the files of the section's exhibits; return their charts and tables for the page."""
        identifiers = [exhibit.id for exhibit in self.section.exhibits]
        return self.reporting.show(*identifiers) if identifiers else None

    def frame(self, kind: str = "") -> pd.DataFrame:
        """Return the frame of the first exhibit of a kind; one without rows, and a sentence, where none is.

        Parameters
        ----------
        kind : str
            A kind of exhibit, an id, or the beginning of one; empty for the section's first.

        Raises
        ------
        NotebookStop
            When nothing here is called so; the message lists what there is.
        """
        try:
            if self.section.exhibit(kind) is None:
                display(self._nothing())
            return self.section.frame(kind)
        except NotFound as error:
            raise NotebookStop(str(error)) from None

    def trace(self, kind: str = "") -> pd.DataFrame | Markdown:
        """Return the recorded rows of the first number that a headline of the section says.

        Parameters and errors as of :meth:`frame`; where no headline says a number, a sentence.
        """
        try:
            first = self.section.number(kind)
        except NotFound as error:
            raise NotebookStop(str(error)) from None
        if first is None:
            return self._nothing()
        exhibit, number, text = first
        headline = exhibit.title
        if not nothing_stands_out(exhibit):
            headline = self.labels("label.finding", headline=exhibit.resolved.headline, title=exhibit.title)
        display(Markdown(self.labels("label.traced", headline=headline, number=f"**{text}**")))
        return traced([number.quantity], number.recorded)

    def says(self) -> Markdown | None:
        """Return what the numbers of the section say, each number in it computed; None where it is empty.

        Where no headline says anything, what is said of the section in sentences.
        """
        if self.empty or not self.section.exhibits:
            return None
        nothing = self.labels("label.sentence", text=self.labels("headline.nothing"))
        sentences = self.section.says() or self.section.told() or [f"{nothing[:1].upper()}{nothing[1:]}"]
        listed = "\n".join(f"- {sentence}" for sentence in sentences)
        return Markdown(f"### {self.labels('label.what_the_numbers_say')}\n\n{listed}")

    def _nothing(self) -> Markdown:
        return Markdown(self.labels("label.not_recorded_for", biennium=self.reporting.biennium.printed))
