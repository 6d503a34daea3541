"""What the notebook on revisions calls: vintages, lines of each, what moved, what would print differently."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd
from IPython.display import HTML, Markdown, display

from analysis.audit.outside import keyed_tables, outside_checks
from analysis.audit.revised import Revised, printed_by, printed_edition, statements_by, world_of
from analysis.audit.verdicts import DISCREPANCY
from analysis.exhibits.estimates import Strand, by_years, lines_over_years
from analysis.exhibits.parts import REPRODUCED, Exhibit
from analysis.files import write_whole
from analysis.front.number import traced
from analysis.labels import Catalogue
from analysis.notebook import NotebookStop, Reporting
from analysis.office.export import write_exhibit
from analysis.printed.area_trends import Worded
from analysis.printed.opened import OpenRecord, RecordInLanguage
from analysis.printed.resolve import resolve
from analysis.printed.revision_tables import (
    CELLS,
    cells_said,
    failing_said,
    one_sided_said,
    reprints_said,
    reprints_table,
    spans_table,
    statements_said,
    statements_table,
    table_in_words,
    unretrieved_said,
    vintages_table,
    without_number_said,
)
from analysis.printed.spreadsheet_text import csv_of
from analysis.quantities import value
from analysis.site.notebook_cells import exhibit_html
from analysis.sources.vintages import VintageError, Vintages
from analysis.sources.vintages.beside import estimates, keyed, with_estimates
from analysis.sources.vintages.record import table_name
from analysis.store.shared import shared


class RevisionReporting(Reporting):
    """Two vintages opened for a notebook.

    Parameters
    ----------
    notebook, biennium, language, output_dir, corrected, organisation
        As `Reporting` takes them.
    first : str
        The earlier vintage; that which meets most of the printed numbers where empty.
    second : str
        The later vintage; where empty, the largest of the newest edition among those later than the first.
        Where none is later, or the project has no vintages, nothing is compared, and the notebook says so.

    Raises
    ------
    NotebookStop
        When a vintage is not registered, or the two cannot be compared.
    """

    def __init__(
        self,
        notebook: str,
        biennium: str,
        language: str = "en",
        output_dir: str = "reports",
        first: str = "",
        second: str = "",
        corrected: bool = False,
        organisation: str = "",
    ):
        super().__init__(notebook, biennium, language, output_dir, corrected, organisation)
        self.vintages = Vintages(self.register.root)
        if not keyed(self.recorded.values()):
            recorded = with_estimates(self.recorded, *estimates(self.register.root))
            record = OpenRecord(self.register, self.biennium, recorded)
            self.take(RecordInLanguage(record, Catalogue(language, recorded)))
        try:
            there = bool(self.vintages.names()) or bool(first or second)
            self.first = (first or shared((notebook, "meeting"), self._meeting)) if there else ""
            later = (second or self._largest(self.first)) if there else ""
            self.revised = Revised(self.vintages, self.first, later) if later else None
            self.cells = self.revised.cells if self.revised else pd.DataFrame()
        except (VintageError, ValueError) as error:
            raise NotebookStop(str(error)) from None

    def check(self) -> pd.DataFrame:
        """Return the registered vintages; opening two has compared their files' checksums."""
        for sentence in unretrieved_said(self.vintages, self.labels):
            display(Markdown(sentence))
        table = table_in_words(vintages_table(self.vintages), self.labels)
        return table.set_index(self.labels("revision_column.vintage")) if len(table) else table

    def lines(self, *indicators: str) -> HTML | None:
        """Show the World of each vintage as a line, with a table; write the files of both."""
        if not self.first:
            return None
        shown = []
        for indicator in indicators:
            exhibit = self._exhibit(indicator)
            if exhibit is None:
                raise NotebookStop(f"no vintage has a World for {indicator}")
            written = write_exhibit(exhibit, self.folder)
            pictures = {path.stem: path.read_bytes() for path in written if path.suffix == ".svg"}
            shown.append(exhibit_html(exhibit, pictures))
            self.written += written
        return HTML("\n".join(shown))

    def moved(self) -> Markdown:
        """Say how many cells moved between the two vintages, that none is later, or that there is none."""
        if not self.first:
            return Markdown(self.labels("revisions.no_vintages", folder="data/estimates"))
        if self.revised is None:
            return Markdown(self.labels("revisions.no_later", first=self.labels.document(self.first)))
        titles = [self.labels.document(name) for name in (self.revised.first, self.revised.second)]
        sentences = [
            cells_said(self.cells, self.labels),
            *one_sided_said(self.revised.one_sided, self.labels),
        ]
        pair = (self.revised.first, self.revised.second)
        sentences += without_number_said(self.vintages, pair, self.labels)
        return Markdown(f"## {titles[0]} → {titles[1]}\n\n" + "\n\n".join(sentences))

    def summary(self, *by: str) -> HTML | None:
        """Show mean, absolute and largest revisions by some columns; write them."""
        if self.revised is None:
            return None
        return self._table(self.revised.summary(*by), "revisions_by_" + "_".join(by))

    def horizons(self) -> HTML | None:
        """Show revisions by spans of years from a period to the edition; write them for every year."""
        if self.revised is None:
            return None
        self._write(self.revised.summary("indicator", "horizon"), "revisions_by_indicator_horizon")
        return HTML(self._html(spans_table(self.cells, self.labels)))

    def largest(self) -> HTML | None:
        """Show the largest revisions of the World; write every cell."""
        if self.revised is None:
            return None
        self._write(self.cells, "revisions")
        return self._table(self.revised.largest(world=True)[CELLS], "revisions_largest")

    def reprinted(self, vintage: str = "") -> HTML | None:
        """Show which printed numbers the later vintage, or the newest edition, would print differently."""
        name = vintage or (self.revised.second if self.revised else "")
        if not name:
            return None
        reprints = printed_by(self.recorded, world_of(self.vintages, name))
        rows = reprints_table(reprints, self.labels)
        self._write(rows, f"reprinted_{name}")
        sentence = f"<p>{reprints_said(reprints, self.labels)}</p>"
        return HTML(sentence + self._html(rows[[reprint.differs for reprint in reprints]]))

    def frame(self) -> pd.DataFrame:
        """Return every cell that both vintages give, as :func:`analysis.trends.revisions.revise` makes it.

        Without a row where no vintage is later.
        """
        return self.cells if self.revised else pd.DataFrame(columns=[*CELLS, "moved", "horizon"])

    def trace(self) -> pd.DataFrame | Markdown:
        """Return the row of a printed number that would print differently, and the later vintage's row.

        Where none would, or no vintage is later, what there is to say in a sentence.
        """
        if self.revised is None:
            return self.moved()
        world = world_of(self.vintages, self.revised.second)
        reprints = printed_by(self.recorded, world)
        differing = [reprint for reprint in reprints if reprint.differs]
        sentence = Markdown(self.labels("label.sentence", text=reprints_said(reprints, self.labels)))
        if not differing:
            return sentence
        display(sentence)
        once, recorded = differing[0], self.recorded.with_tables([*self.recorded.values(), world])
        where = {name: getattr(once, name) for name in ("indicator", "sex", "age", "period")}
        area = self.vintages[self.revised.second].world
        printed = value(self.recorded.locate(once.printed)[0].name, id=once.printed)
        return traced((printed, value(world.name, area=area, **where)), recorded)

    def statements(self, vintage: str = "") -> Markdown | None:
        """Say which statements of the documents would no longer hold by the later vintage."""
        name = vintage or (self.revised.second if self.revised else "")
        if not name:
            return None
        statements = statements_by(self.opened.record.claims, self.recorded, world_of(self.vintages, name))
        rows = statements_table(statements, self.recorded, self.labels)
        self._write(rows, f"statements_{name}")
        listed = "".join(f"\n- {line}" for line in failing_said(statements, self.recorded, self.labels))
        return Markdown(f"{statements_said(statements, self.labels)}\n{listed}")

    def _table(self, table: pd.DataFrame, name: str) -> HTML:
        self._write(table, name)
        return HTML(self._html(table))

    def _write(self, table: pd.DataFrame, name: str) -> None:
        content = csv_of(table).encode("utf-8")
        self.written.append(write_whole(self.folder / "tables" / f"{name}.csv", content))

    def _html(self, table: pd.DataFrame) -> str:
        return table_in_words(table, self.labels).to_html(index=False, border=0) if len(table) else ""

    def _meeting(self) -> str:
        """Return the vintage of the edition that the documents print which meets most of their numbers."""
        edition, _ = printed_edition(self.vintages, self.recorded)
        newest = [name for name in self.vintages.names() if self.vintages[name].edition == edition]
        newest = newest or self.vintages.names()
        met = Counter(
            check.vintage
            for name in newest
            for table in keyed_tables(self.recorded)
            for check in outside_checks(table, [world_of(self.vintages, name)])
            if check.verdict != DISCREPANCY
        )
        return max(newest, key=lambda name: met[table_name(name)])

    def _largest(self, first: str) -> str:
        """Return the vintage of the newest edition that has most observations, of those later than the first.

        Empty where none is later.
        """
        after = self.vintages[first].date
        names = [name for name in self.vintages.names() if self.vintages[name].date > after]
        last = max((self.vintages[name].edition for name in names), default="")
        newest = [name for name in names if self.vintages[name].edition == last]
        return max(newest, key=lambda name: len(self.vintages.observations(name)), default="")

    def _exhibit(self, indicator: str):
        """Return the exhibit of an indicator's total: a line for each vintage, and what is printed."""
        tables = {name: world_of(self.vintages, name) for name in self.vintages.names()}
        recorded = self.recorded.with_tables([*self.recorded.values(), *tables.values()])
        strands = []
        for name, world in tables.items():
            rows = world.rows[(world.rows["indicator"] == indicator) & (world.rows["sex"] == "SEX_T")]
            if len(rows):
                age = rows["age"].value_counts().idxmax()
                age = "YTHADULT_YGE15" if "YTHADULT_YGE15" in set(rows["age"]) else age
                where = (indicator, "SEX_T", age, self.vintages[name].world)
                strands.append(Strand(world.name, *where, f"vintage.{name}"))
        identifier = f"revisions_{indicator}"
        chart = lines_over_years(identifier, recorded, strands, "2000")
        if chart is None:
            return None
        chart = replace(chart, versions=True)
        table = by_years(recorded, strands, "2000", last=12, stub="label.vintage")
        title = {f"exhibit.{identifier}": self.labels(f"measured.{indicator}")}
        labels = Worded(self.labels.language, recorded, more=title)
        return resolve(Exhibit(identifier, "", "estimates", REPRODUCED, table, (chart,)), recorded, labels)
