"""Batches: the runs that are due, executed side by side, each whole or not at all.

Loading and cleaning are the same for all regions of one as_of and run once. One region's failure
does not stop the others; its last good run stays. Two batches at once wait for each other where
they make the same run.

A batch with nothing to do imports nothing that executes or draws.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn, Protocol

from filelock import FileLock
from tqdm import tqdm

from offences.analysis.parameters import Request
from offences.batch import tasks
from offences.batch.plan import PREPARE, Step, plan
from offences.batch.results import BatchResults, Result, RunState
from offences.claims.statements import read_claims
from offences.errors import OffencesError, RunError
from offences.execution.processes import Children, Limits, default_engine
from offences.project import Project
from offences.releases.load import load
from offences.runs.run_folder import RunFolder
from offences.runs.store import clear_interrupted, made_in_temporary_folder
from offences.runs.versions import inputs


@dataclass(frozen=True)
class Settings:
    """How a batch is run.

    Attributes
    ----------
    jobs
        How many runs at a time.
    engine
        ``warm`` or ``cold``: one of ``execution.processes.ENGINES``.
    limits
        What each notebook may use.
    """

    jobs: int = 2
    engine: str = ""
    limits: Limits = Limits()


class Workers(Protocol):
    """Other machines that make runs; see ``batch.cluster``."""

    def __enter__(self) -> Workers:
        """Connect."""
        ...

    def __exit__(self, *_: object) -> None:
        """Let go."""
        ...

    def submit(self, step: Step) -> Future[Result]:
        """Have a run made, and put in its place here when it is done."""
        ...


def run(
    project: Project,
    requests: list[Request],
    *,
    force: bool = False,
    settings: Settings | None = None,
    workers: Workers | None = None,
) -> list[Result]:
    """Make the runs that are due and return how each ended, in the order asked for.

    Parameters
    ----------
    force
        Also execute what is up to date.
    workers
        Other machines to make the runs on; None for this one.

    Raises
    ------
    RunError
        When loading or cleaning fails: then no region can be analysed.
    DataError
        When the ledger of claims cannot be read.
    KeyboardInterrupt
        When stopped; what was finished stays, and what was begun leaves nothing behind.
    """
    settings = settings or Settings()
    settings = replace(settings, engine=settings.engine or default_engine())
    steps = plan(project, requests, read_claims(project, load(project)), force=force)
    return _Batch(project, steps, settings, force=force).run(workers)


class _Batch:
    """One batch while it runs."""

    def __init__(
        self, project: Project, steps: list[Step], settings: Settings, *, force: bool
    ) -> None:
        self._project = project
        self._steps = steps
        self._settings = settings
        self._force = force
        self._children = Children()
        given = json.dumps(inputs(project), sort_keys=True)
        self._digest = hashlib.sha256(given.encode()).hexdigest()[:16]
        runs = {step.request.title: self._waiting(step) for step in steps}
        self._results = BatchResults(project, settings.engine, settings.jobs, runs, time.time())
        due = any(step.due for step in steps)
        self._results.summarised = not due and self._results.are_summarised_already()

    def run(self, workers: Workers | None) -> list[Result]:
        due = [step for step in self._steps if step.due]
        days = list(dict.fromkeys(step.request.parameters.as_of for step in due))
        days = [] if workers else days
        self._results.keep()
        with _progress(len(due) + len(days) * len(PREPARE)) as bar:
            try:
                for day in days:
                    self._prepare(day, bar)
                if workers is None:
                    with ThreadPoolExecutor(max_workers=self._settings.jobs) as pool:
                        self._analyse_all(due, bar, lambda step: pool.submit(self._analyse, step))
                else:
                    with workers:
                        self._analyse_all(due, bar, workers.submit, at_once=len(due))
                self._summarise()
            except BaseException:
                self._children.stop()
                self._stopped()
                raise
        return list(self._results.runs.values())

    def _waiting(self, step: Step) -> Result:
        state = RunState.WAITING if step.due else RunState.UP_TO_DATE
        folder = self._project.relative(step.folder)
        return Result(step.request.title, step.version, state, folder, step.reason)

    def _stopped(self) -> None:
        unfinished = (RunState.WAITING, RunState.RUNNING)
        left = [r for r in self._results.runs.values() if r.state in unfinished]
        stopped = "the batch was stopped"
        self._results.keep(*(replace(r, state=RunState.STOPPED, reason=stopped) for r in left))

    def _prepare(self, as_of: str, bar: tqdm[NoReturn]) -> None:
        """Execute loading and cleaning once for an as_of, if anything they read has changed."""
        folder = prepared(self._project, as_of)
        folder.mkdir(parents=True, exist_ok=True)
        file = self._prepared(as_of)
        with FileLock(folder / ".lock"):
            if file.is_file() and not self._force:
                bar.update(len(PREPARE))
                return
            for old in file.parent.glob("shared-*"):
                old.unlink()
            for name in PREPARE:
                bar.set_description(f"{name}, as of {as_of}")
                _print_if_piped(bar, f"{name}, as of {as_of}")
                self._execute(name, folder, {"as_of": as_of})
                bar.update()
            self._children.run(tasks.prepare, (self._project, as_of, file), Limits(), "preparing")

    def _prepared(self, as_of: str) -> Path:
        """Return the file of what all runs of an as_of work with; its name says what went in."""
        return self._project.processed / as_of / f"shared-{self._digest}.pickle"

    def _execute(
        self,
        name: str,
        folder: Path,
        parameters: dict[str, str],
        asked: dict[str, object] | None = None,
    ) -> None:
        from offences.execution.execute import execute

        execute(
            self._children,
            self._project,
            name,
            folder / f"{name}.ipynb",
            parameters,
            asked=asked,
            engine=self._settings.engine,
            limits=self._settings.limits,
        )

    def _analyse_all(
        self,
        due: list[Step],
        bar: tqdm[NoReturn],
        submit: Callable[[Step], Future[Result]],
        at_once: int = 0,
    ) -> None:
        """Have the regions analysed, some at a time, and keep each result as it comes."""
        waiting = list(reversed(due))
        running: dict[Future[Result], Step] = {}
        at_once = at_once or self._settings.jobs
        try:
            while waiting or running:
                while waiting and len(running) < at_once:
                    step = waiting.pop()
                    title = step.request.title
                    waited = self._results.runs[title]
                    self._results.keep(replace(waited, state=RunState.RUNNING))
                    running[submit(step)] = step
                    _print_if_piped(bar, f"{title}: started ({step.reason})")
                bar.set_description(", ".join(s.request.title for s in running.values()))
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    running.pop(future)
                    result = future.result()
                    self._results.keep(result)
                    bar.update()
                    _print_if_piped(
                        bar, f"{result.region}: {result.state} in {result.seconds:.0f} s"
                    )
        except BaseException:
            self._children.stop()
            raise

    def _summarise(self) -> None:
        """List all runs, and put the places of a batch of several side by side."""
        if self._results.summarised:
            return
        self._children.run(tasks.write_index, (self._project,), Limits(), "the page of all runs")
        if len(self._steps) < 2:
            return
        work = (self._project, self._steps[0].request, list(self._results.runs.values()))
        self._children.run(tasks.summarise, work, Limits(), "the summary")
        self._results.summarised = True
        self._results.keep()

    def _analyse(self, step: Step) -> Result:
        """Execute the notebooks of one region and put the run in its place."""
        began = time.monotonic()
        home = step.folder.parent
        failed = home / "failed"
        where, reason = step.folder, step.reason
        try:
            home.mkdir(parents=True, exist_ok=True)
            with FileLock(home / ".lock"):
                clear_interrupted(home)
                if not self._force and RunFolder(step.folder).is_whole:
                    state = RunState.UP_TO_DATE  # another batch made it meanwhile
                else:
                    state = self._made(step, failed)
        except OffencesError as error:
            state, where, reason = RunState.FAILED, failed, str(error)
        except OSError as error:
            file = Path(str(error.filename)).name if error.filename else home.name
            state, where, reason = RunState.FAILED, home, f"{error.strerror}: {file}"
        folder = self._project.relative(where)
        seconds = time.monotonic() - began
        return Result(step.request.title, step.version, state, folder, reason, seconds)

    def _made(self, step: Step, failed: Path) -> RunState:
        run = RunFolder(step.folder)
        before = run.checksums_to_compare() if run.path.is_dir() else {}
        shutil.rmtree(failed, ignore_errors=True)
        parameters = step.request.parameters.model_dump()
        with made_in_temporary_folder(self._project, step.request, step.given) as folder:
            books = folder / "notebooks"
            books.mkdir()
            try:
                done = prepared(self._project, step.request.parameters.as_of)
                for name in () if step.request.policy.protects else PREPARE:
                    shutil.copyfile(done / f"{name}.ipynb", books / f"{name}.ipynb")
                asked: dict[str, object] = {
                    "folder": str(folder),
                    "parameters": parameters,
                    "prepared": str(self._prepared(step.request.parameters.as_of)),
                }
                for name in step.notebooks:
                    self._execute(name, books, parameters, asked)
                work = (self._project, step.request, folder, step.given)
                self._children.run(tasks.complete_run, work, Limits(), "completing the run")
            except RunError:
                with suppress(OSError):
                    shutil.copytree(books, failed)
                raise
        return RunState.SAME if before == run.checksums_to_compare() else RunState.MADE


def prepared(project: Project, as_of: str) -> Path:
    """Return the folder of the executed loading and cleaning notebooks of an as_of."""
    return project.processed / as_of / "notebooks"


def _progress(steps: int) -> tqdm[NoReturn]:
    """Return a bar on a terminal; piped, lines are printed instead."""
    form = "{desc} |{bar}| {n_fmt}/{total_fmt} [{elapsed}<{remaining}]"
    quiet = not sys.stderr.isatty() or not steps
    bar: tqdm[NoReturn] = tqdm(
        total=steps, bar_format=form, disable=quiet, file=sys.stderr, dynamic_ncols=True
    )
    return bar


def _print_if_piped(bar: tqdm[NoReturn], line: str) -> None:
    if bar.disable:
        print(line, flush=True)
