"""Notebook cells run in this process, with the outputs that a kernel would have sent."""

from __future__ import annotations

import io
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg
from traitlets.config import Config

from analysis.running.inputs import INLINE


class Outputs(Session):
    """The outputs of the cell that runs: stands where a kernel has its connection, and keeps what is sent."""

    def __init__(self, **settings: object):
        super().__init__(**settings)
        self.cell: list[NotebookNode] = []
        self._displays: dict[str, list[NotebookNode]] = defaultdict(list)
        self._clear_first = False

    def send(
        self,
        stream: object,
        msg_or_type: object,
        content: dict | None = None,
        *unused: object,
        **more: object,
    ) -> None:
        """Keep a message as an output, as a notebook client does when it receives it."""
        if isinstance(msg_or_type, dict):
            self.take(msg_or_type["header"]["msg_type"], msg_or_type["content"])
        else:
            self.take(str(msg_or_type), content or {})

    def take(self, kind: str, content: dict) -> None:
        """Add an output, add to the stream that came last, change a display, or clear the cell."""
        if kind == "clear_output":
            self._clear_first = True
            if not content["wait"]:
                self._clear()
            return
        display = content.get("transient", {}).get("display_id")
        if kind == "update_display_data":
            for shown in self._displays[display]:
                shown.data, shown.metadata = NotebookNode(content["data"]), NotebookNode(content["metadata"])
            return
        if self._clear_first:
            self._clear()
        last = self.cell[-1] if self.cell else None
        if kind == "stream" and last and (last.output_type, last.get("name")) == (kind, content["name"]):
            last.text += content["text"]
            return
        output = output_from_msg({"header": {"msg_type": kind}, "content": content})
        self.cell.append(output)
        if display:
            self._displays[display].append(output)

    def _clear(self) -> None:
        self.cell.clear()
        self._clear_first = False


class _Stream(io.TextIOBase):
    """Standard output or standard error of a cell, which are kept apart until something else is shown."""

    def __init__(self, name: str, outputs: Outputs):
        self.stream_name, self.outputs, self.waiting = name, outputs, io.StringIO()

    encoding = "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return self.waiting.write(text)

    def flush(self) -> None:
        text, self.waiting = self.waiting.getvalue(), io.StringIO()
        if text:
            self.outputs.take("stream", {"name": self.stream_name, "text": text})


class Shell:
    """IPython in this process, with an empty namespace, no history and no settings of this user.

    Parameters
    ----------
    folder : Path
        A scratch folder for IPython.
    """

    def __init__(self, folder: Path):
        os.environ["IPYTHONDIR"] = str(folder)
        os.environ.setdefault("MPLBACKEND", INLINE)
        quiet = Config()
        quiet.HistoryManager.enabled = False
        self.shell = ZMQInteractiveShell.instance(config=quiet, user_ns={})
        self.outputs = Outputs()
        speakers: tuple[Any, ...] = (self.shell.displayhook, self.shell.display_pub)
        for speaker in speakers:
            speaker.session, speaker.pub_socket = self.outputs, None

    def run(self, cell: NotebookNode) -> bool:
        """Run a code cell, which takes its outputs and its number; return whether it ended without error."""
        if not cell.source.strip():
            return True
        self.outputs.cell = cell.outputs = []
        cell.execution_count = self.shell.execution_count
        with self._streams():
            return self.shell.run_cell(cell.source, store_history=True).success

    @contextmanager
    def named(self) -> Iterator[None]:
        """Let what is imported meanwhile find itself in a notebook, as it would in a kernel."""
        with self.shell.builtin_trap:
            yield

    @contextmanager
    def _streams(self) -> Iterator[None]:
        real = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = (_Stream(name, self.outputs) for name in ("stdout", "stderr"))
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            sys.stdout, sys.stderr = real
