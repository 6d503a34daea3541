"""Office files are zip archives: with fixed dates and rights, equal content makes equal bytes."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import UTC, datetime

FIXED = datetime(2000, 1, 1, tzinfo=UTC)
_DATED = struct.pack("<HH", 0, 1 << 5 | 1)
"""Midnight of 1 January 1980, where a zip archive begins to count."""
_RIGHTS = struct.pack("<L", 0o644 << 16)
_MEMBER, _LISTED = b"PK\3\4", b"PK\1\2"


def still(archive: bytes) -> bytes:
    """Return a zip archive whose members are all dated alike; what they hold stays compressed as it is.

    Parameters
    ----------
    archive : bytes
        A .docx, .pptx or .xlsx file, as ``zipfile`` writes it.

    Raises
    ------
    ValueError
        When it is not laid out so.
    """
    copy = bytearray(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        members = opened.infolist()
    (listed,) = struct.unpack("<L", archive[-6:-2])
    for member in members:
        begins = member.header_offset
        if archive[begins : begins + 4] != _MEMBER or archive[listed : listed + 4] != _LISTED:
            raise ValueError(f"{member.filename} does not stand in the archive where its list says")
        copy[begins + 10 : begins + 14] = copy[listed + 12 : listed + 16] = _DATED
        copy[listed + 38 : listed + 42] = _RIGHTS
        listed += 46 + sum(struct.unpack("<HHH", archive[listed + 28 : listed + 34]))
    return bytes(copy)
