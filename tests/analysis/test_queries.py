"""What one would ask the forces: each doubt is a question, and nothing else is."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import pytest
from helpers.simulated_figures import force_years

from offences.analysis.queries import QUERY_COLUMNS, to_forces

NAN = math.nan
NO_REVISIONS = pd.DataFrame(columns=["place", "period", "release", "value"])


def test_the_questions_for_wales(run: Callable) -> None:
    assert run(region="Wales").found.queries.values.tolist() == [
        [
            "Dyfed-Powys",
            "2017/18",
            "19 is printed for 2017/18 and covers part of the year. How many were recorded in all "
            "twelve months?",
        ],
        [
            "Gwent",
            "2020/21",
            "Printed as n/a for 2020/21. How many offences were recorded from April to March?",
        ],
        [
            "South Wales",
            "2022/23",
            "Printed as n/a for 2022/23. How many offences were recorded from April to March?",
        ],
        [
            "Dyfed-Powys",
            "2021/22",
            "2021/22 was given as 39 (foi-dyfed-powys-2022) then 36 (nspcc-2024-11). What changed?",
        ],
    ]


def test_every_silent_force_year_of_london_is_asked_for(run: Callable) -> None:
    questions = run(region="London").found.queries
    assert questions["to"].value_counts().to_dict() == {
        "City of London": 6,
        "Metropolitan Police": 6,
    }
    assert questions["question"].iloc[0] == (
        "No page read so far prints a figure for 2017/18. How many offences were recorded from "
        "April to March?"
    )


def test_a_disputed_figure_is_asked_with_both_ends(run: Callable) -> None:
    questions = run(region="Lancashire", years="2017/18").found.queries
    assert "Pages print between 64 and 175 for 2017/18. Which figure is right?" in set(
        questions["question"]
    )


@pytest.mark.parametrize(
    ("status", "value"),
    [
        ("reported", 5),
        ("approximate", 5),
        ("suppressed", NAN),
        ("refused", NAN),
        ("not_held", NAN),
    ],
)
def test_what_a_force_has_answered_is_not_asked_again(status: str, value: float) -> None:
    """SIMULATED: one force-year of each status that raises no question."""
    table = to_forces(force_years(("A", "2017/18", status, value)), NO_REVISIONS)
    assert table.empty
    assert tuple(table.columns) == QUERY_COLUMNS


def test_a_revision_is_asked_of_the_force_and_not_of_another_place() -> None:
    """SIMULATED: a figure given three times, in order, and one of a nation."""
    revised = pd.DataFrame(
        [
            ("A", "2017-04..2017-09", "one", 1000.0),
            ("A", "2017-04..2017-09", "two", 12.0),
            ("A", "2017-04..2017-09", "three", 13.0),
            ("Wales", "2017/18", "one", 1.0),
            ("Wales", "2017/18", "two", 2.0),
        ],
        columns=["place", "period", "release", "value"],
    )
    table = to_forces(force_years(("A", "2017/18", "reported", 5)), revised)
    assert table.values.tolist() == [
        [
            "A",
            "2017-04..2017-09",
            "April 2017 to September 2017 was given as 1,000 (one) then 12 (two) then 13 (three). "
            "What changed?",
        ]
    ]
