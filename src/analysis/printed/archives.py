"""Office files are zip archives: written anew with fixed dates, equal content makes equal bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

FIXED = datetime(2000, 1, 1, tzinfo=UTC)
_DATE = (1980, 1, 1, 0, 0, 0)


def still(archive: bytes) -> bytes:
    """Return a zip archive with the same members in the same order, all dated alike.

    Parameters
    ----------
    archive : bytes
        A .docx, .pptx or .xlsx file.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(written, "w") as new:
        for member in old.infolist():
            entry = zipfile.ZipInfo(member.filename, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(member))
    return written.getvalue()
