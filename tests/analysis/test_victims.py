"""Victims as printed, each figure with what it is of."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from helpers.simulated_figures import figure, found

from offences.analysis.victims import VICTIMS_COLUMNS
from offences.releases.load import Loaded


def test_a_count_has_its_base_and_its_share(run: Callable) -> None:
    """Dorset, July 2020 to March 2021: 44 girls of 52 victims of known gender, 62 offences."""
    table = run(region="Dorset").found.victims.set_index("measure")
    girls = table.loc["victims_female"]
    assert (girls["value"], girls["base"], girls["base_count"]) == (44, "gender_known", 52)
    assert girls["pct_of_base"] == pytest.approx(84.6154, abs=1e-4)
    assert (girls["offences"], girls["period"]) == (62, "2020-07..2021-03")
    assert table.loc["victims_male", "pct_of_base"] == pytest.approx(15.3846, abs=1e-4)


def test_a_share_is_not_divided_again(run: Callable) -> None:
    """83% of 12,944 victims of known gender in England and Wales, four years."""
    table = run(region="England and Wales", years="2017/18:2020/21").found.victims
    own = table[(table["place"] == "England and Wales") & (table["period"] == "2017/18..2020/21")]
    rows = own.set_index("measure")
    assert (rows.loc["pct_girls", "value"], rows.loc["pct_girls", "base_count"]) == (83, 12944)
    assert math.isnan(rows.loc["pct_girls", "pct_of_base"])
    assert rows.loc["victims_female", "pct_of_base"] == pytest.approx(100 * 10722 / 12944)


def test_a_base_that_no_page_prints_is_not_known(run: Callable) -> None:
    table = run(region="Wales").found.victims
    assert table[["measure", "value", "base"]].values.tolist() == [
        ["victims_12_15", 91, "age_known"],
        ["victims_under_12", 56, "age_known"],
    ]
    assert table[["base_count", "pct_of_base"]].isna().all(axis=None)
    # The printed total of Wales holds six months only of one force: it is no number of offences.
    assert table["offences"].isna().all()


def test_pages_that_disagree_give_bounds(run: Callable) -> None:
    table = run(region="West Mercia").found.victims.set_index("measure")
    row = table.loc["victims_12_15"]
    assert math.isnan(row["value"])
    assert (row["lower"], row["upper"], row["status"]) == (38, 48, "disputed")


def test_where_nothing_was_published_the_columns_are_there(run: Callable) -> None:
    table = run(region="London").found.victims
    assert table.empty
    assert list(table.columns) == VICTIMS_COLUMNS


def test_only_figures_about_victims_are_victims_and_only_exact_bases_count(loaded: Loaded) -> None:
    """SIMULATED: 40 girls and a base that is partial; offences are no victims."""
    table = found(
        loaded.vocabulary,
        "Wales",
        "2017/18",
        figure("Gwent", "2017/18", 40, measure="victims_female"),
        figure("Gwent", "2017/18", 50, 50, measure="gender_known", status="partial"),
        figure("Gwent", "2017/18", 90),
        figure("Kent", "2017/18", 30, measure="victims_female"),
        figure("Gwent", "2018/19", 30, measure="victims_female"),
    ).victims
    assert list(table["measure"]) == ["victims_female"]
    row = table.iloc[0]
    assert (row["place"], row["value"], row["offences"]) == ("Gwent", 40, 90)
    assert math.isnan(row["base_count"])
