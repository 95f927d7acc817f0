"""What the forces of a place recorded: totals with coverage, change that compares like with like.

A force-year is one force in one financial year. It counts as reported when any figure was printed
for it, also a partial or disputed one; a total is the sum of the lower bounds, so that it is always
"at least".
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import scipy

from offences.clean import Cleaned, revisions
from offences.periods import Period
from offences.places import Place
from offences.tables import WITH_FIGURE, records

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
    """A sum of force-years: at least ``lower``, from ``reported`` of ``expected`` force-years.

    Attributes
    ----------
    lower
        Sum of the lower bounds.
    upper
        Sum of the upper bounds; NaN when any of them is open.
    reported, partial, expected
        Force-years with a figure, those among them with status partial, and all asked for.
    """

    lower: float
    upper: float
    reported: int
    partial: int
    expected: int

    @property
    def complete(self) -> bool:
        """Whether every force-year was reported in full."""
        return self.reported == self.expected and not self.partial

    @property
    def coverage(self) -> str:
        """``22 of 24 force-years reported``."""
        return f"{self.reported} of {self.expected} force-years reported"


@dataclass(frozen=True)
class Change:
    """A change from one count to another.

    Attributes
    ----------
    before, after
        The two counts.
    pct
        The change in percent; NaN when there is no count before.
    lower, upper
        Exact 95% interval of ``pct`` (see :func:`ratio_interval`); NaN where it does not apply.
    forces
        The forces that were counted in both.
    """

    before: float
    after: float
    pct: float
    lower: float
    upper: float
    forces: tuple[str, ...]


NO_CHANGE = Change(math.nan, math.nan, math.nan, math.nan, math.nan, ())
"""Of a single year, or where nothing was printed for one of the two."""


def force_years(cleaned: Cleaned, place: Place, years: Period) -> pd.DataFrame:
    """Return one row for each force of the place and each year, with :data:`FORCE_YEARS`.

    A force-year that no page prints is there too, as missing.
    """
    cells = {
        (row["place_kind"], row["place"], row["period"]): row
        for row in records(offences_of(cleaned.settled))
    }
    rows = []
    for force in place.forces:
        for year in years.years():
            key = ("force", force, str(year))
            row = {"force": force, "year": str(year)}
            if cell := cells.get(key):
                note = "; ".join(t for t in (cell["issue_text"], cell["note"]) if t)
                rows.append(row | cell | {"note": note})
            else:
                rows.append(
                    row
                    | {
                        "value": math.nan,
                        "lower": 0.0,
                        "upper": math.nan,
                        "status": "missing",
                        "note": NOT_PRINTED,
                    }
                )
    table = pd.DataFrame(rows, columns=FORCE_YEARS)
    text = ["printed", "release", "sources", "issues", "note"]
    return table.astype(dict.fromkeys(text, object)).fillna(dict.fromkeys(text, ""))


def total(table: pd.DataFrame) -> Total:
    """Return the total of a table of force-years."""
    return Total(
        lower=float(table["lower"].sum()),
        upper=float(table["upper"].sum(skipna=False)) if len(table) else 0.0,
        reported=int(table["status"].isin(WITH_FIGURE).sum()),
        partial=int((table["status"] == "partial").sum()),
        expected=len(table),
    )


def by_year(table: pd.DataFrame) -> pd.DataFrame:
    """Return for each year ``lower``, ``upper``, ``reported``, ``partial``, ``expected``."""
    rows = [
        {"year": year, **vars(total(group))} for year, group in table.groupby("year", sort=True)
    ]
    return pd.DataFrame(rows, columns=["year", "lower", "upper", "reported", "partial", "expected"])


def by_force(table: pd.DataFrame) -> pd.DataFrame:
    """Return for each force its total over the years, as :func:`by_year`."""
    rows = [
        {"force": force, **vars(total(group))}
        for force, group in table.groupby("force", sort=False)
    ]
    return pd.DataFrame(
        rows, columns=["force", "lower", "upper", "reported", "partial", "expected"]
    )


def change_as_added(table: pd.DataFrame) -> Change:
    """Return the change between the first and last year, all that was printed added up.

    This is what a reader does who adds the columns of a printed table. It compares different
    forces when one of them is missing in either year.
    """
    ends = _ends(table)
    if ends is None:
        return NO_CHANGE
    present = [t[t["status"].isin(WITH_FIGURE)] for t in ends]
    if any(t.empty for t in present):
        return NO_CHANGE
    before, after = (float(t["lower"].sum()) for t in ends)
    both = set(present[0]["force"]) & set(present[1]["force"])
    forces = tuple(f for f in ends[0]["force"] if f in both)
    return Change(before, after, percent_change(before, after), math.nan, math.nan, forces)


def change_comparable(table: pd.DataFrame) -> Change:
    """Return the change between the first and last year on the forces that reported both in full.

    Partial, disputed and rounded figures are left out on both sides.
    """
    ends = _ends(table)
    if ends is None:
        return NO_CHANGE
    first, last = (t[t["status"] == "reported"].set_index("force")["value"] for t in ends)
    forces = tuple(force for force in first.index if force in last.index)
    if not forces:
        return NO_CHANGE
    before, after = float(first[list(forces)].sum()), float(last[list(forces)].sum())
    low, high = ratio_interval(after, before)
    return Change(
        before, after, percent_change(before, after), 100 * (low - 1), 100 * (high - 1), forces
    )


def change_by_force(table: pd.DataFrame) -> pd.DataFrame:
    """Return each force's change from the first to the last year.

    Columns ``force``, ``before``, ``after``, ``before_status``, ``after_status``, ``pct``,
    ``lower``, ``upper`` (exact 95% interval), ``comparable``. ``pct`` and its interval are there
    only for forces that reported both years in full.
    """
    columns = ["force", "before", "before_status", "after", "after_status"]
    columns += ["pct", "lower", "upper", "comparable"]
    ends = _ends(table)
    if ends is None:
        return pd.DataFrame(columns=columns)
    first, last = (t.set_index("force") for t in ends)
    rows = []
    for force in first.index:
        before, after = first.loc[force], last.loc[force]
        comparable = before["status"] == "reported" and after["status"] == "reported"
        low, high = (
            ratio_interval(after["value"], before["value"]) if comparable else (math.nan,) * 2
        )
        rows.append(
            {
                "force": force,
                "before": before["value"],
                "before_status": before["status"],
                "after": after["value"],
                "after_status": after["status"],
                "pct": percent_change(before["value"], after["value"]) if comparable else math.nan,
                "lower": 100 * (low - 1),
                "upper": 100 * (high - 1),
                "comparable": comparable,
            }
        )
    return pd.DataFrame(rows, columns=columns)


def percent_change(before: float, after: float) -> float:
    """Return the change in percent, NaN when ``before`` is 0 or either is not known."""
    return 100 * (after - before) / before if before else math.nan


def ratio_interval(after: float, before: float, level: float = 0.95) -> tuple[float, float]:
    """Return an exact interval for the ratio of two Poisson counts.

    Given their sum, ``after`` is binomial, so the Clopper-Pearson interval of its share carries
    over to the ratio (Przyborowski and Wilenski 1940, Biometrika 31, 313-323). It says how far
    chance alone could move two counts; it says nothing about recording practice.
    """
    n = int(after + before)
    if not n:
        return math.nan, math.nan
    share = scipy.stats.binomtest(int(after), n).proportion_ci(level, method="exact")
    return share.low / (1 - share.low), share.high / (
        1 - share.high
    ) if share.high < 1 else math.inf


def ranks(table: pd.DataFrame) -> pd.DataFrame:
    """Return rank and share of each force in the years in which every force reported in full.

    Columns ``year``, ``force``, ``value``, ``rank`` (1 is most; ties share the lower number),
    ``share_pct``, ``of`` (the sum of the forces). Other years have no rows: with a force absent,
    neither a rank nor a share is known. Neither is a place of one force ranked.
    """
    columns = ["year", "force", "value", "rank", "share_pct", "of"]
    rows = []
    for year, group in table.groupby("year", sort=True):
        if len(group) < 2 or set(group["status"]) != {"reported"}:
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


def revised(cleaned: Cleaned, place: Place, years: Period) -> pd.DataFrame:
    """Return the figures of offences of the place and its forces that differ between releases.

    One release a row: ``place``, ``period``, ``release``, ``released``, ``value``, ``status``,
    ``sources``.
    """
    table = revisions(offences_of(cleaned.vintages))
    ours = among(table, keys_of(place)) & within(table, years)
    columns = ["place", "period", "release", "released", "value", "status", "sources"]
    return table.loc[ours, columns].reset_index(drop=True)


def vintages_by_force(cleaned: Cleaned, place: Place, years: Period) -> pd.DataFrame:
    """Return every release's figure for each force-year: for the chart of revisions."""
    table = offences_of(cleaned.vintages)
    labels = [str(year) for year in years.years()]
    ours = (table["place_kind"] == "force") & table["place"].isin(place.forces)
    rows = table[ours & table["period"].isin(labels) & table["value"].notna()]
    columns = {"place": "force", "period": "year"}
    kept = ["force", "year", "release", "released", "value", "status", "sources"]
    return rows.rename(columns=columns)[kept].reset_index(drop=True)


def issues_of(cleaned: Cleaned, place: Place) -> pd.DataFrame:
    """Return the known issues with figures of the place or its forces."""
    table = cleaned.issues
    columns = ["place", "period", "measure", "effect", "text", "source"]
    return table.loc[among(table, keys_of(place)), columns].reset_index(drop=True)


def wide(table: pd.DataFrame) -> pd.DataFrame:
    """Return force by year as a reader sees it, each status in words beside its figure."""
    shown = table.assign(shown=[shown_cell(row) for row in records(table)])
    return shown.pivot(index="force", columns="year", values="shown").reindex(
        table["force"].unique()
    )


def shown_cell(row: dict[str, Any]) -> str:
    """Return a force-year in a few characters: ``19 part``, ``64-175 disputed``, ``n/a``."""
    value, lower, upper = (float(row[c]) for c in ("value", "lower", "upper"))
    status = str(row["status"])
    if status == "disputed":
        top = "?" if math.isnan(upper) else f"{upper:,.0f}"
        return f"{lower:,.0f}\u2013{top} disputed"
    if status == "missing":
        return "\u00b7" if row["note"] == NOT_PRINTED else "n/a"
    if status == "suppressed":
        return "hidden" if math.isnan(upper) else f"{lower:,.0f}\u2013{upper:,.0f} hidden"
    if status in ("refused", "not_held"):
        return status.replace("_", " ")
    mark = {"reported": "", "partial": " part", "approximate": " rounded"}[status]
    flag = "\u2020" if row["issues"] and status == "reported" else ""
    return f"{value:,.0f}{mark}{flag}"


def keys_of(place: Place) -> list[tuple[str, str]]:
    """Return the (kind, name) of the place, by whatever name it is printed, and of its forces."""
    return list(dict.fromkeys([*place.keys, *(("force", force) for force in place.forces)]))


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


def _ends(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the first and the last year, None when there is one year only."""
    years = sorted(table["year"].unique())
    if len(years) < 2:
        return None
    return table[table["year"] == years[0]], table[table["year"] == years[-1]]
