"""How much of a report stands in another language than its own, for its reader to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analysis.audit.claims import Claim
from analysis.audit.judging import Audit
from analysis.audit.statements import in_own_words
from analysis.exhibits.catalogue import label_keys
from analysis.exhibits.parts import Exhibit
from analysis.labels import Catalogue
from analysis.labels.places import place_words


def untranslated(exhibits: Iterable[Exhibit], audit: Audit, labels: Catalogue) -> list[str]:
    """Return sentences: how many titles, statements and places of a report have no words in its language.

    Parameters
    ----------
    exhibits : iterable of Exhibit
        What the report shows; each title is counted once.
    audit : Audit
        Of the numbers in print, whose statements and places are counted.
    labels : Catalogue
        Of the language, with the record.

    Returns
    -------
    list of str
        Nothing where all of it stands in the language.
    """
    keys = dict.fromkeys(key for exhibit in exhibits for key in label_keys(exhibit) if key in labels)
    foreign = labels.foreign(keys)
    titles = [key for key in keys if key in foreign or labels.is_title(key)]
    statements = [in_own_words(judged.claim, audit.recorded, labels) for judged in audit.judgements]
    sentences = []
    if foreign:
        counted = {"all": str(len(titles)), "number": str(len(foreign))}
        languages = labels("label.list_comma").join(dict.fromkeys(foreign.values()))
        sentences.append(labels("untranslated.titles", **counted, languages=languages))
    if not all(statements):
        counted = {"all": str(len(statements)), "number": str(statements.count(False))}
        sentences.append(labels("untranslated.statements", **counted, languages=labels.home))
    stand = {place for judged in audit.judgements for place in _places(judged.claim, audit)}
    bare = sum(not place_words(place, labels).whole for place in stand)
    if bare:
        counted = {"all": str(len(stand)), "number": str(bare)}
        sentences.append(labels("untranslated.places", **counted, languages=labels.home))
    return sentences


def _places(claim: Claim, audit: Audit) -> Iterator[str]:
    """Yield where a number stands; of two sides that contradict each other, where each does."""
    row = audit.recorded[claim.table].records[claim.row]
    yield from (row[name] for name in ("place", "first_place", "second_place") if row.get(name))
