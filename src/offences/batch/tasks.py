"""What a batch has done in a process of its own, besides notebooks.

Each task imports what it needs when it is run, in a process that has it already: the batch itself
stays light, and is over in a second when nothing is due. The first argument of each is there to
report the cells of a notebook, of which a task has none.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from offences.analysis.parameters import Request
from offences.batch.results import Result
from offences.project import Project

Reported = Callable[[int], None]


def prepare(_: Reported, project: Project, as_of: str, file: Path) -> None:
    """Load and clean for all runs of an as_of."""
    from offences.runs import notebook

    notebook.prepare_for_batch(project, as_of, file)


def complete_run(
    _: Reported, project: Project, request: Request, folder: Path, given: dict[str, str]
) -> None:
    """Complete a run whose notebooks are done."""
    from offences.runs import complete

    complete.complete(project, request, folder, given)


def write_index(_: Reported, project: Project) -> None:
    """Write the page of all runs."""
    from offences.runs import index_page

    index_page.write(project)


def summarise(_: Reported, project: Project, request: Request, results: list[Result]) -> None:
    """Put the runs of a batch side by side."""
    from offences.batch import summary

    summary.write(project, request, results)
