"""What a page may run and load: its own scripts by checksum, its own pictures, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_DATA = re.compile(r'type="application/(?:ld\+)?json"')


def policy(parts: str) -> str:
    """Return the content security policy of a page with these scripts in it.

    Parameters
    ----------
    parts : str
        HTML of the package itself, whose inline scripts may run: never the page as it was made, which
        may hold what a text from the data smuggles in.

    Returns
    -------
    str
        For a ``Content-Security-Policy`` meta element; scripts that hold data are not run and need no entry.
    """
    sums = [
        base64.b64encode(hashlib.sha256(script["text"].encode("utf-8")).digest()).decode()
        for script in _SCRIPT.finditer(parts)
        if not _DATA.search(script["attributes"]) and script["text"].strip()
    ]
    scripts = " ".join(f"'sha256-{checksum}'" for checksum in dict.fromkeys(sums)) or "'none'"
    return (
        f"default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; script-src {scripts}; "
        "base-uri 'none'; form-action 'self' file:"
    )
