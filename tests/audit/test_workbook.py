import re
import subprocess
import warnings
import zipfile
from fractions import Fraction
from itertools import pairwise

import openpyxl
import pytest
import xlsxwriter

from analysis.audit.claims import Claim
from analysis.audit.findings import explained_cases, findings
from analysis.audit.formulas import Formulas
from analysis.audit.judging import audit
from analysis.audit.listing import listing
from analysis.audit.live_book import LiveBook
from analysis.audit.paper import ACROSS, HIGHEST, LINE, SMALLEST, height
from analysis.audit.verdicts import DISCREPANCY, EXPLAINED
from analysis.audit.workbook import FIELDS, write_workbook
from analysis.quantities import (
    Recorded,
    base_unit_tables,
    constant,
    evaluate,
    is_more,
    pandas_code,
    selections,
    share,
    tally,
    total,
    value,
)
from analysis.quantities.units import unit

CLOSE = 1e-9
# Bounds that stand as numbers: an input is open on one side, or the formula is too long for a cell.
NUMBERED = 60


@pytest.fixture(scope="session")
def workbook(judged, labels, tmp_path_factory):
    return write_workbook(judged, labels, "Audit", tmp_path_factory.mktemp("audit") / "audit.xlsx")


@pytest.fixture(scope="session")
def opened(workbook):
    return openpyxl.load_workbook(workbook)


@pytest.fixture(scope="session")
def shown(workbook):
    return openpyxl.load_workbook(workbook, data_only=True)


def column(page, name: str) -> list:
    return [row[FIELDS.index(name)].value for row in page.iter_rows(min_row=2)]


def same(ours, theirs) -> bool:
    if isinstance(ours, bool | str):
        return ours == theirs
    return abs(ours - theirs) <= CLOSE * max(1, abs(ours))


@pytest.mark.slow
def test_pandas_computes_the_same_from_the_code_that_each_quantity_gives(judged):
    tables = base_unit_tables(judged.recorded)
    compared = 0
    for each in judged.checks.values():
        if each.recomputed is not None and not each.recomputed.missing:
            found = evaluate(each.claim.quantity, judged.recorded)
            ours = float(found.value * unit(found.unit).factor)
            assert same(ours, eval(pandas_code(each.claim.quantity), {"tables": tables})), each.claim.id
            compared += 1
    assert compared > 800


@pytest.mark.slow
def test_every_claim_stands_in_the_workbook_with_a_live_formula_and_its_value(judged, opened, shown):
    live, cached = opened["Claims"], shown["Claims"]
    assert column(live, "claim") == list(judged.checks)
    for each, formula, number, verdict in zip(
        judged.checks.values(),
        column(live, "recomputed"),
        column(cached, "recomputed"),
        column(cached, "verdict"),
        strict=True,
    ):
        if each.recomputed is None or each.recomputed.missing:
            assert formula is None
        else:
            assert formula.startswith("=")
            assert same(float(each.recomputed.value), number)
        assert verdict == {
            "not_recomputable": "Not recomputable",
            "rounding": "Within rounding",
            "unchecked": "Not checked",
        }.get(each.verdict, each.verdict.capitalize())
    assert all(agrees in (True, None) for agrees in column(cached, "agrees"))


@pytest.mark.slow
def test_reason_cause_and_what_is_undecided_stand_beside_every_claim(judged, labels, shown):
    page, rows = shown["Claims"], listing(judged, labels).set_index("id")
    stood = {
        name: dict(zip(column(page, "claim"), column(page, name), strict=True))
        for name in ("reason", "cause", "undecided")
    }
    noted = 0
    for each in judged.judgements:
        row, check = rows.loc[each.claim.id], each.leading.claim
        for kind in ("cause", "undecided"):
            assert row[kind] == check.remark(kind, "en")
            assert (stood[kind][check.id] or "") == row[kind]
            noted += bool(row[kind])
        if each.verdict in (DISCREPANCY, EXPLAINED):
            assert row["reason"]
            assert row["cause"] or row["undecided"]
            assert stood["reason"][check.id] == labels(f"reason.{row['reason']}")
    assert noted > len(judged.discrepancies) + len(judged.explained)


@pytest.mark.slow
def test_sheets_have_frozen_headers_filters_notes_and_all_recorded_rows(judged, opened):
    assert opened.sheetnames[:3] == ["Findings", "Cover", "Claims"]
    assert opened["Claims"].freeze_panes == "B2"
    assert opened["Claims"].auto_filter.ref.startswith("A1:")
    assert opened["Claims"].cell(1, 1 + FIELDS.index("verdict")).comment.text
    for name, table in judged.recorded.items():
        page = opened[name]
        assert page.max_row == len(table.rows) + 1
        assert page.freeze_panes == "B2"
        assert [cell.value for cell in page["A"][1:]] == [row or None for row in table.rows.iloc[:, 0]]


@pytest.mark.slow
def test_text_is_never_a_formula_and_formulas_fit_a_cell(opened):
    for page in opened:
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    assert cell.data_type == "f"
                    assert len(cell.value) <= 8192
                    assert (
                        page.title not in opened.sheetnames[-3:]
                        or "ROUND" in cell.value
                        or "$" in cell.value
                        or re.fullmatch(r"=[A-Z]+\d+([+-][\d.e-]+)?", cell.value)
                    )


def test_text_that_looks_like_a_formula_stays_text(table, labels, tmp_path):
    rows = [{"id": "sample/sample/1", "name": "=1+1", "printed": "@2", "value": "2", "unit": "result"}]
    sample = Recorded([table(rows)])
    made = audit([Claim("sample/sample/1", "report.sample", 0, reason="input")], sample)
    page = openpyxl.load_workbook(write_workbook(made, labels, "+1", tmp_path / "text.xlsx"))["report.sample"]
    assert {
        cell.value: cell.data_type for row in page.iter_rows(min_row=2) for cell in row if cell.value
    } == {
        "sample/sample/1": "s",
        "=1+1": "s",
        "@2": "s",
        2: "n",
        "result": "s",
        "=D2": "f",
    }


@pytest.mark.slow
def test_the_same_audit_makes_the_same_bytes(judged, labels, workbook, tmp_path):
    again = write_workbook(judged, labels, "Audit", tmp_path / "again.xlsx")
    assert again.read_bytes() == workbook.read_bytes()


@pytest.mark.slow
def test_a_live_book_writes_formulas_as_xlsxwriter_does(tmp_path):
    texts = (
        "=1",
        "'A b'!$C$2*100",
        '=IF(AND(ABS(A1)<1,OR(N(A2)>0,A3="")),ROUND(SUMIFS(A:A,B:B,"MAP(x"),2),COUNTIFS(C:C,"x"))',
        '=SUMIFS(A:A,B:B,"XLOOKUP(")',
        "=XLOOKUP(A1,B:B,C:C)",
        "=SUM(TAKE(A1:A9,2))",
        "{=SUM(A1:A3*B1:B3)}",
        "=_xlfn.STDEV.S(A1:A3)",
    )
    written = []
    for kind in (LiveBook, xlsxwriter.Workbook):
        with kind(tmp_path / "formulas.xlsx") as book:
            page = book.add_worksheet("one")
            for number, text in enumerate(texts):
                page.write_formula(number, 4, text, None, number)
        written.append(zipfile.ZipFile(tmp_path / "formulas.xlsx").read("xl/worksheets/sheet1.xml"))
    assert written[0] == written[1]
    assert b"_xlfn.XLOOKUP(A1" in written[0]
    assert b"_xlfn.TAKE(A1" in written[0]


def test_conditions_mean_the_same_to_a_spreadsheet(judged):
    """A criterion such as "1.10" also finds "1.1" there, and * ? ~ < > = are no plain text."""
    quantities = {each.claim.quantity for each in judged.judgements if each.claim.quantity}
    asked = {
        (selection.table, name, option)
        for quantity in quantities
        for selection in selections(quantity)
        for name, options in selection.where
        for option in options
    }
    assert len(asked) > 500
    for table, name, option in asked:
        assert len(option) <= 255
        assert not set("*?~") & set(option), (table, name)
        assert not option.startswith(("<", ">", "=")), (table, name)
        if _number(option) is not None:
            offered = set(judged.recorded[table].rows[name])
            alike = {text for text in offered if _number(text) == _number(option)}
            assert alike <= {option}, (table, name)


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except ValueError:
        return None


def test_long_formulas_are_split_into_steps_that_add_up(recorded):
    whole = constant(20, "result")
    rows = [row["id"] for row in recorded["report.output_indicators"].records if row["unit"] == "result"]
    long = tally(is_more(value("report.output_indicators", id=each), whole) for each in rows[:40])
    formulas = Formulas(recorded, "Steps", longest=2000)
    texts = [formulas.base(long), *(step for step, _ in formulas.steps)]
    assert max(len(each) for each in texts) <= 2000
    assert sum(each.count("IF(") for each in texts) == 40
    assert texts[0].count("'Steps'!") == len(formulas.steps) > 1
    inlined = texts[0].count("IF(")
    missing = float(evaluate(long, recorded).value) - sum(each for _, each in formulas.steps)
    assert 0 <= missing <= inlined


def test_a_selection_that_is_too_long_is_an_error(recorded):
    with pytest.raises(ValueError, match="40 are allowed"):
        Formulas(recorded, "Steps", longest=40).base(total("report.staff_inputs", figure="I.1"))


SAMPLE = [
    ({"value": "11", "decimals": 0, "unit": "percent"}, "discrepancy"),
    ({"value": "12", "decimals": 0, "unit": "percent"}, "reproduced"),
    ({"value": "11.6", "decimals": 1, "unit": "percent"}, "reproduced"),
    ({"value": "11", "decimals": 0, "unit": "percent", "qualifier": "more_than"}, "reproduced"),
    ({"value": "11", "decimals": 0, "unit": "percent", "qualifier": "up_to"}, "discrepancy"),
    ({"value": "10", "decimals": 0, "unit": "percent", "qualifier": "about"}, "reproduced"),
    ({"value": "12", "decimals": 0, "unit": "percent", "qualifier": "nearly"}, "reproduced"),
    ({"value": "1/10", "decimals": 0, "unit": "fraction"}, "reproduced"),
    ({"value": "0.116", "decimals": 3, "unit": "ratio"}, "reproduced"),
]


def recomputed_by_formulas(path) -> dict[str, object]:
    import formulas

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    found = {}
    for key, entry in solution.items():
        sheet, _, cell = str(key).rpartition("!")
        if sheet.upper().endswith("CLAIMS'") and ":" not in cell and hasattr(entry, "value"):
            found[cell] = entry.value[0][0]
    return found


def agree(page, found: dict[str, object]) -> int:
    compared = 0
    for row in page.iter_rows(min_row=2):
        for name in ("recomputed", "rounded", "lower", "upper", "verdict", "agrees"):
            cell = row[FIELDS.index(name)]
            if cell.value is not None and cell.coordinate in found:
                theirs = found[cell.coordinate]
                theirs = bool(theirs) if name == "agrees" else theirs
                assert same(cell.value, theirs), (cell.coordinate, cell.value, theirs)
                compared += 1
    return compared


@pytest.mark.slow
def test_another_engine_reaches_the_same_verdicts_on_each_kind_of_claim(table, labels, tmp_path):
    rows = [
        {"id": f"sample/sample/{number}", "decimals": 0, "unit": "result", **row}
        for number, row in enumerate([{"value": "104"}, {"value": "896"}, *(row for row, _ in SAMPLE)])
    ]
    sample = Recorded([table(rows)])
    quantity = share(*(value("report.sample", id=f"sample/sample/{number}") for number in (0, 1)))
    claims = [
        Claim(f"sample/sample/{number}", "report.sample", number, quantity, "share", expected=verdict)
        for number, (_, verdict) in enumerate(SAMPLE, start=2)
    ]
    made = audit(claims, sample)
    assert [each.verdict for each in made.judgements] == [verdict for _, verdict in SAMPLE]
    path = write_workbook(made, labels, "Sample", tmp_path / "sample.xlsx")
    page = openpyxl.load_workbook(path, data_only=True)["Claims"]
    assert agree(page, recomputed_by_formulas(path)) == 6 * len(SAMPLE)


@pytest.mark.slow
def test_the_formulas_package_agrees_on_every_claim(workbook, shown, judged):
    live = sum(each.recomputed is not None and not each.recomputed.missing for each in judged.judgements)
    assert agree(shown["Claims"], recomputed_by_formulas(workbook)) >= 5 * live - NUMBERED


@pytest.mark.slow
@pytest.mark.needs_libreoffice
def test_libreoffice_agrees_on_every_cell(opened, shown, tmp_path):
    bare = tmp_path / "bare.xlsx"
    opened.save(bare)  # without cached values, so that everything is computed anew
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    convert = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")]
    subprocess.run(["soffice", home, *convert, str(bare)], check=True, capture_output=True, timeout=300)
    theirs = openpyxl.load_workbook(tmp_path / "out" / "bare.xlsx", data_only=True)
    compared = 0
    for page in shown:
        for row in page.iter_rows():
            for cell in row:
                if cell.value not in (None, ""):
                    found = theirs[page.title][cell.coordinate].value
                    assert same(cell.value, found), (page.title, cell.coordinate, cell.value, found)
                    compared += 1
    assert compared > 40_000


@pytest.mark.slow
def test_findings_come_first_with_verdict_rule_and_cause_in_words_and_pages_can_be_read(
    judged, opened, labels
):
    page = opened["Findings"]
    heads = [cell.value for cell in page[1]]
    rows = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in page.iter_rows(min_row=2)]
    verdicts = [row["Verdict"] for row in rows]
    assert verdicts == sorted(verdicts)
    assert set(verdicts) == {"Discrepancy", "Explained"}
    assert len(rows) == len(findings(judged, labels)) + len(explained_cases(judged, labels))
    for row in rows:
        assert row["By which rule"]
        assert row["Likely cause or explanation"] or row["Not decided by the documents"]
        assert bool(row["Severity"]) == (row["Verdict"] == "Discrepancy")
    assert opened["Claims"].conditional_formatting
    assert "Likely cause or explanation" in [cell.value for cell in opened["Claims"][1]]


def printed_columns(sheet) -> list[float]:
    """Return the widths of the columns in print that are not hidden."""
    last = openpyxl.utils.range_boundaries(sheet.print_area.rpartition("!")[2])[2]
    widths = {}
    for group in sheet.column_dimensions.values():
        for number in range(group.min, group.max + 1):
            widths[number] = 0 if group.hidden else group.width
    return [widths[number] for number in range(1, last + 1)]


@pytest.mark.slow
def test_sheets_print_on_pages_that_can_be_read(opened):
    for sheet in opened:
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize) == ("landscape", 9)
        assert (sheet.print_title_rows == "$1:$1") is (sheet.title != "Cover")
        widths, ends = printed_columns(sheet), [each.id for each in sheet.col_breaks.brk]
        if not ends:
            assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)
            assert sum(widths) * SMALLEST <= ACROSS + 1
        else:
            assert setup.scale == round(100 * SMALLEST)
            assert sheet.print_title_cols == "$A:$A"
            for first, end in pairwise([0, *ends, len(widths)]):
                again = widths[0] if first else 0
                assert (again + sum(widths[first:end])) * SMALLEST <= ACROSS + 1, sheet.title


@pytest.mark.slow
def test_the_cover_names_each_document_by_its_title_and_counts_its_verdicts(judged, labels, opened, shown):
    named = {cell.value: cell.row for cell in opened["Cover"]["A"] if cell.value}
    documents = dict.fromkeys(judged.recorded[each.claim.table].source_of(each.claim.row).document
                              for each in judged.judgements)  # fmt: skip
    rows = [named[f"{labels.document(document)} ({document})"] for document in documents]
    assert not any(text.startswith("links (") for text in named)
    counted = sum(cell.value for row in rows for cell in shown["Cover"][row][1:9] if cell.value)
    assert counted == len(judged.judgements)


@pytest.mark.slow
def test_no_finding_is_cut_off_by_its_row(opened):
    page = opened["Findings"]
    widths = printed_columns(page)
    for number in range(2, page.max_row + 1):
        high = page.row_dimensions[number].height
        for width, cell in zip(widths, page[number], strict=False):
            assert len(str(cell.value or "")) * LINE / width <= high, cell.coordinate


@pytest.mark.slow
def test_translations_are_hidden_beside_the_words_of_the_workbooks_language(opened):
    page = opened["report.prose"]
    heads = [cell.value for cell in page[1]]
    shown = dict(zip(heads, printed_columns(page), strict=False))
    hidden = {name for name, width in shown.items() if not width}
    assert hidden == {"statement_zh", "statement_fr", "statement_es"}


def test_a_row_is_as_high_as_its_longest_text_and_chinese_counts_twice():
    assert height(["a", "b"], [10, 10]) == LINE
    assert height(["a" * 19, "b"], [10, 10]) == 3 * LINE
    assert height(["天" * 9, ""], [10, 10]) == 2 * LINE
    assert height(["one\ntwo", ""], [10, 10]) == 2 * LINE
    assert height(["a" * 10_000], [10]) == HIGHEST
