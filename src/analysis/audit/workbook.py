"""The auditor's workbook: recorded tables as sheets, and every claim as a live formula over them."""

from __future__ import annotations

import datetime
import io
from fractions import Fraction
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from analysis.audit.bounds import HIGH, LOW
from analysis.audit.findings_sheet import COLOURS, printed_on_pages, write_findings
from analysis.audit.formulas import BASE, NUMBERS, Formulas, TableSheet, rounding_formula, verdict_formula
from analysis.audit.judging import Audit, Check, Judgement, printed_number
from analysis.audit.statements import document_title, locator, statement
from analysis.audit.verdicts import DISCREPANCY, EXPLAINED, NOT_RECOMPUTABLE, VERDICTS, printed_range
from analysis.files import write_whole
from analysis.labels import Catalogue
from analysis.quantities.intervals import precision, printed_interval
from analysis.quantities.tables import Source
from analysis.quantities.units import unit
from analysis.rounding import round_half_up

CREATED = datetime.datetime(2000, 1, 1)
FIELDS: tuple[str, ...] = (
    "claim",
    "kind",
    "document",
    "document_title",
    "place",
    "statement",
    "printed",
    "number",
    "qualifier",
    "unit",
    "decimals",
)
FIELDS += ("recomputed", "rounded", "lower", "upper", "print_lower", "print_upper", "verdict", "on_record")
FIELDS += ("agrees", "severity", "reason", "cause", "undecided", "quantity")
WIDTHS = {
    "claim": 34,
    "document": 24,
    "document_title": 28,
    "place": 28,
    "statement": 60,
    "verdict": 16,
    "on_record": 16,
    "cause": 46,
    "undecided": 40,
    "quantity": 60,
}
NOTED = {"recomputed": "2", "verdict": "3", "lower": "4", "upper": "4", "reason": "6"}


def write_workbook(audit: Audit, labels: Catalogue, title: str, path: Path) -> Path:
    """Write the workbook; the same audit makes the same bytes.

    Parameters
    ----------
    audit : Audit
    labels : Catalogue
        Of the language, with the record.
    title : str
        Title of the cover.
    path : Path
        The file.

    Returns
    -------
    Path
        The file.
    """
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title, "created": CREATED})
        _Writer(book, audit, labels).write(title)
    return write_whole(path, content.getvalue())


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, audit: Audit, labels: Catalogue):
        self.book, self.audit, self.labels = book, audit, labels
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.bold = book.add_format({"bold": True, "font_size": 16})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.words = {verdict: labels(f"verdict.{verdict}") for verdict in VERDICTS}
        self.names = {sheet: labels(f"audit.{sheet}_sheet") for sheet in ("cover", "claims", "steps")}
        self.formulas = Formulas(audit.recorded, self.names["steps"])

    def write(self, title: str) -> None:
        write_findings(
            self.book, self.book.add_worksheet(self.labels("audit.findings_sheet")), self.audit, self.labels
        )
        cover = self.book.add_worksheet(self.names["cover"])
        self._claims(self.book.add_worksheet(self.names["claims"]))
        if self.formulas.steps:
            self._steps(self.book.add_worksheet(self.names["steps"]))
        for sheet in self.formulas.sheets.values():
            self._recorded(self.book.add_worksheet(sheet.name), sheet)
        self._cover(cover, title)

    def _headed(self, page, heads: list[str], rows: int, frozen: int = 1) -> None:
        for column, head in enumerate(heads):
            page.write_string(0, column, head, self.head)
        page.freeze_panes(1, frozen)
        page.autofilter(0, 0, max(rows, 1), len(heads) - 1)
        printed_on_pages(page)

    def _recorded(self, page, sheet: TableSheet) -> None:
        columns = sheet.columns
        bounds = {BASE: "value", LOW: LOW, HIGH: HIGH}
        heads = [
            f"{bounds[name]}, {self.labels('audit.base')}" if name in bounds else name for name in columns
        ]
        self._headed(page, heads, len(sheet.table.rows))
        page.set_column(0, 0, 36)
        for number, row in enumerate(sheet.table.records):
            for column, name in enumerate(columns):
                self._cell(page, number, column, name, row, columns)

    def _cell(
        self, page, number: int, column: int, name: str, row: dict[str, str], columns: list[str]
    ) -> None:
        if name == BASE and row["value"]:
            factor = unit(row["unit"]).factor
            at = xl_rowcol_to_cell(number + 1, columns.index("value"))
            exact = Fraction(row["value"]) * factor
            formula = at if factor == 1 else f"ROUND({at}*{factor},6)"
            page.write_formula(number + 1, column, f"={formula}", None, float(exact))
        elif name in (LOW, HIGH) and row["value"]:
            self._bound(page, number, column, name, row, columns)
        elif name in NUMBERS and row.get(name):
            page.write_number(number + 1, column, float(Fraction(row[name])))
        elif row.get(name):
            page.write_string(number + 1, column, row[name])

    def _bound(
        self, page, number: int, column: int, name: str, row: dict[str, str], columns: list[str]
    ) -> None:
        value, factor = Fraction(row["value"]), unit(row["unit"]).factor
        low, high = printed_interval(value, int(row["decimals"] or 0), row["unit"], row["qualifier"])
        end = low if name == LOW else high
        if not isinstance(end, float):
            at = xl_rowcol_to_cell(number + 1, columns.index("value"))
            step = f"{at}{float(end - value):+.12g}" if end != value else at
            formula = step if factor == 1 else f"ROUND(({step})*{factor},6)"
            page.write_formula(number + 1, column, f"={formula}", None, float(end * factor))

    def _steps(self, page) -> None:
        self._headed(
            page, [self.labels("audit.claim"), self.labels("audit.number")], len(self.formulas.steps)
        )
        for number, (formula, value) in enumerate(self.formulas.steps, start=1):
            page.write_number(number, 0, number)
            page.write_formula(number, 1, f"={formula}", None, value)

    def _claims(self, page) -> None:
        heads = [self.labels(f"audit.{name}") for name in FIELDS]
        listed = [(judgement, check) for judgement in self.audit.all for check in judgement.checks]
        self._headed(page, heads, len(listed))
        page.outline_settings(symbols_below=False)
        for column, name in enumerate(FIELDS):
            page.set_column(column, column, WIDTHS.get(name, 12))
            if name in NOTED:
                page.write_comment(0, column, self.labels(f"how.{NOTED[name]}"), {"x_scale": 2, "y_scale": 2})
        for verdict, (fill, text) in COLOURS.items():
            form = self.book.add_format({"bg_color": fill, "font_color": text})
            rule = {"type": "cell", "criteria": "==", "value": f'"{self.words[verdict]}"', "format": form}
            place = FIELDS.index("verdict")
            page.conditional_format(1, place, max(len(listed), 1), place, rule)
        for number, (judgement, check) in enumerate(listed, start=1):
            beneath = check is not judgement.leading
            if beneath:
                page.set_row(number, None, None, {"level": 1})
            self._check(page, number, judgement, check, beneath)

    def _check(self, page, number: int, judgement: Judgement, check: Check, beneath: bool) -> None:
        claim, table = check.claim, self.audit.recorded[check.claim.table]
        of_number = not beneath and not claim.check
        texts = {
            "claim": claim.id,
            "kind": self.labels("audit.of_number" if of_number else "audit.of_check"),
            "document": table.source_of(claim.row).document,
            "document_title": document_title(claim, self.audit.recorded, self.labels),
            "place": locator(claim, self.audit.recorded, self.labels),
            "statement": statement(claim, self.audit.recorded, self.labels),
            "printed": "" if claim.check else table.records[claim.row]["printed"],
            "severity": self.labels(f"severity.{judgement.severity}") if judgement.severity else "",
            "reason": self.labels(f"reason.{claim.reason}") if claim.reason else "",
            "cause": claim.remark("cause", self.labels.language),
            "undecided": claim.remark("undecided", self.labels.language),
            "quantity": claim.text,
        }
        printed = printed_number(claim, self.audit.recorded)
        if printed is not None:
            texts |= {"unit": printed[2], "qualifier": printed[3]}
        for name, text in texts.items():
            if text:
                page.write_string(number, FIELDS.index(name), text)
        if printed is not None:
            self._number(page, number, claim.table, claim.row, printed)
        if check.recomputed is None or check.verdict == NOT_RECOMPUTABLE:
            page.write_string(number, FIELDS.index("verdict"), self.words[check.verdict])
        else:
            self._recomputed(page, number, check, printed)

    def _number(self, page, number: int, table: str, row: int, printed: tuple) -> None:
        value, decimals, unit_name, qualifier = printed
        reference = self.formulas.sheets[table].cell("value", row)
        page.write_formula(number, FIELDS.index("number"), f"={reference}", None, float(value))
        page.write_number(number, FIELDS.index("decimals"), precision(value, decimals, unit_name, qualifier))
        for name, end in zip(("print_lower", "print_upper"), printed_range(*printed), strict=True):
            self._end(page, number, name, end)

    def _recomputed(self, page, number: int, check: Check, printed: tuple | None) -> None:
        recomputed, quantity = check.recomputed, check.claim.quantity
        at = {name: xl_rowcol_to_cell(number, column, col_abs=True) for column, name in enumerate(FIELDS)}
        formula = self.formulas.printed(quantity, "" if printed is None else printed[2])
        self._formula(page, number, "recomputed", formula, float(recomputed.value))
        if printed is not None:
            digits = precision(*printed)
            rounded = float(round_half_up(recomputed.value, digits))
            self._formula(
                page, number, "rounded", rounding_formula(at["recomputed"], at["decimals"]), rounded
            )
        ends = self.formulas.ends(quantity, "" if printed is None else printed[2]) or (None, None)
        for name, end, text in zip(("lower", "upper"), (recomputed.low, recomputed.high), ends, strict=True):
            if text is None:
                self._end(page, number, name, end)
            else:
                self._formula(page, number, name, text, float(end))
        qualifier = printed[3] if printed else ""
        failed = EXPLAINED if check.claim.expected == EXPLAINED else DISCREPANCY
        decided = verdict_formula(qualifier, printed is None, at, self.words, failed)
        self._formula(page, number, "verdict", decided, self.words[check.verdict])
        page.write_string(number, FIELDS.index("on_record"), self.words[check.claim.expected])
        agrees = f"{at['verdict']}={at['on_record']}"
        self._formula(page, number, "agrees", agrees, not check.unexpected)

    def _formula(self, page, number: int, name: str, formula: str, value: float | str | bool) -> None:
        page.write_formula(number, FIELDS.index(name), f"={formula}", None, value)

    def _end(self, page, number: int, name: str, end: Fraction | float) -> None:
        if not isinstance(end, float):
            page.write_number(number, FIELDS.index(name), float(end))

    def _cover(self, page, title: str) -> None:
        page.hide_gridlines(2)
        page.set_column(0, 0, 60)
        page.set_column(1, len(VERDICTS), 16)
        page.set_column(len(VERDICTS) + 1, len(VERDICTS) + 1, 68)
        page.write_string(0, 0, title, self.bold)
        for number in range(1, 8):
            page.merge_range(number, 0, number, len(VERDICTS), self.labels(f"how.{number}"), self.wrap)
            page.set_row(number, 32)
        top = self._totals(page, 9) + 2
        for column, name in ((0, "statement"), (1, "document"), (len(VERDICTS) + 1, "sha")):
            page.write_string(top, column, self.labels(f"audit.{name}"), self.head)
        every = [(table.name, source) for table in self.audit.recorded.values() for source in table.sources]
        for number, (name, source) in enumerate(every, start=top + 1):
            self._source(page, number, name, source)

    def _totals(self, page, top: int) -> int:
        sheet, last = self.names["claims"], len(self.audit.checks) + 1
        column = {name: xl_col_to_name(FIELDS.index(name)) for name in ("kind", "document", "verdict")}
        cells = {name: f"'{sheet}'!${letter}$2:${letter}${last}" for name, letter in column.items()}
        documents = list(
            dict.fromkeys(
                source.document for table in self.audit.recorded.values() for source in table.sources
            )
        )
        for number, verdict in enumerate(VERDICTS, start=1):
            page.write_string(top, number, self.words[verdict], self.head)
        for row, document in enumerate(documents, start=top + 1):
            page.write_string(row, 0, document)
            for number, verdict in enumerate(VERDICTS, start=1):
                test = f'{cells["kind"]},"{self.labels("audit.of_number")}",'
                test += f'{cells["document"]},"{document}",{cells["verdict"]},"{self.words[verdict]}"'
                page.write_formula(row, number, f"=COUNTIFS({test})", None, self._counted(document, verdict))
        return top + len(documents)

    def _counted(self, document: str, verdict: str) -> int:
        recorded = self.audit.recorded
        return sum(
            judgement.verdict == verdict
            and recorded[judgement.claim.table].source_of(judgement.claim.row).document == document
            for judgement in self.audit.judgements
        )

    def _source(self, page, number: int, name: str, source: Source) -> None:
        page.write_string(number, 0, f"{name}: {source.title}")
        page.write_string(number, 1, source.symbol)
        page.write_string(number, len(VERDICTS) + 1, f"{source.path} {source.sha256}")
