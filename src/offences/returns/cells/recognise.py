"""Common layouts recognised by what their labels say; a person looks before they count.

Nothing is guessed: a label that names nothing leaves the table to the analyst.
"""

from __future__ import annotations

from collections.abc import Sequence

from offences.reference.places import Places, normalise
from offences.returns.cells.ages_and_genders import read_band, read_gender
from offences.returns.cells.declarations import DeclaredTable, Layout
from offences.returns.cells.written_periods import read_span
from offences.returns.files.grids import Grid

_TOTALS = {"total", "totals", "sum", "grand total", "all", "total count", "overall total"}
_FIELDS = {
    "force": ("force", "police force", "police force area", "force name"),
    "period": ("year", "financial year", "period", "fy"),
    "age_band": ("age", "victim age", "age band", "age group", "age of victim", "victim age band"),
    "gender": ("gender", "sex", "victim gender", "victim sex", "gender of victim"),
    "means": (
        "platform", "method", "means", "means of communication", "method of communication",
        "app", "app used", "social media", "platform used", "platform/method", "mo",
    ),
    "value": ("count", "number", "offences", "number of offences", "total", "count of crimes",
              "number of crimes", "recorded offences"),
}  # fmt: skip
_FIELD_OF = {word: field for field, words in _FIELDS.items() for word in words}
_MEANS_WORDS = _FIELDS["means"]
_DEEPEST = 12


def is_total(text: str) -> bool:
    """Return whether a label says that its row or column is a sum."""
    return normalise(text).rstrip(":") in _TOTALS


def recognise(grids: Sequence[Grid], force: str, period: str, places: Places) -> Layout | str:
    """Return the layout of the tables, or why there is none.

    Parameters
    ----------
    force, period
        What the file's name and the round say, for tables that do not name their own.
    """
    known = []
    for number, grid in enumerate(grids, start=1):
        table = _table(number, grid, places)
        if table is None:
            return f"the layout of {grid.name or 'the table'} is not recognised"
        listed = table.shape != "crosstab"
        axes = table.fields.values() if listed else (*table.rows, *table.columns)
        for axis, given in (("force", force), ("period", period)):
            if axis not in axes and not given:
                return f"{grid.name or 'the table'} is recognised, but nothing says its {axis}"
        known.append(table)
    return Layout(force=force, period=period, tables=known)


def _table(number: int, grid: Grid, places: Places) -> DeclaredTable | None:
    """Return the layout of one table: long, records, or labels at the left and above."""
    for row in range(1, min(len(grid.rows), _DEEPEST) + 1):
        cells = grid.rows[row - 1]
        if sum(map(bool, cells)) >= 2:
            return _listed(number, grid, row) or _crossed(number, grid, row, places)
    return None


def _listed(number: int, grid: Grid, row: int) -> DeclaredTable | None:
    headings = [heading for heading in grid.rows[row - 1] if heading]
    fields = {heading: _FIELD_OF.get(normalise(heading), "") for heading in headings}
    if not all(fields.values()) or len(set(fields.values())) != len(headings) or len(fields) < 2:
        return None
    axes = set(fields.values())
    is_long = "value" in axes
    body = [cells for cells in grid.rows[row:] if any(cells)]
    totals = [cells for cells in body if any(is_total(text) for text in cells)]
    if totals or (not is_long and len(axes) < 2):
        return None
    return DeclaredTable(
        table=number,
        shape="long" if is_long else "records",
        header=[row],
        fields=fields,
        measure=_measure(axes) if is_long else "offences",
    )


def _crossed(number: int, grid: Grid, row: int, places: Places) -> DeclaredTable | None:
    deep = 1
    while row + deep <= len(grid.rows) and not grid.rows[row + deep - 1][0] and deep < 3:
        deep += 1
    if row + deep > len(grid.rows):
        return None
    header = list(range(row, row + deep))
    corner = next((grid.rows[n - 1][0] for n in header if grid.rows[n - 1][0]), "")
    columns = [_axis([t for t in grid.rows[n - 1][1:] if t], places) for n in header]
    left = [cells[0] for cells in grid.rows[row + deep - 1 :] if any(cells)]
    rows = _axis([text for text in left if text], places)
    if rows is None and normalise(corner) in _MEANS_WORDS:
        rows = "means"
    if rows is None or None in columns or not all(left):
        return None
    labels = [*left, *(text for n in header for text in grid.rows[n - 1][1:])]
    axes = {rows, *(axis for axis in columns if axis)}
    if len(axes) != len(columns) + 1:
        return None
    measure = _measure(axes)
    return DeclaredTable(
        table=number,
        header=header,
        rows=[rows],
        columns=[axis for axis in columns if axis],
        measure=measure,
        unit="victims" if measure == "victims" else "",
        totals=list(dict.fromkeys(text for text in labels if is_total(text))),
    )


def _measure(axes: set[str]) -> str:
    """Return what figures along these axes count."""
    if "means" in axes:
        return "means"
    return "victims" if {"age_band", "gender"} & axes else "offences"


def _axis(labels: list[str], places: Places) -> str | None:
    """Return what all labels name, or None. Sums are left out; ages come before genders."""
    names = [label for label in labels if not is_total(label)]
    if not names:
        return None
    if all(_is_period(name) for name in names):
        return "period"
    bands = [read_band(name) for name in names]
    if all(bands) and any(band.known for band in bands if band):
        return "age_band"
    if all(read_gender(name) for name in names):
        return "gender"
    if all(places.printed("force", name) for name in names):
        return "force"
    return None


def _is_period(text: str) -> bool:
    try:
        read_span(text)
    except ValueError:
        return False
    return True
