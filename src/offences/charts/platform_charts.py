"""Charts of platforms: shares with what they rest on, and how much is known at all.

Each function takes the request and the findings of a run and returns a matplotlib figure; nothing
is computed here but positions.
"""

from __future__ import annotations

import math
from typing import Any

import seaborn as sns
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from offences.analysis.findings import Findings
from offences.analysis.parameters import Request
from offences.charts.frame import BLUE, GREY, PALE, SHADE, nothing, page
from offences.reference.periods import period_in_words
from offences.reference.statuses import Status
from offences.tables import rows_of
from offences.text import as_count, as_interval, as_percent


def platform_shares(request: Request, found: Findings) -> Figure:
    """Return printed shares of the place with what they can mean over all offences."""
    table = found.own_shares
    title = f"{request.title}: platforms as a share of offences whose means is known, and of all"
    footer = "Shares belong to the period beside them. One offence can involve several platforms."
    newest = table.drop_duplicates(["period", "subject"], keep="last").reset_index(drop=True)
    key: list[Artist] = [
        Line2D(
            [],
            [],
            color=BLUE,
            marker="o",
            lw=3,
            label="of offences with known means (with rounding)",
        ),
        Patch(facecolor=PALE, edgecolor=BLUE, label="possible share of all offences"),
        Patch(
            facecolor="white",
            edgecolor="#c8c8c8",
            hatch="////",
            label="base not printed: nothing follows",
        ),
    ]
    used = key if len(newest) else None
    with page(request, title, footer, 0.4 + 0.27 * max(len(newest), 3), used) as figure:
        if newest.empty:
            nothing(
                figure, f"No shares by platform were published for {request.title} in these years."
            )
            return figure
        axes = figure.subplots()
        labels = []
        for y, row in enumerate(rows_of(newest)):
            _share_row(axes, y, row)
            labels.append(f"{row['subject'].replace('+', ' + ')}, {period_in_words(row['period'])}")
        axes.set_yticks(range(len(labels)), labels, fontsize=8)
        axes.set(xlim=(0, 138), ylim=(len(labels) - 0.4, -0.6))
        axes.set_xticks(range(0, 101, 20), [f"{n}%" for n in range(0, 101, 20)])
        axes.grid(axis="x", color=SHADE, lw=0.6)
        axes.set_axisbelow(True)
        axes.spines["bottom"].set_bounds(0, 100)
    return figure


def _share_row(axes: Axes, y: int, row: dict[str, Any]) -> None:
    share, low, high = (float(row[c]) for c in ("share", "share_lower", "share_upper"))
    least, most = float(row["of_all_lower"]), float(row["of_all_upper"])
    known = float(row["means_known"])
    if least <= 0 and most >= 100:
        axes.barh(y, 100, height=0.5, facecolor="white", edgecolor="#d8d8d8", hatch="////", lw=0)
        said = "all: not known"
    else:
        axes.barh(y, most - least, left=least, height=0.5, facecolor=PALE, edgecolor=BLUE, lw=0.6)
        said = f"all: {as_interval(least, most)}"
    if not math.isnan(low) and (low, high) != (0, 100):
        axes.plot([low, high], [y, y], color=BLUE, lw=3.5, solid_capstyle="butt")
    if not math.isnan(share):
        hollow = row["status"] != Status.REPORTED
        axes.plot(share, y, "o", ms=6, color=BLUE, markerfacecolor="white" if hollow else BLUE)
        first = (row["printed"] if hollow else as_percent(share)) + (
            "" if math.isnan(known) else f" of {as_count(known)}"
        )
    elif row["status"] == Status.DISPUTED and not math.isnan(low):
        first = f"disputed, {as_interval(low, high)}"
    elif math.isnan(float(row["count"])):
        first = "count disputed"
    else:
        first = f"{row['printed']} offences"
    axes.text(102, y, f"{first}; {said}", va="center", fontsize=7.5)


def means_known(request: Request, found: Findings) -> Figure:
    """Return how many offences had any known means, by release."""
    table = found.means_known
    title = "How many offences have a known means of communication at all"
    footer = (
        "Each bar is one release and period; England and Wales and the UK are not the same forces."
    )
    rows = table[table["pct"].notna()].reset_index(drop=True)
    with page(request, title, footer, 0.5 + 0.36 * max(len(rows), 3)) as figure:
        if rows.empty:
            nothing(figure, "No release known by then prints how many offences had known means.")
            return figure
        axes = figure.subplots()
        rows = rows.assign(
            label=[
                f"{r['place']}, {period_in_words(r['period'])}\n({r['release']})"
                for r in rows_of(rows)
            ]
        )
        axes.barh(rows["label"], 100, color="white", edgecolor=GREY, height=0.62, lw=0.8)
        sns.barplot(rows, y="label", x="pct", color=BLUE, errorbar=None, width=0.62, ax=axes)
        for y, row in enumerate(rows_of(rows)):
            base = f"{as_count(row['means_known'])} of {as_count(row['offences'])}"
            axes.text(101, y, f"{as_percent(row['pct'])}: {base}", va="center", fontsize=8)
        axes.set(xlabel="Percent of offences", ylabel="", xlim=(0, 128))
        axes.set_xticks(range(0, 101, 20))
        axes.tick_params(axis="y", labelsize=7.5, length=0)
        axes.spines["bottom"].set_bounds(0, 100)
    return figure
