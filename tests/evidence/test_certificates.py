"""A proof is checked by addition alone, and one that proves nothing is found out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from helpers.printed_figures import figure

from offences.evidence.certificates import Certificate, ProofLine, adds_up
from offences.evidence.constraints import Constraint
from offences.reference.bounds import Bounds
from offences.reference.periods import Period

TWO_YEARS = Period.parse("2017/18..2018/19")
FIRST, SECOND = Period.parse("2017/18"), Period.parse("2018/19")


def line(one: Constraint, times: int | Fraction, number: int) -> ProofLine:
    return ProofLine(one, Fraction(times), number)


def proof(period: Period, *lines: ProofLine, from_below: bool = True) -> Certificate:
    return Certificate(("a",), period, from_below, lines)


def test_a_span_less_a_year_proves_the_other_year() -> None:
    lines = line(figure("a", TWO_YEARS, 30), 1, 30), line(figure("a", FIRST, 12), -1, 12)
    assert adds_up(proof(SECOND, *lines))
    assert adds_up(proof(SECOND, *lines, from_below=False))
    assert proof(SECOND, *lines).bound == 18


def test_what_another_force_recorded_proves_nothing() -> None:
    assert not adds_up(proof(FIRST, line(figure("b", FIRST, 12), 1, 12)))
    assert not adds_up(proof(FIRST, line(figure("ab", FIRST, 12), 1, 12)))


def test_a_month_counted_twice_proves_nothing() -> None:
    twice = line(figure("a", FIRST, 12), 1, 12), line(figure("a", TWO_YEARS, 30), 1, 30)
    assert not adds_up(proof(TWO_YEARS, *twice))
    assert adds_up(proof(TWO_YEARS, *twice, from_below=False))


def test_a_month_that_nothing_counts_has_no_most() -> None:
    assert not adds_up(proof(TWO_YEARS, line(figure("a", FIRST, 12), 1, 12), from_below=False))


@pytest.mark.parametrize(("times", "number"), [(1, 20), (-1, 10), (1, 15)])
def test_a_least_adds_what_a_figure_is_at_least_and_takes_what_it_is_at_most(
    times: int, number: int
) -> None:
    one = figure("a", FIRST, Bounds(10, 20))
    assert adds_up(proof(FIRST, line(one, 1, 10)))
    assert not adds_up(proof(FIRST, line(one, times, number)))


def test_a_figure_that_gave_way_proves_what_holds_of_it_only() -> None:
    gave_way = replace(figure("a", FIRST, 12), holds=Bounds(9, 12))
    assert adds_up(proof(FIRST, line(gave_way, 1, 9)))
    assert not adds_up(proof(FIRST, line(gave_way, 1, 12)))


def test_no_figure_proves_that_a_count_is_at_least_0() -> None:
    assert adds_up(proof(FIRST))
    assert proof(FIRST).bound == 0
    assert not adds_up(proof(FIRST, from_below=False))


def test_offences_are_whole_so_half_of_one_is_rounded_to_the_safe_side() -> None:
    half = line(figure("a", FIRST, 21), Fraction(1, 2), 21)
    assert proof(FIRST, half).bound == 11
    assert proof(FIRST, half, from_below=False).bound == 10


def test_a_proof_of_nothing_being_something_needs_figures_that_contradict() -> None:
    lines = line(figure("a", FIRST, 12), 1, 12), line(figure("a", TWO_YEARS, 10), -1, 10)
    contradiction = Certificate((), TWO_YEARS, True, lines)
    assert adds_up(contradiction)
    assert contradiction.bound == 2
    assert not adds_up(replace(contradiction, lines=lines[:1]))
