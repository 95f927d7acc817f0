"""A SIMULATED round is settled to its truth: exactly where the layout allows it, else in bounds."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from helpers.projects import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offences.errors import OffencesError
from offences.project import Project
from offences.reference.places import Places
from offences.reference.platforms import Platforms
from offences.returns.round.rounds import open_round, read_round
from offences.returns.settle.platform_names import read_attributor
from offences.returns.settle.settle import settle
from offences.returns.simulated.answer_layouts import LAYOUTS
from offences.returns.simulated.simulated_round import simulate

PROJECT = Project(ROOT)
PLACES = Places.read(PROJECT)
FORCES = [place.name for place in PLACES.all if place.is_force]
ATTRIBUTOR = read_attributor(PROJECT, Platforms.read(PROJECT))


def settled(folder: Path) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Return the bounds of every figure of a round, recognised readings accepted."""
    files = list(read_round(PROJECT, open_round(PROJECT, folder, PLACES), PLACES))
    assert all(file.state in ("accepted", "recognised") for file in files), [
        (file.path.name, file.said) for file in files if file.state == "wrong layout"
    ]
    cells = [cell for file in files for cell in file.cells]
    return {
        (one.force, one.measure, one.subject): (one.lower, one.upper)
        for one in settle(cells, ATTRIBUTOR)
    }


def compare(truth, figures) -> None:
    for row in truth.itertuples():
        lower, upper = figures[row.force, row.measure, row.subject]
        assert lower <= row.value <= upper, (row, lower, upper)
        if row.exact == "yes":
            assert lower == upper == row.value, (row, lower, upper)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10_000),
    forces=st.integers(1, 18),
    rows=st.integers(0, 2_000),
    first=st.integers(0, len(FORCES) - 18),
)
def test_settled_figures_recover_the_truth(seed, forces, rows, first) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "round"
        truth = simulate(FORCES[first : first + forces], rows, seed, folder)
        compare(truth, settled(folder))


def test_a_whole_round_in_all_layouts_recovers_the_truth(tmp_path) -> None:
    truth = simulate(FORCES[:45], 34_000, 7, tmp_path / "round")
    compare(truth, settled(tmp_path / "round"))
    endings = {path.suffix for path in (tmp_path / "round").iterdir() if path.is_file()}
    assert endings >= {".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".html", ".docx", ".yaml"}
    assert len(LAYOUTS) >= 12
    assert 0.3 < (truth["exact"] == "yes").mean() < 1, "some figures have bounds only"


def test_the_same_seed_makes_the_same_truth(tmp_path) -> None:
    one = simulate(FORCES[:5], 200, 3, tmp_path / "one")
    assert one.equals(simulate(FORCES[:5], 200, 3, tmp_path / "two"))
    assert not one.equals(simulate(FORCES[:5], 200, 4, tmp_path / "three"))
    with pytest.raises(OffencesError, match="not empty"):
        simulate(FORCES[:5], 200, 3, tmp_path / "one")


def _run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_line_takes_a_round_in_and_says_simulated_everywhere(tmp_path) -> None:
    folder = tmp_path / "round"
    made = _run("simulate_round.py", "--seed", "2", "--rows", "500", "--out", str(folder))
    assert made.returncode == 0 and "SIMULATED" in made.stdout, made.stderr
    checked = _run("ingest.py", "check", str(folder))
    assert checked.returncode == 1, "readings wait for a person"
    assert "recognised" in checked.stdout and "SIMULATED" in checked.stdout
    assert "refused (s.12): " in checked.stdout and "no answer: " in checked.stdout
    done = _run("ingest.py", "accept", str(folder), "--by", "A. Analyst")
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("cells", "figures", "answers"):
        with (folder / "settled" / f"{name}.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert rows and {row["data"] for row in rows} == {"SIMULATED"}
    with (folder / "settled" / "answers.csv").open(encoding="utf-8") as file:
        answers = {row["force"]: row["answer"] for row in csv.DictReader(file)}
    assert len(answers) == 45, "every force asked is listed"
    letters = _run("ingest.py", "queries", str(folder))
    assert letters.returncode == 0
    assert "The request was refused (s.12)" in letters.stdout
    assert "No answer has been received" in letters.stdout
    assert "ignores the" in letters.stdout or "suppressed" in letters.stdout
    again = _run("ingest.py", "check", str(folder))
    assert again.returncode == 0, "all accepted"


def test_a_file_that_changed_after_it_was_accepted_waits_again(tmp_path) -> None:
    folder = tmp_path / "round"
    simulate(FORCES[:18], 300, 1, folder)
    assert _run("ingest.py", "accept", str(folder), "--by", "A").returncode == 0
    accepted = next(
        path
        for path in sorted(folder.glob("*.yaml"))
        if "accepted:" in path.read_text() and path.name.endswith((".csv.yaml", ".tsv.yaml"))
    )
    received = accepted.with_name(accepted.name.removesuffix(".yaml"))
    received.write_bytes(received.read_bytes() + b"\n")
    checked = _run("ingest.py", "check", str(folder))
    assert "changed since A accepted it" in checked.stdout


@pytest.mark.parametrize(("public", "lower"), [(True, 3.0), (False, 0.0)])
def test_bounds_found_by_margins_stay_internal_unless_public(tmp_path, public, lower) -> None:
    (tmp_path / "kent.csv").write_text("Gender,2023/24\nFemale,20\nMale,*\nTotal,23\n")
    (tmp_path / "round.yaml").write_text(
        f"title: a round\nasked: [Kent]\npublic: {str(public).lower()}\n"
    )
    assert _run("ingest.py", "accept", str(tmp_path), "--by", "A").returncode == 0
    with (tmp_path / "settled" / "cells.csv").open(encoding="utf-8") as file:
        (hidden,) = [row for row in csv.DictReader(file) if row["status"] == "suppressed"]
    assert float(hidden["lower"]) == lower
    with (tmp_path / "settled" / "figures.csv").open(encoding="utf-8") as file:
        figures = {row["measure"]: row for row in csv.DictReader(file)}
    assert figures["gender_known"]["value"] == "23", "bounds serve totals"
