"""Two periods side by side: matched by codes, followed through ``continues``, warned of changes."""

import csv
from dataclasses import replace

import pandas as pd
import pytest

from analysis.cli import main
from analysis.exhibits.comparing import compare
from analysis.labels import Catalogue, languages
from analysis.periods import Calendar
from analysis.printed.compared import counted
from analysis.quantities import Recorded, RecordedTable, Source, evaluate

NODES = [
    "level",
    "code",
    "parent",
    "kind",
    "unit",
    "direction",
    "measure",
    "adds_up",
    "continues",
    "continues_why",
    "changed",
]
RESULTS = [
    "id",
    "indicator",
    "measure",
    "period",
    "printed",
    "value",
    "decimals",
    "unit",
    "qualifier",
    "status",
    "place",
    "line",
]
YEARLY = Calendar(1, 2021, "two")


def record(document, year, nodes, numbers):
    """Make a record of one year: nodes as (code, continues, changed), numbers as (code, value, unit)."""
    rows = [
        ["indicator", code, "", "", "", "", "", "", goes_on, "why", changed]
        for code, goes_on, changed in nodes
    ]
    about = RecordedTable("framework.nodes", pd.DataFrame(rows, columns=NODES), _source(document, "nodes"))
    held = [
        [f"{document}/results/{place}", code, "result", year, text, text, "0", unit, "", "reported", "A", "1"]
        for place, (code, text, unit) in enumerate(numbers)
    ]
    table = RecordedTable("report.results", pd.DataFrame(held, columns=RESULTS), _source(document, "results"))
    return Recorded([table], about=[about])


def _source(document, stem):
    return Source(document, "", f"data/raw/{document}/{stem}.csv", "0", stem)


@pytest.fixture
def found():
    earlier = record(
        "old",
        "2021",
        [("a", "", ""), ("b", "", ""), ("c", "", ""), ("d", "", "")],
        [("a", "40", "result"), ("b", "50", "percent"), ("c", "7", "result"), ("d", "3", "result")],
    )
    later = record(
        "new",
        "2022",
        [("x", "old/indicator/a", ""), ("y", "old/indicator/b", "definition"), ("a", "", ""),
         ("z", "old/indicator/c|old/indicator/d", ""), ("u", "old/indicator/c", "unit")],
        [("x", "50", "result"), ("y", "40", "percent"), ("a", "9", "result"), ("z", "9", "result"),
         ("u", "9", "percent")],
    )  # fmt: skip
    return compare(earlier, YEARLY.period(2021), later, YEARLY.period(2022))


def test_a_node_is_followed_through_what_it_continues_and_never_by_its_code(found):
    moved = {dict(each.key)["indicator"]: each for each in found.numbers}
    assert set(moved) == {"x", "y", "u"}
    assert evaluate(moved["x"].changed, found.recorded).value == 25
    points = evaluate(moved["y"].changed, found.recorded)
    assert (points.value, points.unit) == (-10, "percentage_points")
    assert (found.broken, found.ended, found.begun, found.unclear) == (True, 0, 1, (1, 1))


def test_what_changed_beside_a_number_is_a_warning_and_unlike_units_have_no_change(found):
    moved = {dict(each.key)["indicator"]: each for each in found.numbers}
    assert moved["x"].warnings == ()
    assert moved["y"].warnings == ("definition",)
    assert (moved["u"].changed, moved["u"].warnings) == (None, ("unit", "split"))


def test_a_node_that_is_divided_has_no_change_and_says_so():
    earlier = record("old", "2021", [("a", "", "")], [("a", "100", "result")])
    nodes = [("x", "old/indicator/a", ""), ("y", "old/indicator/a", "")]
    later = record("new", "2022", nodes, [("x", "60", "result"), ("y", "45", "result")])
    found = compare(earlier, YEARLY.period(2021), later, YEARLY.period(2022))
    assert [(each.changed, each.warnings) for each in found.numbers] == [(None, ("split",))] * 2
    one = record("new", "2022", nodes, [("x", "60", "result")])
    (only,) = compare(earlier, YEARLY.period(2021), one, YEARLY.period(2022)).numbers
    assert only.warnings == ()


def test_a_node_is_followed_through_the_frameworks_in_between_and_not_past_them():
    """The code of 2021 is another node's in 2022: a code alone never tells what a number continues."""
    earlier = record(
        "first", "2021", [("a", "", ""), ("b", "", "")], [("a", "8", "result"), ("b", "5", "result")]
    )
    middle = record(
        "second", "2022", [("b", "first/indicator/a", "definition"), ("a", "", "")], [("b", "9", "result")]
    )
    nodes = [("b", "second/indicator/b", "unit"), ("a", "second/indicator/a", "")]
    later = record("third", "2023", nodes, [("b", "10", "result"), ("a", "7", "result")])
    years = YEARLY.period(2021), YEARLY.period(2023)
    found = compare(earlier, years[0], later, years[1], [middle])
    (only,) = found.numbers
    assert dict(only.key)["indicator"] == "b"
    assert evaluate(only.before, found.recorded).value == 8
    assert only.warnings == ("unit", "definition")
    assert (found.ended, found.begun) == (1, 1)
    without = compare(earlier, years[0], later, years[1])
    assert (without.numbers, without.ended, without.begun) == ((), 2, 2)


def test_versions_of_a_node_in_one_document_are_followed():
    nodes = [("x_2021", "", ""), ("x", "two/indicator/x_2021", "definition"), ("y", "", "")]
    earlier = record("two", "2021", nodes, [("x_2021", "40", "result"), ("y", "1", "result")])
    later = record("two", "2022", nodes, [("x", "50", "result"), ("y", "2", "result")])
    found = compare(earlier, YEARLY.period(2021), later, YEARLY.period(2022))
    told = {dict(each.key)["indicator"]: each.warnings for each in found.numbers}
    assert told == {"x": ("definition",), "y": ()}
    assert not found.broken


def test_columns_in_another_order_and_a_node_under_another_parent_are_the_same_number():
    earlier = record("old", "2021", [("a", "", "")], [("a", "40", "result")])
    later = record("new", "2022", [("a", "old/indicator/a", "")], [("a", "50", "result")])
    (table,), (about,) = later.values(), later.about.values()
    goals = about.rows.assign(level="goal", code="g", continues="")
    nodes = pd.concat([goals, about.rows.assign(parent="g")], ignore_index=True)
    turned = table.rows[["id", "measure", "indicator", *table.rows.columns[3:]]].assign(goal="g")
    moved = Recorded(
        [RecordedTable(table.name, turned, table.source)],
        about=[RecordedTable(about.name, nodes, about.source)],
    )
    (only,) = compare(earlier, YEARLY.period(2021), moved, YEARLY.period(2022)).numbers
    assert dict(only.key)["goal"] == "g"


def test_numbers_of_a_table_that_only_one_period_has_are_counted():
    earlier = record("old", "2021", [("a", "", "")], [("a", "40", "result")])
    later = record("new", "2022", [("b", "", "")], [("b", "50", "result")])
    (table,) = later.values()
    renamed = replace(table, name="report.others", _indexes={})
    alone = Recorded([renamed], about=list(later.about.values()))
    found = compare(earlier, YEARLY.period(2021), alone, YEARLY.period(2022))
    assert (found.numbers, found.ended, found.begun) == ((), 1, 1)


def test_numbers_that_share_their_codes_are_left_out_counted_and_said():
    """Two rows of one code in the earlier year: neither they nor what would continue them is ended or new."""
    nodes = [("a", "", ""), ("b", "", "")]
    earlier = record(
        "old", "2021", nodes, [("a", "40", "result"), ("a", "41", "result"), ("b", "7", "result")]
    )
    later = record("old", "2022", nodes, [("a", "50", "result"), ("b", "9", "result")])
    periods = YEARLY.period(2021), YEARLY.period(2022)
    found = compare(earlier, periods[0], later, periods[1])
    assert [dict(each.key)["indicator"] for each in found.numbers] == ["b"]
    assert (found.ended, found.begun, found.unclear) == (0, 0, (2, 1))
    turned = record(
        "old", "2022", nodes, [("a", "50", "result"), ("a", "51", "result"), ("b", "9", "result")]
    )
    one = record("old", "2021", nodes, [("a", "40", "result"), ("b", "7", "result")])
    found = compare(one, periods[0], turned, periods[1])
    assert (found.ended, found.begun, found.unclear) == (0, 0, (1, 2))
    for language in languages():
        said = " ".join(counted(found, Catalogue(language, turned)))
        assert "{" not in said
    assert "1 numbers of 2021, 2 of 2022" in " ".join(counted(found, Catalogue("en", turned)))


@pytest.mark.slow
def test_the_documents_own_periods_stand_side_by_side(register, earlier, recorded):
    before, after = (register.period(text) for text in ("2018-19", "2020-21"))
    found = compare(earlier, before, recorded, after)
    assert not found.broken
    moved = {(each.table, each.key): evaluate(each.changed, found.recorded) for each in found.numbers}
    key = (("indicator", "unemployment_rate"), ("sex", "SEX_T"), ("age", "YTHADULT_YGE15"), ("year", "1"))
    assert float(moved["report.decent_work_indicators", key].value) == pytest.approx(0.8)
    met = (("target_status", "met_or_exceeded"), ("measure", "count"))
    assert float(moved["gender.monitoring_totals", met].value) == pytest.approx(100 * (37 / 29 - 1))


@pytest.mark.slow
def test_the_command_prints_and_writes(tmp_path, capsys):
    assert main(["compare", "2018-19", "2020-21", "--language", "fr"]) == 0
    assert "2019 → 2021 : 5,4" in capsys.readouterr().out
    path = tmp_path / "compared.csv"
    assert main(["compare", "2018-19", "--output", str(path)]) == 0
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 20
    assert all(row["before_id"] != row["after_id"] for row in rows)
    assert main(["compare", "2018-19", "--output", str(path)]) == 2
    assert "nothing is overwritten" in capsys.readouterr().err
    assert main(["compare", "2020-21", "2018-19"]) == 2
    assert "name the earlier period first" in capsys.readouterr().err
