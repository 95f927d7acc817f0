"""Totals, change and intervals: the arithmetic respects what a cell is."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from offences.analysis import forces
from offences.analysis.change import (
    NO_CHANGE,
    change_as_added,
    change_by_force,
    change_comparable,
    percent_change,
    ratio_interval,
)
from offences.analysis.forces import FORCE_YEARS

CELLS = st.sampled_from(["reported", "partial", "missing", "disputed"])


def table(cells: list[list[tuple[str, int]]]) -> pd.DataFrame:
    """Return SIMULATED force-years: one list a force, one (status, count) a year."""
    rows = []
    for f, years in enumerate(cells):
        for y, (status, n) in enumerate(years):
            missing = status == "missing"
            bounds = {"reported": (n, n), "partial": (n, math.nan), "disputed": (n, n + 5)}
            lower, upper = bounds.get(status, (0, math.nan))
            year = f"{2017 + y}/{18 + y}"
            value = math.nan if missing else n
            rows.append([f"force {f}", year, value, float(lower), upper, status, *[""] * 5])
    return pd.DataFrame(rows, columns=FORCE_YEARS)


forces_by_year = st.integers(1, 4).flatmap(
    lambda years: st.lists(
        st.lists(st.tuples(CELLS, st.integers(0, 500)), min_size=years, max_size=years),
        min_size=1,
        max_size=5,
    )
)


@given(forces_by_year)
def test_a_total_never_claims_more_than_was_printed(cells: list[list[tuple[str, int]]]) -> None:
    total = forces.total(table(cells))
    flat = [cell for row in cells for cell in row]
    assert total.bounds.lower == sum(n for status, n in flat if status != "missing")
    assert total.reported == sum(status != "missing" for status, _ in flat)
    assert total.expected == len(flat)
    is_open = any(status in ("missing", "partial") for status, _ in flat)
    assert total.bounds.is_open == is_open


@given(forces_by_year)
def test_comparable_change_counts_only_forces_with_both_years_in_full(
    cells: list[list[tuple[str, int]]],
) -> None:
    change = change_comparable(table(cells))
    both = [row for row in cells if len(row) > 1 and row[0][0] == row[-1][0] == "reported"]
    assert len(change.forces) == len(both)
    if both:
        assert change.before == sum(row[0][1] for row in both)
        assert change.after == sum(row[-1][1] for row in both)


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_ratio_interval_is_the_exact_one(after: int, before: int) -> None:
    low, high = ratio_interval(after, before)
    assert low <= after / before <= high
    n = after + before
    if after:
        assert binom.sf(after - 1, n, low / (1 + low)) == pytest.approx(0.025, rel=1e-3)
    assert binom.cdf(after, n, high / (1 + high)) == pytest.approx(0.025, rel=1e-3)


def test_a_change_from_nothing_is_not_known() -> None:
    assert math.isnan(percent_change(0, 5))
    low, high = ratio_interval(0, 0)
    assert math.isnan(low)
    assert math.isnan(high)


def test_one_year_has_no_change() -> None:
    one = table([[("reported", 5)]])
    assert change_as_added(one) is NO_CHANGE
    assert change_by_force(one).empty


def test_sums_that_differ_in_sign_are_both_there() -> None:
    cells = [[("reported", 10), ("reported", 20)], [("reported", 100), ("missing", 0)]]
    both = table(cells)
    assert change_as_added(both).pct < 0 < change_comparable(both).pct
