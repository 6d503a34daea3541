"""The exhibits that the documents of 2020–21 lay out, for tests that go through all of them."""

from pathlib import Path

from analysis.exhibits.catalogue import definitions
from analysis.sources.register import Register

DEFINITIONS = definitions(Register(Path(__file__).resolve().parents[1]).recorded("2020-21"))


def of_kind(*names: str):
    """Return those of some kinds."""
    return [each for each in DEFINITIONS if each.kind.name in names]
