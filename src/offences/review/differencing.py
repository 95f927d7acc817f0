"""Whether a suppressed cell can be worked out from what a run or the runs beside it show."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from offences.project import Project
from offences.reference.periods import Period
from offences.reference.statuses import PlaceKind, Status
from offences.releases.disclosure import Policy
from offences.runs.run_folder import RunFolder, runs_in
from offences.tables import rows_of

_COUNTS = {
    "force_by_year": "value",
    "per_force": "value",
    "published": "value",
    "victims": "value",
    "platform_shares": "count",
    "platforms_by_force": "count",
    "means_known": "means_known",
}
"""Columns of counts, by table."""

Cells = dict[tuple[str, str], float]


def problems(project: Project, run: RunFolder, policy: Policy) -> list[str]:
    """Return what a run shows and should not under its policy, none when all is well.

    A count that is small or not rounded; a suppressed cell that a total and the cells beside it
    narrow down; a suppressed cell that another run shows.
    """
    if not policy.protects:
        return []
    cells = _force_years(run)
    return [
        *_not_protected(run, policy),
        *_by_subtraction(run, policy, cells),
        *_shown_elsewhere(project, run, policy, cells),
    ]


def _rows(run: RunFolder, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and cells of each row; none where the run has no such table."""
    if run.has(table):
        yield from enumerate(rows_of(run.table(table)), start=2)


def _not_protected(run: RunFolder, policy: Policy) -> Iterator[str]:
    for name, column in _COUNTS.items():
        for number, row in _rows(run, name):
            value = float(row[column])
            # No multiple is too small: the least, of a cell that was rounded down, is below - 1.
            if not math.isnan(value) and value % policy.to:
                yield f"{name}.csv row {number}: {column} {value:g} is not as the policy has it"


def _by_subtraction(run: RunFolder, policy: Policy, cells: Cells) -> Iterator[str]:
    """Yield the totals that narrow down the suppressed cells below them.

    A rounded number stands for itself give or take half the rounding; one that is no multiple
    of it stands for itself.
    """
    for number, row in _rows(run, "published"):
        if row["measure"] != "offences" or math.isnan(float(row["value"])):
            continue
        ours = {
            key: value
            for key, value in cells.items()
            if Period.parse(key[1]) in Period.parse(str(row["period"]))
            and (row["place_kind"] != PlaceKind.FORCE or key[0] == row["place"])
        }
        hidden = [key for key, value in ours.items() if math.isnan(value)]
        if not hidden:
            continue
        total = float(row["value"])
        seen = [value for value in ours.values() if not math.isnan(value)]
        loose = policy.to / 2 * (len(seen) + (total % policy.to == 0))
        left = total - sum(seen)
        low, high = (
            max(left - loose, len(hidden)),
            min(left + loose, len(hidden) * (policy.below - 1)),
        )
        if low > len(hidden) or high < len(hidden) * (policy.below - 1):
            names = ", ".join(" ".join(key) for key in hidden)
            yield f"published.csv row {number}: less the cells beside it tells about {names}"


def _shown_elsewhere(
    project: Project, run: RunFolder, policy: Policy, cells: Cells
) -> Iterator[str]:
    hidden = {key for key, value in cells.items() if math.isnan(value)}
    for other in (other for home in sorted(project.figures.iterdir()) for other in runs_in(home)):
        theirs = other.manifest.policy
        if other == run or theirs == policy:
            continue
        there = _force_years(other)
        for key in sorted(hidden):
            if not math.isnan(there.get(key, math.nan)):
                yield f"{' '.join(key)} is shown by {other} ({theirs})"


def _force_years(run: RunFolder) -> Cells:
    """Return the count of each force-year with a figure, NaN for a suppressed one."""
    return {
        (str(row["force"]), str(row["year"])): float(row["value"])
        for _, row in _rows(run, "force_by_year")
        if row["status"] == Status.SUPPRESSED or not math.isnan(row["value"])
    }
