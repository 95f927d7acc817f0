"""The workbook of a run: its tables, every gap explained."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from helpers.reviews import KEPT

from offences.analysis.parameters import checked
from offences.project import Project
from offences.releases.load import Loaded
from offences.runs import workbook
from offences.runs.run_folder import RunFolder


@pytest.mark.parametrize("folder", KEPT, ids=lambda folder: folder.parent.name)
def test_the_workbook_holds_the_numbers_of_the_tables(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / workbook.WORKBOOK)
    assert book.properties.language == "en-GB"
    assert book.properties.title.endswith(("Wales", "UK"))
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    for name, sheet in (("headline", "Headline"), ("force_by_year", "Force_years")):
        table = pd.read_csv(folder / f"{name}.csv")
        rows = list(book[sheet].iter_rows(values_only=True))
        head = next(i for i, row in enumerate(rows) if row[0] == table.columns[0].capitalize())
        shown = pd.DataFrame(rows[head + 1 :]).iloc[:, : len(table.columns)]
        shown.columns = table.columns
        assert len(shown) == len(table)
        for column in ("value", "lower", "upper"):
            numbers = pd.to_numeric(shown[column], errors="coerce")
            assert numbers.tolist() == pytest.approx(table[column].tolist(), nan_ok=True)
            shorthand = set(shown.loc[numbers.isna(), column])
            assert shorthand <= {workbook.NO_UPPER_BOUND, workbook.NOT_AVAILABLE}
        explained = " ".join(str(cell) for row in rows[:head] for cell in row if cell)
        assert all(line in explained for line in workbook.LEGEND)


def test_a_table_that_is_absent_or_empty_has_no_sheet(
    made: RunFolder, project: Project, loaded: Loaded
) -> None:
    (made.path / "victims.csv").write_text("place,value\n", encoding="utf-8")
    path = workbook.write(checked(project, loaded), made)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Headline", "Change"]
    cells = [cell for row in book["Change"].iter_rows(values_only=True) for cell in row]
    assert workbook.NOT_AVAILABLE in cells


def test_the_same_tables_give_the_same_bytes(
    made: RunFolder, project: Project, loaded: Loaded
) -> None:
    wales = checked(project, loaded)
    first = workbook.write(wales, made).read_bytes()
    assert workbook.write(wales, made).read_bytes() == first
