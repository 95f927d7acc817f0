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
import yaml
from helpers.projects import ROOT, copied
from helpers.return_cells import cell

from offences.errors import OffencesError
from offences.project import Project
from offences.reference.bounds import Bounds
from offences.releases.load import load
from offences.returns.cells.declarations import Answer, DeclaredTable, Layout
from offences.returns.round.as_release import as_logged, write_release
from offences.returns.round.rounds import AboutRound, FileState, ReturnFile, Round
from offences.returns.settle.settle import settle

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


@pytest.mark.parametrize(
    ("bounds", "printed"),
    [
        (Bounds.exactly(5), "5"),
        (Bounds.exactly(0), "0"),
        (Bounds(23, 31), "23-31"),
        (Bounds(23), "at least 23"),
        (Bounds(0), ""),
    ],
)
def test_bounds_are_written_as_a_log_of_figures_reads_them(bounds, printed) -> None:
    assert as_logged(bounds) == printed


def _public(**about: object) -> Round:
    told = {"title": "A round", "month": "2026-11", "public": True, **about}
    return Round(Path("round"), AboutRound(**told), ("Kent",))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"simulated": True}, "A SIMULATED round does not become a release"),
        ({"public": False}, "Answers that are not public do not become a release"),
        ({"month": None}, "give the month of the release"),
    ],
)
def test_only_a_public_round_of_a_known_month_becomes_a_release(
    tmp_path, places, about, told
) -> None:
    with pytest.raises(OffencesError, match=told):
        write_release(_public(**about), [], [], places, tmp_path / "release")
    assert not (tmp_path / "release").exists()


def test_figures_of_known_forces_and_whole_months_are_written_with_their_sources(
    tmp_path, places, attributor
) -> None:
    layout = Layout(tables=[DeclaredTable()], published_on="~2026-05-01", url="https://x.invalid")
    cells = [
        cell("52"),
        cell("*", period="2022/23"),
        cell("", period="2021/22"),
        cell("9", period="2018-10-01..2019-04-02"),
        cell("9", force="joint unit"),
        cell("7", measure="means", means="Kik", unit="victims"),
        cell("30", force="Essex", unit="reports", file="essex.answer.yaml"),
    ]
    files = [
        ReturnFile(Path("kent.csv"), FileState.ACCEPTED, "", tuple(cells[:-1]), layout),
        ReturnFile(
            Path("essex.answer.yaml"),
            FileState.ACCEPTED,
            "",
            tuple(cells[-1:]),
            answer=Answer(statements=[]),
        ),
    ]
    figures = settle(cells, attributor)
    assert write_release(_public(), files, figures, places, tmp_path) == 3
    with (tmp_path / "figures.csv").open(encoding="utf-8") as file:
        rows = [
            (row["source"], row["place"], row["period"], row["printed"], row["note"])
            for row in csv.DictReader(file)
        ]
    assert rows == [
        ("essex-answer-yaml", "Essex", "2023/24", "30", "counted as reports"),
        ("kent-csv", "Kent", "2022/23", "0-4", ""),
        ("kent-csv", "Kent", "2023/24", "52", ""),
    ]
    with (tmp_path / "sources.csv").open(encoding="utf-8") as file:
        sources = [tuple(row.values()) for row in csv.DictReader(file)]
    assert sources == [
        (
            "essex-answer-yaml", "Essex, own answer", "2026-11", "", "force disclosure log", "",
            "typed in essex.answer.yaml",
        ),
        (
            "kent-csv", "own answers of forces", "2026-05-01", "https://x.invalid",
            "force disclosure log", "", "kent.csv",
        ),
    ]  # fmt: skip
    assert yaml.safe_load((tmp_path / "release.yaml").read_text()) == {
        "title": "A round",
        "month": "2026-11",
        "covers": "2 forces' own answers",
    }


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
