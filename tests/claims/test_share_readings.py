"""Readings of shares: of those known, of all, counted, or added up from the platforms printed."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from helpers.simulated_figures import figure, known

from offences.claims.readings.reading import Question, Reading
from offences.claims.readings.share_readings import nearest_counted, platform_share, victim_share
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.releases.load import Loaded

NAN = math.nan
YEAR = "2017/18"
KNOWN = "of offences with known means, "
VICTIMS = "of victims where known, "
OVERLAP = (
    "It adds up only if no offence named two of them, and each percentage is rounded; at the least "
    "it is the largest of them."
)


def cell(measure: str, value: float, *bounds: float, **other: Any) -> dict[str, Any]:
    """Return a SIMULATED figure of Wales."""
    return figure("Wales", YEAR, value, *bounds, kind="nation", measure=measure, **other)


def percent(subject: str, value: float, **other: Any) -> dict[str, Any]:
    """Return a SIMULATED share of a platform in Wales, rounded to a whole number."""
    return cell("platform_pct", value, value - 0.5, value + 0.5, subject=subject, **other)


@pytest.fixture
def platforms(loaded: Loaded) -> Callable[..., dict[str, Reading]]:
    """Return the readings of a platform's share in Wales from SIMULATED figures, by name."""
    wales = loaded.vocabulary.places.asked_for("Wales", "ons")

    def make(subject: str, basis: str, *cells: dict[str, Any], release: str = "") -> dict:
        question = Question("platform share", wales, Period.parse(YEAR), subject, basis, release)
        found = platform_share(known(loaded.vocabulary, *cells), question)
        return {reading.name: reading for reading in found}

    return make


@pytest.fixture
def victims(loaded: Loaded) -> Callable[..., list[Reading]]:
    """Return the readings of a share of victims in Wales from SIMULATED figures."""
    wales = loaded.vocabulary.places.asked_for("Wales", "ons")

    def make(subject: str, basis: str, *cells: dict[str, Any]) -> list[Reading]:
        question = Question("victim share", wales, Period.parse(YEAR), subject, basis)
        return victim_share(known(loaded.vocabulary, *cells), question)

    return make


def test_snapchat_in_england_and_wales_is_counted_and_bounded_over_all(run: Callable) -> None:
    """England and Wales 2017/18: 425 of 2,117 known, of 3,217 in all."""
    found = run(region="England and Wales", years=YEAR).found
    question = Question("platform share", found.place, found.years, "Snapchat", "known")
    readings = {reading.name: reading for reading in platform_share(found.known, question)}
    counted = readings[f"{KNOWN}counted"]
    assert counted.value == pytest.approx(100 * 425 / 2117)
    assert counted.how == "425 of 2,117 offences with known means are 20.1%"
    assert [key.measure for key in counted.rests_on] == ["platform_count", "means_known"]
    of_all = readings["of all offences"]
    assert not of_all.plain
    assert of_all.how == (
        "the means is known for 2,117 of 3,217 offences, so of all it is 13% to 47%"
    )
    assert of_all.bounds.lower == pytest.approx(100 * 425 / 3217)
    assert of_all.bounds.upper == pytest.approx(100 * (425 + 1100) / 3217)
    assert math.isnan(of_all.value)


def test_a_share_of_known_means_is_plain_only_where_it_was_asked_for(platforms: Callable) -> None:
    """SIMULATED: 30 of 60 known, of 120 in all."""
    cells = [
        cell("platform_count", 30, subject="Snapchat"),
        cell("means_known", 60),
        cell("offences", 120),
    ]
    of_known = platforms("Snapchat", "known", *cells)
    assert {name: reading.plain for name, reading in of_known.items()} == {
        f"{KNOWN}counted": True,
        "of all offences": False,
    }
    assert of_known[f"{KNOWN}counted"].value == 50
    assert of_known["of all offences"].bounds == Bounds(25, 75)
    of_all = platforms("Snapchat", "all", *cells)
    assert {name: reading.plain for name, reading in of_all.items()} == {
        "of all offences": True,
        f"{KNOWN}counted": False,
    }


def test_without_its_base_a_share_is_the_printed_one(platforms: Callable) -> None:
    """SIMULATED: 48% as printed by the release that makes the claim."""
    held = platforms("Snapchat", "known", percent("Snapchat", 48), release="sim-2023")
    own = held[f"{KNOWN}the release's own figure"]
    assert (own.value, own.bounds, own.own) == (48, Bounds(47.5, 48.5), True)
    assert held["of all offences"].bounds == Bounds(0, 100)
    assert held["of all offences"].how == "how many of all offences had known means is not printed"
    of_all = platforms("Snapchat", "all", percent("Snapchat", 48), release="sim-2023")
    assert not of_all[f"{KNOWN}the release's own figure"].own


def test_when_all_means_are_known_the_share_of_all_is_a_number(platforms: Callable) -> None:
    """SIMULATED: 30 of 60 known, of 60 in all."""
    held = platforms(
        "Snapchat",
        "all",
        cell("platform_count", 30, subject="Snapchat"),
        cell("means_known", 60),
        cell("offences", 60),
    )
    assert held["of all offences"].value == 50
    assert held["of all offences"].exact


def test_a_parent_is_the_sum_of_its_platforms_at_most(run: Callable) -> None:
    """The UK in six years: 15, 26 and 6 percent for Facebook and Messenger, Instagram, WhatsApp."""
    found = run(region="UK").found
    question = Question("platform share", found.place, found.years, "Meta", "known")
    readings = {reading.name: reading for reading in platform_share(found.known, question)}
    added = readings[f"{KNOWN}added up"]
    assert (added.value, added.rounding, added.bounds) == (47, 1.5, Bounds(25.5, 100))
    assert added.how == ("Facebook and Messenger 15%, Instagram 26% and WhatsApp 6% add up to 47%")
    assert added.caveats == (OVERLAP, "Other platforms of Meta are not printed.")


def test_a_group_of_named_platforms_has_no_others(platforms: Callable) -> None:
    """SIMULATED: Instagram 26%, Snapchat 20%, and a group of both that is printed too."""
    held = platforms(
        "Instagram+Snapchat",
        "known",
        percent("Instagram", 26),
        percent("Snapchat", 20),
        percent("Instagram+Snapchat", 45),
    )
    assert held[f"{KNOWN}the printed figure"].value == 45
    added = held[f"{KNOWN}added up"]
    assert (added.value, added.bounds, added.caveats) == (46, Bounds(25.5, 47), (OVERLAP,))


def test_a_parent_printed_stands_for_its_platforms_in_a_group(platforms: Callable) -> None:
    """SIMULATED: Meta 47% and Snapchat 26%, with Instagram of Meta beside."""
    held = platforms(
        "Meta+Snapchat", "known", percent("Meta", 47), percent("Snapchat", 26),
        percent("Instagram", 26),
    )  # fmt: skip
    assert held[f"{KNOWN}added up"].value == 73
    assert held[f"{KNOWN}added up"].how == "Meta 47% and Snapchat 26% add up to 73%"


def test_a_parent_not_printed_is_replaced_by_its_platforms(platforms: Callable) -> None:
    """SIMULATED: Instagram 26%, Facebook 15% and Snapchat 26% for Meta and Snapchat."""
    held = platforms(
        "Meta+Snapchat", "known", percent("Instagram", 26), percent("Facebook", 15),
        percent("Snapchat", 26),
    )  # fmt: skip
    assert held[f"{KNOWN}added up"].value == 67


@pytest.mark.parametrize(
    ("subject", "names"),
    [
        ("Snapchat", ["Snapchat", "Instagram"]),
        ("Meta", ["Instagram"]),
        ("Snapchat+Meta", ["Instagram", "Facebook"]),
        pytest.param(
            "Meta+Snapchat",
            ["Instagram", "Facebook"],
        ),
    ],
)
def test_too_little_is_never_added_up(platforms: Callable, subject: str, names: list[str]) -> None:
    """SIMULATED: a platform alone, a parent with one platform, a group with a part missing."""
    held = platforms(subject, "known", *(percent(name, 20) for name in names))
    assert f"{KNOWN}added up" not in held


def test_parts_of_two_releases_are_not_added_up(platforms: Callable) -> None:
    """SIMULATED: each release prints one part."""
    held = platforms(
        "Instagram+Snapchat",
        "known",
        percent("Instagram", 26, release="sim-2022"),
        percent("Snapchat", 20),
    )
    assert held == {}


def test_a_rounded_part_leaves_bounds_only(platforms: Callable) -> None:
    """SIMULATED: more than 30% on Instagram, 20% on Snapchat."""
    worded = cell("platform_pct", 30, 30, 100, subject="Instagram", status="approximate")
    held = platforms("Instagram+Snapchat", "known", worded, percent("Snapchat", 20))
    added = held[f"{KNOWN}added up"]
    assert math.isnan(added.value)
    assert added.bounds == Bounds(30, 100)
    assert added.how == "Instagram 30% and Snapchat 20% add up to 30% to 100%"


def test_girls_in_four_years_are_counted_of_those_known(run: Callable) -> None:
    """10,722 of 12,944 victims of known gender in England and Wales."""
    found = run(region="England and Wales", years="2017/18:2020/21").found
    question = Question("victim share", found.place, found.years, "girls", "known")
    counted, *_ = victim_share(found.known, question)
    assert counted.name == f"{VICTIMS}counted"
    assert counted.value == pytest.approx(82.834, abs=1e-3)
    assert counted.how == "10,722 of 12,944 are 82.8%"
    assert [key.measure for key in counted.rests_on] == ["victims_female", "gender_known"]


def test_without_a_base_the_nearest_counted_share_stands_beside(run: Callable) -> None:
    found = run(region="UK").found
    question = Question("victim share", found.place, found.years, "girls", "known", "nspcc-2023-08")
    own, beside = victim_share(found.known, question)
    assert (own.value, own.own) == (83, True)
    assert (beside.name, beside.beside, beside.plain) == (
        "the nearest that is counted",
        True,
        False,
    )
    assert beside.how == ("for England and Wales, 2017/18 to 2020/21, 10,722 of 12,944 are 82.8%")
    longer = Question("victim share", found.place, Period.parse("2018/19..2022/23"), "girls")
    assert nearest_counted(found.known, longer) == []


def test_victims_are_at_least_their_count_of_all_offences(victims: Callable) -> None:
    """SIMULATED: 25 victims under 12 of 100 offences, 40 of known age."""
    cells = [
        cell("victims_under_12", 25),
        cell("age_known", 40),
        cell("offences", 100),
    ]
    of_all, counted = victims("under 12", "all", *cells)
    assert (of_all.name, of_all.plain, of_all.bounds) == ("of all offences", True, Bounds(25, 100))
    assert math.isnan(of_all.value)
    assert of_all.how == "25 of 100 offences are 25%"
    assert (counted.value, counted.plain) == (62.5, False)


def test_a_base_of_none_gives_no_share(victims: Callable) -> None:
    """SIMULATED: no victim and no offence; 0 of 0 is no share of anything."""
    cells = [cell("victims_under_12", 0), cell("age_known", 0), cell("offences", 0)]
    assert victims("under 12", "all", *cells) == []
    assert victims("under 12", "known", *cells) == []


def test_a_printed_share_says_how_large_its_base_must_be(victims: Callable) -> None:
    """SIMULATED: 25% and 5,500 victims: their base is about 22,000."""
    share = cell("pct_under_12", 25, 24.5, 25.5)
    (reading,) = victims("under 12", "known", share, cell("victims_under_12", 5500))
    assert reading.how == (
        "25% was printed (the release of 2023); the base would be about 22,000 and is not printed"
    )
    (alone,) = victims("under 12", "known", share)
    assert alone.how == "25% was printed (the release of 2023)"


def test_a_doubted_count_bounds_the_share(victims: Callable) -> None:
    """SIMULATED: at least 30 girls of 40, and more than 30 of a rounded base."""
    girls = cell("victims_female", 30, 30, status="partial")
    (reading,) = victims("girls", "known", girls, cell("gender_known", 40))
    assert math.isnan(reading.value)
    assert reading.bounds == Bounds(75, 100)
    rounded = cell("gender_known", 40, 41, status="approximate")
    assert victims("girls", "known", girls, rounded) == []


def test_a_group_whose_base_no_page_prints_is_not_counted(victims: Callable) -> None:
    """SIMULATED: girls of 12 to 15, for whom no base exists."""
    assert victims("girls 12 to 15", "known", cell("victims_female_12_15", 30)) == []
    assert victims("under 13", "known", cell("victims_under_13", 30)) == []
