"""Cells of returns for tests, made without a file, and how to find one among many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from offences.returns.cells.cell_text import read_cell
from offences.returns.cells.read_cells import ReturnCell

_CELL = ReturnCell(
    file="kent.csv",
    table="",
    row=1,
    column="B",
    force="Kent",
    period="2023/24",
    measure="offences",
    unit="offences",
    basis="71/17",
    age_band="",
    gender="",
    means="",
    category="",
    text=read_cell(""),
)


def cell(printed: str, **about: object) -> ReturnCell:
    """Return a cell of Kent's offences in 2023/24 with a text, about anything else where said."""
    return replace(_CELL, text=read_cell(printed), **about)  # type: ignore[arg-type]


def victims(printed: str, age_band: str, gender: str, **about: object) -> ReturnCell:
    """Return a cell of a table of Kent's victims in 2023/24."""
    own = {"measure": "victims", "unit": "victims", "age_band": age_band, "gender": gender}
    return cell(printed, **{**own, **about})


def only(cells: Iterable[ReturnCell], **wanted: object) -> ReturnCell:
    """Return the one cell that has these attributes."""
    (found,) = [c for c in cells if all(getattr(c, k) == v for k, v in wanted.items())]
    return found
