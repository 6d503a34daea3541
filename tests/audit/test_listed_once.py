"""The list of numbers in print is made once for a catalogue and an audit; who asks may change the copy."""

from dataclasses import replace

import pytest

from analysis.audit.listing import listing
from analysis.audit.opening import open_audit
from analysis.labels import Catalogue
from analysis.labels.watching import watched

pytestmark = pytest.mark.slow  # judges a whole period


def test_a_list_is_given_as_a_copy_and_is_that_of_its_audit(register, biennium, recorded):
    audit, labels = open_audit(register, biennium, recorded), Catalogue("fr", recorded)
    with watched() as first:
        rows = listing(audit, labels)
    whole = rows.copy()
    rows["verdict"] = "changed"
    with watched() as again:
        assert listing(audit, labels).equals(whole)
    assert first == again != {}
    part = replace(audit, judgements=audit.judgements[:3])
    assert listing(part, labels).equals(whole.head(3))
    assert not listing(audit, Catalogue("en", recorded)).equals(whole)
