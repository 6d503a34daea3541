"""Printing bound numbers anew: from today's record, a corrected one, another period, in a language's form."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from analysis.checking.answers.word_files import rewritten, serialized
from analysis.checking.bound.binding import (
    PART,
    BoundNumber,
    bound_numbers,
    controls,
    holds_its_number,
    printed_anew,
)
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.text.mentions import first_phrase
from analysis.checking.text.periods import shifted
from analysis.framework import Framework
from analysis.labels import Catalogue
from analysis.reading import DocumentError
from analysis.reading.archives import check_archive, digest_of, member
from analysis.reading.languages import written_one_way
from analysis.reading.word import BODY, W, parsed, sound_parts, told_parts

SAME, CHANGED, REFUSED = "same", "changed", "refused"
NOT_OF_HERE = (
    "this file does not say what it stands for: it was bound in another one; take its content control out, "
    "and bind the numbers of the draft that was pasted together again"
)

BY_HAND = (
    "what its content control holds was changed by hand, and is more or less than a number; leave the number "
    "alone in it, or take the control out"
)


@dataclass(frozen=True)
class Refreshed:
    """What became of a bound number.

    Attributes
    ----------
    bound : BoundNumber or None
        None where the file does not say what its control stands for.
    before, after : str
        As printed.
    outcome : str
        ``same``, ``changed`` or ``refused``.
    why : str
        Of a refusal.
    verb : str
        The word of the sentence that may no longer hold; empty where none is seen.
    sentence : str
    """

    bound: BoundNumber | None
    before: str
    after: str
    outcome: str
    why: str = ""
    verb: str = ""
    sentence: str = ""


def refresh(
    path: Path, catalogue: CandidateIndex, period: str, language: str = ""
) -> tuple[bytes, list[Refreshed]]:
    """Return a Word file whose bound numbers are printed anew, and what became of each.

    Parameters
    ----------
    path : Path
        The file, which stays as it is.
    catalogue : CandidateIndex
        Of the record from which they are printed.
    period : str
        Of that record.
    language : str
        Whose separators are used; by default those of each number's sentence.

    Raises
    ------
    DocumentError
        When no number of the file is bound, or the file is changed meanwhile.
    """
    check_archive(path, BODY)
    digest = digest_of(path)
    with zipfile.ZipFile(path) as archive, sound_parts(path):
        names = archive.namelist()
        if PART not in names:
            raise DocumentError(
                f"{path}: no number of it is bound; analysis bind binds those that agree (LibreOffice keeps "
                "nothing of it when it saves a file: refresh the file that was bound)"
            )
        held = bound_numbers(member(archive, PART))
        roots = {name: parsed(member(archive, name)) for name in told_parts(names)}
    done: list[Refreshed] = []
    for root in roots.values():
        for key, control in controls(root):
            if key in held:
                done.append(_refreshed(held[key], control, catalogue, period, language))
            else:
                text = "".join(text.text or "" for text in control.iter(f"{W}t"))
                done.append(Refreshed(None, text, text, REFUSED, NOT_OF_HERE))
    done += [
        Refreshed(control, control.printed, "", REFUSED, "its content control is gone from the text")
        for key, control in held.items()
        if key not in {one.bound.key for one in done if one.bound is not None}
    ]
    parts = {name: serialized(root) for name, root in roots.items()}
    changed = any(refreshed.outcome == CHANGED for refreshed in done)
    return rewritten(path, parts if changed else {}, digest), done


def _refreshed(
    bound: BoundNumber, control: etree._Element, catalogue: CandidateIndex, period: str, language: str
) -> Refreshed:
    texts = _own_texts(control)
    before = "".join(text.text or "" for text in texts)
    candidate, why = counterpart(bound, catalogue, period)
    if candidate is None:
        return Refreshed(bound, before, before, REFUSED, why)
    if not holds_its_number(bound, before):
        return Refreshed(bound, before, before, REFUSED, BY_HAND)
    locale = Catalogue(language or bound.language)("language.locale")
    after = printed_anew(bound, candidate, locale)
    if written_one_way(after) == written_one_way(before):
        return Refreshed(bound, before, before, SAME)
    old = catalogue.by_id.get(bound.id)
    sentence = _sentence(control)
    verb = _verb(sentence, bound, before, after) if old is not candidate or language == "" else ""
    texts[0].text = after
    for text in texts[1:]:
        text.text = ""
    return Refreshed(bound, before, after, CHANGED, "", verb, sentence)


def _own_texts(control: etree._Element) -> list[etree._Element]:
    """Return the texts of a control, without those of another bound number that was pasted into it."""
    inner = {text for _, other in controls(control) if other is not control for text in other.iter(f"{W}t")}
    return [text for text in control.iter(f"{W}t") if text not in inner]


def counterpart(bound: BoundNumber, catalogue: CandidateIndex, period: str) -> tuple[Candidate | None, str]:
    """Return the quantity of a period that a bound one continues, or why there is none.

    For the period that it was bound to, it is the quantity itself. For another one, it is the number of the
    same table and the same codes as many periods away; a node that does not continue is refused.
    """
    current = catalogue.recorded.current(bound.id)
    candidate = catalogue.by_id.get(current)
    if period == bound.period:
        if candidate is None:
            return None, f"the record holds no {bound.id} any more"
        return (None, "the record holds no number there") if candidate.value.missing else (candidate, "")
    if candidate is None:
        return None, f"the record of {period} does not hold {bound.id}, nor a number that continues it"
    steps = (int(period[:4]) - int(bound.period[:4])) // _width(bound.period)
    wanted = shifted(candidate.period, steps * (_width(bound.period) if len(candidate.period) == 4 else 1))
    changed = _broken(candidate, catalogue)
    if changed:
        return None, changed
    for other in catalogue.by_series.get(candidate.series, ()):
        if other.period == wanted and other.axes == candidate.axes and not other.value.missing:
            return other, ""
    return None, f"the record holds no such number for {wanted or period}: {candidate.titles['en']}"


def _width(period: str) -> int:
    years = re.findall(r"\d+", period)
    return 1 if len(years) < 2 else max(int(years[0][:2] + years[1][-2:]) - int(years[0]) + 1, 1)


def _broken(candidate: Candidate, catalogue: CandidateIndex) -> str:
    """Return why the framework does not carry a quantity into another period; empty where it does."""
    framework = Framework.of(catalogue.recorded)
    for level in framework.levels:
        node = framework.node(level, candidate.axes.get(level, ""))
        if node is not None and not node.continues:
            return f"{level} {node.code} of the framework is not said to continue a node of the other period"
        if node is not None and node.changed:
            return f"{level} {node.code} changed between the periods: {', '.join(node.changed)}"
    return ""


def _sentence(control: etree._Element) -> str:
    paragraph = next(control.iterancestors(f"{W}p"), None)
    return "" if paragraph is None else "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def _verb(sentence: str, bound: BoundNumber, before: str, after: str) -> str:
    """Return the word for a rise or a fall near a number that moved, if there is one."""
    text = written_one_way(sentence).lower()
    at = max(text.find(written_one_way(before).lower()), 0)
    around = text[max(0, at - 90) : at + 60]
    return first_phrase(around, bound.language, "rise") or first_phrase(around, bound.language, "fall")
