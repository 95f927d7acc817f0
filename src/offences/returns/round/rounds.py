"""A round: the folder of what came back, file by file, with every force that was asked.

A round may hold a ``round.yaml``; without it every force of the reference table was asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from offences.errors import DataError, OffencesError, did_you_mean
from offences.files import read_yaml, sha256
from offences.project import Project
from offences.reference.places import Places, normalise
from offences.returns.cells.declarations import SUFFIX, TYPED, Answer, Layout, layout_path
from offences.returns.cells.read_cells import ReturnCell, read_answer, read_tables
from offences.returns.cells.recognise import recognise
from offences.returns.cells.return_statuses import WITHOUT_FIGURE, ReturnStatus
from offences.returns.cells.written_periods import read_span
from offences.returns.files.isolation import Received, read_each, received_paths

ROUND = "round.yaml"
SIMULATED = "SIMULATED"
"""What every file made from a simulated round says."""


class FileState(StrEnum):
    """What can become of a file of a round: only accepted ones are settled."""

    ACCEPTED = "accepted"
    RECOGNISED = "recognised"
    NOT_UNDERSTOOD = "not understood"
    SET_ASIDE = "set aside"
    WRONG_LAYOUT = "wrong layout"


class AboutRound(BaseModel):
    """What a round is about.

    Attributes
    ----------
    month
        When the answers were published or settled, as ``2026-11``; a release needs it.
    period
        What was asked for, where a file does not say its own.
    asked
        The forces that were asked; empty: every force known.
    refused
        Forces that refused the whole, and on what ground.
    public
        Whether the answers are public. Bounds of suppressed cells of those that are not stay
        internal.
    simulated
        Whether the round was made by ``offences simulate``.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    title: str
    month: Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None
    period: str = ""
    asked: list[str] = []
    refused: dict[str, str] = {}
    public: bool = False
    simulated: bool = False


@dataclass(frozen=True)
class ReturnFile:
    """What became of one file of a round.

    Attributes
    ----------
    message
        Why it is in this state, or what the reader had to decide.
    layout
        As declared, or as recognised; None where there is none.
    answer
        What was typed, for an answer in sentences.
    force_named
        The force that the file's name names, or an empty string.
    """

    path: Path
    state: FileState
    message: str
    cells: tuple[ReturnCell, ...] = ()
    layout: Layout | None = None
    answer: Answer | None = None
    force_named: str = ""

    @property
    def forces(self) -> list[str]:
        """The forces it has figures for."""
        return list(dict.fromkeys(cell.force for cell in self.cells))


@dataclass(frozen=True)
class Round:
    """A folder of returns."""

    folder: Path
    about: AboutRound
    asked: tuple[str, ...]


def open_round(project: Project, folder: Path, places: Places) -> Round:
    """Return the round that a folder holds.

    Raises
    ------
    DataError
        When there is no such folder, ``round.yaml`` is wrong, or it names an unknown force.
    """
    if not folder.is_dir():
        raise DataError(folder.name, "there is no such folder.")
    path = folder / ROUND
    about = (
        read_yaml(project, path, AboutRound) if path.is_file() else AboutRound(title=folder.name)
    )
    known = [place.name for place in places.all if place.is_force]
    asked = []
    for name in (*about.asked, *about.refused):
        if not (place := places.printed("force", name)):
            raise DataError(ROUND, f"unknown force {name!r}{did_you_mean(name, known) or '.'}")
        asked.append(place.name)
    return Round(folder, about, tuple(dict.fromkeys(asked if about.asked else known)))


def count_files(folder: Path) -> int:
    """Return how many files :func:`read_round` will yield."""
    return len(received_paths(folder)) + len(_typed(folder))


def read_round(project: Project, this_round: Round, places: Places) -> Iterator[ReturnFile]:
    """Yield what becomes of every file: received ones first, then typed answers."""
    for received in read_each(received_paths(this_round.folder)):
        yield _received(project, this_round, received, places)
    for path in _typed(this_round.folder):
        yield _answer(project, path, places)


def _typed(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{TYPED}"))


def _answer(project: Project, path: Path, places: Places) -> ReturnFile:
    """Return what becomes of a typed answer."""
    try:
        answer = read_yaml(project, path, Answer)
        cells = read_answer(path.name, answer, places)
    except OffencesError as problem:
        return ReturnFile(path, FileState.WRONG_LAYOUT, str(problem))
    return ReturnFile(path, FileState.ACCEPTED, "", tuple(cells), answer=answer)


def _received(
    project: Project, this_round: Round, received: Received, places: Places
) -> ReturnFile:
    """Return what becomes of a received file."""
    path = received.path
    named = force_of(path, places)
    if received.set_aside:
        return ReturnFile(path, FileState.SET_ASIDE, received.set_aside, force_named=named)
    try:
        if layout_path(path).is_file():
            return _declared(project, received, places)
        found = recognise(received.grids, named, this_round.about.period, places)
        if isinstance(found, Layout):
            cells = read_tables(path.name, received.grids, found, places)
            notes = _notes(received)
            return ReturnFile(path, FileState.RECOGNISED, notes, tuple(cells), found)
    except OffencesError as problem:
        return ReturnFile(path, FileState.WRONG_LAYOUT, str(problem), force_named=named)
    except RecursionError:
        why = f"{path.name}{SUFFIX} is nested too deeply."
        return ReturnFile(path, FileState.WRONG_LAYOUT, why, force_named=named)
    shown = received.grids[0].shown(1, 6)
    why = f"{found}: declare it in {layout_path(path).name}. The first table begins:\n{shown}"
    return ReturnFile(path, FileState.NOT_UNDERSTOOD, why, force_named=named)


def _declared(project: Project, received: Received, places: Places) -> ReturnFile:
    """Return the reading of a file whose layout is declared, or was accepted."""
    path = received.path
    layout = _layout(project, layout_path(path), received)
    cells = tuple(read_tables(path.name, received.grids, layout, places))
    accepted = layout.accepted
    if accepted and accepted.sha256 != sha256(path):
        changed = f"the file changed since {accepted.by} accepted it on {accepted.on}: look again"
        return ReturnFile(path, FileState.RECOGNISED, changed, cells, layout)
    return ReturnFile(path, FileState.ACCEPTED, _notes(received), cells, layout)


def _notes(received: Received) -> str:
    return "; ".join(dict.fromkeys(note for grid in received.grids for note in grid.notes))


def _layout(project: Project, declared: Path, received: Received) -> Layout:
    """Return the declared layout; a mistake in it shows the rows it is about."""
    try:
        return read_yaml(project, declared, Layout)
    except DataError as problem:
        first = received.grids[0]
        shown = f"{problem} The rows looked at, of {first.name or 'the file'}:\n{first.shown(1, 6)}"
        raise OffencesError(shown) from problem


def force_of(path: Path, places: Places) -> str:
    """Return the one force that a file's name names, or an empty string.

    ``Kent_return 2024.xlsx`` names Kent. The file's content is not asked: joint units write for
    several forces, and a letterhead may name another.
    """
    words = normalise(path.name.split(".")[0].replace("_", " ").replace("-", " ")).split()
    found: dict[str, int] = {}
    for length in range(min(len(words), 5), 0, -1):
        for start in range(len(words) - length + 1):
            part = words[start : start + length]
            for joined in (" ".join(part), "-".join(part)):
                place = places.printed("force", joined)
                if place and length >= max(found.values(), default=0):
                    found[place.name] = length
        if found:
            break
    return next(iter(found)) if len(found) == 1 else ""


def period_of(this_round: Round) -> str:
    """Return the round's period as the tables write it, or an empty string."""
    return str(read_span(this_round.about.period)) if this_round.about.period else ""


def answer_of(this_round: Round, files: Sequence[ReturnFile], force: str) -> str:
    """Return what a force's answer came to, in a few words."""
    if ground := this_round.about.refused.get(force):
        return f"refused ({ground})"
    mine = [file for file in files if force in file.forces]
    if not mine:
        unread = any(file.force_named == force for file in files)
        return "an answer that is not read" if unread else "no answer"
    if any(file.state is not FileState.ACCEPTED for file in mine):
        return "to be accepted"
    statuses = {cell.text.status for file in mine for cell in file.cells if cell.force == force}
    if statuses <= WITHOUT_FIGURE:
        return "no figures: " + ", ".join(sorted(statuses))
    return "figures, a part refused" if ReturnStatus.REFUSED in statuses else "figures"
