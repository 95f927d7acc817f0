"""The programme: few unknowns, open ends, and what can contradict anything at all."""

from __future__ import annotations

import numpy as np
from helpers.printed_figures import figure

from offences.evidence.programme import Programme
from offences.reference.bounds import Bounds
from offences.reference.periods import Period

YEAR, NEXT = Period.parse("2017/18"), Period.parse("2018/19")


def test_what_the_same_figures_count_is_one_unknown() -> None:
    total, own = figure("abc", "2017/18..2018/19", Bounds(9)), figure("a", "2017/18", 2)
    assert Programme([total]).matrix.shape == (1, 1)
    # Force a in its year, counted by both figures, and all else; two sides of a's own figure.
    assert Programme([total, own]).matrix.shape == (2, 3)


def test_of_an_unknown_that_is_asked_about_in_part_only_the_most_counts() -> None:
    programme = Programme([figure("a", "2017/18..2018/19", 30)])
    assert programme.goal(["a"], YEAR, 1).tolist() == [0.0]
    assert programme.goal(["a"], YEAR, -1).tolist() == [-1.0]


def test_months_and_forces_that_no_figure_counts_have_no_most() -> None:
    programme = Programme([figure("a", "2017/18", 30)])
    assert programme.goal(["a"], NEXT, -1) is None
    assert programme.goal(["a", "b"], YEAR, -1) is None


def test_a_side_may_be_used_no_more_often_than_its_cap() -> None:
    programme = Programme([figure("a", "2017/18", 10)])
    goal, numbers = programme.goal(["a"], YEAR, 1), np.array([10.0, -10.0])
    free, half = np.array([np.inf, np.inf]), np.array([0.5, np.inf])
    assert programme.most(goal, numbers, free).value == 10
    assert programme.most(goal, numbers, half).value == 5


def test_a_least_contradicts_nothing_where_an_unknown_of_it_is_open() -> None:
    figures = [figure("ab", "2017/18", Bounds(9)), figure("a", "2017/18", 2)]
    assert Programme(figures).entangled().tolist() == [False, True, True]
    figures.append(figure("b", "2017/18", 3))
    assert Programme(figures).entangled().all()
