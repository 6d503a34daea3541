import zipfile

import pytest
from odd_results import COLUMNS, ODD, USUAL
from openpyxl import Workbook

from analysis.exchange.published import PublishedError, joined
from analysis.exchange.workbook import read_workbook


def stated(published, entry):
    rows = published.values[published.values["entry"] == entry]
    return dict(zip(rows["stated"], rows["value"], strict=True))


def test_each_row_is_an_entry_and_nothing_is_merged(mapping, sheet):
    published = read_workbook(sheet(*ODD), mapping)
    assert published.values["entry"].nunique() == len(ODD)
    assert stated(published, "1") == {"target": "80", "result": "75.50"}
    assert stated(published, "2") == {"baseline": ".5", "result": "112"}
    assert stated(published, "3") == {"target": "80", "result": ""}
    assert stated(published, "5") == {"result": ""}
    assert len(published.activities) == 2
    assert len(published.indicators) == 5


def test_words_without_a_number_are_kept(mapping, sheet):
    published = read_workbook(sheet({"a": "", "said": "not counted this year"}), mapping)
    assert stated(published, "1") == {"target": "80", "result": ""}
    assert "not counted this year" in set(published.texts["text"])


def test_none_and_na_are_texts(mapping, sheet):
    found = read_workbook(sheet(*ODD), mapping).values["dimension:Population"]
    assert {"None", "NA"} <= set(found)


def test_spaces_at_either_end_are_cut(mapping, sheet):
    published = read_workbook(sheet({"place": "Southern Africa\xa0", "who": " IDPs", "a": " 7 "}), mapping)
    assert set(published.values["location"]) == {"Southern Africa"}
    assert set(published.values["dimension:Population"]) == {"IDPs"}
    assert stated(published, "1")["result"] == "7"


def test_a_blank_direction_stays_blank(mapping, sheet):
    indicators = read_workbook(sheet(*ODD), mapping).indicators
    assert dict(zip(indicators["title"], indicators["ascending"], strict=True))["# of wells"] == ""


def test_a_workbook_reads_as_the_csv_file_does(mapping, sheet, tmp_path):
    book = Workbook()
    book.active.append(list(COLUMNS))
    for row in ODD:
        book.active.append([{**USUAL, **row}.get(name) for name in COLUMNS])
    book.save(tmp_path / "relief.xlsx")
    left, right = (read_workbook(path, mapping) for path in (tmp_path / "relief.xlsx", sheet(*ODD)))
    assert left.wide().drop(columns="place").equals(right.wide().drop(columns="place"))


@pytest.mark.parametrize("change", [lambda each: each[:-30], lambda each: each.replace(b"<row", b"<r\x01w")])
def test_a_workbook_whose_sheet_is_damaged_is_told(mapping, tmp_path, change):
    book = Workbook()
    book.active.append(list(COLUMNS))
    book.save(tmp_path / "sound.xlsx")
    path = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(tmp_path / "sound.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == "xl/worksheets/sheet1.xml" else content)
    with pytest.raises(PublishedError, match=r"damaged\.xlsx: (damaged: a sheet|no workbook) that can"):
        read_workbook(path, mapping)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (75.5, "General", "75.5"),
        (80.0, "General", "80"),
        (0.1, "General", "0.1"),
        (0.85, "0%", "85"),
        (7, "0", "7"),
    ],
)
def test_numbers_of_excel_read_as_they_are_shown(mapping, tmp_path, number, form, text):
    book = Workbook()
    book.active.append(list(COLUMNS))
    book.active.append([USUAL.get(name) for name in COLUMNS])
    cell = book.active.cell(2, COLUMNS.index("a") + 1, number)
    cell.number_format = form
    book.save(tmp_path / "numbers.xlsx")
    published = read_workbook(tmp_path / "numbers.xlsx", mapping)
    assert stated(published, "1")["result"] == text


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"activity": ""}], "row 2, activity: empty"),
        ([{}, {"measure": "1"}], r"row 3: measure of '% of people with water' is '1'; row 2 says '2'"),
        ([{"who": ""}], "row 2: dim is 'Population', but who is ''"),
    ],
)
def test_a_row_that_cannot_be_is_named(mapping, sheet, rows, message):
    with pytest.raises(PublishedError, match=message):
        read_workbook(sheet(*rows), mapping)


def test_columns_that_are_not_there_or_stand_twice_are_named(mapping, sheet, tmp_path):
    with pytest.raises(PublishedError, match="not among the columns: b year; there are activity"):
        read_workbook(
            sheet({}, columns=[each for each in COLUMNS if each != "b year"], name="x.csv"), mapping
        )
    path = tmp_path / "twice.csv"
    path.write_text("activity,activity\n1,2\n")
    with pytest.raises(PublishedError, match="stand there twice: activity"):
        read_workbook(path, mapping)


def test_a_ragged_row_is_refused(mapping, sheet):
    path = sheet({})
    path.write_text(path.read_text(encoding="utf-8") + "XX,2\n", encoding="utf-8")
    with pytest.raises(PublishedError, match="row 3: 2 cells, expected 19"):
        read_workbook(path, mapping)


def test_another_separator_is_named(mapping, sheet):
    path = sheet({"area": "1. Water, sanitation"})
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    with pytest.raises(
        PublishedError, match=r"holds no ',' but ';'; say separator = \";\" under \[file\] of .*relief"
    ):
        read_workbook(path, mapping)


def test_a_file_of_names_alone_is_refused(mapping, sheet):
    with pytest.raises(PublishedError, match=r"relief\.csv: no row below the first, which names the columns"):
        read_workbook(sheet(), mapping)


def test_files_are_joined_without_mixing_their_keys(mapping, sheet):
    one = read_workbook(sheet(*ODD), mapping)
    both = joined([one, one])
    assert len(both.values) == 2 * len(one.values)
    assert both.values["entry"].nunique() == 2 * len(ODD)
    first, second = both.wide().iloc[: len(one.values)], both.wide().iloc[len(one.values) :]
    columns = ["identifier", "result_title", "indicator_title", "stated", "value"]
    assert first[columns].to_numpy().tolist() == second[columns].to_numpy().tolist()
    texts = both.texts[both.texts["part"] == "comment"]
    assert [both.values.set_index("key").loc[key, "value"] for key in texts["key"]] == ["2999", "2999"]
