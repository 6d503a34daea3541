"""A report at hand: the record of one period, its exhibits, its numbers, its claims."""

from __future__ import annotations

import warnings
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.audit.explain import explain
from analysis.audit.judging import Audit
from analysis.audit.opening import judged_by, without_claims
from analysis.errors import BadData, NotFound, errors_as, expect
from analysis.exhibits.catalogue import UnknownExhibit, definitions, find
from analysis.exhibits.layout import Definition
from analysis.framework import Framework
from analysis.front.asking import asked_quantity
from analysis.front.exhibit import ReportExhibit
from analysis.front.failures import ASKING, OPENING
from analysis.front.frames import claims_frame, recorded_frame, values_frame
from analysis.front.number import Number
from analysis.labels import Catalogue, languages
from analysis.periods import Period
from analysis.printed.opened import OpenRecord, RecordInLanguage
from analysis.printed.wording import title_of
from analysis.quantities import Quantity
from analysis.sources.register import DESCRIPTOR, Register

if TYPE_CHECKING:
    from analysis.checking.drafts import Checker


class Explanation(str):
    """A text that shows itself with its line breaks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class Report:
    """The record of one period, opened.

    Attributes
    ----------
    period : Period
        The years that it is about.
    language : str
        Language of titles, labels and numerals.
    recorded : Recorded
        The recorded tables, for quantities of your own.
    labels : Catalogue
        The words of the language and of the record.
    register : Register
        The project's files.
    """

    def __init__(self, opened: RecordInLanguage):
        self._opened, record = opened, opened.record
        self.register, self.period, self.recorded = record.register, record.period, record.recorded
        self.labels, self.language = opened.labels, opened.labels.language
        self._judged_by = judged_by(self.register, self.recorded)

    def _laid_out(self) -> tuple[Definition, ...]:
        with errors_as(ASKING):
            return definitions(self.recorded)

    def _made(self, definition: Definition) -> ReportExhibit:
        with errors_as(ASKING):
            return ReportExhibit(self._opened.record.exhibit(definition), self._opened)

    @cached_property
    def audit(self) -> Audit:
        """The verdicts on every number that the documents print.

        Raises
        ------
        BadData
            When claims data, links or reviews are gone that were there when the report was opened.

        Warns
        -----
        UserWarning
            When a document whose prose is recorded has no claims data.
        """
        gone = [
            path.relative_to(self.register.root).as_posix() for path in self._judged_by if not path.is_file()
        ]
        if gone:
            raise BadData(
                f"{', '.join(gone)}: there when the report was opened, and gone since; put it back, or open "
                "the report again"
            )
        for sentence in without_claims(self.register, self.recorded):
            warnings.warn(sentence, stacklevel=4)
        with errors_as(ASKING):
            return self._opened.record.audit

    @property
    def framework(self) -> Framework:
        """What the report counts, under what, and by what it is broken down.

        Raises
        ------
        BadData
            When the framework's tables contradict each other.

        Examples
        --------
        >>> import analysis
        >>> framework = analysis.open().framework
        >>> set(framework.dimensions) >= {"region"}, framework.levels[0] in framework.levels
        (True, True)
        """
        with errors_as(ASKING):
            return Framework.of(self.recorded)

    @cached_property
    def exhibits(self) -> pd.DataFrame:
        """The exhibits in the documents' order, recorded or not, one row each.

        Columns, all of text: ``id``, ``number`` (in print; empty for our own), ``document`` (its folder),
        ``title`` (in the report's language), ``chapter`` (the notebook that shows it) and ``status``
        (``reproduced``, ``partly``, ``not_recomputable`` or ``not_recorded``).
        """
        laid_out = self._laid_out()
        exhibits = [(self._made(definition).exhibit, definition.notebook) for definition in laid_out]
        rows = [
            (
                exhibit.id,
                exhibit.number,
                exhibit.document,
                title_of(exhibit, self.labels),
                chapter,
                exhibit.status,
            )
            for exhibit, chapter in exhibits
        ]
        return pd.DataFrame(rows, columns=["id", "number", "document", "title", "chapter", "status"])

    def exhibit(self, request: str, document: str = "") -> ReportExhibit:
        """Return one exhibit.

        Parameters
        ----------
        request : str
            Its id, the number that it has in print (``Figure 10``), or the beginning of one id, also of a
            former one.
        document : str
            Name or kind of the document that prints it, where several have a figure of that number.

        Returns
        -------
        ReportExhibit
            Also where nothing of it is recorded: then its ``status`` and ``missing`` say so.

        Raises
        ------
        NotFound
            When no exhibit, or more than one, is meant; the message names those that come near.
        Misuse
            When it is asked for by something else than a text.

        Examples
        --------
        >>> import analysis
        >>> report = analysis.open()
        >>> report.exhibit("results_by_region").title
        'Results by region'
        >>> first = report.exhibits.query("number != ''").iloc[0]
        >>> report.exhibit(first["number"], first["document"]).id == first["id"]
        True
        """
        expect(request, str, "an exhibit is asked for by its id or its number in print, such as 'Figure 1'")
        expect(document, str, "a document is named by its folder or its kind, a text")
        documents = [
            *dict.fromkeys(name for definition in self._laid_out() for name in definition.printed_in)
        ]
        if document and document not in documents:
            raise NotFound(f"no exhibit is of a document {document!r}: there are {', '.join(documents)}")
        with errors_as({UnknownExhibit: NotFound}):
            meant = find(request, self.recorded, document)
        return self._made(meant)

    def number(self, request: str | Quantity) -> Number:
        """Return one number, ready to print, trace and cite.

        Parameters
        ----------
        request : str or Quantity
            The id of a recorded number; an expression such as ``share(results(region="africa"), results())``;
            a named quantity with codes of outcome, region and so on, such as ``results/2``; or a quantity.

        Returns
        -------
        Number
            Also where the number is missing: its ``value`` then is None.

        Raises
        ------
        NotFound
            When nothing has that id, name or code, or a selection matches no row.
        Misuse
            When the expression cannot be read, or joins unlike units, such as results and dollars.

        Examples
        --------
        >>> import analysis
        >>> report = analysis.open()
        >>> report.number("results")  # doctest: +ELLIPSIS
        <Number results: ... results>
        >>> f"{report.number('expenditure'):fr}"  # doctest: +ELLIPSIS
        '... millions de dollars É.-U.'
        >>> excess = report.number("change(targets(), results())")
        >>> excess.value == report.number("against_target").value
        True
        """
        if isinstance(request, Quantity):
            quantity, name = request, ""
        else:
            expect(request, str, "a number is asked for by an id, an expression or a named quantity")
            with errors_as(ASKING):
                quantity, name = asked_quantity(request, self.recorded, self.register.documents), request
        number = Number(quantity, self.recorded, self.language, name)
        number.read  # noqa: B018 - what cannot be read is told here, not where it is printed
        return number

    def explain(self, request: str, *, full: bool = False) -> Explanation:
        """Explain a number that the documents print in three lines: what it comes to, the verdict, and why.

        Parameters
        ----------
        request : str
            A number as printed (``896``, ``35%``), or the id of a recorded number.
        full : bool
            Whether every check is told as well, with its inputs, notation, pandas code and formula.

        Returns
        -------
        Explanation
            A text in the report's language that shows itself with its line breaks. Where documents print
            the number several times, each time is explained.

        Raises
        ------
        NotFound
            When no document prints that number, or no such id is recorded.
        Misuse
            When the number is given as a number instead of as a text.

        Examples
        --------
        >>> import analysis
        >>> report = analysis.open()
        >>> checked = report.claims().query("verdict == 'reproduced'").iloc[0]
        >>> "Reproduced." in report.explain(checked["id"])
        True
        """
        expect(
            request, str, "a number is explained by how it is printed, or by its id, as text: explain('896')"
        )
        with errors_as(ASKING):
            return Explanation(explain(self.audit, request, self.labels, inputs=full, formulas=full))

    def check(self, draft: str | Path, language: str = "auto") -> pd.DataFrame:
        """Check every number of a draft against the record; see :mod:`analysis.checking`.

        Parameters
        ----------
        draft : path
            Word, PowerPoint, PDF with a text layer, Markdown, HTML, plain text or a notebook.
        language : {'auto', 'en', 'fr', 'es', 'zh'}
            Of the draft; found from its words by default.

        Returns
        -------
        pandas.DataFrame
            One row a number: ``draft``, ``place``, ``sentence``, ``printed``, ``occurrence``, ``kind``,
            ``ids``, ``record_value``, ``unit``, ``verdict``, ``error_kind``, ``wording``, ``why``,
            ``candidates``. What was not read, with how much of it, is warned of, and stands in
            ``attrs["remarks"]``.

        Raises
        ------
        NotFound
            When there is no such file, or no such language.
        BadData
            When it cannot be read; the message says why and what to do.
        Misuse
            When the draft is named by something else than a path.
        """
        from analysis.checking.answers.lines import rows
        from analysis.checking.answers.telling import Teller
        from analysis.checking.text.draft_languages import remarks_on
        from analysis.reading import DocumentError, read_document

        expect(draft, str | Path, "check() takes the path of a draft, as text or Path")
        expect(language, str, "a language is a code, such as 'fr', or 'auto'")
        if language not in ("auto", *languages()):
            raise NotFound(f"no language {language!r}: there are auto, {', '.join(languages())}")
        if not Path(draft).is_file():
            raise NotFound(f"no draft {draft}")
        with errors_as({DocumentError: BadData}):
            opened = read_document(Path(draft))
            checked = rows(self._checker.check(opened, language), opened.name, Teller(self._checker))
        checked.attrs["remarks"] = remarks_on(opened, language, self._checker.catalogue.titled)
        for remark in checked.attrs["remarks"]:
            warnings.warn(f"{draft}: {remark}", stacklevel=2)
        return checked

    @cached_property
    def _checker(self) -> Checker:
        from analysis.checking.drafts import Checker
        from analysis.sources.earlier import with_earlier

        return Checker(with_earlier(self.register, self.period), str(self.period), self.register.root)

    def claims(self) -> pd.DataFrame:
        """Return every number and comparison that the documents print, with its verdict.

        Returns
        -------
        pandas.DataFrame
            One row each: ``id``, ``document``, ``locator``, ``statement``, ``printed``, ``unit``,
            ``recomputed``, ``lower``, ``upper``, ``verdict`` and more; see
            :func:`analysis.front.frames.claims_frame`.

        Raises
        ------
        BadData
            When a claim's arithmetic selects nothing, or does not meet the unit in print.
        """
        with errors_as(ASKING):
            return claims_frame(self.audit, self.labels)

    def values(self, table: str | None = None) -> pd.DataFrame:
        """Return the recorded numbers.

        Parameters
        ----------
        table : str, optional
            One recorded table, with all its columns and rows; by default the numbers of all, with the columns
            that they share.

        Returns
        -------
        pandas.DataFrame
            One row for each, with ``id``, ``value``, ``low`` and ``high`` (float64 in ``unit``; the last two
            are what its rounding allows), ``place`` and more; see
            :func:`analysis.front.frames.values_frame`. A row of one table that prints no number has NaN, and
            its ``status`` says why; among the numbers of all tables it is left out.

        Raises
        ------
        NotFound
            When no such table is recorded; the message lists those that are.

        Examples
        --------
        >>> import analysis
        >>> report = analysis.open()
        >>> rows = report.values("report.output_indicators").query("measure == 'target' and region == 'all'")
        >>> bool(rows.query("unit == 'result'")["value"].sum() == report.number("targets").value)
        True
        """
        expect(table, str | None, "a recorded table is asked for by its name, such as 'report.prose'")
        with errors_as(ASKING):
            return values_frame(self.recorded) if table is None else recorded_frame(self.recorded[table])

    def __repr__(self) -> str:
        numbers = sum(not recorded.missing for table in self.recorded.values() for recorded in table.values)
        return (
            f"<Report {self.period.printed} ({self.language}): {len(definitions(self.recorded))} exhibits, "
            f"{numbers} recorded numbers>"
        )


def open_report(
    period: str | Period | None, language: str, organisation: str, corrected: bool, root: str | Path | None
) -> Report:
    """Open the record of one period; parameters and errors as of :func:`analysis.open`."""
    if root is not None:
        expect(root or None, str | Path, "root is the path of a project's folder, as text or Path")
    expect(language, str, "a language is a code, such as 'fr'")
    expect(organisation, str, "an organisation is named by its id, a text such as 'ilo'")
    expect(corrected, bool, "corrected is True or False")
    with errors_as(OPENING):
        register = Register(root)
        if not (register.folder / DESCRIPTOR).is_file():
            raise BadData(f"{register.root} holds no data/raw/{DESCRIPTOR}: name the project's folder")
        if language not in languages():
            raise NotFound(f"no language {language!r}: there are {', '.join(languages())}")
        if organisation and organisation not in register.organisations:
            raise NotFound(f"no organisation {organisation!r}: there are {', '.join(register.organisations)}")
        known, newest = register.periods(organisation), register.newest(organisation)
        written = f"a period is written as two years or one, a text such as '{newest}'"
        expect(period, str | Period | None, written)
        reporting_period = (
            newest if period is None else register.organisation(organisation).calendar.read(str(period))
        )
        if reporting_period not in known:
            there = ", ".join(str(other) for other in known)
            raise NotFound(
                f"no figures of {reporting_period.printed} are recorded in {register.root}: there are {there}"
            )
        recorded = register.recorded(reporting_period, corrected=corrected)
    record = OpenRecord(register, reporting_period, recorded)
    return Report(RecordInLanguage(record, Catalogue(language, recorded)))
