"""Shared fixtures: the real data, and copies of it that a test may break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.projects import ROOT, Run, copied

from offences.analysis.findings import Findings
from offences.analysis.parameters import checked
from offences.project import Project
from offences.releases.clean import clean
from offences.releases.load import Loaded, load


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
        known = clean(project, loaded, request.day, request.policy)
        return Run(request, Findings(known, request.place, request.years))

    return make


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    return copied(tmp_path)
