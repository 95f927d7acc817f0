"""The place's own printed totals, beside the sum of its forces and of its years."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from helpers.simulated_figures import figure, found

from offences.analysis.printed_totals import PrintedTotal, exactly_printed
from offences.reference.bounds import ANYTHING, Bounds
from offences.reference.statuses import Status
from offences.releases.load import Loaded

SPAN = "2017/18..2018/19"
YEARS = "2017/18..2018/19"


def test_the_totals_of_wales_are_its_own_in_order_of_their_periods(run: Callable) -> None:
    totals = run(region="Wales").found.printed_totals
    assert list(zip(totals["period"], totals["value"], totals["status"], strict=True)) == [
        ("2017-04..2017-09", 136, "reported"),
        ("2017-04..2017-10", 136, "reported"),
        ("2017-04..2017-12", 149, "reported"),
        ("2017/18", 274, "partial"),
        ("2017-04..2018-09", 378, "reported"),
        ("2017-04..2020-06", 1000, "approximate"),
        ("2017/18..2022/23", 1753, "partial"),
        ("2020-04..2020-06", 133, "reported"),
        ("2021/22", 326, "reported"),
    ]
    assert set(totals["place"]) == {"Wales"}
    assert "above 1,000" not in set(exactly_printed(totals)["printed"])
    assert len(exactly_printed(totals)) == 8


def test_the_total_of_wales_is_the_one_printed_for_the_six_years(run: Callable) -> None:
    total = run(region="Wales").found.printed_total
    assert (total.value, total.bounds, total.status) == (1753, Bounds(1753), Status.PARTIAL)
    assert total.how == (
        "printed as a total for 2017/18 to 2022/23 (nspcc-2023-08). Lacks Gwent 2020/21 and South "
        "Wales 2022/23, printed as n/a a year later, and holds six months only of Dyfed-Powys "
        "2017/18"
    )


def test_a_rounded_wording_gives_way_to_the_years_added_up(run: Callable) -> None:
    total = run(region="UK").found.printed_total
    assert total.value == 3728 + 5333 + 5954 + 6319 + 6275 + 6350
    assert (total.bounds, total.status) == (Bounds(33959, 33959), Status.REPORTED)
    assert total.how == (
        "sum of the 6 of 6 years printed exactly (nspcc-2024-11). 2021/22: First printed as 6,156 "
        "from 41 forces. Forces that gave figures, as printed: 42 for 2017/18 to 2022/23, 41 for "
        "2021/22, 40 to 42 for 2022/23"
    )


def test_one_year_is_printed_for_the_year_and_disputed_where_it_is(run: Callable) -> None:
    total = run(region="Wales", years="2023/24").found.printed_total
    assert (total.value, total.bounds, total.status) == (554, Bounds(554, 564), Status.DISPUTED)
    assert total.how.startswith("printed for the year (nspcc-2024-11). 2023/24: The printed total")


def test_nothing_printed_is_nothing_known(run: Callable) -> None:
    total = run(region="London").found.printed_total
    assert math.isnan(total.value)
    assert (total.bounds, total.status) == (ANYTHING, Status.MISSING)
    assert total.how == (
        "no page prints an exact figure of its own for 2017/18 to 2022/23 or a year of it"
    )


def test_a_nation_of_one_force_has_the_figures_printed_for_the_force(run: Callable) -> None:
    totals = run(region="Northern Ireland").found.printed_totals
    assert set(totals["place"]) == {"Police Service of Northern Ireland"}
    assert run(region="Northern Ireland").found.printed_total.value == 983


def test_the_newest_of_two_names_counts(loaded: Loaded) -> None:
    """SIMULATED: the nation and its one force are printed with different figures."""
    psni = "Police Service of Northern Ireland"
    totals = found(
        loaded.vocabulary,
        "Northern Ireland",
        YEARS,
        figure(psni, "2017/18", 82, release="sim-2022"),
        figure("Northern Ireland", "2017/18", 85, kind="nation", release="sim-2023"),
    ).printed_totals
    assert list(totals["value"]) == [85]


def _wales(loaded: Loaded, *cells: dict) -> PrintedTotal:
    return found(loaded.vocabulary, "Wales", YEARS, *cells).printed_total


def test_some_of_the_years_printed_are_a_floor(loaded: Loaded) -> None:
    """SIMULATED: one year of two."""
    total = _wales(loaded, figure("Wales", "2018/19", 310, kind="nation"))
    assert total.value == 310
    assert (total.bounds, total.status) == (Bounds(310), Status.PARTIAL)
    assert total.how == "sum of the 1 of 2 years printed exactly (sim-2023)"


@pytest.mark.parametrize(
    ("status", "bounds", "expected", "summed"),
    [
        ("reported", (310, 310), Status.REPORTED, Bounds(584, 584)),
        ("partial", (310,), Status.PARTIAL, Bounds(584)),
        ("disputed", (300, 320), Status.DISPUTED, Bounds(574, 594)),
    ],
)
def test_years_added_up_are_as_good_as_the_worst_of_them(
    loaded: Loaded, status: str, bounds: tuple[float, ...], expected: Status, summed: Bounds
) -> None:
    """SIMULATED: the second year has each exact status; the issue of a year is named."""
    total = _wales(
        loaded,
        figure("Wales", "2017/18", 274, kind="nation", release="sim-2022"),
        figure("Wales", "2018/19", 310, *bounds, kind="nation", status=status, issue_text="Odd."),
    )
    assert (total.value, total.bounds, total.status) == (584, summed, expected)
    assert total.how == (
        "sum of the 2 of 2 years printed exactly (sim-2022, sim-2023). 2018/19: Odd"
    )


def test_a_total_of_the_span_comes_before_its_years(loaded: Loaded) -> None:
    """SIMULATED: the span and both years are printed and do not agree."""
    cells = [figure("Wales", year, 100, kind="nation") for year in ("2017/18", "2018/19")]
    assert _wales(loaded, *cells, figure("Wales", SPAN, 210, kind="nation")).value == 210
    rounded = figure("Wales", SPAN, 200, 201, kind="nation", status="approximate")
    assert _wales(loaded, *cells, rounded).value == 200
    assert _wales(loaded, *cells, rounded).how.startswith("sum of the 2 of 2 years")


def test_how_many_forces_answered_is_said_for_whole_years_only(loaded: Loaded) -> None:
    """SIMULATED: numbers of forces for a year, as bounds, and for some months."""
    answered = {"kind": "nation", "measure": "forces_responding"}
    total = _wales(
        loaded,
        figure("Wales", "2017/18", 274, kind="nation"),
        figure("Wales", "2017/18", 3, **answered),
        figure("Wales", "2018/19", math.nan, 2, 4, status="disputed", **answered),
        figure("Wales", "2017-04..2017-09", 1, **answered),
    )
    assert total.how.endswith(
        "Forces that gave figures, as printed: 3 for 2017/18, 2 to 4 for 2018/19"
    )


def test_printed_totals_stand_beside_the_sum_of_the_forces(run: Callable) -> None:
    table = run(region="Wales").found.beside_sum
    assert list(table["sum_of_forces"]) == [274, 310, 379, 275, 326, 189]
    assert list(table["published_status"]) == [
        "partial", "not printed", "not printed", "not printed", "reported", "not printed",
    ]  # fmt: skip
    printed = table[table["published"].notna()]
    assert printed[["year", "published", "difference"]].values.tolist() == [
        ["2017/18", 274, 0],
        ["2021/22", 326, 0],
    ]
    assert list(table["reported"]) == [4, 4, 4, 3, 4, 3]
    assert list(table["partial"]) == [1, 0, 0, 0, 0, 0]


def test_the_change_of_printed_totals_is_plain_only_when_both_are_whole(run: Callable) -> None:
    uk = run(region="UK").found.change_printed
    assert (uk.change.before, uk.change.after, uk.plain) == (3728, 6350, True)
    wales = run(region="Wales", years="2017/18:2021/22").found.change_printed
    assert (wales.change.before, wales.change.after, wales.plain) == (274, 326, False)
    assert not run(region="Wales").found.change_printed.change.known
    assert not run(region="Wales", years="2021/22").found.change_printed.change.known


def test_a_contradiction_has_its_sign(run: Callable) -> None:
    row = run(region="Wales", years="2023/24").found.beside_sum.iloc[0]
    assert (row["published"], row["sum_of_forces"], row["difference"]) == (554, 564, -10)
    assert (row["reported"], row["expected"], row["release"]) == (4, 4, "nspcc-2024-11")


def test_a_span_stands_beside_the_years_printed_in_it(run: Callable) -> None:
    wales = run(region="Wales").found.spans_beside_years
    assert wales[
        ["period", "printed", "sum_of_years", "years_printed", "years", "difference"]
    ].values.tolist() == [  # noqa: E501
        ["2017/18..2022/23", "1753", 274 + 326, 2, 6, 1753 - 600]
    ]
    ireland = run(region="Northern Ireland").found.spans_beside_years
    assert (ireland["sum_of_years"].item(), ireland["difference"].item()) == (983, 0)
    assert run(region="London").found.spans_beside_years.empty
