"""Figures that lost the space between them are separated only where the totals force it."""

from __future__ import annotations

import pytest

from offences.returns.cells.run_together import resolve


@pytest.mark.parametrize(
    ("digits", "totals", "others", "figures"),
    [
        ("3412", ["37", "15"], [["3", "3"]], ["34", "12"]),
        ("1,0345", ["1,034", "5"], [], ["1,034".replace(",", ""), "5"]),
        ("34", ["37", "3"], [["3", "3"]], ["34", ""]),
        ("340", ["37", "3"], [["3", "3"]], ["34", "0"]),
        ("1521812911827995", ["378"] * 7, [["1"] * 7], None),
        ("3412", ["37", "*"], [["3", "3"]], None),
        ("3412", ["30", "15"], [["34", "3"]], None),
        ("10", ["1", ""], [], None),
        ("10", [], [], None),
    ],
)
def test_a_row_is_separated_or_left_to_a_person(digits, totals, others, figures) -> None:
    assert resolve(digits, totals, others) == figures
