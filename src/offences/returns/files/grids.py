"""A received table before anything in it is understood: rows of text, as they are in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_CELLS = 5_000_000
"""Cells of one table beyond which a file is set aside: ten times the largest return expected."""


class SetAsideError(Exception):
    """A received file that is not read; the message says why and what to do."""


@dataclass(frozen=True)
class Grid:
    """One table of a received file.

    Attributes
    ----------
    name
        The sheet's name, ``table 1`` of a page or document, or an empty string.
    rows
        Text of every cell, each row as wide as the widest. A merged cell repeats its text in
        every cell it covers. Row 1 of the file is the first, whatever is empty.
    notes
        What the reader had to decide, in sentences for the analyst.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    def shown(self, first: int, last: int) -> str:
        """Return rows ``first`` to ``last`` (1 is the first) for a message, one a line."""
        lines = []
        for number in range(max(first, 1), min(last, len(self.rows)) + 1):
            cells = [cell if len(cell) <= 24 else f"{cell[:23]}…" for cell in self.rows[number - 1]]
            more = f" | … {len(cells) - 8} more" if len(cells) > 8 else ""
            lines.append(f"    row {number}: {' | '.join(cells[:8])}{more}")
        return "\n".join(lines) or "    (no rows)"


def grid(name: str, rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> Grid:
    """Return a grid of ``rows``: made even, without empty columns and rows at its ends.

    Raises
    ------
    SetAsideError
        When it holds more than :data:`MOST_CELLS` cells.
    """
    width = max(
        (n for row in rows for n in range(len(row), 0, -1) if row[n - 1]),
        default=0,
    )
    height = max((n for n, row in enumerate(rows, start=1) if any(row)), default=0)
    if width * height > MOST_CELLS:
        raise SetAsideError(
            f"{name or 'the table'} has {height:,} rows of {width:,} columns, more than a return "
            "can need. Ask for the table alone, or for a CSV."
        )
    even = (tuple(row[:width]) + ("",) * (width - len(row)) for row in rows[:height])
    return Grid(name, tuple(even), tuple(notes))


def column_letter(column: int) -> str:
    """Return a column's letter as spreadsheets write it: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def position(reference: str) -> tuple[int, int]:
    """Return row and column of a cell named as spreadsheets do: B7 is (7, 2)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for one in letters:
        column = column * 26 + ord(one) - ord("A") + 1
    return int(reference[len(letters) :]), column
