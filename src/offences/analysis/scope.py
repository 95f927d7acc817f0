"""The scope of a question: a place and its years, and the rows of a table that are about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from offences.reference.periods import Period
from offences.reference.places import Place
from offences.reference.statuses import PlaceKind
from offences.releases.clean import Cleaned


@dataclass(frozen=True, eq=False)
class Scope:
    """What is known by a day, and of that the place and the years that are asked about."""

    known: Cleaned
    place: Place
    years: Period

    def own(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the rows about the place itself, by whatever name, inside the years."""
        return table[among(table, self.place.keys) & within(table, self.years)]

    def with_forces(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the rows about the place or one of its forces inside the years."""
        return table[among(table, keys_of(self.place)) & within(table, self.years)]


def keys_of(place: Place) -> list[tuple[str, str]]:
    """Return the (kind, name) of the place, by whatever name it is printed, and of its forces."""
    return list(dict.fromkeys([*place.keys, *((PlaceKind.FORCE, force) for force in place.forces)]))


def among(table: pd.DataFrame, keys: Iterable[tuple[str, str]]) -> pd.Series[bool]:
    """Return which rows are about one of the places given as (kind, name)."""
    return pd.Series(
        pd.MultiIndex.from_frame(table[["place_kind", "place"]]).isin(list(keys)), index=table.index
    )


def within(table: pd.DataFrame, years: Period) -> pd.Series[bool]:
    """Return which rows have a period that lies inside the years."""
    return table["period"].map(lambda text: Period.parse(text) in years).astype(bool)


def offences_of(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that count offences."""
    return table[table["measure"] == "offences"].reset_index(drop=True)
