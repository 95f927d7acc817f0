"""Of the proofs that prove as much, the one of the fewest figures, of these the one of the newest.

So a proof is short, and stays the same. Whether a figure is used at all is a choice of yes or no,
so this is a mixed-integer programme; what is known of all best proofs keeps it small.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds as Limits
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array, hstack, identity

from offences.evidence.programme import Choice, Numbers, Programme, Proved

_A_FIGURE, _A_RELEASE_OLDER, _LATER_IN_A_RELEASE = 1000.0, 1.0, 0.01
"""What a figure costs: one figure fewer outweighs any age; the last only decides between equals."""

_MOST_TIMES = 8.0
"""How often a short proof may use one figure; more often than any proof that was seen."""

_FEW = 250
"""Among how many sides the fewest are looked for; among more, those of the least weight."""

_MOST_NODES = 500
"""Where the search for the shortest proof stops: by a count, so that it is the same everywhere."""

_USED = 1e-7
"""A multiplier above this is used."""

_HELD = 1e-5
"""Offences by which a side may miss and still holds with equality."""

_Rule = tuple[csr_array, Numbers | float, Numbers | float]
"""Sums of multipliers, and what they are at least and at most."""


def shortest(programme: Programme, goal: Numbers, proved: Proved, numbers: Numbers) -> Choice:
    """Return the sides of the cheapest proof that proves as much.

    A side belongs to a proof of as much only where it holds with equality for the offences in
    ``proved``, and an unknown that is above nought there is counted exactly as often as in the
    goal. That leaves few sides to choose from.
    """
    if not (proved.multipliers > _USED).any():
        return np.zeros(numbers.size, dtype=bool)
    left = programme.matrix.T @ proved.unknowns - numbers
    tight = left < _HELD
    rules: list[_Rule] = [(programme.matrix[:, tight], _exactly(proved, goal), goal)]
    chosen = _cheapest(rules, _costs(programme)[tight])
    return proved.multipliers > _USED if chosen is None else _among(tight, chosen)


def smallest_contradiction(
    programme: Programme, proved: Proved, numbers: Numbers, usable: Choice
) -> Choice:
    """Return the sides of the fewest figures that cannot stand together.

    Parameters
    ----------
    proved
        How much those of the usable sides that may give way have to: the figures returned take
        part in that, and not in a weaker contradiction.
    """
    left = programme.matrix.T @ proved.unknowns - numbers
    tight = usable & (left < _HELD)
    something: _Rule = (csr_array(numbers[tight][None, :]), 1.0, np.inf)
    counted: _Rule = (programme.matrix[:, tight], _exactly(proved, 0.0), 0.0)
    chosen = _cheapest([counted, something], _costs(programme)[tight])
    return proved.multipliers > _USED if chosen is None else _among(tight, chosen)


def _exactly(proved: Proved, goal: Numbers | float) -> Numbers:
    """Return how often each unknown is counted at least: as in the goal if it is above 0."""
    return np.where(proved.unknowns > _HELD, goal, -np.inf)


def _costs(programme: Programme) -> Numbers:
    """Return what each side costs a proof: a figure much, an older release a little more."""
    releases = [(one.released, one.release) for one in programme.figures]
    ages = {release: age for age, release in enumerate(dict.fromkeys(releases))}
    age = np.array([ages[release] for release in releases], dtype=float)
    place = np.arange(age.size) / max(age.size, 1)
    costs: Numbers = _A_FIGURE + _A_RELEASE_OLDER * age + _LATER_IN_A_RELEASE * place
    return np.asarray(costs[programme.row])


def _among(sides: Choice, chosen: Choice) -> Choice:
    """Return the chosen ones of some sides as a choice of all sides."""
    support = np.zeros_like(sides)
    support[np.flatnonzero(sides)[chosen]] = True
    return support


def _cheapest(rules: list[_Rule], costs: Numbers) -> Choice | None:
    """Return which multipliers are used where that costs least, as far as it can be found soon."""
    found = _fewest(rules, costs) if costs.size <= _FEW else None
    return _lightest(rules, costs) if found is None else found


def _lightest(rules: list[_Rule], costs: Numbers) -> Choice | None:
    """Return which multipliers are above nought where they cost least added up."""
    solved = milp(costs, constraints=[LinearConstraint(*rule) for rule in rules])
    return None if solved.x is None else np.asarray(solved.x > _USED)


def _fewest(rules: list[_Rule], costs: Numbers) -> Choice | None:
    """Return the multipliers above nought where those that are cost least, None if not found."""
    size = costs.size
    one = identity(size, format="csr")
    wide = [
        LinearConstraint(hstack([matrix, csr_array(matrix.shape)]), least, most)
        for matrix, least, most in rules
    ]
    linked = LinearConstraint(hstack([one, -_MOST_TIMES * one]), -np.inf, 0.0)
    solved = milp(
        np.concatenate([np.zeros(size), costs]),
        constraints=[*wide, linked],
        integrality=np.repeat([0, 1], size),
        bounds=Limits(np.zeros(2 * size), np.repeat([_MOST_TIMES, 1.0], size)),
        options={"mip_rel_gap": 0.0, "node_limit": _MOST_NODES},
    )
    return np.asarray(solved.x[size:] > 0.5) if solved.status == 0 else None
