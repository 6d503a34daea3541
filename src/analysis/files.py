"""Files written whole or not at all, by a name of their own until they are finished."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkstemp


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file under a name of its own and rename it, so that no half file has a final name.

    Parameters
    ----------
    path : Path
        Its folder is made when it is not there.
    content : bytes

    Raises
    ------
    OSError
        When the file cannot be written (a full disk, a folder that is read-only); the error names the file,
        and nothing is left of it.
    """
    unfinished = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        open_file, unfinished = mkstemp(prefix=f".{path.name[:60]}-", suffix=".part", dir=path.parent)
        with os.fdopen(open_file, "wb") as file:
            file.write(content)
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, path)
    except OSError as error:
        if unfinished:
            Path(unfinished).unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None
    return path
