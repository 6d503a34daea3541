"""Frames: numbers and their bounds in the unit that is named, whatever the record is written in."""

from analysis.exhibits.parts import Column
from analysis.front.frames import _cell, _distinct, recorded_frame
from analysis.labels import Catalogue
from analysis.quantities import Recorded, value

ROWS = [
    {"who": "a", "printed": "2,500", "value": "2500", "decimals": "0", "unit": "usd_thousand"},
    {"who": "b", "printed": "…", "value": "", "decimals": "", "unit": "usd_thousand", "status": "blank"},
]


def test_value_and_bounds_are_in_the_column_s_unit(table):
    recorded = Recorded([table(ROWS)])
    labels = Catalogue("en", recorded)
    column = Column("label.total", "unit.usd_million", 1)
    made = _cell(value("report.sample", who="a"), column, "", "Total", recorded, labels)
    assert (made["low"], made["value"], made["high"]) == (2.4995, 2.5, 2.5005)
    assert (made["unit"], made["printed"], made["cell_status"]) == ("usd_million", "2.5", "reported")
    lost = _cell(value("report.sample", who="b"), column, "", "Total", recorded, labels)
    assert lost["value"] != lost["value"]
    assert lost["low"] != lost["low"]
    assert lost["cell_status"] == "blank"


def test_a_recorded_table_keeps_its_rows_and_its_unit(table):
    frame = recorded_frame(table(ROWS))
    assert frame["value"].tolist()[:1] == [2500.0]
    assert frame["value"].isna().tolist() == [False, True]
    assert frame[["low", "high"]].iloc[0].tolist() == [2499.5, 2500.5]
    assert frame["unit"].tolist() == ["usd_thousand"] * 2


def test_label_columns_never_hide_another():
    assert _distinct(["unit", "code", "code", "value"]) == ["unit_2", "code", "code_2", "value_2"]
