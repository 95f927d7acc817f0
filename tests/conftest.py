"""Shared fixtures: the real data, and copies of it that a test may break."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from offences import forces, headline
from offences.clean import Cleaned, clean
from offences.load import Loaded, load
from offences.parameters import Request, checked
from offences.project import Project

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Run:
    """What a run would say, computed without notebooks."""

    request: Request
    cleaned: Cleaned
    force_years: pd.DataFrame
    headline: pd.DataFrame

    def row(self, name: str) -> pd.Series:
        return self.headline.set_index("name").loc[name]


@pytest.fixture(scope="session")
def project() -> Project:
    return Project(ROOT)


@pytest.fixture(scope="session")
def loaded(project: Project) -> Loaded:
    return load(project)


@pytest.fixture(scope="session")
def run(project: Project, loaded: Loaded) -> Callable[..., Run]:
    def make(**parameters: str) -> Run:
        request = checked(project, loaded, **parameters)
        cleaned = clean(project, loaded, request.day, request.policy)
        return Run(
            request,
            cleaned,
            forces.force_years(cleaned, request.place, request.years),
            headline.headline(project, request, cleaned),
        )

    return make


def copied(target: Path) -> Project:
    """Return a project with copies of the data, notebooks and lock file."""
    for name in ("data/raw", "data/reference", "data/claims", "notebooks"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copyfile(ROOT / "requirements.lock", target / "requirements.lock")
    return Project(target.resolve())


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    return copied(tmp_path)


def edit(path: Path, old: str, new: str) -> int:
    """Replace text that stands once in a file, and return the line it stood in."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
