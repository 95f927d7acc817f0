"""Measures: what a printed figure can count, in which unit, and what a share of it is of."""

from __future__ import annotations

from offences.project import Project
from offences.tables import read_rows

MEASURE_COLUMNS = ["measure", "unit", "counts", "base", "description"]


PLATFORM_MEASURES = ("platform_pct", "platform_count")


def read_measures(project: Project) -> dict[str, str]:
    """Return the unit of each known measure."""
    path = project.reference / "measures.csv"
    return {
        row.cells["measure"]: row.cells["unit"] for row in read_rows(project, path, MEASURE_COLUMNS)
    }
