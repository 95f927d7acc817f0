"""What the tests of returns share: the reference tables and the real answers, read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.projects import ROOT

from offences.project import Project
from offences.reference.places import Places
from offences.reference.vocabulary import Vocabulary
from offences.returns.cells.read_cells import ReturnCell
from offences.returns.round.rounds import FileState, ReturnFile, Round, open_round, read_round
from offences.returns.settle.platform_names import Attributor, read_attributor

Opened = tuple[Round, list[ReturnFile]]


@pytest.fixture(scope="session")
def vocabulary(project: Project) -> Vocabulary:
    return Vocabulary.read(project)


@pytest.fixture(scope="session")
def places(vocabulary: Vocabulary) -> Places:
    return vocabulary.places


@pytest.fixture(scope="session")
def attributor(project: Project, vocabulary: Vocabulary) -> Attributor:
    return read_attributor(project, vocabulary.platforms)


@pytest.fixture(scope="session")
def opened(project: Project, places: Places) -> Callable[[Path], Opened]:
    """Return a function that reads the round of a folder."""

    def read(folder: Path) -> Opened:
        this_round = open_round(project, folder, places)
        return this_round, list(read_round(project, this_round, places))

    return read


@pytest.fixture
def taken_in(opened, tmp_path) -> Callable[[dict[str, str]], Opened]:
    """Return a function that writes files of text, by name, and reads them as a round."""

    def write(files: dict[str, str]) -> Opened:
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return opened(tmp_path)

    return write


@pytest.fixture(scope="session")
def answers(opened) -> dict[str, list[ReturnCell]]:
    """Return the cells of the 65 public answers, by reference as FOI-01."""
    _, files = opened(ROOT / "data" / "returns" / "public-answers")
    found: dict[str, list[ReturnCell]] = {}
    for file in files:
        assert file.state is FileState.ACCEPTED, file.message
        found.setdefault(file.path.name.split("_")[0], []).extend(file.cells)
    return found
