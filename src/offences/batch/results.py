"""How the runs of a batch ended: kept in a file that is whole at any moment, and told in words."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from offences.project import Project

RESULTS_FILE = "batch.json"
"""The results of the last batch, in ``figures/``."""


class RunState(StrEnum):
    """How a run ended, or where it is while the batch runs.

    ``SAME`` was made again, and no byte of a figure changed.
    """

    MADE = "made"
    SAME = "same"
    UP_TO_DATE = "up to date"
    FAILED = "failed"
    STOPPED = "stopped"
    WAITING = "waiting"
    RUNNING = "running"


FINISHED = (RunState.MADE, RunState.SAME, RunState.UP_TO_DATE)
"""States of a run that is there."""


@dataclass(frozen=True)
class Result:
    """How one run ended, or where it is.

    Attributes
    ----------
    folder
        The run, or for a failed one its partial notebooks; from the project's root.
    reason
        Why it was run, or why it failed: notebook, cell and exception.
    """

    region: str
    version: str
    state: RunState
    folder: str
    reason: str = ""
    seconds: float = 0.0


@dataclass
class BatchResults:
    """The results of a batch by region, written into their file at every change.

    Attributes
    ----------
    began
        When the batch began, in seconds since the epoch.
    summarised
        Whether these runs were put side by side.
    """

    project: Project
    engine: str
    jobs: int
    runs: dict[str, Result]
    began: float
    summarised: bool = False

    def keep(self, *results: Result) -> None:
        """Keep results, and write the file anew; whoever reads it meanwhile finds it whole."""
        self.runs |= {result.region: result for result in results}
        content = {
            "began": time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(self.began)),
            "engine": self.engine,
            "jobs": self.jobs,
            "summarised": self.summarised,
            "runs": [asdict(result) for result in self.runs.values()],
        }
        path = _file(self.project)
        temporary = path.with_name(f".{RESULTS_FILE}-{id(self)}-{time.time_ns()}")
        text = json.dumps(content, indent=1, ensure_ascii=False)
        with suppress(OSError):  # a full disk is told by the runs themselves
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(f"{text}\n", encoding="utf-8")
            temporary.replace(path)

    def are_summarised_already(self) -> bool:
        """Return whether the last batch put just these runs side by side."""
        path = _file(self.project)
        if not path.is_file():
            return False
        last = json.loads(path.read_text(encoding="utf-8"))
        ours = [(result.region, result.version) for result in self.runs.values()]
        same = ours == [(run["region"], run["version"]) for run in last["runs"]]
        return same and bool(last.get("summarised"))


def _file(project: Project) -> Path:
    return project.figures / RESULTS_FILE


def in_words(results: Iterable[Result]) -> str:
    """Return one line for each run, failures last with their reasons."""
    ordered = sorted(results, key=lambda result: result.state == RunState.FAILED)
    width = max((len(result.region) for result in ordered), default=0)
    lines = []
    for result in ordered:
        lines.append(f"{result.region:<{width}}  {result.state:<10}  {result.folder}")
        if result.state == RunState.FAILED:
            lines.append(f"{'':<{width}}  {result.reason}")
    return "\n".join(lines)
