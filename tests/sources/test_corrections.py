import shutil

import pytest

from analysis.files import Unreadable
from analysis.quantities import Recorded, evaluate, value
from analysis.sources.corrections import CorrectionError, apply_corrections, cited, read_corrections
from analysis.sources.register import Register

HEAD = "id,where,printed,corrected,reason,status\n"
ROW = "sample/sample/1,value,50,51,29 of 57,open\n"


@pytest.fixture
def sample(table):
    rows = [
        {"id": f"sample/sample/{number}", "value": text, "decimals": 0, "unit": "percent"}
        for number, text in enumerate(("40", "50"))
    ]
    return Recorded([table(rows)])


@pytest.fixture
def ledger(tmp_path):
    def read(rows: str):
        path = tmp_path / "corrections.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        return read_corrections(path)

    return read


ONE = value("report.sample", id="sample/sample/1")
OTHER = value("report.sample", id="sample/sample/0")


def test_an_open_entry_is_applied_to_a_copy(sample, ledger):
    after = apply_corrections(sample, ledger(ROW))
    assert (evaluate(ONE, sample).value, evaluate(ONE, after).value) == (50, 51)
    assert evaluate(OTHER, after).value == 40


def test_a_closed_entry_is_kept_and_not_applied(sample, ledger):
    after = apply_corrections(sample, ledger(ROW.replace("open", "closed")))
    assert evaluate(ONE, after).value == 50


def test_what_reads_a_corrected_number_cites_its_entry(sample, ledger):
    entries = ledger(ROW)
    assert cited([OTHER, ONE], sample, entries) == entries
    assert cited([OTHER], sample, entries) == ()


def test_no_ledger_is_no_correction(tmp_path):
    assert read_corrections(tmp_path / "none.csv") == ()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            ROW.replace("sample/1", "sample/9"),
            "no recorded number has the id 'sample/sample/9'; remove or close",
        ),
        (ROW.replace("50", "52"), "expected '52', found '50'; close the entry if the document was reissued"),
        (ROW.replace("value", "year"), "column year: expected '50', found None"),
    ],
)
def test_an_entry_that_matches_nothing_is_an_error(sample, ledger, row, message):
    with pytest.raises(CorrectionError, match=message):
        apply_corrections(sample, ledger(row))


def test_an_entry_of_another_biennium_is_left_aside(sample, ledger):
    assert len(apply_corrections(sample, ledger(ROW.replace("sample/sample", "other/sample")))) == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (ROW.replace("open", "maybe"), "row 2: status 'maybe' is neither open nor closed"),
        (ROW.replace("29 of 57", ""), "row 2: an entry needs a reason"),
        (ROW.replace("51", "50"), "another reading"),
    ],
)
def test_an_entry_says_what_why_and_how_it_stands(ledger, row, message):
    with pytest.raises(CorrectionError, match=message):
        ledger(row)


def test_a_ledger_with_other_columns_is_refused(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("id,old,new\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="expected the columns id, where, printed"):
        read_corrections(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id,where,printed,corrected,reason,status\na,b,1,2,c,open,d\n", "row 2: 7 cells, 6 expected"),
        (b"id,where,printed,corrected,reason,status\na,b,1,2\n", "row 2: 4 cells, 6 expected"),
        (b"id,where,printed,corrected,reason,status\na,b,1,2,\xe9,open\n", "is no text in UTF-8"),
        (b'id,where,printed,corrected,reason,status\na,b,1,2,"c,open\n', "no CSV"),
    ],
)
def test_a_ledger_that_is_none_is_told_with_its_row(tmp_path, content, told):
    path = tmp_path / "corrections.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=told):
        read_corrections(path)


def test_no_ledger_holds_no_entry(tmp_path):
    assert read_corrections(tmp_path / "corrections.csv") == ()


@pytest.mark.slow
def test_the_record_is_as_printed_unless_corrections_are_asked_for(register):
    identifier = "gender-equality-2020-21/monitoring_totals/2018-19/met_or_exceeded/share"
    quantity = value("gender.monitoring_totals", id=identifier)
    read = [evaluate(quantity, register.recorded("2020-21", corrected=each)).value for each in (False, True)]
    assert read == [50, 51]


@pytest.mark.slow
def test_every_entry_of_the_ledger_matches_the_record(register):
    assert apply_corrections(register.recorded("2020-21"), register.corrections)
    assert all(entry.status == "open" for entry in register.corrections)


@pytest.mark.slow
def test_an_entry_of_no_registered_table_is_an_error(root, tmp_path):
    shutil.copytree(root / "data", tmp_path / "data", ignore=shutil.ignore_patterns("processed"))
    ledger = tmp_path / "data" / "corrections.csv"
    ledger.write_text(
        ledger.read_text(encoding="utf-8") + "nothing/prose/1,value,1,2,a test,open\n", encoding="utf-8"
    )
    with pytest.raises(CorrectionError, match="nothing/prose/1: no registered table holds such an id"):
        Register(tmp_path).recorded("2020-21", corrected=True)
