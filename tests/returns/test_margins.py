"""Sums printed beside suppressed cells bound them, and sums that do not add up are found."""

from __future__ import annotations

import pytest
from helpers.return_cells import cell, victims

from offences.reference.bounds import ANYTHING, Bounds
from offences.returns.cells.cell_text import read_cell
from offences.returns.cells.read_cells import TOTAL
from offences.returns.settle.margins import Parts, Tightened, remainder


def _along_gender(*printed: str, total: str):
    """Return a row of victims by gender with its sum."""
    genders = ("female", "male", "other", "unknown")
    parts = [victims(text, "12-15", gender) for text, gender in zip(printed, genders, strict=False)]
    return [*parts, victims(total, "12-15", TOTAL)]


@pytest.mark.parametrize(
    ("printed", "total", "bounds"),
    [
        (("20", "*"), "23", [Bounds.exactly(20), Bounds.exactly(3)]),
        (("20", "*", "*"), "21", [Bounds.exactly(20), Bounds(0, 1), Bounds(0, 1)]),
        (("20", "*", "*"), "28", [Bounds.exactly(20), Bounds.exactly(4), Bounds.exactly(4)]),
        (("20", "<5", "*"), "25", [Bounds.exactly(20), Bounds(1, 4), Bounds(1, 4)]),
        (("20", "*", ""), "23", [Bounds.exactly(20), Bounds(0, 3), ANYTHING]),
        (("20", "*"), "*", [Bounds.exactly(20), Bounds(0, 4)]),
        (("20", "*"), "20", [Bounds.exactly(20), Bounds(0, 4)]),
        (("20", "*"), "30", [Bounds.exactly(20), Bounds(0, 4)]),
    ],
)
def test_a_sum_bounds_its_suppressed_cells(printed, total, bounds) -> None:
    cells = _along_gender(*printed, total=total)
    tightened = Tightened(cells)
    assert [tightened.bounds(one) for one in cells[:-1]] == bounds
    assert tightened.bounds(cells[-1]) == cells[-1].text.bounds


@pytest.mark.parametrize(
    ("printed", "total", "told"),
    [
        (("20", "*"), "20", "the sum 20 ignores the 1 suppressed cell that it is printed with"),
        (
            ("20", "*", "*"),
            "20",
            "the sum 20 ignores the 2 suppressed cells that it is printed with",
        ),
        (("20", "4"), "23", "the sum is printed as 23, the cells add to 24"),
        (("20", "*"), "30", "the sum is printed as 30, the cells add to between 20 and 24"),
        (("20", ""), "19", "the sum is printed as 19, the cells add to between 20 and inf"),
    ],
)
def test_a_sum_that_does_not_add_up_says_so(printed, total, told) -> None:
    cells = _along_gender(*printed, total=total)
    tightened = Tightened(cells)
    (wrong,) = tightened.wrong
    assert (wrong.cell, str(wrong)) == (cells[-1], told)
    assert [tightened.is_unsound(one) for one in cells] == [False] * (len(cells) - 1) + [True]


@pytest.mark.parametrize(
    ("printed", "total"),
    [(("20", "4"), "24"), (("20", ""), "20"), (("20", ""), "25"), (("20", "*"), "n/a")],
)
def test_a_sum_that_can_be_right_is_not_told(printed, total) -> None:
    assert Tightened(_along_gender(*printed, total=total)).wrong == []


def test_sums_along_both_axes_bound_together_and_a_sum_of_a_wrong_one_is_unsound() -> None:
    table = {
        "12-15": ("20", "*", "23"),
        "16+": ("*", "5", "5"),
        TOTAL: ("20", "8", "28"),
    }
    cells = {
        (age, gender): victims(text, age, gender)
        for age, row in table.items()
        for text, gender in zip(row, ("female", "male", TOTAL), strict=True)
    }
    tightened = Tightened(list(cells.values()))
    assert tightened.bounds(cells["12-15", "male"]) == Bounds.exactly(3)
    assert tightened.bounds(cells["16+", "female"]) == Bounds(0, 4)
    assert {(one.cell.age_band, one.cell.gender): str(one) for one in tightened.wrong} == {
        ("16+", TOTAL): "the sum 5 ignores the 1 suppressed cell that it is printed with",
        (TOTAL, "female"): "the sum 20 ignores the 1 suppressed cell that it is printed with",
    }
    unsound = {key for key, one in cells.items() if tightened.is_unsound(one)}
    assert unsound == {("16+", TOTAL), (TOTAL, "female"), (TOTAL, TOTAL)}


def test_platforms_and_percentages_are_never_summed() -> None:
    platforms = [cell("5", means="Kik"), cell("9", means="Snapchat"), cell("3", means=TOTAL)]
    shares = [
        victims("40", "12-15", "female", unit="percent"),
        victims("90", "12-15", TOTAL, unit="percent"),
    ]
    assert Tightened(platforms).wrong == Tightened(shares).wrong == []


def test_parts_are_added_by_what_they_are() -> None:
    texts = [read_cell(text) for text in ("20", "<5", "*", "", "refused", "at least 3")]
    assert Parts.of(texts) == Parts(seen=20, bounds=Bounds(24), hidden=2, blank=1, most_hidden=8)
    assert Parts.of([]) == Parts(seen=0, bounds=Bounds(0, 0), hidden=0, blank=0, most_hidden=0)


@pytest.mark.parametrize(
    ("printed", "whole", "impossible", "told"),
    [
        (
            ("40", "*", "*"),
            "46",
            False,
            "2 suppressed cells share 6 (46 less 40 visible), if each offence has one victim and "
            "empty cells hold none",
        ),
        (
            ("40", "*"),
            "43",
            False,
            "one suppressed cell holds 3 (43 less 40 visible), if each offence has one victim and "
            "empty cells hold none",
        ),
        (
            ("40", "*"),
            "46",
            True,
            "one suppressed cell would have to hold 6 (46 less 40), more than the 4 that they can",
        ),
        (("40", "*"), "39", True, "the visible cells add to 40, more than the 39 in all"),
    ],
)
def test_what_is_left_of_a_whole_for_its_suppressed_cells(printed, whole, impossible, told) -> None:
    cells = _along_gender(*printed, total="99")
    left = remainder(cells, read_cell(whole))
    assert (left.is_impossible, str(left)) == (impossible, told)


def test_nothing_is_left_where_nothing_is_suppressed_or_the_whole_is_not_known() -> None:
    assert remainder(_along_gender("40", "3", total="43"), read_cell("50")) is None
    assert remainder(_along_gender("40", "*", total="43"), read_cell("around 50")) is None
