"""What a cell of a return can be, and what its blanks can stand for.

These are not the statuses of printed cells (:mod:`offences.reference.statuses`): only a return
has cells that are blank without a meaning, that were not asked for, or that wait for a person.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, PlainSerializer


class ReturnStatus(StrEnum):
    """What a cell of a return is; ``data/README.md`` says what each means."""

    REPORTED = "reported"
    APPROXIMATE = "approximate"
    SUPPRESSED = "suppressed"
    EMPTY = "empty"
    MISSING = "missing"
    REFUSED = "refused"
    EXEMPT = "exempt"
    NOT_HELD = "not_held"
    NOT_ASKED = "not_asked"
    UNRESOLVED = "unresolved"


WITHOUT_FIGURE = frozenset(
    {
        ReturnStatus.EMPTY,
        ReturnStatus.MISSING,
        ReturnStatus.REFUSED,
        ReturnStatus.EXEMPT,
        ReturnStatus.NOT_HELD,
        ReturnStatus.NOT_ASKED,
    }
)
"""Statuses of cells in which no figure was given and none is hidden."""


class Blank(StrEnum):
    """What an empty cell, or a lone dash, stands for in one return."""

    EMPTY = "empty"
    ZERO = "zero"
    SUPPRESSED = "suppressed"
    NOT_HELD = "not_held"


DeclaredBlank = Annotated[Blank, Field(strict=False), PlainSerializer(str)]
"""A :class:`Blank` as the YAML of a layout writes it: its word."""
