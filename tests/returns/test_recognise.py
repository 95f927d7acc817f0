"""Common layouts are recognised by their labels, and only where every label names something."""

from __future__ import annotations

import pytest

from offences.returns.cells.declarations import DeclaredTable, Layout
from offences.returns.cells.recognise import is_total, recognise
from offences.returns.files.grids import grid


def _recognised(places, *tables, force="Kent", period="2023/24") -> Layout | str:
    grids = [grid(f"Q{number}", rows) for number, rows in enumerate(tables, start=1)]
    return recognise(grids, force, period, places)


@pytest.mark.parametrize(
    ("rows", "table"),
    [
        (
            [["Age", "Female", "Male", "Total"], ["12-15", "3", "4", "7"], ["16+", "1", "2", "3"]],
            {
                "rows": ["age_band"],
                "columns": ["gender"],
                "measure": "victims",
                "unit": "victims",
                "totals": ["Total"],
            },
        ),
        (
            [["", "2022/23", "2023/24"], ["Kent", "5", "6"], ["Essex Police", "7", "8"]],
            {"rows": ["force"], "columns": ["period"], "measure": "offences"},
        ),
        (
            [["Method", "2023/24"], ["Snapchat", "5"], ["some app", "6"]],
            {"rows": ["means"], "columns": ["period"], "measure": "means"},
        ),
        (
            [["", "2023/24", "2023/24"], ["", "F", "M"], ["12-15", "3", "4"]],
            {
                "header": [1, 2],
                "rows": ["age_band"],
                "columns": ["period", "gender"],
                "measure": "victims",
                "unit": "victims",
            },
        ),
        (
            [["Our answer"], [], ["Victims", "2023/24"], ["Girls", "5"], ["Boys", "6"]],
            {
                "header": [3],
                "rows": ["gender"],
                "columns": ["period"],
                "measure": "victims",
                "unit": "victims",
            },
        ),
        (
            [["Financial year", "Victim age", "Count"], ["2023/24", "12-15", "7"]],
            {
                "shape": "long",
                "fields": {"Financial year": "period", "Victim age": "age_band", "Count": "value"},
                "measure": "victims",
            },
        ),
        (
            [["Year", "Platform", "Number"], ["2023/24", "Kik", "7"]],
            {
                "shape": "long",
                "fields": {"Year": "period", "Platform": "means", "Number": "value"},
                "measure": "means",
            },
        ),
        (
            [["Year", "Sex", "App used"], ["2023/24", "F", "Kik"], ["2023/24", "M", ""]],
            {
                "shape": "records",
                "fields": {"Year": "period", "Sex": "gender", "App used": "means"},
                "measure": "offences",
            },
        ),
        ([["Year", "Count"], ["2023/24", "7"], ["Total", "7"]], None),
        ([["Year", "Year"], ["2023/24", "2023/24"]], None),
        ([["", "Female", "Other info"], ["12-15", "3", "4"]], None),
        ([["", "12-15"], ["16+", "3"]], None),
        ([["", "Female"], ["12-15", "3"], ["", "4"]], None),
        ([["Just a sentence."]], None),
    ],
)
def test_a_layout_is_what_all_labels_name_or_nothing(places, rows, table) -> None:
    found = _recognised(places, rows)
    if table is None:
        assert found == "the layout of Q1 is not recognised"
    else:
        expected = DeclaredTable.model_validate({"table": 1, **table})
        assert found == Layout(force="Kent", period="2023/24", tables=[expected])


def test_every_table_of_a_file_has_to_be_recognised(places) -> None:
    good = [["", "2023/24"], ["Girls", "5"], ["Boys", "6"]]
    found = _recognised(places, good, good)
    assert isinstance(found, Layout)
    assert [table.table for table in found.tables] == [1, 2]
    assert _recognised(places, good, [["a", "b"]]) == "the layout of Q2 is not recognised"


@pytest.mark.parametrize(
    ("force", "period", "told"),
    [
        ("", "2023/24", "Q1 is recognised, but nothing says its force"),
        ("Kent", "", "Q1 is recognised, but nothing says its period"),
    ],
)
def test_a_table_that_does_not_name_its_force_or_period_needs_them(
    places, force, period, told
) -> None:
    rows = [["Age", "Female"], ["12-15", "3"]]
    assert _recognised(places, rows, force=force, period=period) == told


@pytest.mark.parametrize(
    ("label", "whether"), [("Total", True), ("Sum:", True), ("ALL", True), ("Totally", False)]
)
def test_labels_of_sums_are_known(label, whether) -> None:
    assert is_total(label) == whether
