"""SIMULATED figures: small tables for the cases that the real figures do not have."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from offences.analysis.findings import Findings
from offences.analysis.forces import FORCE_YEARS
from offences.reference.periods import Period
from offences.reference.statuses import Status
from offences.reference.vocabulary import Vocabulary
from offences.releases.clean import Cleaned
from offences.releases.schemas import CELL, OBSERVATIONS, SETTLED, VINTAGES

RELEASES = {"sim-2021": "2021-01-31", "sim-2022": "2022-01-31", "sim-2023": "2023-01-31"}
"""The SIMULATED releases and their days, the oldest first."""

ISSUES = ["issue", "place_kind", "place", "period", "measure", "subject", "effect", "text"]


def figure(place: str, period: str, value: float, *bounds: float, **other: Any) -> dict[str, Any]:
    """Return one SIMULATED figure: exact where no bounds are given, open where one is given.

    ``other`` are further columns: ``kind``, ``measure``, ``subject``, ``status``, ``release``,
    ``printed``, ``issue_text``, ``note``.
    """
    lower, upper = (*bounds, math.nan)[:2] if bounds else (value, value)
    release = other.pop("release", "sim-2023")
    measure = other.pop("measure", "offences")
    row = {
        "place_kind": other.pop("kind", "force"),
        "place": place,
        "period": period,
        "measure": measure,
        "subject": "",
        "value": float(value),
        "lower": float(lower),
        "upper": float(upper),
        "status": Status.REPORTED,
        "unit": "percent" if "pct" in measure else "count",
        "release": release,
        "released": RELEASES[release],
        "note": "",
        "pages": 1,
        "independent_pages": 1,
        "sources": f"{release}/page",
        "source": f"{release}/page",
        "printed": f"{value:g}",
        "issues": "",
        "issue_text": "",
        "independent": True,
        "file": f"{release}.csv",
        "column": "printed",
    }
    return row | other


def known(vocabulary: Vocabulary, *figures: dict[str, Any]) -> Cleaned:
    """Return what is known when the figures are all there are: the newest of a cell settles it."""
    rows = [row | {"row": line} for line, row in enumerate(figures, start=2)]
    table = pd.DataFrame(rows, columns=[*(figures[0] if figures else figure("", "", 0)), "row"])
    newest = table.sort_values("released", kind="stable").drop_duplicates(CELL, keep="last")
    return Cleaned(
        vocabulary,
        table[list(OBSERVATIONS.columns)],
        table[list(VINTAGES.columns)],
        newest[list(SETTLED.columns)].sort_values(CELL).reset_index(drop=True),
        pd.DataFrame(columns=[*ISSUES, "only_source", "source"]),
        {name: f"the release of {day[:4]}" for name, day in RELEASES.items()},
    )


def found(vocabulary: Vocabulary, region: str, years: str, *figures: dict[str, Any]) -> Findings:
    """Return the findings about a place when the figures are all that is known."""
    place = vocabulary.places.asked_for(region, "ons")
    return Findings(known(vocabulary, *figures), place, Period.parse(years))


def force_years(*cells: tuple[Any, ...]) -> pd.DataFrame:
    """Return SIMULATED force-years from (force, year, status, value, lower, upper).

    A cell without bounds is exact where it is reported; else it is at least its value and open, or
    anything from 0 where it has no value.
    """
    rows = []
    for force, year, status, value, *bounds in cells:
        exact = status == Status.REPORTED
        least = 0.0 if math.isnan(value) else value
        lower, upper = bounds or (least, value if exact else math.nan)
        rows.append([force, year, value, lower, upper, Status(status), "x", "sim-2023", *[""] * 3])
    table = pd.DataFrame(rows, columns=FORCE_YEARS)
    return table.astype({"value": float, "lower": float, "upper": float})
