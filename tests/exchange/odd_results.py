"""What a small organisation publishes, with every oddity that real files have."""

from pathlib import Path

import pytest

from analysis.cli import main

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder shared/data is not beside the checkout"
)

MAPPING = """
[organisation]
id = "relief"
iati = "XX-RLF"
name = { en = "Relief Agency", fr = "Agence de secours" }
short_name = { en = "RA" }
calendar = { years = 1, first = 2022 }

[document]
symbol = "RA {period}"
licence = "CC-BY-4.0"
attribution = "Relief Agency, open data"
title = { en = "Results {period}" }
short_title = { en = "Results {period}" }

[columns]
activity = "activity"
result_type = "type"
result_title = "area"
indicator_title = "indicator"
measure = "measure"
ascending = "ascending"
aggregation = "aggregation"
reference_code = "code"
reference_vocabulary = "vocabulary"
period_start = "start"
period_end = "end"
baseline = { value = "b", year = "b year", location = "place", dimensions = [["dim", "who"]] }
target = { value = "t", location = "place", dimensions = [["dim", "who"]] }
result = { value = "a", location = "place", dimensions = [["dim", "who"]], comment = "said" }

[levels.result]
name = "theme"
pattern = '^(?P<number>\\d+)\\. '
code = "t{number}"

[activities]
pattern = '^XX-RLF-\\d{4}-(?P<code>.+)$'

[dimensions.population]
names = ["Population", "People"]
groups = { "Refugees" = ["Réfugiés"] }

[[units]]
measure = "unit"
pattern = "^# "
unit = "count"
"""
COLUMNS = (
    *("activity", "type", "area", "indicator", "measure", "ascending", "aggregation", "code", "vocabulary"),
    *("start", "end", "b", "b year", "place", "dim", "who", "t", "a", "said"),
)
USUAL = {
    "activity": "XX-RLF-2022-ABC",
    "type": "2",
    "area": "1. Water",
    "indicator": "% of people with water",
    "measure": "2",
    "ascending": "1",
    "aggregation": "0",
    "start": "2022-01-01",
    "end": "2022-12-31",
    "place": "Chad",
    "dim": "Population",
    "who": "Refugees",
    "t": "80",
    "a": "75.50",
}
COUNTED = {"indicator": "# of wells", "measure": "1", "aggregation": "1", "type": "1"}
ODD = [
    {},
    {"b": ".5", "b year": "2021", "t": "", "a": "112", "who": "refugees"},
    {"a": ""},
    {"a": "76"},
    {"t": "", "a": ""},
    {**COUNTED, "ascending": "", "t": "3000", "a": "2999", "who": "Réfugiés", "said": "one fell dry"},
    {
        "area": "Health",
        "indicator": "Deaths",
        "measure": "1",
        "ascending": "0",
        "t": "1e2",
        "a": "-1",
        "who": "None",
    },
    {
        "area": "Health",
        "indicator": "Law in line",
        "measure": "4",
        "code": "GCR 1",
        "vocabulary": "99",
        "who": "NA",
    },
    {"activity": "XX-RLF-2022-DEF", "place": "Niger; Mali"},
]


def importing(mapping, *files, name="relief-2022", more=()):
    return main(["import", "results", *map(str, files), "--mapping", str(mapping.path), "--as", name, *more])
