"""Received files for tests, written as programs write them, good ones and bad ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import xlsxwriter

from offences.returns.simulated import writers

Rows = list[list[object]]

# Northamptonshire's grid as its page prints it (FOI-01).
GRID: Rows = [
    ["", "11 and under", "12-15", "16 and over", "Unknown Age"],
    ["Female", "", "22", "", "2"],
    ["Male", "*", "*", "", ""],
    ["Unknown", "", "*", "", "22"],
    ["Sum:", "0", "22", "0", "24"],
]


def workbook(path: Path, sheets: dict[str, Rows], merged: Sequence[str] = ()) -> Path:
    """Write an xlsx; ``merged`` are ranges of its first sheet, as B1:C1."""
    texts = {name: [[str(cell) for cell in row] for row in rows] for name, rows in sheets.items()}
    writers.xlsx(path, texts, merged)
    return path


def repacked(path: Path, source: Path, **parts: bytes) -> Path:
    """Write a copy of a zip package with parts added or replaced (``__`` stands for ``/``)."""
    names = {name.replace("__", "/"): content for name, content in parts.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in names:
                new.writestr(part.filename, old.read(part))
        for name, content in names.items():
            new.writestr(name, content)
    return path


def bomb(path: Path, source: Path, size: int) -> Path:
    """Write a workbook whose shared strings hold ``size`` times one letter."""
    text = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
    text += b"a" * size + b"</t></si></sst>"
    return repacked(path, source, **{"xl/sharedStrings.xml": text})


def compound(streams: dict[str, bytes]) -> bytes:
    """Return an OLE compound file of short streams: what old and encrypted workbooks are.

    One FAT sector, one directory chain, every stream in full sectors; see [MS-CFB].
    """
    end, free, fat_mark = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    entries = [("Root Entry", 5, end, 0)]
    directories = (len(streams) + 1 + 3) // 4
    fat = [fat_mark] + [n + 2 for n in range(directories - 1)] + [end]
    body = io.BytesIO()
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        start, sectors = len(fat), -(-len(content) // 512)
        fat += [*range(start + 1, start + sectors), end]
        entries.append((name, 2, start, len(content)))
        body.write(content.ljust(sectors * 512, b"\0"))
    fat += [free] * (128 - len(fat))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16
    for value in (0x3E, 3, 0xFFFE, 9, 6):
        header += value.to_bytes(2, "little")
    header += b"\0" * 6
    for value in (0, 1, 1, 0, 4096, end, 0, end, 0, 0, *[free] * 108):
        header += value.to_bytes(4, "little")
    table = b"".join(value.to_bytes(4, "little") for value in fat)
    listing = b""
    for index in range(directories * 4):
        name, kind, start, size = entries[index] if index < len(entries) else ("", 0, 0, 0)
        text = name.encode("utf-16-le")
        listing += text.ljust(64, b"\0") + (len(text) + 2 if name else 0).to_bytes(2, "little")
        listing += bytes([kind, 1])
        right = index + 1 if 0 < index < len(entries) - 1 else free
        child = 1 if index == 0 and len(entries) > 1 else free
        for value in (free, right, child):
            listing += value.to_bytes(4, "little")
        listing += b"\0" * 36 + start.to_bytes(4, "little") + size.to_bytes(8, "little")
    return header + table + listing + body.getvalue()


def bad_files(folder: Path) -> dict[str, str]:
    """Write bad files and return a part of the reason expected for each."""
    good = workbook(folder / "good.xlsx", {"Q2": GRID})
    package = good.read_bytes()
    (folder / "damaged.xlsx").write_bytes(package[:-200])
    broken = bytearray(package)
    broken[package.index(b"sheet1.xml") + 60] ^= 0xFF
    (folder / "flipped.xlsx").write_bytes(bytes(broken))
    (folder / "password.xlsx").write_bytes(
        compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})
    )
    bomb(folder / "bomb.xlsx", good, 40_000_000)
    repacked(folder / "macros.xlsm", good, **{"xl/vbaProject.bin": b"x"})
    (folder / "macros.xls").write_bytes(compound({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"}))
    repacked(
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
