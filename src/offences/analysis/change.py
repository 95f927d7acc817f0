"""Change from the first to the last year: as all figures add up, and on forces that compare."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import scipy

from offences.reference.statuses import WITH_FIGURE


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


def _ends(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the first and the last year, None when there is one year only."""
    years = sorted(table["year"].unique())
    if len(years) < 2:
        return None
    return table[table["year"] == years[0]], table[table["year"] == years[-1]]
