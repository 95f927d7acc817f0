"""Printed figures made up for tests of the evidence, as constraints."""

from __future__ import annotations

from collections.abc import Sequence

from offences.evidence.constraints import Constraint
from offences.evidence.implied import Evidence, EvidenceInside
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.reference.places import Place
from offences.reference.statuses import PlaceKind


def figure(
    forces: str, period: str | Period, says: int | Bounds, released: str = "2023-08-14"
) -> Constraint:
    """Return what a page prints about forces named by one letter each; a number is exact."""
    bounds = says if isinstance(says, Bounds) else Bounds.exactly(says)
    return Constraint(
        place=forces,
        forces=tuple(forces),
        period=Period.parse(period) if isinstance(period, str) else period,
        printed=_as_printed(bounds),
        release=f"release-of-{released}",
        released=released,
        sources=(f"release-of-{released}/page",),
        says=bounds,
        holds=bounds,
    )


def _as_printed(bounds: Bounds) -> str:
    if bounds.is_open:
        return f"over {bounds.lower - 1:.0f}"
    lower, upper = f"{bounds.lower:.0f}", f"{bounds.upper:.0f}"
    return lower if bounds.is_exact else f"{lower}-{upper}"


def together(forces: str, figures: Sequence[Constraint]) -> EvidenceInside:
    """Return what figures say of a place of these forces."""
    return Evidence(figures).inside(Place(PlaceKind.NATION, "Place", tuple(forces)))
