"""Constraints: what each printed figure of offences says about a sum of forces and months.

A force's figure bounds what the force recorded in its period from both sides. A figure of several
forces is the sum of those that answered, so it bounds the sum over all of them from below only,
unless pages say that all of them did.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from offences.reference.bounds import ANYTHING, Bounds
from offences.reference.cells import Cell, parse
from offences.reference.periods import Period
from offences.reference.places import Place
from offences.reference.statuses import EXACT, Status
from offences.releases.clean import Cleaned
from offences.tables import rows_of

_Cell = tuple[str, str, str]


@dataclass(frozen=True)
class Constraint:
    """One printed figure, as bounds of the offences of some forces in a period.

    Attributes
    ----------
    place
        The name of its place that means no other place.
    forces
        The forces it is about.
    printed
        The text on the pages, ``|`` between different ones.
    release, released
        The release that prints it, and its day as ``2023-08-14``.
    sources
        The pages.
    says
        What it says about the sum over its forces and period.
    holds
        What of that holds beside newer figures; the same as ``says`` where nothing contradicts it.
    """

    place: str
    forces: tuple[str, ...]
    period: Period
    printed: str
    release: str
    released: str
    sources: tuple[str, ...]
    says: Bounds
    holds: Bounds

    @property
    def texts(self) -> dict[str, Cell]:
        """The different texts on the pages, each as it is read."""
        return {text: parse(text, "count") for text in self.printed.split("|")}

    @property
    def numbers_printed(self) -> tuple[int, ...]:
        """The numbers that pages print for it without a word or sign beside them."""
        exact = (cell for cell in self.texts.values() if cell.status is Status.REPORTED)
        return tuple(int(cell.value) for cell in exact)

    @property
    def gives_way(self) -> bool:
        """Whether it cannot be true beside newer figures, or others of its release."""
        return self.says != self.holds


def constraints_of(known: Cleaned) -> tuple[Constraint, ...]:
    """Return what the settled figures of offences say, the newest release first.

    A figure that bounds nothing (``n/a``, a refusal) is left out.
    """
    places = known.vocabulary.places
    table = known.settled[known.settled["measure"] == "offences"]
    all_answered = _all_answered(known)
    found = []
    for row in rows_of(table):
        place = places.get(row["place_kind"], row["place"])
        says = Bounds.of(row)
        if len(place.forces) > 1 and _cell(row) not in all_answered:
            says = Bounds(says.lower)
        if says != ANYTHING:
            found.append(_constraint(row, places.typed(place), place, says))
    return newest_first(found)


def newest_first(figures: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """Return figures by their releases, the newest first; within one release as they come."""
    return tuple(sorted(figures, key=lambda one: (one.released, one.release), reverse=True))


def inside(constraints: Iterable[Constraint], forces: Iterable[str]) -> tuple[Constraint, ...]:
    """Return the constraints about some of these forces and no others."""
    ours = set(forces)
    return tuple(one for one in constraints if ours.issuperset(one.forces))


def told_apart(periods: Iterable[Period]) -> list[Period]:
    """Return the stretches of months between the dates at which any of the periods begins or ends.

    They follow one another from the first month of all to the last.
    """
    cuts = sorted({cut for period in periods for cut in (period.first, period.last + 1)})
    return [Period(first, after - 1) for first, after in zip(cuts, cuts[1:], strict=False)]


def _constraint(row: dict[str, Any], name: str, place: Place, says: Bounds) -> Constraint:
    return Constraint(
        place=name,
        forces=place.forces,
        period=Period.parse(row["period"]),
        printed=row["printed"],
        release=row["release"],
        released=row["released"],
        sources=tuple(row["sources"].split("|")),
        says=says,
        holds=says,
    )


def _cell(row: dict[str, Any]) -> _Cell:
    return row["place_kind"], row["place"], row["period"]


def _all_answered(known: Cleaned) -> set[_Cell]:
    """Return the cells of several forces in which, as pages say, every force is counted.

    The number of forces that answered is printed for that place and period and is that of all its
    forces, no force is named as missing, and no page words the figure as "at least" or "over".
    """
    settled = known.settled
    lacking = {_cell(r) for r in rows_of(settled[settled["measure"] == "forces_missing"])}
    pages = known.observations[known.observations["measure"] == "offences"]
    worded = {_cell(r) for r in rows_of(pages[~pages["status"].isin(EXACT)])}
    complete = set()
    for row in rows_of(settled[settled["measure"] == "forces_responding"]):
        every = len(known.vocabulary.places.get(row["place_kind"], row["place"]).forces)
        if row["status"] == Status.REPORTED and math.isclose(row["lower"], every):
            complete.add(_cell(row))
    return complete - lacking - worded
