"""Which rows of a table are about a place and its years."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from offences.analysis.scope import among, keys_of, offences_of, within
from offences.reference.periods import Period
from offences.releases.load import Loaded


def rows(*cells: tuple[str, str, str]) -> pd.DataFrame:
    """Return a SIMULATED table of (kind, place, period)."""
    return pd.DataFrame(cells, columns=["place_kind", "place", "period"])


TABLE = rows(
    ("nation", "Wales", "2017/18"),
    ("force", "Gwent", "2017/18"),
    ("force", "Kent", "2017/18"),
    ("nation", "Wales", "2016/17"),
    ("force", "Gwent", "2022/23..2023/24"),
    ("nation", "Wales", "2017/18..2022/23"),
    ("nation", "Wales", "2022-04..2023-03"),
    ("nation", "Wales", "2023-03..2023-04"),
)


def test_a_scope_keeps_the_places_own_rows_inside_its_years(run: Callable) -> None:
    found = run(region="Wales").found
    assert list(found.own(TABLE).index) == [0, 5, 6]
    assert list(found.with_forces(TABLE).index) == [0, 1, 5, 6]


def test_an_empty_table_stays_empty(run: Callable) -> None:
    found = run(region="Wales").found
    assert found.own(TABLE[:0]).empty
    assert found.with_forces(TABLE[:0]).empty


def test_the_keys_of_a_place_are_its_names_and_its_forces(loaded: Loaded) -> None:
    places = loaded.vocabulary.places
    assert keys_of(places.asked_for("Wales", "ons")) == [
        ("nation", "Wales"),
        ("force", "Dyfed-Powys"),
        ("force", "Gwent"),
        ("force", "North Wales"),
        ("force", "South Wales"),
    ]
    psni = "Police Service of Northern Ireland"
    for name in ("Northern Ireland", psni):
        keys = keys_of(places.asked_for(name, "ons"))
        assert sorted(keys) == [("force", psni), ("nation", "Northern Ireland")]


def test_a_name_without_its_kind_is_not_enough() -> None:
    """SIMULATED: the West Midlands are a region, and a force of that name is another place."""
    table = rows(("ons region", "West Midlands", "2017/18"), ("force", "West Midlands", "2017/18"))
    assert list(among(table, [("force", "West Midlands")])) == [False, True]
    assert list(among(table, [])) == [False, False]


@pytest.mark.parametrize(
    ("period", "inside"),
    [
        ("2017/18", True),
        ("2018/19", True),
        ("2017/18..2018/19", True),
        ("2017-04..2017-04", True),
        ("2019-03..2019-03", True),
        ("2017-03..2017-04", False),
        ("2019-03..2019-04", False),
        ("2016/17", False),
        ("2017/18..2019/20", False),
    ],
)
def test_a_period_is_inside_when_all_its_months_are(period: str, inside: bool) -> None:
    table = rows(("nation", "Wales", period))
    assert within(table, Period.parse("2017/18..2018/19")).tolist() == [inside]


def test_offences_are_counts_of_offences_only() -> None:
    table = pd.DataFrame(
        {"measure": ["offences_online", "offences", "means_known"]}, index=[7, 8, 9]
    )
    held = offences_of(table)
    assert list(held["measure"]) == ["offences"]
    assert list(held.index) == [0]
