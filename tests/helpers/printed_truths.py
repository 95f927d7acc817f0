"""Random truths, and random figures printed of them: exact, rounded, suppressed, of some forces."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from helpers.printed_figures import figure
from offences.evidence.constraints import Constraint
from offences.reference.bounds import Bounds
from offences.reference.periods import Period

FIRST_MONTH, MONTHS = 2017 * 12 + 3, 6
DAYS = ["2018-01-29", "2020-11-16", "2023-08-14"]

Made = tuple[np.ndarray, list[Constraint]]
"""Offences by force (row) and month (column), and figures printed of them."""


@st.composite
def months(draw: st.DrawFn) -> Period:
    first = draw(st.integers(0, MONTHS - 1))
    return Period(FIRST_MONTH + first, FIRST_MONTH + draw(st.integers(first, MONTHS - 1)))


@st.composite
def truths_and_figures(draw: st.DrawFn) -> Made:
    """Return offences by force and month, and figures printed of them in some way."""
    forces = "abc"[: draw(st.integers(1, 3))]
    counts = st.lists(st.integers(0, 9), min_size=MONTHS, max_size=MONTHS)
    truth = np.array([draw(counts) for _ in forces])
    figures = []
    for _ in range(draw(st.integers(0, 8))):
        about = "".join(sorted(draw(st.sets(st.sampled_from(forces), min_size=1))))
        period, day = draw(months()), draw(st.sampled_from(DAYS))
        answered = draw(st.sets(st.sampled_from(about)))
        figures.append(figure(about, period, draw(says(truth, about, answered, period)), day))
    return truth, figures


@st.composite
def says(
    draw: st.DrawFn, truth: np.ndarray, about: str, answered: set[str], period: Period
) -> Bounds:
    """Return a figure as exact, partial, rounded, suppressed, disputed, or of some forces."""
    number = true_sum(truth, about, period)
    below, above = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    ways = [
        Bounds.exactly(number),
        Bounds(max(0, number - below)),
        Bounds(0, number + above),
        Bounds(max(0, number - below), number + above),
        Bounds(true_sum(truth, answered, period)),
    ]
    if 1 <= number <= 4:
        ways.append(Bounds(1, 4))
    return draw(st.sampled_from(ways))


def true_sum(truth: np.ndarray, forces: str | set[str], period: Period) -> int:
    rows = ["abc".index(force) for force in forces]
    first = period.first - FIRST_MONTH
    return int(truth[rows, first : first + period.months].sum())
