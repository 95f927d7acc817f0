"""The linear programme: how much the figures prove, and by which of them.

Unknown are the offences of each force in each stretch of months between the dates at which any
printed period begins or ends. Unknowns that the same figures count are one unknown here, which
changes no bound and keeps the programme small. Each figure gives one or two *sides*: "at least"
and "at most". What is solved is the search for a proof itself: multipliers of the sides that count
no unknown more often than the goal does, and add up to as much as possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, identity, vstack

from offences.evidence.constraints import Constraint, told_apart
from offences.reference.periods import Period

TOLERANCE = 1e-6
"""Below this a number of the solver is nought; figures are whole numbers."""

Numbers = NDArray[np.float64]
Choice = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Proved:
    """The most that can be proved of a goal.

    Attributes
    ----------
    value
        What the multipliers add up to.
    multipliers
        One a side, none below nought.
    unknowns
        Offences with which the goal is no more than that, one an unknown.
    """

    value: float
    multipliers: Numbers
    unknowns: Numbers


class Programme:
    """Sides of figures over the unknowns of some forces.

    Attributes
    ----------
    figures
        The constraints, the newest release first.
    row, sign
        For each side, the figure it belongs to, and 1 for "at least", -1 for "at most".
    matrix
        How often each unknown (row) counts in each side (column).
    """

    def __init__(self, figures: Sequence[Constraint]) -> None:
        self.figures = figures
        ends = [(i, +1) for i, one in enumerate(figures) if one.says.lower > 0]
        ends += [(i, -1) for i, one in enumerate(figures) if not one.says.is_open]
        ends.sort(key=lambda end: (end[0], -end[1]))
        self.row = np.array([i for i, _ in ends], dtype=int)
        self.sign = np.array([sign for _, sign in ends], dtype=float)
        self._forces = list(dict.fromkeys(f for one in figures for f in one.forces))
        self._stretches = told_apart([one.period for one in figures])
        self._months = (
            np.array([months.first for months in self._stretches], dtype=int),
            np.array([months.last for months in self._stretches], dtype=int),
        )
        self._kinds, counted = self._merged()
        self.matrix = csr_array(counted[:, self.row] * self.sign)
        self._bounded = (counted[:, self.row[self.sign < 0]] > 0).any(axis=1)

    def _merged(self) -> tuple[NDArray[np.intp], Numbers]:
        """Return which unknown each force and stretch belongs to, and which figures count it."""
        shape = len(self._forces), len(self._stretches)
        if not self.figures:
            return np.zeros(shape, dtype=np.intp), np.zeros((1, 0))
        counts = np.zeros((*shape, len(self.figures)), dtype=bool)
        for i, one in enumerate(self.figures):
            ours = [self._forces.index(force) for force in one.forces]
            held = [j for j, months in enumerate(self._stretches) if months in one.period]
            counts[np.ix_(ours, held, [i])] = True
        kinds: dict[bytes, int] = {}
        packed = np.packbits(counts, axis=2).reshape(shape[0] * shape[1], -1)
        labels = [kinds.setdefault(one.tobytes(), len(kinds)) for one in packed]
        first = np.unique(labels, return_index=True)[1]
        return (
            np.array(labels, dtype=np.intp).reshape(shape),
            counts.reshape(-1, len(self.figures))[first].astype(float),
        )

    def numbers(self, figures: Sequence[Constraint]) -> Numbers:
        """Return what each side adds: the least that holds, or less the most."""
        ends = [
            figures[i].holds.lower if sign > 0 else -figures[i].holds.upper
            for i, sign in zip(self.row, self.sign, strict=True)
        ]
        return np.array(ends, dtype=float)

    def goal(self, forces: Sequence[str], period: Period, sign: int) -> Numbers | None:
        """Return how often a sum asked about counts each unknown, times the sign.

        Of an unknown that lies in it partly, nothing is counted from below, all from above. None
        where no figure counts a part of it, so that from above it is open.
        """
        first, last = self._months
        ours = np.array([force in forces for force in self._forces], dtype=bool)
        inside = (first >= period.first) & (last <= period.last)
        goal = np.zeros(self.matrix.shape[0])
        if sign > 0:
            goal[:] = 1.0
            goal[self._kinds[~np.outer(ours, inside)]] = 0.0
            return goal
        if ours.sum() < len(forces) or not first[:1] <= period.first <= period.last <= last[-1:]:
            return None
        touched = (first <= period.last) & (last >= period.first)
        goal[self._kinds[np.outer(ours, touched)]] = -1.0
        return goal

    def unlike_ways(self, numbers: Numbers) -> tuple[Numbers, ...]:
        """Return unlike ways in which the figures can be true: offences, one an unknown.

        One has few offences, one many of those that are bounded from above, one at least 1 of as
        many unknowns as can be. What differs between them does not follow from the figures.
        """
        size = self.matrix.shape[0]
        weights = 1.0 + np.arange(size)
        free = np.full(numbers.size, np.inf)
        few = self.most(weights, numbers, free)
        many = self.most(np.where(self._bounded, -weights, 0.0), numbers, free)
        assert few is not None and many is not None  # what is asked about is bounded
        one = identity(size, format="csr")
        held = hstack([-self.matrix.T, csr_array((numbers.size, size))])
        costs = np.repeat([0.0, -1.0], size)
        limits = np.column_stack([np.zeros(2 * size), np.repeat([np.inf, 1.0], size)])
        spread = _solved(
            costs,
            vstack([held, hstack([-one, one])]),
            np.concatenate([-numbers, np.zeros(size)]),
            limits,
        )
        return few.unknowns, many.unknowns, spread.x[:size]

    def most(self, goal: Numbers, numbers: Numbers, caps: Numbers) -> Proved | None:
        """Return the most that can be proved of a goal, or None where nothing can.

        Parameters
        ----------
        numbers
            What each side adds: its least, or less its most.
        caps
            How often each side may be used at most; infinite for any number of times.
        """
        usable = caps > 0
        counted, used = self._part(usable)
        if self.is_open(goal):
            return None
        proved = Proved(0.0, np.zeros_like(numbers), np.zeros_like(goal))
        if not usable.any():
            return proved
        limits = np.column_stack([np.zeros(usable.sum()), caps[usable]])
        solved = _solved(-numbers[usable], used, goal[counted], limits)
        if solved.status == 2:  # no multipliers are enough: an unknown is bounded by nothing
            return None
        if solved.status != 0:
            raise RuntimeError(f"The figures prove no bound: {solved.message}")
        proved.multipliers[usable] = solved.x
        proved.unknowns[counted] = -np.asarray(solved.ineqlin.marginals)
        return replace(proved, value=-float(solved.fun))

    def is_open(self, goal: Numbers) -> bool:
        """Whether the goal is a bound from above on an unknown that no figure bounds so."""
        return bool((goal < 0)[~self._bounded].any())

    def _part(self, usable: Choice) -> tuple[Choice, csr_array]:
        """Return which unknowns some usable sides count, and how often they count them."""
        part = self.matrix[:, usable]
        counted = np.diff(part.indptr) > 0
        return counted, part[counted]

    def entangled(self) -> Choice:
        """Return the sides that can be part of a contradiction.

        "At least" can contradict something only where every unknown that it counts is bounded from
        above by another side, and "at most" only where it counts some of these.
        """
        least = self.sign > 0
        counts = np.abs(self.matrix.toarray())
        held = least & ~counts[~self._bounded].any(axis=0)
        return np.where(least, held, counts[counts[:, held].any(axis=1)].any(axis=0))

    def widest(self, side: int, numbers: Numbers, own: Choice, usable: Choice,
               slack: float) -> float:  # fmt: skip
        """Return by how much one side can give way where its release gives way by ``slack``.

        Parameters
        ----------
        own
            The sides that may give way: those of one release.
        usable
            The sides of this and newer releases, which hold.
        """
        counted, used = self._part(usable)
        mine = np.flatnonzero(own)
        at = np.searchsorted(np.flatnonzero(usable), mine)
        ways = csr_array(
            (np.ones(mine.size), (at, np.arange(mine.size))), (usable.sum(), mine.size)
        )
        sides = hstack([used.T, ways])
        unknowns = int(counted.sum())
        budget = csr_array(np.repeat([0.0, 1.0], [unknowns, mine.size])[None, :])
        least = np.zeros(unknowns + mine.size)
        least[unknowns + int(np.searchsorted(mine, side))] = -1.0
        limits = np.concatenate([-numbers[usable], [slack + TOLERANCE]])
        solved = _solved(least, vstack([-sides, budget]), limits, (0, None))
        if solved.status != 0:
            raise RuntimeError(f"No way of giving way was found: {solved.message}")
        return -float(solved.fun)


def _solved(costs: Numbers, matrix: Any, limits: Numbers, each: Any) -> Any:
    """Return HiGHS's answer; the stubs of scipy know dense matrices only."""
    return linprog(costs, matrix, limits, bounds=each, method="highs")
