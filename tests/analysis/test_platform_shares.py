"""Shares by platform: each with its base, its coverage and its bounds over all offences."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from helpers.simulated_figures import figure, found

from offences.analysis.platform_shares import chosen, with_nations
from offences.reference.periods import Period
from offences.releases.load import Loaded

YEAR = "2017/18"


def wales(loaded: Loaded, *cells: dict[str, Any], years: str = YEAR) -> pd.DataFrame:
    """Return the shares of Wales when the SIMULATED figures are all there is."""
    return found(loaded.vocabulary, "Wales", years, *cells).own_shares


def cell(measure: str, value: float, *bounds: float, **other: Any) -> dict[str, Any]:
    """Return a SIMULATED figure of Wales."""
    period = other.pop("period", YEAR)
    return figure("Wales", period, value, *bounds, kind="nation", measure=measure, **other)


def test_a_printed_count_over_its_printed_base_is_the_share(run: Callable) -> None:
    """England and Wales 2017/18: 618 of 2,117 offences with known means, of 3,217 in all."""
    table = run(region="England and Wales", years=YEAR).found.own_shares
    row = table[(table["subject"] == "Facebook") & (table["release"] == "nspcc-2019-09")].iloc[0]
    assert row["share"] == row["share_lower"] == row["share_upper"] == pytest.approx(29.19225)
    assert (row["count"], row["means_known"], row["offences"]) == (618, 2117, 3217)
    assert row["known_pct"] == pytest.approx(100 * 2117 / 3217)
    assert row["of_all_lower"] == pytest.approx(100 * 618 / 3217)
    assert row["of_all_upper"] == pytest.approx(100 * (618 + 1100) / 3217)
    # The page prints 30 percent, while 618 of 2,117 are 29.
    assert row["printed_pct"] == 30
    assert not row["agrees"]


def test_a_percentage_keeps_its_rounding_and_the_base_of_its_release(run: Callable) -> None:
    """In June 2018 it was 70% of 2,097 of 3,171; the bases of September 2019 are others."""
    table = run(region="England and Wales", years=YEAR).found.own_shares
    rows = table[(table["subject"] == "Facebook+Instagram+Snapchat") & (table["period"] == YEAR)]
    row = rows.iloc[0]
    assert (len(rows), row["kind"], row["parent"]) == (1, "group", "")
    assert (row["share"], row["share_lower"], row["share_upper"]) == (70, 69.5, 70.5)
    assert (row["means_known"], row["offences"]) == (2097, 3171)
    assert row["of_all_lower"] == pytest.approx(69.5 * 2097 / 3171)
    assert row["of_all_upper"] == pytest.approx((70.5 * 2097 + 100 * 1074) / 3171)


def test_without_a_base_nothing_follows_for_all_offences(run: Callable) -> None:
    table = run(region="UK").found.own_shares
    row = table[table["subject"] == "WhatsApp"].iloc[0]
    assert (row["share"], row["share_lower"], row["share_upper"]) == (6, 5.5, 6.5)
    assert row[["means_known", "offences", "known_pct", "count"]].isna().all()
    assert (row["of_all_lower"], row["of_all_upper"]) == (0, 100)


def test_a_disputed_share_has_bounds_and_no_number(run: Callable) -> None:
    table = run(region="UK").found.own_shares
    row = table[(table["subject"] == "Meta") & (table["period"] == "2021/22")].iloc[0]
    assert math.isnan(row["share"])
    assert (row["share_lower"], row["share_upper"], row["status"]) == (37.5, 70.5, "disputed")
    assert row["printed"] == "70 / 38"


def test_a_count_without_a_base_is_no_share(loaded: Loaded) -> None:
    """SIMULATED: 30 offences on Snapchat of 120 in all, known means not printed."""
    row = wales(loaded, cell("platform_count", 30, subject="Snapchat"), cell("offences", 120)).iloc[
        0
    ]
    assert row[["share", "share_lower", "share_upper", "means_known"]].isna().all()
    assert (row["count"], row["offences"], row["parent"]) == (30, 120, "Snap Inc.")
    assert (row["of_all_lower"], row["of_all_upper"]) == (25, 100)
    assert row["printed"] == "30"


@pytest.mark.parametrize("status", ["partial", "disputed"])
def test_a_doubted_total_is_no_base(loaded: Loaded, status: str) -> None:
    """SIMULATED: the number of offences is in doubt, so that no share of all is known."""
    row = wales(
        loaded,
        cell("platform_count", 30, subject="Snapchat"),
        cell("means_known", 60),
        cell("offences", 120, 120, status=status),
    ).iloc[0]
    assert (row["share"], row["means_known"]) == (50, 60)
    assert math.isnan(row["offences"])
    assert (row["of_all_lower"], row["of_all_upper"]) == (0, 100)


def test_each_release_rests_on_its_own_base_and_else_on_the_settled_one(loaded: Loaded) -> None:
    """SIMULATED: the base was revised from 50 to 60; the first release prints a count only."""
    table = wales(
        loaded,
        cell("platform_count", 30, subject="Snapchat", release="sim-2021"),
        cell("platform_count", 30, subject="Snapchat", release="sim-2022"),
        cell("means_known", 50, release="sim-2022"),
        cell("means_known", 60, release="sim-2023"),
    )
    assert list(table["release"]) == ["sim-2021", "sim-2022"]
    assert list(table["means_known"]) == [60, 50]
    assert list(table["share"]) == [50, 60]


def test_a_percentage_that_is_not_that_of_its_count_does_not_agree(loaded: Loaded) -> None:
    """SIMULATED: 30 of 60 are 50%, and the page prints 51% for one and 50% for the other."""
    table = wales(
        loaded,
        cell("platform_count", 30, subject="Snapchat"),
        cell("platform_pct", 51, 50.5, 51.5, subject="Snapchat", printed="51%|51"),
        cell("platform_count", 30, subject="Instagram"),
        cell("platform_pct", 50, 49.5, 50.5, subject="Instagram"),
        cell("means_known", 60),
    ).set_index("subject")
    assert table["agrees"].to_dict() == {"Instagram": True, "Snapchat": False}
    assert table["share"].to_dict() == {"Instagram": 50, "Snapchat": 50}
    assert table.loc["Snapchat", "printed"] == "51%"


def test_a_base_of_none_gives_no_share(loaded: Loaded) -> None:
    """SIMULATED: a force without any offence prints zeros, which are no base of a share."""
    row = wales(
        loaded,
        cell("platform_count", 0, subject="Snapchat"),
        cell("means_known", 0),
        cell("offences", 0),
    ).iloc[0]
    assert math.isnan(row["share"])
    assert math.isnan(row["known_pct"])


def parents(loaded: Loaded, *cells: dict[str, Any]) -> pd.DataFrame:
    """Return the parents' shares of Wales for SIMULATED figures, by parent."""
    return found(loaded.vocabulary, "Wales", YEAR, *cells).parents.set_index("parent")


def test_a_parent_not_printed_lies_between_its_largest_platform_and_their_sum(
    run: Callable,
) -> None:
    """England and Wales 2017/18: 618, 418 and 89 of 2,117 on Facebook, Instagram, WhatsApp."""
    table = run(region="England and Wales", years=YEAR).found.parents
    row = table[(table["parent"] == "Meta") & (table["release"] == "nspcc-2019-09")].iloc[0]
    assert math.isnan(row["value"])
    assert row["lower"] == pytest.approx(100 * 618 / 2117)
    assert row["upper"] == pytest.approx(100 * (618 + 418 + 89) / 2117)
    assert row["members"] == "Facebook|Instagram|WhatsApp"
    assert row["of_all_lower"] == pytest.approx(100 * 618 / 3217)
    assert row["of_all_upper"] == pytest.approx(100 * (1125 + 1100) / 3217)
    assert row["agrees"]


def test_a_parent_printed_keeps_its_own_number(run: Callable) -> None:
    table = run(region="UK").found.parents
    row = table[(table["parent"] == "Meta") & (table["period"] == "2017/18..2022/23")].iloc[0]
    assert (row["value"], row["lower"], row["upper"]) == (47, 46.5, 47.5)
    assert row["members"] == "Facebook and Messenger|Instagram|WhatsApp"
    assert row["agrees"]


@pytest.mark.parametrize(("printed", "agrees"), [(20, False), (26, True), (41, True), (43, False)])
def test_a_parent_agrees_when_its_platforms_can_give_it(
    loaded: Loaded, printed: float, agrees: bool
) -> None:
    """SIMULATED: 26% on Instagram and 15% on Facebook, each rounded: 25.5 to 42 together."""
    table = parents(
        loaded,
        cell("platform_pct", 26, 25.5, 26.5, subject="Instagram"),
        cell("platform_pct", 15, 14.5, 15.5, subject="Facebook"),
        cell("platform_pct", printed, printed - 0.5, printed + 0.5, subject="Meta"),
    )
    assert table.loc["Meta", "value"] == printed
    assert bool(table.loc["Meta", "agrees"]) is agrees


def test_a_group_across_parents_belongs_to_none_and_stands_beside_its_members(
    loaded: Loaded,
) -> None:
    """SIMULATED: Meta+Snapchat has no one parent; it adds to neither of theirs."""
    cells = [
        cell("platform_pct", 26, 25.5, 26.5, subject="Instagram"),
        cell("platform_pct", 26, 25.5, 26.5, subject="Snapchat"),
        cell("platform_pct", 73, 72.5, 73.5, subject="Meta+Snapchat"),
    ]
    assert wales(loaded, *cells).set_index("subject")["parent"].to_dict() == {
        "Instagram": "Meta",
        "Meta+Snapchat": "",
        "Snapchat": "Snap Inc.",
    }
    table = parents(loaded, *cells)
    assert table["members"].to_dict() == {"Meta": "Instagram", "Snap Inc.": "Snapchat"}
    assert table.loc["Meta", "upper"] == 26.5


def test_platforms_of_a_parent_never_add_to_more_than_all(loaded: Loaded) -> None:
    """SIMULATED: 60% on Instagram and 70% on Facebook overlap."""
    table = parents(
        loaded,
        cell("platform_pct", 60, 59.5, 60.5, subject="Instagram"),
        cell("platform_pct", 70, 69.5, 70.5, subject="Facebook"),
    )
    assert (table.loc["Meta", "lower"], table.loc["Meta", "upper"]) == (69.5, 100)


def test_a_count_without_a_base_tells_nothing_of_a_parent(loaded: Loaded) -> None:
    """SIMULATED: no share is known, so there is no row."""
    assert parents(loaded, cell("platform_count", 30, subject="Instagram")).empty


def test_known_means_are_those_of_the_nations_around_the_place(run: Callable) -> None:
    table = run(region="Wales").found.means_known
    assert table[["place", "period", "means_known", "offences"]].values.tolist() == [
        ["England and Wales", "2017-04..2017-12", 956, 1628],
        ["England and Wales", "2017/18", 2097, 3171],
        ["England and Wales", "2018-04..2018-09", 1317, 1944],
        ["England and Wales", "2017/18", 2117, 3217],
        ["England and Wales", "2018/19", 2700, 4373],
        ["England and Wales", "2017-04..2019-10", 5784, 10119],
        ["UK", "2023/24", 1824, 7062],
    ]
    assert table["pct"].iloc[-1] == pytest.approx(25.8284, abs=1e-4)
    assert list(run(region="Northern Ireland").found.means_known["place"]) == ["UK"]


def test_known_means_without_all_offences_have_no_percentage(loaded: Loaded) -> None:
    """SIMULATED: the base is printed and the whole is not; a rounded base is none."""
    table = found(
        loaded.vocabulary,
        "Wales",
        YEAR,
        cell("means_known", 60),
        cell("means_known", 90, 91, period="2018/19", status="approximate"),
    ).means_known
    assert list(table["means_known"]) == [60]
    assert table[["offences", "pct"]].isna().all(axis=None)


def test_the_nations_around_a_place_hold_all_its_forces(loaded: Loaded) -> None:
    places = loaded.vocabulary.places
    names = {
        region: [name for _, name in with_nations(places, places.asked_for(region, "ons"))]
        for region in ("Gwent", "London", "Scotland", "UK")
    }
    assert names["Gwent"] == ["Gwent", "UK", "England and Wales", "Wales"]
    assert set(names["London"]) == {"London", "UK", "England and Wales", "England"}
    assert set(names["Scotland"]) == {"Police Scotland", "Scotland", "UK"}
    assert names["UK"] == ["UK"]


def test_different_platforms_named_are_the_places_own(run: Callable) -> None:
    table = run(region="UK").found.platforms_named
    assert table[["period", "value", "release"]].values.tolist() == [
        ["2017/18..2022/23", 150, "nspcc-2023-08"],
        ["2021/22", 70, "nspcc-2022-07"],
    ]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (["2017/18", "2017/18..2018/19", "2018/19"], "2017/18..2018/19"),
        (["2017/18", "2018/19"], "2018/19"),
        (["2018-10..2019-03", "2018/19", "2017/18"], "2018/19"),
        (["2018-10..2019-03", "2017/18"], "2018-10..2019-03"),
    ],
)
def test_a_headline_quotes_the_years_asked_else_the_last_else_the_longer(
    periods: list[str], expected: str
) -> None:
    """SIMULATED: one name in several periods."""
    table = pd.DataFrame({"name": "a", "period": periods, "released": "2023-01-31"})
    held = chosen(table, Period.parse("2017/18..2018/19"), "name")
    assert list(held["period"]) == [expected]
    assert list(held.columns) == ["name", "period", "released"]


def test_a_headline_quotes_the_newest_release_and_each_name_once() -> None:
    """SIMULATED: two releases of one period, two names."""
    table = pd.DataFrame(
        {
            "name": ["b", "a", "a"],
            "period": YEAR,
            "released": ["2021-01-31", "2023-01-31", "2022-01-31"],
        }
    )
    held = chosen(table, Period.parse(YEAR), "name")
    assert held[["name", "released"]].values.tolist() == [["a", "2023-01-31"], ["b", "2021-01-31"]]
    assert chosen(table[:0], Period.parse(YEAR), "name").empty
