"""The chart of the places of a batch: offences with coverage, change on comparable forces.

Counts are not rates: places are not ranked.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from offences.analysis.parameters import Request
from offences.charts.frame import BLUE, GREY, SHADE, page
from offences.reference.statuses import Status
from offences.tables import rows_of
from offences.text import as_change, as_least, several

_LONGEST_REASON = 70


def places_side_by_side(request: Request, table: pd.DataFrame) -> Figure:
    """Return the places side by side: offences with coverage, change on comparable forces."""
    shown = table.iloc[::-1].reset_index(drop=True)
    absent = int((table["absent_because"] != "").sum())
    title = f"{len(table)} places: offences reported at least, and change on comparable forces"
    footer = (
        f"Places without figures: {absent} of {len(table)}. After each number: force-years "
        "reported of those expected. Not a ranking: counts follow the size of a force and how it "
        "records. Lines: exact 95% interval, chance alone."
    )
    with page(
        request, title, footer, 0.7 + 0.24 * len(shown), about="Places of the batch"
    ) as figure:
        left, right = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
        for y, row in enumerate(rows_of(shown)):
            _place(left, right, y, row)
        left.set_yticks(range(len(shown)), shown["region"], fontsize=7.5)
        left.set(xscale="symlog", xlim=(0, 10**6), ylim=(-0.6, len(shown) - 0.4))
        left.set_title("Offences reported (scale by powers of ten)", fontsize=8, loc="left")
        left.set_xticks([0, 10, 100, 1000, 10000], ["0", "10", "100", "1,000", "10,000"])
        left.minorticks_off()
        right.set_title("Change, first to last year", fontsize=8, loc="left")
        right.axvline(0, color=GREY, lw=0.8)
        right.set_xlim(-100, 1400)
        right.set_xticks([0, 400, 800])
        right.xaxis.set_major_formatter(lambda value, _: as_change(value))
        for axes in (left, right):
            axes.tick_params(labelsize=7, length=0)
            axes.grid(axis="x", color=SHADE, lw=0.5)
            axes.set_axisbelow(True)
    return figure


def _place(left: Axes, right: Axes, y: int, row: dict[str, Any]) -> None:
    if row["absent_because"]:
        reason = row["absent_because"]
        if len(reason) >= _LONGEST_REASON:
            reason = f"{reason[: _LONGEST_REASON - 3]}..."
        left.text(1, y, reason, va="center", fontsize=7)
        return
    left.plot(row["offences_reported"], y, "o", ms=5, color=BLUE)
    left.text(
        max(row["offences_reported"], 1) * 1.3,
        y,
        f"{offences_at_least(row)}; {coverage_of(row)}",
        va="center",
        fontsize=7,
    )
    change, low, high = (float(row[f"change_{c}"]) for c in ("comparable_pct", "lower", "upper"))
    if math.isnan(change):
        right.text(-95, y, "not comparable", va="center", fontsize=7, color=GREY)
        return
    if not math.isnan(low):
        right.plot([low, min(high, 900)], [y, y], color=BLUE, lw=1.5)
    right.plot(min(change, 900), y, "o", ms=4, color=BLUE)
    right.text(920, y, compared(row), va="center", fontsize=6.5)


def compared(row: dict[str, Any]) -> str:
    """Return how many forces of a place can be compared: ``2 of 4 forces``."""
    return f"{row['forces_comparable']:.0f} of {several(int(row['forces']), 'force')}"


def offences_at_least(row: dict[str, Any]) -> str:
    """Return the offences of a place: ``at least 1,234``."""
    return as_least(row["offences_reported"], exact=row["status"] == Status.REPORTED)


def coverage_of(row: dict[str, Any]) -> str:
    """Return the force-years reported of those expected: ``22 of 24``."""
    return f"{row['force_years_reported']:.0f} of {row['force_years_expected']:.0f}"
