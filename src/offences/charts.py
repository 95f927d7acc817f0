"""Charts of the tables: every status drawn apart, labels on the data, no series by colour alone.

Each function takes a request and tables and returns a matplotlib figure; nothing is computed here
but positions. Colours are the UK government's Analysis Function palette (``afcharts``).
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import seaborn as sns
from afcharts.af_colours import get_af_colours
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from offences import words
from offences.forces import NOT_PRINTED, Change, Total, shown_cell
from offences.parameters import Request
from offences.tables import WITH_FIGURE

BLUE, TEAL, PLUM, ORANGE, DARK, _ = get_af_colours("categorical")
PALE = get_af_colours("sequential")[-1]
GREY = "#6f6f6f"
_SHADE = "#e6e6e6"
_WIDTH = 9.0
_SETTINGS = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.titlesize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.6,
    "svg.hashsalt": "offences",
    "svg.fonttype": "path",
    "legend.frameon": False,
}


@contextmanager
def _page(
    request: Request, title: str, footer: str, height: float, key: list[Artist] | None = None
) -> Iterator[Figure]:
    """Yield a figure as wide as a page: a finding on top, below the key, coverage and source.

    ``height`` is of the drawing alone, in inches.
    """
    finding = textwrap.fill(title, 88)
    line = f"{request.title}, {request.years.in_words()}. {footer} As of: {request.known}."
    small = "\n".join(textwrap.wrap(f"{line} {words.SOURCE_LINE}.", 140))
    above = 0.14 + 0.19 * (finding.count("\n") + 1)
    below = 0.12 + 0.135 * (small.count("\n") + 1)
    key_height = 0.26 if key else 0.0
    whole = height + above + below + key_height
    with mpl.rc_context({**mpl.rcParamsDefault, "backend": mpl.get_backend(), **_SETTINGS}):
        figure = Figure(figsize=(_WIDTH, whole), layout="constrained")
        bottom = (below + key_height) / whole
        figure.get_layout_engine().set(rect=(0.005, bottom, 0.99, 1 - bottom - above / whole))  # type: ignore[union-attr,call-arg]
        figure.text(0.01, 1 - 0.07 / whole, finding, va="top", fontsize=11, fontweight="bold")
        figure.text(0.01, 0.06 / whole, small, va="bottom", fontsize=7.5, color=DARK)
        if key:
            figure.legend(
                handles=key, loc="lower left", bbox_to_anchor=(0.0, below / whole), ncols=len(key),
                fontsize=7.5, borderaxespad=0.2, columnspacing=1.4,
            )  # fmt: skip
        yield figure


def _nothing(figure: Figure, said: str) -> None:
    """Say in place of an empty chart that there is nothing to draw."""
    axes = figure.subplots()
    axes.set_axis_off()
    axes.text(0.5, 0.5, textwrap.fill(said, 80), ha="center", va="center", fontsize=11, color=DARK)


def force_by_year(request: Request, table: pd.DataFrame, total: Total) -> Figure:
    """Return the heat table of force by year; ``table`` as from ``forces.force_years``."""
    forces, years = table["force"].unique(), sorted(table["year"].unique())
    footer = f"{total.coverage}. {_marks(table)}"
    title = f"{request.title}: {words.at_least(total)}"
    with _page(request, title, footer, 0.4 + 0.26 * max(len(forces), 2)) as figure:
        axes = figure.subplots()
        cells = table.assign(
            shade=table["lower"].where(table["status"].isin(WITH_FIGURE)),
            shown=[shown_cell(row) for row in table.to_dict("records")],
        )
        shade = cells.pivot(index="force", columns="year", values="shade").reindex(forces)[years]
        norm = PowerNorm(0.5, vmin=0, vmax=max(1.0, float(cells["shade"].fillna(0).max())))
        sns.heatmap(
            shade.astype(float),
            cmap=LinearSegmentedColormap.from_list("af", ["#eef6fd", PALE, BLUE]),
            norm=norm,
            vmin=0,
            vmax=norm.vmax,
            cbar=False,
            linewidths=1,
            linecolor="white",
            ax=axes,
        )
        for row in cells.to_dict("records"):
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
            "printed as not available",
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
    with _page(
        request, title, footer, 0.2 + 1.5 * lines, _panel_key() if drawn else None
    ) as figure:
        if not drawn:
            _nothing(
                figure, f"No figures of forces were published for {request.title} in these years."
            )
            return figure
        years = sorted(table["year"].unique())
        grid = figure.subplots(lines, columns, squeeze=False, sharex=True)
        for axes, force in zip(grid.flat, drawn, strict=False):
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
    level = {row["year"]: row["lower"] for row in given.to_dict("records")}
    line = pd.DataFrame(
        {"x": range(len(years)), "y": [level.get(year, math.nan) for year in years]}
    )
    axes.plot(line["x"], line["y"], color=BLUE, lw=1.5, zorder=2)
    for year in set(years) - set(level):
        axes.axvspan(
            x[year] - 0.4, x[year] + 0.4, facecolor="none", edgecolor="#c8c8c8", hatch="////", lw=0
        )
    earlier = old[[row["value"] != level.get(row["year"]) for row in old.to_dict("records")]]
    sns.scatterplot(
        x=earlier["year"].map(x), y=earlier["value"], marker="D", s=26, facecolor="white",
        edgecolor=ORANGE, linewidth=1.3, ax=axes, legend=False, zorder=4,
    )  # fmt: skip
    for row in given.to_dict("records"):
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
            words.count(row["lower"]), (x[row["year"]], row["lower"]), xytext=(0, -11 if below else 5),
            textcoords="offset points", ha="center", fontsize=6.5, zorder=5,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.3},
        )  # fmt: skip
    axes.set_title(textwrap.shorten(force, 34, placeholder="..."), loc="left", fontsize=8, pad=4)
    axes.set(xlabel="", ylabel="", ylim=(0, height * 1.28), xlim=(-0.6, len(years) - 0.4))
    axes.set_xticks(range(len(years)), [year[2:] for year in years], fontsize=6.5)
    axes.tick_params(axis="y", labelsize=6.5, length=2)
    axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(3, integer=True))


def _label_below(x: int, y: float, line: pd.Series, earlier: pd.DataFrame) -> bool:
    """Return whether a label sits better under its point: in a dip, or under a revision."""
    beside = [line.get(x - 1, math.nan), line.get(x + 1, math.nan)]
    higher = [n > y for n in beside if not math.isnan(n)]
    dip = len(higher) == 2 and all(higher) and y > 0.15 * line.max()
    return dip or bool((earlier["value"] >= y).any())


def _panel_key() -> list[Artist]:
    return [
        Line2D([], [], color=BLUE, marker="o", ms=4.5, label="newest release"),
        Line2D([], [], color=BLUE, marker="^", ms=4.5, markerfacecolor="white", label="partial or disputed"),
        Line2D([], [], color=PLUM, ls=":", label="disputed, to the highest"),
        Line2D([], [], ls="", marker="D", ms=4.5, markerfacecolor="white", markeredgecolor=ORANGE, label="another release"),
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
    footer = f"{total.coverage}. Lines: exact 95% interval, chance alone. Comparable: reported both years in full."
    with _page(request, title, footer, 0.7 + 0.3 * max(len(rows) + len(forces), 2)) as figure:
        if not rows:
            _nothing(figure, words.changes(added, comparable, first, last))
            return figure
        axes = figure.subplots()
        labels = []
        for y, (label, held, colour, marker) in enumerate(rows):
            _change_row(
                axes, y, held.pct, held.lower, held.upper, held.before, held.after, colour, marker
            )
            labels.append(label)
        for y, row in enumerate(forces.to_dict("records"), start=len(rows)):
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
        axes.grid(axis="x", color=_SHADE, lw=0.6)
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
        f"{words.change(pct)}  ({words.count(before)} to {words.count(after)})",
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
    with _page(request, title, footer, 3.2, key) as figure:
        if not total.reported and table["published"].isna().all():
            _nothing(figure, f"No figures were published for {request.title} in these years.")
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
        for x, row in enumerate(table.to_dict("records")):
            axes.annotate(
                f"{words.count(row['sum_of_forces'])}\n{row['reported']} of {row['expected']}",
                (x, 0),
                xytext=(0, 4),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
            )
            if math.isnan(row["published"]):
                axes.annotate("not printed", (x, row["sum_of_forces"]), xytext=(0, 6),
                              textcoords="offset points", ha="center", fontsize=8, color=GREY)  # fmt: skip
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
                f"{words.count(row['published'])}{status}", (x, row["published"]), xytext=(0, 5),
                textcoords="offset points", ha="center", fontsize=8, fontweight="bold",
            )  # fmt: skip
        axes.set(xlabel="", ylabel="Offences", ylim=(0, top * 1.22))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    return figure


def platform_shares(request: Request, table: pd.DataFrame) -> Figure:
    """Return printed shares of the place with what they can mean over all offences.

    ``table`` as from ``platforms.shares``, of the place itself.
    """
    title = f"{request.title}: platforms as a share of offences whose means is known, and of all"
    footer = "Shares belong to the period beside them, and may overlap: one offence can involve several platforms."
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
    with _page(request, title, footer, 0.4 + 0.27 * max(len(newest), 3), used) as figure:
        if newest.empty:
            _nothing(
                figure, f"No shares by platform were published for {request.title} in these years."
            )
            return figure
        axes = figure.subplots()
        labels = []
        for y, row in enumerate(newest.to_dict("records")):
            _share_row(axes, y, row)
            labels.append(
                f"{str(row['subject']).replace('+', ' + ')}, {words.period(str(row['period']))}"
            )
        axes.set_yticks(range(len(labels)), labels, fontsize=8)
        axes.set(xlim=(0, 138), ylim=(len(labels) - 0.4, -0.6))
        axes.set_xticks(range(0, 101, 20), [f"{n}%" for n in range(0, 101, 20)])
        axes.grid(axis="x", color=_SHADE, lw=0.6)
        axes.set_axisbelow(True)
        axes.spines["bottom"].set_bounds(0, 100)
    return figure


def _share_row(axes: Axes, y: int, row: dict[str, object]) -> None:
    share, low, high = (float(str(row[c])) for c in ("share", "share_lower", "share_upper"))
    least, most = float(str(row["of_all_lower"])), float(str(row["of_all_upper"]))
    known = float(str(row["means_known"]))
    if least <= 0 and most >= 100:
        axes.barh(y, 100, height=0.5, facecolor="white", edgecolor="#d8d8d8", hatch="////", lw=0)
        said = "all: not known"
    else:
        axes.barh(y, most - least, left=least, height=0.5, facecolor=PALE, edgecolor=BLUE, lw=0.6)
        said = f"all: {words.interval(least, most)}"
    if not math.isnan(low) and (low, high) != (0, 100):
        axes.plot([low, high], [y, y], color=BLUE, lw=3.5, solid_capstyle="butt")
    if not math.isnan(share):
        hollow = row["status"] != "reported"
        axes.plot(share, y, "o", ms=6, color=BLUE, markerfacecolor="white" if hollow else BLUE)
        about = "about " if hollow else ""
        first = f"{about}{words.percent(share)}" + (
            "" if math.isnan(known) else f" of {words.count(known)}"
        )
    elif row["status"] == "disputed" and not math.isnan(low):
        first = f"disputed, {words.interval(low, high)}"
    elif math.isnan(float(str(row["count"]))):
        first = "count disputed"
    else:
        first = f"{words.count(float(str(row['count'])))} offences"
    axes.text(102, y, f"{first}; {said}", va="center", fontsize=7.5)


def means_known(request: Request, table: pd.DataFrame) -> Figure:
    """Return how many offences had any known means, by release; as ``platforms.means_known``."""
    title = "How many offences have a known means of communication at all"
    footer = (
        "Each bar is one release and period; England and Wales and the UK are not the same forces."
    )
    rows = table[table["pct"].notna()].reset_index(drop=True)
    with _page(request, title, footer, 0.5 + 0.36 * max(len(rows), 3)) as figure:
        if rows.empty:
            _nothing(figure, "No release known by then prints how many offences had known means.")
            return figure
        axes = figure.subplots()
        rows = rows.assign(
            label=[f"{r.place}, {words.period(r.period)}\n({r.release})" for r in rows.itertuples()]
        )
        axes.barh(rows["label"], 100, color="white", edgecolor=GREY, height=0.62, lw=0.8)
        sns.barplot(rows, y="label", x="pct", color=BLUE, errorbar=None, width=0.62, ax=axes)
        for y, row in enumerate(rows.to_dict("records")):
            axes.text(
                101, y,
                f"{words.percent(row['pct'])}: {words.count(row['means_known'])} of {words.count(row['offences'])}",
                va="center", fontsize=8,
            )  # fmt: skip
        axes.set(xlabel="Percent of offences", ylabel="", xlim=(0, 128))
        axes.set_xticks(range(0, 101, 20))
        axes.tick_params(axis="y", labelsize=7.5, length=0)
        axes.spines["bottom"].set_bounds(0, 100)
    return figure
