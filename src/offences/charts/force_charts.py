"""Charts of forces and years: every status drawn apart, no series by colour alone.

Each function takes the request and the findings of a run and returns a matplotlib figure; nothing
is computed here but positions.
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
from offences.analysis.findings import Findings
from offences.analysis.forces import NOT_PRINTED, shown_force_year
from offences.analysis.parameters import Request
from offences.charts.frame import BLUE, DARK, GREY, ORANGE, PALE, PLUM, SHADE, label, nothing, page
from offences.reference.bounds import Bounds
from offences.reference.statuses import WITH_FIGURE, Status
from offences.tables import rows_of
from offences.text import as_change, as_count


def force_by_year(request: Request, found: Findings) -> Figure:
    """Return the heat table of force by year."""
    table, total = found.force_years, found.total
    forces, years = table["force"].unique(), sorted(table["year"].unique())
    footer = f"{total.coverage}. {_marks(table)}"
    title = f"{request.title}: {sentences.at_least(total)}"
    with page(request, title, footer, 0.4 + 0.26 * max(len(forces), 2)) as figure:
        axes = figure.subplots()
        cells = table.assign(
            shade=table["lower"].where(table["status"].isin(WITH_FIGURE)),
            shown=[shown_force_year(row) for row in rows_of(table)],
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
    hatch = {Status.DISPUTED: "xxxx", Status.APPROXIMATE: "...."}.get(status, "////")
    plain = status == Status.REPORTED or row["note"] == NOT_PRINTED
    if not plain:
        edge = "#ffffff" if status in WITH_FIGURE else "#b0b0b0"
        box = (x + 0.02, y + 0.04)
        axes.add_patch(
            Rectangle(box, 0.96, 0.92, facecolor="none", edgecolor=edge, hatch=hatch, lw=0)
        )
    written = axes.text(
        x + 0.5, y + 0.5, row["shown"], ha="center", va="center", fontsize=8.5,
        color="white" if dark else "black",
    )  # fmt: skip
    if status not in WITH_FIGURE and not plain:
        written.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.5})


def _marks(table: pd.DataFrame) -> str:
    """Return the key to the marks that the table uses."""
    status, silent = table["status"], table["note"] == NOT_PRINTED
    doubted = (table["issues"] != "") & (status == Status.REPORTED)
    key = {
        "part": (status == Status.PARTIAL, "covers part of the year"),
        "disputed": (status == Status.DISPUTED, "lowest to highest printed"),
        "rounded": (status == Status.APPROXIMATE, "a rounded wording"),
        "n/a": (
            (status == Status.MISSING) & ~silent,
            "printed as not available or left blank",
        ),
        "\u00b7": (silent, "no page prints it"),
        "\u2020": (doubted, "see known issues"),
    }
    used = [f"{mark}: {said}" for mark, (rows, said) in key.items() if rows.any()]
    return f"{'; '.join(used)}." if used else ""


def per_force(request: Request, found: Findings) -> Figure:
    """Return small multiples, one a force: settled figures, older releases, missing years.

    Forces without any figure have no panel.
    """
    table, vintages = found.force_years, found.vintages_by_force
    drawn = [
        f for f, g in table.groupby("force", sort=False) if g["status"].isin(WITH_FIGURE).any()
    ]
    silent = table["force"].nunique() - len(drawn)
    footer = f"{found.total.coverage}." + (
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
    shown = {(row["year"], row[column]) for row in rows_of(given) for column in ("value", "lower")}
    earlier = old[[(row["year"], row["value"]) not in shown for row in rows_of(old)]]
    sns.scatterplot(
        x=earlier["year"].map(x), y=earlier["value"], marker="D", s=26, facecolor="white",
        edgecolor=ORANGE, linewidth=1.3, ax=axes, legend=False, zorder=4,
    )  # fmt: skip
    for row in rows_of(given):
        plain = row["status"] == Status.REPORTED
        axes.plot(
            x[row["year"]], row["lower"], marker="o" if plain else "^", ms=4.5, color=BLUE,
            markerfacecolor=BLUE if plain else "white", zorder=3,
        )  # fmt: skip
        bounds = Bounds.of(row)
        if row["status"] == Status.DISPUTED and not bounds.is_open:
            ends = [bounds.lower, bounds.upper]
            axes.plot([x[row["year"]]] * 2, ends, color=PLUM, lw=1.5, ls=":")
        below = _label_below(
            x[row["year"]], row["lower"], line["y"], earlier[earlier["year"] == row["year"]]
        )
        label(
            axes, as_count(row["lower"]), (x[row["year"]], row["lower"]),
            (0, -11 if below else 5), ha="center", fontsize=6.5, zorder=5,
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


def change(request: Request, found: Findings) -> Figure:
    """Return change as added up beside change on comparable forces, and force by force.

    Only comparable forces are drawn.
    """
    first, last = found.first_year, found.last_year
    together = [
        ("All figures added up", found.change_as_added, DARK, "s"),
        ("Comparable forces together", found.change_comparable, ORANGE, "D"),
    ]
    together = [row for row in together if row[1].known]
    each = [
        (str(row["force"]), Change.of(row), BLUE, "o")
        for row in rows_of(found.change_by_force)
        if row["comparable"] and not math.isnan(row["pct"])
    ]
    title = f"{request.title}: change in recorded offences, {last} against {first}"
    title = f"{request.title}: one year has no change" if first == last else title
    footer = f"{found.total.coverage}. Comparable: reported both years in full."
    footer += " Lines: exact 95% interval, chance alone."
    with page(request, title, footer, 0.7 + 0.3 * max(len(together) + len(each), 2)) as figure:
        if not together:
            nothing(figure, sentences.changes(found))
            return figure
        axes = figure.subplots()
        labels = []
        for y, (name, held, colour, marker) in enumerate([*together, *each]):
            _change_row(axes, y, held, colour, marker)
            labels.append(name)
        axes.axvline(0, color=GREY, lw=1)
        axes.set_yticks(range(len(labels)), labels)
        for tick in axes.get_yticklabels()[: len(together)]:
            tick.set_fontweight("bold")
        axes.set_ylim(len(labels) - 0.4, -0.6)
        low, high = axes.get_xlim()
        axes.set_xlim(min(low, -10), high + 0.28 * (high - low))
        axes.set_xlabel("Change in percent")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:+.0f}%" if value else "0")
        axes.grid(axis="x", color=SHADE, lw=0.6)
        axes.set_axisbelow(True)
    return figure


def _change_row(axes: Axes, y: int, held: Change, colour: str, marker: str) -> None:
    """Draw one change with its interval, where that has an end, and both counts beside it."""
    end = held.pct
    if held.interval and not held.interval.is_open:
        end = held.interval.upper
        axes.plot([held.interval.lower, end], [y, y], color=colour, lw=1.5, alpha=0.8)
    axes.plot(held.pct, y, marker=marker, color=colour, ms=7)
    label(
        axes,
        f"{as_change(held.pct)}  ({as_count(held.before)} to {as_count(held.after)})",
        (max(end, held.pct), y),
        (9, 0),
        va="center",
        fontsize=8,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )


def published_beside_sum(request: Request, found: Findings) -> Figure:
    """Return the place's own printed totals beside the sum of its forces, by year."""
    table, total = found.beside_sum, found.total
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
            label(
                axes,
                f"{as_count(row['sum_of_forces'])}\n{row['reported']} of {row['expected']}",
                (x, 0),
                (0, 4),
                ha="center",
                fontsize=8,
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
            )
            if math.isnan(row["published"]):
                at = (x, row["sum_of_forces"])
                label(
                    axes, row["published_status"], at, (0, 6), ha="center", fontsize=8, color=GREY
                )
                continue
            plain = row["published_status"] == Status.REPORTED
            axes.plot(
                [x - 0.36, x + 0.36],
                [row["published"]] * 2,
                color=ORANGE,
                lw=2.5,
                ls="-" if plain else "--",
            )
            status = "" if plain else f"\n{row['published_status']}"
            label(
                axes, f"{as_count(row['published'])}{status}", (x, row["published"]), (0, 5),
                ha="center", fontsize=8, fontweight="bold",
            )  # fmt: skip
        axes.set(xlabel="", ylabel="Offences", ylim=(0, top * 1.22))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    return figure
