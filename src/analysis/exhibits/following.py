"""Which codes of an earlier period the codes of a later one continue, node by node."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import product

from analysis.framework import CodeChange, Framework, Node

# A unit is that of a number, whatever stands above.
UNIT = "unit"
Key = tuple[tuple[str, str], ...]
Alone = frozenset[tuple[str, str]]
"""Codes in any order, without those of nodes above another one among them."""
Way = tuple[tuple[tuple[str, str], ...], tuple[str, ...]]
"""Nodes of the earlier period, and what changed on the way to them."""


class Following:
    """The way back from the codes of a later period to those of an earlier one.

    A node is followed through ``continues``, framework by framework; where both periods follow one framework,
    a node may also be itself.

    Parameters
    ----------
    frameworks : sequence of Framework
        Of the later period first, of the earlier one last.
    broken : bool
        Whether the two follow different frameworks: a code that is no node then continues nothing.
    spans : collection of str
        The periods after the earlier one, up to the later: what changed of a code in one of them is told.
    """

    def __init__(self, frameworks: Sequence[Framework], broken: bool, spans: Collection[str] = ()):
        self.spans = frozenset(spans)
        self.changes = {
            (change.column, change.code): change
            for framework in frameworks
            for change in framework.changes
            if change.period in self.spans
        }
        self.later, self.earlier, self.broken = frameworks[0], frameworks[-1], broken
        self.known = {
            node.address: node
            for framework in reversed(frameworks)
            for level in framework.levels
            for node in framework.nodes(level)
        }
        self.above = {
            node.address: framework.parent(node)
            for framework in reversed(frameworks)
            for level in framework.levels
            for node in framework.nodes(level)
        }
        self._found: dict[tuple[str, str], list[Way]] = {}

    def alone(self, key: Key) -> Alone:
        """Return what tells a number of the earlier period, whatever order its columns stand in."""
        return lowest(key, self.earlier)

    def code_changes(self, key: Key) -> tuple[CodeChange, ...]:
        """Return what changed of the codes of a number that are no nodes, with what says so."""
        return tuple(self.changes[part] for part in key if part in self.changes)

    def former(self, key: Key) -> Iterator[tuple[tuple[Alone, ...], tuple[str, ...]]]:
        """Yield what may have told the number in the earlier period, and what changed of its nodes since.

        What is the same comes first; several at once where a node continues several.
        """
        ways = [self._ways(part) for part in sorted(lowest(key, self.later))]
        for way in product(*ways):
            changed = dict.fromkeys(change for _, changes in way for change in changes)
            yield tuple(map(frozenset, product(*(formers for formers, _ in way)))), tuple(changed)

    def _ways(self, part: tuple[str, str]) -> list[Way]:
        if part not in self._found:
            level = part[0] in self.later.levels
            node = self.later.node(*part) if level else None
            as_it_is: list[Way] = [((part,), ())]
            self._found[part] = list(self._back(node)) if node else [] if level and self.broken else as_it_is
        return self._found[part]

    def _changed_above(self, node: Node) -> Iterator[str]:
        """Yield what changed of the nodes above: what an output means, its indicators mean as well."""
        above = self.above.get(node.address)
        while above is not None:
            yield from (change for change in above.changed if change != UNIT)
            above = self.above.get(above.address)

    def _back(self, node: Node | None) -> Iterator[Way]:
        """Yield the nodes of the earlier period that a node may be, or may continue."""
        changes: list[str] = []
        passed: set[str] = set()
        while node is not None and node.address not in passed:
            passed.add(node.address)
            own = self.earlier.node(node.level, node.code)
            if own is not None and own.address == node.address:
                yield ((node.level, node.code),), tuple(changes)
            changes += (*node.changed, *self._changed_above(node))
            if len(node.continues) > 1:
                several = [way for address in node.continues for way in self._back(self.known.get(address))]
                yield tuple(former for formers, _ in several for former in formers), tuple(changes)
                return
            node = self.known.get(node.continues[0]) if node.continues else None


def lowest(key: Key, framework: Framework) -> Alone:
    """Return a key without the nodes that stand above another of its nodes: the framework says those."""
    nodes = [node for part in key if part[0] in framework.levels and (node := framework.node(*part))]
    above = set()
    for node in nodes:
        higher = framework.parent(node)
        while higher is not None:
            above.add((higher.level, higher.code))
            higher = framework.parent(higher)
    return frozenset(part for part in key if part not in above)
