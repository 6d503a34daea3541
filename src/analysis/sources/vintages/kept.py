"""Frames made from a vintage, kept in the user's cache as long as what they are made from is the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from analysis import cache
from analysis.code import code_of, packages, python

if TYPE_CHECKING:
    from analysis.sources.vintages.codes import Codes
    from analysis.sources.vintages.register import Vintage


def kept_frame(module: str, make: Callable[[], pd.DataFrame], *made_from: str) -> pd.DataFrame:
    """Return a frame from the user's cache where all that it is made from is the same; else make it.

    Parameters
    ----------
    module : str
        Name of the module that makes the frame: it depends on the module's code, and on all that it imports.
    make : callable
        Makes the frame where it is not kept.
    *made_from : str
        What else the frame depends on: files by :func:`sum_of`, a vintage by :func:`observations_made_from`.
    """
    key = cache.key(python(), repr(packages()), code_of((module,)), *made_from)
    content = cache.kept(key)
    if content is not None:
        with pa.ipc.open_file(content) as reader:
            return reader.read_all().to_pandas()
    rows = make()
    table = pa.Table.from_pandas(rows, preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    cache.keep(key, sink.getvalue().to_pybytes())
    return rows


def observations_made_from(vintage: Vintage, codes: Codes) -> tuple[str, ...]:
    """Return what the observations of a vintage are made from: its descriptor, and the code lists.

    Every file of the vintage is compared with its registered checksum, as if it were read.

    Raises
    ------
    VintageError
        When a file is not the registered one.
    """
    for resource in vintage.descriptor["resources"]:
        vintage.path(resource)
    return vintage.name, json.dumps(vintage.descriptor), *map(sum_of, codes.files(vintage.folder))


def sum_of(path: Path) -> str:
    """Return the name and the checksum of a file."""
    return f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
