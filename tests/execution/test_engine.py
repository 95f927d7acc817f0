"""Warm processes: the same results as cold kernels, and nothing of one notebook in the next."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from helpers.projects import ROOT, copied
from nbformat import v4

from offences.analysis.parameters import checked
from offences.errors import RunError
from offences.execution.execute import COLD, WARM, execute
from offences.execution.kernels import PROVISIONER
from offences.execution.processes import Children, Limits
from offences.project import Project
from offences.releases.load import load
from offences.runs.versions import cells_of

Notebook = Callable[..., nbformat.NotebookNode]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return copied(tmp_path_factory.mktemp("engine"))


@pytest.fixture
def notebook(place: Project) -> Notebook:
    """Execute cells given as text, and return the executed notebook."""

    def make(
        *cells: str, engine: str = WARM, limits: Limits | None = None, name: str = "planted"
    ) -> nbformat.NotebookNode:
        book = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells])
        book.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
        nbformat.write(book, place.notebooks / f"{name}.ipynb")
        output = place.root / f"{name}.ipynb"
        execute(Children(), place, name, output, {}, engine=engine, limits=limits)
        return nbformat.read(output, as_version=4)

    return make


def _text(cell: nbformat.NotebookNode) -> str:
    return "".join(output.get("text", "") for output in cell.outputs)


CELLS = (
    "import pandas as pd\nprint('one')\nprint('two')",
    "pd.DataFrame({'value': [1.5, None]})",
    "from IPython.display import display\ndisplay(1)\nprint('between')\ndisplay('two')\n3",
    "import sys\nprint('err', file=sys.stderr)\n_ = 4",
    "x = 5\nx;",
    "class A:\n    __repr__ = lambda self: 'a'\n    _repr_markdown_ = lambda self: '**a**'\nA()",
    "import warnings\nwarnings.warn('careful', stacklevel=1)\n__name__",
    "y = [i for i in range(3)]\ny",
    "",
    "await __import__('asyncio').sleep(0)\n'awaited'",
)


def _compared(book: nbformat.NotebookNode) -> list[object]:
    """Return what a reader sees of each code cell; the number of a cell's file is its process's."""
    return [
        (
            cell.execution_count,
            [
                {k: v for k, v in output.items() if output.get("name") != "stderr" or k != "text"}
                for output in cell.outputs
            ],
        )
        for cell in book.cells
        if cell.cell_type == "code" and cell.source
    ]


def test_a_warm_process_gives_the_outputs_of_a_cold_kernel(notebook: Notebook) -> None:
    warm, cold = (notebook(*CELLS, engine=engine) for engine in (WARM, COLD))
    for ours, theirs in zip(_compared(warm), _compared(cold), strict=True):
        assert ours == theirs


def test_the_notebooks_of_a_run_come_out_the_same(place: Project) -> None:
    request = checked(place, load(place))
    made = {}
    for engine in (WARM, COLD):
        folder = place.root / engine
        folder.mkdir()
        asked = {"folder": str(folder), "parameters": request.parameters.model_dump()}
        output = folder / "04_platform_attribution.ipynb"
        parameters = request.parameters.model_dump()
        execute(Children(), place, output.stem, output, parameters, asked=asked, engine=engine)
        made[engine] = nbformat.read(output, as_version=4)
    assert _compared(made[WARM]) == _compared(made[COLD])
    files = [path for path in (place.root / WARM).iterdir() if path.suffix != ".ipynb"]
    assert len(files) > 8
    for path in files:
        assert path.read_bytes() == (place.root / COLD / path.name).read_bytes(), path.name


def test_no_state_of_one_notebook_reaches_another(notebook: Notebook) -> None:
    planted = (
        "import builtins, os, sys, matplotlib, pandas as pd, offences.text as words\n"
        "builtins.planted = words.planted = sys.planted = 1\n"
        "os.environ['PLANTED'] = '1'\n"
        "matplotlib.rcParams['font.size'] = 99\n"
        "pd.set_option('display.max_rows', 3)\n"
        "planted_name = 1"
    )
    notebook(planted)
    seen = notebook(
        "import builtins, os, sys, matplotlib, pandas as pd, offences.text as words\n"
        "found = [m.__name__ for m in (builtins, words, sys) if hasattr(m, 'planted')]\n"
        "found += [n for n in ('PLANTED',) if n in os.environ]\n"
        "found += [n for n in ('planted_name',) if n in globals()]\n"
        "print(found, matplotlib.rcParams['font.size'], pd.get_option('display.max_rows'))"
    )
    assert _text(seen.cells[0]) == "[] 10.0 60\n"


def test_random_numbers_threads_and_sockets_are_made_after_the_fork(notebook: Notebook) -> None:
    source = (
        "import random, threading, numpy as np, zmq\n"
        "print(random.random(), np.random.random(), threading.active_count(), "
        "zmq.Context._instance)"
    )
    first, second = (_text(notebook(source).cells[0]).split() for _ in range(2))
    assert first[0] != second[0]
    assert first[1] != second[1]
    assert first[2:] == second[2:] == ["1", "None"]


def test_every_notebook_has_a_process_of_its_own(notebook: Notebook) -> None:
    numbers = [_text(notebook("import os; print(os.getpid())").cells[0]) for _ in range(3)]
    assert len({*numbers, f"{os.getpid()}\n"}) == 4


def test_the_server_holds_what_notebooks_import(notebook: Notebook) -> None:
    """Nothing is imported again in each process: what ``preload`` lists is not too little."""
    imports = ["import seaborn, pandas, matplotlib.backends.backend_svg"]
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for kind, source in cells_of(path):
            body = ast.parse(source).body if kind == "code" else []
            found = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
            imports += map(ast.unparse, found)
    assert "from offences.runs.notebook import NotebookRun" in imports
    book = notebook(
        "import sys; before = set(sys.modules)",
        "\n".join([*imports, "print(sorted(set(sys.modules) - before))"]),
    )
    assert _text(book.cells[1]) == "[]\n"


@pytest.mark.parametrize("engine", [WARM, COLD])
def test_a_cell_that_hangs_is_stopped(notebook: Notebook, engine: str) -> None:
    with pytest.raises(RunError, match="ran longer than 2 s"):
        notebook("1", "import time\ntime.sleep(600)", engine=engine, limits=Limits(2.0, 0))


def test_what_failed_keeps_the_cells_that_ran(notebook: Notebook, place: Project) -> None:
    with pytest.raises(RunError, match="cell 2: ZeroDivisionError"):
        notebook("print('ran')", "1 / 0", "print('never')")
    left = nbformat.read(place.root / "planted.ipynb", as_version=4)
    code = [cell for cell in left.cells if cell.cell_type == "code"]
    assert _text(code[0]) == "ran\n"
    assert code[1].outputs[0].ename == "ZeroDivisionError"
    assert not code[2].outputs


def test_after_a_stop_nothing_starts(place: Project) -> None:
    children = Children()
    children.stop()
    with pytest.raises(RunError, match="stopped"):
        execute(children, place, "01_load", place.root / "out.ipynb", {"as_of": "latest"})


def test_the_papermill_command_knows_the_engine(place: Project, tmp_path: Path) -> None:
    output = tmp_path / "out.ipynb"
    command = [sys.executable, "-m", "papermill", "--engine", "offences-shell"]
    command += ["--no-progress-bar", "01_load.ipynb", str(output)]
    done = subprocess.run(command, cwd=place.notebooks, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    counts = [c.execution_count for c in nbformat.read(output, 4).cells if c.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))


@pytest.mark.heavy
def test_nbval_reproduces_executed_notebooks_with_warm_kernels(place: Project) -> None:
    book = next((ROOT / "figures" / "wales").glob("latest-*/notebooks/04_*.ipynb"))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "-o", "addopts=", str(book)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "JUPYTER_DEFAULT_PROVISIONER_NAME": PROVISIONER},
    )
    assert done.returncode == 0, done.stdout[-3000:]
