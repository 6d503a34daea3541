from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odd_results import ODD

from analysis.exchange.published import PublishedError, joined
from analysis.exchange.record import make_record
from analysis.exchange.recorded import published_of
from analysis.exchange.spans import span_days, span_text
from analysis.exchange.workbook import read_workbook

IDENTITY = [
    "identifier",
    "type",
    "result_title",
    "result_aggregation",
    "indicator_title",
    "measure",
    "ascending",
]
SAID = ["aggregation", "stated", "value", "year", "date", "start", "end", "location"]


@pytest.fixture
def made(mapping, sheet):
    return make_record(read_workbook(sheet(*ODD), mapping), mapping, "relief-2022")


def results(made):
    return {row["id"]: row for row in made.tables["results.csv"]}


def nodes(made):
    return {row["code"]: row for row in made.tables["framework/nodes.csv"]}


def numbers(published):
    frame = published.wide()
    dimensions = [f"dimension:{name}" for name in sorted(published.dimensions)]
    return sorted(map(tuple, frame.loc[frame["value"] != "", [*IDENTITY, *SAID, *dimensions]].to_numpy()))


def test_every_number_is_a_row_as_printed_with_its_value(made):
    rows = results(made)
    result = rows["relief-2022/results/1/result"]
    assert (result["printed"], result["value"], result["decimals"]) == ("75.50", "75.50", "2")
    assert (result["operation"], result["theme"], result["unit"]) == ("ABC", "t1", "percent")
    baseline = rows["relief-2022/results/2/baseline"]
    assert (baseline["printed"], baseline["value"], baseline["period"]) == (".5", "0.5", "2021")
    assert rows["relief-2022/results/7/target"]["value"] == "100"
    assert rows["relief-2022/results/7/result"]["value"] == "-1"
    assert rows["relief-2022/results/6/result"]["unit"] == "count"
    assert len(rows) == len(made.tables["results.csv"])


def test_a_number_that_is_not_there_is_blank_and_none_is_invented(made):
    rows = results(made)
    assert rows["relief-2022/results/3/result"]["status"] == "blank"
    assert "relief-2022/results/2/target" not in rows
    assert "relief-2022/results/1/baseline" not in rows


def test_a_direction_that_is_not_stated_says_so(made):
    found = nodes(made)
    assert found["t1.number_of_wells"]["direction"] == "not_stated"
    assert found["health.deaths"]["direction"] == "less_is_better"
    assert found["t1.percent_of_people_with_water"]["direction"] == "more_is_better"
    assert found["health.law_in_line"]["measure"] == "ordinal"
    assert found["t1.number_of_wells"]["adds_up"] == "sum"
    assert found["t1"]["kind"] == ""  # outcomes and outputs
    assert found["health"]["kind"] == "outcome"


def test_spellings_are_kept_and_grouped(made):
    rows = {row["code"]: row["group"] for row in made.tables["framework/dimensions.csv"]}
    titles = {
        row["code"]: row["text"] for row in made.tables["framework/titles.csv"] if row["kind"] == "population"
    }
    spelled = {text: code for code, text in titles.items()}
    assert rows[spelled["Refugees"]] == rows[spelled["refugees"]] == rows[spelled["Réfugiés"]] == "refugees"
    assert rows[spelled["None"]] == ""
    assert len(spelled) == len(titles) == 5


def test_what_was_met_is_told(made):
    told = "\n".join(made.remarks)
    assert "15 values of 9 entries, 2 activities, 4 indicators" in told
    assert "8 entries have no baseline, 2 no target, 1 a target but no result" in told
    assert "1 entries state no number at all" in told
    assert "1 indicators do not state whether more is better: no verdict on 1 targets" in told
    assert "1 percentages are above 100" in told
    assert "3 entries repeat all keys of another" in told
    assert "population: 3 spellings stand for 1" in told


@pytest.mark.parametrize(
    ("units", "told"),
    [
        ((), "2 indicators are in no unit that [[units]] names, and are never added up: "),
        (
            ({"unit": "count"},),
            "numbers are counts with decimals, such as 75.50 in count: where they are money",
        ),
        (({"unit": "usd_thousand"},), ""),
    ],
)
def test_a_unit_that_the_mapping_does_not_say_is_told(mapping, sheet, units, told):
    mapping = replace(mapping, units=units)
    made = make_record(read_workbook(sheet(*ODD), mapping), mapping, "relief-2022")
    remarks = [one for one in made.remarks if "[[units]]" in one]
    assert any(told in one for one in remarks) if told else not remarks


def test_places_name_activities_without_a_title_and_are_marked_as_ours(made):
    found = {row["code"]: row for row in made.tables["framework/titles.csv"] if row["kind"] == "operation"}
    assert (found["ABC"]["text"], found["ABC"]["wording"]) == ("Chad", "ours")


def test_a_record_gives_back_what_was_published(made, mapping, sheet):
    published = read_workbook(sheet(*ODD), mapping)
    assert numbers(published_of(made.tables)) == numbers(published)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "who": st.sampled_from(
                    ["Refugees", "refugees", "Réfugiés", "None", "IDPs (urban)", "IDPs urban"]
                ),
                "indicator": st.sampled_from(["% of people with water", "% of people: with water", "% A"]),
                "area": st.sampled_from(["1. Water", "2. Water", "Health", "health"]),
                "place": st.sampled_from(["", "Chad", "chad", "Côte d’Ivoire"]),
                "b": st.sampled_from(["", "0", ".25", "-3", "1e3", "00.10"]),
                "t": st.sampled_from(["", "100", "12.340"]),
                "a": st.sampled_from(["", "101", "0.0000001", "5424000"]),
            }
        ),
        min_size=1,
        max_size=25,
    )
)
def test_whatever_is_published_comes_back_from_its_record(mapping, sheet, rows):
    published = read_workbook(sheet(*rows), mapping)
    made = make_record(published, mapping, "x")
    assert numbers(published_of(made.tables)) == numbers(published)
    assert len({row["id"] for row in made.tables["results.csv"]}) == len(made.tables["results.csv"])


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"a": "many"}], r"row 2, result: 'many' is not a number"),
        ([{"a": "1,5"}], "'1,5' is not a number"),
        ([{"measure": "9"}], "measure of '% of people with water' is '9': expected 1"),
        ([{"type": "8"}], "type of '1. Water' is '8'"),
        (
            [{}, {"activity": "XX-RLF-2022-DEF", "ascending": "0"}],
            "two values of direction: 'more_is_better' and 'less_is_better'",
        ),
        ([{}, {"activity": "XX-RLF-2021-ABC"}], "are both 'ABC' in 2022"),
    ],
)
def test_what_cannot_be_recorded_is_named(mapping, sheet, rows, message):
    with pytest.raises(PublishedError, match=message):
        make_record(read_workbook(sheet(*rows), mapping), mapping, "x")


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2022-01-01", "2022-12-31", "2022"),
        ("2020-01-01", "2021-12-31", "2020-21"),
        ("1999-01-01", "2000-12-31", "1999-00"),
        ("2013-01-01", "2013-03-31", "2013-01-01/2013-03-31"),
        ("", "", ""),
    ],
)
def test_a_period_is_written_by_its_years_where_it_is_whole_years(start, end, text):
    assert span_text(start, end) == text
    assert span_days(text) == (start, end)


@pytest.mark.slow
def test_a_dimension_that_changed_its_name_keeps_both(mapping, sheet):
    years = []
    for year, name in ((2022, "Population"), (2023, "People")):
        row = {
            "activity": f"XX-RLF-{year}-ABC",
            "start": f"{year}-01-01",
            "end": f"{year}-12-31",
            "dim": name,
        }
        years.append(read_workbook(sheet(row, name=f"{year}.csv"), mapping))
    published = joined(years)
    made = make_record(published, mapping, "x")
    assert {row["population"] for row in made.tables["results.csv"]} == {"refugees"}
    assert numbers(published_of(made.tables)) == numbers(published)
