"""A checkout is found from any place inside it, and paths are shown from its root."""

from __future__ import annotations

from pathlib import Path

import pytest

from offences.errors import OffencesError
from offences.project import Project


def test_a_checkout_is_found_from_any_folder_in_it(project: Project) -> None:
    for folder in (project.root, project.notebooks, project.raw / "nspcc-2023-08"):
        assert Project.find(folder) == project


def test_outside_a_checkout_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OffencesError, match="change to a folder of one"):
        Project.find(tmp_path)


def test_paths_are_shown_from_the_root_with_forward_slashes(
    project: Project, tmp_path: Path
) -> None:
    assert project.relative(project.raw / "nspcc-2023-08") == "data/raw/nspcc-2023-08"
    assert project.relative(tmp_path / "elsewhere.csv") == "elsewhere.csv"


def test_every_folder_that_people_keep_is_there(project: Project) -> None:
    for folder in (project.claims, project.raw, project.reference, project.notebooks):
        assert folder.is_dir(), folder
