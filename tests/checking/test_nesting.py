"""The whole of a column is what the framework says, whatever its code is."""

from analysis.checking.candidates.nesting import finest_dimensions, nested, whole_codes
from analysis.quantities import Recorded

ROWS = [
    {"region": region, "indicator": code, "output": output, "value": "1", "decimals": "0", "unit": "result"}
    for region in ("north", "south", "WLD")
    for code, output in (("1.1", "1"), ("1.2", "1"), ("2.1", "2"), ("2.2", "2"))
]
REGIONS = [
    {"dimension": "region", "code": code, "total": "yes" if code == "WLD" else "no"}
    for code in ("north", "south", "WLD")
]


def test_a_whole_has_the_code_that_the_framework_gives_it(table):
    results = table(ROWS, "report.results")
    described = Recorded([results], about=[table(REGIONS, "framework.dimensions")])
    assert whole_codes(described) == {"region": frozenset({"WLD"})}
    assert whole_codes(Recorded([results])) == {}


def test_a_standard_code_counts_where_nothing_describes_the_column_and_a_word_of_a_relation_never(table):
    rows = [{**row, "region": "_T" if row["region"] == "WLD" else row["region"]} for row in ROWS]
    assert whole_codes(Recorded([table(rows, "report.results")])) == {"region": frozenset({"_T"})}
    described = Recorded([table(rows, "report.results")], about=[table(REGIONS, "framework.dimensions")])
    assert whole_codes(described) == {}


def test_a_column_with_a_whole_nests_in_nothing(table):
    results = table(ROWS, "report.results")
    columns = finest_dimensions(results)
    assert {"region", "indicator", "output"} <= set(columns)
    assert nested(results, ["indicator", "output"], {}, ()) == ["indicator", "output"]
    assert nested(results, ["indicator", "output"], {"output": frozenset({"2"})}, ()) == ["indicator"]


def test_of_columns_that_nest_apart_the_frameworks_are_taken(table):
    places = {"brazil": "south", "peru": "south", "chad": "north", "mali": "north", "kenya": "east"}
    rows = [{**row, "place": place, "office": office} for row in ROWS for place, office in places.items()]
    columns = ["place", "office", "indicator", "output"]
    results = table(rows, "report.results")
    assert nested(results, columns, {}, ("output", "indicator")) == ["indicator", "output"]
    assert nested(results, columns, {}, ("office", "place")) == ["place", "office"]
