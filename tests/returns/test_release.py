"""A public round becomes a release that every notebook reads, without a line of code."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from helpers.projects import ROOT, copied

from offences.project import Project
from offences.releases.load import load
from offences.returns.round.as_release import as_printed

PUBLIC = ROOT / "data" / "returns" / "public-answers"


def settled(folder: Path) -> Path:
    """Accept the round in a folder and return its release."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "ingest.py"), "accept", str(folder), "--by", "A"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "settled" / "release"


def simulated_release(tmp_path: Path, project: Project) -> None:
    """Add a release of SIMULATED figures of Wales, one of them a revision, to a project."""
    folder = tmp_path / "round"
    folder.mkdir()
    forces = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
    rows = "".join(f"{force},2027/28,Snapchat,{n * 11}\n" for n, force in enumerate(forces, 1))
    (folder / "means.csv").write_text(f"Force,Year,Platform,Count\n{rows}")
    totals = "".join(
        f"{force},{'999' if force == 'Gwent' else ''},{n * 20}\n"
        for n, force in enumerate(forces, 1)
    )
    (folder / "totals.csv").write_text(f"Force,2022/23,2027/28\n{totals}")
    (folder / "round.yaml").write_text(
        'title: SIMULATED release\nmonth: "2028-06"\npublic: true\n', encoding="utf-8"
    )
    shutil.copytree(settled(folder), project.raw / "simulated-2028")


def test_intervals_are_written_as_a_log_of_figures_reads_them() -> None:
    assert as_printed(5, 5) == "5"
    assert as_printed(23, 31) == "23-31"
    assert as_printed(23, float("inf")) == "at least 23"
    assert as_printed(0, float("inf")) == ""


def test_the_public_answers_become_a_release_that_loads(tmp_path, copy) -> None:
    shutil.copytree(PUBLIC, tmp_path / "round")
    made = settled(tmp_path / "round")
    shutil.copytree(made, copy.raw / "answers-2026")
    observations = load(copy).observations
    new = observations[observations["release"] == "answers-2026"]
    known = new.set_index(["place", "period", "measure"])["value"]
    assert known["Northamptonshire", "2024/25", "offences"] == 52
    assert known["Hampshire and Isle of Wight", "2022/23", "offences"] == 279
    assert ("Avon and Somerset", "2021/22", "offences") not in known.index, "88A is wider"
    assert ("South Yorkshire", "2020-07..2021-03", "offences") not in known.index
    with (made / "sources.csv").open(encoding="utf-8") as file:
        assert all(row["url"].startswith("http") for row in csv.DictReader(file))


def test_a_release_of_returns_takes_no_code(tmp_path, copy) -> None:
    simulated_release(tmp_path, copy)
    loaded = load(copy)
    assert str(loaded.years).endswith("2027/28")
    new = loaded.observations[loaded.observations["release"] == "simulated-2028"]
    assert new["value"].sum() == 11 * 10 + 20 * 10 + 999


@pytest.mark.heavy
def test_a_new_release_appears_in_every_notebook(tmp_path) -> None:
    project = copied(tmp_path / "project")
    simulated_release(tmp_path, project)

    def shown(region: str) -> dict[str, str]:
        """Return what each executed notebook of a region shows."""
        command = [sys.executable, str(ROOT / "scripts" / "run.py"), "--region", region]
        done = subprocess.run(
            [*command, "--years", "2017/18:2027/28"],
            cwd=project.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        (run,) = (path.parent for path in project.figures.glob(f"{region.lower()}/*/notebooks"))
        return {
            book.stem: json.dumps([c.get("outputs") for c in nbformat.read(book, 4).cells])
            for book in sorted((run / "notebooks").glob("*.ipynb"))
        }

    wales, gwent = shown("Wales"), shown("Gwent")
    assert len(wales) == 5
    for name in ("01_load", "02_clean"):
        assert "simulated-2028" in wales[name]
    for name in ("03_force_analysis", "04_platform_attribution", "05_claims"):
        assert "the newest of 30 June 2028" in wales[name]
    assert "2027/28" in wales["03_force_analysis"]
    assert "Snapchat" in gwent["04_platform_attribution"]
    assert "simulated-2028" in gwent["04_platform_attribution"]
