"""What one printed figure says about a sum of forces and months."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from helpers.printed_figures import figure

from offences.evidence.constraints import Constraint, constraints_of, inside, told_apart
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.reference.statuses import Status
from offences.releases.clean import Cleaned


@pytest.fixture(scope="module")
def printed(known: Cleaned) -> dict[tuple[str, str], Constraint]:
    return {(one.place, str(one.period)): one for one in constraints_of(known)}


@pytest.mark.parametrize(
    ("place", "period", "says"),
    [
        ("Cleveland", "2017/18..2022/23", Bounds(749, 749)),  # exact, from both sides
        ("Dyfed-Powys", "2017/18", Bounds(19)),  # six months only, a known issue
        ("Greater Manchester", "2017/18..2022/23", Bounds(2001)),  # over two thousand
        ("Lancashire", "2017/18", Bounds(64, 175)),  # disputed
        ("West Midlands Police", "2021/22", Bounds(141, 141)),  # the force, not the region
        ("West Midlands", "2017/18..2022/23", Bounds(1654)),  # of those that answered
        ("Wales", "2023/24", Bounds(554)),  # disputed, 554 or 564, of several forces
        ("UK", "2023/24", Bounds(7062)),  # 45 of 46 forces answered
        ("England and Wales", "2018/19", Bounds(4373)),  # 43 answered, also "at least 4,373"
    ],
)
def test_a_figure_bounds_by_its_status_and_by_who_answered(printed, place, period, says) -> None:
    assert printed[place, period].says == printed[place, period].holds == says


@pytest.mark.parametrize(
    ("place", "period"),
    [
        ("South Wales", "2022/23"),  # n/a
        ("UK", "2017/18..2022/23"),  # almost, and over, 34,000
        ("East of England", "2017/18..2022/23"),  # nearly 3,400, of those that answered
    ],
)
def test_a_figure_that_bounds_nothing_is_no_constraint(printed, place, period) -> None:
    assert (place, period) not in printed


def test_the_newest_release_comes_first(printed) -> None:
    days = [one.released for one in printed.values()]
    assert days == sorted(days, reverse=True)


def test_a_total_is_exact_where_pages_say_that_every_force_answered(known: Cleaned) -> None:
    def says(answered: float, lacking: bool) -> Bounds:
        settled = known.settled
        row = settled[(settled["measure"] == "forces_responding") & (settled["place"] == "UK")]
        row = row.iloc[[0]].assign(
            place_kind="nation", place="Wales", period="2021/22", status="reported",
            value=answered, lower=answered, upper=answered,
        )  # fmt: skip
        rows = [row, row.assign(measure="forces_missing", lower=1.0, upper=1.0)][: 1 + lacking]
        more = pd.concat([settled, *rows], ignore_index=True)
        found = constraints_of(replace(known, settled=more))
        return next(o.says for o in found if (o.place, str(o.period)) == ("Wales", "2021/22"))

    assert says(4, lacking=False) == Bounds(326, 326)
    assert says(3, lacking=False) == Bounds(326)
    assert says(4, lacking=True) == Bounds(326)


def test_figures_about_other_forces_too_are_not_inside() -> None:
    figures = [figure("a", "2017/18", 1), figure("ab", "2017/18", 3), figure("c", "2017/18", 2)]
    assert inside(figures, ["a", "c"]) == (figures[0], figures[2])


def test_stretches_lie_between_all_beginnings_and_ends() -> None:
    periods = map(Period.parse, ["2017-04..2018-09", "2017/18", "2019/20"])
    assert [str(months) for months in told_apart(periods)] == [
        "2017/18",
        "2018-04..2018-09",
        "2018-10..2019-03",
        "2019/20",
    ]
    assert told_apart([]) == []


def test_numbers_printed_are_those_without_a_word_beside_them() -> None:
    one = replace(figure("a", "2017/18", 7062), printed="7,062|more than 7,000|7062|n/a")
    assert one.numbers_printed == (7062, 7062)
    assert [cell.status for cell in one.texts.values()] == [
        Status.REPORTED,
        Status.APPROXIMATE,
        Status.REPORTED,
        Status.MISSING,
    ]
