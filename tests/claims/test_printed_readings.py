"""Readings of one figure as printed: a claim's own release is no evidence, a later one decides."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from helpers.simulated_figures import figure, known

from offences.claims.readings.printed_readings import OWN, as_printed, printed
from offences.claims.readings.reading import FigureKey, Question, Reading
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.releases.load import Loaded

NAN = math.nan
YEAR = Period.parse("2017/18")


def total(value: float, *bounds: float, **other: Any) -> dict[str, Any]:
    """Return a SIMULATED total of Wales."""
    return figure("Wales", "2017/18", value, *bounds, kind="nation", **other)


@pytest.fixture
def read(loaded: Loaded) -> Callable[..., list[Reading]]:
    """Return the readings of the offences of Wales from SIMULATED figures, for a release."""
    wales = loaded.vocabulary.places.asked_for("Wales", "ons")

    def make(release: str, *cells: dict[str, Any]) -> list[Reading]:
        question = Question("offences", wales, YEAR, release=release)
        return printed(known(loaded.vocabulary, *cells), question, "offences")

    return make


def key(release: str) -> tuple[FigureKey, ...]:
    """Return the key of the total of Wales in a release."""
    return (FigureKey("nation", "Wales", "2017/18", "offences", "", release),)


def test_a_figure_that_nobody_claims_is_the_printed_one(read: Callable) -> None:
    """SIMULATED: one release, no claim."""
    assert read("", total(274)) == [
        Reading(
            "the printed figure",
            274,
            Bounds(274, 274),
            "274 was printed (the release of 2023)",
            (),
            key("sim-2023"),
        )
    ]


def test_the_only_release_is_no_evidence_for_its_own_claim(read: Callable) -> None:
    """SIMULATED: the claim is made by the release that prints the figure."""
    (reading,) = read("sim-2023", total(274))
    assert reading.own
    assert reading.name == "the release's own figure"
    assert (reading.value, reading.bounds) == (274, Bounds(274, 274))
    assert reading.how == "the release prints 274"
    assert reading.caveats == (OWN,)
    assert reading.rests_on == key("sim-2023")


def test_an_earlier_release_that_agrees_confirms_it(read: Callable) -> None:
    """SIMULATED: two releases print 274; the later one claims it."""
    cells = [total(274, release="sim-2022"), total(274)]
    (reading,) = read("sim-2023", *cells)
    assert (reading.name, reading.own, reading.plain) == ("another release", False, True)
    assert reading.how == "it was also printed as 274 (the release of 2022)"
    assert reading.rests_on == key("sim-2022")


def test_a_later_release_that_agrees_confirms_it(read: Callable) -> None:
    """SIMULATED: two releases print 274; the earlier one claims it."""
    (reading,) = read("sim-2022", total(274, release="sim-2022"), total(274))
    assert (reading.name, reading.own) == ("the printed figure", False)
    assert reading.rests_on == key("sim-2023")


def test_a_revised_figure_decides_and_the_claims_own_is_another_reading(read: Callable) -> None:
    """SIMULATED: 196 became 195; the release that said 196 claims it."""
    now, then = read("sim-2022", total(196, release="sim-2022"), total(195))
    assert (now.value, now.plain, now.own) == (195, True, False)
    assert (then.value, then.plain, then.own) == (196, False, False)
    assert then.name == "as released then, the release of 2022"
    assert then.how == ("196 was printed (the release of 2022), which other releases do not repeat")
    assert then.rests_on == key("sim-2022")


def test_an_older_figure_that_differs_decides_nothing_about_the_newest(read: Callable) -> None:
    """SIMULATED: 196 became 195, and the newest release claims 195."""
    own, then = read("sim-2023", total(196, release="sim-2022"), total(195))
    assert (own.value, own.own) == (195, True)
    assert (then.value, then.plain) == (196, False)


def test_each_number_is_a_reading_once(read: Callable) -> None:
    """SIMULATED: 190 in two releases, 195 in the newest."""
    cells = [total(190, release="sim-2021"), total(190, release="sim-2022"), total(195)]
    assert [reading.value for reading in read("", *cells)] == [195, 190]


def test_a_rounded_wording_gives_bounds_and_its_words(read: Callable) -> None:
    """SIMULATED: over 300, printed once without its word."""
    cell = total(300, 301, status="approximate", printed="over 300|300")
    (reading,) = read("sim-2023", cell)
    assert math.isnan(reading.value)
    assert reading.bounds == Bounds(301)
    assert reading.how == "the release prints over 300"
    assert reading.caveats == (OWN, "Only a rounded wording was printed.")


def test_a_rounded_wording_of_another_release_is_no_figure(read: Callable) -> None:
    """SIMULATED: an earlier release says over 300; the later one claims 310."""
    worded = total(300, 301, status="approximate", printed="over 300", release="sim-2022")
    (reading,) = read("sim-2023", worded, total(310))
    assert (reading.value, reading.own) == (310, True)


def test_pages_that_disagree_give_both_numbers(read: Callable) -> None:
    """SIMULATED: 64 and 175 in one release."""
    (reading,) = read("", total(NAN, 64, 175, status="disputed", printed="64|175"))
    assert math.isnan(reading.value)
    assert reading.bounds == Bounds(64, 175)
    assert reading.how == "64 and 175 was printed (the release of 2023)"
    assert reading.caveats == ("Pages disagree: 64 and 175.",)


def test_a_partial_figure_is_a_number_with_an_open_end(read: Callable) -> None:
    """SIMULATED: at least 274."""
    (reading,) = read("", total(274, 274, status="partial"))
    assert (reading.value, reading.bounds) == (274, Bounds(274))
    assert reading.caveats == ("It does not cover the whole.",)


@pytest.mark.parametrize("status", ["missing", "suppressed", "refused", "not_held"])
def test_a_cell_without_a_figure_gives_no_reading(read: Callable, status: str) -> None:
    """SIMULATED: a cell of each status that has no figure."""
    assert read("", total(NAN, 0, status=status)) == []


def test_a_figure_of_another_place_or_period_gives_no_reading(read: Callable) -> None:
    """SIMULATED: England, and a longer period of Wales."""
    england = figure("England", "2017/18", 1, kind="nation")
    span = figure("Wales", "2017/18..2018/19", 2, kind="nation")
    assert read("", england, span) == []
    assert read("") == []


def test_a_measure_with_a_subject_is_read_for_that_subject(loaded: Loaded) -> None:
    """SIMULATED: shares of two platforms, and a measure that the subject chooses."""
    wales = loaded.vocabulary.places.asked_for("Wales", "ons")
    cells = known(
        loaded.vocabulary,
        total(48, 47.5, 48.5, measure="platform_pct", subject="Snapchat"),
        total(26, 25.5, 26.5, measure="platform_pct", subject="Instagram"),
        total(40, measure="victims_female"),
    )
    snapchat = Question("platform share", wales, YEAR, "Snapchat")
    (reading,) = as_printed("platform_pct", subject=True)(cells, snapchat)
    assert (reading.value, reading.bounds) == (48, Bounds(47.5, 48.5))
    assert reading.how == "48% was printed (the release of 2023)"
    assert as_printed("platform_pct")(cells, snapchat) == []
    girls = Question("victims", wales, YEAR, "girls")
    chosen = as_printed(lambda question: {"girls": "victims_female"}[question.subject])
    assert [reading.value for reading in chosen(cells, girls)] == [40]
