"""The places of a batch side by side: a table and a chart from the headline numbers of their runs.

Counts are not rates: places are not ranked.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from offences.analysis.parameters import Request
from offences.batch.results import FINISHED, Result
from offences.charts.frame import BLUE, GREY, SHADE, page
from offences.charts.save import save
from offences.project import Project
from offences.runs.run_folder import RunFolder
from offences.tables import rows_of
from offences.text import as_change, as_count, several

SUMMARY_COLUMNS = [
    "region",
    "version",
    "state",
    "offences_reported",
    "status",
    "force_years_reported",
    "force_years_expected",
    "offences_published",
    "forces_comparable",
    "forces",
    "change_comparable_pct",
    "change_lower",
    "change_upper",
    "absent_because",
]
_NAME = "summary"
_LONGEST_REASON = 70


def summary(project: Project, results: list[Result]) -> pd.DataFrame:
    """Return one row a place, with :data:`SUMMARY_COLUMNS`.

    ``offences_reported`` is *at least* where ``status`` is partial; the change is on forces that
    reported both years in full, with its 95% interval. ``absent_because`` says why a place has no
    numbers: its run failed, or no figures were published.
    """
    rows = [_row(project, result) for result in results]
    return pd.DataFrame(rows, columns=SUMMARY_COLUMNS)


def _row(project: Project, result: Result) -> dict[str, Any]:
    row = {"region": result.region, "version": result.version, "state": result.state}
    if result.state not in FINISHED:
        return row | {"absent_because": result.reason}
    run = RunFolder(project.root / result.folder)
    number = run.number
    reported = number("offences_reported")
    return row | {
        "offences_reported": reported,
        "status": run.status("offences_reported"),
        "force_years_reported": number("force_years_reported"),
        "force_years_expected": number("force_years_expected"),
        "offences_published": number("offences_published"),
        "forces_comparable": number("forces_comparable"),
        "forces": number("forces_comparable", "denominator"),
        "change_comparable_pct": number("change_comparable_pct"),
        "change_lower": number("change_comparable_interval_pct", "lower"),
        "change_upper": number("change_comparable_interval_pct", "upper"),
        "absent_because": "no figures were published" if math.isnan(reported) else "",
    }


def in_words(table: pd.DataFrame) -> str:
    """Return the table in words, absent places last with the reason."""
    lines = []
    for row in rows_of(table[table["absent_because"] == ""]):
        change = ""
        if not math.isnan(row["change_comparable_pct"]):
            pct = as_change(row["change_comparable_pct"])
            change = f"; change {pct} on {_compared(row)} that can be compared"
        lines.append(
            f"{row['region']}: {_offences(row)} offences, {_coverage(row)} force-years{change}."
        )
    absent = table[table["absent_because"] != ""]
    lines += [f"{row['region']}: absent, {row['absent_because']}." for row in rows_of(absent)]
    return " ".join(lines)


def _compared(row: dict[str, Any]) -> str:
    return f"{row['forces_comparable']:.0f} of {several(int(row['forces']), 'force')}"


def _offences(row: dict[str, Any]) -> str:
    floor = "" if row["status"] == "reported" else "at least "
    return f"{floor}{as_count(row['offences_reported'])}"


def _coverage(row: dict[str, Any]) -> str:
    return f"{row['force_years_reported']:.0f} of {row['force_years_expected']:.0f}"


def chart(request: Request, table: pd.DataFrame) -> Figure:
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
        f"{_offences(row)}; {_coverage(row)}",
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
    right.text(920, y, _compared(row), va="center", fontsize=6.5)


def write(project: Project, request: Request, results: list[Result]) -> None:
    """Write the table and the chart."""
    table = summary(project, results)
    save(project.figures, _NAME, chart(request, table), table, in_words(table))
