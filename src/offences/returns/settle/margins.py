"""What a table's sums say about its suppressed cells, and sums that do not add up.

Printed totals bound the cells they are made of (interval propagation, as in the audit of
suppressed tables). A sum that ignores suppressed cells bounds nothing and is told. Platforms are
never summed: one offence can involve several, or none that is known.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offences.returns.cells.cell_text import CellText
from offences.returns.cells.read_cells import TOTAL, ReturnCell

_SUMMED = ("gender", "age_band", "category", "period")
_MOST_ROUNDS = 50


@dataclass(frozen=True)
class Sum:
    """A printed sum and the cells it is made of, by their places in the list."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Tightened:
    """Cells with what the margins allow.

    Attributes
    ----------
    bounds
        (lower, upper) of each cell; infinity where it is open.
    flags
        (cell, sentence) for each sum that does not add up.
    unsound
        Cells that are such a sum, or a sum of such sums.
    """

    bounds: list[tuple[float, float]]
    flags: list[tuple[ReturnCell, str]]
    unsound: list[ReturnCell]


def tighten(cells: Sequence[ReturnCell]) -> Tightened:
    """Bound suppressed cells by the sums printed beside them, and find sums that are wrong.

    Only bounds of suppressed cells change. Sums that contradict their cells bound nothing.
    """
    bounds = [_bounds(cell.text) for cell in cells]
    flags: list[tuple[ReturnCell, str]] = []
    sums = _sums(cells)
    unsound: set[int] = set()
    for one in sums:
        if wrong := _wrong(cells, one):
            flags.append((cells[one.total], wrong))
            unsound.add(one.total)
    for _ in _SUMMED:  # a sum of wrong sums is wrong, axis by axis
        unsound |= {one.total for one in sums if unsound.intersection(one.parts)}
    used = [
        one
        for one in sums
        if one.total not in unsound and cells[one.total].text.status == "reported"
    ]
    for _ in range(_MOST_ROUNDS):
        before = list(bounds)
        for one in used:
            _propagate(cells, bounds, one)
        if bounds == before:
            break
    return Tightened(bounds, flags, [cells[n] for n in sorted(unsound)])


def shared(cells: Iterable[ReturnCell], whole: CellText) -> str:
    """Return what suppressed cells share of a whole, in a sentence; empty where none does.

    ``cells`` are the parts without their sums: 52 in all and 46 visible leave 6.
    """
    parts = [cell.text for cell in cells if not cell.is_total]
    hidden = [mark for mark in parts if mark.status == "suppressed"]
    if not hidden or whole.status != "reported":
        return ""
    seen = sum(mark.value for mark in parts if mark.status == "reported")
    left = whole.value - seen
    most = sum(mark.upper for mark in hidden)
    which = f"{len(hidden)} suppressed cells" if len(hidden) > 1 else "one suppressed cell"
    if left < 0:
        return f"the visible cells add to {seen:.0f}, more than the {whole.value:.0f} in all"
    if left > most:
        return (
            f"{which} would have to hold {left:.0f} ({whole.value:.0f} less {seen:.0f}), more "
            f"than the {most:.0f} that they can"
        )
    return (
        f"{which} {'share' if len(hidden) > 1 else 'holds'} {left:.0f} ({whole.value:.0f} less "
        f"{seen:.0f} visible), if each offence has one victim and empty cells hold none"
    )


def _bounds(mark: CellText) -> tuple[float, float]:
    return mark.lower, math.inf if math.isnan(mark.upper) else mark.upper


def _key(cell: ReturnCell, axis: str) -> tuple[str, ...]:
    """Return what a cell shares with the others of a sum over ``axis``."""
    names = ("file", "table", "force", "period", "measure", "unit", "basis")
    others = ("gender", "age_band", "means", "category")
    return tuple(getattr(cell, name) for name in (*names, *others) if name != axis)


def _sums(cells: Sequence[ReturnCell]) -> list[Sum]:
    """Return every printed sum over one axis with its parts."""
    found = []
    for axis in _SUMMED:
        groups: dict[tuple[str, ...], list[int]] = {}
        for place, cell in enumerate(cells):
            if getattr(cell, axis) and cell.unit != "percent":
                groups.setdefault(_key(cell, axis), []).append(place)
        for group in groups.values():
            totals = [n for n in group if getattr(cells[n], axis) == TOTAL]
            parts = tuple(n for n in group if getattr(cells[n], axis) != TOTAL)
            if len(totals) == 1 and parts:
                found.append(Sum(totals[0], parts))
    return found


def _wrong(cells: Sequence[ReturnCell], one: Sum) -> str:
    """Return what is wrong with a printed sum, or an empty string."""
    total = cells[one.total].text
    if total.status != "reported":
        return ""
    marks = [cells[n].text for n in one.parts]
    hidden = sum(mark.status == "suppressed" for mark in marks)
    seen = sum(mark.value for mark in marks if mark.status == "reported")
    lower = sum(_bounds(mark)[0] for mark in marks)
    upper = sum(_bounds(mark)[1] for mark in marks)
    if hidden and total.value == seen:
        cells_are = "suppressed cell that it is" if hidden == 1 else "suppressed cells that it is"
        return f"the sum {total.value:.0f} ignores the {hidden} {cells_are} printed with"
    blanks = sum(mark.status == "empty" for mark in marks)
    if blanks and not hidden and total.value == seen:
        return ""
    if not lower <= total.value <= upper:
        within = f"{lower:.0f}" if lower == upper else f"between {lower:.0f} and {upper:.0f}"
        return f"the sum is printed as {total.value:.0f}, the cells add to {within}"
    return ""


def _propagate(cells: Sequence[ReturnCell], bounds: list[tuple[float, float]], one: Sum) -> None:
    """Narrow the suppressed parts of one sum by what the others leave."""
    low, high = bounds[one.total]
    for place in one.parts:
        if cells[place].text.status != "suppressed":
            continue
        others = [bounds[n] for n in one.parts if n != place]
        lower = max(bounds[place][0], low - sum(upper for _, upper in others))
        upper = min(bounds[place][1], high - sum(lower for lower, _ in others))
        bounds[place] = (lower, upper)
