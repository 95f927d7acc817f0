"""Tables of a SIMULATED round are written as programs write them, and read back the same."""

from __future__ import annotations

import zipfile

import pytest

from offences.returns.files.readers import read_file
from offences.returns.simulated import writers

ROWS = [["Method", "2023/24"], ["Kik & <co>", "12"], ["", "*"], ["007", "0"]]
TWO = {"Q1": ROWS, "Q2": [["x", "1"]]}


@pytest.mark.parametrize(
    ("writer", "ending", "names"),
    [
        (writers.xlsx, ".xlsx", ["Q1", "Q2"]),
        (writers.xls, ".xls", ["Q1", "Q2"]),
        (writers.xlsb, ".xlsb", ["Q1", "Q2"]),
        (writers.ods, ".ods", ["Q1", "Q2"]),
        (writers.docx, ".docx", ["table 1", "table 2"]),
        (writers.html, ".html", ["table 1", "table 2"]),
        (writers.delimited(","), ".csv", [""]),
        (writers.delimited("\t"), ".tsv", [""]),
        (writers.delimited(";", "cp1252"), ".csv", [""]),
    ],
)
def test_what_is_written_is_read_back(tmp_path, writer, ending, names) -> None:
    path = tmp_path / f"kent{ending}"
    writer(path, TWO)
    found = read_file(path)
    assert [one.name for one in found] == names
    assert [list(row) for row in found[0].rows] == ROWS
    assert [[list(row) for row in one.rows] for one in found[1:]] == [[["x", "1"]]][
        : len(names) - 1
    ]


def test_ranges_of_the_first_sheet_are_merged(tmp_path) -> None:
    path = tmp_path / "kent.xlsx"
    writers.xlsx(
        path, {"Q1": [["", "2023/24", ""], ["", "F", "M"]], "Q2": [["", "x", "y"]]}, ["B1:C1"]
    )
    first, second = read_file(path)
    assert first.rows == (("", "2023/24", "2023/24"), ("", "F", "M"))
    assert second.rows == (("", "x", "y"),)


def test_numbers_are_written_as_numbers_and_codes_as_text(tmp_path) -> None:
    path = tmp_path / "kent.xlsx"
    writers.xlsx(path, {"Q1": [["12", "007", "0", "*"]]})
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert '<c r="A1"><v>12</v></c>' in sheet
    assert '<c r="C1"><v>0</v></c>' in sheet
    assert '<c r="B1" t="s">' in sheet and '<c r="D1" t="s">' in sheet
