"""Revisions, disagreements, and wordings that an exact figure contradicts."""

from __future__ import annotations

import pandas as pd
import pytest

from offences.reference.bounds import Bounds
from offences.reference.statuses import Status
from offences.releases.clean import Cleaned
from offences.releases.revisions import disagreements, revisions, wordings_contradicted
from offences.releases.schemas import CELL


def test_a_figure_that_a_later_release_changed_is_listed_oldest_first(cleaned: Cleaned) -> None:
    table = revisions(cleaned.vintages)
    ours = table[(table["place"] == "Lancashire") & (table["period"] == "2017/18")]
    ours = ours[ours["measure"] == "offences"]
    assert list(zip(ours["release"], ours["value"], strict=True)) == [
        ("nspcc-2019-03", 175),
        ("nspcc-2019-09", 64),
    ]


def test_a_figure_that_no_release_changed_is_not_listed(cleaned: Cleaned) -> None:
    table = revisions(cleaned.vintages)
    ours = (table["place"] == "Dyfed-Powys") & (table["period"] == "2017/18")
    assert not ours.any()


def test_pages_of_one_release_that_differ_are_listed_one_by_one(cleaned: Cleaned) -> None:
    table = disagreements(cleaned.observations)
    ours = table[(table["place"] == "UK") & (table["measure"] == "offences_change_pct")]
    ours = ours[ours["period"] == "2017/18..2023/24"]
    assert set(ours["release"]) == {"nspcc-2024-11"}
    assert set(ours["value"]) == {86, 89}


def _vintage(release: str, value: float, bounds: Bounds, status: Status) -> dict[str, object]:
    cell = dict(zip(CELL, ("force", "Gwent", "2017/18", "offences", ""), strict=True))
    return {
        **cell,
        "release": release,
        "value": value,
        **bounds.columns(),
        "status": status,
        "printed": "",
    }


@pytest.mark.parametrize(
    ("wording", "exact", "contradicted"),
    [
        (Bounds(0, 1999), 1753, False),
        (Bounds(0, 1999), 2000, True),
        (Bounds(2001), 1753, True),
        (Bounds(2001), 2500, False),
    ],
)
def test_a_wording_that_leaves_out_the_exact_figure_is_listed_with_it(
    wording: Bounds, exact: float, contradicted: bool
) -> None:
    table = wordings_contradicted(
        pd.DataFrame(
            [
                _vintage("older", 2000, wording, Status.APPROXIMATE),
                _vintage("newer", exact, Bounds.exactly(exact), Status.REPORTED),
            ]
        )
    )
    listed = [("older", exact, "newer")] if contradicted else []
    columns = ["wording_release", "exact", "exact_release"]
    assert list(table[columns].itertuples(index=False, name=None)) == listed


def test_no_release_so_far_contradicts_its_wording(cleaned: Cleaned) -> None:
    assert wordings_contradicted(cleaned.vintages).empty
