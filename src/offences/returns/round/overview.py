"""What a person reads in the terminal about a round: file by file, then force by force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from offences.reference.platforms import Platforms
from offences.returns.cells.declarations import Layout
from offences.returns.round.rounds import SIMULATED, FileState, ReturnFile, Round, answer_of
from offences.returns.settle.platform_names import Attributor, suggestions
from offences.returns.settle.settle import distinct_platforms, unmatched

_SHOWN = 15


def file_lines(file: ReturnFile) -> str:
    """Return what became of one file, with the reading of a recognised one."""
    lines = [f"{file.state:<14} {file.path.name}"]
    if file.cells:
        lines[0] += f": {_cells(len(file.cells))} of {_list(file.forces)}"
    if file.message:
        lines += [f"    {line}" for line in file.message.splitlines()]
    if file.state is FileState.RECOGNISED and file.layout and file.cells:
        lines += [f"    {line}" for line in reading(file.layout)]
    return "\n".join(lines)


def reading(layout: Layout) -> list[str]:
    """Return how a recognised layout reads a file, for the analyst to look at."""
    lines = []
    for table in layout.tables:
        if table.shape == "crosstab":
            axes = f"rows are {table.rows[0]}, columns {' within '.join(table.columns)}"
        else:
            named = ", ".join(f"{name!r} is {axis}" for name, axis in table.fields.items())
            axes = f"{'one offence' if table.shape == 'records' else 'one figure'} a row; {named}"
        totals = f"; sums: {', '.join(table.totals)}" if table.totals else ""
        header = ", ".join(map(str, table.header))
        counts = table.unit or layout.unit
        lines.append(
            f"table {table.table}: {table.measure} ({counts}, {layout.basis}); header in row "
            f"{header}; {axes}{totals}"
        )
    about = [f"force {layout.force}"] if layout.force else []
    about += [f"period {layout.period}"] if layout.period else []
    return [*([f"for the file: {', '.join(about)}"] if about else []), *lines]


def unmatched_lines(
    files: Sequence[ReturnFile], attributor: Attributor, platforms: Platforms
) -> list[str]:
    """Return the strings that match no platform, the most frequent first, with suggestions."""
    cells = [cell for file in files for cell in file.cells]
    left = unmatched(cells, attributor)
    lines = [f"{len(left)} spellings match no platform:"] if left else []
    for text, count in left[:_SHOWN]:
        near = suggestions(text, platforms)
        hint = f"   near: {', '.join(near)}" if near else ""
        lines.append(f"  {count:>6,} x {text!r}{hint}")
    if len(left) > _SHOWN:
        lines.append(f"  and {len(left) - _SHOWN} more")
    return lines


def round_summary(this_round: Round, files: Sequence[ReturnFile], attributor: Attributor) -> str:
    """Return the table at the end: files by state, forces by what they answered."""
    cells = [cell for file in files for cell in file.cells]
    statuses = Counter(cell.text.status for cell in cells).most_common()
    states = Counter(file.state for file in files)
    answers = {force: answer_of(this_round, files, force) for force in this_round.asked}
    about = this_round.about
    unsaid = about.simulated and not about.title.startswith(SIMULATED)
    lines = [
        f"{SIMULATED}: {about.title}" if unsaid else about.title,
        "",
        "files     " + (", ".join(f"{states[s]} {s}" for s in FileState if states[s]) or "none"),
        "cells     " + (", ".join(f"{n:,} {s}" for s, n in statuses) or "none"),
        f"platforms {len(distinct_platforms(cells, attributor)):,} named",
        f"forces    {len(this_round.asked)} asked",
    ]
    for answer, number in Counter(answers.values()).most_common():
        which = [force for force, given in answers.items() if given == answer]
        lines.append(f"{number:>8}  {answer}: {_list(which, 60)}")
    return "\n".join(lines)


def _list(names: Sequence[str], most: int = 3) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number:,} cells"
