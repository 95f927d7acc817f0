"""The runs kept in the repository: today's code still gives their numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.projects import ROOT

from offences.project import Project
from offences.runs import store
from offences.runs.run_folder import RunFolder
from offences.tables import write

KEPT = store.renewed(Project(ROOT))


def test_wales_and_the_uk_are_kept() -> None:
    assert [folder.parent.name for folder in KEPT] == ["wales", "uk"]


@pytest.mark.parametrize("folder", KEPT, ids=lambda folder: folder.parent.name)
def test_a_kept_run_is_as_its_manifest_says(folder: Path) -> None:
    assert RunFolder(folder).is_whole
    assert all(path.stat().st_size < 1_500_000 for path in folder.rglob("*"))


@pytest.mark.parametrize("folder", KEPT, ids=lambda folder: folder.parent.name)
def test_todays_code_gives_the_numbers_of_a_kept_run(
    folder: Path, run: Callable, tmp_path: Path
) -> None:
    """A difference is a finding: renew the run and say in the changelog what changed."""
    kept = RunFolder(folder)
    today = run(**kept.manifest.parameters)
    for name, table in (("headline", today.headline), ("force_by_year", today.force_years)):
        write(table, tmp_path / f"{name}.csv")
        now = (tmp_path / f"{name}.csv").read_bytes()
        assert now == kept.table_path(name).read_bytes(), name
