"""A received table as text: made even, named as spreadsheets do, shown for a message."""

from __future__ import annotations

import pytest

from offences.returns.files import grids
from offences.returns.files.grids import Grid, SetAsideError, column_letter, grid, position


@pytest.mark.parametrize(
    ("rows", "even"),
    [
        ([], ()),
        ([["", ""], [""]], ()),
        ([["a"], ["b", "c"]], (("a", ""), ("b", "c"))),
        ([["a", "", ""], ["", "b", ""], ["", ""]], (("a", ""), ("", "b"))),
        ([[], ["", "a"]], (("", ""), ("", "a"))),
    ],
)
def test_rows_are_made_even_and_empty_ones_at_the_ends_are_cut(rows, even) -> None:
    made = grid("Q1", rows, ["a note"])
    assert made == Grid("Q1", even, ("a note",))
    assert made.width == (len(even[0]) if even else 0)


@pytest.mark.parametrize(("name", "told"), [("Q1", "Q1 has"), ("", "the table has")])
def test_a_table_of_too_many_cells_is_set_aside(monkeypatch, name, told) -> None:
    monkeypatch.setattr(grids, "MOST_CELLS", 5)
    assert grid(name, [["a"] * 5]).width == 5
    with pytest.raises(SetAsideError, match=f"{told} 2 rows of 3 columns, more than a return"):
        grid(name, [["a"] * 3, ["b"] * 3])


@pytest.mark.parametrize(
    ("first", "last", "lines"),
    [
        (1, 1, "    row 1: a | b"),
        (0, 2, "    row 1: a | b\n    row 2: c | dddddddddddddddddddddddd"),
        (3, 9, "    row 3: e | fffffffffffffffffffffff…"),
        (7, 9, "    (no rows)"),
    ],
)
def test_rows_are_shown_with_their_numbers_and_long_cells_cut(first, last, lines) -> None:
    made = grid("", [["a", "b"], ["c", "d" * 24], ["e", "f" * 25]])
    assert made.shown(first, last) == lines


def test_columns_beyond_the_eighth_are_counted() -> None:
    made = grid("", [[str(n) for n in range(11)]])
    assert made.shown(1, 1) == "    row 1: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | … 3 more"


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16_384, "XFD")]
)
def test_columns_are_named_as_spreadsheets_name_them(column, letters) -> None:
    assert column_letter(column) == letters
    assert position(f"{letters}7") == (7, column)
