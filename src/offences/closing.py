"""What a run is given once its notebooks are done: workbook, crate, manifest and page."""

from __future__ import annotations

from pathlib import Path

from offences import crate, report, runs, workbook
from offences.parameters import Request
from offences.project import Project


def close(project: Project, request: Request, folder: Path, given: dict[str, str]) -> None:
    """Complete a run.

    Parameters
    ----------
    folder
        Holds the run's figures, tables and executed notebooks.
    given
        SHA-256 of every input of the run.
    """
    workbook.write(request, folder)
    crate.write(project, request, folder, given, runs.packages())
    runs.seal(folder, request, given)
    report.write(project, request, folder)
