"""What a notebook calls: open a biennium, check the inputs, show an exhibit, say a sentence, record files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import HTML, Markdown, display

from analysis.audit.claims_table import claims_html
from analysis.audit.findings import markdown
from analysis.audit.listing import totals
from analysis.audit.opening import open_audit
from analysis.audit.revised import printed_edition
from analysis.exhibits.catalogue import CHAPTERS, find, of_chapter
from analysis.exhibits.layout import make
from analysis.exhibits.parts import NOT_RECORDED, Exhibit, quantities_of
from analysis.exhibits.sentences import spoken
from analysis.labels import Catalogue, LabelError
from analysis.office.audit_files import write_audit
from analysis.office.export import write_exhibit
from analysis.periods import Period
from analysis.printed.corrections import with_corrections
from analysis.printed.resolve import resolve
from analysis.printed.revision_tables import outside_said, outside_table, worded
from analysis.printed.sentences import sentence_text
from analysis.printed.wording import title_of
from analysis.quantities import Recorded
from analysis.site.notebook_cells import exhibit_html
from analysis.sources.corrections import cited
from analysis.sources.register import Register, RegisterError
from analysis.sources.vintages import Vintages
from analysis.sources.vintages.beside import keyed


class NotebookStop(RuntimeError):
    """A parameter that a notebook cannot go on with; shown as one line, without a trace."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


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
        When the biennium is not registered or the language has no labels; the message lists those that are.
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
        try:
            self.register = Register()
            self.biennium: Period = self.register.period(biennium, organisation)
            self.recorded: Recorded = self.register.recorded(self.biennium, corrected=corrected)
            self.labels = Catalogue(language, self.recorded)
            self.labels("language.locale")
        except (ValueError, RegisterError, LabelError) as error:
            raise NotebookStop(str(error)) from None
        self.corrections = self.register.corrections if corrected else ()
        self.notebook = notebook
        self.folder = (
            self.register.root / Path(output_dir) / self.register.report_folder(self.biennium, language)
        )
        self.definitions = of_chapter(self.recorded, notebook)
        self.shown: set[str] = set()
        self.written: list[Path] = []

    def exhibit(self, identifier: str) -> Exhibit:
        """Return an exhibit of this biennium."""
        return make(find(identifier, self.recorded), self.recorded, self.biennium)

    def title(self) -> Markdown:
        """Return the notebook's title with the period, and in one sentence what is not recorded for it."""
        lines = [f"# {self.labels(f'notebook.{self.notebook}')} {self.biennium.printed}"]
        made = [make(each, self.recorded, self.biennium) for each in self.definitions]
        absent = [each for each in made if each.status == NOT_RECORDED]
        if absent and len(absent) == len(made):
            lines.append(self.labels("label.empty_chapter", period=self.biennium.printed))
        elif absent:
            titles = self.labels("label.list_separator").join(title_of(each, self.labels) for each in absent)
            named = {"period": self.biennium.printed, "titles": titles}
            lines.append(self.labels("label.not_recorded_here", **named))
        return Markdown("\n\n".join(lines))

    def check(self) -> pd.DataFrame:
        """Return the files that this notebook's exhibits read: rows, numbers, checksum.

        Opening them has already compared their checksums with the register's.
        """
        needed = dict.fromkeys(name for each in self.definitions for name in each.needs)
        tables = [self.recorded[name] for name in needed if name in self.recorded]
        held = [(table, source, rows) for table in tables for source, rows in table.by_source.items()]
        return pd.DataFrame(
            {
                "file": [source.path for _, source, _ in held],
                "rows": [len(rows) for *_, rows in held],
                "numbers": [sum(not table.values[row].missing for row in rows) for table, _, rows in held],
                "sha256": [source.sha256[:12] for _, source, _ in held],
            }
        )

    def section(self, name: str) -> HTML | None:
        """Show a section of the chapter: its heading, its sentences, and the exhibits laid out for it.

        Nothing is shown where nothing is recorded for the section; the title has said so.
        """
        laid_out = [each for each in self.definitions if each.section == name]
        self.shown |= {each.id for each in laid_out}
        exhibits = [make(each, self.recorded, self.biennium) for each in laid_out]
        held = [each.id for each in exhibits if each.status != NOT_RECORDED]
        if self.notebook in CHAPTERS and not held:
            return None
        said = [
            sentence_text(each, self.recorded, self.labels)
            for each in spoken(self.recorded, self.biennium)
            if (each.notebook, each.section) == (self.notebook, name)
        ]
        display(Markdown("\n\n".join([f"## {self.labels(f'section.{name}')}", *said])))
        return self.show(*held) if held else None

    def show(self, *identifiers: str) -> HTML:
        """Write the files of exhibits; return their charts and tables, or what is missing, for the page."""
        shown = []
        for identifier in identifiers:
            exhibit = self.exhibit(identifier)
            entries = cited(quantities_of(exhibit), self.recorded, self.corrections)
            resolved = with_corrections(resolve(exhibit, self.recorded, self.labels), entries, self.labels)
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
        left = [each for each in self.definitions if each.id not in self.shown]
        if left:
            listed = ", ".join(f"{each.id} (section {each.section!r})" for each in left)
            raise NotebookStop(f"{self.notebook} does not show {listed}; correct the section in exhibits.csv")
        return pd.DataFrame(
            {
                "file": [path.relative_to(self.folder).as_posix() for path in self.written],
                "sha256": [hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in self.written],
            }
        )


class Auditing(Reporting):
    """A biennium opened for the audit: every number that its documents print, judged.

    Parameters
    ----------
    notebook, biennium, language, output_dir, corrected, organisation
        As of :class:`Reporting`.
    """

    def __init__(self, *asked: Any, **named: Any):
        super().__init__(*asked, **named)
        self.audit = open_audit(self.register, self.biennium, self.recorded)

    def check(self) -> pd.DataFrame:
        """Return the claims whose verdict is not the one on record; an empty table is what is expected."""
        unexpected = self.audit.unexpected
        return pd.DataFrame(
            {
                "claim": [each.claim.id for each in unexpected],
                "verdict": [each.verdict for each in unexpected],
                "on record": [each.claim.expected for each in unexpected],
            }
        )

    def verdicts(self) -> pd.DataFrame:
        """Return how many claims of each document have each verdict."""
        return totals(self.audit, self.labels)

    def findings(self) -> Markdown:
        """Return the discrepancies with what follows from what, gravest first."""
        text = markdown(self.audit, self.labels, self.biennium.printed).partition("\n")[2]
        return Markdown(text.replace("\n### ", "\n#### ").replace("\n## ", "\n### "))

    def outside(self) -> HTML:
        """Return what sets printed indicators apart from published estimates; no verdict moves by it.

        Nothing where the documents print no such indicator; a project without vintages is told so.
        """
        if not keyed(self.recorded.values()):
            return HTML("")
        edition, checks = printed_edition(Vintages(self.register.root), self.recorded)
        if not checks:
            return HTML(f"<p>{outside_said(edition, checks, self.labels)}</p>")
        rows = outside_table(checks, self.labels)
        apart = worded(rows[rows["how"] != ""], self.labels).to_html(index=False, border=0)
        return HTML(f"<p>{outside_said(edition, checks, self.labels)}</p>\n{apart}")

    def claims(self) -> HTML:
        """Return every claim in a table that can be searched."""
        return HTML(claims_html(self.audit, self.labels))

    def record(self) -> pd.DataFrame:
        """Write ``claims.csv``, ``audit.xlsx`` and the findings report; return the files with checksums."""
        self.written += write_audit(self.audit, self.labels, self.biennium, self.folder / "audit")
        return super().record()
