"""Exhibits made and read back as numbers."""

import pytest
from laid_out import DEFINITIONS

from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import make
from analysis.quantities import Quantity, evaluate


@pytest.fixture
def number():
    """Read a quantity as a float; None where it is missing, a key where the cell is text."""

    def read(cell, recorded):
        if not isinstance(cell, Quantity):
            return cell
        found = evaluate(cell, recorded).value
        return None if found is None else float(found)

    return read


@pytest.fixture
def body(number):
    """Make an exhibit, and return its rows' numbers by their last label that tells them apart."""

    def rows(identifier, recorded, biennium):
        exhibit = make(find(identifier, recorded), recorded, biennium)
        return {row.labels: [number(cell, recorded) for cell in row.cells] for row in exhibit.table.rows}

    return rows


@pytest.fixture(scope="session")
def made(recorded, biennium):
    """Every exhibit of the biennium."""
    return [make(definition, recorded, biennium) for definition in DEFINITIONS]
