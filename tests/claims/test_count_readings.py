"""Readings of a count of offences: printed, the years added up, the forces added up."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from helpers.simulated_figures import figure, known

from offences.claims.readings.count_readings import offences, span
from offences.claims.readings.reading import Question, Reading
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.releases.load import Loaded

NAN = math.nan
YEARS = ("2017/18", "2018/19")
FORCES = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")


@pytest.fixture
def read(loaded: Loaded) -> Callable[..., dict[str, Reading]]:
    """Return the readings of a place and years by name, from SIMULATED figures."""

    def make(region: str, years: str, *cells: dict[str, Any]) -> dict[str, Reading]:
        place = loaded.vocabulary.places.asked_for(region, "ons")
        question = Question("offences", place, Period.parse(years))
        found = offences(known(loaded.vocabulary, *cells), question)
        return {reading.name: reading for reading in found}

    return make


def real(run: Callable, region: str, years: str, release: str = "") -> list[Reading]:
    """Return the readings of the real figures."""
    found = run(region=region, years=years).found
    return offences(found.known, Question("offences", found.place, found.years, release=release))


def four(*values: float, year: str = "2017/18") -> list[dict[str, Any]]:
    """Return SIMULATED figures of the four forces of Wales; NaN is missing."""
    missing = {"status": "missing", "printed": "n/a", "note": "published as n/a"}
    return [
        figure(force, year, value, 0, **missing)
        if math.isnan(value)
        else figure(force, year, value)
        for force, value in zip(FORCES, values, strict=True)
    ]


def test_the_six_years_of_wales_are_what_its_forces_add_to(run: Callable) -> None:
    added, own = real(run, "Wales", "2017/18:2022/23", "nspcc-2023-08")
    assert (added.name, added.value, added.bounds) == ("the forces added up", 1753, Bounds(1753))
    assert added.how == (
        "the forces' figures add up to at least 1,753 offences; 22 of 24 force-years reported, 1 "
        "of them in part"
    )
    assert added.caveats == (
        "Partial: Dyfed-Powys 2017/18. Printed as not available or left blank: Gwent 2020/21 and "
        "South Wales 2022/23.",
    )
    assert len(added.rests_on) == 24
    assert (own.name, own.own) == ("the release's own figure", True)


def test_the_years_of_the_uk_add_to_33959_and_its_forces_are_a_floor(run: Callable) -> None:
    years, worded_or_forces, *_ = real(run, "UK", "2017/18:2022/23", "nspcc-2023-08")
    assert (years.name, years.value, years.bounds) == (
        "the years added up", 33959, Bounds(33959, 33959),
    )  # fmt: skip
    assert [key.period for key in years.rests_on] == [
        "2017/18", "2018/19", "2019/20", "2020/21", "2021/22", "2022/23",
    ]  # fmt: skip
    assert (worded_or_forces.name, worded_or_forces.bounds) == (
        "the forces added up", Bounds(14138),
    )  # fmt: skip
    assert math.isnan(worded_or_forces.value)


def test_one_force_in_one_year_is_the_printed_figure_only(run: Callable) -> None:
    assert [r.name for r in real(run, "Gwent", "2017/18")] == ["the printed figure"]
    assert [r.value for r in real(run, "Gwent", "2017/18")] == [44]


def test_nothing_published_gives_no_reading(run: Callable) -> None:
    assert real(run, "London", "2017/18:2022/23") == []


def test_forces_all_reported_are_an_exact_sum(read: Callable) -> None:
    """SIMULATED: the four forces of Wales in one year."""
    reading = read("Wales", "2017/18", *four(1, 2, 3, 4))["the forces added up"]
    assert (reading.value, reading.bounds, reading.caveats) == (10, Bounds(10, 10), ())
    assert reading.how == "the forces' figures add up to 10 offences; 4 of 4 force-years reported"


def test_a_force_printed_as_missing_leaves_a_number_with_a_caveat(read: Callable) -> None:
    """SIMULATED: every force is accounted for, one of them as n/a."""
    reading = read("Wales", "2017/18", *four(1, 2, 3, NAN))["the forces added up"]
    assert (reading.value, reading.bounds) == (6, Bounds(6))
    assert reading.caveats == ("Printed as not available or left blank: South Wales 2017/18.",)


def test_a_force_on_no_page_leaves_a_floor_only(read: Callable) -> None:
    """SIMULATED: three of four forces are printed."""
    reading = read("Wales", "2017/18", *four(1, 2, 3, 4)[:3])["the forces added up"]
    assert math.isnan(reading.value)
    assert (reading.bounds, reading.caveats) == (Bounds(6), ())
    assert reading.how == (
        "the forces printed so far add up to at least 6 offences; 3 of 4 force-years reported"
    )
    assert len(reading.rests_on) == 3


def test_a_disputed_force_leaves_bounds_only(read: Callable) -> None:
    """SIMULATED: pages print 3 to 8 for one force."""
    disputed = figure("South Wales", "2017/18", 8, 3, 8, status="disputed")
    reading = read("Wales", "2017/18", *four(1, 2, 3, 4)[:3], disputed)["the forces added up"]
    assert math.isnan(reading.value)
    assert reading.bounds == Bounds(9, 14)
    assert reading.caveats == ("Disputed: South Wales 2017/18.",)


def test_a_single_force_over_years_is_added_up_both_ways(read: Callable) -> None:
    """SIMULATED: Gwent in two years."""
    cells = [figure("Gwent", year, value) for year, value in zip(YEARS, (44, 26), strict=True)]
    found = read("Gwent", "2017/18..2018/19", *cells)
    assert {name: reading.value for name, reading in found.items()} == {
        "the years added up": 70,
        "the forces added up": 70,
    }


def test_years_add_up_only_when_every_one_is_printed_exactly(read: Callable) -> None:
    """SIMULATED: a year missing, a year rounded, a year disputed."""

    def two(**last: Any) -> dict[str, Reading]:
        value, bounds = last.pop("value", 310), last.pop("bounds", ())
        first = figure("Wales", "2017/18", 274, kind="nation")
        second = figure("Wales", "2018/19", value, *bounds, kind="nation", **last)
        return read("Wales", "2017/18..2018/19", first, second)

    exact = two()["the years added up"]
    assert (exact.value, exact.bounds) == (584, Bounds(584, 584))
    assert exact.how == "the 2 yearly totals printed add up to 584"
    partial = two(status="partial", bounds=(310,))["the years added up"]
    assert (partial.value, partial.bounds) == (584, Bounds(584))
    assert partial.caveats == ("It does not cover the whole.",)
    assert two(status="approximate", bounds=(311,)) == {}
    assert two(value=NAN, status="disputed", bounds=(300, 310)) == {}


def test_months_are_not_added_up(read: Callable) -> None:
    """SIMULATED: a printed figure of six months."""
    cell = figure("Wales", "2017-04..2017-09", 136, kind="nation")
    assert list(read("Wales", "2017-04..2017-09", cell, *four(1, 2, 3, 4))) == [
        "the printed figure"
    ]


def test_six_years_can_be_called_five(loaded: Loaded) -> None:
    wales = loaded.vocabulary.places.asked_for("Wales", "ons")
    none = known(loaded.vocabulary)
    counted, difference = span(none, Question("years", wales, Period.parse("2017/18..2022/23")))
    assert (counted.value, counted.plain, counted.exact) == (6, True, True)
    assert (difference.value, difference.plain, difference.exact) == (5, False, True)
    assert counted.how == "2017/18 to 2022/23 are 6 years"
    assert difference.how == "from 2017/18 to 2022/23 it is 5 years"
