from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.audit.claims import Claim, claims
from analysis.audit.judging import judge_claim
from analysis.audit.rules import RULES, ruled
from analysis.quantities import Recorded, RecordedTable, Source
from analysis.quantities.notation import parse
from analysis.rounding import round_half_up


def judged(recorded: Recorded, identifier: str) -> str:
    name, rule = ruled(recorded)[identifier]
    check = "check" if "#" in identifier else ""
    claim = Claim(identifier, name, rule.row, parse(rule.text, recorded), check=check, compares=bool(check))
    return judge_claim(claim, recorded).verdict


@pytest.fixture(scope="module")
def judged_texts(recorded, register) -> str:
    return "\n".join(each.text for each in claims(recorded, register))


def changed(recorded: Recorded, identifier: str, value: str) -> Recorded:
    table, row = recorded.locate(identifier)
    return recorded.with_tables(
        table.replaced(row, value=value) if name == table.name else each for name, each in recorded.items()
    )


def test_every_rule_finds_its_table_and_recomputes_something(recorded):
    made = {name for name, _ in ruled(recorded).values()}
    assert made >= {name for name in RULES if name in recorded}
    assert len(ruled(recorded)) > 150


REPORT = (
    "implementation-2020-21/output_indicators/1.1.1/result",
    "implementation-2020-21/budget_by_outcome/1",
    "implementation-2020-21/enabling_indicators",
)
CASES = [
    (f"{REPORT[0]}/africa", "9", f"{REPORT[0]}/all"),
    (f"{REPORT[1]}/rbsa/actual_expenditure", "5.1", f"{REPORT[1]}/total/actual_expenditure"),
    (
        "implementation-2020-21/results_by_region/africa/results",
        "330",
        "implementation-2020-21/results_by_region/africa/results",
    ),
    (
        "implementation-2020-21/results_by_region/africa/share",
        "47",
        "implementation-2020-21/results_by_region/2020-21#shares",
    ),
    (
        "implementation-2020-21/staff_inputs/I.1/actrav",
        "30",
        "implementation-2020-21/staff_inputs/I.1#shares",
    ),
    (
        f"{REPORT[2]}/A.2.2/flagship_citations/baseline",
        "246",
        f"{REPORT[2]}/A.2.2/flagship_citations_growth/result",
    ),
    (f"{REPORT[2]}/C.4.1/hr_indicators_met/result", "7", f"{REPORT[2]}/C.4.1/hr_indicators_total/context"),
    (
        f"{REPORT[2]}/B.2.2/accepted_recommendations_addressed_share/result",
        "88.5",
        f"{REPORT[2]}/B.2.2/accepted_recommendations#shares",
    ),
    (
        "implementation-2020-21/decent_work_indicators/neet_rate/SEX_T/YTHADULT_Y15-24/2020",
        "33.3",
        "implementation-2020-21/decent_work_indicators/neet_rate/YTHADULT_Y15-24/2020#between",
    ),
    (
        "cooperation-plan-2021/periods/1.2.a/end",
        "2020",
        "cooperation-plan-2021/periods/1.2.a#in_order",
    ),
    (
        "cooperation-plan-2021/periods/1.2.a/end",
        "2026",
        "cooperation-plan-2021/periods/1.2.a#in_order",
    ),
    (
        "cooperation-plan-2021/periods/1.2.a/start",
        "2019",
        "cooperation-plan-2021/periods/1.2.a#in_order",
    ),
    (
        "cooperation-review-2023/contributions/germany",
        "59783",
        "cooperation-review-2023/contributions#ranked",
    ),
    (
        "implementation-2020-21/decent_work_indicators/employment_population_ratio/SEX_M/YTHADULT_YGE15/2019",
        "68.4",
        "implementation-2020-21/decent_work_indicators/employment_population_ratio/YTHADULT_YGE15/2018/2019#weights",
    ),
    (
        "implementation-2020-21/decent_work_indicators/unemployment_rate/SEX_F/YTHADULT_YGE15/2018",
        "6.5",
        "implementation-2020-21/decent_work_indicators/unemployment_rate/SEX_T/YTHADULT_YGE15/2018",
    ),
    (
        "implementation-2020-21/decent_work_indicators/working_poverty_rate/SEX_M/YTHADULT_YGE15/2018",
        "5.6",
        "implementation-2020-21/decent_work_indicators/working_poverty_rate/SEX_T/YTHADULT_YGE15/2018",
    ),
    (
        "gender-equality-2020-21/targets/rbm.01/1/result/1",
        "53",
        "gender-equality-2020-21/targets/rbm.01/1#met",
    ),
    (
        "gender-equality-2020-21/targets/rbm.08/8/result/1",
        "43",
        "gender-equality-2020-21/targets/rbm.08/8#met",
    ),
    (
        "gender-equality-2020-21/monitoring_totals/2020-21/met_or_exceeded/count",
        "38",
        "gender-equality-2020-21/monitoring_totals/2020-21/met_or_exceeded/share",
    ),
    (
        "un-swap-2012/representation/ASG_and_above/2010-12/share",
        "31.9",
        "un-swap-2012/representation/ASG_and_above/2008-12/2010-12/change",
    ),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("number", "wrong", "claim"), CASES, ids=[f"{each[2]} {each[1]}" for each in CASES])
def test_a_wrong_number_is_noticed_by_its_rule(recorded, number, wrong, claim):
    assert judged(recorded, claim) == "reproduced"
    assert judged(changed(recorded, number, wrong), claim) == "discrepancy"


def test_shares_within_rounding_of_a_hundred_are_rounding(recorded):
    wrong = changed(recorded, "implementation-2020-21/staff_inputs/I.1/actrav", "21")
    assert judged(wrong, "implementation-2020-21/staff_inputs/I.1#shares") == "rounding"


def test_a_share_that_the_printed_counts_do_not_give_is_found(recorded):
    assert (
        judged(recorded, "implementation-2020-21/results_by_region/europe_central_asia/share")
        == "discrepancy"
    )


def test_indicators_in_per_cent_are_not_added_up(recorded):
    units = {each.id for _, each in ruled(recorded).values()}
    table = recorded["report.output_indicators"]
    for row in table.records:
        if row["unit"] == "percent":
            assert row["id"] not in units


def test_a_contradiction_between_two_places_is_a_discrepancy(table):
    rows = [
        {
            "id": "implementation-2020-21/contradictions/1",
            "relation": "same",
            "first_printed": "2018",
            "second_printed": "2020",
        },
        {
            "id": "implementation-2020-21/contradictions/2",
            "relation": "same",
            "first_printed": "a",
            "second_printed": "a",
        },
    ]
    sample = Recorded([table(rows, name="report.contradictions")])
    assert [judged(sample, row["id"]) for row in rows] == ["discrepancy", "reproduced"]


def recorded_of(
    rows: list[dict], period: str = "", ordered: str = "", dimensions: tuple[tuple[str, ...], ...] = ()
) -> Recorded:
    """Return a record of one table, in a document about a period, under a framework of some dimensions."""
    source = Source("d", "", "data/raw/d/t.csv", "0", "T", period=period, ordered=ordered)
    given = [
        {"place": "", "line": "", "decimals": "0", "qualifier": "", "status": "reported", "unit": "result"}
        | row
        | {"id": f"d/t/{number}", "printed": row["value"]}
        for number, row in enumerate(rows)
    ]
    names = ("dimension", "code", "total", "exhaustive", "group", "kind")
    about = [
        RecordedTable(
            "framework.dimensions",
            pd.DataFrame([(*row, "", "") for row in dimensions], columns=names, dtype=str),
            source,
        )
    ]
    return Recorded([RecordedTable("any.t", pd.DataFrame(given, dtype=str), source)], about=about)


def verdicts(sample: Recorded) -> dict[str, str]:
    return {each.removeprefix("d/t"): judged(sample, each) for each in ruled(sample)}


WHOLE = (("place_of", "north", "no", ""), ("place_of", "south", "no", ""), ("place_of", "all", "yes", "yes"))
OPEN = (*WHOLE[:2], ("place_of", "all", "yes", "no"))


def by_place(unit: str, period: str = "2020", **values: str) -> list[dict]:
    return [
        {"place_of": code, "period": period, "value": value, "unit": unit} for code, value in values.items()
    ]


@pytest.mark.parametrize(
    ("rows", "dimensions", "expected"),
    [
        (by_place("result", north="2", south="3", all="5"), WHOLE, {"/2": "reproduced"}),
        (by_place("result", north="2", south="3", all="6"), WHOLE, {"/2": "discrepancy"}),
        (by_place("result", north="2", south="3", all="6"), OPEN, {}),
        (by_place("result", north="2", south="3"), WHOLE, {}),
        (by_place("percent", north="20", south="40", all="30"), WHOLE, {"/2020#between": "reproduced"}),
        (by_place("percent", north="20", south="40", all="42"), WHOLE, {"/2020#between": "discrepancy"}),
        (by_place("percent", north="20", south="40", all="42"), OPEN, {}),
        (by_place("percent", north="20", all="42"), WHOLE, {}),
    ],
)
def test_a_dimension_with_an_exhaustive_total_adds_up_and_rates_lie_between(rows, dimensions, expected):
    assert verdicts(recorded_of(rows, dimensions=dimensions)) == expected


@pytest.mark.parametrize(
    ("later", "period", "expected"),
    [
        ({"north": "30", "south": "50", "all": "40"}, "2021", "reproduced"),
        ({"north": "30", "south": "51", "all": "40"}, "2021", "rounding"),
        ({"north": "30", "south": "50", "all": "46"}, "2021", "discrepancy"),
        ({"north": "30", "south": "50", "all": "46"}, "2022", None),
        ({"north": "40", "south": "40", "all": "40"}, "2021", None),
    ],
)
def test_the_weights_that_rates_imply_are_those_of_the_year_before(later, period, expected):
    rows = by_place("percent", north="20", south="40", all="30") + by_place("percent", period, **later)
    made = verdicts(recorded_of(rows, dimensions=WHOLE))
    assert made.get(f"/2020/{period}#weights") == expected


@pytest.mark.parametrize(
    ("start", "end", "period", "expected"),
    [
        ("2021", "2023", "2020-25", "reproduced"),
        ("2021", "2021", "2020-25", "reproduced"),
        ("2023", "2021", "2020-25", "discrepancy"),
        ("2019", "2021", "2020-25", "discrepancy"),
        ("2021", "2026", "2020-25", "discrepancy"),
        ("1921", "2926", "", "reproduced"),
        ("2023", "2021", "", "discrepancy"),
    ],
)
def test_first_and_last_years_lie_in_order_and_inside_the_period(start, end, period, expected):
    rows = [
        {"item": "a", "measure": measure, "value": value, "unit": "calendar_year"}
        for measure, value in (("start", start), ("end", end))
    ]
    assert verdicts(recorded_of(rows, period)) == {"/0#in_order": expected}
    assert verdicts(recorded_of(rows[:1], period)) == {}


@pytest.mark.parametrize(
    ("values", "ordered", "expected"),
    [
        (["9", "5", "5", "1"], "descending", "reproduced"),
        (["9", "5", "6", "1"], "descending", "discrepancy"),
        (["1", "5", "9"], "ascending", "reproduced"),
        (["1", "5", "9"], "descending", "discrepancy"),
        (["9", "5", "6", "1"], "", None),
        (["9"], "descending", None),
    ],
)
def test_a_file_that_is_printed_in_order_is_in_order(values, ordered, expected):
    rows = [{"item": str(number), "value": value} for number, value in enumerate(values)]
    assert verdicts(recorded_of(rows, ordered=ordered)).get("#ranked") == expected


def rates(period: str = "2020", unit: str = "percent", **indicators: str) -> list[dict]:
    """Return rows of an indicator each, with the values of north, south and all."""
    return [
        {
            "indicator": indicator,
            "place_of": code,
            "period": period,
            "value": value,
            "unit": unit,
            "decimals": str(len(value.partition(".")[2])),
        }
        for indicator, values in indicators.items()
        for code, value in zip(("north", "south", "all"), values.split(), strict=True)
    ]


EMPLOYED = {"employment_population_ratio": "40.0 72.0 56.0"}  # of a hundred each: 10 and 8 unemployed


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (rates(**EMPLOYED, unemployment_rate="20.0 10.0 13.8"), "reproduced"),
        (rates(**EMPLOYED, unemployment_rate="20.0 10.0 13.9"), "rounding"),
        (rates(**EMPLOYED, unemployment_rate="20.0 10.0 15.0"), "discrepancy"),
        (rates(**EMPLOYED, working_poverty_rate="30.0 10.0 17.1"), "reproduced"),
        (rates(**EMPLOYED, working_poverty_rate="30.0 10.0 20.0"), "discrepancy"),
        (rates(**EMPLOYED, neet_rate="30.0 10.0 20.0"), None),
        (rates(**EMPLOYED, unit="ratio", unemployment_rate="20.0 10.0 15.0"), None),
        (rates(**EMPLOYED) + rates("2021", unemployment_rate="20.0 10.0 15.0"), None),
        (rates(employment_population_ratio="56.0 56.0 56.0", unemployment_rate="20.0 10.0 15.0"), None),
        (rates(unemployment_rate="20.0 10.0 15.0"), None),
    ],
)
def test_a_rate_of_all_weighs_its_parts_as_the_employment_ratios_imply(rows, expected):
    made = verdicts(recorded_of(rows, dimensions=WHOLE))
    assert made.get(f"/{len(rows) - 1}") == expected


PERSONS = st.integers(1, 10**6)


@given(st.tuples(*[PERSONS] * 6), st.sampled_from((1, 2, 6)))
@pytest.mark.slow
def test_rates_of_any_persons_never_contradict_each_other(persons, decimals):
    def shares(numerators, denominators):
        pairs = [*zip(numerators, denominators, strict=True), (sum(numerators), sum(denominators))]
        return " ".join(
            f"{round_half_up(Fraction(100 * above, below), decimals):.{decimals}f}" for above, below in pairs
        )

    employed, unemployed, outside = persons[:2], persons[2:4], persons[4:]
    force = [sum(pair) for pair in zip(employed, unemployed, strict=True)]
    everyone = [sum(pair) for pair in zip(force, outside, strict=True)]
    rows = rates(
        employment_population_ratio=shares(employed, everyone), unemployment_rate=shares(unemployed, force)
    )
    made = verdicts(recorded_of(rows, dimensions=WHOLE))
    # A ratio that rounds to nothing gives no weights, and nothing can be recomputed.
    assert made.get(f"/{len(rows) - 1}") in (None, "reproduced", "rounding", "not_recomputable")


def with_list(value: str, unit: str, document: str, table) -> Recorded:
    """Return a record of one number in print, and a list of three items in a document."""
    number = {"id": "d/prose/7.1", "value": value, "printed": value, "decimals": "0", "unit": unit}
    items = [{"id": f"{document}/lists/7.1/{n}", "list": "7.1", "item_en": f"item {n}"} for n in range(3)]
    return Recorded([table([number], name="any.prose"), table(items, name="any.lists")])


@pytest.mark.parametrize(
    ("value", "unit", "document", "expected"),
    [
        ("3", "country", "d", "reproduced"),
        ("4", "country", "d", "discrepancy"),
        ("3", "percent", "d", None),
        ("3", "country", "other", None),
        ("", "country", "d", None),
    ],
)
def test_a_number_that_counts_a_list_is_the_number_of_its_items(value, unit, document, expected, table):
    sample = with_list(value, unit, document, table)
    made = {each: judged(sample, each) for each in ruled(sample)}
    assert made == ({"d/prose/7.1": expected} if expected else {})


@pytest.mark.slow
def test_every_list_of_the_record_is_counted(recorded, judged_texts):
    for name, table in recorded.items():
        for row in table.records:
            if "list" in row:
                assert f'{name}", list="{row["list"]}"' in judged_texts, row["id"]
