"""What stands in a document and is not read, in words, with how many there are."""

from __future__ import annotations

from collections.abc import Mapping


def number_of(thing: str, number: int) -> str:
    """Return how many things there are: ``1 chart``, ``2 pieces of code``."""
    head, of, tail = thing.partition(" of ")
    ending = "es" if head.endswith("ch") else "s"
    return f"{number} {head}{ending * (number != 1)}{of}{tail}"


def not_read(counts: Mapping[str, int]) -> list[str]:
    """Return one remark that counts what is not read; none where all is.

    Parameters
    ----------
    counts : mapping
        How many by what it is, in the singular; what has no name needs no telling.
    """
    told = [number_of(thing, number) for thing, number in counts.items() if thing and number]
    return [f"not read: {', '.join(told)}"] if told else []


def struck_or_deleted(struck: int, deleted: int = 0) -> list[str]:
    """Return what is to be said of stretches struck through, which are read, and of deletions, which are not.

    "~~896~~ 874" may be a change or not; ``<del>`` is one, as is a tracked change of Word.
    """
    told = [f"{number_of('piece', deleted)} of deleted text left out, as if accepted"] if deleted else []
    return told + ([f"{number_of('stretch', struck)} of text struck through: read as well"] if struck else [])
