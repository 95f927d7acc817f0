"""Measures: what a printed figure can count, in which unit, and what a share of it is of."""

from __future__ import annotations

from typing import ClassVar, Literal

from offences.project import Project
from offences.tables import TableRow, Text, read_table

PLATFORM_MEASURES = ("platform_pct", "platform_count")
"""Measures whose subject is a platform, a parent company or a group."""

Unit = Literal["count", "percent"]
"""What a figure is in."""


class Measure(TableRow):
    """What a figure can count: one row of ``measures.csv``.

    Attributes
    ----------
    counts
        What is counted: offences, victims, platforms, forces, arrests.
    base
        The measure a share or part is of; empty where it is a whole.
    """

    key: ClassVar = ("measure",)

    measure: Text
    unit: Unit
    counts: Text
    base: str
    description: Text

    @property
    def signed(self) -> bool:
        """Whether its numbers can be negative: a percentage of nothing is a change."""
        return self.unit == "percent" and not self.base


def read_measures(project: Project) -> dict[str, Measure]:
    """Return each known measure by its name.

    Raises
    ------
    DataError
        When the table is wrong, or a measure is in it twice.
    """
    rows = read_table(project, project.reference / "measures.csv", Measure)
    return {row.measure: row for row in rows}
