"""The quick suite: one process runs the rooms that show numbers, another the rest, side by side."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile

from rooms import HALVES


def main(arguments: list[str]) -> int:
    """Run both halves; what the first says is shown at once, what the other says after it."""
    first, other = ([sys.executable, __file__, half, *arguments] for half in HALVES)
    with tempfile.TemporaryFile() as said:
        beside = subprocess.Popen(other, stdout=said, stderr=subprocess.STDOUT)
        try:
            code = subprocess.run(first).returncode
        finally:
            code_beside = beside.wait()
            said.seek(0)
            sys.stdout.buffer.write(said.read())
            sys.stdout.flush()
    return code or code_beside


def run(half: str, arguments: list[str]) -> int:
    """Run the tests of a half in this process; what failed in it alone is not kept for the next run."""
    import pytest

    without = ["-p", "no:cacheprovider", "-p", "no:xdist"]
    return pytest.main(["-m", "not slow", f"--rooms={half}", *without, *arguments])


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in HALVES:
        exit_code = run(sys.argv[1], sys.argv[2:])
        atexit._run_exitfuncs()
        sys.stdout.flush()
        os._exit(exit_code)  # what is imported goes with the process: to take it apart costs half a second
    sys.exit(main(sys.argv[1:]))
