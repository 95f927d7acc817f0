"""CSV tables read strictly, row by row as models of what a row may hold.

Every cell is read as text, so that ``07``, ``NO`` and ``n/a`` stay what they are; only a column
declared as a number or as yes or no becomes one. A file that ends in the middle of a row, or whose
rows are not as wide as its header, is refused: it may have been cut short.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypeVar, get_args

import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from offences.errors import DataError, did_you_mean
from offences.project import Project

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def _split(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


def _as_number(cell: str) -> float | None:
    if cell and not _NUMBER.fullmatch(cell):
        raise ValueError(f"{cell!r} is not a number.")
    return float(cell) if cell else None


def _as_bool(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise ValueError(f"{cell!r} is neither yes nor no.")
    return cell == "yes"


SPLIT = BeforeValidator(_split)
"""Marks a column whose cells hold several values with ``|`` between them."""

Text = Annotated[str, Field(min_length=1)]
"""Text that is never empty."""

Names = Annotated[tuple[str, ...], SPLIT]
"""Any number of names."""

Number = Annotated[float | None, BeforeValidator(_as_number)]
"""A number, or None where the cell is empty."""

YesNo = Annotated[bool, BeforeValidator(_as_bool)]
"""Yes or no."""


class TableRow(BaseModel):
    """One row of a table that a person keeps: a field for each column, and where the row is.

    Attributes
    ----------
    key
        Columns whose cells, taken together, no two rows share; empty where rows may repeat.
    file, line
        The file as shown to a person, and the line in it, the header being line 1.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: ClassVar[tuple[str, ...]] = ()

    file: str
    line: int

    @classmethod
    def columns(cls) -> list[str]:
        """Return the columns of the table, in the order of the fields."""
        return [name for name in cls.model_fields if name not in TableRow.model_fields]

    @classmethod
    def options(cls, column: str) -> list[str]:
        """Return the words that a column allows, none where it allows any."""
        return _options(cls.model_fields[column].annotation)

    def wrong(self, column: str, problem: str) -> DataError:
        """Return the error that names a cell of this row."""
        return DataError(self.file, problem, row=self.line, column=column)

    def require(self, column: str, known: Collection[str], what: str, otherwise: str = ".") -> None:
        """Refuse the row when a cell names nothing known; ``otherwise`` says what to do then.

        Raises
        ------
        DataError
            With the nearest known names, or ``otherwise`` where none is near.
        """
        name = getattr(self, column)
        if name not in known:
            hint = did_you_mean(name, known) or otherwise
            raise self.wrong(column, f"unknown {what} {name!r}{hint}")


RowModel = TypeVar("RowModel", bound=TableRow)


@dataclass(frozen=True)
class TextRow:
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
                    "A cell is missing, a comma is not inside quotes, or the file was cut short.",
                    row=reader.line_num,
                    column=last_read,
                )
            yield reader.line_num, cells
    except csv.Error as error:
        raise DataError(
            name, f"is not a well-formed CSV ({error}).", row=reader.line_num
        ) from error


def read_table(project: Project, path: Path, model: type[RowModel]) -> list[RowModel]:
    """Return the rows of a CSV file whose columns are the fields of a model, in any order.

    Raises
    ------
    DataError
        As :func:`read_rows`; when a cell is not what its field allows, naming the first such cell
        in full and the row and column of the others; and when two rows share the model's key.
    """
    file = project.relative(path)
    rows: list[RowModel] = []
    wrong: list[tuple[int, str, str]] = []
    for row in read_rows(project, path, model.columns()):
        try:
            rows.append(model.model_validate({"file": file, "line": row.line, **row.cells}))
        except ValidationError as error:
            for cell in error.errors():
                column = str(cell["loc"][0])
                wrong.append((row.line, column, _problem(model, column, dict(cell))))
    if wrong:
        (line, column, problem), *others = wrong
        if others:
            listed = "; ".join(f"row {other[0]}, column '{other[1]}'" for other in others[:5])
            more = f" and {len(others) - 5} more" if len(others) > 5 else ""
            problem += f" Also wrong: {listed}{more}."
        raise DataError(file, problem, row=line, column=column)
    _refuse_duplicates(rows, model.key)
    return rows


def _problem(model: type[TableRow], column: str, error: dict[str, Any]) -> str:
    """Return what is wrong with a cell and what to do, from what pydantic says of it."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] in ("string_too_short", "too_short"):
        return "is empty: every row needs one."
    known, given = model.options(column), str(error["input"])
    if not known:
        return f"{given!r}: {error['msg']}."
    hint = did_you_mean(given, known) or f". Known: {', '.join(known)}."
    return f"unknown {column.replace('_', ' ')} {given!r}{hint}"


def _options(annotation: Any) -> list[str]:
    """Return the words of an enumeration or a Literal, also of one that a tuple holds."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return [str(word) for word in annotation]
    parts = get_args(annotation)
    return [w for part in parts for w in ([part] if isinstance(part, str) else _options(part))]


def _refuse_duplicates(rows: Sequence[TableRow], key: tuple[str, ...]) -> None:
    """Refuse the first row that shares its key with an earlier one."""
    first: dict[tuple[str, ...], TableRow] = {}
    for row in rows if key else ():
        values = tuple(str(getattr(row, column)) for column in key)
        earlier = first.setdefault(values, row)
        if earlier is not row:
            named = ", ".join(repr(value) for value in values)
            raise row.wrong(key[-1], f"{named} is already in row {earlier.line}. Keep one row.")


def read_rows(project: Project, path: Path, columns: Sequence[str]) -> list[TextRow]:
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
            raise DataError(name, "two columns have this name. Keep one.", row=1, column=column)
    return [TextRow(line, dict(zip(header, cells, strict=True))) for line, cells in lines]


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
