"""The numbers people quote: each with bounds, base, status and a note, or not known."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from helpers.projects import Run
from helpers.simulated_figures import figure, found

from offences.analysis.headline import HEADLINE_COLUMNS, HeadlineNumber, Quoted, headline
from offences.reference.bounds import Bounds
from offences.reference.statuses import Status
from offences.releases.load import Loaded

NAN = math.nan


@pytest.fixture
def simulated(run: Callable, loaded: Loaded) -> Callable[..., pd.DataFrame]:
    """Return the headline of Wales, by name, when SIMULATED figures are all that is known."""

    def make(*cells: dict[str, Any], years: str = "2017/18..2018/19") -> pd.DataFrame:
        request = replace(run().request)
        made = found(loaded.vocabulary, "Wales", years, *cells)
        return headline(request, made).set_index("name")

    return make


def both_years(force: str, before: float, after: float) -> list[dict[str, Any]]:
    """Return SIMULATED figures of a force in two years."""
    return [figure(force, "2017/18", before), figure(force, "2018/19", after)]


def numbers(row: pd.Series) -> list[float | None]:
    """Return value, bounds, numerator and denominator, None where one is not known."""
    held = row[["value", "lower", "upper", "numerator", "denominator"]]
    return [None if math.isnan(number) else number for number in held]


def test_the_headline_of_wales_is_complete_and_in_order(run: Callable) -> None:
    table = run().headline
    assert list(table.columns) == HEADLINE_COLUMNS
    assert list(table["name"]) == [
        "offences_reported",
        "force_years_reported",
        "force_years_expected",
        "force_years_partial",
        "offences_published",
        "change_as_added_pct",
        "change_comparable_pct",
        "forces_comparable",
        "change_comparable_interval_pct",
        "means_known_pct",
        "platforms_named",
        "platform_share_pct:Facebook+Instagram+Snapchat",
        "platform_share_pct:Instagram",
        "platform_share_pct:Snapchat",
        "parent_share_pct:Meta",
        "parent_share_pct:Snap Inc.",
    ]


@pytest.mark.parametrize(
    ("name", "expected", "unit", "status"),
    [
        (Quoted.OFFENCES_REPORTED, [1753, 1753, None, None, None], "count", "partial"),
        (Quoted.FORCE_YEARS_REPORTED, [22, 22, 22, 22, 24], "force-years", "reported"),
        (Quoted.FORCE_YEARS_EXPECTED, [24, 24, 24, None, None], "force-years", "reported"),
        (Quoted.FORCE_YEARS_PARTIAL, [1, 1, 1, 1, 24], "force-years", "reported"),
        (Quoted.OFFENCES_PUBLISHED, [1753, 1753, None, None, None], "count", "partial"),
        (Quoted.FORCES_COMPARABLE, [2, 2, 2, 2, 4], "forces", "reported"),
        (Quoted.MEANS_KNOWN, [None, 0, 100, None, None], "percent", "missing"),
        (Quoted.PLATFORMS_NAMED, [23, 23, 23, None, None], "platforms", "reported"),
        ("platform_share_pct:Snapchat", [15, 0, 100, None, None], "percent", "reported"),
        ("platform_share_pct:Instagram", [25, 0, 100, None, None], "percent", "approximate"),
        ("parent_share_pct:Meta", [29, 0, 100, None, None], "percent", "reported"),
        ("parent_share_pct:Snap Inc.", [None, 0, 100, None, None], "percent", "approximate"),
    ],
)
def test_the_numbers_of_wales(
    run: Callable, name: str, expected: list[float | None], unit: str, status: str
) -> None:
    row = run().row(name)
    assert numbers(row) == expected
    assert (row["unit"], row["status"]) == (unit, status)


def test_the_changes_of_wales_are_bounded_by_what_is_missing(run: Callable) -> None:
    added = run().row(Quoted.CHANGE_AS_ADDED)
    assert added["value"] == pytest.approx(100 * (189 - 274) / 274)
    # 2017/18 holds part of a year, so it is open above, and so is 2022/23.
    assert (added["lower"], added["status"]) == (-100, "partial")
    assert math.isnan(added["upper"])
    assert added["note"] == (
        "2022/23 against 2017/18, all figures as printed: 4 of 4 force-years reported in 2017/18, "
        "3 of 4 in 2022/23"
    )
    interval = run().row(Quoted.CHANGE_COMPARABLE_INTERVAL)
    assert interval["lower"] == pytest.approx(26.546, abs=0.001)
    assert interval["upper"] == pytest.approx(113.244, abs=0.001)
    assert (interval["numerator"], interval["denominator"]) == (159, 97)


def test_the_notes_say_what_a_number_rests_on(run: Callable) -> None:
    wales = run()
    assert wales.row(Quoted.OFFENCES_REPORTED)["note"] == (
        "sum of the forces: at least 1,753 offences; 22 of 24 force-years reported, 1 of them in "
        "part. Partial: Dyfed-Powys 2017/18. Printed as not available or left blank: Gwent 2020/21 "
        "and South Wales 2022/23."
    )
    assert wales.row(Quoted.FORCE_YEARS_EXPECTED)["note"] == "4 forces in 6 financial years"
    assert wales.row("parent_share_pct:Meta")["note"] == (
        "April 2020 to June 2020, 28.5% to 29.5% of offences with known means, their number not "
        "printed, lower and upper are of all 133 offences (nspcc-2020-11); platforms printed: "
        "Instagram"
    )
    assert wales.row("platform_share_pct:Facebook+Instagram+Snapchat")["note"] == (
        "2017/18, 120 offences; how many had known means is not printed, all offences of that "
        "period not printed (nspcc-2018-08)"
    )


def test_years_that_were_not_over_are_said(run: Callable) -> None:
    note = run(as_of="2018-07-01").row(Quoted.FORCE_YEARS_EXPECTED)["note"]
    assert note == "4 forces in 6 financial years; 5 of these years were not over by then"


def test_where_nothing_was_published_nothing_is_quoted(run: Callable) -> None:
    london = run(region="London").headline.set_index("name")
    assert list(london["status"]) == [
        "missing", "reported", "reported", "reported", "missing", "missing", "missing", "missing",
    ]  # fmt: skip
    assert numbers(london.loc["offences_reported"]) == [None, 0, None, None, None]
    assert numbers(london.loc["offences_published"]) == [None, 0, None, None, None]
    assert numbers(london.loc["change_comparable_pct"]) == [None, -100, None, None, None]
    assert london.loc["change_as_added_pct", "note"] == (
        "2022/23 against 2017/18: a year without figures"
    )
    assert london.loc["change_comparable_pct", "note"] == (
        "2022/23 against 2017/18: no force reported both years in full"
    )


def test_one_year_has_no_change_to_quote(run: Callable) -> None:
    year = run(years="2023/24")
    assert numbers(year.row(Quoted.OFFENCES_REPORTED)) == [564, 564, 564, None, None]
    assert year.row(Quoted.OFFENCES_REPORTED)["status"] == "reported"
    assert numbers(year.row(Quoted.OFFENCES_PUBLISHED)) == [554, 554, 564, None, None]
    assert year.row(Quoted.OFFENCES_PUBLISHED)["status"] == "disputed"
    for name in (Quoted.CHANGE_AS_ADDED, Quoted.CHANGE_COMPARABLE):
        assert numbers(year.row(name)) == [None, -100, None, None, None]
        assert year.row(name)["note"] == "2023/24: one year only"
    assert Quoted.FORCES_COMPARABLE not in set(year.headline["name"])


def test_a_region_of_one_force_is_exact(run: Callable) -> None:
    ireland = run(region="Northern Ireland")
    assert numbers(ireland.row(Quoted.OFFENCES_REPORTED)) == [983, 983, 983, None, None]
    change = ireland.row(Quoted.CHANGE_AS_ADDED)
    assert change["value"] == change["lower"] == change["upper"] == pytest.approx(141.463, abs=1e-3)
    assert change["status"] == "reported"
    published = ireland.row(Quoted.CHANGE_PUBLISHED)
    assert published["value"] == change["value"]
    assert (published["numerator"], published["denominator"]) == (198, 82)
    assert ireland.row(Quoted.FORCE_YEARS_EXPECTED)["note"] == "1 force in 6 financial years"


def test_the_victims_of_the_uk_are_shares_without_a_base(run: Callable) -> None:
    uk = run(region="UK")
    assert numbers(uk.row(Quoted.GIRLS)) == [83, 82.5, 83.5, None, None]
    assert numbers(uk.row(Quoted.UNDER_12)) == [25, 24.5, 25.5, None, None]
    assert uk.row(Quoted.GIRLS)["note"] == (
        "2017/18 to 2022/23, where known; the base is not printed (nspcc-2023-08)"
    )


def test_the_victims_of_england_and_wales_have_their_base(run: Callable) -> None:
    row = run(region="England and Wales", years="2017/18:2020/21").row(Quoted.GIRLS)
    assert numbers(row) == [83, 82.5, 83.5, None, 12944]
    assert row["note"] == "2017/18 to 2020/21, of 12,944 where known (nspcc-2021-10)"


def test_known_means_are_quoted_with_both_counts(run: Callable) -> None:
    row = run(region="UK", years="2023/24").row(Quoted.MEANS_KNOWN)
    assert row["value"] == row["lower"] == row["upper"] == pytest.approx(25.8284, abs=1e-4)
    assert (row["numerator"], row["denominator"]) == (1824, 7062)
    assert row["note"] == "2023/24 (nspcc-2024-11)"


def test_a_share_is_quoted_of_known_means_and_bounded_over_all(run: Callable) -> None:
    """England and Wales 2017/18: Facebook in 618 of 2,117 known, of 3,217 offences in all."""
    made = run(region="England and Wales", years="2017/18")
    row = made.row("platform_share_pct:Facebook")
    assert row["value"] == pytest.approx(100 * 618 / 2117)
    assert row["lower"] == pytest.approx(100 * 618 / 3217)
    assert row["upper"] == pytest.approx(100 * 1718 / 3217)
    assert (row["numerator"], row["denominator"]) == (618, 2117)
    assert made.row("parent_share_pct:Meta")["note"] == (
        "2017/18, 29.2% to 53.1% of 2,117 offences with known means, lower and upper are of all "
        "3,217 offences (nspcc-2019-09); platforms printed: Facebook, Instagram and WhatsApp"
    )


def test_known_means_without_the_whole_are_bounded_only(
    simulated: Callable[..., pd.DataFrame],
) -> None:
    """SIMULATED: 60 offences with known means, all offences not printed."""
    row = simulated(figure("Wales", "2018/19", 60, kind="nation", measure="means_known")).loc[
        "means_known_pct"
    ]
    assert numbers(row) == [None, 0, 100, 60, None]
    assert row["note"] == "2018/19 (sim-2023); all offences of that period are not printed"


@pytest.mark.parametrize(
    ("status", "bounds", "lower", "upper", "expected"),
    [
        ("reported", (20, 20), 100, 100, "reported"),
        ("partial", (20,), -100, None, "partial"),
    ],
)
def test_the_change_between_printed_totals_is_exact_only_where_both_are(
    simulated: Callable[..., pd.DataFrame],
    status: str,
    bounds: tuple[float, ...],
    lower: float,
    upper: float | None,
    expected: str,
) -> None:
    """SIMULATED: printed totals of 10 and 20."""
    row = simulated(
        figure("Wales", "2017/18", 10, kind="nation"),
        figure("Wales", "2018/19", 20, *bounds, kind="nation", status=status),
    ).loc["change_published_pct"]
    assert numbers(row) == [100, lower, upper, 20, 10]
    assert row["status"] == expected


def test_a_total_printed_in_a_rounded_wording_makes_no_change(
    simulated: Callable[..., pd.DataFrame],
) -> None:
    """SIMULATED: the last year is printed as over 20."""
    table = simulated(
        figure("Wales", "2017/18", 10, kind="nation"),
        figure("Wales", "2018/19", 20, 21, kind="nation", status="approximate"),
    )
    assert "change_published_pct" not in table.index


def test_a_change_with_an_open_interval_is_written_without_an_end(
    simulated: Callable[..., pd.DataFrame],
) -> None:
    """SIMULATED: Gwent recorded none and then five; its ratio has no upper end."""
    table = simulated(*both_years("Gwent", 0, 5), *both_years("North Wales", 10, 10))
    assert numbers(table.loc["change_comparable_pct"]) == [50, 50, 50, 15, 10]
    alone = simulated(*both_years("Gwent", 0, 5)).loc["change_comparable_interval_pct"]
    assert math.isnan(alone["upper"])
    assert alone["lower"] == pytest.approx(-8.364, abs=0.01)


def test_a_change_from_none_is_not_reported(simulated: Callable[..., pd.DataFrame]) -> None:
    """SIMULATED: the one comparable force recorded none in the first year."""
    row = simulated(*both_years("Gwent", 0, 5)).loc["change_comparable_pct"]
    assert math.isnan(row["value"])
    assert row["status"] == "missing"


def test_a_year_of_zeros_is_not_a_year_without_figures(
    simulated: Callable[..., pd.DataFrame],
) -> None:
    """SIMULATED: the only figure of the first year is a zero."""
    row = simulated(*both_years("Gwent", 0, 5)).loc["change_as_added_pct"]
    assert math.isnan(row["value"])
    assert "a year without figures" not in row["note"]


def test_a_number_writes_its_bounds_as_columns() -> None:
    exact = HeadlineNumber.exact("a", 5.0, "count", "n", 1.0, 2.0).row()
    assert {name: exact[name] for name in HEADLINE_COLUMNS} == {
        "name": "a",
        "value": 5.0,
        "lower": 5.0,
        "upper": 5.0,
        "numerator": 1.0,
        "denominator": 2.0,
        "unit": "count",
        "status": Status.REPORTED,
        "note": "n",
    }
    unknown = HeadlineNumber.unknown("a", Bounds(-100.0), "n")
    assert (unknown.unit, unknown.status, unknown.row()["lower"]) == ("percent", "missing", -100)
    assert math.isnan(unknown.row()["upper"])
    assert math.isnan(unknown.value)


def test_a_run_quotes_its_own_findings(run: Callable) -> None:
    made: Run = run(region="Gwent")
    assert numbers(made.row(Quoted.OFFENCES_REPORTED)) == [298, 298, None, None, None]
