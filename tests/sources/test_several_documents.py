"""Two documents of one kind in one period: they append, collide, or stand beside each other."""

import csv
import shutil

import pytest
from part_of_record import copy_part

from analysis.quantities import evaluate, total, value
from analysis.sources.appending import CollisionError
from analysis.sources.descriptor import register
from analysis.sources.organisations import OrganisationError
from analysis.sources.register import Register, RegisterError

pytestmark = pytest.mark.slow

TABLE = "report.output_indicators"
FIRST, SECOND = "implementation-2020-21", "implementation-2022-23"
NUMBERS = "id,indicator,output,outcome,measure,region,period,printed,value,decimals,unit,qualifier,status"


def row(indicator, period, number, region="all"):
    identifier = f"{SECOND}/invented/{indicator}/{region}/{period}"
    said = (identifier, indicator, "9.1", "9", "result", region, period, number, number)
    return (*said, "0", "result", "", "reported", "Annex", "1")


@pytest.fixture
def with_second(root, tmp_path):
    """A project with a second report: 2022–23, with some figures of the period before."""
    copy_part(root, tmp_path, ("raw", "organisations", "links"))
    folder = tmp_path / "data" / "raw" / SECOND
    folder.mkdir()

    def make(rows, about='table = "output_indicators"', periods='["2022-23", "2020-21"]'):
        (folder / "document.toml").write_text(
            'organisation = "ilo"\nkind = "report"\nsymbol = "R/2"\nperiod = "2022-23"\n'
            f'periods = {periods}\nyear = 2024\n[title]\nen = "Second"\n[short_title]\nen = "Second"\n'
            f'[files]\ninvented = {{ title = "Results", place = "Annex", {about} }}\n',
            encoding="utf-8",
        )
        with (folder / "invented.csv").open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows([[*NUMBERS.split(","), "place", "line"], *rows])
        register(tmp_path / "data" / "raw")
        return Register(tmp_path)

    return make


def test_an_id_means_the_period_of_its_document_whatever_is_the_newest(root, with_second):
    opened = with_second([row("9.1.1", "2020-21", "7"), row("9.1.1", "2022-23", "11")])
    shutil.copy(root / "data" / "renames.csv", opened.root / "data")
    assert str(opened.period("")) == "2022-23"
    for identifier, period in (
        (f"{FIRST}/prose/26", "2020-21"),
        ("report/prose/26", "2020-21"),
        (f"{SECOND}/invented/9.1.1/all/2020-21", "2022-23"),
        ("un-swap-2012/prose/1.1", "2020-21"),
        ("nothing/prose/1", "None"),
        ("896", "None"),
        (FIRST, "None"),
    ):
        assert str(opened.period_of_id(identifier)) == period, identifier


def test_a_second_document_adds_its_rows_of_the_period_and_replaces_nothing(with_second, recorded):
    opened = with_second([row("9.1.1", "2020-21", "7"), row("9.1.1", "2022-23", "11")])
    before = opened.recorded("2020-21")
    every = {"measure": "result", "region": "all", "period": "2020-21", "unit": "result"}
    alone = evaluate(total(TABLE, **every), recorded).value
    assert evaluate(total(TABLE, **every), before).value == alone + 7
    number = before.locate(f"{SECOND}/invented/9.1.1/all/2020-21")[1]
    assert before[TABLE].source_of(number).document == SECOND
    assert before[TABLE].file_row(number) == 2
    assert before[TABLE].source_of(0).document == FIRST
    assert f"{SECOND}/invented/9.1.1/all/2022-23" in before.left_out
    after = opened.recorded("2022-23")
    assert evaluate(value(TABLE, indicator="9.1.1", period="2022-23"), after).value == 11
    assert [each.document for each in after[TABLE].sources] == [SECOND]


def test_two_documents_that_print_one_number_collide_and_both_are_named(with_second):
    same = (f"{SECOND}/invented/x", "1.1.1", "1.1", "1", *row("1.1.1", "2020-21", "41")[4:])
    opened = with_second([row("9.1.1", "2022-23", "1"), same])
    assert opened.recorded("2022-23")
    with pytest.raises(CollisionError) as told:
        opened.recorded("2020-21")
    for said in (f"{FIRST}/output_indicators.csv row 3 (40)", f"{SECOND}/invented.csv row 3 (41)", "periods"):
        assert said in str(told.value)


def test_a_file_that_does_not_serve_a_period_is_left_aside(with_second):
    about = 'table = "output_indicators", periods = ["2022-23"]'
    opened = with_second(
        [(f"{SECOND}/invented/x", "1.1.1", "1.1", "1", *row("1.1.1", "2020-21", "41")[4:])], about
    )
    assert [each.document for each in opened.recorded("2020-21")[TABLE].sources] == [FIRST]


def test_the_newest_report_is_meant_where_no_period_is_named(with_second, register):
    assert str(register.period()) == "2020-21"
    assert str(with_second([row("9.1.1", "2022-23", "1")]).period("")) == "2022-23"


def test_each_organisation_reads_periods_by_its_own_calendar(with_second):
    opened = with_second([row("9.1.1", "2022-23", "1")])
    folder = opened.root / "data" / "organisations"
    (folder / "other.toml").write_text('[name]\nen = "Other"\n[calendar]\nyears = 1\nfirst = 2000\n')
    about = opened.folder / SECOND / "document.toml"
    text = about.read_text(encoding="utf-8").replace('"ilo"', '"other"')
    about.write_text(text.replace('"2022-23", "2020-21"', '"2023"').replace('"2022-23"', '"2023"'))
    register(opened.folder)
    opened = Register(opened.root)
    period = opened.period("2023", "other")
    assert opened.report_folder(period, "fr").as_posix() == "other/2023/fr"
    assert opened.report_folder(opened.period("2020-21"), "fr").as_posix() == "2020-21/fr"
    assert [each.name for each in opened.holding(period)] == [SECOND]
    with pytest.raises(ValueError, match="odd year"):
        opened.period("2021-22")
    with pytest.raises(RegisterError, match="no organisation 'third': there are ilo, other"):
        opened.period("2023", "third")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[name]\nen = 'X'\n[calendar]\nyears = 0\nfirst = 2000\n", "1 or more"),
        ("[calendar]\nyears = 1\nfirst = 2000\n", "needs a name by language"),
        ("default = true\n[name]\nen='X'\n[calendar]\nyears = 1\nfirst = 2000\n", "exactly one"),
        ("years = ", "not TOML"),
    ],
)
def test_an_organisation_badly_described_is_refused(with_second, text, said):
    opened = with_second([row("9.1.1", "2022-23", "1")])
    (opened.root / "data" / "organisations" / "bad.toml").write_text(text)
    with pytest.raises(OrganisationError, match=said):
        Register(opened.root).organisation()
