"""Readings of a change and of a rank: on printed totals, comparable forces, all figures."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from helpers.simulated_figures import figure, known

from offences.claims.readings.change_readings import change, rank
from offences.claims.readings.reading import Question, Reading
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.releases.load import Loaded

NAN = math.nan
WHOSE = "No page says whether the same forces stand behind both totals."


@pytest.fixture
def read(loaded: Loaded) -> Callable[..., list[Reading]]:
    """Return the readings of the change of a place over two years from SIMULATED figures."""

    def make(region: str, *cells: dict[str, Any], years: str = "2017/18..2018/19") -> list[Reading]:
        place = loaded.vocabulary.places.asked_for(region, "ons")
        question = Question("change", place, Period.parse(years))
        return change(known(loaded.vocabulary, *cells), question)

    return make


def named(readings: list[Reading]) -> dict[str, Reading]:
    """Return readings by name, of which each must be there once."""
    held = {reading.name: reading for reading in readings}
    assert len(held) == len(readings)
    return held


def total(year: str, value: float, *bounds: float, **other: Any) -> dict[str, Any]:
    """Return a SIMULATED total of Wales."""
    return figure("Wales", year, value, *bounds, kind="nation", **other)


def test_the_change_of_the_uk_is_of_its_totals_first(run: Callable) -> None:
    found = run(region="UK").found
    readings = change(found.known, Question("change", found.place, found.years))
    first = readings[0]
    assert first.name == "the printed totals"
    assert first.value == pytest.approx(100 * (6350 / 3728 - 1))
    assert first.how == "the printed totals are 3,728 in 2017/18 and 6,350 in 2022/23: +70%"
    assert first.caveats == (WHOSE,)
    comparable = named(readings)["the forces that reported both years in full"]
    assert comparable.value == pytest.approx(100 * (2258 / 1114 - 1))
    assert not comparable.plain
    assert "12 forces of 46" in comparable.how
    assert (comparable.bounds, len(comparable.rests_on)) == (Bounds(-100), 24)


def test_wales_has_no_total_of_the_last_year(run: Callable) -> None:
    """Every force of Wales is accounted for, so the comparable ones are what is meant."""
    found = run(region="Wales").found
    comparable, added = change(found.known, Question("change", found.place, found.years))
    assert comparable.name == "the forces that reported both years in full"
    assert (round(comparable.value, 3), comparable.plain) == (63.918, True)
    assert comparable.how == (
        "on 2 forces of 4 (Gwent and North Wales) offences went from 97 to 159: +64%"
    )
    assert comparable.caveats == ("The other forces gave no full figure for 2017/18 or 2022/23.",)
    assert {key.place for key in comparable.rests_on} == {"Gwent", "North Wales"}
    assert (added.name, added.plain) == ("all figures of forces added up", False)
    assert added.how == (
        "the forces' figures added up went from 274 to 189: -31%, not the same forces"
    )


def test_one_force_has_no_change_of_several_forces(run: Callable) -> None:
    found = run(region="Northern Ireland").found
    readings = change(found.known, Question("change", found.place, found.years))
    values = {reading.name: round(reading.value, 2) for reading in readings}
    assert values["the printed totals"] == 141.46
    assert "all figures of forces added up" not in values


def test_nothing_published_gives_no_reading(run: Callable) -> None:
    found = run(region="London").found
    assert change(found.known, Question("change", found.place, found.years)) == []


def test_one_year_has_only_what_was_printed_as_a_change(read: Callable) -> None:
    """SIMULATED: a printed change for one year."""
    cell = figure("Wales", "2017/18", 10, kind="nation", measure="offences_change_pct")
    (reading,) = read("Wales", cell, total("2017/18", 5), years="2017/18")
    assert (reading.name, reading.value) == ("the printed figure", 10)


def test_totals_of_all_forces_need_no_caveat(read: Callable) -> None:
    """SIMULATED: all four forces reported both years, and their totals are printed."""
    forces = [
        figure(force, year, value)
        for force in ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
        for year, value in (("2017/18", 10), ("2018/19", 15))
    ]
    held = named(read("Wales", total("2017/18", 40), total("2018/19", 60), *forces))
    assert held["the printed totals"].value == 50
    assert held["the printed totals"].caveats == ()
    comparable = held["the forces that reported both years in full"]
    assert (comparable.value, comparable.bounds, comparable.caveats) == (50, Bounds(50, 50), ())


@pytest.mark.parametrize(
    ("last", "bounds", "caveat"),
    [
        (total("2018/19", 60, 60, status="partial"), Bounds(50), "It does not cover the whole."),
        (
            total("2018/19", 60, 50, 60, status="disputed", printed="50|60"),
            Bounds(25, 50),
            "Pages disagree: 50 and 60.",
        ),
    ],
)
def test_a_doubted_total_only_bounds_the_change(
    read: Callable, last: dict[str, Any], bounds: Bounds, caveat: str
) -> None:
    """SIMULATED: 40, and then a total that is partial or disputed."""
    held = named(read("Wales", total("2017/18", 40), last))
    first = held["the printed totals"]
    assert math.isnan(first.value)
    assert (first.bounds, first.plain) == (bounds, True)
    assert first.how.endswith("but one of the two is not plain, so the true change is not known")
    assert first.caveats == (caveat, WHOSE)
    as_printed = held["the printed totals as they stand"]
    assert (as_printed.value, as_printed.plain) == (50, False)


def test_a_total_of_zero_before_gives_no_change(read: Callable) -> None:
    """SIMULATED: from none to five."""
    assert read("Wales", total("2017/18", 0), total("2018/19", 5)) == []


def test_totals_that_were_revised_are_another_reading(read: Callable) -> None:
    """SIMULATED: the first release prints 40 and 50, the second revises 50 to 60."""
    held = named(
        read(
            "Wales",
            total("2017/18", 40, release="sim-2022"),
            total("2018/19", 50, release="sim-2022"),
            total("2018/19", 60),
        )
    )
    assert held["the printed totals"].value == 50
    then = held["the totals of the release of 2022"]
    assert (then.value, then.plain) == (25, False)


def test_two_releases_that_agree_give_one_change(read: Callable) -> None:
    """SIMULATED: both releases print 40 and 60."""
    cells = [
        total(year, value, release=release)
        for release in ("sim-2022", "sim-2023")
        for year, value in (("2017/18", 40), ("2018/19", 60))
    ]
    assert [reading.name for reading in read("Wales", *cells)] == ["the printed totals"]


def test_comparable_forces_are_not_plain_beside_printed_totals_or_silent_forces(
    read: Callable,
) -> None:
    """SIMULATED: Gwent alone is printed in both years; no page prints the others."""
    gwent = [figure("Gwent", "2017/18", 40), figure("Gwent", "2018/19", 60)]
    held = named(read("Wales", *gwent))
    reading = held["the forces that reported both years in full"]
    assert (reading.value, reading.plain) == (50, False)
    assert "on 1 force of 4 (Gwent)" in reading.how


def test_a_change_of_all_forces_from_none_is_bounded_by_nothing(read: Callable) -> None:
    """SIMULATED: all four forces recorded none, and then one of them five."""
    forces = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
    before = [figure(force, "2017/18", 0) for force in forces]
    after = [figure(force, "2018/19", n) for force, n in zip(forces, (5, 0, 0, 0), strict=True)]
    (reading,) = read("Wales", *before, *after)
    assert math.isnan(reading.value)
    assert reading.bounds == Bounds(-100)


@pytest.fixture
def ranked(loaded: Loaded) -> Callable[..., list[Reading]]:
    """Return the readings of the rank of Wales 2019/20 from SIMULATED totals."""

    def make(*cells: dict[str, Any]) -> list[Reading]:
        place = loaded.vocabulary.places.asked_for("Wales", "ons")
        question = Question("rank", place, Period.parse("2019/20"))
        return rank(known(loaded.vocabulary, *cells), question)

    return make


def test_2022_23_was_the_record_of_the_uk(run: Callable) -> None:
    """3,728, 5,333, 5,954, 6,319, 6,275, 6,350: the last is the most."""
    found = run(region="UK").found
    (reading,) = rank(found.known, Question("rank", found.place, Period.parse("2022/23")))
    assert (reading.value, reading.bounds, reading.caveats) == (1, Bounds(1, 1), ())
    assert reading.how.startswith(
        "among 6 years printed it ranks first (2017/18: 3,728; 2018/19: 5,333;"
    )
    (earlier,) = rank(found.known, Question("rank", found.place, Period.parse("2021/22")))
    assert (earlier.value, earlier.name) == (2, "the printed years")
    assert "ranks number 2 (" in earlier.how


def test_a_tie_shares_the_better_rank(ranked: Callable) -> None:
    """SIMULATED: 300, 310 and 310 again."""
    (reading,) = ranked(total("2017/18", 300), total("2018/19", 310), total("2019/20", 310))
    assert (reading.value, reading.bounds) == (1, Bounds(1, 1))


def test_a_year_that_no_page_prints_could_be_above(ranked: Callable) -> None:
    """SIMULATED: 2018/19 is not printed."""
    (reading,) = ranked(total("2017/18", 300), total("2019/20", 310))
    assert math.isnan(reading.value)
    assert reading.bounds == Bounds(1, 2)
    assert reading.caveats == ("No exact total is printed for 2018/19.",)


def test_a_partial_year_could_be_above(ranked: Callable) -> None:
    """SIMULATED: 2018/19 is at least 305."""
    (reading,) = ranked(
        total("2017/18", 300), total("2018/19", 305, 305, status="partial"), total("2019/20", 310)
    )
    assert math.isnan(reading.value)
    assert reading.bounds == Bounds(1, 2)
    assert reading.caveats == ("It does not cover the whole.",)


def test_years_above_for_certain_push_it_down(ranked: Callable) -> None:
    """SIMULATED: two years above, a later year that does not count."""
    (reading,) = ranked(
        total("2017/18", 400), total("2018/19", 350), total("2019/20", 310), total("2020/21", 1)
    )
    assert (reading.value, reading.bounds) == (3, Bounds(3, 3))


def test_without_the_year_or_another_there_is_no_rank(ranked: Callable) -> None:
    """SIMULATED: one year only, or all but the year."""
    assert ranked(total("2019/20", 310)) == []
    assert ranked(total("2017/18", 300), total("2018/19", 310)) == []
    assert ranked() == []
