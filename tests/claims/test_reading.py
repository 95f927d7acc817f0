"""A reading: what it is made of, how readings are ordered, and what makes a figure doubtful."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from helpers.simulated_figures import figure, force_years

from offences.claims.readings.reading import FigureKey, Reading, doubts, in_order, number_of
from offences.reference.bounds import Bounds

NAN = math.nan
NUMBER = Reading("a number", 5.0, Bounds.exactly(5.0), "it is 5")


def test_the_key_of_a_figure_is_its_cell_and_its_release() -> None:
    row = figure("Gwent", "2017/18", 44, measure="platform_pct", subject="Snapchat")
    key = FigureKey.of(row)
    assert key == ("force", "Gwent", "2017/18", "platform_pct", "Snapchat", "sim-2023")
    assert FigureKey.of(row, measure="means_known", subject="") == (
        "force", "Gwent", "2017/18", "means_known", "", "sim-2023",
    )  # fmt: skip


def test_a_row_without_a_subject_has_an_empty_one() -> None:
    row = {"place_kind": "nation", "place": "Wales", "period": "2017/18", "measure": "offences"}
    assert FigureKey.of(row) == ("nation", "Wales", "2017/18", "offences", "", "")


def test_force_years_that_no_release_prints_have_no_key() -> None:
    """SIMULATED: one printed force-year and one that is not."""
    table = force_years(("A", "2017/18", "reported", 5), ("B", "2017/18", "missing", NAN))
    table.loc[1, "release"] = ""
    assert FigureKey.of_force_years(table) == (
        ("force", "A", "2017/18", "offences", "", "sim-2023"),
    )


@pytest.mark.parametrize(
    ("value", "bounds", "gives_number", "exact"),
    [
        (5.0, Bounds(5, 5), True, True),
        (5.0, Bounds(5), True, False),
        (5.0, Bounds(4, 6), True, False),
        (NAN, Bounds(5, 5), False, False),
        (NAN, Bounds(4, 6), False, False),
    ],
)
def test_a_reading_is_exact_when_nothing_else_can_be_true(
    value: float, bounds: Bounds, gives_number: bool, exact: bool
) -> None:
    reading = Reading("a", value, bounds, "how")
    assert (reading.gives_number, reading.exact) == (gives_number, exact)


def test_plain_evidence_stands_first_and_what_is_beside_last() -> None:
    other = replace(NUMBER, name="other", plain=False)
    bounds = replace(NUMBER, name="bounds", value=NAN)
    own = replace(NUMBER, name="own", own=True)
    other_bounds = replace(bounds, name="other bounds", plain=False)
    beside = replace(NUMBER, name="beside", beside=True)
    given = [beside, own, other_bounds, other, bounds, NUMBER]
    assert [reading.name for reading in in_order(given)] == [
        "a number", "bounds", "other", "other bounds", "own", "beside",
    ]  # fmt: skip


def test_readings_alike_keep_their_order() -> None:
    again = replace(NUMBER, name="again")
    assert in_order([again, NUMBER]) == [again, NUMBER]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"status": "reported", "issue_text": "Odd."}, ()),
        ({"status": "partial"}, ("It does not cover the whole.",)),
        ({"status": "partial", "issue_text": "Six months only."}, ("Six months only.",)),
        ({"status": "disputed", "printed": "64|175"}, ("Pages disagree: 64 and 175.",)),
        ({"status": "disputed", "issue_text": "Ten below."}, ("Ten below.",)),
        (
            {"status": "approximate", "issue_text": "Odd."},
            ("Only a rounded wording was printed.",),
        ),
    ],
)
def test_why_a_figure_is_less_than_plain(cell: dict[str, Any], said: tuple[str, ...]) -> None:
    assert doubts(figure("Gwent", "2017/18", 5) | cell) == said


def test_a_row_that_knows_no_issues_has_none() -> None:
    assert doubts({"status": "partial", "printed": "5"}) == ("It does not cover the whole.",)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(1234.0, "count", "1,234"), (48.0, "percent", "48%"), (67.5, "percent", "67.5%")],
)
def test_a_figure_is_shown_with_its_unit(value: float, unit: str, said: str) -> None:
    assert number_of({"value": value, "unit": unit}) == said
