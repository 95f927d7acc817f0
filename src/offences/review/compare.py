"""What changed between two runs of one place, number by number, and why.

A number is traced to the printed figures it rests on: when these come from another release, or
from a file that has changed, that is the cause. A number that rests on the same figures can have
changed only through what else differs between the runs, and all of that is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from offences.analysis.headline import COUNT_NUMBERS
from offences.errors import OffencesError
from offences.project import Project
from offences.releases.load import Loaded, load
from offences.runs.run_folder import Manifest, RunFolder
from offences.tables import rows_of, write
from offences.text import listed, upper_first

CHANGES = "changes.csv"
CHANGES_COLUMNS = ("table", "item", "column", "before", "after", "difference", "cause")
_ROWS_SHOWN = 4
_RAW_DATA = "raw data"

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
    "data/raw/": _RAW_DATA,
    "data/reference/": "reference tables",
    "data/claims/": "claims",
    "src/": "code",
    "notebooks/": "code",
    "requirements.lock": "packages",
}


@dataclass(frozen=True)
class Cause:
    """Why a number changed.

    Attributes
    ----------
    kind
        What went in differently: raw data, parameters ...; for a number that rests on the same
        printed figures all that differs.
    file, row
        The printed figure it rests on, where that is the cause or is another one now.
    """

    kind: str
    file: str = ""
    row: int = 0


def in_words(causes: Iterable[Cause]) -> str:
    """Return causes in words, the rows of one file together."""
    rows: dict[tuple[str, str], list[str]] = {}
    for cause in dict.fromkeys(causes):
        rows.setdefault((cause.kind, cause.file), []).append(str(cause.row))
    return "; ".join(_in_file(*key, numbers) for key, numbers in rows.items())


def _in_file(kind: str, file: str, rows: list[str]) -> str:
    if not file:
        return kind
    mark = ":" if kind == _RAW_DATA else ";"
    shown = ", ".join(rows[:_ROWS_SHOWN])
    more = f" and {len(rows) - _ROWS_SHOWN} more" if len(rows) > _ROWS_SHOWN else ""
    return f"{kind}{mark} {file} row{'' if len(rows) == 1 else 's'} {shown}{more}"


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side.

    Attributes
    ----------
    changes
        :data:`CHANGES_COLUMNS`, the largest difference first; ``before`` or ``after`` is empty
        where a row is in one run only.
    differing_inputs
        What differs of what went in, by kind: raw data, reference tables, parameters, code ...
    """

    before: RunFolder
    after: RunFolder
    changes: pd.DataFrame
    differing_inputs: dict[str, list[str]]

    def in_words(self) -> str:
        """Return what went in differently, in a sentence for each kind."""
        if not self.differing_inputs:
            return "Nothing that went in differs."
        return " ".join(f"{upper_first(kind)}: {'; '.join(lines)}."
                        for kind, lines in self.differing_inputs.items())  # fmt: skip


def compare(project: Project, before: RunFolder, after: RunFolder) -> Comparison:
    """Compare two runs of one place.

    Raises
    ------
    OffencesError
        When the runs are of different places, or a manifest cannot be read.
    DataError
        When the data cannot be read, to trace numbers to their rows.
    """
    old, new = before.manifest, after.manifest
    places = [f"{m.parameters['region']} ({m.parameters['scheme']})" for m in (old, new)]
    if places[0] != places[1]:
        raise OffencesError(f"{places[0]} and {places[1]} are different places; give one place.")
    differing = _differing_inputs(old, new)
    changes = _changes(before, after, _Causes(load(project), old, new, differing))
    table = pd.DataFrame(changes, columns=list(CHANGES_COLUMNS))
    table["cause"] = table["cause"].map(in_words)
    alone = table["after"].where(table["before"] == "", table["before"]).map(_number)
    size = table["difference"].fillna(alone).abs().fillna(-1.0)
    order = size.sort_values(ascending=False, kind="stable").index
    return Comparison(before, after, table.loc[order].reset_index(drop=True), differing)


def save(comparison: Comparison, folder: Path) -> None:
    """Write the changes as a table."""
    write(comparison.changes, folder / CHANGES)


def _differing_inputs(before: Manifest, after: Manifest) -> dict[str, list[str]]:
    """Return what differs between two manifests, by kind."""
    found: dict[str, list[str]] = {}
    for name, new in after.parameters.items():
        old = before.parameters.get(name)
        if old != new:
            found.setdefault("parameters", []).append(f"{name} {old} then {new}")
    for path in sorted(_changed_paths(before, after)):
        how = ""
        if path not in before.inputs or path not in after.inputs:
            how = " (new)" if path in after.inputs else " (gone)"
        found.setdefault(_kind(path), []).append(f"{path}{how}")
    for name, version in after.packages.items():
        old = before.packages.get(name, "absent")
        if old != version:
            found.setdefault("packages", []).append(f"{name} {old} then {version}")
    return found


def _changed_paths(before: Manifest, after: Manifest) -> set[str]:
    old, new = before.inputs, after.inputs
    return {path for path in {*old, *new} if old.get(path) != new.get(path)}


def _kind(path: str) -> str:
    return next((kind for start, kind in _KINDS.items() if path.startswith(start)), "other files")


class _Causes:
    """Why a number can have changed."""

    def __init__(
        self,
        loaded: Loaded,
        before: Manifest,
        after: Manifest,
        differing: dict[str, list[str]],
    ) -> None:
        self._observations = loaded.observations
        self._kinds = list(differing)
        self._changed = _changed_paths(before, after)
        self._other_day = before.parameters["as_of"] != after.parameters["as_of"]

    def of(self, table: str, old: dict[str, str], new: dict[str, str]) -> Cause:
        """Return the cause for a row of a table, as it is in one run and in the other."""
        rows = self._printed(new or old)
        edited = [row for row in rows if row["file"] in self._changed]
        if edited:
            return _newest(_RAW_DATA, edited)
        releases = (old.get("release", ""), new.get("release", ""))
        if rows and releases[0] != releases[1] and self._other_day:
            known = [row for row in rows if row["release"] in releases]
            return _newest("parameters: as_of", known or rows)
        return self._otherwise(table)

    def _otherwise(self, table: str) -> Cause:
        """Return what can have changed a number that rests on the same figures."""
        never = {_RAW_DATA} if table == "claims" else {_RAW_DATA, "claims"}
        kinds = [kind for kind in self._kinds if kind not in never]
        return Cause(listed(kinds) if kinds else "nothing that went in")

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


def _newest(kind: str, rows: list[dict[str, Any]]) -> Cause:
    """Return the newest printed figure among these as the cause."""
    newest = max(rows, key=lambda row: (bool(row["independent"]), str(row["released"])))
    return Cause(kind, newest["file"], int(newest["row"]))


def _changes(before: RunFolder, after: RunFolder, causes: _Causes) -> list[dict[str, Any]]:
    """Return every change; a headline number has the causes of the force-years it is made of."""
    by_table = {name: list(_changed(name, before, after, causes)) for name in _TABLES}
    below = [cause for year in by_table["force_by_year"] for cause in year["cause"]]
    for change in by_table["headline"]:
        if below and change["item"] in COUNT_NUMBERS:
            change["cause"] = below
    return [change for changes in by_table.values() for change in changes]


def _changed(
    name: str, before: RunFolder, after: RunFolder, causes: _Causes
) -> Iterator[dict[str, Any]]:
    """Yield the changes of a table, the cause of each as data."""
    keys, columns = _TABLES[name]
    old, new = (_rows(run, name, keys) for run in (before, after))
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key, {}), new.get(key, {})
        for column in columns:
            if was.get(column, "") == now.get(column, ""):
                continue
            yield {
                "table": name,
                "item": " ".join(part for part in key if part),
                "column": column,
                "before": was.get(column, ""),
                "after": now.get(column, ""),
                "difference": _number(now.get(column)) - _number(was.get(column)),
                "cause": [causes.of(name, was, now)],
            }


def _rows(
    run: RunFolder, table: str, keys: tuple[str, ...]
) -> dict[tuple[str, ...], dict[str, str]]:
    if not run.has(table):
        return {}
    return {tuple(row[key] for key in keys): row for row in rows_of(run.table_as_text(table))}


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")
