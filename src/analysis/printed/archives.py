"""Office files are zip archives: with fixed dates and rights, equal content makes equal bytes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
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


def with_members(archive: bytes, contents: Mapping[str, bytes]) -> bytes:
    """Return an archive in which some members hold something else; the others stay compressed as they are.

    Parameters
    ----------
    archive : bytes
        As :func:`still` returns it.
    contents : mapping of str to bytes
        What members hold from now on, by name.

    Raises
    ------
    ValueError
        When no member has such a name.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in contents.items():
            file.writestr(name, content)
    changed = _pieces(still(written.getvalue()))
    pieces = _pieces(archive)
    for name in changed.keys() - pieces.keys():
        raise ValueError(f"the archive has no member named {name}: it holds {', '.join(pieces)}")
    pieces |= changed
    members, listed, at = [], [], 0
    for member, entry in pieces.values():
        members.append(member)
        listed.append(entry[:42] + struct.pack("<L", at) + entry[46:])
        at += len(member)
    directory = b"".join(listed)
    counted = struct.pack("<HHLL", len(listed), len(listed), len(directory), at)
    return b"".join((*members, directory, b"PK\5\6", bytes(4), counted, bytes(2)))


def _pieces(archive: bytes) -> dict[str, tuple[bytes, bytes]]:
    """Return each member as it stands in an archive, and its entry in the archive's list."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        members = opened.infolist()
    (listed,) = struct.unpack("<L", archive[-6:-2])
    _, *ends = [*(member.header_offset for member in members), listed]
    pieces = {}
    for member, end in zip(members, ends, strict=True):
        after = listed + 46 + sum(struct.unpack("<HHH", archive[listed + 28 : listed + 34]))
        pieces[member.filename] = archive[member.header_offset : end], archive[listed:after]
        listed = after
    return pieces
