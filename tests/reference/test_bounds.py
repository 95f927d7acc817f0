"""Bounds: what a number can be, whatever it is made of."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offences.reference.bounds import ANYTHING, Bounds

_whole = st.integers(0, 10**6)


@st.composite
def bounds(draw: st.DrawFn) -> Bounds:
    lower = draw(_whole)
    return Bounds(lower, lower + draw(st.one_of(_whole, st.just(math.inf))))


@given(bounds())
def test_columns_hold_what_they_were_made_of(one: Bounds) -> None:
    assert Bounds.of(one.columns()) == one
    assert Bounds.of(one.columns("share_"), "share_") == one


def test_an_open_end_is_an_empty_cell_in_a_table_only() -> None:
    assert Bounds(5).is_open
    assert math.isnan(Bounds(5).columns()["upper"])
    assert Bounds.of({"lower": 5, "upper": math.nan}) == Bounds(5, math.inf)
    assert Bounds(0) == ANYTHING


@given(bounds(), bounds(), st.data())
def test_a_sum_lies_in_the_sum_of_bounds(one: Bounds, other: Bounds, data: st.DataObject) -> None:
    numbers = [data.draw(_inside(b)) for b in (one, other)]
    assert sum(numbers) in one + other


@given(bounds(), bounds(), st.data())
def test_what_lies_in_one_lies_in_the_joined(
    one: Bounds, other: Bounds, data: st.DataObject
) -> None:
    assert data.draw(_inside(one)) in one.joined(other)
    assert data.draw(_inside(other)) in one.joined(other)


@given(bounds(), bounds(), _whole)
def test_what_is_shared_lies_in_both(one: Bounds, other: Bounds, number: int) -> None:
    shared = one.shared(other)
    assert one.meets(other) == other.meets(one) == (shared is not None)
    assert (number in one and number in other) == (shared is not None and number in shared)


def _inside(one: Bounds) -> st.SearchStrategy[int]:
    return st.integers(int(one.lower), 10**7 if one.is_open else int(one.upper))


@pytest.mark.parametrize(
    ("one", "number", "held"),
    [
        (Bounds.exactly(44), 44, True),
        (Bounds(1, 4), 0, False),
        (Bounds(1, 4), 4, True),
        (Bounds(1001), 10**9, True),
        (Bounds(0), math.nan, False),
    ],
)
def test_a_number_lies_in_bounds(one: Bounds, number: float, held: bool) -> None:
    assert (number in one) is held


def test_exact_bounds_leave_one_number() -> None:
    assert Bounds.exactly(44).is_exact
    assert not Bounds(1, 4).is_exact
    assert not Bounds(44).is_exact
