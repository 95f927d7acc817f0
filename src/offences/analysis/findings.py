"""The findings about a place and its years: each number is computed once, when it is first asked.

Headline numbers, sentences, drafts, charts, pages and notebooks read the numbers from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from offences.analysis import change, forces, platform_shares, printed_totals, queries, victims
from offences.analysis.change import Change
from offences.analysis.forces import Total
from offences.analysis.printed_totals import PrintedChange, PrintedTotal
from offences.analysis.scope import Scope, among


@dataclass(frozen=True, eq=False)
class Findings(Scope):
    """What the figures known by a day say about a place and its years.

    Tables have the columns that the function of the same name documents.
    """

    @property
    def first_year(self) -> str:
        """The first of the years, as tables write it."""
        return str(self.years.years()[0])

    @property
    def last_year(self) -> str:
        """The last of the years."""
        return str(self.years.years()[-1])

    # ---- The forces --------------------------------------------------------------------

    @cached_property
    def force_years(self) -> pd.DataFrame:
        """Every force in every year; see :func:`offences.analysis.forces.force_years`."""
        return forces.force_years(self)

    @cached_property
    def total(self) -> Total:
        """The sum of the force-years."""
        return forces.total(self.force_years)

    @cached_property
    def by_year(self) -> pd.DataFrame:
        """The sum of the forces, year by year."""
        return forces.by_year(self.force_years)

    @cached_property
    def ends(self) -> pd.DataFrame:
        """The force-years of the first and of the last year."""
        return self.force_years[self.force_years["year"].isin([self.first_year, self.last_year])]

    @cached_property
    def change_as_added(self) -> Change:
        """The change of all figures added up, which compares different forces."""
        return change.change_as_added(self.force_years)

    @cached_property
    def change_comparable(self) -> Change:
        """The change on the forces that reported both years in full."""
        return change.change_comparable(self.force_years)

    @cached_property
    def change_by_force(self) -> pd.DataFrame:
        """The change of each force."""
        return change.change_by_force(self.force_years)

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """The rank of each force in the years in which all reported in full."""
        return forces.ranks(self.force_years)

    @cached_property
    def revised(self) -> pd.DataFrame:
        """The figures of offences that differ between releases."""
        return forces.revised(self)

    @cached_property
    def vintages_by_force(self) -> pd.DataFrame:
        """Every release's figure for each force-year."""
        return forces.vintages_by_force(self)

    @cached_property
    def issues(self) -> pd.DataFrame:
        """The known issues with figures of the place or its forces."""
        return forces.issues_of(self)

    @cached_property
    def queries(self) -> pd.DataFrame:
        """What one would ask the forces."""
        return queries.to_forces(self.force_years, self.revised)

    # ---- What was printed for the place itself -------------------------------------------

    @cached_property
    def printed_totals(self) -> pd.DataFrame:
        """The place's own printed figures, settled, one a period."""
        return printed_totals.printed_totals(self)

    @cached_property
    def printed_total(self) -> PrintedTotal:
        """The place's own figure for the whole span."""
        return printed_totals.printed_total(self, self.printed_totals, self.forces_responding)

    @cached_property
    def change_printed(self) -> PrintedChange:
        """The change between the place's own printed totals."""
        totals = self.printed_totals
        return printed_totals.change_printed(totals, self.first_year, self.last_year)

    @cached_property
    def forces_responding(self) -> pd.DataFrame:
        """How many forces gave figures, where pages print it."""
        return printed_totals.forces_responding(self)

    @cached_property
    def beside_sum(self) -> pd.DataFrame:
        """Each printed total of a year beside the sum of the forces."""
        return printed_totals.beside_sum(self.printed_totals, self.by_year)

    @cached_property
    def spans_beside_years(self) -> pd.DataFrame:
        """Each total printed for a span beside the sum of its years."""
        return printed_totals.spans_beside_years(self.printed_totals)

    @cached_property
    def victims(self) -> pd.DataFrame:
        """What was printed about victims, of the place and of its forces."""
        return victims.printed_victims(self)

    # ---- Platforms -----------------------------------------------------------------------

    @cached_property
    def shares(self) -> pd.DataFrame:
        """The printed shares by platform, of the place and of its forces."""
        return platform_shares.shares(self)

    @cached_property
    def own_shares(self) -> pd.DataFrame:
        """The printed shares by platform of the place itself."""
        return self.about_place(self.shares)

    @cached_property
    def parents(self) -> pd.DataFrame:
        """The shares of the companies that own the platforms."""
        return platform_shares.parents(self.own_shares)

    @cached_property
    def platforms_named(self) -> pd.DataFrame:
        """How many different platforms were named."""
        return platform_shares.platforms_named(self)

    @cached_property
    def means_known(self) -> pd.DataFrame:
        """How many offences had known means: of the place and its nations, in any years."""
        places = self.known.vocabulary.places
        keys = platform_shares.with_nations(places, self.place)
        return platform_shares.means_known(self.known, keys)

    def about_place(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that are about the place itself, not about one of its forces."""
        return table[among(table, self.place.keys)].reset_index(drop=True)
