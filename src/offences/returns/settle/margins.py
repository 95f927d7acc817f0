"""What a table's sums say about its suppressed cells, and sums that do not add up.

Printed totals bound the cells they are made of (interval propagation, as in the audit of
suppressed tables). A sum that ignores suppressed cells bounds nothing and is reported. Platforms
are never summed: one offence can involve several, or none that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offences.reference.bounds import Bounds
from offences.returns.cells.cell_text import CellText
from offences.returns.cells.read_cells import TOTAL, ReturnCell
from offences.returns.cells.return_statuses import ReturnStatus

_SUMMED = ("gender", "age_band", "category", "period")
_MOST_ROUNDS = 50


def added(bounds: Iterable[Bounds]) -> Bounds:
    """Return what numbers add to."""
    return sum(bounds, start=Bounds.exactly(0))


@dataclass(frozen=True)
class Parts:
    """The cells that a printed whole is made of, added.

    Attributes
    ----------
    seen
        Sum of the cells that are reported.
    bounds
        What all of them add to.
    hidden, blank
        How many are suppressed, and how many are empty.
    most_hidden
        What the suppressed ones can hold together.
    """

    seen: float
    bounds: Bounds
    hidden: int
    blank: int
    most_hidden: float

    @classmethod
    def of(cls, texts: Sequence[CellText]) -> Parts:
        """Add cells."""
        hidden = [text for text in texts if text.status is ReturnStatus.SUPPRESSED]
        return cls(
            seen=sum(text.value for text in texts if text.status is ReturnStatus.REPORTED),
            bounds=added(text.bounds for text in texts),
            hidden=len(hidden),
            blank=sum(text.status is ReturnStatus.EMPTY for text in texts),
            most_hidden=added(text.bounds for text in hidden).upper,
        )


@dataclass(frozen=True)
class WrongSum:
    """A printed sum that is not what its cells add to; as text, the sentence that says so."""

    cell: ReturnCell
    parts: Parts

    def __str__(self) -> str:
        """Say what is wrong."""
        printed, parts = self.cell.text.value, self.parts
        if parts.hidden and printed == parts.seen:
            cells = "suppressed cell" if parts.hidden == 1 else "suppressed cells"
            return (
                f"the sum {printed:.0f} ignores the {parts.hidden} {cells} that it is printed with"
            )
        lower, upper = parts.bounds.lower, parts.bounds.upper
        within = f"{lower:.0f}" if parts.bounds.is_exact else f"between {lower:.0f} and {upper:.0f}"
        return f"the sum is printed as {printed:.0f}, the cells add to {within}"


@dataclass(frozen=True)
class Remainder:
    """What the visible cells leave of a whole for the suppressed ones; as text, in a sentence."""

    whole: float
    parts: Parts

    @property
    def left(self) -> float:
        """What the suppressed cells hold together."""
        return self.whole - self.parts.seen

    @property
    def is_impossible(self) -> bool:
        """Whether the suppressed cells cannot hold it: the whole and its cells disagree."""
        return not 0 <= self.left <= self.parts.most_hidden

    def __str__(self) -> str:
        """Say what is left: 52 in all and 46 visible leave 6."""
        hidden, whole, seen = self.parts.hidden, self.whole, self.parts.seen
        which = f"{hidden} suppressed cells" if hidden > 1 else "one suppressed cell"
        if self.left < 0:
            return f"the visible cells add to {seen:.0f}, more than the {whole:.0f} in all"
        if self.is_impossible:
            return (
                f"{which} would have to hold {self.left:.0f} ({whole:.0f} less {seen:.0f}), more "
                f"than the {self.parts.most_hidden:.0f} that they can"
            )
        return (
            f"{which} {'share' if hidden > 1 else 'holds'} {self.left:.0f} ({whole:.0f} less "
            f"{seen:.0f} visible), if each offence has one victim and empty cells hold none"
        )


def remainder(cells: Iterable[ReturnCell], whole: CellText) -> Remainder | None:
    """Return what is left of a whole for its suppressed cells, or None where none is suppressed.

    ``cells`` may hold their own sums, which are left out.
    """
    parts = Parts.of([cell.text for cell in cells if not cell.is_total])
    if not parts.hidden or whole.status is not ReturnStatus.REPORTED:
        return None
    return Remainder(whole.value, parts)


class Tightened:
    """Cells with what the sums printed beside them allow.

    Only bounds of suppressed cells change. Sums that contradict their cells bound nothing.

    Attributes
    ----------
    wrong
        Each sum that does not add up.
    """

    def __init__(self, cells: Sequence[ReturnCell]) -> None:
        sums = _sums(cells)
        self.cells = cells
        self.wrong = [wrong for one in sums if (wrong := _wrong(one))]
        self._bounds = {id(cell): cell.text.bounds for cell in cells}
        self._unsound = {id(one.cell) for one in self.wrong}
        for _ in _SUMMED:  # a sum of wrong sums is wrong, axis by axis
            self._unsound |= {id(one.total) for one in sums if any(map(self.is_unsound, one.parts))}
        used = [
            one
            for one in sums
            if one.total.text.status is ReturnStatus.REPORTED and not self.is_unsound(one.total)
        ]
        for _ in range(_MOST_ROUNDS):
            before = dict(self._bounds)
            for one in used:
                self._narrow(one)
            if self._bounds == before:
                break

    def bounds(self, cell: ReturnCell) -> Bounds:
        """Return what a cell allows."""
        return self._bounds[id(cell)]

    def added(self, cells: Iterable[ReturnCell]) -> Bounds:
        """Return what cells add to."""
        return added(map(self.bounds, cells))

    def is_unsound(self, cell: ReturnCell) -> bool:
        """Whether a cell is a sum that does not add up, or a sum of such sums."""
        return id(cell) in self._unsound

    def _narrow(self, one: _Sum) -> None:
        """Narrow the suppressed parts of one sum by what the others leave."""
        whole = self.bounds(one.total)
        for part in one.parts:
            if part.text.status is ReturnStatus.SUPPRESSED:
                others = self.added(other for other in one.parts if other is not part)
                now = self.bounds(part)
                self._bounds[id(part)] = Bounds(
                    max(now.lower, whole.lower - others.upper),
                    min(now.upper, whole.upper - others.lower),
                )


@dataclass(frozen=True)
class _Sum:
    """A printed sum and the cells it is made of."""

    total: ReturnCell
    parts: tuple[ReturnCell, ...]


def _sums(cells: Sequence[ReturnCell]) -> list[_Sum]:
    """Return every printed sum over one axis with its parts."""
    found = []
    for axis in _SUMMED:
        groups: dict[tuple[str, ...], list[ReturnCell]] = {}
        for cell in cells:
            if getattr(cell, axis) and cell.unit != "percent":
                groups.setdefault(_shared(cell, axis), []).append(cell)
        for group in groups.values():
            totals = [cell for cell in group if getattr(cell, axis) == TOTAL]
            parts = tuple(cell for cell in group if getattr(cell, axis) != TOTAL)
            if len(totals) == 1 and parts:
                found.append(_Sum(totals[0], parts))
    return found


def _shared(cell: ReturnCell, axis: str) -> tuple[str, ...]:
    """Return what a cell shares with the others of a sum over ``axis``."""
    names = ("file", "table", "force", "period", "measure", "unit", "basis")
    others = ("gender", "age_band", "means", "category")
    return tuple(getattr(cell, name) for name in (*names, *others) if name != axis)


def _wrong(one: _Sum) -> WrongSum | None:
    """Return a sum that does not add up, or None where it does or says nothing."""
    total = one.total.text
    if total.status is not ReturnStatus.REPORTED:
        return None
    parts = Parts.of([cell.text for cell in one.parts])
    blanks_are_zero = parts.blank and not parts.hidden and total.value == parts.seen
    hidden_are_zero = parts.hidden and total.value == parts.seen
    if hidden_are_zero or (total.value not in parts.bounds and not blanks_are_zero):
        return WrongSum(one.total, parts)
    return None
