"""Proofs: the solution of the programme read back as printed figures.

Multipliers become fractions, and each proof is added up without the solver before it is handed on:
a bound is what its certificate proves.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from offences.evidence.certificates import Certificate, ProofLine, adds_up
from offences.evidence.constraints import Constraint
from offences.evidence.fewest_figures import shortest, smallest_contradiction
from offences.evidence.programme import TOLERANCE, Choice, Numbers, Programme, Proved
from offences.reference.periods import Period

_LARGEST_DENOMINATOR = 100


def proof_of(
    programme: Programme,
    figures: Sequence[Constraint],
    forces: tuple[str, ...],
    period: Period,
    from_below: bool,
) -> Certificate | None:
    """Return the shortest proof of the best bound, or None where nothing bounds from above.

    Parameters
    ----------
    figures
        The constraints of the programme, with what holds of each.
    """
    goal = programme.goal(forces, period, 1 if from_below else -1)
    numbers = programme.numbers(figures)
    free = np.full(numbers.size, np.inf)
    proved = None if goal is None else programme.most(goal, numbers, free)
    if goal is None or proved is None:
        return None
    support = shortest(programme, goal, proved, numbers)
    return _read_back(programme, figures, goal, support, free, (forces, period, from_below))


def contradiction_of(
    programme: Programme,
    figures: Sequence[Constraint],
    proved: Proved,
    usable: Choice,
    own: Choice,
) -> tuple[Certificate, Choice]:
    """Return the fewest figures that contradict each other, with the sides they stand in.

    Parameters
    ----------
    proved
        How much the own sides have to give way in all.
    usable, own
        The sides of this and newer releases, and among them those of the release that gives way.

    Returns
    -------
    tuple
        The proof that nothing is at least as much as the ``own`` sides have to give way.
    """
    numbers = programme.numbers(figures)
    support = smallest_contradiction(programme, proved, numbers, usable)
    goal = np.zeros(programme.matrix.shape[0])
    caps = np.where(own, 1.0, np.inf)
    among = [figures[i] for i in programme.row[support]]
    period = Period(min(f.period.first for f in among), max(f.period.last for f in among))
    return _read_back(programme, figures, goal, support, caps, ((), period, True)), support


def _read_back(
    programme: Programme,
    figures: Sequence[Constraint],
    goal: Numbers,
    support: Choice,
    caps: Numbers,
    about: tuple[tuple[str, ...], Period, bool],
) -> Certificate:
    """Return the best proof by the sides of the support, as printed figures."""
    forces, period, from_below = about
    proved = programme.most(goal, programme.numbers(figures), np.where(support, caps, 0.0))
    assert proved is not None  # the support was found by proving as much
    lines = []
    for side in np.flatnonzero(support):
        times = Fraction(proved.multipliers[side]).limit_denominator(_LARGEST_DENOMINATOR)
        if times:
            figure, sign = figures[programme.row[side]], int(programme.sign[side])
            number = int(figure.holds.lower if sign > 0 else figure.holds.upper)
            lines.append(ProofLine(figure, times * sign * (1 if from_below else -1), number))
    certificate = Certificate(forces, period, from_below, tuple(lines))
    if not adds_up(certificate) or not _as_much(certificate, proved.value):
        raise RuntimeError(f"The proof does not add up: {certificate}")
    return certificate


def _as_much(certificate: Certificate, value: float) -> bool:
    """Return whether the fractions add up to what the solver found, from either side."""
    total = float(certificate.total if certificate.from_below else -certificate.total)
    return abs(total - value) < TOLERANCE * max(1.0, abs(value))
