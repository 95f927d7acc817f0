"""What one would ask the forces and the publisher: each doubt of a run as a question to send."""

from __future__ import annotations

import pandas as pd

from offences.reference.periods import period_in_words
from offences.reference.statuses import Status
from offences.tables import rows_of
from offences.text import as_count

QUERY_COLUMNS = ("to", "year", "question")


def to_forces(table: pd.DataFrame, revised: pd.DataFrame) -> pd.DataFrame:
    """Return the questions that the force-years of a run raise, one a row.

    Parameters
    ----------
    table
        See :func:`offences.analysis.forces.force_years`.
    revised
        See :func:`offences.analysis.forces.revised`.

    Returns
    -------
    DataFrame
        Columns ``to`` (force), ``year``, ``question``.
    """
    found = []
    for row in rows_of(table):
        force, year, status = row["force"], row["year"], row["status"]
        if status == Status.MISSING:
            said = "No page read so far prints a figure" if not row["printed"] else "Printed as n/a"
            asked = f"{said} for {year}. How many offences were recorded from April to March?"
        elif status == Status.PARTIAL:
            asked = (
                f"{as_count(row['value'])} is printed for {year} and covers part of the year. "
                "How many were recorded in all twelve months?"
            )
        elif status == Status.DISPUTED:
            asked = (
                f"Pages print between {as_count(row['lower'])} and {as_count(row['upper'])} "
                f"for {year}. Which figure is right?"
            )
        else:
            continue
        found.append((force, year, asked))
    ours = set(table["force"])
    for (place, period), rows in revised.groupby(["place", "period"], sort=False):
        if place in ours:
            values = " then ".join(f"{as_count(r['value'])} ({r['release']})"
                                   for r in rows_of(rows))  # fmt: skip
            asked = f"{period_in_words(str(period))} was given as {values}. What changed?"
            found.append((str(place), str(period), asked))
    return pd.DataFrame(found, columns=list(QUERY_COLUMNS))
