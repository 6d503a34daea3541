"""What a layout leaves out: recorded tables and indicators that no exhibit shows, words that nothing says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analysis.exhibits import trends
from analysis.exhibits.catalogue import definitions, label_keys
from analysis.exhibits.parts import Exhibit, quantities_of
from analysis.framework import Framework
from analysis.labels import Catalogue
from analysis.quantities import Recorded, selections


def tables_not_shown(recorded: Recorded, exhibits: Iterable[Exhibit]) -> Iterator[str]:
    """Yield the recorded tables of numbers of which no exhibit shows one."""
    shown = {table for definition in definitions(recorded) for table in definition.needs}
    for exhibit in exhibits:
        shown |= {each.table for quantity in quantities_of(exhibit) for each in selections(quantity)}
    for name, table in recorded.items():
        if name not in shown and any(not each.missing for each in table.values):
            yield name


def indicators_left_out(recorded: Recorded) -> Iterator[str]:
    """Yield the indicators of the table of trends for which no trend is laid out."""
    if trends.INDICATORS not in recorded:
        return
    laid_out = {
        code
        for each in definitions(recorded)
        for code in each.conditions.get("indicator", ())
        if each.kind.name == "trend"
    }
    yield from (code for code in trends.codes(recorded) if code not in laid_out)


def words_missing(
    recorded: Recorded, exhibits: Iterable[Exhibit], language: str
) -> Iterator[tuple[str, str]]:
    """Yield each key that neither the record nor the package has words for, with the id of who asks."""
    labels, framework = Catalogue(language, recorded), Framework.of(recorded)
    told = {f"{level}.{code}" for level in framework.levels for code in framework.codes(level)}
    told = {key for key in told if key not in labels}
    yield from (("framework", key) for key in sorted(told))
    for exhibit in exhibits:
        for key in label_keys(exhibit):
            if key not in labels and key not in told:
                told.add(key)
                yield exhibit.id, key


def words_borrowed(recorded: Recorded, exhibits: Iterable[Exhibit], language: str) -> dict[str, str]:
    """Return the keys that stand in another language than the one asked for, with that language."""
    labels = Catalogue(language, recorded)
    keys = {key for each in exhibits for key in label_keys(each)}
    return labels.foreign(sorted(key for key in keys if key in labels))
