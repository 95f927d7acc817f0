"""What the forces of a place recorded: force-years, and totals that say how much they cover.

A force-year is one force in one financial year. It counts as reported when any figure was printed
for it, also a partial or disputed one; a total is the sum of the lower bounds, so that it is always
"at least".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from offences.analysis.scope import Scope, among, keys_of, offences_of
from offences.reference.bounds import ANYTHING, Bounds
from offences.reference.statuses import WITH_FIGURE, PlaceKind, Status
from offences.releases.revisions import revisions
from offences.tables import rows_of

FORCE_YEARS = [
    "force",
    "year",
    "value",
    "lower",
    "upper",
    "status",
    "printed",
    "release",
    "sources",
    "issues",
    "note",
]
NOT_PRINTED = "no page prints a figure"


@dataclass(frozen=True)
class Total:
    """A sum of force-years, from ``reported`` of ``expected`` force-years.

    Attributes
    ----------
    bounds
        Sums of the lower and of the upper bounds; the total is at least ``bounds.lower``.
    reported, partial, expected
        Force-years with a figure, those among them with status partial, and all asked for.
    """

    bounds: Bounds
    reported: int
    partial: int
    expected: int

    @classmethod
    def of(cls, row: dict[str, Any]) -> Total:
        """Return the total in a row of :func:`by_year`."""
        counts = (int(row[name]) for name in ("reported", "partial", "expected"))
        return cls(Bounds.of(row), *counts)

    @property
    def complete(self) -> bool:
        """Whether every force-year was reported in full."""
        return self.reported == self.expected and not self.partial

    @property
    def exact(self) -> bool:
        """Whether every force-year was reported in full and none of them is in doubt."""
        return self.complete and self.bounds.is_exact

    @property
    def coverage(self) -> str:
        """``22 of 24 force-years reported``."""
        return f"{self.reported} of {self.expected} force-years reported"


def force_years(scope: Scope) -> pd.DataFrame:
    """Return one row for each force of the place and each year, with :data:`FORCE_YEARS`.

    A force-year that no page prints is there too, as missing.
    """
    cells = {
        (row["place_kind"], row["place"], row["period"]): row
        for row in rows_of(offences_of(scope.known.settled))
    }
    rows = []
    for force in scope.place.forces:
        for year in scope.years.years():
            row = {"force": force, "year": str(year)}
            if cell := cells.get((PlaceKind.FORCE, force, str(year))):
                note = "; ".join(t for t in (cell["issue_text"], cell["note"]) if t)
                rows.append(row | cell | {"note": note})
            else:
                unknown = {"value": math.nan, **ANYTHING.columns()}
                rows.append(row | unknown | {"status": Status.MISSING, "note": NOT_PRINTED})
    table = pd.DataFrame(rows, columns=FORCE_YEARS)
    text = ["printed", "release", "sources", "issues", "note"]
    return table.astype(dict.fromkeys(text, object)).fillna(dict.fromkeys(text, ""))


def total(table: pd.DataFrame) -> Total:
    """Return the total of a table of force-years."""
    return Total(
        Bounds.summed(map(Bounds.of, rows_of(table))),
        reported=int(table["status"].isin(WITH_FIGURE).sum()),
        partial=int((table["status"] == Status.PARTIAL).sum()),
        expected=len(table),
    )


def by_year(table: pd.DataFrame) -> pd.DataFrame:
    """Return for each year ``lower``, ``upper``, ``reported``, ``partial``, ``expected``."""
    rows = []
    for year, group in table.groupby("year", sort=True):
        summed = total(group)
        counts = {n: getattr(summed, n) for n in ("reported", "partial", "expected")}
        rows.append({"year": year, **summed.bounds.columns(), **counts})
    return pd.DataFrame(rows, columns=["year", "lower", "upper", "reported", "partial", "expected"])


def ranks(table: pd.DataFrame) -> pd.DataFrame:
    """Return rank and share of each force in the years in which every force reported in full.

    Columns ``year``, ``force``, ``value``, ``rank`` (1 is most; ties share the lower number),
    ``share_pct``, ``of`` (the sum of the forces). Other years have no rows: with a force absent,
    neither a rank nor a share is known. Neither is a place of one force ranked.
    """
    columns = ["year", "force", "value", "rank", "share_pct", "of"]
    rows = []
    for year, group in table.groupby("year", sort=True):
        if len(group) < 2 or set(group["status"]) != {Status.REPORTED}:
            continue
        whole = group["value"].sum()
        rows.append(
            pd.DataFrame(
                {
                    "year": year,
                    "force": group["force"],
                    "value": group["value"],
                    "rank": group["value"].rank(ascending=False, method="min").astype(int),
                    "share_pct": 100 * group["value"] / whole if whole else math.nan,
                    "of": whole,
                }
            )
        )
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)


def revised(scope: Scope) -> pd.DataFrame:
    """Return the figures of offences of the place and its forces that differ between releases.

    One release a row: ``place``, ``period``, ``release``, ``released``, ``value``, ``status``,
    ``sources``.
    """
    table = scope.with_forces(revisions(offences_of(scope.known.vintages)))
    columns = ["place", "period", "release", "released", "value", "status", "sources"]
    return table[columns].reset_index(drop=True)


def vintages_by_force(scope: Scope) -> pd.DataFrame:
    """Return every release's figure for each force-year: for the chart of revisions."""
    table = offences_of(scope.known.vintages)
    labels = [str(year) for year in scope.years.years()]
    ours = (table["place_kind"] == PlaceKind.FORCE) & table["place"].isin(scope.place.forces)
    rows = table[ours & table["period"].isin(labels) & table["value"].notna()]
    columns = {"place": "force", "period": "year"}
    kept = ["force", "year", "release", "released", "value", "status", "sources"]
    return rows.rename(columns=columns)[kept].reset_index(drop=True)


def issues_of(scope: Scope) -> pd.DataFrame:
    """Return the known issues with figures of the place or its forces, of whatever years."""
    table = scope.known.issues
    columns = ["place", "period", "measure", "effect", "text", "source"]
    return table.loc[among(table, keys_of(scope.place)), columns].reset_index(drop=True)


def wide(table: pd.DataFrame) -> pd.DataFrame:
    """Return force by year as a reader sees it, each status in words beside its figure."""
    shown = table.assign(shown=[shown_force_year(row) for row in rows_of(table)])
    return shown.pivot(index="force", columns="year", values="shown").reindex(
        table["force"].unique()
    )


def shown_force_year(row: dict[str, Any]) -> str:
    """Return a force-year in a few characters: ``19 part``, ``64-175 disputed``, ``n/a``."""
    bounds, status = Bounds.of(row), Status(row["status"])
    if status == Status.DISPUTED:
        top = "?" if bounds.is_open else f"{bounds.upper:,.0f}"
        return f"{bounds.lower:,.0f}\u2013{top} disputed"
    if status == Status.MISSING:
        return "\u00b7" if row["note"] == NOT_PRINTED else "n/a"
    if status == Status.SUPPRESSED:
        hidden = "" if bounds.is_open else f"{bounds.lower:,.0f}\u2013{bounds.upper:,.0f} "
        return f"{hidden}hidden"
    if status in (Status.REFUSED, Status.NOT_HELD):
        return status.replace("_", " ")
    mark = {Status.PARTIAL: " part", Status.APPROXIMATE: " rounded"}.get(status, "")
    flag = "\u2020" if row["issues"] and status == Status.REPORTED else ""
    return f"{row['value']:,.0f}{mark}{flag}"
