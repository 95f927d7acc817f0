"""Cells of a round are settled to figures: exact where the return allows it, else with bounds."""

from __future__ import annotations

import math

import pytest
from helpers.return_cells import cell, victims

from offences.reference.bounds import Bounds
from offences.returns.cells.read_cells import TOTAL, ReturnCell
from offences.returns.settle.settle import ReturnFigure, distinct_platforms, settle, unmatched


def _record(means: str = "", age: str = "", gender: str = "") -> ReturnCell:
    return cell("1", record=True, means=means, age_band=age, gender=gender)


@pytest.fixture
def figures(attributor):
    """Return a function that settles cells to figures by measure and subject."""

    def settled(*cells: ReturnCell) -> dict[str, ReturnFigure]:
        found = settle(cells, attributor)
        return {f"{one.measure} {one.subject}".strip(): one for one in found}

    return settled


@pytest.mark.parametrize(
    ("cells", "bounds", "status", "note"),
    [
        ([cell("52")], Bounds.exactly(52), "reported", ""),
        ([cell("*")], Bounds(0, 4), "suppressed", ""),
        ([cell("")], Bounds(0), "missing", ""),
        ([cell("at least 345")], Bounds(345), "approximate", ""),
        ([cell("52"), cell("at least 50")], Bounds.exactly(52), "reported", ""),
        ([cell("52"), cell("50")], Bounds(50, 52), "disputed", "the return says 52 and 50"),
        ([_record(), _record()], Bounds.exactly(2), "reported", ""),
        ([_record(), cell("2")], Bounds(1, 2), "disputed", "the return says 1 and 2"),
        (
            [cell("3", gender="female"), cell("*", gender="male")],
            Bounds(3, 7),
            "suppressed",
            "",
        ),
        (
            [cell("3", gender="female"), cell("4", gender="male"), cell("7", gender=TOTAL)],
            Bounds.exactly(7),
            "reported",
            "",
        ),
        (
            [cell("3", gender="female"), cell("4", gender="male"), cell("9", gender=TOTAL)],
            Bounds.exactly(7),
            "reported",
            "",
        ),
        ([cell("12", category="Making/Taking")], None, "", ""),
    ],
)
def test_all_offences_are_what_every_way_of_saying_it_allows(
    figures, cells, bounds, status, note
) -> None:
    found = figures(*cells)
    if bounds is None:
        assert "offences" not in found
    else:
        one = found["offences"]
        assert (one.bounds, one.status, one.note) == (bounds, status, note)
        assert one.value == bounds.lower or (math.isnan(one.value) and not bounds.is_exact)


@pytest.mark.parametrize(
    "other",
    [
        cell("9", basis="88A"),
        cell("9", unit="percent"),
        cell("9", unit="keyword hits", measure="keywords"),
        cell("3.5"),
        cell("9", force=TOTAL),
        cell("9", period=TOTAL),
    ],
)
def test_other_offences_shares_unread_cells_and_sums_of_forces_are_no_figures(
    figures, other
) -> None:
    assert figures(other) == {}
    assert figures(cell("52"), other)["offences"].value == 52


def test_a_whole_and_its_victims_leave_a_remainder_for_suppressed_cells(figures) -> None:
    parts = [victims("40", "12-15", ""), victims("*", "16+", "")]
    fits = figures(cell("43"), *parts)["offences"]
    assert not fits.remainder.is_impossible
    assert fits.note == str(fits.remainder)
    assert figures(cell("50"), *parts)["offences"].remainder.is_impossible
    assert figures(cell("43"), parts[0])["offences"].remainder is None
    disputed = figures(cell("43"), cell("42"), *parts)["offences"]
    assert (disputed.remainder, disputed.note) == (None, "the return says 43 and 42")


def test_under_12_is_a_share_of_known_ages_with_bounds_over_all(figures) -> None:
    bands = {"11 and under": "20", "12-15": "50", "16 and over": "10", "Unknown Age": "20"}
    found = figures(cell("100"), *(victims(text, band, "") for band, text in bands.items()))
    assert found["victims_under_12"].value == 20
    assert found["age_known"].value == 80
    share = found["pct_under_12"]
    assert (share.value, share.bounds, share.unit) == (25, Bounds(20, 40), "percent")


@pytest.mark.parametrize(
    ("bands", "bounds"),
    [
        ({"0-5": "1", "6-10": "2", "11-15": "9"}, Bounds(3, 12)),
        ({"under 12": "3", "12-15": "9"}, Bounds.exactly(3)),
        ({"10 and under": "<5", "11": "*", "12-15": "9"}, Bounds(1, 8)),
        ({"Unknown": "7"}, Bounds.exactly(0)),
    ],
)
def test_under_12_lies_between_the_bands_that_nest_and_those_that_cross(
    figures, bands, bounds
) -> None:
    found = figures(*(victims(text, band, "") for band, text in bands.items()))
    assert found["victims_under_12"].bounds == bounds


def test_girls_are_counted_from_the_sums_of_a_crossed_table_unless_they_are_wrong(figures) -> None:
    crossed = [victims("3", "12-15", "female"), victims("*", "16+", "female")]
    right, wrong = victims("5", TOTAL, "female"), victims("3", TOTAL, "female")
    assert figures(*crossed, right)["victims_female"].bounds == Bounds.exactly(5)
    assert figures(*crossed, wrong)["victims_female"].bounds == Bounds(3, 7)


def test_the_share_of_girls_needs_all_offences(figures) -> None:
    genders = [victims("30", "", "female"), victims("10", "", "male"), victims("5", "", "unknown")]
    assert "pct_girls" not in figures(*genders)
    share = figures(cell("50"), *genders)["pct_girls"]
    assert (share.value, share.bounds) == (75, Bounds(60, 80))


def test_platforms_of_records_count_in_each_those_of_a_table_cell_stay_one_group(figures) -> None:
    records = [_record("snap chat / insta"), _record("Snapchat"), _record("unknown"), _record()]
    found = figures(*records)
    assert {key: one.value for key, one in found.items()} == {
        "offences": 4,
        "platform_count Instagram": 1,
        "platform_count Snapchat": 2,
        "means_known": 2,
    }
    listed = [
        cell("47", measure="means", means="Snapchat and Facebook"),
        cell("*", measure="means", means="Kik"),
        cell("51", measure="means", means=TOTAL),
        cell("9", measure="means", means="blorptalk"),
    ]
    found = figures(*listed)
    assert {key: one.bounds for key, one in found.items()} == {
        "platform_count Facebook+Snapchat": Bounds.exactly(47),
        "platform_count Kik": Bounds(0, 4),
    }


def test_figures_name_their_files_and_count_their_cells(figures) -> None:
    one = figures(cell("52"), cell("52", file="kent.answer.yaml"))["offences"]
    assert (one.files, one.cells) == (("kent.csv", "kent.answer.yaml"), 2)


def test_spellings_that_match_nothing_are_listed_by_how_often_they_are_written(attributor) -> None:
    cells = [_record(text) for text in ("blorptalk", "zzgram", "zzgram", "Kik", "", "n/k")]
    assert unmatched(cells, attributor) == [("zzgram", 2), ("blorptalk", 1)]
    assert distinct_platforms(cells, attributor) == ["Kik"]
