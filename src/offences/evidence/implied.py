"""What the figures of a day imply: bounds of any sum of forces and months, with their proofs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offences.evidence.certificates import Certificate
from offences.evidence.conflicts import Conflict, Reconciled, reconciled
from offences.evidence.constraints import Constraint, constraints_of, inside, newest_first
from offences.evidence.programme import Programme
from offences.evidence.proofs import proof_of
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.reference.places import Place
from offences.releases.clean import Cleaned


@dataclass(frozen=True)
class Implied:
    """What must be true of a sum if the printed figures are.

    Attributes
    ----------
    lower
        The proof of the least; without figures where it is 0.
    upper
        The proof of the most, None where nothing bounds it from above.
    """

    lower: Certificate
    upper: Certificate | None

    @property
    def bounds(self) -> Bounds:
        """The least and the most, in whole offences."""
        least = float(self.lower.bound)
        return Bounds(least) if self.upper is None else Bounds(least, float(self.upper.bound))


class Evidence:
    """What is known by a day, shared by all places; each place is worked out when first asked.

    Parameters
    ----------
    figures
        What was printed. :meth:`of` takes all that is known by a day; a part of it, or cells of a
        table beside its sums, can be given as well.
    """

    def __init__(self, figures: Iterable[Constraint]) -> None:
        self._figures = newest_first(figures)
        self._places: dict[frozenset[str], EvidenceInside] = {}

    @classmethod
    def of(cls, known: Cleaned) -> Evidence:
        """Return what the settled figures of a day say together."""
        return cls(constraints_of(known))

    def inside(self, place: Place) -> EvidenceInside:
        """Return what the figures about the forces of a place say, of no forces beside them."""
        forces = frozenset(place.forces)
        if forces not in self._places:
            self._places[forces] = EvidenceInside(place, inside(self._figures, place.forces))
        return self._places[forces]


class EvidenceInside:
    """The figures about the forces of one place, and what they say together.

    Attributes
    ----------
    place
        The place.
    printed
        The constraints about some of its forces and no others, the newest release first.
    """

    def __init__(self, place: Place, printed: tuple[Constraint, ...]) -> None:
        self.place = place
        self.printed = printed
        self._known: dict[tuple[tuple[str, ...], Period], Implied] = {}

    @cached_property
    def _programme(self) -> Programme:
        return Programme(self.printed)

    @cached_property
    def _reconciled(self) -> Reconciled:
        return reconciled(self._programme)

    @property
    def figures(self) -> tuple[Constraint, ...]:
        """The constraints with what holds of each beside the newer ones."""
        return self._reconciled.figures

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The figures that cannot all be true."""
        return self._reconciled.conflicts

    def may_be_exact(self, period: Period, forces: tuple[str, ...] = ()) -> bool:
        """Return whether a sum is the same in unlike ways in which the figures can be true.

        A quick first question: where it is not, the figures do not say what the sum is exactly.
        """
        asked = forces or self.place.forces, period
        least, most = (self._programme.goal(*asked, sign) for sign in (1, -1))
        if least is None or most is None or self._programme.is_open(most):
            return False
        values = [float(goal @ way) for goal in (least, -most) for way in self._unlike_ways]
        return max(values) - min(values) < 0.5

    @cached_property
    def _unlike_ways(self) -> tuple[NDArray[np.float64], ...]:
        return self._programme.unlike_ways(self._programme.numbers(self.figures))

    def bounds(self, period: Period, forces: tuple[str, ...] = ()) -> Implied:
        """Return what the offences of forces of the place in a period must be.

        Parameters
        ----------
        forces
            All forces of the place where none are given.
        """
        asked = forces or self.place.forces, period
        if asked not in self._known:
            lower = proof_of(self._programme, self.figures, *asked, from_below=True)
            upper = proof_of(self._programme, self.figures, *asked, from_below=False)
            assert lower is not None  # no figure at all proves at least 0
            self._known[asked] = Implied(lower, upper)
        return self._known[asked]
