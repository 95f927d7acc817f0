"""Signatures: two people, and no byte changed since."""

from __future__ import annotations

import datetime
import re

import pytest
from helpers.projects import ROOT
from helpers.reviews import KEPT

from offences.errors import DataError, OffencesError
from offences.project import Project
from offences.runs import signatures
from offences.runs.run_folder import RunFolder

DAY = datetime.date(2026, 11, 24)
COLUMNS = "run,manifest,name,role,day\n"


@pytest.fixture
def here(made: RunFolder) -> Project:
    return Project(made.path.parents[2])


def test_a_run_is_unsigned_until_two_people_have_signed(here: Project, made: RunFolder) -> None:
    assert signatures.state(here, made) == "unsigned."
    first = signatures.sign(here, made, "Ann  Example", "analyst", DAY)
    assert (first.run, first.name) == ("figures/wales/latest-1a2b3c4d", "Ann Example")
    assert first.manifest == made.manifest_digest
    assert signatures.state(here, made) == (
        "signed by Ann Example (analyst), 2026-11-24: 1 of 2 people needed."
    )
    signatures.sign(here, made, "Bob Example", "reviewer", DAY)
    assert signatures.state(here, made) == (
        "signed by Ann Example (analyst), 2026-11-24; Bob Example (reviewer), 2026-11-24."
    )
    assert [signature.name for signature in signatures.read(here)] == ["Ann Example", "Bob Example"]


@pytest.mark.parametrize(
    ("name", "role", "message"),
    [
        ("ann  example", "editor", "ann example has signed this run already: a second person"),
        (" ", "editor", "needs a name and a role"),
        ("Bob Example", "", "needs a name and a role"),
    ],
)
def test_who_cannot_sign(
    here: Project, made: RunFolder, name: str, role: str, message: str
) -> None:
    signatures.sign(here, made, "Ann Example", "analyst", DAY)
    with pytest.raises(OffencesError, match=message):
        signatures.sign(here, made, name, role, DAY)
    assert len(signatures.read(here)) == 1


def test_a_changed_byte_voids_signatures(here: Project, made: RunFolder) -> None:
    signatures.sign(here, made, "Ann Example", "analyst", DAY)
    (made.path / "change.txt").write_text("97 to 195", encoding="utf-8")
    assert signatures.state(here, made) == (
        "unsigned. 1 signature(s) void: the run has changed since."
    )
    with pytest.raises(OffencesError, match="nobody can sign it"):
        signatures.sign(here, made, "Bob Example", "editor", DAY)


def test_signatures_are_of_one_run(here: Project, made: RunFolder) -> None:
    signatures.sign(here, made, "Ann Example", "analyst", DAY)
    other = RunFolder(made.path.rename(made.path.with_name("latest-00000000")))
    assert signatures.state(here, other) == "unsigned."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("run,name\n", "row 1, column 'manifest': the column is missing"),
        (f"{COLUMNS}r,m,,analyst,2026-11-24\n", "row 2, column 'name': is empty"),
        (
            f"{COLUMNS}r,m,Ann,analyst,2026-11-24\nr,m,Ann,editor,2026-11-25\n",
            "row 3, column 'name': 'r', 'm', 'Ann' is already in row 2. Keep one row.",
        ),
    ],
)
def test_a_wrong_file_of_signatures_is_refused(
    here: Project, made: RunFolder, text: str, told: str
) -> None:
    (here.root / "data").mkdir()
    (here.root / "data" / "signatures.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(f"data/signatures.csv, {told}")):
        signatures.state(here, made)


def test_the_kept_runs_are_unsigned_until_people_sign() -> None:
    for folder in KEPT:
        assert signatures.state(Project(ROOT), RunFolder(folder)) == "unsigned."
