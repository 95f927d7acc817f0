"""Tables and typed answers become cells that know what they are about, as their layout declares."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from helpers.return_cells import only

from offences.errors import DataError
from offences.reference.places import Places
from offences.returns.cells.declarations import Answer, Layout
from offences.returns.cells.read_cells import TOTAL, ReturnCell, read_answer, read_tables
from offences.returns.files.grids import grid

AGES = [["", "Female", "Male"], ["12-15", "3", "4"], ["16+", "1", "2"]]
VICTIMS = {"rows": ["age_band"], "columns": ["gender"], "measure": "victims"}


def _read(
    places: Places, rows: Sequence[Sequence[str]], *tables: dict[str, object], **about: object
) -> list[ReturnCell]:
    """Read the sheet ``Sheet1`` of kent.xlsx by a layout."""
    declared = {"force": "Kent", "period": "2023/24", **about, "tables": list(tables)}
    return read_tables("kent.xlsx", [grid("Sheet1", rows)], Layout.model_validate(declared), places)


def test_labels_at_the_left_and_above_name_each_cell(places) -> None:
    cells = _read(places, AGES, VICTIMS | {"unit": "victims"}, basis="71/17")
    assert [(c.age_band, c.gender, c.text.value) for c in cells] == [
        ("12-15", "female", 3),
        ("12-15", "male", 4),
        ("16+", "female", 1),
        ("16+", "male", 2),
    ]
    assert {(c.force, c.period, c.measure, c.unit, c.basis, c.record) for c in cells} == {
        ("Kent", "2023/24", "victims", "victims", "71/17", False)
    }
    assert [c.where for c in cells][:2] == [
        "kent.xlsx, Sheet1, cell B2",
        "kent.xlsx, Sheet1, cell C2",
    ]


def test_one_figure_a_row_and_one_offence_a_row(places) -> None:
    rows = [["Year", "App", "N"], ["2022/23", "Kik", "7"], ["2023/24", "", "9"]]
    fields = {"Year": "period", "App": "means", "N": "value"}
    long = _read(places, rows, {"shape": "long", "fields": fields, "measure": "means"})
    assert [(c.period, c.means, c.text.value, c.record) for c in long] == [
        ("2022/23", "Kik", 7, False),
        ("2023/24", "", 9, False),
    ]
    del fields["N"]
    records = _read(places, rows, {"shape": "records", "fields": fields})
    assert [(c.period, c.means, c.text.value, c.record) for c in records] == [
        ("2022/23", "Kik", 1, True),
        ("2023/24", "", 1, True),
    ]


def test_several_tables_on_a_sheet_and_a_transposed_one(places) -> None:
    rows = [
        ["Question 1"], *AGES, [],
        ["Question 4"], ["", "Snapchat", "Kik"], ["2022/23", "5", "6"], ["2023/24", "7", "8"],
    ]  # fmt: skip
    cells = _read(
        places,
        rows,
        VICTIMS | {"header": [2], "last": 4, "unit": "victims"},
        {"header": [7], "rows": ["period"], "columns": ["means"], "measure": "means"},
    )
    assert [c.text.value for c in cells] == [3, 4, 1, 2, 5, 6, 7, 8]
    assert only(cells, period="2022/23", means="Kik").text.value == 6
    assert only(cells, age_band="16+", gender="male").unit == "victims"


def test_sums_are_marked_labels_to_skip_are_left_out_and_meanings_are_given(places) -> None:
    rows = [
        ["", "Q1", "Total"], ["12-15", "3", "7"], ["Note: live data", "", ""], ["All", "4", "9"],
    ]  # fmt: skip
    declared = VICTIMS | {
        "totals": ["Total", "All"],
        "skip": ["Note: live data"],
        "meanings": {"Q1": "girls"},
    }
    cells = _read(places, rows, declared)
    assert [(c.age_band, c.gender, c.text.value, c.is_total) for c in cells] == [
        ("12-15", "female", 3, False),
        ("12-15", TOTAL, 7, True),
        (TOTAL, "female", 4, True),
        (TOTAL, TOTAL, 9, True),
    ]


def test_a_label_holds_for_the_rows_below_it_until_the_next(places) -> None:
    rows = [["", "", "2023/24"], ["Kent", "F", "3"], ["", "M", "4"], ["Essex", "F", "5"]]
    cells = _read(places, rows, {"labels": 2, "rows": ["force", "gender"]})
    assert [(c.force, c.gender) for c in cells] == [
        ("Kent", "female"),
        ("Kent", "male"),
        ("Essex", "female"),
    ]


def test_cells_flattened_into_one_and_labels_glued_to_figures_are_split(places) -> None:
    flat = [["App / 2022/23-2023/24"], ["Kik / 7"]]
    cells = _read(
        places,
        flat,
        {"split": " / ", "rows": ["means"], "columns": ["category"], "measure": "means"},
    )
    assert [(c.means, c.category, c.text.value) for c in cells] == [("Kik", "2022/23-2023/24", 7)]
    glued = [["arrested1"], ["Making/Taking26"]]
    declared = {
        "glued": True,
        "rows": ["category"],
        "columns": ["measure"],
        "meanings": {"1": "charges"},
    }
    (cell,) = _read(places, glued, declared)
    assert (cell.category, cell.measure, cell.text.value) == ("Making/Taking", "charges", 26)


def test_figures_that_ran_together_are_separated_by_the_totals_or_stay_unresolved(places) -> None:
    rows = [["", "2021/22", "2022/23"], ["Hampshire/IW", "152181", ""], ["Kent", "3", "4"]]
    declared = {"run_together": ["Hampshire/IW"], "totals": ["Total"]}
    alone = _read(places, rows, declared)
    assert [c.text.status for c in alone if c.force != "Kent"] == ["unresolved"] * 2
    with_totals = _read(places, [*rows, ["Total", "155", "185"]], declared)
    hampshire = [c for c in with_totals if c.force == "Hampshire and Isle of Wight"]
    assert [c.text.value for c in hampshire] == [152, 181]


def test_a_table_says_otherwise_than_its_file(places) -> None:
    own = {"period": "FY 2022/23", "unit": "victims", "basis": "88A"}
    cells = _read(places, AGES, VICTIMS | own, VICTIMS, unit="reports")
    assert [(c.period, c.unit, c.basis) for c in (cells[0], cells[-1])] == [
        ("2022/23", "victims", "88A"),
        ("2023/24", "reports", "71/17"),
    ]


def test_a_unit_in_a_cell_that_is_not_the_declared_one_is_noted(places) -> None:
    rows = [["App", "offences"], ["Snapchat", "142 victims"]]
    table = {"rows": ["means"], "columns": ["measure"], "measure": "means"}
    (cell,) = _read(places, rows, table)
    assert cell.unit == "victims"
    assert cell.text.note == "the cell says victims, the layout offences"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"table": "Shet1"}, "there is no table 'Shet1': did you mean 'Sheet1'?"),
        ({"header": [2]}, "'3' is none"),
        ({"header": [9]}, "row 9 is declared, but the table has 3 rows"),
        ({"rows": ["force"]}, "declared to name a force, but '12-15' is none"),
        ({"rows": ["period"]}, "declared to name a period. '12-15' is not a period"),
        ({"labels": 2}, "2 label columns and 1 header rows need as many axes: rows has 1"),
        ({"shape": "long", "fields": {"Femal": "gender"}}, "no heading 'Femal': did you mean"),
        ({"shape": "long", "fields": {"Male": "gender"}}, "needs one field that is the value"),
        ({"shape": "records", "fields": {"Male": "value"}}, "needs one field that is the value"),
        ({"skip": ["Female", "Male"]}, "the header rows are empty"),
    ],
)
def test_a_mistake_in_a_layout_shows_the_rows_looked_at(places, change, told) -> None:
    with pytest.raises(DataError) as problem:
        _read(places, AGES, VICTIMS | change)
    assert str(problem.value).startswith("kent.xlsx.yaml: ")
    assert told in str(problem.value)
    assert "    row 2: 12-15 | 3 | 4" in str(problem.value)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"force": "Kentt"}, "unknown force 'Kentt': did you mean 'Kent' or 'Gwent'?"),
        ({"force": ""}, "says no force: add it, or name the axis that holds it"),
        ({"period": ""}, "says no period: add it, or name the axis that holds it"),
        ({"period": "2017/19"}, "'2017/19' is not a financial year"),
    ],
)
def test_a_file_of_no_known_force_or_period_is_refused(places, about, told) -> None:
    with pytest.raises(DataError) as problem:
        _read(places, AGES, VICTIMS, **about)
    assert told in str(problem.value)


def _stated(places: Places, **statement: object) -> ReturnCell:
    answer = {"force": "Kent", "period": "2023/24", "statements": [statement]}
    (cell,) = read_answer("kent.answer.yaml", Answer.model_validate(answer), places)
    return cell


def test_a_statement_of_a_typed_answer_is_a_cell(places) -> None:
    cell = _stated(places, printed="52", measure="victims", gender="Girls", unit="victims")
    assert (cell.force, cell.period, cell.measure) == ("Kent", "2023/24", "victims")
    assert (cell.gender, cell.unit, cell.text.value, cell.text.note) == (
        "female",
        "victims",
        52,
        "",
    )
    assert cell.where == "kent.answer.yaml, row 1"
    assert _stated(places, printed="52", total=True).category == TOTAL


@pytest.mark.parametrize(
    ("statement", "status", "note"),
    [
        ({"period": "two years"}, "unresolved", "'two years' is not a period. Write it as"),
        ({"period": "calendar 2017"}, "reported", "calendar year as written"),
        ({"force": "joint unit"}, "reported", "'joint unit' is no single force"),
        ({"label": "of these"}, "reported", "printed as 'of these'"),
        ({"note": "typed twice"}, "reported", "typed twice"),
        ({"printed": "12 victims"}, "reported", "the cell says victims, the layout offences"),
        ({"printed": "refused", "period": "two years"}, "refused", "'two years' is not a period"),
    ],
)
def test_what_is_odd_about_a_statement_is_noted(places, statement, status, note) -> None:
    cell = _stated(places, **{"printed": "12", **statement})
    assert cell.text.status == status
    assert cell.text.note.startswith(note)


def test_a_figure_without_a_period_cannot_be_read_and_says_why(places) -> None:
    cell = _stated(places, printed="12 victims", period="two years")
    assert cell.text.why == "'two years' is not a period"
