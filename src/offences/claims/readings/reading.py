"""A reading: one way in which public figures give a quantity, with what it rests on.

"How many offences" can mean a printed total, the sum of the forces, or what a release said first;
"up by how much" the printed totals or the forces that can be compared. A reading is one such way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.reference.places import Place
from offences.reference.statuses import PlaceKind, Status
from offences.releases.clean import Cleaned
from offences.releases.schemas import CELL
from offences.tables import rows_of
from offences.text import as_count


class FigureKey(NamedTuple):
    """What names one printed figure: a cell, and the release that prints it."""

    place_kind: str
    place: str
    period: str
    measure: str
    subject: str
    release: str

    @classmethod
    def of(cls, row: dict[str, Any], **other: str) -> FigureKey:
        """Return the key of a row with these columns, some of them given otherwise."""
        return cls(*(str(other.get(name, row.get(name, ""))) for name in (*CELL, "release")))

    @classmethod
    def of_force_years(cls, table: pd.DataFrame) -> tuple[FigureKey, ...]:
        """Return the keys of the force-years that a release prints."""
        return tuple(
            cls(PlaceKind.FORCE, row["force"], row["year"], "offences", "", row["release"])
            for row in rows_of(table[table["release"] != ""])
        )


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes
    ----------
    subject
        The platform, parent, group or victims it is about; else empty.
    basis
        Of a share: ``known`` (of offences or victims for which it was recorded) or ``all``.
    release
        The release that makes the claim: its own figure is no evidence for it. Empty when nobody
        claims anything.
    """

    quantity: str
    place: Place
    years: Period
    subject: str = ""
    basis: str = ""
    release: str = ""


@dataclass(frozen=True)
class Reading:
    """One way in which public figures give a quantity.

    Attributes
    ----------
    name
        What tells it from the others: ``the forces added up``.
    value
        The number it gives; NaN where figures only bound it.
    bounds
        What the figures allow.
    how
        How the number comes about, as the second half of a sentence.
    caveats
        Why the truth may differ from the number, a sentence each.
    rests_on
        The figures it is made of.
    plain
        Whether a reader takes the question to mean this; else it is another reading.
    own
        Whether it is the very figure of the release that makes the claim.
    rounding
        How far the value may be off because it adds up rounded percentages.
    beside
        Whether it is about another place or period: it decides nothing.
    """

    name: str
    value: float
    bounds: Bounds
    how: str
    caveats: tuple[str, ...] = ()
    rests_on: tuple[FigureKey, ...] = ()
    plain: bool = True
    own: bool = False
    rounding: float = 0.0
    beside: bool = False

    @property
    def gives_number(self) -> bool:
        """Whether it gives a number, not only bounds."""
        return not math.isnan(self.value)

    @property
    def exact(self) -> bool:
        """Whether the truth can only be the value."""
        return self.bounds.lower == self.value == self.bounds.upper


Reader = Callable[[Cleaned, Question], list[Reading]]
"""Returns the readings of a quantity, from what is known."""


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """Return plain evidence first, figures before bounds, the release's own figure last."""
    return sorted(readings, key=lambda r: (r.beside, r.own, not r.plain, not r.gives_number))


def doubts(cell: dict[str, Any]) -> tuple[str, ...]:
    """Return what makes a figure less than plain, a sentence each."""
    if cell["status"] == Status.REPORTED:
        return ()
    said = {
        Status.DISPUTED: f"Pages disagree: {str(cell['printed']).replace('|', ' and ')}.",
        Status.APPROXIMATE: "Only a rounded wording was printed.",
        Status.PARTIAL: "It does not cover the whole.",
    }[Status(cell["status"])]
    known = str(cell.get("issue_text", ""))
    return (known,) if known and cell["status"] != Status.APPROXIMATE else (said,)


def number_of(cell: dict[str, Any]) -> str:
    """Return a figure's value as a reader sees it: ``1,234`` or ``48%``."""
    percent = cell["unit"] == "percent"
    return f"{cell['value']:g}%" if percent else as_count(float(cell["value"]))
