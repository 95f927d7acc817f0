"""A good file of any kind is read as it is: its tables as text, with notes on what was decided."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import xlsxwriter
from helpers import received_files
from helpers.received_files import GRID, bad_files

from offences.returns.files.grids import SetAsideError
from offences.returns.files.readers import read_file
from offences.returns.simulated import writers

WRITERS = {
    ".xlsx": writers.xlsx,
    ".xls": writers.xls,
    ".xlsb": writers.xlsb,
    ".ods": writers.ods,
    ".docx": writers.docx,
    ".html": writers.html,
    ".csv": writers.delimited(","),
    ".tsv": writers.delimited("\t"),
}


def _write(path: Path) -> Path:
    WRITERS[path.suffix](path, {"Q2": GRID})
    return path


@pytest.mark.parametrize("ending", WRITERS)
def test_every_format_gives_the_same_cells(tmp_path, ending) -> None:
    (only,) = read_file(_write(tmp_path / f"northamptonshire{ending}"))
    assert [list(row) for row in only.rows] == GRID
    assert not only.notes


def test_a_pdf_table_gives_the_same_cells(tmp_path) -> None:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.axis("off")
    axes.table(cellText=GRID, loc="center")
    path = tmp_path / "northamptonshire.pdf"
    figure.savefig(path)
    plt.close(figure)
    (only,) = read_file(path)
    assert [list(row) for row in only.rows] == GRID


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_common_encodings_are_read(tmp_path, encoding) -> None:
    path = tmp_path / "answer.csv"
    path.write_bytes("What’s App;£600;–\nx;1;2\n".encode(encoding))
    (only,) = read_file(path)
    assert only.rows[0] == ("What’s App", "£600", "–")


def test_merged_cells_repeat_their_text(tmp_path) -> None:
    rows = [["", "2023/24", ""], ["", "Female", "Male"], ["12-15", 3, 4]]
    path = received_files.workbook(tmp_path / "kent.xlsx", {"A": rows}, ["B1:C1"])
    assert read_file(path)[0].rows[0] == ("", "2023/24", "2023/24")
    page = tmp_path / "kent.html"
    page.write_text(
        "<table><tr><td rowspan=2>Force</td><td colspan=2>2023/24</td></tr>"
        "<tr><td>Female</td><td>Male</td></tr></table>"
    )
    assert read_file(page)[0].rows == (
        ("Force", "2023/24", "2023/24"),
        ("Force", "Female", "Male"),
    )


def test_odd_files_are_read_with_a_note(tmp_path) -> None:
    _write(tmp_path / "page.html").rename(tmp_path / "page.xls")
    with xlsxwriter.Workbook(str(tmp_path / "wide.xlsx")) as book:
        sheet = book.add_worksheet("Q1")
        grey = book.add_format({"bg_color": "silver"})
        sheet.write("A1", "Kent")
        for column in range(1, 10_000):
            sheet.write_blank(0, column, None, grey)
    with xlsxwriter.Workbook(str(tmp_path / "formulas.xlsx")) as book:
        sheet = book.add_worksheet("Q1")
        sheet.write_formula("A1", '=HYPERLINK("http://x.invalid","y")', None, "y")
        sheet.write_formula("A2", "=1+1", None, 2)
    (tmp_path / "formula.csv").write_text("=1+1,=cmd|' /C calc'!A0\n")
    found = {path.name: read_file(path)[0] for path in tmp_path.iterdir()}
    assert found["page.xls"].notes == ("named .xls, but is html: read as html",)
    assert found["wide.xlsx"].rows == (("Kent",),)
    assert [row[0] for row in found["formulas.xlsx"].rows] == ["y", "2"]
    assert found["formula.csv"].rows == (("=1+1", "=cmd|' /C calc'!A0"),)


def test_an_error_in_a_cell_is_not_an_empty_cell(tmp_path) -> None:
    path = tmp_path / "kent.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Question 1")
        sheet.write_row("A1", ["Force", "2023/24"])
        sheet.write("A2", "Kent")
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
    assert read_file(path)[0].rows[1] == ("Kent", "#DIV/0!")


@pytest.mark.parametrize(
    ("content", "rows", "notes"),
    [
        ("a;b\n1;2\n", (("a", "b"), ("1", "2")), ()),
        ("a\tb\n1\t2\n", (("a", "b"), ("1", "2")), ()),
        ("a,b\n", (("a", "b"),), ()),
        (
            'a,b\n"x,2\n',
            (("a", "b"), ('"x', "2")),
            ("a quotation mark is not closed: all are read as they stand",),
        ),
        ("What\u2019s App,7\n".encode("cp1252"), (("What’s App", "7"),), ("read as Windows-1252",)),
    ],
)
def test_delimited_text_is_read_with_its_delimiter(tmp_path, content, rows, notes) -> None:
    path = tmp_path / "kent.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (only,) = read_file(path)
    assert (only.rows, only.notes) == (rows, notes)


def test_a_hidden_sheet_and_values_that_are_no_text_are_read(tmp_path) -> None:
    path = tmp_path / "kent.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Q1")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row("A1", [52.0, 3.5, True])
        sheet.write_datetime("D1", datetime.datetime(2024, 4, 1), day)
        book.add_worksheet("Old").hide()
        book.get_worksheet_by_name("Old").write("A1", "x")
    shown, hidden = read_file(path)
    assert shown.rows == (("52", "3.5", "TRUE", "2024-04-01"),)
    assert (hidden.name, hidden.notes) == ("Old", ("sheet 'Old' is hidden",))


def test_a_file_without_a_table_is_set_aside(tmp_path) -> None:
    path = tmp_path / "letter.html"
    path.write_text("<html><body><p>We hold no such information.</p></body></html>")
    with pytest.raises(SetAsideError, match="is html but holds no table"):
        read_file(path)


def test_a_bad_file_is_set_aside_with_its_reason(tmp_path) -> None:
    reasons = bad_files(tmp_path)
    del reasons["corner.xlsx"]  # takes all memory: only a process of its own may read it
    for name, reason in reasons.items():
        with pytest.raises(SetAsideError) as problem:
            read_file(tmp_path / name)
        assert reason in str(problem.value), name
