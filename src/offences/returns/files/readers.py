"""The tables of a received file as text: one reader for each kind of file, by a library.

Values are what the file stores. A formula is never worked out: its stored result is read.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from offences.returns.files import file_types
from offences.returns.files.grids import MOST_CELLS, Grid, SetAsideError, grid, position

_DELIMITERS = ",;\t|"


def read_file(path: Path) -> list[Grid]:
    """Return the tables of a file, empty ones left out.

    Raises
    ------
    SetAsideError
        With the reason, when the file is not read.
    """
    content = path.read_bytes()
    kind = file_types.kind(content)
    notes = []
    if path.suffix.lower() not in file_types.SUFFIXES[kind]:
        notes.append(f"named {path.suffix or 'without an ending'}, but is {kind}: read as {kind}")
    try:
        grids = list(_READERS[kind](content, notes))
    except SetAsideError:
        raise
    except Exception as error:  # whatever a library makes of a damaged file
        raise SetAsideError(f"cannot be read as {kind} ({_first_line(error)}).") from error
    grids = [one for one in grids if one.rows]
    if not grids:
        raise SetAsideError(
            f"is {kind} but holds no table. If the answer stands in sentences, type it into a "
            "small YAML (see the README); a picture of a table has to be typed too."
        )
    return grids


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]


def _spreadsheet(content: bytes, notes: list[str], kind: str) -> Iterable[Grid]:
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(content))
    except calamine.PasswordError as error:
        raise SetAsideError(
            "is encrypted or asks for a password. Ask for it without one, or open and save it so."
        ) from error
    looks_empty = file_types.hidden(content) if kind == "xlsx" else file_types.Hidden([], [])
    if looks_empty.unworked:
        cells = ", ".join(f"{sheet}!{cell}" for sheet, cell, _ in looks_empty.unworked[:5])
        raise SetAsideError(
            f"holds formulas whose results were not stored ({cells}). They are not worked out "
            "here: open it in a spreadsheet program, save it, and look at them."
        )
    for about in book.sheets_metadata:
        sheet = book.get_sheet_by_name(about.name)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise SetAsideError(
                f"sheet {about.name!r} spans {sheet.total_height:,} rows of {sheet.total_width:,} "
                "columns, more than a return can need. Ask for the table alone, or for a CSV."
            )
        rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        for sheet_name, reference, shown in looks_empty.errors:
            if sheet_name == about.name:
                row, column = position(reference)
                rows[row - 1][column - 1] = shown
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            for line in rows[top : bottom + 1]:
                line[left : right + 1] = [rows[top][left]] * len(line[left : right + 1])
        visible = about.visible == calamine.SheetVisibleEnum.Visible
        hidden = [] if visible else [f"sheet {about.name!r} is hidden"]
        yield grid(about.name, rows, [*notes, *hidden])


def _text(value: Any) -> str:
    """Return a stored value as it reads: 52.0 is 52, a date is 2024-04-01."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()


def _delimited(content: bytes, notes: list[str]) -> Iterable[Grid]:
    text, encoding = _decoded(content)
    if encoding not in ("utf-8-sig", "ascii"):
        notes = [*notes, f"read as {encoding}"]
    try:
        delimiter = csv.Sniffer().sniff(text[:65536], delimiters=_DELIMITERS).delimiter
    except csv.Error:
        delimiter = max(_DELIMITERS, key=text[:65536].count)
    quoting: Any = csv.QUOTE_MINIMAL
    if text.count('"') % 2:
        quoting = csv.QUOTE_NONE
        notes = [*notes, "a quotation mark is not closed: all are read as they stand"]
    csv.field_size_limit(1_000_000)
    try:
        stream = io.StringIO(text, newline="")
        rows = list(csv.reader(stream, delimiter=delimiter, quoting=quoting))
    except csv.Error as error:
        raise SetAsideError(f"is not a well-formed CSV ({error}).") from error
    yield grid("", [[cell.strip() for cell in row] for row in rows], notes)


def _decoded(content: bytes) -> tuple[str, str]:
    """Return the text and its encoding: a mark at the start, else UTF-8, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16"), "UTF-16"
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise SetAsideError(f"row {line} holds a NUL byte: it is no text. Ask for it again.")
    try:
        return content.decode("utf-8-sig"), "utf-8-sig"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def _page(content: bytes, notes: list[str]) -> Iterable[Grid]:
    from lxml import html

    parser = html.HTMLParser(no_network=True, encoding="utf-8")
    tree = html.document_fromstring(_decoded(content)[0].encode(), parser=parser)
    for number, table in enumerate(tree.iter("table"), start=1):
        yield grid(f"table {number}", _spanned(table), notes)


def _spanned(table: Any) -> list[list[str]]:
    """Return the rows of an HTML table, cells that span several repeated in each."""
    filled: dict[tuple[int, int], str] = {}
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for r, row in enumerate(rows):
        c = 0
        for cell in row.iterchildren("td", "th"):
            while (r, c) in filled:
                c += 1
            down, right = (_span(cell.get(name)) for name in ("rowspan", "colspan"))
            text = " ".join(cell.text_content().split())
            for i in range(r, min(r + down, len(rows))):
                for j in range(c, c + right):
                    filled[i, j] = text
            if len(filled) > MOST_CELLS:
                raise SetAsideError("a table in it spans more cells than a return can need.")
            c += right
    width = max((j + 1 for _, j in filled), default=0)
    return [[filled.get((r, c), "") for c in range(width)] for r in range(len(rows))]


def _span(text: str | None) -> int:
    return min(max(int(text), 1), 1000) if text and text.isdigit() else 1


def _document(content: bytes, notes: list[str]) -> Iterable[Grid]:
    import docx

    document = docx.Document(io.BytesIO(content))
    for number, table in enumerate(document.tables, start=1):
        rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
        yield grid(f"table {number}", rows, notes)


def _portable(content: bytes, notes: list[str]) -> Iterable[Grid]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            number = 0
            for page in document.pages:
                for table in page.extract_tables():
                    number += 1
                    rows = [[" ".join((cell or "").split()) for cell in row] for row in table]
                    where = f"table {number} is on page {page.page_number}"
                    yield grid(f"table {number}", rows, [*notes, where])
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise SetAsideError("asks for a password. Ask for it without one.") from error
        raise


_READERS: dict[str, Callable[[bytes, list[str]], Iterable[Grid]]] = {
    **{kind: partial(_spreadsheet, kind=kind) for kind in ("xlsx", "xlsb", "xls", "ods")},
    "text": _delimited,
    "html": _page,
    "docx": _document,
    "pdf": _portable,
}
