"""Change from the first to the last year, where a year, a force or a count is not there."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from helpers.simulated_figures import force_years

from offences.analysis.change import (
    NO_CHANGE,
    Change,
    change_as_added,
    change_bounds,
    change_by_force,
    change_comparable,
    percent_change,
    ratio_interval,
)
from offences.reference.bounds import Bounds

NAN = math.nan
FIRST, LAST = "2017/18", "2018/19"


def test_the_change_of_wales_as_added_and_on_comparable_forces(run: Callable) -> None:
    table = run(region="Wales").force_years
    added, comparable = change_as_added(table), change_comparable(table)
    assert (added.before, added.after) == (19 + 44 + 53 + 158, 30 + 58 + 101)
    assert added.forces == ("Dyfed-Powys", "Gwent", "North Wales")
    assert added.interval is None
    assert (comparable.before, comparable.after) == (44 + 53, 58 + 101)
    assert comparable.forces == ("Gwent", "North Wales")
    assert comparable.interval_in_words == "+27% to +113%"


def test_each_force_of_wales_has_a_row_and_only_two_have_a_change(run: Callable) -> None:
    table = change_by_force(run(region="Wales").force_years).set_index("force")
    assert list(table.index) == ["Dyfed-Powys", "Gwent", "North Wales", "South Wales"]
    assert list(table["comparable"]) == [False, True, True, False]
    assert list(table["before_status"]) == ["partial", "reported", "reported", "reported"]
    assert list(table["after_status"]) == ["reported", "reported", "reported", "missing"]
    assert table.loc["Gwent", "pct"] == pytest.approx(100 * 14 / 44)
    assert table.loc["North Wales", "pct"] == pytest.approx(100 * 48 / 53)
    assert list(table.loc["Gwent", ["lower", "upper"]]) == pytest.approx(
        [-12.445, 99.707], abs=1e-3
    )
    assert list(table.loc["North Wales", ["lower", "upper"]]) == pytest.approx(
        [35.356, 170.987], abs=1e-3
    )
    assert (
        table.loc[["Dyfed-Powys", "South Wales"], ["pct", "lower", "upper"]].isna().all(axis=None)
    )


def test_a_region_of_one_force_compares_as_it_adds_up(run: Callable) -> None:
    table = run(region="Northern Ireland").force_years
    added, comparable = change_as_added(table), change_comparable(table)
    assert (added.before, added.after) == (comparable.before, comparable.after) == (82, 198)
    assert added.pct == pytest.approx(100 * 116 / 82)


@pytest.mark.parametrize(
    "status", ["approximate", "suppressed", "partial", "missing", "refused", "not_held", "disputed"]
)
def test_only_figures_reported_in_full_compare(status: str) -> None:
    """SIMULATED: A reported both years, B has another status in the last."""
    value = NAN if status in ("suppressed", "missing", "refused", "not_held") else 7
    table = force_years(
        ("A", FIRST, "reported", 10),
        ("B", FIRST, "reported", 5),
        ("A", LAST, "reported", 20),
        ("B", LAST, status, value),
    )
    change = change_comparable(table)
    assert (change.before, change.after, change.forces) == (10, 20, ("A",))
    assert list(change_by_force(table)["comparable"]) == [True, False]
    added = change_as_added(table)
    assert added.before == 15
    assert added.after == (20 if math.isnan(value) else 27)
    assert added.forces == (("A",) if math.isnan(value) else ("A", "B"))


def test_the_middle_years_do_not_matter() -> None:
    """SIMULATED: one force with three years, the middle one missing."""
    table = force_years(
        ("A", FIRST, "reported", 10),
        ("A", LAST, "missing", NAN),
        ("A", "2019/20", "reported", 5),
    )
    assert change_comparable(table).pct == -50
    assert change_as_added(table).pct == -50


def test_one_year_has_no_change_of_any_kind() -> None:
    """SIMULATED: one year only."""
    one = force_years(("A", FIRST, "reported", 10))
    assert change_as_added(one) is NO_CHANGE
    assert change_comparable(one) is NO_CHANGE
    assert list(change_by_force(one).columns)[:2] == ["force", "before"]
    assert change_by_force(one).empty


def test_where_a_year_has_no_figure_there_is_no_change() -> None:
    """SIMULATED: nothing is printed for the last year."""
    table = force_years(("A", FIRST, "reported", 10), ("A", LAST, "missing", NAN))
    assert change_as_added(table) is NO_CHANGE
    assert change_comparable(table) is NO_CHANGE
    assert not NO_CHANGE.known
    assert all(math.isnan(end) for end in NO_CHANGE.interval_ends)
    assert NO_CHANGE.interval_in_words == "not known to not known"


def test_from_none_to_five_the_counts_are_known_and_the_percentage_is_not() -> None:
    """SIMULATED: a count of zero before; the interval of the ratio has no upper end."""
    table = force_years(("A", FIRST, "reported", 0), ("A", LAST, "reported", 5))
    change = change_comparable(table)
    assert (change.before, change.after, change.forces) == (0, 5, ("A",))
    assert not change.known
    assert change.interval is not None
    assert change.interval.is_open
    # All five of five offences fell in the last year: p**5 = 0.025 gives the lower end.
    assert change.interval.lower == pytest.approx(100 * (0.478176 / 0.521824 - 1), abs=0.001)


def test_an_open_end_is_an_empty_cell_of_the_table_and_comes_back_as_open() -> None:
    """SIMULATED: a count of zero before."""
    table = force_years(("A", FIRST, "reported", 0), ("A", LAST, "reported", 5))
    (row,) = change_by_force(table).to_dict("records")
    assert math.isnan(row["pct"])
    assert math.isnan(row["upper"])
    assert Change.of(row).interval == change_comparable(table).interval


def test_from_five_to_none_is_a_fall_by_all() -> None:
    """SIMULATED: a count of zero after."""
    table = force_years(("A", FIRST, "reported", 5), ("A", LAST, "reported", 0))
    change = change_comparable(table)
    assert change.pct == -100
    assert change.interval is not None
    assert change.interval.lower == -100
    assert change.interval.upper == pytest.approx(100 * (0.521824 / 0.478176 - 1), abs=0.001)


def test_none_in_both_years_has_neither_change_nor_interval() -> None:
    """SIMULATED: zero before and after."""
    table = force_years(("A", FIRST, "reported", 0), ("A", LAST, "reported", 0))
    change = change_comparable(table)
    assert (change.before, change.after, change.interval) == (0, 0, None)
    assert not change.known
    row = change_by_force(table).iloc[0]
    assert bool(row["comparable"])
    assert row[["pct", "lower", "upper"]].isna().all()


def test_a_row_of_the_table_is_a_change_again() -> None:
    row = {"force": "A", "before": 44.0, "after": 58.0, "lower": -12.0, "upper": 100.0}
    assert Change.of(row) == Change(44.0, 58.0, Bounds(-12.0, 100.0), ("A",))
    assert Change.of(row | {"lower": NAN, "upper": NAN}).interval is None


@pytest.mark.parametrize(
    ("before", "after", "pct"),
    [(274, 189, -31.0219), (97, 159, 63.9175), (5, 5, 0), (5, 0, -100), (4, 10, 150)],
)
def test_a_change_in_percent_is_of_the_count_before(
    before: float, after: float, pct: float
) -> None:
    assert percent_change(before, after) == pytest.approx(pct, abs=1e-4)


@pytest.mark.parametrize(
    ("first", "last", "lower", "upper"),
    [
        (Bounds(10, 10), Bounds(20, 20), 100, 100),
        (Bounds(10, 20), Bounds(20, 30), 0, 200),
        (Bounds(10), Bounds(20, 30), -100, 200),
        (Bounds(10, 20), Bounds(20), 0, math.inf),
        (Bounds(0, 10), Bounds(5, 5), -50, math.inf),
        (Bounds(0), Bounds(0), -100, math.inf),
    ],
)
def test_what_a_change_between_bounded_counts_can_be(
    first: Bounds, last: Bounds, lower: float, upper: float
) -> None:
    assert change_bounds(first, last) == Bounds(lower, upper)


def test_the_interval_of_a_ratio_narrows_with_its_level() -> None:
    assert ratio_interval(0, 3, 0.95)[0] == 0
    assert ratio_interval(3, 0, 0.95)[1] == math.inf
    # With n = 1 the exact interval of one of one is p >= alpha / 2.
    assert ratio_interval(1, 0, 0.95)[0] == pytest.approx(0.025 / 0.975)
    assert ratio_interval(1, 0, 0.5)[0] == pytest.approx(0.25 / 0.75)
