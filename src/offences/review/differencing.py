"""Whether a suppressed cell can be worked out from what a run or the runs beside it show."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from offences.project import Project
from offences.reference.periods import Period
from offences.releases.disclosure import PUBLISHED, Policy
from offences.runs.store import MANIFEST
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


def problems(project: Project, folder: Path, policy: Policy) -> list[str]:
    """Return what a run shows and should not under its policy, none when all is well.

    A count that is small or not rounded; a suppressed cell that a total and the cells beside it
    narrow down; a suppressed cell that another run shows.
    """
    if not policy.protects:
        return []
    cells = _force_years(folder)
    return [
        *_not_protected(folder, policy),
        *_by_subtraction(folder, policy, cells),
        *_shown_elsewhere(project, folder, policy, cells),
    ]


def _not_protected(folder: Path, policy: Policy) -> Iterator[str]:
    for name, column in _COUNTS.items():
        path = folder / f"{name}.csv"
        if not path.is_file():
            continue
        for number, row in enumerate(rows_of(pd.read_csv(path)), start=2):
            value = float(row[column])
            if not math.isnan(value) and policy.rounded(value) != value:
                yield f"{name}.csv row {number}: {column} {value:g} is not as the policy has it"


def _by_subtraction(folder: Path, policy: Policy, cells: Cells) -> Iterator[str]:
    """Yield the totals that narrow down the suppressed cells below them.

    A rounded number stands for itself give or take half the rounding; one that is no multiple
    of it stands for itself.
    """
    path = folder / "published.csv"
    if not path.is_file():
        return
    for number, row in enumerate(rows_of(pd.read_csv(path)), start=2):
        if row["measure"] != "offences" or math.isnan(float(row["value"])):
            continue
        ours = {
            key: value
            for key, value in cells.items()
            if Period.parse(key[1]) in Period.parse(str(row["period"]))
            and (row["place_kind"] != "force" or key[0] == row["place"])
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


def _shown_elsewhere(project: Project, folder: Path, policy: Policy, cells: Cells) -> Iterator[str]:
    hidden = {key for key, value in cells.items() if math.isnan(value)}
    for manifest in sorted(project.figures.glob(f"*/*/{MANIFEST}")):
        other = manifest.parent
        asked = json.loads(manifest.read_text(encoding="utf-8"))["parameters"]
        theirs = Policy.parse(asked.get("disclosure", PUBLISHED))
        if other == folder or theirs == policy:
            continue
        there = _force_years(other)
        for key in sorted(hidden):
            if not math.isnan(there.get(key, math.nan)):
                yield f"{' '.join(key)} is shown by {project.relative(other)} ({theirs})"


def _force_years(folder: Path) -> Cells:
    """Return the count of each force-year with a figure, NaN for a suppressed one."""
    path = folder / "force_by_year.csv"
    if not path.is_file():
        return {}
    table = pd.read_csv(path)
    table = table[table["value"].notna() | (table["status"] == "suppressed")]
    return {(str(r["force"]), str(r["year"])): float(r["value"]) for r in rows_of(table)}
