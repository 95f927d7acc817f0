"""What several tests of releases look at: everything cleaned, as of today."""

from __future__ import annotations

import pytest

from offences.project import Project
from offences.releases.clean import Cleaned, clean
from offences.releases.load import Loaded


@pytest.fixture(scope="session")
def cleaned(project: Project, loaded: Loaded) -> Cleaned:
    return clean(project, loaded, None)
