"""Charts of forces and years: every status drawn apart, no series by colour alone.

Each function takes a request and tables and returns a matplotlib figure; nothing is computed here
but positions.
"""

from __future__ import annotations

import math
import textwrap
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from offences.analysis import sentences
from offences.analysis.change import Change
from offences.analysis.forces import NOT_PRINTED, Total, shown_cell
from offences.analysis.parameters import Request
from offences.charts.frame import BLUE, DARK, GREY, ORANGE, PALE, PLUM, SHADE, nothing, page
from offences.reference.statuses import WITH_FIGURE
from offences.tables import rows_of
from offences.text import as_change, as_count


def force_by_year(request: Request, table: pd.DataFrame, total: Total) -> Figure:
    """Return the heat table of force by year; ``table`` as from ``forces.force_years``."""
    forces, years = table["force"].unique(), sorted(table["year"].unique())
    footer = f"{total.coverage}. {_marks(table)}"
    title = f"{request.title}: {sentences.at_least(total)}"
    with page(request, title, footer, 0.4 + 0.26 * max(len(forces), 2)) as figure:
        axes = figure.subplots()
        cells = table.assign(
            shade=table["lower"].where(table["status"].isin(WITH_FIGURE)),
            shown=[shown_cell(row) for row in rows_of(table)],
        )
        shade = cells.pivot(index="force", columns="year", values="shade").reindex(forces)[years]
        norm = PowerNorm(0.5, vmin=0, vmax=max(1.0, float(cells["shade"].fillna(0).max())))
        # Not seaborn's heatmap, which draws the page once more only to see how labels fit.
        axes.pcolormesh(
            np.ma.masked_invalid(shade.astype(float)),
            cmap=LinearSegmentedColormap.from_list("af", ["#eef6fd", PALE, BLUE]),
            norm=norm,
            linewidths=1,
            edgecolors="white",
        )
        axes.set(xlim=(0, len(years)), ylim=(len(forces), 0))
        axes.set_xticks(np.arange(len(years)) + 0.5, years)
        axes.set_yticks(np.arange(len(forces)) + 0.5, forces)
        axes.spines[:].set_visible(False)
        for row in rows_of(cells):
            dark = row["status"] in WITH_FIGURE and norm(row["lower"]) > 0.8
            _mark_cell(axes, row, years.index(row["year"]), list(forces).index(row["force"]), dark)
        axes.set(xlabel="", ylabel="")
        axes.xaxis.tick_top()
        axes.tick_params(length=0, labelrotation=0)
    return figure


def _mark_cell(axes: Axes, row: dict[str, Any], x: int, y: int, dark: bool) -> None:
    """Write the cell's figure or marker, and hatch what is not a plain figure."""
    status = row["status"]
    hatch = {"partial": "////", "disputed": "xxxx", "approximate": "...."}.get(status, "////")
    plain = status == "reported" or row["note"] == NOT_PRINTED
    if not plain:
        edge = "#ffffff" if status in WITH_FIGURE else "#b0b0b0"
        box = (x + 0.02, y + 0.04)
        axes.add_patch(
            Rectangle(box, 0.96, 0.92, facecolor="none", edgecolor=edge, hatch=hatch, lw=0)
        )
    label = axes.text(
        x + 0.5, y + 0.5, row["shown"], ha="center", va="center", fontsize=8.5,
        color="white" if dark else "black",
    )  # fmt: skip
    if status not in WITH_FIGURE and not plain:
        label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.5})


def _marks(table: pd.DataFrame) -> str:
    """Return the key to the marks that the table uses."""
    silent = (table["note"] == NOT_PRINTED).any()
    key = {
        "part": ((table["status"] == "partial").any(), "covers part of the year"),
        "disputed": ((table["status"] == "disputed").any(), "lowest to highest printed"),
        "rounded": ((table["status"] == "approximate").any(), "a rounded wording"),
        "n/a": (
            ((table["status"] == "missing") & (table["note"] != NOT_PRINTED)).any(),
            "printed as not available or left blank",
        ),
        "\u00b7": (silent, "no page prints it"),
        "\u2020": (
            ((table["issues"] != "") & (table["status"] == "reported")).any(),
            "see known issues",
        ),
    }
    used = [f"{mark}: {said}" for mark, (found, said) in key.items() if found]
    return f"{'; '.join(used)}." if used else ""


def per_force(
    request: Request, table: pd.DataFrame, vintages: pd.DataFrame, total: Total
) -> Figure:
    """Return small multiples, one a force: settled figures, older releases, missing years.

    ``vintages`` as from ``forces.vintages_by_force``. Forces without any figure have no panel.
    """
    drawn = [
        f for f, g in table.groupby("force", sort=False) if g["status"].isin(WITH_FIGURE).any()
    ]
    silent = table["force"].nunique() - len(drawn)
    footer = f"{total.coverage}." + (
        f" {silent} forces without any figure are not drawn." if silent else ""
    )
    title = f"{request.title}: each force by year, with what earlier releases printed"
    columns = min(4, max(len(drawn), 1))
    lines = math.ceil(max(len(drawn), 1) / columns)
    with page(request, title, footer, 0.2 + 1.5 * lines, _panel_key() if drawn else None) as figure:
        if not drawn:
            nothing(
                figure, f"No figures of forces were published for {request.title} in these years."
            )
            return figure
        years = sorted(table["year"].unique())
        grid = figure.subplots(lines, columns, squeeze=False, sharex=True)
        for axes, force in zip(grid.flat, map(str, drawn), strict=False):
            _panel(
                axes,
                force,
                table[table["force"] == force],
                vintages[vintages["force"] == force],
                years,
            )
        for axes in grid.flat[len(drawn) :]:
            axes.set_axis_off()
        for axes in grid.flat[max(len(drawn) - columns, 0) : len(drawn)]:
            axes.tick_params(labelbottom=True)
    return figure


def _panel(axes: Axes, force: str, rows: pd.DataFrame, old: pd.DataFrame, years: list[str]) -> None:
    x = {year: i for i, year in enumerate(years)}
    height = np.nanmax([rows["lower"].max(), rows["upper"].max(), old["value"].max(), 1.0])
    given = rows[rows["status"].isin(WITH_FIGURE)]
    level = {row["year"]: row["lower"] for row in rows_of(given)}
    line = pd.DataFrame(
        {"x": range(len(years)), "y": [level.get(year, math.nan) for year in years]}
    )
    axes.plot(line["x"], line["y"], color=BLUE, lw=1.5, zorder=2)
    for year in (year for year in years if year not in level):
        axes.axvspan(
            x[year] - 0.4, x[year] + 0.4, facecolor="none", edgecolor="#c8c8c8", hatch="////", lw=0
        )
    earlier = old[[row["value"] != level.get(row["year"]) for row in rows_of(old)]]
    sns.scatterplot(
        x=earlier["year"].map(x), y=earlier["value"], marker="D", s=26, facecolor="white",
        edgecolor=ORANGE, linewidth=1.3, ax=axes, legend=False, zorder=4,
    )  # fmt: skip
    for row in rows_of(given):
        plain = row["status"] == "reported"
        axes.plot(
            x[row["year"]], row["lower"], marker="o" if plain else "^", ms=4.5, color=BLUE,
            markerfacecolor=BLUE if plain else "white", zorder=3,
        )  # fmt: skip
        if row["status"] == "disputed" and not math.isnan(row["upper"]):
            axes.plot(
                [x[row["year"]]] * 2, [row["lower"], row["upper"]], color=PLUM, lw=1.5, ls=":"
            )
        below = _label_below(
            x[row["year"]], row["lower"], line["y"], earlier[earlier["year"] == row["year"]]
        )
        axes.annotate(
            as_count(row["lower"]), (x[row["year"]], row["lower"]),
            xytext=(0, -11 if below else 5), textcoords="offset points",
            ha="center", fontsize=6.5, zorder=5,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.3},
        )  # fmt: skip
    axes.set_title(textwrap.shorten(force, 34, placeholder="..."), loc="left", fontsize=8, pad=4)
    axes.set(xlabel="", ylabel="", ylim=(0, height * 1.28), xlim=(-0.6, len(years) - 0.4))
    axes.set_xticks(range(len(years)), [year[2:] for year in years], fontsize=6.5)
    axes.tick_params(axis="y", labelsize=6.5, length=2)
    axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))


def _label_below(x: int, y: float, line: pd.Series, earlier: pd.DataFrame) -> bool:
    """Return whether a label sits better under its point: in a dip, or under a revision."""
    beside = [line.get(x - 1, math.nan), line.get(x + 1, math.nan)]
    higher = [n > y for n in beside if not math.isnan(n)]
    dip = len(higher) == 2 and all(higher) and y > 0.15 * line.max()
    return dip or bool((earlier["value"] >= y).any())


def _panel_key() -> list[Artist]:
    return [
        Line2D([], [], color=BLUE, marker="o", ms=4.5, label="newest release"),
        Line2D([], [], color=BLUE, marker="^", ms=4.5, mfc="white", label="partial or disputed"),
        Line2D([], [], color=PLUM, ls=":", label="disputed, to the highest"),
        Line2D([], [], ls="", marker="D", ms=4.5, mfc="white", mec=ORANGE, label="another release"),
        Patch(facecolor="none", edgecolor="#c8c8c8", hatch="////", lw=0, label="no figure"),
    ]  # fmt: skip


def change(
    request: Request, added: Change, comparable: Change, by_force: pd.DataFrame, total: Total
) -> Figure:
    """Return change as added up beside change on comparable forces, and force by force.

    ``by_force`` as from ``forces.change_by_force``; only comparable forces are drawn.
    """
    years = [str(year) for year in request.years.years()]
    first, last = years[0], years[-1]
    rows = [
        ("All figures added up", added, DARK, "s"),
        ("Comparable forces together", comparable, ORANGE, "D"),
    ]
    rows = [row for row in rows if not math.isnan(row[1].pct)]
    forces = (
        by_force[by_force["comparable"] & by_force["pct"].notna()] if len(by_force) else by_force
    )
    title = f"{request.title}: change in recorded offences, {last} against {first}"
    title = f"{request.title}: one year has no change" if first == last else title
    footer = f"{total.coverage}. Comparable: reported both years in full."
    footer += " Lines: exact 95% interval, chance alone."
    with page(request, title, footer, 0.7 + 0.3 * max(len(rows) + len(forces), 2)) as figure:
        if not rows:
            nothing(figure, sentences.changes(added, comparable, request.years))
            return figure
        axes = figure.subplots()
        labels = []
        for y, (label, held, colour, marker) in enumerate(rows):
            _change_row(
                axes, y, held.pct, held.lower, held.upper, held.before, held.after, colour, marker
            )
            labels.append(label)
        for y, row in enumerate(rows_of(forces), start=len(rows)):
            _change_row(
                axes,
                y,
                row["pct"],
                row["lower"],
                row["upper"],
                row["before"],
                row["after"],
                BLUE,
                "o",
            )
            labels.append(str(row["force"]))
        axes.axvline(0, color=GREY, lw=1)
        axes.set_yticks(range(len(labels)), labels)
        for tick in axes.get_yticklabels()[: len(rows)]:
            tick.set_fontweight("bold")
        axes.set_ylim(len(labels) - 0.4, -0.6)
        low, high = axes.get_xlim()
        axes.set_xlim(min(low, -10), high + 0.28 * (high - low))
        axes.set_xlabel("Change in percent")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:+.0f}%" if value else "0")
        axes.grid(axis="x", color=SHADE, lw=0.6)
        axes.set_axisbelow(True)
    return figure


def _change_row(
    axes: Axes,
    y: int,
    pct: float,
    lower: float,
    upper: float,
    before: float,
    after: float,
    colour: str,
    marker: str,
) -> None:
    end = pct
    if not math.isnan(lower) and math.isfinite(upper):
        axes.plot([lower, upper], [y, y], color=colour, lw=1.5, alpha=0.8)
        end = upper
    axes.plot(pct, y, marker=marker, color=colour, ms=7)
    axes.annotate(
        f"{as_change(pct)}  ({as_count(before)} to {as_count(after)})",
        (max(end, pct), y),
        xytext=(9, 0),
        textcoords="offset points",
        va="center",
        fontsize=8,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )


def published_beside_sum(request: Request, table: pd.DataFrame, total: Total) -> Figure:
    """Return the place's own printed totals beside the sum of its forces, by year.

    ``table`` as from ``forces.published_beside_sum``.
    """
    title = f"{request.title}: printed totals beside the sum of the forces"
    footer = f"{total.coverage}. On each bar: force-years reported of those expected."
    key: list[Artist] = [
        Patch(facecolor=PALE, edgecolor=BLUE, label="sum of the forces (at least)"),
        Line2D([], [], color=ORANGE, lw=2.5, label="printed total (dashed: partial or not exact)"),
    ]
    with page(request, title, footer, 3.2, key) as figure:
        if not total.reported and table["published"].isna().all():
            nothing(figure, f"No figures were published for {request.title} in these years.")
            return figure
        axes = figure.subplots()
        sns.barplot(
            table,
            x="year",
            y="sum_of_forces",
            color=PALE,
            edgecolor=BLUE,
            errorbar=None,
            width=0.62,
            ax=axes,
        )
        top = float(np.nanmax([table["sum_of_forces"].max(), table["published"].max(), 1.0]))
        for x, row in enumerate(rows_of(table)):
            axes.annotate(
                f"{as_count(row['sum_of_forces'])}\n{row['reported']} of {row['expected']}",
                (x, 0),
                xytext=(0, 4),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
            )
            if math.isnan(row["published"]):
                axes.annotate(
                    "not printed", (x, row["sum_of_forces"]), xytext=(0, 6),
                    textcoords="offset points", ha="center", fontsize=8, color=GREY,
                )  # fmt: skip
                continue
            plain = row["published_status"] == "reported"
            axes.plot(
                [x - 0.36, x + 0.36],
                [row["published"]] * 2,
                color=ORANGE,
                lw=2.5,
                ls="-" if plain else "--",
            )
            status = "" if plain else f"\n{row['published_status']}"
            axes.annotate(
                f"{as_count(row['published'])}{status}", (x, row["published"]), xytext=(0, 5),
                textcoords="offset points", ha="center", fontsize=8, fontweight="bold",
            )  # fmt: skip
        axes.set(xlabel="", ylabel="Offences", ylim=(0, top * 1.22))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    return figure
