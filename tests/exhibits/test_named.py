"""The number of an indicator for all regions, where a document prints it and where it does not."""

import pandas as pd
import pytest

from analysis.exhibits.named import Named, named
from analysis.quantities import Recorded, RecordedTable, Source, evaluate

TABLE = "report.output_indicators"
NODES = ["level,code,parent,kind,unit,direction,measure,adds_up,continues,continues_why,changed",
         "indicator,wells,,,result,more_is_better,unit,sum,,,",
         "indicator,pipes,,,percent,more_is_better,percentage,none,,,"]  # fmt: skip
REGIONS = ["dimension,code,total,exhaustive,group,kind", "region,north,no,yes,,", "region,south,no,yes,,"]
NUMBERS = {
    ("wells", "target", "north"): 5,
    ("wells", "target", "south"): 6,
    ("wells", "result", "north"): 7,
    ("wells", "result", "south"): 3,
    ("pipes", "target", "north"): 50,
    ("pipes", "target", "south"): 60,
    ("pipes", "result", "north"): 55,
    ("pipes", "result", "south"): 65,
}


def framed(name, lines):
    columns, *rows = (line.split(",") for line in lines)
    source = Source("doc", "", f"data/raw/doc/{name}.csv", "0", name)
    return RecordedTable(f"framework.{name}", pd.DataFrame(rows, columns=columns), source)


@pytest.fixture
def record(table):
    rows = [
        {"indicator": indicator, "measure": measure, "region": region, "period": "2023", "value": number,
         "decimals": 0, "unit": "result" if indicator == "wells" else "percent"}
        for (indicator, measure, region), number in NUMBERS.items()
    ]  # fmt: skip
    return Recorded([table(rows, TABLE)], about=[framed("nodes", NODES), framed("dimensions", REGIONS)])


def test_regions_are_added_up_where_no_number_is_in_print_for_the_whole(record):
    own = Named(record)
    (pair,) = own.pairs()
    assert [evaluate(quantity, record).value for quantity in pair[1:]] == [11, 10]
    assert evaluate(named(record)["indicators_below"](), record).value == 1
    assert evaluate(named(record)["indicators_met"](), record).value == 0


def test_a_condition_may_name_several_codes(record):
    """As in ``indicators_met(indicator=["wells", "pipes"])``; before, several codes met no row."""
    words = named(record)
    one, other = (words["indicators_below"](indicator=code) for code in ("wells", "pipes"))
    both = words["indicators_below"](indicator=("wells", "pipes"))
    assert [evaluate(each, record).value for each in (one, other, both)] == [1, 0, 1]


def test_what_does_not_add_up_has_no_number_for_the_whole(record):
    assert Named(record).of_indicator("result", "pipes", "2023") is None


def test_the_number_in_print_for_the_whole_is_taken(recorded):
    table = recorded[TABLE]
    printed = table.records[table.select((("measure", ("target",)),))[0]]
    own = Named(recorded)
    quantity = own.of_indicator("target", printed["indicator"], printed["period"])
    assert quantity.how == "one"
    assert str(evaluate(quantity, recorded).value) == printed["value"]
