"""What a run is given once its notebooks are done: workbook, crate, manifest and page."""

from __future__ import annotations

from pathlib import Path

from offences.analysis.parameters import Request
from offences.project import Project
from offences.runs import provenance, run_page, store, workbook
from offences.runs.run_folder import RunFolder
from offences.runs.versions import packages


def complete(project: Project, request: Request, folder: Path, given: dict[str, str]) -> None:
    """Complete a run.

    Parameters
    ----------
    folder
        Holds the run's figures, tables and executed notebooks.
    given
        SHA-256 of every input of the run.
    """
    run = RunFolder(folder)
    workbook.write(request, run)
    provenance.write(request, run, given, packages())
    store.write_manifest(folder, request, given)
    run_page.write(project, request, run)
