"""Numbers and lists as a reader sees them."""

from __future__ import annotations

import math

import pytest

from offences import text


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (text.as_count(33959), "33,959"),
        (text.as_count(math.nan), "\u2013"),
        (text.several(1, "force"), "1 force"),
        (text.several(4, "force"), "4 forces"),
        (text.several(1234, "page"), "1,234 pages"),
        (text.as_percent(26.4), "26%"),
        (text.as_percent(26.44, 1), "26.4%"),
        (text.as_percent(math.nan), "\u2013"),
        (text.as_change(64.2), "+64%"),
        (text.as_change(-31), "-31%"),
        (text.as_change(math.nan), "not known"),
        (text.as_interval(12, 87), "12% to 87%"),
        (text.listed([]), ""),
        (text.listed(["Gwent"]), "Gwent"),
        (text.listed(["Gwent", "North Wales"]), "Gwent and North Wales"),
        (text.listed(["A", "B", "C"]), "A, B and C"),
    ],
)
def test_one_form_for_each(shown: str, expected: str) -> None:
    assert shown == expected
