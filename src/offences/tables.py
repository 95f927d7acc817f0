"""CSV tables read strictly, and the columns of the tables that the stages hand on.

Every cell is read as text, so that ``07``, ``NO`` and ``n/a`` stay what they are. A file that
ends in the middle of a row, or whose rows are not as wide as its header, is refused: it may have
been cut short.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from offences.errors import DataError, did_you_mean
from offences.project import Project


@dataclass(frozen=True)
class Row:
    """One row of a CSV file: its line number and its cells as text, by column name."""

    line: int
    cells: dict[str, str]


def read_lines(project: Project, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) for each row of a UTF-8 CSV file, its header included.

    Raises
    ------
    DataError
        When the file is missing, is not UTF-8, holds a NUL byte, ends without a newline, has an
        open quote, or a row is not as wide as the header.
    """
    name = project.relative(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(name, f"cannot be read ({error.strerror}).") from error
    if b"\0" in data:
        raise DataError(name, "holds a NUL byte: it is not a text file. Save it again as CSV.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(name, "is not UTF-8 text. Save it again with that encoding.") from error
    if not text.strip():
        raise DataError(name, "the file is empty; it may have been cut short. Restore it.")
    if not text.endswith("\n"):
        last = text.count("\n") + 1
        raise DataError(
            name,
            "the file ends in the middle of a row; it may have been cut short. "
            "Restore it, or end the last row with a newline.",
            row=last,
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    try:
        for cells in reader:
            if header is None:
                header = cells
            elif len(cells) != len(header):
                last_read = header[min(len(cells), len(header)) - 1]
                raise DataError(
                    name,
                    f"the row has {len(cells)} cells, the header {len(header)}. "
                    "A cell is missing, or a comma stands outside quotes, or the file was cut.",
                    row=reader.line_num,
                    column=last_read,
                )
            yield reader.line_num, cells
    except csv.Error as error:
        raise DataError(
            name, f"is not a well-formed CSV ({error}).", row=reader.line_num
        ) from error


def read_rows(project: Project, path: Path, columns: Sequence[str]) -> list[Row]:
    """Return the rows of a CSV file that must have exactly these columns, in any order.

    Raises
    ------
    DataError
        As :func:`read_lines`, and when a column is missing, unknown or named twice.
    """
    name = project.relative(path)
    lines = read_lines(project, path)
    _, header = next(lines, (1, []))
    for column in columns:
        if column not in header:
            hint = did_you_mean(column, [h for h in header if h not in columns])
            raise DataError(name, f"the column is missing{hint or '.'}", row=1, column=column)
    for column in header:
        if column not in columns:
            raise DataError(
                name, f"the column is not known. Known: {', '.join(columns)}.", row=1, column=column
            )
        if header.count(column) > 1:
            raise DataError(name, "the column stands twice in the header.", row=1, column=column)
    return [Row(line, dict(zip(header, cells, strict=True))) for line, cells in lines]


def show_whole() -> None:
    """Let notebooks show tables whole: no row, column or sentence is cut short."""
    pd.set_option("display.max_rows", 500, "display.max_columns", 50, "display.max_colwidth", None)


def write(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV: no index, empty cells for what is not known, Unix line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False, lineterminator="\n", float_format="%.10g")


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries, by column name."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
