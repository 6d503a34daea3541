"""An exhibit at hand: as a frame, a figure, a table, its numbers, or a file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import AnalysisError, BadData, Misuse, NotFound, errors_as, expect, offered
from analysis.exhibits.parts import Exhibit
from analysis.front.failures import ASKING
from analysis.front.frames import exhibit_frame
from analysis.front.number import Number
from analysis.labels import Catalogue
from analysis.printed.opened import RecordInLanguage
from analysis.printed.printable import ResolvedChart, ResolvedExhibit, ResolvedTable
from analysis.quantities import Quantity, Recorded

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class PrintedTable:
    """A table as printed in a language: it shows itself in a notebook, and as HTML, LaTeX or CSV.

    Attributes
    ----------
    resolved : ResolvedTable
        Its caption, headings and cells as text.
    """

    def __init__(self, resolved: ResolvedTable):
        self.resolved = resolved

    @property
    def frame(self) -> pd.DataFrame:
        """The printed texts as a frame, under their headings."""
        from analysis.tables.markup import headings_of_table

        rows = [[*row.labels, *(cell.text for cell in row.cells)] for row in self.resolved.rows]
        return pd.DataFrame(rows, columns=headings_of_table(self.resolved))

    def html(self) -> str:
        """Return the table as HTML.

        Returns
        -------
        str
            One ``table`` element, with its caption, its notes and its source.
        """
        from analysis.tables.markup import html_table

        return html_table(self.resolved)

    def latex(self) -> str:
        """Return the table as LaTeX.

        Returns
        -------
        str
            For the packages longtable, booktabs and array.
        """
        from analysis.tables.markup import as_latex

        return as_latex(self.resolved)

    def csv(self) -> str:
        """Return the table as CSV.

        Returns
        -------
        str
            A heading, then a line for each row: its keys, its labels, and every number exactly.
        """
        from analysis.tables.markup import as_csv

        return as_csv(self.resolved)

    def _repr_html_(self) -> str:
        return self.html()

    def __repr__(self) -> str:
        from analysis.tables.markup import foot

        lines = [self.resolved.caption, self.frame.to_string(index=False), *foot(self.resolved)]
        return "\n".join(lines)


@dataclass(frozen=True, eq=False)
class ReportExhibit:
    """An exhibit of a report, in the report's language.

    Attributes
    ----------
    exhibit : Exhibit
        Its quantities.
    opened : RecordInLanguage
        The record that they are read from, and the words in which it prints itself.
    """

    exhibit: Exhibit
    opened: RecordInLanguage

    @property
    def recorded(self) -> Recorded:
        """What its quantities are read from."""
        return self.opened.record.recorded

    @property
    def labels(self) -> Catalogue:
        """The words in which it prints itself."""
        return self.opened.labels

    @cached_property
    def resolved(self) -> ResolvedExhibit:
        """The exhibit as printed."""
        with errors_as(ASKING):
            return self.opened.printed(self.exhibit)

    @property
    def id(self) -> str:
        """Its id, which is the stem of its files."""
        return self.exhibit.id

    @property
    def title(self) -> str:
        """Its title in the report's language."""
        return self.resolved.title

    @property
    def status(self) -> str:
        """``reproduced``, ``partly``, ``not_recomputable`` or ``not_recorded``."""
        return self.exhibit.status

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not there, in words."""
        return self.resolved.missing

    def to_frame(self) -> pd.DataFrame:
        """Return the exhibit as a tidy frame: one row for each cell of its table, or point of its charts.

        Returns
        -------
        pandas.DataFrame
            ``row_key``, a column for each label of the rows, ``column_key``, ``column_group``, ``column``,
            ``value``, ``low`` and ``high`` (float64 in ``unit``), ``unit``, ``printed``, ``cell_status``. A
            missing number is NaN, and ``cell_status`` says why. Totals stand among what they sum, under keys
            such as ``label.total``, and rows of several units beside each other: choose before you add up.

        Raises
        ------
        NotFound
            When the exhibit holds neither table nor chart; the message says what is missing.

        Examples
        --------
        >>> import analysis
        >>> frame = analysis.open().exhibit("results_against_targets").to_frame()
        >>> targets = frame.query("column_key == 'measure.target'")
        >>> set(targets["unit"]), set(targets["cell_status"])
        ({'result'}, {'computed'})
        >>> bool((targets["value"].astype(int).astype(str) == targets["printed"]).all())
        True
        """
        self._held()
        with errors_as(ASKING):
            return exhibit_frame(self.exhibit, self.resolved, self.recorded, self.labels)

    def figure(self, size: str = "full", chart: str = "") -> Figure:
        """Return the chart as a matplotlib figure, in the house style.

        Parameters
        ----------
        size : {'half', 'phone', 'full', 'slide'}
            ``half`` is 80 mm wide, ``full`` 160 mm, ``slide`` 13⅓ by 7½ inches.
        chart : str
            Id of one chart, where the exhibit has several.

        Returns
        -------
        matplotlib.figure.Figure
            A category whose number is missing has its label and no mark.

        Raises
        ------
        NotFound
            When the exhibit has no such chart, or several and none is named; the message lists those that it
            has.
        Misuse
            When the size has no name.
        BadData
            When no installed font has a character of the labels.
        """
        from analysis.pictures.figures import FigureError, draw
        from analysis.pictures.fonts import FontError

        _named(size, chart)
        with errors_as({FigureError: Misuse, FontError: BadData}):
            figure = draw(self._chart(chart), size)
        _show_in_notebooks(type(figure))
        return figure

    def table(self) -> PrintedTable:
        """Return the table as printed in the report's language.

        Returns
        -------
        PrintedTable
            A missing number stands as the words for why it is missing, or as an empty cell.

        Raises
        ------
        NotFound
            When the exhibit has no table; the message says what is missing.
        """
        self._held()
        if self.resolved.table is None:
            raise NotFound(f"{self.id} has no table; its numbers: to_frame(), its chart: figure()")
        return PrintedTable(self.resolved.table)

    def number(self, row: str, column: str, group: str = "") -> Number:
        """Return one number of the table by the keys of its row and column, as ``to_frame`` names them.

        Parameters
        ----------
        row, column : str
            ``row_key`` and ``column_key`` of the frame.
        group : str
            ``column_group`` of the frame, where columns of several groups bear one key.

        Returns
        -------
        Number
            In its own unit, not rescaled to the column's; it may be missing, as the cell is.

        Raises
        ------
        NotFound
            When there is no such row or column, several bear that key, or the cell holds no number.
        Misuse
            When a key is no text.

        Examples
        --------
        >>> import analysis
        >>> report = analysis.open()
        >>> exhibit = report.exhibit("results_against_targets")
        >>> exhibit.number("label.total", "measure.result").value == report.number("results").value
        True
        """
        self._held()
        for key in (row, column, group):
            expect(key, str, "rows and columns are named by their keys, as to_frame() shows them")
        if self.exhibit.table is None:
            raise NotFound(f"{self.id} has no table; its numbers: to_frame()")
        table, keys = self.exhibit.table, ["/".join(line.labels) for line in self.exhibit.table.rows]
        groups = {
            place: self.labels(column.group) if column.group else ""
            for place, column in enumerate(table.columns)
        }
        rows = [line for key, line in zip(keys, table.rows, strict=True) if key == row]
        labelled = [place for place, heading in enumerate(table.columns) if heading.label == column]
        places = [place for place in labelled if not group or groups[place] == group]
        if not rows:
            raise NotFound(f"{self.id} has no row {row!r}; there are {offered(dict.fromkeys(keys), row)}")
        if not labelled:
            known = dict.fromkeys(column.label for column in table.columns)
            raise NotFound(f"{self.id} has no column {column!r}; there are {offered(known, column)}")
        if len(rows) > 1:
            raise NotFound(f"{self.id} has {len(rows)} rows {row!r}; their numbers: to_frame()")
        if len(places) != 1:
            which = "several columns" if places else f"no column of the group {group!r}"
            there = ", ".join(repr(groups[place]) for place in labelled)
            raise NotFound(f"{self.id}: {which} {column!r}; name the group, one of {there}")
        content = rows[0].cells[places[0]]
        if not isinstance(content, Quantity):
            raise NotFound(f"{self.id}: row {row!r}, column {column!r} holds no number")
        return Number(content, self.recorded, self.labels.language, f"{self.id}/{row}/{column}")

    def save(self, path: str | Path, size: str = "full") -> Path:
        """Write the exhibit's chart or table to a file, whole or not at all.

        Parameters
        ----------
        path : path
            Its ending says the format: ``svg``, ``png``, ``pdf``, ``pptx`` for the chart, ``xlsx``, ``html``,
            ``tex``, ``docx``, ``csv`` for the table. A file that is there already is not overwritten.
        size : {'half', 'phone', 'full', 'slide'}
            Of pictures.

        Returns
        -------
        pathlib.Path
            The file.

        Raises
        ------
        NotFound
            When the exhibit has nothing in that format.
        Misuse
            When the file is there already or cannot be written, the exhibit has several charts, or the
            format has no size.
        """
        from analysis.office.export import PICTURES, ExportError, SizeError, export_one, write_whole
        from analysis.pictures.figures import FigureError
        from analysis.pictures.fonts import FontError
        from analysis.tables.word_tables import MissingPackage

        failures: dict[type[Exception], type[AnalysisError]] = {
            SizeError: Misuse,
            ExportError: NotFound,
            FigureError: Misuse,
            FontError: BadData,
            MissingPackage: Misuse,
        }
        expect(path, str | Path, "save() takes the path of a file, as text or Path")
        _named(size)
        target = Path(path)
        if target.exists():
            raise Misuse(f"{target} is there already: remove it, or choose another name")
        form = target.suffix.removeprefix(".").lower()
        with errors_as(failures):
            files = export_one(self.resolved, form, size if form in PICTURES or size != "full" else "")
        table = f"{self.id}-{self.labels.language}.{form}"
        if len(files) > 1 and table not in files:
            raise Misuse(f"{self.id} has several charts ({', '.join(files)}): draw one by figure(chart=…)")
        with errors_as({OSError: Misuse}):
            target.parent.mkdir(parents=True, exist_ok=True)
            return write_whole(target, files[table] if table in files else next(iter(files.values())))

    def _held(self) -> None:
        if self.exhibit.table is None and not self.exhibit.charts:
            told_missing = "; ".join(self.resolved.missing)
            raise NotFound(f"{self.id} ({self.resolved.status_text}) holds no number. {told_missing}".strip())

    def _chart(self, chart_id: str) -> ResolvedChart:
        self._held()
        charts = {chart.id: chart for chart in self.resolved.charts}
        if not charts:
            raise NotFound(f"{self.id} has no chart; its table: table()")
        if chart_id and chart_id not in charts:
            raise NotFound(f"{self.id} has no chart {chart_id!r}; there are {', '.join(charts)}")
        if not chart_id and len(charts) > 1:
            raise NotFound(f"{self.id} has several charts, name one: figure(chart=…), {', '.join(charts)}")
        return charts[chart_id] if chart_id else next(iter(charts.values()))

    def _repr_html_(self) -> str:
        from analysis.pictures.formats import picture
        from analysis.site.notebook_cells import exhibit_html

        pictures = {chart.id: picture(chart, "svg") for chart in self.resolved.charts}
        return exhibit_html(self.resolved, pictures)

    def __repr__(self) -> str:
        number = f"{self.resolved.number}: " if self.resolved.number else ""
        return f"<Exhibit {self.id} ({number}{self.title}), {self.resolved.status_text}>"


def _named(*names: str) -> None:
    for name in names:
        expect(name, str, "sizes and charts are named by a text: half, phone, full, slide; the id of a chart")


def _show_in_notebooks(kind: type) -> None:
    """Let a notebook show figures as pictures, also where pyplot, which would see to it, is not imported."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None and kind not in shell.display_formatter.formatters["image/png"].type_printers:
        from IPython.core.pylabtools import select_figure_formats

        select_figure_formats(shell, {"png"})
