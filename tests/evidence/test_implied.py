"""Bounds of sums: on the real figures, against the truth, and as tight as they can be."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from helpers.printed_figures import figure, together
from helpers.printed_truths import Made, months, true_sum, truths_and_figures
from hypothesis import given, settings
from hypothesis import strategies as st

from offences.evidence.certificates import adds_up
from offences.evidence.constraints import Constraint
from offences.evidence.implied import EvidenceInside
from offences.reference.bounds import Bounds
from offences.reference.periods import Period

Inside = Callable[[str], EvidenceInside]

# The table of the design, made with a prototype: place, at least, at most, figures in the proof.
# The bounds are the prototype's, the proofs are shorter where one printed figure proves as much
# as many: Northern Ireland's six years are printed in sum (983), not only year by year; so are
# those of Wales (1,753, 22 figures before) and the UK's years (6 figures, 8 before). The South
# East follows from its seven years less the four forces' last (7 figures, 22 before), England and
# Wales from 26 figures, 27 before.
TABLE = [
    ("UK", 33_959, math.inf, 6),
    ("England and Wales", 27_117, math.inf, 26),
    ("England", 25_364, math.inf, 25),
    ("Wales", 1_753, math.inf, 1),
    ("Scotland", 3_572, 3_572, 1),
    ("Northern Ireland", 983, 983, 1),
    ("North East", 1_987, 1_987, 3),
    ("North West", 6_064, math.inf, 1),
    ("East Midlands", 2_751, math.inf, 7),
    ("West Midlands", 1_654, math.inf, 1),
    ("South West", 2_844, math.inf, 1),
    ("Yorkshire and The Humber", 2_601, math.inf, 1),
    ("South East", 3_644, math.inf, 7),
    ("London", 0, math.inf, 0),
]


@pytest.mark.parametrize(("place", "least", "most", "figures"), TABLE)
def test_the_six_years_to_2022_23_are_bounded_by_all_figures_together(
    inside: Inside, six_years: Period, place: str, least: int, most: float, figures: int
) -> None:
    implied = inside(place).bounds(six_years)
    assert implied.bounds == Bounds(least, most)
    assert len(implied.lower.lines) == figures
    assert adds_up(implied.lower)
    assert implied.upper is None or adds_up(implied.upper)


@pytest.mark.parametrize(
    ("place", "numbers"),
    [
        ("UK", [3_728, 5_333, 5_954, 6_319, 6_275, 6_350]),
        ("North East", [749, 450, 788]),
        ("East Midlands", [890, 576, 496, 651, 60, 26, 52]),
        ("South East", [3_936, 114, 274, -95, -264, -98, -223]),
        ("Scotland", [3_572]),
    ],
)
def test_a_person_who_adds_up_the_figures_gets_the_bound(
    inside: Inside, six_years: Period, place: str, numbers: list[int]
) -> None:
    proof = inside(place).bounds(six_years).lower
    assert sorted(line.multiplier * line.number for line in proof.lines) == sorted(numbers)
    assert sum(numbers) == proof.bound


@pytest.mark.parametrize(("force", "year"), [("Gwent", "2020/21"), ("South Wales", "2022/23")])
def test_a_force_year_that_was_not_answered_is_open(inside: Inside, force: str, year: str) -> None:
    assert inside("Wales").bounds(Period.parse(year), (force,)).bounds.is_open


def test_a_nation_in_one_year_is_bounded_too(inside: Inside) -> None:
    year = Period.parse("2021/22")
    assert inside("Scotland").bounds(year).bounds == Bounds(636, 636)
    assert inside("Wales").bounds(year).bounds == Bounds(326, 326)


def test_an_empty_place_is_anything() -> None:
    implied = together("a", []).bounds(Period.parse("2017/18"))
    assert implied.bounds == Bounds(0)
    assert implied.lower.lines == ()
    assert implied.upper is None


def test_a_single_figure_bounds_what_it_covers_and_from_above_its_parts() -> None:
    evidence = together("a", [figure("a", "2017/18..2018/19", 30)])
    assert evidence.bounds(Period.parse("2017/18..2018/19")).bounds == Bounds(30, 30)
    assert evidence.bounds(Period.parse("2017/18")).bounds == Bounds(0, 30)
    assert evidence.bounds(Period.parse("2016/17..2018/19")).bounds == Bounds(30)
    assert evidence.bounds(Period.parse("2021/22")).bounds == Bounds(0)


def test_figures_with_no_stretch_in_common_add_up() -> None:
    evidence = together("ab", [figure("a", "2017/18", 3), figure("b", "2019/20", 4)])
    assert evidence.conflicts == ()
    assert evidence.bounds(Period.parse("2017/18..2019/20")).bounds == Bounds(7)
    assert evidence.bounds(Period.parse("2017/18"), ("a",)).bounds == Bounds(3, 3)


def test_a_total_of_all_forces_bounds_each_by_what_it_leaves() -> None:
    evidence = together("ab", [figure("ab", "2017/18", 10), figure("a", "2017/18", 3)])
    assert evidence.bounds(Period.parse("2017/18"), ("b",)).bounds == Bounds(7, 7)


# ---- Against a truth that is known -----------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(truths_and_figures(), st.data())
def test_bounds_hold_the_truth_and_proofs_add_up(made: Made, data: st.DataObject) -> None:
    truth, figures = made
    forces = "abc"[: len(truth)]
    evidence = together(forces, figures)
    assert evidence.conflicts == ()
    for _ in range(3):
        period = data.draw(months())
        about = "".join(sorted(data.draw(st.sets(st.sampled_from(forces), min_size=1))))
        implied = evidence.bounds(period, tuple(about))
        assert true_sum(truth, about, period) in implied.bounds
        assert adds_up(implied.lower)
        assert implied.upper is None or adds_up(implied.upper)


# ---- As tight as they can be -----------------------------------------------------------

HALVES = ["2017-04..2017-09", "2017-10..2018-03", "2017/18"]
MANY = 5
WAYS = np.array(list(itertools.product(range(MANY + 1), repeat=4))).reshape(-1, 2, 2)
KINDS = [Bounds(2, 2), Bounds(3)]
PRINTABLE = [figure(*of) for of in itertools.product(["a", "b", "ab"], HALVES, KINDS)]


def ways_of(forces: str, period: str) -> np.ndarray:
    rows = ["ab".index(force) for force in forces]
    columns = [0, 1] if period == "2017/18" else [HALVES.index(period)]
    return WAYS[:, rows][:, :, columns]


@pytest.mark.parametrize("first", PRINTABLE, ids=lambda one: f"{one.place} {one.period}")
def test_bounds_are_those_found_by_trying_every_way(first: Constraint) -> None:
    """Two forces, two half-years: no whole offences inside the bounds are impossible."""
    for second in PRINTABLE:
        evidence = together("ab", [first, second])
        possible = np.ones(len(WAYS), dtype=bool)
        for one in (first, second):
            total = ways_of("".join(one.forces), str(one.period)).sum(axis=(1, 2))
            possible &= (one.says.lower <= total) & (total <= one.says.upper)
        assert bool(evidence.conflicts) == (not possible.any())
        for forces, period in [("ab", "2017/18"), ("a", HALVES[1])]:
            if possible.any():
                found = ways_of(forces, period)[possible]
                most = math.inf if found.max() == MANY else found.sum(axis=(1, 2)).max()
                expected = Bounds(found.sum(axis=(1, 2)).min(), most)
                implied = evidence.bounds(Period.parse(period), tuple(forces))
                assert implied.bounds == expected, (first, second)
