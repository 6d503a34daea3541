"""Several exhibits at once: by ids and numbers, by chapter, by a pattern with ``*`` and ``?``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from analysis.exhibits.catalogue import CHAPTERS, UnknownExhibit, definitions, find, of_chapter
from analysis.exhibits.layout import Definition
from analysis.quantities import Recorded

_CHAPTER = re.compile(r"(?:all of )?chapter[ _]*(\d+)", re.IGNORECASE)


def choose_exhibits(
    requests: Iterable[str], recorded: Recorded, document: str = ""
) -> tuple[dict[str, Definition], set]:
    """Return the exhibits that are asked for, by id and in order, and the ids that were named one by one.

    Parameters
    ----------
    requests : iterable of str
        Each an id or a number as for :func:`analysis.exhibits.catalogue.find`, ``chapter 2`` or the stem of a
        chapter's notebook, or a pattern of ids or numbers: ``results_*``, ``Figure 1?``.
    recorded : Recorded
    document : str
        Name or kind of the document, where several have such a number; by default any.

    Raises
    ------
    UnknownExhibit
        When one of them means no exhibit, or a number several.
    """
    chosen: dict[str, Definition] = {}
    named: set[str] = set()
    for name in requests:
        several = _several(name, recorded, document)
        if several is None:
            several = (find(name, recorded, document),)
            named.add(several[0].id)
        chosen |= {definition.id: definition for definition in several}
    return chosen, named


def _several(request: str, recorded: Recorded, document: str) -> tuple[Definition, ...] | None:
    """Return the exhibits of a chapter or a pattern; None where one exhibit is asked for."""
    numbered = _CHAPTER.fullmatch(request.strip())
    if not numbered and request not in CHAPTERS and not set(request) & set("*?"):
        return None
    if numbered or request in CHAPTERS:
        stems = [
            chapter
            for chapter in CHAPTERS
            if chapter == request or (numbered and _number(chapter) == int(numbered[1]))
        ]
        offered = tuple(definition for stem in stems for definition in of_chapter(recorded, stem))
        known = "chapters: " + ", ".join(f"{_number(chapter)} ({chapter})" for chapter in CHAPTERS)
    else:
        pattern = request.casefold()
        offered = tuple(
            definition
            for definition in definitions(recorded)
            if any(fnmatchcase(name.casefold(), pattern) for name in (definition.id, definition.number))
        )
        known = "`analysis list` names them all"
    definitions_meant = tuple(
        definition
        for definition in offered
        if document in ("", definition.document, definition.needs[0].partition(".")[0])
    )
    if not definitions_meant:
        raise UnknownExhibit(f"{request!r} means no exhibit; {known}")
    return definitions_meant


def _number(stem: str) -> int:
    return int(stem.partition("_")[0])
