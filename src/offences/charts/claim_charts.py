"""The chart of claims: what was said, what the figures give, and the verdict, side by side."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from offences.analysis.parameters import Request
from offences.charts.frame import BLUE, DARK, GREY, ORANGE, PLUM, SHADE, nothing, page
from offences.claims.ledger import summary_of
from offences.claims.verdicts import Verdict
from offences.reference.bounds import Bounds
from offences.tables import rows_of

_STYLES = {
    Verdict.HOLDS: (BLUE, "o", BLUE),
    Verdict.CAVEAT: (BLUE, "o", "white"),
    Verdict.OTHER: (PLUM, "D", "white"),
    Verdict.STRETCHED: (ORANGE, "s", "white"),
    Verdict.CONTRADICTED: (ORANGE, "X", ORANGE),
    Verdict.CANNOT: (GREY, "|", GREY),
}
_STATED, _COMPUTED, _VERDICT, _RIGHT = 150, 232, 322, 411
_LEAST, _MOST = 60.0, 140.0
"""Ends of the axis, in percent of the number stated; what lies beyond is drawn at the end."""


def claims(request: Request, table: pd.DataFrame) -> Figure:
    """Return the chart of a ledger; ``table`` as from ``ledger.tables``.

    Each row has the claim, the number computed as a percentage of the one stated, with its
    bounds, both numbers, and the verdict.
    """
    footer = (
        "Statements about any years, in our own words. Drawn: the number computed in percent of "
        "the one stated; a line: what the figures allow."
    )
    used = [name for name in Verdict if name in set(table["verdict"])]
    key: list[Artist] = [_mark(name) for name in used]
    with page(request, summary_of(request, table), footer, 0.5 + 0.3 * len(table), key) as figure:
        if table.empty:
            nothing(figure, f"No statement about {request.title} is in the ledger.")
            return figure
        axes = figure.subplots()
        for y, row in enumerate(rows_of(table)):
            _row(axes, y, row)
        labels = [_label(row) for row in rows_of(table)]
        axes.set_yticks(range(len(labels)), labels, fontsize=6.5)
        axes.axvline(100, color=DARK, lw=0.8, zorder=0)
        axes.set(xlim=(_LEAST - 3, _RIGHT), ylim=(len(labels) - 0.4, -1.1))
        axes.set_xticks([_LEAST, 100, _MOST], [f"{_LEAST:.0f}%", "as stated", f"{_MOST:.0f}%"])
        axes.tick_params(axis="x", labelsize=7)
        axes.tick_params(axis="y", length=0)
        axes.spines["bottom"].set_bounds(_LEAST, _MOST)
        axes.spines["left"].set_visible(False)
        for x, heading in ((_STATED, "stated"), (_COMPUTED, "computed"), (_VERDICT, "verdict")):
            axes.text(x, -0.8, heading, va="center", fontsize=7, fontweight="bold")
        for y in range(len(labels)):
            axes.axhline(y + 0.5, color=SHADE, lw=0.5, zorder=0)
    return figure


def _label(row: dict[str, Any]) -> str:
    says = textwrap.fill(f"{row['publisher']}, {row['published']}: {row['says']}", 72)
    return "\n".join(says.split("\n")[:3])


def _mark(verdict: Verdict) -> Line2D:
    colour, marker, face = _STYLES[verdict]
    return Line2D(
        [], [], color=colour, marker=marker, markerfacecolor=face, lw=0, ms=6, label=verdict
    )


def _row(axes: Axes, y: int, row: dict[str, Any]) -> None:
    """Draw one claim: bounds, number, and beside it both numbers and the verdict."""
    colour, marker, face = _STYLES[Verdict(row["verdict"])]
    stated = float(row["stated_value"])
    value, bounds = float(row["shown_value"]), Bounds.of(row, "shown_")
    if stated > 0 and not math.isnan(bounds.lower):
        least, most = 100 * bounds.lower / stated, 100 * bounds.upper / stated
        ends = [min(max(end, _LEAST), _MOST) for end in (least, most)]
        axes.plot(ends, [y, y], color=colour, lw=2, alpha=0.45, solid_capstyle="butt")
        if most > _MOST:
            axes.plot(_MOST, y, ">", ms=4, color=colour, alpha=0.6)
        if least < _LEAST:
            axes.plot(_LEAST, y, "<", ms=4, color=colour, alpha=0.6)
    if stated > 0 and not math.isnan(value):
        at = min(max(100 * value / stated, _LEAST), _MOST)
        axes.plot(at, y, marker, ms=5.5, color=colour, markerfacecolor=face)
    axes.text(_STATED, y, f"{row['stated']}", va="center", fontsize=6.8)
    axes.text(_COMPUTED, y, f"{row['computed']}", va="center", fontsize=6.8)
    then = "" if row["on_the_day"] == row["verdict"] else f"\non the day: {row['on_the_day']}"
    axes.text(_VERDICT, y, f"{row['verdict']}{then}", va="center", fontsize=6.8, color=DARK)
