"""Statuses and kinds of place are words that equal what stands in the tables."""

from __future__ import annotations

import pandas as pd
import pytest

from offences.reference.places import Places
from offences.reference.statuses import EXACT, WITH_FIGURE, PlaceKind, Status
from offences.releases.load import Loaded


@pytest.mark.parametrize("member", [*Status, *PlaceKind])
def test_a_member_is_its_word(member: Status | PlaceKind) -> None:
    assert member == str(member)
    assert pd.DataFrame({"a": [member]}).to_csv(index=False) == f"a\n{member}\n"


def test_a_partial_or_disputed_figure_was_printed_exactly_and_a_rounded_one_was_not() -> None:
    assert set(EXACT) == {"reported", "partial", "disputed"}
    assert set(WITH_FIGURE) - set(EXACT) == {"approximate"}


def test_every_printed_number_has_a_status_with_a_figure(loaded: Loaded) -> None:
    table = loaded.observations
    assert table.loc[table["value"].notna(), "status"].isin(WITH_FIGURE).all()
    assert not table.loc[table["value"].isna(), "status"].isin(WITH_FIGURE).any()


def test_every_kind_of_place_has_places(loaded: Loaded) -> None:
    places: Places = loaded.vocabulary.places
    assert {place.kind for place in places.all} == set(PlaceKind)
