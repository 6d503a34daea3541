import tempfile
from pathlib import Path

import pytest
from odd_results import ODD, SHARED, needs_shared

from analysis.exchange.iati import left_out, read_iati
from analysis.exchange.iati_writing import SchemaError, unwritten, validate, write_iati
from analysis.exchange.published import PublishedError
from analysis.exchange.workbook import read_workbook

EXAMPLE = SHARED / "iati" / "activity-standard-example-annotated.xml"


@needs_shared
def test_the_standards_example_is_read_whole():
    published = read_iati(EXAMPLE)
    rows = {row["stated"]: row for row in published.values.to_dict("records")}
    assert {name: row["value"] for name, row in rows.items()} == {
        "target": "10",
        "result": "11",
        "baseline": "10",
    }
    assert {row["entry"] for row in rows.values()} == {"1"}
    assert rows["baseline"]["date"] == "2012-01-01"
    assert rows["result"]["location"] == "AF-KAN | KH-PNH"
    assert (rows["result"]["dimension:sex"], rows["result"]["dimension:age"]) == ("female", "adult")
    assert (rows["result"]["start"], rows["result"]["end"]) == ("2013-01-01", "2013-03-31")
    assert len(published.references) == 4
    assert published.links["url"].nunique() == 5
    assert set(published.texts["language"]) == {"en", "fr", "es"}
    assert left_out(EXAMPLE)["transaction"] == 1


@pytest.mark.slow
@needs_shared
def test_the_example_comes_back_with_every_word():
    published = read_iati(EXAMPLE)
    content = write_iati(published, "AA-AAA-123456789", {"en": "Organisation name"})
    validate(content, SHARED / "iati")
    again = _read(content)
    for name in ("activities", "results", "indicators", "values", "texts", "references", "links"):
        mine, theirs = (
            sorted(map(tuple, getattr(each, name).drop(columns="place", errors="ignore").to_numpy()))
            for each in (published, again)
        )
        assert mine == theirs, name


def _read(content: bytes):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xml"
        path.write_bytes(content)
        return read_iati(path)


@pytest.mark.slow
@needs_shared
def test_odd_rows_are_valid_and_come_back(mapping, sheet):
    published = read_workbook(sheet(*ODD), mapping)
    content = write_iati(published, "XX-RLF", {"en": "Relief Agency"})
    validate(content, SHARED / "iati")
    assert unwritten(published) == 2
    again = _read(content)
    columns = ["identifier", "type", "result_title", "indicator_title", "measure", "ascending", "aggregation"]
    columns += ["stated", "value", "year", "start", "end", "location", "dimension:Population"]

    def numbers(each):
        frame = each.wide()
        return sorted(map(tuple, frame.loc[frame["value"] != "", columns].to_numpy()))

    assert numbers(again) == numbers(published)
    assert (again.texts["text"] == "one fell dry").sum() == 1


@needs_shared
def test_entries_that_repeat_all_keys_stay_paired(mapping, sheet):
    published = read_workbook(
        sheet({"t": "1", "a": "10"}, {"t": "2", "a": ""}, {"t": "", "a": "30"}), mapping
    )
    again = _read(write_iati(published, "XX", {"en": "X"}))
    pairs = again.values.pivot(index="entry", columns="stated", values="value").fillna("")
    assert sorted(map(tuple, pairs[["target", "result"]].to_numpy())) == [("", "30"), ("1", "10"), ("2", "")]


@pytest.mark.slow
@needs_shared
def test_what_the_schema_does_not_allow_is_told(mapping, sheet):
    content = write_iati(read_workbook(sheet({}), mapping), "XX", {"en": "X"})
    with pytest.raises(SchemaError, match=r"1 places.*measure"):
        validate(content.replace(b' measure="2"', b""), SHARED / "iati")


@pytest.mark.slow
def test_a_schema_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SchemaError, match=r"iati-activities-schema\.xsd: not there"):
        validate(b"<x/>", tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<iati-activities><iati-activity>", "not well-formed XML"),
        ("<records/>", "the root is 'records', expected 'iati-activities'"),
        ("<iati-activities><iati-activity/></iati-activities>", "1 activities, but none states a result"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><iati-activities/>', "declares a document type"),
    ],
)
def test_a_file_that_is_no_iati_is_refused(tmp_path, content, message):
    path = tmp_path / "x.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PublishedError, match=message):
        read_iati(path)
