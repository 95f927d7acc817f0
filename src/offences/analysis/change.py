"""Change from the first to the last year: as all figures add up, and on forces that compare."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
import scipy

from offences.reference.bounds import Bounds
from offences.reference.statuses import WITH_FIGURE, Status
from offences.tables import rows_of
from offences.text import as_change

CHANGE_BY_FORCE = [
    "force",
    "before",
    "before_status",
    "after",
    "after_status",
    "pct",
    "lower",
    "upper",
    "comparable",
]


@dataclass(frozen=True)
class Change:
    """A change from one count to another.

    Attributes
    ----------
    before, after
        The two counts; NaN where there is none.
    interval
        Exact 95% interval of ``pct`` (see :func:`ratio_interval`); None where it does not apply.
    forces
        The forces that were counted in both.
    """

    before: float = math.nan
    after: float = math.nan
    interval: Bounds | None = None
    forces: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: dict[str, Any]) -> Change:
        """Return the change in a row of :data:`CHANGE_BY_FORCE`."""
        interval = None if math.isnan(row["lower"]) else Bounds.of(row)
        return cls(row["before"], row["after"], interval, (str(row["force"]),))

    @property
    def pct(self) -> float:
        """The change in percent; NaN when there is no count before."""
        return percent_change(self.before, self.after)

    @property
    def interval_ends(self) -> tuple[float, float]:
        """Both ends of the interval; NaN where it does not apply."""
        if self.interval is None:
            return math.nan, math.nan
        return self.interval.lower, self.interval.upper

    @property
    def interval_in_words(self) -> str:
        """The interval for a reader: ``+27% to +113%``."""
        return " to ".join(map(as_change, self.interval_ends))

    @property
    def counted(self) -> bool:
        """Whether there are counts of both years, zeros among them."""
        return not (math.isnan(self.before) or math.isnan(self.after))

    @property
    def known(self) -> bool:
        """Whether there is a percentage to state: a change from none has none."""
        return not math.isnan(self.pct)


NO_CHANGE = Change()
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
    return Change(before, after, None, tuple(f for f in ends[0]["force"] if f in both))


def change_comparable(table: pd.DataFrame) -> Change:
    """Return the change between the first and last year on the forces that reported both in full.

    Partial, disputed and rounded figures are left out on both sides.
    """
    ends = _ends(table)
    if ends is None:
        return NO_CHANGE
    first, last = (t[t["status"] == Status.REPORTED].set_index("force")["value"] for t in ends)
    forces = tuple(force for force in first.index if force in last.index)
    if not forces:
        return NO_CHANGE
    before, after = float(first[list(forces)].sum()), float(last[list(forces)].sum())
    return Change(before, after, _percent_interval(before, after), forces)


def change_by_force(table: pd.DataFrame) -> pd.DataFrame:
    """Return each force's change from the first to the last year, as :data:`CHANGE_BY_FORCE`.

    ``pct`` and its exact 95% interval are there only for forces that are ``comparable``: those
    that reported both years in full. A change from none has no percentage, and its interval an
    open end.
    """
    ends = _ends(table)
    if ends is None:
        return pd.DataFrame(columns=CHANGE_BY_FORCE)
    first, last = ({row["force"]: row for row in rows_of(t)} for t in ends)
    rows = []
    for force, before in first.items():
        after = last[force]
        row = {
            "force": force,
            "before": before["value"],
            "before_status": before["status"],
            "after": after["value"],
            "after_status": after["status"],
            "comparable": before["status"] == after["status"] == Status.REPORTED,
        }
        if row["comparable"]:
            change = Change(before["value"], after["value"])
            interval = _percent_interval(change.before, change.after)
            row |= {"pct": change.pct, **(interval.columns() if interval else {})}
        rows.append(row)
    return pd.DataFrame(rows, columns=CHANGE_BY_FORCE)


def percent_change(before: float, after: float) -> float:
    """Return the change in percent, NaN when ``before`` is 0 or either is not known."""
    return 100 * (after - before) / before if before else math.nan


def change_bounds(first: Bounds, last: Bounds) -> Bounds:
    """Return what the change in percent from one bounded count to another can be."""
    low = -100.0 if first.is_open else percent_change(first.upper, last.lower)
    high = percent_change(first.lower, last.upper)
    return Bounds(low, math.inf if math.isnan(high) else high)


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


def _percent_interval(before: float, after: float) -> Bounds | None:
    low, high = ratio_interval(after, before)
    return None if math.isnan(low) else Bounds(100 * (low - 1), 100 * (high - 1))


def _ends(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the first and the last year, None when there is one year only."""
    years = sorted(table["year"].unique())
    if len(years) < 2:
        return None
    return table[table["year"] == years[0]], table[table["year"] == years[-1]]
