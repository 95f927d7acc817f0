"""Many machines: a real scheduler and two workers in folders of their own, one of them killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers.commands import SCRIPT, cli, left_over, results, until, whole
from helpers.projects import copied, edit

from offences.files import checksums
from offences.project import Project
from offences.runs.run_folder import DATED

pytestmark = pytest.mark.heavy


@dataclass
class Machines:
    """A scheduler and its workers, each process with a working directory of its own."""

    address: str
    workers: dict[str, subprocess.Popen[bytes]]
    folders: dict[str, Path]


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    file = tmp_path / "scheduler.json"
    base = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    options = ["--port", "0", "--no-dashboard", "--host", "127.0.0.1"]
    scheduler = subprocess.Popen(  # type: ignore[call-overload]
        [*base, *options, "--scheduler-file", str(file)], cwd=tmp_path, **quiet
    )
    until(file.is_file)
    address = json.loads(file.read_text(encoding="utf-8"))["address"]
    workers, folders = {}, {}
    for name in ("one", "two"):
        folders[name] = tmp_path / name
        folders[name].mkdir()
        command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny"]
        command += ["--nthreads", "1", "--name", name, "--no-dashboard"]
        workers[name] = subprocess.Popen(  # type: ignore[call-overload]
            command, cwd=folders[name], start_new_session=True, **quiet
        )
    yield Machines(address, workers, folders)
    for process in [*workers.values(), scheduler]:
        process.kill()
        process.wait()


def _busy(machines: Machines) -> str | None:
    """Return the name of a worker that is in the middle of London."""
    for name, folder in machines.folders.items():
        if list(folder.glob("offences-work/*/figures/london/.making-*/notebooks/03_*.ipynb")):
            return name
    return None


def test_a_worker_dies_and_the_batch_completes(machines: Machines, tmp_path: Path) -> None:
    project = copied(tmp_path / "here")
    edit(
        project.notebooks / "04_platform_attribution.ipynb",
        "from offences.analysis import headline, sentences",
        'import time; time.sleep(6 * (region == \\"London\\"))\\n",\n'
        '    "from offences.analysis import headline, sentences',
    )
    every = ["--all", "--scheduler", machines.address]
    running = subprocess.Popen(
        [sys.executable, str(SCRIPT), *every],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    until(lambda: _busy(machines), 120)
    busy = _busy(machines)
    assert busy is not None
    os.killpg(machines.workers[busy].pid, signal.SIGKILL)
    said, _ = running.communicate(timeout=400)
    assert running.returncode == 0, said
    assert {run["state"] for run in results(project).values()} == {"made"}
    assert len(results(project)) == 15
    assert all(whole(project, region) for region in results(project))
    assert left_over(project) == []
    runs_there = list(project.figures.glob("*/*/manifest.json"))
    assert len(runs_there) == 15, "nothing is written twice"
    again = cli(project, *every)
    assert again.stdout.count("  up to date  ") == 15


def test_what_a_cluster_makes_is_what_is_made_here(machines: Machines, tmp_path: Path) -> None:
    """Byte for byte, and also by way of a store that all can reach."""
    there, here = copied(tmp_path / "there"), copied(tmp_path / "here")
    store = (tmp_path / "store").as_uri()
    far = ["--scheduler", machines.address, "--store", store]
    assert cli(there, "--region", "Gwent", *far).returncode == 0
    assert cli(here, "--region", "Gwent").returncode == 0

    def figures(project: Project) -> dict[str, str]:
        found = checksums(project, project.figures / "gwent")
        skipped = (*DATED, ".lock", ".ipynb")
        return {path: digest for path, digest in found.items() if not path.endswith(skipped)}

    assert figures(there) == figures(here)
    assert len(figures(here)) > 20
    assert len(list((tmp_path / "store").rglob("*.zip"))) == 2


def test_a_failure_on_a_worker_comes_back_with_its_notebooks(
    machines: Machines, tmp_path: Path
) -> None:
    project = copied(tmp_path / "here")
    first = "from offences.analysis import headline, sentences"
    planted = f"raise ValueError('planted')\\n\",\n    \"{first}"
    edit(project.notebooks / "04_platform_attribution.ipynb", first, planted)
    done = cli(project, "--region", "London", "--scheduler", machines.address)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "04_platform_attribution, cell 3: ValueError: planted" in done.stdout
    assert (project.figures / "london" / "failed" / "03_force_analysis.ipynb").is_file()
    assert left_over(project) == []


def test_no_scheduler_at_the_address(tmp_path: Path) -> None:
    project = copied(tmp_path)
    began = time.monotonic()
    done = cli(project, "--region", "London", "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "no Dask scheduler at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
    assert time.monotonic() - began < 60
