"""What a file is, by its content, and whether it is safe to open."""

from __future__ import annotations

import openpyxl
import pytest
import xlsxwriter
from helpers import received_files

from offences.returns.files import file_types
from offences.returns.files.grids import SetAsideError


def test_a_locked_zip_package_is_encrypted(tmp_path) -> None:
    good = received_files.workbook(tmp_path / "good.xlsx", {"A": [["x", 1]]})
    locked = bytearray(good.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := locked.find(mark, at + 1)) >= 0:
            locked[at + flags] |= 1
    with pytest.raises(SetAsideError, match="password"):
        file_types.kind(bytes(locked))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"Force,2023/24\nKent,5\n", "text"),
        (b"\xef\xbb\xbfForce;5\n", "text"),
        ("Force\t5\n".encode("utf-16"), "text"),
        (b"<!DOCTYPE html><p>x</p>", "html"),
        (b"  <table><tr><td>5</td></tr></table>", "html"),
        (b"MIME-Version: 1.0\n\n<p></p><table></table>", "html"),
        (b"%PDF-1.7\n", "pdf"),
        (received_files.compound({"Workbook": b"x"}), "xls"),
        (received_files.compound({"Book": b"x"}), "xls"),
    ],
)
def test_the_content_says_what_a_file_is(content, kind) -> None:
    assert file_types.kind(content) == kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b" \n", "is empty"),
        (b"x" * (file_types.MOST_BYTES + 1), "is larger than 50 MB"),
        (b"PK\x03\x04 and no more", "is damaged or was cut short"),
        (b"PK\x05\x06" + b"\0" * 18, "is a zip file, but no workbook or document"),
        (b"\x89PNG\r\n" + bytes(range(32)) * 8, "is none of xlsx"),
        (b"<?xml version='1.0'?><a/>", "is XML of no known kind"),
        (b"<!ENTITY x 'y'>", "is XML of no known kind"),
        (received_files.compound({"EncryptedPackage": b"x"}), "asks for a password"),
        (received_files.compound({"Workbook": b"x", "Macros": b"x"}), "holds macros"),
        (received_files.compound({"WordDocument": b"x"}), "is an old Word or mail file"),
    ],
)
def test_what_is_not_safe_or_not_known_is_set_aside(content, reason) -> None:
    with pytest.raises(SetAsideError, match=reason):
        file_types.kind(content)


def test_cells_that_look_empty_and_are_not_are_found(tmp_path) -> None:
    path = tmp_path / "kent.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Q1")
        sheet.write_formula("A1", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A2", "=1+1", None, 2)
    found = file_types.hidden(path.read_bytes())
    assert found == file_types.Hidden(unworked=[], errors=[("Q1", "A1", "#DIV/0!")])
    unworked = openpyxl.Workbook()
    unworked.active["B7"] = "=SUM(B1:B6)"
    unworked.save(path)
    found = file_types.hidden(path.read_bytes())
    assert found == file_types.Hidden(unworked=[("Sheet", "B7", "")], errors=[])
