"""One notebook executed by papermill, warm or cold, and seen to have run to its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from offences.errors import RunError
from offences.execution.engine import ENGINE
from offences.execution.processes import COLD, WARM, Children, Limits, environment
from offences.project import Project
from offences.runs.notebook import ASKED


def execute(
    children: Children,
    project: Project,
    name: str,
    output: Path,
    parameters: dict[str, str],
    *,
    asked: dict[str, Any] | None = None,
    engine: str = WARM,
    limits: Limits | None = None,
) -> None:
    """Execute a notebook in a process of its own.

    Parameters
    ----------
    name
        Name of the notebook, without an ending.
    output
        Where the executed notebook goes; after a failure it holds the cells that ran.
    asked
        What the batch asked for: ``folder`` and ``parameters``, for the notebook to compare.

    Raises
    ------
    RunError
        Naming notebook, cell and exception.
    """
    limits = limits or Limits()
    declared = papermill.inspect_notebook(str(project.notebooks / f"{name}.ipynb"))
    unknown = sorted(set(parameters) - set(declared))
    if unknown:
        raise RunError(f"{name}: does not declare {', '.join(unknown)}.")
    arguments = (project, name, output, parameters, asked or {}, engine, limits.seconds)
    # A cold kernel keeps the time of its cells itself.
    watched = limits if engine == WARM else Limits(None, limits.memory)
    children.run(_execute, arguments, watched, name)


def _execute(
    started: Callable[[int], None],
    project: Project,
    name: str,
    output: Path,
    parameters: dict[str, str],
    asked: dict[str, Any],
    engine: str,
    seconds: float | None,
) -> None:
    """Execute a notebook in this process (warm) or in a kernel of its own (cold)."""
    environment(ASKED, asked)
    options: dict[str, Any] = {"engine_name": ENGINE, "started": started}
    if engine == COLD:
        quiet = ["--IPKernelApp.log_level=CRITICAL"]
        options = {"execution_timeout": seconds, "extra_arguments": quiet}
    try:
        papermill.execute_notebook(
            str(project.notebooks / f"{name}.ipynb"),
            str(output),
            parameters=parameters,
            kernel_name="python3",
            cwd=str(project.notebooks),
            progress_bar=False,
            **options,
        )
    except PapermillExecutionError as error:
        said = " ".join(str(error.evalue).split())
        raise RunError(f"{name}, cell {error.exec_count}: {error.ename}: {said}") from None
    except CellTimeoutError:
        raise RunError(f"{name}: a cell ran longer than {seconds:g} s.") from None
    except DeadKernelError:
        raise RunError(f"{name}: the kernel died.") from None
    _assert_every_cell_ran(name, output)
    _forget_machine(project, output)


def _assert_every_cell_ran(name: str, output: Path) -> None:
    """Stop when a code cell did not run: papermill takes ``sys.exit(0)`` for success."""
    cells = nbformat.read(output, as_version=4).cells  # type: ignore[no-untyped-call]
    code = [cell for cell in cells if cell.cell_type == "code" and cell.source.strip()]
    skipped = [i for i, cell in enumerate(code, start=1) if cell.execution_count is None]
    if skipped:
        raise RunError(f"{name}: code cell {skipped[0]} of {len(code)} never ran.")
    errors = [o for cell in code for o in cell.outputs if o.output_type == "error"]
    if errors:
        raise RunError(f"{name}: {errors[0].ename}: {errors[0].evalue}")


def _forget_machine(project: Project, output: Path) -> None:
    """Take the paths of this machine out of an executed notebook, which others will read."""
    notebook = nbformat.read(output, as_version=4)  # type: ignore[no-untyped-call]
    notebook.metadata.papermill.update(
        input_path=project.relative(project.notebooks / output.name), output_path=output.name
    )
    nbformat.write(notebook, output)  # type: ignore[no-untyped-call]
