"""What an error of a command comes to: one message and one exit code, for all commands."""

from __future__ import annotations

import errno
import linecache
import os
import re
import traceback
from pathlib import Path

import analysis
from analysis.files import told_of_system

DONE, NO, MISUSE, UNFORESEEN = 0, 1, 2, 3
"""Exit codes: done; the answer is no, or the work failed; misuse or bad input; a fault of the package."""
_MACHINE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM)
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def shown(text: str) -> str:
    """Return a text whose control characters and turns of direction are written out, not obeyed.

    Line ends and tabs stay.
    """
    return _HIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def outcome(error: BaseException) -> tuple[int, str]:
    """Return the exit code and the message of an error.

    Parameters
    ----------
    error : BaseException
        As it left a command. What the package itself raises is told in its own words, with the code of its
        class (``exit_code``, by default bad input). What the system raises is told with the file. Anything
        else was not foreseen: its place in the code is told, and the path through it where the environment
        variable ``ANALYSIS_TRACEBACK`` is set.
    """
    if os.environ.get("ANALYSIS_TRACEBACK"):
        traceback.print_exception(error)
    if isinstance(error, OSError) and error.errno is not None:
        return NO if error.errno in _MACHINE else MISUSE, shown(told_of_system(error))
    if isinstance(error, MemoryError):
        return NO, "out of memory; close other programs, or ask for less at a time"
    if _raised_here(error):
        message = error.args[0] if isinstance(error, KeyError) and error.args else error
        return getattr(error, "exit_code", MISUSE), shown(str(message))
    place = _place(error)
    message = f"{type(error).__name__}: {error}".split("\n", 1)[0][:300]
    return UNFORESEEN, shown(
        f"stopped by what was not foreseen, a fault of the package ({message}; {place}); please report it "
        "with what you gave; ANALYSIS_TRACEBACK=1 shows more"
    )


def _raised_here(error: BaseException) -> bool:
    """Return whether the package raises an error: it is of one of its classes, or a line of it says raise."""
    if type(error).__module__.partition(".")[0] == analysis.__name__:
        return True
    last = traceback.extract_tb(error.__traceback__)[-1:]
    own = Path(analysis.__file__).parent
    return bool(last) and Path(last[0].filename).is_relative_to(own) and _says_raise(last[0])


def _says_raise(frame: traceback.FrameSummary) -> bool:
    return linecache.getline(frame.filename, frame.lineno or 0).lstrip().startswith("raise ")


def _place(error: BaseException) -> str:
    own = Path(analysis.__file__).parent
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if Path(frame.filename).is_relative_to(own)]
    if not inside:
        return "outside the package"
    return f"{Path(inside[-1].filename).relative_to(own).as_posix()} line {inside[-1].lineno}"
