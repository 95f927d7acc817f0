"""Tables written as forces send them, for the simulated round: one function for each format."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

Rows = Sequence[Sequence[str]]
Sheets = dict[str, Rows]


def _typed(text: str) -> str | int:
    """Return a number where a spreadsheet program would make one of the text."""
    return int(text) if text.isdecimal() and (text == "0" or text[0] != "0") else text


def xlsx(path: Path, sheets: Sheets, merged: Sequence[str] = ()) -> None:
    """Write an xlsx; ``merged`` are ranges of its first sheet."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        for number, (name, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, text in enumerate(row):
                    if text:
                        sheet.write(r, c, _typed(text))
            for span in merged if number == 0 else ():
                first = span.split(":")[0]
                sheet.merge_range(span, rows[int(first[1:]) - 1][ord(first[0]) - ord("A")])


def xls(path: Path, sheets: Sheets) -> None:
    """Write an xls, the workbook of before 2007."""
    import xlwt

    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text:
                    sheet.write(r, c, _typed(text))
    book.save(str(path))


def xlsb(path: Path, sheets: Sheets) -> None:
    """Write an xlsb, the binary workbook."""
    from pyxlsbwriter import XlsbWriter

    with XlsbWriter(str(path)) as book:
        for name, rows in sheets.items():
            book.add_sheet(name)
            book.write_sheet([[_typed(text) for text in row] for row in rows])


def ods(path: Path, sheets: Sheets) -> None:
    """Write an OpenDocument spreadsheet."""
    import odfdo

    document = odfdo.Document("spreadsheet")
    document.body.clear()
    for name, rows in sheets.items():
        table = odfdo.Table(name)
        table.set_values([[_typed(text) for text in row] for row in rows])
        document.body.append(table)
    document.save(str(path))


def docx(path: Path, sheets: Sheets) -> None:
    """Write a Word document with a table for each sheet."""
    import docx as word

    document = word.Document()
    for name, rows in sheets.items():
        document.add_paragraph(name)
        table = document.add_table(len(rows), max(map(len, rows)))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=False):
                cell.text = text
    document.save(str(path))


def html(path: Path, sheets: Sheets) -> None:
    """Write a page with a table for each sheet."""
    tables = (
        f"<h2>{escape(name)}</h2><table>"
        + "".join(
            "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows
        )
        + "</table>"
        for name, rows in sheets.items()
    )
    path.write_text(f"<html><body>{''.join(tables)}</body></html>\n", encoding="utf-8")


def delimited(mark: str, encoding: str = "utf-8") -> Callable[[Path, Sheets], None]:
    """Return a writer of the first sheet with a mark between cells, in an encoding."""

    def write(path: Path, sheets: Sheets) -> None:
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=mark).writerows(next(iter(sheets.values())))

    return write
