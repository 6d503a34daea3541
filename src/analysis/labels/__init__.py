"""The catalogue of labels: one file a language, the organisation's terms, and no missing key."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

from analysis.quantities import Recorded

TITLED = {"outcome": "report.outcomes", "output": "report.outputs", "indicator": "report.indicators"}
# Other entries that the record words itself: kind -> table, column of the code, start of the text columns.
WORDED = {
    "enabling": ("report.enabling_indicators", "id", "statement"),
    "target": ("gender.targets", "target", "statement"),
    "framework": ("unswap.framework", "code", "title"),
    "action": ("plan.deliverables", "action", "action"),
    "deliverable": ("plan.deliverables", "deliverable", "deliverable"),
    "partner": ("review.contributions", "partner", "partner"),
    "pillar_line": ("review.pillars", "code", "text"),
    "evidence": ("review.evidence", "id", "statement"),
}


class LabelError(KeyError):
    """A label that a language's file does not hold."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a file, English first."""
    found = sorted(each.name[:-5] for each in files(__package__).iterdir() if each.name.endswith(".toml"))
    return tuple(sorted(found, key=lambda name: name != "en"))


def _flat(tree: dict, above: str = "") -> dict[str, str]:
    entries: dict[str, str] = {}
    for key, entry in tree.items():
        name = f"{above}.{key}" if above else key
        entries.update(_flat(entry, name) if isinstance(entry, dict) else {name: entry})
    return entries


@cache
def entries(language: str) -> dict[str, str]:
    """Return a language's labels by key.

    Raises
    ------
    LabelError
        When there is no file for the language; the message lists those that there are.
    """
    if language not in languages():
        raise LabelError(f"no language {language!r}: there are {', '.join(languages())}")
    text = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return _flat(tomllib.loads(text))


@dataclass(frozen=True)
class Catalogue:
    """Labels in one language; what the record words itself (``TITLED``, ``WORDED``) may stand there instead.

    A year and ``code.<anything>`` stand for themselves.

    Parameters
    ----------
    language : str
        ``en``, ``fr``, ``es`` or ``zh``.
    recorded : Recorded, optional
        Where the columns ``title_<language>``, ``statement_<language>`` and so on are looked up.
    """

    language: str
    recorded: Recorded | None = None

    def __contains__(self, key: str) -> bool:
        return self._find(key) is not None

    def __call__(self, key: str, **numbers: str) -> str:
        """Return the label, with numbers put in where it has places for them.

        Raises
        ------
        LabelError
            When the key, or a number that the label asks for, is missing.
        """
        label = self._find(key)
        if label is None:
            raise LabelError(f"labels/{self.language}.toml has no {key!r}: add it there")
        asked = {name for _, name, _, _ in Formatter().parse(label) if name}
        if asked - set(numbers):
            raise LabelError(
                f"label {key!r} ({self.language}) asks for {', '.join(sorted(asked - set(numbers)))}"
            )
        return label.format(**numbers)

    def _find(self, key: str) -> str | None:
        found = entries(self.language).get(key)
        if found is not None or key.isdigit():
            return key if found is None else found
        kind, _, code = key.partition(".")
        if kind == "code":
            return code
        worded = WORDED.get(kind) or (TITLED.get(kind, ""), kind, "title")
        if self.recorded is None or worded[0] not in self.recorded:
            return None
        name, column, start = worded
        table = self.recorded[name]
        rows = table.select(((column, (code,)),))
        text = f"{start}_{self.language}"
        return table.records[rows[0]].get(text) if rows else None
