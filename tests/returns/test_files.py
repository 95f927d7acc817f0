"""Files as they come: good ones are read as they lie, bad ones set aside with the reason."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from helpers import received_files

from offences.returns.cells.cell_text import read as read_mark
from offences.returns.files import file_types
from offences.returns.files.grids import SetAsideError
from offences.returns.files.isolation import read_each, received_paths
from offences.returns.files.readers import read
from offences.returns.simulated import writers

# Northamptonshire's grid as its page prints it (FOI-01).
GRID = [
    ["", "11 and under", "12-15", "16 and over", "Unknown Age"],
    ["Female", "", "22", "", "2"],
    ["Male", "*", "*", "", ""],
    ["Unknown", "", "*", "", "22"],
    ["Sum:", "0", "22", "0", "24"],
]


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
    (only,) = read(_write(tmp_path / f"northamptonshire{ending}"))
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
    (only,) = read(path)
    assert [list(row) for row in only.rows] == GRID


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_common_encodings_are_read(tmp_path, encoding) -> None:
    path = tmp_path / "answer.csv"
    path.write_bytes("What’s App;£600;–\nx;1;2\n".encode(encoding))
    (only,) = read(path)
    assert only.rows[0] == ("What’s App", "£600", "–")


def test_merged_cells_repeat_their_text(tmp_path) -> None:
    rows = [["", "2023/24", ""], ["", "Female", "Male"], ["12-15", 3, 4]]
    path = received_files.workbook(tmp_path / "kent.xlsx", {"A": rows}, ["B1:C1"])
    assert read(path)[0].rows[0] == ("", "2023/24", "2023/24")
    page = tmp_path / "kent.html"
    page.write_text(
        "<table><tr><td rowspan=2>Force</td><td colspan=2>2023/24</td></tr>"
        "<tr><td>Female</td><td>Male</td></tr></table>"
    )
    assert read(page)[0].rows == (
        ("Force", "2023/24", "2023/24"),
        ("Force", "Female", "Male"),
    )


def _bad(folder: Path) -> dict[str, str]:
    """Write bad files and return a part of the reason expected for each."""
    good = received_files.workbook(folder / "good.xlsx", {"Q2": GRID})
    package = good.read_bytes()
    (folder / "damaged.xlsx").write_bytes(package[:-200])
    broken = bytearray(package)
    broken[package.index(b"sheet1.xml") + 60] ^= 0xFF
    (folder / "flipped.xlsx").write_bytes(bytes(broken))
    (folder / "password.xlsx").write_bytes(
        received_files.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})
    )
    received_files.bomb(folder / "bomb.xlsx", good, 40_000_000)
    received_files.repacked(folder / "macros.xlsm", good, **{"xl/vbaProject.bin": b"x"})
    (folder / "macros.xls").write_bytes(
        received_files.compound({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"})
    )
    received_files.repacked(
        folder / "entities.xlsx",
        good,
        **{"xl/sharedStrings.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><sst/>'},
    )
    (folder / "nul.csv").write_bytes(b"Force,2023/24\nKent,2\x0064\n")
    (folder / "picture.csv").write_bytes(bytes(range(256)) * 40)
    (folder / "empty.csv").write_bytes(b"")
    (folder / "letter.html").write_text("<html><body><p>No table here.</p></body></html>")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(32)) * 8)
    unworked = openpyxl.Workbook()
    unworked.active["B6"] = 3
    unworked.active["B7"] = "=SUM(B1:B6)"
    unworked.save(folder / "unworked.xlsx")
    with xlsxwriter.Workbook(str(folder / "corner.xlsx")) as book:
        sheet = book.add_worksheet("Q1")
        sheet.write("A1", 1)
        sheet.write("XFD1048576", 1)
    return {
        "damaged.xlsx": "damaged or was cut short",
        "flipped.xlsx": "damaged or was cut short",
        "password.xlsx": "asks for a password",
        "bomb.xlsx": "zip bomb",
        "macros.xlsm": "holds macros",
        "macros.xls": "holds macros",
        "entities.xlsx": "declares XML entities",
        "nul.csv": "row 2 holds a NUL byte",
        "picture.csv": "is none of xlsx",
        "empty.csv": "is empty",
        "letter.html": "holds no table",
        "photo.jpg": "is none of xlsx",
        "unworked.xlsx": "formulas whose results were not stored (Sheet!B7)",
        "corner.xlsx": "ran out of memory",
    }


def test_bad_files_are_set_aside_each_with_its_reason(tmp_path) -> None:
    reasons = _bad(tmp_path)
    read_ones = {one.path.name: one for one in read_each(received_paths(tmp_path))}
    for name, reason in reasons.items():
        assert reason in read_ones[name].set_aside, (name, read_ones[name].set_aside)
        assert not read_ones[name].grids
    assert read_ones["good.xlsx"].grids[0].rows[1] == tuple(GRID[1])
    assert set(read_ones) == {*reasons, "good.xlsx"}


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
    found = {one.path.name: one for one in read_each(received_paths(tmp_path))}
    assert found["page.xls"].grids[0].notes == ("named .xls, but is html: read as html",)
    assert found["wide.xlsx"].grids[0].rows == (("Kent",),)
    assert [row[0] for row in found["formulas.xlsx"].grids[0].rows] == ["y", "2"]
    assert found["formula.csv"].grids[0].rows == (("=1+1", "=cmd|' /C calc'!A0"),)


def test_a_locked_zip_package_is_encrypted(tmp_path) -> None:
    good = received_files.workbook(tmp_path / "good.xlsx", {"A": [["x", 1]]})
    locked = bytearray(good.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := locked.find(mark, at + 1)) >= 0:
            locked[at + flags] |= 1
    with pytest.raises(SetAsideError, match="password"):
        file_types.kind(bytes(locked))


def test_reading_a_bad_folder_stays_within_memory(tmp_path) -> None:
    _bad(tmp_path)
    code = (
        "import sys, resource\nfrom pathlib import Path\n"
        "from offences.returns.files.isolation import read_each, received_paths\n"
        "for one in read_each(received_paths(Path(sys.argv[1]))):\n"
        "    print(one.path.name, one.set_aside)\n"
        "print(max(resource.getrusage(w).ru_maxrss for w in (0, -1)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout.splitlines()[-1]) * 1024 < 1 << 30


def test_an_error_in_a_cell_is_not_an_empty_cell(tmp_path) -> None:
    path = tmp_path / "kent.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Question 1")
        sheet.write_row("A1", ["Force", "2023/24"])
        sheet.write("A2", "Kent")
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
    assert read(path)[0].rows[1] == ("Kent", "#DIV/0!")
    assert read_mark("#DIV/0!").status == "unresolved"
