"""Findings: each number is computed once, about the place and its years, whatever was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
from helpers.simulated_figures import figure, found

from offences.releases.load import Loaded

PROPERTIES = [
    "force_years", "by_year", "ends", "change_by_force", "ranks", "revised", "vintages_by_force",
    "issues", "queries", "printed_totals", "forces_responding", "beside_sum", "spans_beside_years",
    "victims", "shares", "own_shares", "parents", "platforms_named", "means_known",
]  # fmt: skip


def test_the_first_and_the_last_year_are_as_tables_write_them(run: Callable) -> None:
    six, one = run().found, run(years="2023/24").found
    assert (six.first_year, six.last_year) == ("2017/18", "2022/23")
    assert (one.first_year, one.last_year) == ("2023/24", "2023/24")


def test_the_ends_are_the_force_years_of_both_years(run: Callable) -> None:
    ends = run().found.ends
    assert list(ends["year"]) == ["2017/18", "2022/23"] * 4
    assert list(ends["value"].fillna(-1)) == [19, 30, 44, 58, 53, 101, 158, -1]
    assert list(run(years="2023/24").found.ends["value"]) == [67, 67, 97, 333]


def test_a_number_is_computed_once_and_the_same_object_is_given_again(run: Callable) -> None:
    made = run().found
    for name in PROPERTIES:
        assert getattr(made, name) is getattr(made, name), name
    assert made.total is made.total
    assert replace(made).force_years is not made.force_years


def test_every_finding_is_there_when_nothing_was_ever_published(loaded: Loaded) -> None:
    """SIMULATED: no figure of any place is known."""
    nothing = found(loaded.vocabulary, "Wales", "2017/18..2018/19")
    assert len(nothing.force_years) == 8
    assert set(nothing.force_years["status"]) == {"missing"}
    assert (nothing.total.reported, nothing.total.expected) == (0, 8)
    assert nothing.total.bounds.is_open
    assert nothing.total.bounds.lower == 0
    rows = {name: len(getattr(nothing, name)) for name in PROPERTIES}
    filled = {name: n for name, n in rows.items() if n}
    assert filled == {
        "force_years": 8,
        "by_year": 2,
        "ends": 8,
        "change_by_force": 4,
        "queries": 8,
        "beside_sum": 2,
    }


def test_revised_figures_are_those_that_differ_and_agreeing_ones_are_not(loaded: Loaded) -> None:
    """SIMULATED: Gwent was revised, South Wales printed twice alike, Kent is elsewhere."""
    table = found(
        loaded.vocabulary,
        "Wales",
        "2017/18",
        figure("Gwent", "2017/18", 40, release="sim-2021"),
        figure("Gwent", "2017/18", 44, release="sim-2022"),
        figure("South Wales", "2017/18", 158, release="sim-2021"),
        figure("South Wales", "2017/18", 158, release="sim-2022"),
        figure("Kent", "2017/18", 1, release="sim-2021"),
        figure("Kent", "2017/18", 2, release="sim-2022"),
    )
    assert table.revised[["place", "release", "value"]].values.tolist() == [
        ["Gwent", "sim-2021", 40],
        ["Gwent", "sim-2022", 44],
    ]
    assert len(table.vintages_by_force) == 4
    assert list(table.force_years["value"].dropna()) == [44, 158]


def test_the_rank_of_a_force_needs_every_force_in_full(run: Callable) -> None:
    ranks = run().found.ranks
    assert sorted(set(ranks["year"])) == ["2018/19", "2019/20", "2021/22"]
    held = ranks[ranks["year"] == "2019/20"].set_index("force")
    assert held["rank"].to_dict() == {
        "Dyfed-Powys": 4,
        "Gwent": 1,
        "North Wales": 2,
        "South Wales": 3,
    }
    assert set(held["of"]) == {379}
    assert run(region="Northern Ireland").found.ranks.empty


def test_known_issues_are_those_of_the_place_and_its_forces(run: Callable) -> None:
    issues = run().found.issues
    assert set(issues["place"]) == {"Wales", "Dyfed-Powys"}
    assert "2023/24" in set(issues["period"]), "issues are of whatever years"
    assert run(region="London").found.issues.empty


def test_rows_about_the_place_leave_out_its_forces(run: Callable) -> None:
    made = run(region="England and Wales", years="2017/18:2020/21").found
    assert set(made.own_shares["place"]) == {"England and Wales"}
    assert len(made.shares) > len(made.own_shares)
    held = made.about_place(made.victims)
    assert list(held.index) == list(range(len(held)))
    assert isinstance(held, pd.DataFrame)
    assert set(held["place"]) == {"England and Wales"}
