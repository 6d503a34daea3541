"""UN-SWAP: only what the document names, and changes in per cent and in percentage points apart."""

import pytest

from analysis.exhibits import unswap
from analysis.exhibits.catalogue import UnknownExhibit, find
from analysis.exhibits.layout import make
from analysis.quantities import evaluate


def table(identifier, recorded, biennium):
    return make(find(identifier, recorded), recorded, biennium).table


def numbers(row, recorded):
    return [None if each is None else round(float(evaluate(each, recorded).value), 1) for each in row.cells]


def test_framework_counts_what_is_named_and_fills_nothing_in(recorded, biennium):
    rows = table("unswap_framework", recorded, biennium).rows
    assert [numbers(row, recorded) for row in rows] == [[6, 6, 0], [15, 10, 5], [5, 3, 2]]
    assert len(table("unswap_framework_names", recorded, biennium).rows) == 19
    assert recorded[unswap.FRAMEWORK].rows["code"].is_unique


def test_representation_keeps_points_and_per_cent_apart(recorded, biennium):
    shown = table("unswap_representation", recorded, biennium)
    found = {row.labels[0]: numbers(row, recorded) for row in shown.rows}
    assert found == {
        "grade.all": [None, 40, None, None, None],
        "grade.P2": [None, 57.3, None, None, None],
        "grade.P4": [None, 38.4, None, None, None],
        "grade.D2": [None, 25.7, None, None, None],
        "grade.ASG_and_above": [24.4, 30.9, 6.5, 6.5, 26.6],
    }
    units = [evaluate(each, recorded).unit for each in shown.rows[-1].cells]
    assert units == ["percent", "percent", "percentage_points", "percentage_points", "percent"]


def test_joint_programmes_shares_and_markers(recorded, biennium):
    joint = table("unswap_joint_programmes", recorded, biennium)
    assert [numbers(row, recorded) for row in joint.rows] == [[104, 106, 2, 1.9]]
    staff = table("unswap_staff_budget", recorded, biennium)
    assert [numbers(row, recorded) for row in staff.rows] == [[20], [13], [14]]
    marker = table("unswap_gender_marker", recorded, biennium)
    assert [numbers(row, recorded)[0] for row in marker.rows] == [
        20,
        40,
        10,
        1,
        58,
        32,
        17.5,
        45,
        10,
        15,
        -35,
    ]


def test_the_earlier_biennium_does_not_hold_the_document(earlier):
    with pytest.raises(UnknownExhibit):
        find("unswap_framework", earlier)
