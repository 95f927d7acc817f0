"""What changed between two runs of one place, number by number, and why.

A number is traced to the printed figures it rests on: when these come from another release, or
from a file that has changed, that is the cause. A number that rests on the same figures can have
changed only through what else differs between the runs, and all of that is named.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from offences.errors import OffencesError
from offences.project import Project
from offences.releases.load import Loaded, load
from offences.runs.store import MANIFEST
from offences.tables import rows_of, write
from offences.text import listed

TABLE = "changes.csv"
_ROW = " row "
_SHOWN = 4
COLUMNS = ("table", "item", "column", "before", "after", "difference", "cause")

# The columns that name a row of a table, and those that hold what it says.
_TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "headline": (("name",), ("value", "lower", "upper", "numerator", "denominator", "status")),
    "force_by_year": (("force", "year"), ("value", "status")),
    "published": (("place", "period", "measure", "subject"), ("value", "lower", "upper", "status")),
    "platform_shares": (("place", "period", "release", "subject"), ("share", "count", "status")),
    "means_known": (("place", "period", "release"), ("means_known", "offences")),
    "victims": (("place", "period", "measure"), ("value", "status")),
    "claims": (("claim",), ("verdict", "computed")),
}
_KINDS = {
    "data/raw/": "raw data",
    "data/reference/": "reference tables",
    "data/claims/": "claims",
    "src/": "code",
    "notebooks/": "code",
    "requirements.lock": "packages",
}


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side.

    Attributes
    ----------
    changes
        :data:`COLUMNS`, the largest difference first; ``before`` or ``after`` is empty where a
        row is in one run only.
    inputs
        What differs of what went in, by kind: raw data, reference tables, parameters, code ...
    """

    before: Path
    after: Path
    changes: pd.DataFrame
    inputs: dict[str, list[str]]

    def in_words(self) -> str:
        """Return what went in differently, in a sentence for each kind."""
        if not self.inputs:
            return "Nothing that went in differs."
        return " ".join(f"{kind[0].upper()}{kind[1:]}: {'; '.join(said)}."
                        for kind, said in self.inputs.items())  # fmt: skip


def compare(project: Project, before: Path, after: Path) -> Comparison:
    """Compare two runs of one place.

    Raises
    ------
    OffencesError
        When the runs are of different places, or a manifest cannot be read.
    DataError
        When the data cannot be read, to trace numbers to their rows.
    """
    old, new = _manifest(project, before), _manifest(project, after)
    places = [f"{m['parameters']['region']} ({m['parameters']['scheme']})" for m in (old, new)]
    if places[0] != places[1]:
        raise OffencesError(f"{places[0]} and {places[1]} are different places; give one place.")
    inputs = _inputs(old, new)
    causes = _Causes(load(project), old, new, inputs)
    rows = [row for name in _TABLES for row in _changed(name, before, after, causes)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    alone = table["after"].where(table["before"] == "", table["before"]).map(_number)
    size = table["difference"].fillna(alone).abs().fillna(-1.0)
    order = size.sort_values(ascending=False, kind="stable").index
    return Comparison(before, after, table.loc[order].reset_index(drop=True), inputs)


def save(comparison: Comparison, folder: Path) -> Path:
    """Write the changes as a table, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    write(comparison.changes, folder / TABLE)
    return folder / TABLE


def _manifest(project: Project, folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OffencesError(f"{project.relative(path)} cannot be read: {error}") from None
    return content


def _inputs(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[str]]:
    """Return what differs between two manifests, by kind."""
    found: dict[str, list[str]] = {}
    for name in after["parameters"]:
        old, new = before["parameters"].get(name), after["parameters"][name]
        if old != new:
            found.setdefault("parameters", []).append(f"{name} {old} then {new}")
    old, new = before["inputs"], after["inputs"]
    for path in sorted({*old, *new}):
        if old.get(path) != new.get(path):
            how = " (new)" if path not in old else " (gone)" if path not in new else ""
            found.setdefault(_kind(path), []).append(f"{path}{how}")
    for name, version in after["packages"].items():
        if before["packages"].get(name) != version:
            said = f"{name} {before['packages'].get(name, 'absent')} then {version}"
            found.setdefault("packages", []).append(said)
    return found


def _kind(path: str) -> str:
    return next((kind for start, kind in _KINDS.items() if path.startswith(start)), "other files")


class _Causes:
    """Why a number can have changed."""

    def __init__(
        self,
        loaded: Loaded,
        before: dict[str, Any],
        after: dict[str, Any],
        inputs: dict[str, list[str]],
    ) -> None:
        self._observations = loaded.observations
        self._inputs = inputs
        old, new = before["inputs"], after["inputs"]
        self._changed = {path for path in {*old, *new} if old.get(path) != new.get(path)}
        self._days = [m["parameters"]["as_of"] for m in (before, after)]

    def otherwise(self, table: str) -> str:
        """Return what can have changed a number that rests on the same figures."""
        never = {"raw data"} if table == "claims" else {"raw data", "claims"}
        kinds = [kind for kind in self._inputs if kind not in never]
        return listed(kinds) if kinds else "nothing that went in"

    def of(self, table: str, old: dict[str, str], new: dict[str, str]) -> str:
        """Return the cause for a row of a table, as it is in one run and in the other."""
        rows = self._printed(new or old)
        edited = [row for row in rows if row["file"] in self._changed]
        if edited:
            return f"raw data: {_where(edited)}"
        releases = (old.get("release", ""), new.get("release", ""))
        if rows and (releases[0] != releases[1]) and self._days[0] != self._days[1]:
            known = [row for row in rows if row["release"] in releases]
            return f"parameters: as_of; {_where(known or rows)}"
        return self.otherwise(table)

    def of_place(self, below: list[dict[str, Any]]) -> str:
        """Return the cause for a number made of the force-years that changed."""
        rows: dict[str, list[str]] = {}
        for cause in dict.fromkeys(row["cause"] for row in below):
            file, _, number = cause.partition(_ROW)
            rows.setdefault(file, []).extend([number] if number else [])
        return "; ".join(f"{file}{_several(numbers)}" for file, numbers in rows.items())

    def _printed(self, row: dict[str, str]) -> list[dict[str, Any]]:
        """Return the printed figures of a row's place, period and measure."""
        place = row.get("force") or row.get("place", "")
        period = row.get("year") or row.get("period", "")
        measure = row.get("measure") or "offences"
        if not place or not period or "share" in row:
            return []
        table = self._observations
        ours = (table["place"] == place) & (table["period"] == period)
        return rows_of(table[ours & (table["measure"] == measure)])


def _where(rows: list[dict[str, Any]]) -> str:
    """Return the file and row of the newest printed figure among these."""
    newest = max(rows, key=lambda row: (bool(row["independent"]), str(row["released"])))
    return f"{newest['file']}{_ROW}{newest['row']}"


def _several(rows: list[str]) -> str:
    shown = ", ".join(rows[:_SHOWN])
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    return f"{_ROW if len(rows) == 1 else ' rows '}{shown}{more}" if rows else ""


def _changed(name: str, before: Path, after: Path, causes: _Causes) -> Iterator[dict[str, Any]]:
    keys, columns = _TABLES[name]
    old, new = (_rows(folder / f"{name}.csv", keys) for folder in (before, after))
    below = list(_changed("force_by_year", before, after, causes)) if name == "headline" else []
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key, {}), new.get(key, {})
        for column in columns:
            if was.get(column, "") == now.get(column, ""):
                continue
            ours = below and key[0].startswith(("offences", "force", "change"))
            yield {
                "table": name,
                "item": " ".join(part for part in key if part),
                "column": column,
                "before": was.get(column, ""),
                "after": now.get(column, ""),
                "difference": _number(now.get(column)) - _number(was.get(column)),
                "cause": causes.of_place(below) if ours else causes.of(name, was, now),
            }


def _rows(path: Path, keys: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, str]]:
    if not path.is_file():
        return {}
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return {tuple(row[key] for key in keys): row for row in rows_of(table)}


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")
