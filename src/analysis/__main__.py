"""The command line: ``analysis``, or ``python -m analysis``.

Ctrl-C is told in one line from here on, before anything else of the package is imported.
"""

import os
import signal
import sys
from types import FrameType

INTERRUPTED = 130


def _stop(number: int, frame: FrameType | None) -> None:
    """Stop at once: nothing has begun, and there is nothing to clear up."""
    os.write(2, f"analysis{_command()}: stopped\n".encode())
    os._exit(INTERRUPTED)


def _command() -> str:
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    plain = word[:1].isalpha() and word.isascii() and word.replace("-", "").isalpha()
    return f" {word}" if plain else ""


def _begin() -> None:
    """Leave Ctrl-C to the command, which clears up what it has begun."""
    if signal.getsignal(signal.SIGINT) is _stop:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def main() -> int:
    """Run the command that the words of this process name, and return its exit code."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # where it is ignored it stays so
        signal.signal(signal.SIGINT, _stop)
    from analysis.cli import main as run

    return run(begin=_begin)


if __name__ == "__main__":
    sys.exit(main())
