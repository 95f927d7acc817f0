"""A cell is not a number."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offences.reference.bounds import Bounds
from offences.reference.cells import parse
from offences.reference.statuses import Status


@given(st.integers(0, 10**7))
def test_a_plain_count_is_itself(number: int) -> None:
    for printed in (str(number), f"{number:,}", f" {number} "):
        cell = parse(printed, "count")
        assert (cell.value, cell.bounds) == (number, Bounds.exactly(number))
        assert cell.status is Status.REPORTED


@given(st.integers(1, 10**6), st.sampled_from(["over", "almost", "at least", "up to", "around"]))
def test_a_wording_claims_no_more_than_it_says(number: int, word: str) -> None:
    cell = parse(f"{word} {number:,}", "count")
    assert (cell.value, cell.status) == (number, Status.APPROXIMATE)
    low = {"over": number + 1, "at least": number}.get(word, 0)
    high = {"almost": number - 1, "up to": number}.get(word, math.inf)
    assert cell.bounds == Bounds(low, high)


@pytest.mark.parametrize(
    ("printed", "status", "lower", "upper"),
    [
        ("*", "suppressed", 0, 4),
        ("<5", "suppressed", 1, 4),
        ("1-4", "suppressed", 1, 4),
        ("n/a", "missing", 0, math.inf),
        ("", "missing", 0, math.inf),
        ("refused s.12", "refused", 0, math.inf),
        ("s.40(2)", "refused", 0, math.inf),
        ("full refusal", "refused", 0, math.inf),
        ("not held", "not_held", 0, math.inf),
        ("no field in the system", "not_held", 0, math.inf),
        ("0", "reported", 0, 0),
    ],
)
def test_markers(printed: str, status: str, lower: float, upper: float) -> None:
    cell = parse(printed, "count")
    assert (cell.status, cell.bounds) == (status, Bounds(lower, upper))


@pytest.mark.parametrize(
    ("printed", "lower", "upper"), [("48", 47.5, 48.5), ("32.6%", 32.55, 32.65), ("0", 0, 0.5)]
)
def test_a_printed_percentage_is_an_interval(printed: str, lower: float, upper: float) -> None:
    cell = parse(printed, "percent")
    assert cell.bounds.lower == pytest.approx(lower)
    assert cell.bounds.upper == pytest.approx(upper)


@pytest.mark.parametrize(
    ("printed", "value"),
    [("a quarter", 25), ("one in five", 20), ("seven out of ten", 70), ("three-fifths", 60)],
)
def test_shares_in_words(printed: str, value: float) -> None:
    cell = parse(printed, "percent")
    assert (cell.value, cell.status) == (value, "approximate")


@pytest.mark.parametrize(
    ("printed", "unit", "said"),
    [
        ("-3", "count", "below zero"),
        ("101", "percent", "above 100"),
        ("3.5", "count", "whole number"),
        ("-", "count", "neither a number nor a marker"),
        ("banana", "count", "neither a number nor a marker"),
        ("9-1", "count", "ends before it begins"),
    ],
)
def test_what_cannot_be_is_refused(printed: str, unit: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(printed, unit)


def test_a_change_may_be_negative() -> None:
    assert parse("-27", "percent", signed=True).value == -27
