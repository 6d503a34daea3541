import pytest
from laid_out import DEFINITIONS

from analysis.exhibits.layout import make
from analysis.exhibits.parts import quantities_of
from analysis.labels import Catalogue
from analysis.printed.corrections import with_corrections
from analysis.printed.resolve import resolve
from analysis.sources.corrections import cited

pytestmark = pytest.mark.slow

SHARE = "gender-equality-2020-21/monitoring_totals/2018-19/met_or_exceeded/share"


def test_exhibits_made_with_a_correction_name_it_and_others_do_not(register, biennium):
    recorded = register.recorded(biennium, corrected=True)
    labels = Catalogue("en", recorded)
    naming = []
    for definition in DEFINITIONS:
        exhibit = make(definition, recorded, biennium)
        entries = cited(quantities_of(exhibit), recorded, register.corrections)
        resolved = resolve(exhibit, recorded, labels)
        noted = with_corrections(resolved, entries, labels)
        if any(SHARE in text for text in noted.notes):
            naming.append(definition.id)
            assert any("50" in note.text and "51" in note.text for note in noted.table.notes)
            assert all(chart.notes for chart in noted.charts)
        elif not entries:
            assert noted == resolved
    assert 0 < len(naming) < len(DEFINITIONS) / 2
