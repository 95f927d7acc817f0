"""The text of a cell becomes a value, bounds and a status, as forces mark them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offences.reference.bounds import ANYTHING, Bounds
from offences.returns.cells.cell_text import Conventions, read_cell
from offences.returns.cells.return_statuses import Blank, ReturnStatus


@pytest.mark.parametrize(
    ("raw", "status", "bounds"),
    [
        ("", "empty", ANYTHING),
        ("-", "empty", ANYTHING),
        ("–", "empty", ANYTHING),
        ("*", "suppressed", Bounds(0, 4)),
        ("<5", "suppressed", Bounds(1, 4)),
        ("fewer than five", "suppressed", Bounds(1, 4)),
        ("1-4", "suppressed", Bounds(1, 4)),
        ("1 to 4", "suppressed", Bounds(1, 4)),
        ("0", "reported", Bounds.exactly(0)),
        ("nil", "reported", Bounds.exactly(0)),
        ("n/a", "missing", ANYTHING),
        ("not held", "not_held", ANYTHING),
        ("no information held", "not_held", ANYTHING),
        ("refused s.12", "refused", ANYTHING),
        ("s.12(2)", "refused", ANYTHING),
        ("s.40(2)", "exempt", ANYTHING),
        ("Section 30", "exempt", ANYTHING),
        ("neither confirm nor deny s.23(5)", "exempt", ANYTHING),
        ("FOISA s.12(1) cost and neither confirm nor deny", "refused", ANYTHING),
        ("Not requested", "not_asked", ANYTHING),
        ("ten", "reported", Bounds.exactly(10)),
        ("twenty-six", "reported", Bounds.exactly(26)),
        ("around 26", "approximate", ANYTHING),
        ("at least 345", "approximate", Bounds(345)),
        ("nearly 50", "approximate", Bounds(0, 49)),
        ("1,234", "reported", Bounds.exactly(1234)),
        ("12 000", "reported", Bounds.exactly(12000)),
        ("52¹", "reported", Bounds.exactly(52)),
        ("52 [1]", "reported", Bounds.exactly(52)),
        ("52*", "reported", Bounds.exactly(52)),
        ("a third", "approximate", Bounds(0, 100)),
        ("3.5", "unresolved", ANYTHING),
        ("2025-12-15", "unresolved", ANYTHING),
        ("-3", "unresolved", ANYTHING),
        ("#DIV/0!", "unresolved", ANYTHING),
    ],
)
def test_every_marker_becomes_a_status_and_bounds(raw, status, bounds) -> None:
    text = read_cell(raw)
    assert (text.raw, text.status, text.bounds) == (raw, status, bounds)
    assert math.isnan(text.value) == (status not in ("reported", "approximate"))


@pytest.mark.parametrize(
    ("raw", "value", "unit", "note"),
    [
        ("142 victims", 142, "victims", ""),
        ("26 crimes", 26, "offences", ""),
        ("12 custody records", 12, "custody records", ""),
        ("48%", 48, "percent", ""),
        ("48 per cent", 48, "percent", ""),
        ("a quarter", 25, "percent", ""),
        ("52 [1]", 52, "", "footnote mark [1] left out"),
        ("12 out of 40", 12, "", "of 40"),
        ("Kik: 7", 7, "", "behind the words 'kik'"),
    ],
)
def test_what_is_written_beside_a_number_is_kept(raw, value, unit, note) -> None:
    text = read_cell(raw)
    assert (text.raw, text.value, text.unit, text.note) == (raw, value, unit, note)


@pytest.mark.parametrize(
    ("meaning", "status", "bounds", "note"),
    [
        (Blank.EMPTY, "empty", ANYTHING, ""),
        (Blank.ZERO, "reported", Bounds.exactly(0), ", declared to be zero"),
        (Blank.SUPPRESSED, "suppressed", Bounds(0, 9), ", declared suppressed"),
        (Blank.NOT_HELD, "not_held", ANYTHING, ""),
    ],
)
def test_a_blank_and_a_dash_are_what_the_analyst_declares(meaning, status, bounds, note) -> None:
    blank = read_cell(" ", Conventions(blank=meaning, below=10))
    assert (blank.status, blank.bounds, blank.note) == (status, bounds, f"an empty cell{note}")
    dash = read_cell("—", Conventions(dash=meaning, below=10))
    assert (dash.status, dash.bounds, dash.note) == (status, bounds, f"a dash{note}")


def test_a_column_of_percentages_is_read_as_shares() -> None:
    share = read_cell("48", Conventions(percent=True))
    assert (share.value, share.bounds, share.unit) == (48, Bounds(47.5, 48.5), "")
    assert read_cell("101", Conventions(percent=True)).status is ReturnStatus.UNRESOLVED


def test_what_cannot_be_read_says_why_in_the_words_of_the_file() -> None:
    assert read_cell("3.5").note == "'3.5' is not a whole number. A count has no decimals."
    assert read_cell("3.5").why == "'3.5' is not a whole number"
    assert read_cell("9-3").why == "'9-3' is a range that ends before it begins"
    assert read_cell("Blorp!!").note.startswith("'Blorp!!' is neither a number")
    assert read_cell("52").why == ""


def test_notes_are_joined_and_empty_ones_left_out() -> None:
    assert read_cell("52 [1]").noting("", "x", "y").note == "footnote mark [1] left out; x; y"
    assert read_cell("52").noting("", "").note == ""


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_cell(raw) -> None:
    text = read_cell(raw)
    assert text.raw == raw
    assert text.status is not ReturnStatus.UNRESOLVED or text.note
