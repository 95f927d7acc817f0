"""What a printed cell can be, and what kinds of place there are."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What a cell is; ``data/README.md`` says what each means."""

    REPORTED = "reported"
    APPROXIMATE = "approximate"
    SUPPRESSED = "suppressed"
    PARTIAL = "partial"
    MISSING = "missing"
    REFUSED = "refused"
    NOT_HELD = "not_held"
    DISPUTED = "disputed"


EXACT = (Status.REPORTED, Status.PARTIAL, Status.DISPUTED)
"""Statuses of cells whose figure was printed exactly."""

WITH_FIGURE = (*EXACT, Status.APPROXIMATE)
"""Statuses of cells in which a figure was printed, whatever it is worth."""


class PlaceKind(StrEnum):
    """Kinds of place; a region is one of a scheme, as the schemes' regions differ."""

    UK = "uk"
    NATION = "nation"
    ONS_REGION = "ons region"
    NSPCC_REGION = "nspcc region"
    FORCE = "force"
