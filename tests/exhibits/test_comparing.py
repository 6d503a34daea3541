"""Two periods side by side: matched by codes, followed through ``continues``, warned of changes."""

import csv
from dataclasses import replace

import pandas as pd
import pytest

from analysis.cli import main
from analysis.exhibits.comparing import compare
from analysis.labels import Catalogue, languages
from analysis.periods import Calendar
from analysis.printed.compared import compared_frame, counts_of_compared, line
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
    assert set(moved) == {"x", "y", "z", "u"}
    assert evaluate(moved["x"].changed, found.recorded).value == 25
    points = evaluate(moved["y"].changed, found.recorded)
    assert (points.value, points.unit) == (-10, "percentage_points")
    assert (moved["z"].before, moved["z"].warnings) == (None, ("merged", "split", "not_summed"))
    assert (found.broken, found.ended, found.begun, found.unclear) == (True, 0, 1, (0, 0))


@pytest.mark.parametrize(
    ("changed", "warnings"),
    [("definition", ("definition",)), ("counting_rule|unit", ("counting_rule",)), ("", ())],
)
def test_what_changed_of_an_output_is_told_on_its_indicators(changed, warnings):
    """Before, a definition that changed one level up was told on no number."""
    nodes = [
        ["goal", "g", *[""] * 9],
        ["output", "o", "g", *[""] * 5, "old/output/o", "why", changed],
        ["indicator", "x", "o", *[""] * 5, "old/indicator/x", "why", ""],
    ]
    records = []
    for document, year, number in (("old", "2021", "40"), ("new", "2022", "50")):
        own = [[*row[:8], *(["", "", ""] if document == "old" else row[8:])] for row in nodes]
        made = record(document, year, [], [("x", number, "result")])
        frame = pd.DataFrame(own, columns=NODES)
        about = RecordedTable("framework.nodes", frame, _source(document, "nodes"))
        records.append(Recorded(list(made.values()), about=[about]))
    found = compare(records[0], YEARLY.period(2021), records[1], YEARLY.period(2022))
    assert [(each.warnings, evaluate(each.changed, found.recorded).value) for each in found.numbers] == [
        (warnings, 25)
    ]


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
        said = " ".join(counts_of_compared(found, Catalogue(language, turned)))
        assert "{" not in said
    assert "1 numbers of 2021, 2 of 2022" in " ".join(counts_of_compared(found, Catalogue("en", turned)))


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
    assert "2019 → 2021\xa0: 5,4" in capsys.readouterr().out
    path = tmp_path / "compared.csv"
    assert main(["compare", "2018-19", "--output", str(path)]) == 0
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 20
    assert all(row["before_id"] != row["after_id"] for row in rows)
    assert main(["compare", "2018-19", "--output", str(path)]) == 0
    path.write_text("mine")
    assert main(["compare", "2018-19", "--output", str(path)]) == 2
    assert "there already, and changed since it was written; move it away, or name another file with" in (
        capsys.readouterr().err
    )
    assert path.read_text() == "mine"
    assert main(["compare", "2020-21", "2018-19"]) == 2
    assert "name the earlier period first" in capsys.readouterr().err


def adding(record, **kinds):
    """Say of nodes how their numbers add up."""
    table = record.about["framework.nodes"]
    rows = table.rows.copy()
    rows["adds_up"] = [kinds.get(code, "") for code in rows["code"]]
    return Recorded(list(record.values()), about=[replace(table, rows=rows, _indexes={})])


def merged(units=("result", "result", "result"), said=("sum", "sum", "sum"), others=()):
    """Compare a node of 2022 that continues two of 2021."""
    first, second, last = units
    earlier = record("old", "2021", [("a", "", ""), ("b", "", "")], [("a", "40", first), ("b", "2", second)])
    nodes = [("x", "old/indicator/a|old/indicator/b", ""), *others]
    later = record("new", "2022", nodes, [("x", "63", last), *((code, "1", last) for code, *_ in others)])
    earlier = adding(earlier, a=said[0], b=said[1])
    later = adding(later, x=said[2])
    return compare(earlier, YEARLY.period(2021), later, YEARLY.period(2022))


def test_a_node_that_continues_several_is_set_beside_their_sum_where_they_add_up():
    found = merged()
    (only,) = found.numbers
    assert evaluate(only.before, found.recorded).value == 42
    assert evaluate(only.changed, found.recorded).value == 50
    assert only.warnings == ("merged",)
    assert (len(only.formers), found.ended, found.begun, found.unclear) == (2, 0, 0, (0, 0))
    shown = line(only, found, Catalogue("en"))
    assert (shown.before, shown.after, shown.change) == ("42 results", "63 results", "+50.0%")
    assert shown.warnings == "brings several together"
    frame = compared_frame(found, Catalogue("en"))
    assert list(frame["before_id"]) == ["old/results/0|old/results/1"]
    assert list(frame["before"]) == [42]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("units", "said"),
    [
        (("result", "result", "result"), ("sum", "none", "sum")),
        (("result", "result", "result"), ("sum", "sum", "")),
        (("percent", "percent", "percent"), ("sum", "sum", "sum")),
        (("result", "percent", "result"), ("sum", "sum", "sum")),
        (("usd", "eur", "usd"), ("sum", "sum", "sum")),
    ],
)
def test_where_several_make_no_sum_each_is_shown_and_it_is_said(units, said):
    found = merged(units, said)
    (only,) = found.numbers
    assert (only.before, only.changed) == (None, None)
    assert only.warnings[:2] == ("merged", "not_summed")
    shown = line(only, found, Catalogue("en"))
    assert shown.before.count("40") == shown.before.count("2") == 1
    assert shown.change == "not comparable"
    assert compared_frame(found, Catalogue("en"))["before"].isna().all()


def test_money_adds_up_unless_the_framework_says_otherwise():
    blank, no = ("", "", ""), ("none", "none", "none")
    assert evaluate((found := merged(("usd",) * 3, blank)).numbers[0].before, found.recorded).value == 42
    assert merged(("usd",) * 3, no).numbers[0].before is None
    assert merged(("result",) * 3, blank).numbers[0].before is None


def test_what_is_merged_and_divided_at_once_is_not_summed():
    found = merged(others=[("y", "old/indicator/b", "")])
    moved = {dict(each.key)["indicator"]: each for each in found.numbers}
    assert moved["x"].before is None
    assert moved["x"].warnings == ("merged", "split", "not_summed")
    assert moved["y"].warnings == ("split",)


def test_two_scales_of_money_stand_in_one_unit():
    earlier = record("old", "2021", [("a", "", "")], [("a", "61400", "eur_thousand")])
    later = record("new", "2022", [("a", "old/indicator/a", "")], [("a", "70", "eur_million")])
    found = compare(earlier, YEARLY.period(2021), later, YEARLY.period(2022))
    (row,) = compared_frame(found, Catalogue("en")).to_dict("records")
    assert (row["before"], row["before_unit"], row["after"], row["unit"]) == (
        61.4,
        "eur_million",
        70,
        "eur_million",
    )
    unlike = record("new", "2022", [("a", "old/indicator/a", "")], [("a", "70", "usd_million")])
    found = compare(earlier, YEARLY.period(2021), unlike, YEARLY.period(2022))
    (row,) = compared_frame(found, Catalogue("en")).to_dict("records")
    assert (row["before"], row["before_unit"]) == (61400, "eur_thousand")
    assert row["warnings"] == "unit"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "counting rule: No data is counted inside not met in 2020-21, apart from it in 2018-19 ("),
        ("fr", "règle de comptage\xa0: Les cibles sans données sont comptées parmi les cibles non atteintes"),
        ("es", "regla de recuento: Las metas sin datos se cuentan entre las no alcanzadas"),
        ("zh", "计数规则：缺少数据的目标"),
    ],
)
def test_a_counting_rule_that_changed_of_a_code_is_told_with_the_finding(register, language, said):
    before, after = register.period("2018-19"), register.period("2020-21")
    later = register.recorded(after)
    found = compare(register.recorded(before), before, later, after)
    told = {
        (dict(each.key)["target_status"], dict(each.key)["measure"]): line(
            each, found, Catalogue(language, later)
        )
        for each in found.numbers
        if "target_status" in dict(each.key)
    }
    for key in (("not_met", "count"), ("not_met", "share"), ("no_data", "count")):
        assert told[key].warnings.startswith(said)
        assert "gender-equality-2020-21/contradictions/78" in told[key].warnings
    assert told["met_or_exceeded", "count"].warnings == told["total", "count"].warnings == ""
