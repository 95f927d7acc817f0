"""What a received file is, by its content, and whether it is safe to open.

A name can lie, so the first bytes decide. Zip packages (xlsx, xlsb, ods, docx) are inflated part
by part within a budget before any library sees them: a bomb, a damaged part, a macro or an entity
is found here. Nothing is written to disk, executed or fetched.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

import olefile

from offences.returns.files.grids import SetAsideError

MOST_BYTES = 50_000_000
"""Size of a received file beyond which it is set aside."""

_MOST_INFLATED = 200_000_000
_MOST_RATIO = 100
_SMALL = 1_000_000
_CHUNK = 1 << 20

_PARTS = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "docx",
}
_MACROS = re.compile(r"(^|/)vbaProject\.bin$|^Basic/|^Scripts/|(^|/)macrosheets/")
_ENTITIES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)(?<!/)>(.*?)</c>', re.DOTALL)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STORED = re.compile(rb"<(v|t)(>| [^>]*[^/]>)[^<]")
_BOMB = "unpacks to far more than it holds, as a zip bomb does. Ask the force to send it again."
_ENCRYPTED = "is encrypted or asks for a password. Ask for it without one, or open and save it so."
_MACRO = "holds macros. Ask for the same table as .xlsx or .csv."
_DAMAGED = "is damaged or was cut short. Ask the force to send it again."

SUFFIXES = {
    "xlsx": (".xlsx",),
    "xlsb": (".xlsb",),
    "xls": (".xls",),
    "ods": (".ods",),
    "docx": (".docx",),
    "pdf": (".pdf",),
    "html": (".html", ".htm", ".mht"),
    "text": (".csv", ".tsv", ".txt"),
}
"""Endings under which each kind of file usually comes."""


def kind(content: bytes) -> str:
    """Return what a file is: a key of :data:`SUFFIXES`.

    Raises
    ------
    SetAsideError
        When it is empty, too large, encrypted, damaged, a bomb, holds macros, or is none of these.
    """
    if not content.strip():
        raise SetAsideError("is empty. Ask the force to send it again.")
    if len(content) > MOST_BYTES:
        raise SetAsideError(f"is larger than {MOST_BYTES // 1_000_000} MB. Ask for a CSV.")
    if content.startswith(b"PK\x05\x06") or content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content.startswith(olefile.MAGIC):
        return _compound(content)
    if content.startswith(b"%PDF"):
        return "pdf"
    if _has_no_text(content):
        raise SetAsideError(
            "is none of xlsx, xls, xlsb, ods, csv, html, docx and pdf. Ask what it is."
        )
    start = content[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if re.match(rb"<(!doctype html|html|table|div|body|p\b|!--)", start) or b"<table" in start:
        return "html"
    if start.startswith(b"<?xml") or _ENTITIES.match(start):
        raise SetAsideError("is XML of no known kind. Ask for it as .xlsx or .csv.")
    return "text"


@dataclass(frozen=True)
class Hidden:
    """Cells of an xlsx that would look empty and are not, as (sheet, cell, text)."""

    unworked: list[tuple[str, str, str]]
    errors: list[tuple[str, str, str]]


def hidden(content: bytes) -> Hidden:
    """Return formulas of an xlsx without a stored result, and cells that hold an error.

    A formula is never worked out; what its program stored is read. ``#DIV/0!`` and its like are
    values too, but no library gives them.
    """
    found = Hidden([], [])
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part, sheet in _sheets(package).items():
            for reference, attributes, inner in _CELL.findall(package.read(part)):
                cell = reference.decode()
                if b't="e"' in attributes:
                    error = re.search(rb"<v[^>]*>([^<]*)", inner)
                    text = error[1].decode() if error else "#ERROR"
                    found.errors.append((sheet, cell, text))
                elif b"<f" in inner and b't="str"' not in attributes and not _STORED.search(inner):
                    found.unworked.append((sheet, cell, ""))
    return found


def _sheets(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of each worksheet by the part it is in."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    sheets = {}
    for one in ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(one.get(_ID), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in package.namelist():
            sheets[part] = one.get("name", "")
    return sheets


def _has_no_text(content: bytes) -> bool:
    """Return whether the content is binary: control characters that no text has."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    sample = content[:65536]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return controls > max(2, len(sample) // 50)


def _zipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _inflate(package, len(content))
            names = package.namelist()
            if any(_MACROS.search(name) for name in names):
                raise SetAsideError(_MACRO)
            for part, found in _PARTS.items():
                if part in names:
                    return found
            if "mimetype" in names and b"opendocument.spreadsheet" in package.read("mimetype"):
                if b"encryption-data" in package.read("META-INF/manifest.xml"):
                    raise SetAsideError(_ENCRYPTED)
                return "ods"
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError) as error:
        raise SetAsideError(_DAMAGED) from error
    except (RuntimeError, NotImplementedError) as error:  # zipfile's words for a locked part
        raise SetAsideError(_ENCRYPTED) from error
    raise SetAsideError(
        "is a zip file, but no workbook or document. Unpack it and put in what it holds."
    )


def _inflate(package: zipfile.ZipFile, packed: int) -> None:
    """Read every part once, within the budget."""
    inflated = 0
    for part in package.infolist():
        with package.open(part) as stream:
            first = True
            while chunk := stream.read(_CHUNK):
                if first and part.filename.endswith((".xml", ".rels")) and _ENTITIES.search(chunk):
                    raise SetAsideError("declares XML entities, which a return never needs.")
                first = False
                inflated += len(chunk)
                if inflated > _MOST_INFLATED or inflated > max(_SMALL * 10, packed * _MOST_RATIO):
                    raise SetAsideError(_BOMB)


def _compound(content: bytes) -> str:
    """Return the kind of an OLE compound file: only an old workbook is read."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            streams = {name[0].casefold() for name in compound.listdir(streams=True, storages=True)}
    except (OSError, ValueError, IndexError) as error:
        raise SetAsideError(_DAMAGED) from error
    if "encryptedpackage" in streams:
        raise SetAsideError(_ENCRYPTED)
    if {"_vba_project_cur", "macros"} & streams:
        raise SetAsideError(_MACRO)
    if {"workbook", "book"} & streams:
        return "xls"
    raise SetAsideError("is an old Word or mail file. Ask for it as .docx, or save it so.")
