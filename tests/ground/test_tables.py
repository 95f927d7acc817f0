"""Tables that people keep: every cell is what its column says, and a slip is named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar, Literal

import pandas as pd
import pytest
from pydantic import Field

from offences.errors import DataError
from offences.project import Project
from offences.reference.statuses import Status
from offences.tables import (
    SPLIT,
    Names,
    Number,
    TableRow,
    Text,
    YesNo,
    read_rows,
    read_table,
    rows_of,
    write,
)

Colour = Literal["red", "green", "blue"]


class Line(TableRow):
    key: ClassVar = ("code", "colour")

    code: Text
    colour: Colour
    status: Status
    others: Names
    shades: Annotated[tuple[Colour, ...], SPLIT, Field(min_length=1)]
    number: Number
    sure: YesNo
    note: str


HEADER = "code,colour,status,others,shades,number,sure,note\n"
GOOD = "07,red,reported,NO|n/a,red|blue,-2.5,no,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Project:
    return Project(tmp_path.resolve())


def _read(folder: Project, text: str) -> list[Line]:
    path = folder.root / "lines.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(folder, path, Line)


def test_a_cell_is_what_its_column_says_and_text_stays_text(folder: Project) -> None:
    (row,) = _read(folder, HEADER + GOOD)
    assert (row.code, row.others, row.shades) == ("07", ("NO", "n/a"), ("red", "blue"))
    assert (row.status, row.number, row.sure, row.note) == (Status.REPORTED, -2.5, False, "")
    assert (row.file, row.line) == ("lines.csv", 2)


@pytest.mark.parametrize("text", ["07", "NO", "n/a", " 5 ", "1e3", "true", "2018-01", "<5"])
def test_nothing_is_guessed_about_text(folder: Project, text: str) -> None:
    (row,) = _read(folder, HEADER + GOOD.replace(",no,", f",no,{text}"))
    assert row.note == text


def test_columns_may_come_in_any_order(folder: Project) -> None:
    table = pd.DataFrame([dict(zip(HEADER.strip().split(","), GOOD[:-1].split(","), strict=True))])
    write(table[sorted(table.columns)], folder.root / "lines.csv")
    (row,) = read_table(folder, folder.root / "lines.csv", Line)
    assert (row.code, row.colour) == ("07", "red")


@pytest.mark.parametrize(
    ("old", "new", "column", "problem"),
    [
        ("07,", ",", "code", "is empty: every row needs one."),
        (",red,rep", ",rad,rep", "colour", "unknown colour 'rad': did you mean 'red'?"),
        (",red,rep", ",,rep", "colour", "unknown colour ''. Known: red, green, blue."),
        ("reported", "reportet", "status", "unknown status 'reportet': did you mean 'reported'?"),
        ("red|blue", "red|bleu", "shades", "unknown shades 'bleu': did you mean 'blue'?"),
        ("red|blue", "", "shades", "is empty: every row needs one."),
        ("-2.5", "two", "number", "'two' is not a number."),
        ("-2.5", "nan", "number", "'nan' is not a number."),
        ("-2.5", "1_000", "number", "'1_000' is not a number."),
        (",no,", ",No,", "sure", "'No' is neither yes nor no."),
    ],
)
def test_a_wrong_cell_is_named(
    folder: Project, old: str, new: str, column: str, problem: str
) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(DataError) as error:
        _read(folder, HEADER + GOOD.replace(old, new))
    assert str(error.value) == f"lines.csv, row 2, column '{column}': {problem}"


def test_the_other_wrong_cells_of_a_file_are_named_too(folder: Project) -> None:
    wrong = [GOOD.replace("07", str(n)).replace("-2.5", "two") for n in range(7)]
    with pytest.raises(DataError, match="row 2, column 'number'") as error:
        _read(folder, HEADER + "".join(wrong))
    assert "Also wrong: row 3, column 'number'; row 4" in str(error.value)
    assert str(error.value).endswith("row 7, column 'number' and 1 more.")


def test_two_rows_with_one_key_are_refused_and_the_first_is_named(folder: Project) -> None:
    other = GOOD.replace(",red,rep", ",green,rep")
    with pytest.raises(DataError) as error:
        _read(folder, HEADER + GOOD + other + GOOD.replace("-2.5", "3"))
    problem = "'07', 'red' is already in row 2. Keep one row."
    assert str(error.value) == f"lines.csv, row 4, column 'colour': {problem}"


def test_a_cell_that_names_nothing_known_is_refused_with_the_nearest(folder: Project) -> None:
    (row,) = _read(folder, HEADER + GOOD)
    row.require("code", {"07", "08"}, "code")
    with pytest.raises(DataError, match=r"column 'code': unknown code '07': did you mean '007'\?"):
        row.require("code", ["007"], "code")
    with pytest.raises(DataError, match="unknown code '07'; see codes.csv."):
        row.require("code", ["x"], "code", "; see codes.csv.")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a,b\n1,2\n", "row 1, column 'c': the column is missing"),
        ("a,b,c,d\n", "row 1, column 'd': the column is not known. Known: a, b, c."),
        ("a,b,c,c\n", "row 1, column 'c': two columns have this name"),
        ("a,b,c\n1,2\n", "row 2, column 'b': the row has 2 cells, the header 3"),
        ('a,b,c\n1,"2,3\n', "is not a well-formed CSV"),
        ("a,b,c\n1,2,3", "row 2: the file ends in the middle of a row"),
        ("\n", "the file is empty"),
    ],
)
def test_a_file_that_is_no_whole_table_is_refused(folder: Project, text: str, problem: str) -> None:
    path = folder.root / "table.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=problem):
        read_rows(folder, path, ["a", "b", "c"])


def test_what_is_written_reads_the_same(folder: Project) -> None:
    table = pd.DataFrame({"place": ["Gwent", 'the "west"'], "value": [44.0, float("nan")]})
    path = folder.root / "new" / "table.csv"
    write(table, path)
    assert path.read_bytes() == b'place,value\nGwent,44\n"the ""west""",\n'
    rows = read_rows(folder, path, ["place", "value"])
    assert [row.cells["place"] for row in rows] == list(table["place"])
    assert rows_of(table)[0] == {"place": "Gwent", "value": 44.0}
