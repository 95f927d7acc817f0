"""Failure is ordinary: each fault is caused, the others finish, and running again does the rest."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import pytest
from helpers.commands import cli, latest, left_over, results, started, until, whole
from helpers.projects import copied, edit

from offences.analysis.parameters import checked
from offences.batch import batch, plan
from offences.batch.results import RESULTS_FILE
from offences.claims.statements import read_claims
from offences.project import Project
from offences.releases.load import load
from offences.runs import store

PLACES = ("London", "Gwent")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return copied(tmp_path)


def hold(project: Project, seconds: int = 60) -> None:
    """Let the platform notebook of London wait until it is disturbed."""
    edit(
        project.notebooks / "04_platform_attribution.ipynb",
        "from offences.analysis import headline, sentences",
        "import time; time.sleep(" + str(seconds) + ' * (region == \\"London\\"))\\n",\n'
        '    "from offences.analysis import headline, sentences',
    )


def _is_held(project: Project) -> bool:
    return bool(list(project.figures.glob("london/.making-*/notebooks/03_force_analysis.ipynb")))


def test_ctrl_c_leaves_what_was_finished_and_nothing_else(project: Project) -> None:
    hold(project)
    running = started(project, "--region", "London")
    until(lambda: _is_held(project))
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 130, out + err
    assert "Stopped." in err
    assert "Traceback" not in err
    assert left_over(project) == []
    assert results(project)["London"]["state"] == "stopped"
    assert not whole(project, "London")


def test_after_a_loss_of_power_only_what_is_left_is_done(project: Project) -> None:
    assert cli(project, "--region", "Gwent").returncode == 0
    hold(project)
    running = started(project, "--region", "London")
    until(lambda: _is_held(project))
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate(timeout=30)
    assert left_over(project) != []
    edit(project.notebooks / "04_platform_attribution.ipynb", "time.sleep(60", "time.sleep(0")
    done = cli(project, "--region", "London")
    assert done.returncode == 0, done.stderr
    assert left_over(project) == []
    assert whole(project, "London")


def test_power_lost_while_a_run_takes_the_place_of_another(project: Project) -> None:
    """The old run was moved aside and the new one never came: the old one is put back."""
    assert cli(project, "--region", "London").returncode == 0
    run = latest(project, "london")
    aside = run.parent / ".old-lost"
    aside.mkdir()
    run.rename(aside / run.name)
    (run.parent / ".making-lost").mkdir()
    done = cli(project, "--region", "London")
    assert "London  up to date" in done.stdout
    assert whole(project, "London")
    assert left_over(project) == []


def test_a_torn_file_in_a_run_is_noticed_and_made_again(project: Project) -> None:
    assert cli(project, "--region", "London").returncode == 0
    run = latest(project, "london")
    path = run / "force_by_year.png"
    path.write_bytes(path.read_bytes()[:1000])
    planned = cli(project, "--region", "London", "--plan")
    assert "a file of the run is not as its manifest says" in planned.stdout
    assert "London  made" in cli(project, "--region", "London").stdout
    assert whole(project, "London")


def test_two_batches_at_once_do_not_tread_on_each_other(project: Project) -> None:
    both = [started(project, "--region", "Gwent") for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    states = sorted(out.split("Gwent  ")[-1].split("  ")[0].strip() for out, _ in said)
    assert states == ["made", "up to date"]
    assert whole(project, "Gwent")
    assert left_over(project) == []


def test_a_cell_that_hangs_does_not_hold_the_others(project: Project) -> None:
    hold(project)
    requests = [checked(project, load(project), region=region) for region in PLACES]
    limits = batch.Limits(4.0)
    held, other = batch.run(project, requests, settings=batch.Settings(limits=limits))
    assert held.state == "failed"
    assert "04_platform_attribution, cell" in held.reason
    assert "ran longer than 4 s" in held.reason
    assert (project.figures / "london" / "failed" / "03_force_analysis.ipynb").is_file()
    assert other.state == "made"
    assert results(project)["London"]["reason"] == held.reason
    assert {r: s["state"] for r, s in results(project).items()} == {
        "London": "failed",
        "Gwent": "made",
    }


def test_a_disk_that_is_full_at_the_last_moment(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = checked(project, load(project), region="London")
    assert batch.run(project, [request])[0].state == "made"
    before = latest(project, "london")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "manifest.json")

    monkeypatch.setattr(store, "put_in_place", full)
    (result,) = batch.run(project, [request], force=True)
    assert result.state == "failed"
    assert result.reason == "No space left on device: manifest.json"
    assert latest(project, "london") == before
    assert whole(project, "London")
    assert left_over(project) == []


def test_the_results_file_is_never_torn(project: Project) -> None:
    """Whoever reads it while a batch runs finds it whole."""
    running = started(project, "--region", "Gwent")
    seen = set()
    while running.poll() is None:
        if (project.figures / RESULTS_FILE).is_file():
            seen.add(results(project)["Gwent"]["state"])
    running.communicate()
    assert {"running", "made"} <= seen | {results(project)["Gwent"]["state"]}
    assert not list(project.figures.glob(f".{RESULTS_FILE}-*"))


def _plan(project: Project, region: str) -> plan.Step:
    loaded = load(project)
    requests = [checked(project, loaded, region=region)]
    return plan.plan(project, requests, read_claims(project, loaded))[0]


def test_the_plan_says_why(project: Project) -> None:
    for region in PLACES:
        assert (_plan(project, region).due, _plan(project, region).reason) == (True, "new")
        assert cli(project, "--region", region).returncode == 0
        assert _plan(project, region).reason == "up to date"
    edit(project.reference / "measures.csv", "Arrests, not offences", "Arrests; not offences")
    assert _plan(project, "London").reason == "changed: data/reference/measures.csv"
    edit(project.reference / "measures.csv", "Arrests; not offences", "Arrests, not offences")
    book = project.notebooks / "03_force_analysis.ipynb"
    edit(book, "## Which doubts are known?", "## What is doubted?")
    assert _plan(project, "London").reason == "changed: notebooks/03_force_analysis.ipynb"


def test_plan_only_prints(project: Project) -> None:
    done = cli(project, "--plan")
    assert done.returncode == 0, done.stderr
    assert "15 of 15 would run." in done.stdout
    assert not project.figures.exists()
