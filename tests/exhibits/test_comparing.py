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
    assert (found.broken, found.ended, found.begun) == (True, 1, 2)


def test_what_changed_beside_a_number_is_a_warning_and_unlike_units_have_no_change(found):
    moved = {dict(each.key)["indicator"]: each for each in found.numbers}
    assert moved["x"].warnings == ()
    assert moved["y"].warnings == ("definition",)
    assert (moved["u"].changed, moved["u"].warnings) == (None, ("unit",))


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
    assert "2019 → 2021: 5,4" in capsys.readouterr().out
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
