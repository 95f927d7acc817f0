"""Conflicts: figures that cannot all be true, and which of them give way, by how much.

Newer releases hold. An older figure that cannot stand beside them gives way by as little as it
must; figures of one release among which that can be shared each get the range that it leaves them.
What was printed stays as it is: giving way changes what a figure proves, nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from offences.evidence.certificates import Certificate, ProofLine
from offences.evidence.constraints import Constraint
from offences.evidence.programme import TOLERANCE, Choice, Programme, Proved
from offences.evidence.proofs import contradiction_of

_ROUNDING = 1e-4
"""How much more than a whole number of offences still counts as that number."""


@dataclass(frozen=True)
class Conflict:
    """The fewest figures that cannot all be true.

    Attributes
    ----------
    proof
        That nothing is at least ``by``: what is added is more than what is subtracted, although
        it counts no offence more often.
    giving_way
        The figures of the oldest release among them, with what still holds of each.
    """

    proof: Certificate
    giving_way: tuple[Constraint, ...]

    @property
    def by(self) -> int:
        """How many offences too many, or too few, the oldest release has."""
        return self.proof.bound

    @property
    def figures(self) -> tuple[Constraint, ...]:
        """The figures, the newest first."""
        return tuple(line.figure for line in self.proof.lines)

    @property
    def more(self) -> tuple[ProofLine, ...]:
        """The figures that add up to too much."""
        return tuple(line for line in self.proof.lines if line.multiplier > 0)

    @property
    def less(self) -> tuple[ProofLine, ...]:
        """The figures that leave too little room for them."""
        return tuple(line for line in self.proof.lines if line.multiplier < 0)


@dataclass(frozen=True)
class Reconciled:
    """Figures that can all be true, after older ones gave way.

    Attributes
    ----------
    figures
        The constraints, each with what ``holds`` of it.
    conflicts
        Why some gave way, those with the newest figures first.
    """

    figures: tuple[Constraint, ...]
    conflicts: tuple[Conflict, ...]


def reconciled(programme: Programme) -> Reconciled:
    """Return the figures of a programme with what holds of each, and their conflicts."""
    figures, conflicts = tuple(programme.figures), list[Conflict]()
    entangled = programme.entangled()
    if _least_slack(programme, figures, entangled, entangled).value <= TOLERANCE:
        return Reconciled(figures, ())
    usable = np.zeros_like(entangled)
    for own in _by_release(programme, entangled):
        usable = usable | own
        proved = _least_slack(programme, figures, usable, own)
        if proved.value > TOLERANCE:
            held = _given_way(programme, figures, usable, own, proved)
            conflicts += _named(programme, figures, held, usable, own)
            figures = held
    return Reconciled(figures, tuple(conflicts))


def _by_release(programme: Programme, sides: Choice) -> Iterator[Choice]:
    """Yield those of the sides that each release has, from the newest to the oldest."""
    names = np.array([programme.figures[i].release for i in programme.row])
    for release in dict.fromkeys(names[sides]):
        yield sides & (names == release)


def _least_slack(
    programme: Programme, figures: Sequence[Constraint], usable: Choice, own: Choice
) -> Proved:
    """Return a proof of how much the sides of one release have to give way at the least."""
    caps = np.where(own, 1.0, np.where(usable, np.inf, 0.0))
    nothing = np.zeros(programme.matrix.shape[0])
    proved = programme.most(nothing, programme.numbers(figures), caps)
    assert proved is not None  # using no figure proves that nothing is at least 0
    return proved


def _given_way(
    programme: Programme,
    figures: tuple[Constraint, ...],
    usable: Choice,
    own: Choice,
    proved: Proved,
) -> tuple[Constraint, ...]:
    """Return the figures, those of one release with what the least giving way leaves of each."""
    numbers, held = programme.numbers(figures), list(figures)
    # A side that the proof uses less often than it may does not give way where all give way least.
    for side in np.flatnonzero(own & (proved.multipliers > 1 - TOLERANCE)):
        slack = programme.widest(int(side), numbers, own, usable, proved.value)
        by, i = math.ceil(slack - _ROUNDING), programme.row[side]
        one = held[i]
        if programme.sign[side] > 0:
            holds = replace(one.holds, lower=max(0.0, one.holds.lower - by))
        else:
            holds = replace(one.holds, upper=one.holds.upper + by)
        held[i] = replace(one, holds=holds)
    return tuple(held)


def _named(
    programme: Programme,
    figures: tuple[Constraint, ...],
    held: tuple[Constraint, ...],
    usable: Choice,
    own: Choice,
) -> Iterator[Conflict]:
    """Yield each smallest set of figures that cannot stand together, till none is left."""
    left = list(figures)
    while (proved := _least_slack(programme, left, usable, own)).value > TOLERANCE:
        proof, support = contradiction_of(programme, left, proved, usable, own)
        giving = sorted({int(i) for i in programme.row[support & own]})
        yield Conflict(proof, tuple(held[i] for i in giving if held[i].gives_way))
        for i in giving:
            left[i] = held[i]
