"""The quantity that a text asks for: a recorded number by id, a named quantity with codes, an expression."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from analysis.errors import NotFound
from analysis.exhibits.named import named
from analysis.quantities import Quantity, Recorded, selections, value
from analysis.quantities.notation import parse
from analysis.quantities.tables import REQUIRED


def asked_quantity(request: str, recorded: Recorded, documents: Iterable[str]) -> Quantity:
    """Return the quantity that a text asks for.

    Parameters
    ----------
    request : str
        The id of a recorded number, also a former one; the name of a quantity, perhaps with codes
        (``results/2``); or an expression.
    recorded : Recorded
    documents : iterable of str
        Names of the documents, offered where nothing is called so.

    Raises
    ------
    NotFound
        When nothing is called so, a code stands in no column or in several, or two codes are of one column.
    """
    words = named(recorded)
    if recorded.of_id(request) is not None:
        table, _ = recorded.locate(request)
        return value(table.name, id=recorded.current(request))
    word, slash, codes = request.partition("/")
    if word in words and "(" not in request:
        where: dict[str, str] = {}
        for code in codes.split("/") if slash else ():
            column = _column_of(code, words[word](**where), recorded, request)
            if column in where:
                raise NotFound(f"{request!r}: {where[column]!r} and {code!r} are both codes of {column}")
            where[column] = code
        return words[word](**where)
    if "(" not in request:
        known = [*words, *(f"{document}/" for document in documents)]
        near = difflib.get_close_matches(request, known, n=4, cutoff=0.4)
        raise NotFound(
            f"no number is called {request!r}: write an id, an expression or a named quantity"
            f" ({', '.join(near or sorted(words)[:6])})"
        )
    return parse(request, recorded, words)


def _column_of(code: str, base: Quantity, recorded: Recorded, request: str) -> str:
    tables = [recorded[selection.table] for selection in selections(base)]
    columns = dict.fromkeys(
        name
        for table in tables
        for name in table.rows.columns
        if name not in (*REQUIRED, "note") and code in set(table.rows[name])
    )
    if len(columns) != 1:
        where = f"in several columns: {', '.join(columns)}" if columns else "in no column"
        raise NotFound(f"{request!r}: the code {code!r} stands {where} of {tables[0].name}")
    return next(iter(columns))
