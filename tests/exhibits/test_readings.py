"""Every quantity of every exhibit reads alike as a value, in pandas, in words and by its rows."""

import pytest
from laid_out import DEFINITIONS

from analysis.exhibits.layout import make
from analysis.exhibits.parts import quantities_of
from analysis.quantities import evaluate, pandas_code, provenance, sentence
from analysis.quantities.units import unit


def in_base_units(recorded, names):
    frames = {}
    for name in names:
        table = recorded[name]
        numbers = [
            None if each.missing else float(each.value * unit(each.unit).factor) for each in table.values
        ]
        frames[name] = table.rows.assign(value=numbers)
    return frames


@pytest.fixture(scope="module")
def frames(recorded):
    """Frames of the recorded tables, and of each table of estimates when a quantity names it."""

    class Frames(dict):
        def __missing__(self, name):
            self.update(in_base_units(recorded, [name]))
            return self[name]

    return Frames(in_base_units(recorded, recorded))


@pytest.mark.slow
@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.id)
def test_readings_agree(definition, recorded, frames, biennium):
    exhibit = make(definition, recorded, biennium)
    for quantity in dict.fromkeys(quantities_of(exhibit)):
        found = evaluate(quantity, recorded)
        if found.missing:
            continue
        assert found.low <= found.value <= found.high
        factor = 1 if found.unit == "truth" else unit(found.unit).factor
        computed = eval(pandas_code(quantity), {"tables": frames})
        assert computed == pytest.approx(float(found.value * factor), rel=1e-12, abs=1e-9)
        assert sentence(quantity, recorded).endswith(".")
        rows = provenance(quantity, recorded)
        assert rows or float(found.value) == int(found.value)
        assert all(row["sha256"] and row["path"].startswith("data/") for row in rows)


def test_a_wrong_reading_is_seen(recorded, frames, biennium):
    exhibit = make(
        next(each for each in DEFINITIONS if each.number == "Figure 15"),
        recorded,
        biennium,
    )
    quantity = next(iter(quantities_of(exhibit)))
    table = quantity.table if hasattr(quantity, "table") else "report.results_by_region"
    wrong = {**frames, table: frames[table].assign(value=frames[table]["value"] + 1)}
    assert eval(pandas_code(quantity), {"tables": wrong}) != eval(pandas_code(quantity), {"tables": frames})
