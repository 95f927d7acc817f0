"""A SIMULATED round is settled to its truth: exactly where the layout allows it, else in bounds."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest
import yaml
from helpers.projects import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offences.errors import OffencesError
from offences.project import Project
from offences.reference.bounds import Bounds
from offences.reference.vocabulary import Vocabulary
from offences.returns.round.rounds import FileState, open_round, read_round
from offences.returns.settle.platform_names import read_attributor
from offences.returns.settle.settle import settle
from offences.returns.simulated.simulated_round import simulate

PROJECT = Project(ROOT)
VOCABULARY = Vocabulary.read(PROJECT)
FORCES = [place.name for place in VOCABULARY.places.all if place.is_force]
ATTRIBUTOR = read_attributor(PROJECT, VOCABULARY.platforms)


def settled(folder: Path) -> dict[tuple[str, str, str], Bounds]:
    """Return the bounds of every figure of a round, recognised readings accepted."""
    places = VOCABULARY.places
    files = list(read_round(PROJECT, open_round(PROJECT, folder, places), places))
    unread = [
        (file.path.name, file.message)
        for file in files
        if file.state not in (FileState.ACCEPTED, FileState.RECOGNISED)
    ]
    assert unread == []
    cells = [cell for file in files for cell in file.cells]
    return {(one.force, one.measure, one.subject): one.bounds for one in settle(cells, ATTRIBUTOR)}


def compare(truth: pd.DataFrame, figures: dict[tuple[str, str, str], Bounds]) -> None:
    for row in truth.itertuples():
        bounds = figures[row.force, row.measure, row.subject]
        assert row.value in bounds, (row, bounds)
        if row.exact == "yes":
            assert bounds.is_exact, (row, bounds)


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
    assert endings == {
        ".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".html", ".docx", ".yaml"
    }  # fmt: skip
    assert 0.3 < (truth["exact"] == "yes").mean() < 1, "some figures have bounds only"
    written = pd.read_csv(tmp_path / "round" / "truth" / "truth.csv", keep_default_na=False)
    assert written.to_dict("list") == truth.to_dict("list")
    assert set(truth["data"]) == {"SIMULATED"}


def test_every_twentieth_force_refuses_and_the_next_does_not_answer(tmp_path) -> None:
    truth = simulate(FORCES[:21], 500, 7, tmp_path)
    about = yaml.safe_load((tmp_path / "round.yaml").read_text())
    assert about["title"] == "SIMULATED round, seed 7" and about["simulated"] is True
    assert about["asked"] == FORCES[:21]
    assert about["refused"] == {FORCES[18]: "s.12"}
    assert set(FORCES[:21]) - set(truth["force"]) == {FORCES[18], FORCES[19]}


def test_the_same_seed_makes_the_same_truth(tmp_path) -> None:
    one = simulate(FORCES[:5], 200, 3, tmp_path / "one")
    assert one.equals(simulate(FORCES[:5], 200, 3, tmp_path / "two"))
    assert not one.equals(simulate(FORCES[:5], 200, 4, tmp_path / "three"))


@pytest.mark.parametrize(
    ("forces", "rows", "told"),
    [(5, 200, "is not empty"), (0, 200, "at least one force"), (5, -1, "no negative number")],
)
def test_a_round_that_cannot_be_simulated_says_why(tmp_path, forces, rows, told) -> None:
    (tmp_path / "something").write_text("x")
    with pytest.raises(OffencesError, match=told):
        simulate(FORCES[:forces], rows, 3, tmp_path)
