"""Questions to send back to a force: what its return leaves open, in sentences for a letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from offences.reference.statuses import Status
from offences.returns.cells.ages_and_genders import gaps, read_band
from offences.returns.cells.read_cells import ReturnCell
from offences.returns.cells.return_statuses import ReturnStatus
from offences.returns.round.rounds import FileState, ReturnFile, Round, period_of
from offences.returns.settle.margins import Tightened
from offences.returns.settle.settle import ReturnFigure

_OPEN = {
    ReturnStatus.EMPTY: (
        "is blank or a dash: is it zero, or is nothing held?",
        "are blank or a dash: are they zero, or is nothing held?",
    ),
    ReturnStatus.REFUSED: (
        "was refused: can it be given for a shorter period?",
        "were refused: can they be given for a shorter period?",
    ),
    ReturnStatus.NOT_HELD: (
        "is not held: is there a field from which it could be counted?",
        "are not held: is there a field from which they could be counted?",
    ),
    ReturnStatus.UNRESOLVED: ("cannot be read: what is meant?", "cannot be read: what is meant?"),
}
"""What is asked about cells of a status, of one and of several."""


def questions(
    this_round: Round, files: Sequence[ReturnFile], figures: Sequence[ReturnFigure]
) -> dict[str, list[str]]:
    """Return the questions for each force asked that has any, in the order of the forces."""
    asked: dict[str, list[str]] = defaultdict(list)
    cells: dict[str, list[ReturnCell]] = defaultdict(list)
    for file in files:
        for cell in file.cells:
            cells[cell.force].append(cell)
        if file.state is FileState.SET_ASIDE and file.force_named:
            again = f"Please send {file.path.name} again: it {file.message}"
            asked[file.force_named].append(again)
    for force, ground in this_round.about.refused.items():
        asked[force].append(
            f"The request was refused ({ground}). Which parts can be answered within the limit?"
        )
    for force, some in cells.items():
        asked[force] += _about_cells(some)
        asked[force] += _missing_periods(this_round, some)
    for one in figures:
        if one.status is Status.DISPUTED:
            asked[one.force].append(f"For {one.period}, {one.note}. Which is right?")
        if one.remainder and one.remainder.is_impossible:
            asked[one.force].append(f"For {one.period}, {one.note}. Please check the table.")
    for force in this_round.asked:
        unread = any(file.force_named == force for file in files)
        if not cells[force] and not asked[force] and not unread:
            asked[force].append("No answer has been received. When can it be expected?")
    ordered = [*this_round.asked, *sorted(set(asked) - set(this_round.asked))]
    return {force: list(dict.fromkeys(asked[force])) for force in ordered if asked[force]}


def _about_cells(cells: Sequence[ReturnCell]) -> list[str]:
    """Return questions about sums, hidden cells, refusals and cells that cannot be read."""
    asked = [f"{one.cell.where}: {one}. Which is right?" for one in Tightened(cells).wrong]
    hidden = [cell for cell in cells if cell.text.status is ReturnStatus.SUPPRESSED]
    if hidden:
        asked.append(
            f"{hidden[0].file}: {_counted(hidden)} suppressed. Can totals of their rows "
            "or columns be given, or wider bands?"
        )
    for status, (one, several) in _OPEN.items():
        some = [cell for cell in cells if cell.text.status is status and cell.measure != "asked"]
        if some:
            words = f"One figure {one}" if len(some) == 1 else f"{len(some)} figures {several}"
            which = "" if len(some) == 1 else "the first: "
            asked.append(f"{words} ({which}{_example(some[0])})")
    for table in dict.fromkeys((cell.file, cell.table, cell.period) for cell in cells):
        labels = [c.age_band for c in cells if (c.file, c.table, c.period) == table]
        bands = [band for label in dict.fromkeys(labels) if (band := read_band(label))]
        asked += [f"{table[0]}: {gap}. Where were they counted?" for gap in gaps(bands)]
    return asked


def _example(cell: ReturnCell) -> str:
    """Return where a cell is and what it says; of one that cannot be read, why."""
    text = cell.text
    says = f"says {text.raw!r}" if text.raw.strip() else "is empty"
    why = f"; {text.why}" if text.why else ""
    return f"{cell.where} {says}{why}"


def _missing_periods(this_round: Round, cells: Sequence[ReturnCell]) -> list[str]:
    """Return a question where no figure covers the period that was asked for."""
    wanted = period_of(this_round)
    if not wanted or any(cell.period == wanted for cell in cells):
        return []
    given = ", ".join(dict.fromkeys(cell.period for cell in cells))
    return [f"The request was for {wanted}; the answer is about {given}. Can {wanted} be given?"]


def letter(this_round: Round, force: str, asked: Sequence[str]) -> str:
    """Return the questions to one force as the body of a letter."""
    lines = [f"{force}: {this_round.about.title}", ""]
    lines += [f"{number}. {text}" for number, text in enumerate(asked, start=1)]
    return "\n".join(lines)


def _counted(cells: Sequence[ReturnCell]) -> str:
    return "one cell is" if len(cells) == 1 else f"{len(cells)} cells are"
