"""The command line as a person uses it, and what it leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from helpers.projects import ROOT
from offences.analysis.parameters import checked
from offences.batch.results import RESULTS_FILE
from offences.project import Project
from offences.releases.load import load
from offences.runs import store

SCRIPT = ROOT / "scripts" / "run.py"


def cli(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line inside a project, as a person would."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        cwd=project.root,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "100"},
        check=False,
    )


def started(project: Project, *arguments: str) -> subprocess.Popen[str]:
    """Start the command line in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), *arguments],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def until(condition: object, seconds: float = 60.0) -> None:
    """Wait until a call returns something true."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def results(project: Project) -> dict[str, dict[str, str]]:
    """Return what the last batch wrote of each run, by region."""
    said = json.loads((project.figures / RESULTS_FILE).read_text(encoding="utf-8"))
    return {run["region"]: run for run in said["runs"]}


def left_over(project: Project) -> list[str]:
    return [path.name for path in project.figures.glob("*/.*") if path.name != ".lock"]


def latest(project: Project, region: str) -> Path:
    """Return the latest run in a region's folder, which must be there."""
    run = store.latest(project.figures / region)
    assert run is not None
    return run.path


def whole(project: Project, region: str) -> bool:
    """Return whether the latest run of a region is there and whole."""
    request = checked(project, load(project), region=region)
    run = store.latest(project.figures / request.folder)
    return run is not None and run.is_whole
