"""Each reading of a quantity has a case for each kind of expression."""

import pytest

from analysis.quantities.expression import Quantity
from analysis.quantities.pandas_code import pandas_code
from analysis.quantities.spreadsheet import formula
from analysis.quantities.values import _value
from analysis.quantities.wording import quantity_in_words


class Unread(Quantity):
    """A kind that no reading knows."""


KINDS = [kind for kind in Quantity.__subclasses__() if kind is not Unread]


@pytest.mark.parametrize(
    "reading", [_value, quantity_in_words, formula, pandas_code], ids=lambda reading: reading.__name__
)
def test_a_reading_has_a_case_for_each_kind(reading):
    assert len(KINDS) == 6
    assert not [kind.__name__ for kind in KINDS if reading.dispatch(kind) is reading.dispatch(object)]
    with pytest.raises(NotImplementedError, match="Unread has no"):
        reading(Unread(), *[None] * (reading is not pandas_code))
