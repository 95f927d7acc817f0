"""What tests of the evidence look at: everything that was printed up to October 2025."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from offences.evidence.implied import Evidence, EvidenceInside
from offences.project import Project
from offences.reference.periods import Period
from offences.releases.clean import Cleaned, clean
from offences.releases.load import Loaded

DAY = datetime.date(2025, 10, 31)


@pytest.fixture(scope="session")
def known(project: Project, loaded: Loaded) -> Cleaned:
    return clean(project, loaded, DAY)


@pytest.fixture(scope="session")
def evidence(known: Cleaned) -> Evidence:
    return Evidence.of(known)


@pytest.fixture(scope="session")
def inside(known: Cleaned, evidence: Evidence) -> Callable[[str], EvidenceInside]:
    return lambda name: evidence.inside(known.vocabulary.places.asked_for(name, "ons"))


@pytest.fixture(scope="session")
def six_years() -> Period:
    return Period.parse("2017/18..2022/23")
