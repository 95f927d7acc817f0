"""Plan and execute: which runs are due, and the notebooks executed for each by papermill.

Loading and cleaning are the same for all regions of one as_of and run once. One region's failure
does not stop the others; its last good run stays.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from tqdm import tqdm

from offences.analysis import ASKED
from offences.claims import Claim, read_claims
from offences.errors import OffencesError, RunError
from offences.ledger import about
from offences.load import load
from offences.parameters import Request
from offences.project import Project
from offences.runs import figures_of, inputs, is_whole, made_aside, version

PREPARE = ("01_load", "02_clean")
ANALYSE = ("03_force_analysis", "04_platform_attribution")
CHECK = "05_claims"
"""Executed where the ledger holds statements about the place."""

CELL_TIMEOUT = 600
"""Seconds after which a cell counts as hanging."""


@dataclass(frozen=True)
class Result:
    """How one run ended.

    Attributes
    ----------
    state
        ``made``, ``same`` (made again, no byte of a figure changed), ``up to date`` or ``failed``.
    folder
        The run, or for a failed one its partial notebooks; from the project's root.
    reason
        Why it failed: notebook, cell and exception.
    """

    region: str
    state: str
    folder: str
    reason: str = ""
    seconds: float = 0.0


def run(
    project: Project, requests: list[Request], *, force: bool = False, jobs: int = 2
) -> list[Result]:
    """Make the runs that are due and return how each ended, in the order asked for.

    Parameters
    ----------
    force
        Also execute what is up to date.
    jobs
        How many runs at a time, each in a process of its own.

    Raises
    ------
    RunError
        When loading or cleaning fails: then no region can be analysed.
    DataError
        When the ledger of claims cannot be read.
    """
    given = inputs(project)
    ledger = read_claims(project, load(project))
    results: dict[str, Result] = {}
    due = []
    for request in requests:
        folder = project.figures / request.folder / version(request, given)
        if not force and is_whole(folder):
            results[request.title] = Result(request.title, "up to date", project.relative(folder))
        else:
            due.append(request)
    with _progress(len(due) + len({r.parameters.as_of for r in due}) * len(PREPARE)) as bar:
        for as_of in dict.fromkeys(request.parameters.as_of for request in due):
            _prepare(project, as_of, bar)
        for result in _analyse_all(project, due, given, ledger, jobs, bar):
            results[result.region] = result
    return [results[request.title] for request in requests]


def _progress(steps: int) -> tqdm[NoReturn]:
    """Return a bar on a terminal; piped, lines are printed instead."""
    form = "{desc} |{bar}| {n_fmt}/{total_fmt} [{elapsed}<{remaining}]"
    quiet = not sys.stderr.isatty() or not steps
    bar: tqdm[NoReturn] = tqdm(
        total=steps, bar_format=form, disable=quiet, file=sys.stderr, dynamic_ncols=True
    )
    return bar


def _say(bar: tqdm[NoReturn], line: str) -> None:
    if bar.disable:
        print(line, flush=True)


def _prepare(project: Project, as_of: str, bar: tqdm[NoReturn]) -> None:
    """Execute loading and cleaning once for an as_of."""
    folder = prepared(project, as_of)
    folder.mkdir(parents=True, exist_ok=True)
    for name in PREPARE:
        bar.set_description(f"{name}, as of {as_of}")
        _say(bar, f"{name}, as of {as_of}")
        execute(project, name, folder / f"{name}.ipynb", {"as_of": as_of})
        bar.update()


def prepared(project: Project, as_of: str) -> Path:
    """Return the folder of the executed loading and cleaning notebooks of an as_of."""
    return project.processed / as_of / "notebooks"


def notebooks_of(request: Request, ledger: list[Claim]) -> tuple[str, ...]:
    """Return the notebooks that analyse a place: that of claims only where there are any."""
    return (*ANALYSE, CHECK) if about(ledger, request.place, request.day) else ANALYSE


def _analyse_all(
    project: Project,
    due: list[Request],
    given: dict[str, str],
    ledger: list[Claim],
    jobs: int,
    bar: tqdm[NoReturn],
) -> Iterator[Result]:
    """Analyse the regions in processes of their own, and yield each result as it comes."""
    context = multiprocessing.get_context("spawn")
    waiting = list(reversed(due))
    running: dict[Future[Result], Request] = {}
    with ProcessPoolExecutor(max_workers=jobs, mp_context=context) as pool:
        while waiting or running:
            while waiting and len(running) < jobs:
                request = waiting.pop()
                names = notebooks_of(request, ledger)
                running[pool.submit(analyse, project, request, given, names)] = request
                _say(bar, f"{request.title}: started")
            bar.set_description(", ".join(r.title for r in running.values()))
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                request = running.pop(future)
                try:
                    result = future.result()
                except BrokenProcessPool:
                    result = Result(request.title, "failed", "", "its process was killed")
                bar.update()
                _say(bar, f"{result.region}: {result.state} in {result.seconds:.0f} s")
                yield result


def analyse(
    project: Project, request: Request, given: dict[str, str], names: tuple[str, ...]
) -> Result:
    """Execute the named notebooks for one region and put the run in its place."""
    began = time.monotonic()
    home = project.figures / request.folder
    place = home / version(request, given)
    before = figures_of(place) if place.is_dir() else None
    failed = home / "failed"
    shutil.rmtree(failed, ignore_errors=True)
    try:
        with made_aside(project, request, given) as folder:
            asked = {"folder": str(folder), "parameters": request.parameters.model_dump()}
            os.environ[ASKED] = json.dumps(asked)
            try:
                _notebooks(project, request, folder / "notebooks", names)
            except RunError:
                shutil.copytree(folder / "notebooks", failed)
                raise
            finally:
                del os.environ[ASKED]
        same = before is not None and figures_of(place) == before
        state, where, reason = "same" if same else "made", place, ""
    except OffencesError as error:
        state, where, reason = "failed", failed, str(error)
    except OSError as error:
        state, where, reason = "failed", home, f"{error.strerror}: {error.filename or home.name}"
    seconds = time.monotonic() - began
    return Result(request.title, state, project.relative(where), reason, seconds)


def _notebooks(project: Project, request: Request, folder: Path, names: tuple[str, ...]) -> None:
    folder.mkdir()
    done = prepared(project, request.parameters.as_of)
    for name in PREPARE:
        shutil.copyfile(done / f"{name}.ipynb", folder / f"{name}.ipynb")
    for name in names:
        execute(project, name, folder / f"{name}.ipynb", request.parameters.model_dump())


def execute(project: Project, name: str, output: Path, parameters: dict[str, str]) -> None:
    """Execute one notebook in a kernel of its own, and see that every cell ran.

    Raises
    ------
    RunError
        Naming notebook, cell and exception.
    """
    source = project.notebooks / f"{name}.ipynb"
    declared = papermill.inspect_notebook(str(source))
    unknown = sorted(set(parameters) - set(declared))
    if unknown:
        raise RunError(f"{name}: does not declare {', '.join(unknown)}.")
    try:
        papermill.execute_notebook(
            str(source),
            str(output),
            parameters=parameters,
            kernel_name="python3",
            cwd=str(project.notebooks),
            progress_bar=False,
            execution_timeout=CELL_TIMEOUT,
            extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
        )
    except PapermillExecutionError as error:
        said = " ".join(str(error.evalue).split())
        raise RunError(f"{name}, cell {error.exec_count}: {error.ename}: {said}") from None
    except CellTimeoutError:
        raise RunError(f"{name}: a cell ran longer than {CELL_TIMEOUT} s.") from None
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


def summary(results: Iterable[Result]) -> str:
    """Return one line for each run, failures last with their reasons."""
    ordered = sorted(results, key=lambda r: r.state == "failed")
    width = max((len(result.region) for result in ordered), default=0)
    lines = []
    for result in ordered:
        lines.append(f"{result.region:<{width}}  {result.state:<10}  {result.folder}")
        if result.reason:
            lines.append(f"{'':<{width}}  {result.reason}")
    return "\n".join(lines)
