"""How far the judging of a draft has come."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.checking.checked import Checked
from analysis.checking.likely import OpenNumber
from analysis.checking.running import Running


@dataclass
class Progress:
    """How far the judging of a draft has come.

    Attributes
    ----------
    running : dict
        What the text has said, by language, in the order in which they were met.
    checked : list of Checked
        Its numbers so far.
    asked : dict
        Those that no rule settles, by ``id`` of the number, until what they may mean is weighed.
    since : int
        The first of the numbers of which it is not yet weighed.
    """

    running: dict[str, Running] = field(default_factory=dict)
    checked: list[Checked] = field(default_factory=list)
    asked: dict[int, OpenNumber] = field(default_factory=dict)
    since: int = 0
