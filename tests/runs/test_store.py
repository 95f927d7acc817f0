"""Where runs are kept: whole and in their place, or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from offences.analysis.parameters import Request, checked
from offences.project import Project
from offences.releases.load import Loaded
from offences.runs import store
from offences.runs.run_folder import RunFolder
from offences.runs.versions import version

GIVEN = {"data/raw/a.csv": "0" * 64}


@pytest.fixture
def here(tmp_path: Path) -> Project:
    return Project(tmp_path.resolve())


@pytest.fixture
def wales(project: Project, loaded: Loaded) -> Request:
    return checked(project, loaded)


def make(here: Project, request: Request, text: str = "a", given: dict[str, str] = GIVEN) -> Path:
    with store.made_in_temporary_folder(here, request, given) as folder:
        (folder / "change.csv").write_text(text, encoding="utf-8")
        store.write_manifest(folder, request, given)
    return here.figures / request.folder / version(request, given)


def in_home(here: Project) -> list[str]:
    return sorted(path.name for path in (here.figures / "wales").iterdir())


def test_a_run_is_moved_into_its_place_and_latest_names_it(here: Project, wales: Request) -> None:
    assert store.latest(here.figures / "wales") is None
    place = make(here, wales)
    assert RunFolder(place).is_whole
    assert store.latest(here.figures / "wales") == RunFolder(place)
    assert in_home(here) == ["latest", place.name]
    manifest = RunFolder(place).manifest
    assert manifest.version == place.name
    assert manifest.inputs == GIVEN
    assert list(manifest.outputs) == ["change.csv"]
    assert manifest.parameters == wales.parameters.model_dump()


def test_a_run_takes_the_place_of_one_of_the_same_version(here: Project, wales: Request) -> None:
    make(here, wales, "a")
    place = make(here, wales, "b")
    assert (place / "change.csv").read_text(encoding="utf-8") == "b"
    assert in_home(here) == ["latest", place.name]


def test_what_raises_leaves_the_last_run_and_nothing_else(here: Project, wales: Request) -> None:
    place = make(here, wales)
    with (
        pytest.raises(ValueError, match="planted"),
        store.made_in_temporary_folder(here, wales, GIVEN) as folder,
    ):
        (folder / "change.csv").write_text("b", encoding="utf-8")
        raise ValueError("planted")
    assert (place / "change.csv").read_text(encoding="utf-8") == "a"
    assert in_home(here) == ["latest", place.name]


def test_only_a_run_with_default_parameters_moves_latest(
    here: Project, wales: Request, project: Project, loaded: Loaded
) -> None:
    place = make(here, wales)
    other = make(here, checked(project, loaded, as_of="2023-08-15"))
    assert other.name.startswith("2023-08-15-")
    assert store.latest(here.figures / "wales") == RunFolder(place)
    newer = make(here, wales, given=GIVEN | {"data/raw/b.csv": "1" * 64})
    assert store.latest(here.figures / "wales") == RunFolder(newer)


def test_latest_that_names_no_run_is_none(here: Project) -> None:
    home = here.figures / "wales"
    home.mkdir(parents=True)
    (home / "latest").write_text("latest-00000000\n", encoding="utf-8")
    assert store.latest(home) is None


def test_what_was_cut_off_is_cleared_and_a_run_without_successor_put_back(
    here: Project, wales: Request
) -> None:
    place = make(here, wales)
    home = place.parent
    (home / ".old-lost").mkdir()
    place.rename(home / ".old-lost" / place.name)
    (home / ".making-lost").mkdir()
    (home / ".latest-lost").write_text("lost\n", encoding="utf-8")
    store.clear_interrupted(home)
    assert in_home(here) == ["latest", place.name]
    assert RunFolder(place).is_whole


def test_a_successor_that_came_is_not_replaced_by_the_old_run(
    here: Project, wales: Request
) -> None:
    place = make(here, wales, "new")
    old = place.parent / ".old-lost" / place.name
    old.mkdir(parents=True)
    (old / "change.csv").write_text("old", encoding="utf-8")
    store.clear_interrupted(place.parent)
    assert (place / "change.csv").read_text(encoding="utf-8") == "new"
    assert in_home(here) == ["latest", place.name]


def test_renewing_removes_the_runs_that_are_replaced(here: Project, wales: Request) -> None:
    assert store.renewed(here) == []
    first = make(here, wales)
    store.renew(here, [first])
    assert store.renewed(here) == [first]
    second = make(here, wales, given={})
    store.renew(here, [second])
    assert store.renewed(here) == [second]
    assert not first.exists()
    store.renew(here, [second])
    assert RunFolder(second).is_whole
