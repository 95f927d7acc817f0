"""How each kind of raw file is laid out, and the printed cells read out of it.

Two kinds of file are known. ``figures.csv`` is a log: one printed figure a row, as typed by a
person. Any other CSV is a table as it was printed, with a YAML file of the same name beside it
that says what its rows and columns mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from offences.errors import DataError
from offences.files import read_yaml
from offences.project import Project
from offences.reference.measures import Unit
from offences.reference.places import PrintedKind
from offences.releases.sources import Release
from offences.tables import TableRow, Text, read_lines, read_table

_NOT_TABLES = {"release.yaml", "sources.csv"}


class _Total(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    place_kind: PrintedKind
    place: str


class TableLayout(BaseModel):
    """What a printed table's rows and columns mean.

    Attributes
    ----------
    source
        The page it was printed on, as named in the release's ``sources.csv``.
    rows
        What the first column names: ``force``.
    totals
        Rows that are not forces: the place whose printed total each is, by its printed name.
    headings
        Period of each column whose heading is not one, by its printed heading.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    source: str
    measure: str
    unit: Unit
    rows: Literal["force"]
    subject: str = ""
    totals: dict[str, _Total] = {}
    headings: dict[str, str] = {}
    note: str = ""


class LoggedFigure(TableRow):
    """One row of ``figures.csv``: a figure as a person typed it from a page."""

    source: Text
    place_kind: PrintedKind
    place: Text
    period: Text
    measure: Text
    subject: str
    printed: str
    unit: Unit
    note: str


LOG_COLUMNS = LoggedFigure.columns()


@dataclass(frozen=True)
class PrintedCell:
    """One cell of a raw file, nothing in it understood yet."""

    file: str
    row: int
    column: str
    source: str
    place_kind: str
    place: str
    period: str
    measure: str
    subject: str
    printed: str
    unit: str
    note: str


def printed_cells(project: Project, release: Release) -> Iterator[PrintedCell]:
    """Yield every printed cell of a release, file by file.

    Raises
    ------
    DataError
        When a file cannot be read, or lies there and nothing says how to read it.
    """
    for path in sorted(release.folder.iterdir()):
        if path.name == "figures.csv":
            yield from _log(project, path)
        elif path.suffix == ".csv" and path.name not in _NOT_TABLES:
            yield from _table(project, path)
        elif path.name not in _NOT_TABLES and not path.with_suffix(".csv").is_file():
            raise DataError(
                project.relative(path),
                "nothing says how to read this file. A printed table is a .csv with a .yaml of "
                "the same name beside it; figures typed one by one go into figures.csv.",
            )


def _log(project: Project, path: Path) -> Iterator[PrintedCell]:
    for row in read_table(project, path, LoggedFigure):
        yield PrintedCell(row=row.line, column="printed", **row.model_dump(exclude={"line"}))


def _table(project: Project, path: Path) -> Iterator[PrintedCell]:
    file = project.relative(path)
    layout_path = path.with_suffix(".yaml")
    if not layout_path.is_file():
        raise DataError(
            file, f"{layout_path.name} is missing beside it: it says what rows and columns mean."
        )
    layout = read_yaml(project, layout_path, TableLayout)
    lines = read_lines(project, path)
    _, header = next(lines, (1, [""]))
    for heading in header[1:]:
        if header[1:].count(heading) > 1:
            raise DataError(file, "two columns have this heading.", row=1, column=heading)
    seen: dict[str, int] = {}
    for line, (name, *values) in lines:
        if name in seen:
            raise DataError(
                file,
                f"{name!r} is already in row {seen[name]}. Keep one row.",
                row=line,
                column=header[0],
            )
        seen[name] = line
        total = layout.totals.get(name)
        for heading, printed in zip(header[1:], values, strict=True):
            yield PrintedCell(
                file=file,
                row=line,
                column=heading,
                source=layout.source,
                place_kind=total.place_kind if total else layout.rows,
                place=total.place if total else name,
                period=layout.headings.get(heading, heading),
                measure=layout.measure,
                subject=layout.subject,
                printed=printed,
                unit=layout.unit,
                note=layout.note,
            )
    if not seen:
        raise DataError(file, "the table has no rows; it may have been cut short. Restore it.")
    for name in layout.totals:
        if name not in seen:
            raise DataError(
                project.relative(layout_path), f"totals: no row of the table is named {name!r}."
            )
