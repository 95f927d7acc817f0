"""Bands of age and genders are read as forces print them, and gaps between bands are found."""

from __future__ import annotations

import math

import pytest

from offences.returns.cells.ages_and_genders import gaps, read_band, read_gender


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("11 and under", 0, 11),
        ("15 or below", 0, 15),
        ("under 11", 0, 10),
        ("<13", 0, 12),
        ("12-15", 12, 15),
        ("12 to 15", 12, 15),
        ("Aged 12 to 15 years", 12, 15),
        ("16 and over", 16, math.inf),
        ("16+", 16, math.inf),
        ("over 15", 16, math.inf),
        ("13", 13, 13),
        ("13 years old", 13, 13),
    ],
)
def test_a_band_names_its_ages_both_ends_included(printed, low, high) -> None:
    band = read_band(printed)
    assert (band.printed, band.low, band.high) == (printed, low, high)
    assert low in band and low - 1 not in band


@pytest.mark.parametrize("printed", ["Unknown Age", "unknown", "Not recorded"])
def test_an_unknown_age_is_a_band_that_no_age_is_in(printed) -> None:
    band = read_band(printed)
    assert not band.known and 12 not in band
    assert not band.within(0, 99) and not band.outside(0, 11)


@pytest.mark.parametrize("printed", ["", "Female", "15-12", "Total", "youngest victim"])
def test_what_names_no_age_is_no_band(printed) -> None:
    assert read_band(printed) is None


@pytest.mark.parametrize(
    ("printed", "gender"),
    [
        ("F", "female"),
        ("Girls", "female"),
        ("Number of male victims", "male"),
        ("Non-binary", "other"),
        ("Unknown/Unrecorded", "unknown"),
        ("Gender", None),
    ],
)
def test_a_gender_is_read_from_its_words(printed, gender) -> None:
    assert read_gender(printed) == gender


def test_a_band_lies_within_others_only_where_it_nests() -> None:
    metropolitan = [read_band(text) for text in ("0-5", "6-10", "11-15", "16-17")]
    assert [band.within(0, 11) for band in metropolitan] == [True, True, False, False]
    assert [band.outside(0, 11) for band in metropolitan] == [False, False, False, True]


@pytest.mark.parametrize(
    ("printed", "problems"),
    [
        (["0-5", "6-10", "11-15", "16-17"], []),
        (["12-15", "under 11"], ["age 11 lies in neither 'under 11' nor '12-15'"]),
        (["under 11", "14+"], ["age 11 to 13 lies in neither 'under 11' nor '14+'"]),
        (["0-12", "12-15"], ["'0-12' and '12-15' overlap"]),
        (["Unknown", "12-15"], []),
    ],
)
def test_bands_that_leave_out_an_age_or_overlap_are_found(printed, problems) -> None:
    assert gaps([read_band(text) for text in printed]) == problems
