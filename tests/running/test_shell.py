"""A cell's outputs without a kernel are those with one: streams, displays, results, errors, awaits."""

import subprocess
import sys

import nbformat
import pytest
from small import write_notebook

pytestmark = pytest.mark.slow

CELLS = (
    "print('a'); import sys; print('b', file=sys.stderr); print('c')",
    "1 + 1",
    "'a'; None",
    "",
    "from IPython.display import HTML, Markdown, clear_output, display\nHTML('<b>x</b>')",
    "shown = display(Markdown('one'), display_id='here')\n2",
    "shown.update(Markdown('two'))",
    "print('gone'); clear_output(); print('kept')",
    "print('gone'); clear_output(wait=True); print('kept')",
    "import asyncio\nawait asyncio.sleep(0, 'awaited')",
    "import pandas; pandas.DataFrame({f'column {n}': ['word ' * 9] for n in range(30)})",
    "import warnings; warnings.warn('look', stacklevel=1)",
    "import math\nmath.pi",
    "%precision 3\nmath.pi",
    "Out[4], _, In[4], __name__",
    "from tqdm.auto import tqdm; tqdm.__module__",
    "import os; os.path.basename(os.getcwd())",
    "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.title('x');",
    "def f():\n    return 1 / 0\nf()",
    "'never'",
)


def made(path) -> list:
    """Return what an executed notebook's code cells hold, but for ids, times and a traceback's frames."""
    cells = [each for each in nbformat.read(path, as_version=4).cells if each.cell_type == "code"]
    for cell in cells:
        for output in cell.outputs:
            if output.output_type == "error":
                output.traceback = output.traceback[-1:]
            if output.get("name") == "stderr":
                output.text = output.text.replace(output.text.split(": ")[0], "")
    return [(each.source, each.execution_count, each.outputs) for each in cells]


RUN = """
import sys
from pathlib import Path
from analysis.running.shell import Shell
shell = Shell(Path(sys.argv[2]).parent / "scratch")
with shell.named():
    import pandas
from analysis.running.execution import NotebookFailure, execute
try:
    execute(Path(sys.argv[1]), Path(sys.argv[2]), {"language": "fr"}, shell)
except NotebookFailure as failure:
    print(failure)
"""


def test_cells_give_what_a_kernel_gives(tmp_path, monkeypatch):
    monkeypatch.delenv("MPLBACKEND")
    notebook = write_notebook(tmp_path, *CELLS)
    ran = subprocess.run(
        [sys.executable, "-c", RUN, str(notebook), str(tmp_path / "here.ipynb")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "cell 21: ZeroDivisionError: division by zero" in ran.stdout
    kernel = [sys.executable, "-m", "papermill", str(notebook), str(tmp_path / "kernel.ipynb")]
    done = subprocess.run(
        [*kernel, "-r", "language", "fr", "--no-progress-bar"],
        cwd=notebook.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode
    here, there = made(tmp_path / "here.ipynb"), made(tmp_path / "kernel.ipynb")
    for mine, theirs in zip(here, there, strict=True):
        assert mine == theirs
