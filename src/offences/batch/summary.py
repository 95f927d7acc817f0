"""The places of a batch side by side: a table and a chart from the headline numbers of their runs.

Counts are not rates: places are not ranked.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from offences.analysis.headline import Quoted
from offences.analysis.parameters import Request
from offences.batch.results import FINISHED, Result
from offences.charts.place_charts import (
    compared,
    coverage_of,
    offences_at_least,
    places_side_by_side,
)
from offences.charts.save import save
from offences.project import Project
from offences.runs.run_folder import RunFolder
from offences.tables import rows_of
from offences.text import as_change

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
    reported = number(Quoted.OFFENCES_REPORTED)
    return row | {
        "offences_reported": reported,
        "status": run.status(Quoted.OFFENCES_REPORTED),
        "force_years_reported": number(Quoted.FORCE_YEARS_REPORTED),
        "force_years_expected": number(Quoted.FORCE_YEARS_EXPECTED),
        "offences_published": number(Quoted.OFFENCES_PUBLISHED),
        "forces_comparable": number(Quoted.FORCES_COMPARABLE),
        "forces": number(Quoted.FORCES_COMPARABLE, "denominator"),
        "change_comparable_pct": number(Quoted.CHANGE_COMPARABLE),
        "change_lower": number(Quoted.CHANGE_COMPARABLE_INTERVAL, "lower"),
        "change_upper": number(Quoted.CHANGE_COMPARABLE_INTERVAL, "upper"),
        "absent_because": "no figures were published" if math.isnan(reported) else "",
    }


def in_words(table: pd.DataFrame) -> str:
    """Return the table in words, absent places last with the reason."""
    lines = []
    for row in rows_of(table[table["absent_because"] == ""]):
        change = ""
        if not math.isnan(row["change_comparable_pct"]):
            pct = as_change(row["change_comparable_pct"])
            change = f"; change {pct} on {compared(row)} that can be compared"
        offences = f"{offences_at_least(row)} offences, {coverage_of(row)} force-years"
        lines.append(f"{row['region']}: {offences}{change}.")
    absent = table[table["absent_because"] != ""]
    lines += [f"{row['region']}: absent, {row['absent_because']}." for row in rows_of(absent)]
    return " ".join(lines)


def write(project: Project, request: Request, results: list[Result]) -> None:
    """Write the table and the chart."""
    table = summary(project, results)
    save(project.figures, _NAME, places_side_by_side(request, table), table, in_words(table))
