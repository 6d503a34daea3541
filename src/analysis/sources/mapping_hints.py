"""What would help where a survey holds codes that its mapping does not read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.sources.harmonised import Harmonised

NO_ANSWER = re.compile(r"|n/?a|#n/a|#null!|nan|null|none|missing|-+|\.[a-z]?", re.IGNORECASE)
"""Text that programs write where there is no answer: R, Excel, pandas, SQL, Stata."""

DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+(e[+-]?\d+)?", re.IGNORECASE)
OPEN = re.compile(r"(\d+)\s*(?:\+|\D*\b(?:more|over|older|above|plus|m[aá]s|mais|mehr)\b\D*)", re.IGNORECASE)
"""The least number of a class without an end: 98+, 98 and over, 98 y más."""
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?:[.,]\d+)?")


def unread_codes_hint(codes: Sequence[str], target: Harmonised) -> str:
    """Return what to say after a list of codes that could not be read.

    Parameters
    ----------
    codes : sequence of str
        The texts that could not be read, the most frequent first; codes held as numbers are left out.
    target : Harmonised
        The variable that they were to become.

    Returns
    -------
    str
        An ending of the sentence, empty where there is nothing to suggest. A weight is never said to be
        missing, since every person needs one.
    """
    if not codes:
        return ""
    written = [code for code in codes if not NO_ANSWER.fullmatch(code)]
    thousands = "write numbers without marks between thousands"
    if written and all(map(DECIMAL_COMMA.fullmatch, written)):
        decimals = 'where commas stand before decimals, say --decimal ",", or decimal = "," under [survey]'
        either = f"; {decimals}; else {thousands}"
        return either if all(map(THOUSANDS.fullmatch, written)) else f"; {decimals}"
    if written and any(map(THOUSANDS.fullmatch, written)) and not target.codes:
        return f"; {thousands}"
    if target.kind == "weight":
        return "; correct the file"
    if not target.codes and written and all(re.search(r"\d", code) for code in written):
        return _of_words_around(written, target)
    missing = f'missing = ["{codes[0]}"]'
    if target.codes and written and not re.fullmatch(r"[\d.,+-]*", written[0]):
        codes_said = f'codes = {{ "{written[0]}" = … }}'
        return f"; name the code of each by {codes_said}, or, where it means no answer, {missing}"
    return f"; where these mean no answer, say {missing}"


def _of_words_around(written: Sequence[str], target: Harmonised) -> str:
    """Return what to say of numbers with words or other numbers beside them: 15 years, 15-24, 65+."""
    alone = "; expected a number alone, without words or signs beside it"
    if all(map(OPEN.fullmatch, written)):
        least = OPEN.fullmatch(written[0])[1]
        return f'; where these are open classes, say top_codes = {{ "{written[0]}" = {least} }}'
    if target.kind != "integer":
        return alone
    codes = f'codes = {{ "{written[0]}" = … }}'
    return f"{alone}; where these are classes, name a number in each by {codes}, and ask for no finer ones"
