"""Bad files are set aside, each with its reason, and take no other file with them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import xlsxwriter
from helpers import received_files
from helpers.received_files import GRID

from offences.returns.files import isolation
from offences.returns.files.isolation import Received, read_each, received_paths


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


def test_files_are_read_in_order_and_those_that_people_type_are_left_out(tmp_path) -> None:
    for name in ("b.csv", "a.csv", "c.csv", ".hidden.csv", "~$a.xlsx", "a.csv.yaml", "round.yml"):
        (tmp_path / name).write_text("x,1\n")
    (tmp_path / "settled").mkdir()
    assert [path.name for path in received_paths(tmp_path)] == ["a.csv", "b.csv", "c.csv"]
    assert [one.path.name for one in read_each(received_paths(tmp_path))] == [
        "a.csv",
        "b.csv",
        "c.csv",
    ]
    assert list(read_each([])) == []


def test_a_file_that_is_gone_when_it_is_read_is_set_aside(tmp_path) -> None:
    gone = tmp_path / "gone.csv"
    assert list(read_each([gone])) == [
        Received(gone, set_aside="cannot be opened (No such file or directory).")
    ]


def test_a_reader_that_hangs_is_stopped_and_the_next_file_is_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(isolation, "MOST_SECONDS", 3)
    slow, quick = tmp_path / "slow.csv", tmp_path / "quick.csv"
    os.mkfifo(slow)  # nobody writes into it: reading waits without end
    quick.write_text("x,1\n")
    first, second = read_each([slow, quick])
    assert first == Received(slow, set_aside="takes more than 3 seconds to read.")
    assert second.grids[0].rows == (("x", "1"),)
