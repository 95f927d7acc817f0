"""The chart of a batch draws the numbers of its table, and says why a place has none."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
from helpers import drawn
from matplotlib.axes import Axes

from offences.batch.summary import SUMMARY_COLUMNS
from offences.charts.place_charts import places_side_by_side

NAN = math.nan


def place(region: str, **other: Any) -> dict[str, Any]:
    """Return a SIMULATED row of the summary: a place that reported in full."""
    row = {
        "region": region,
        "version": "v",
        "state": "made",
        "offences_reported": 983.0,
        "status": "reported",
        "force_years_reported": 6.0,
        "force_years_expected": 6.0,
        "offences_published": 983.0,
        "forces_comparable": 1.0,
        "forces": 1.0,
        "change_comparable_pct": 141.0,
        "change_lower": 86.0,
        "change_upper": 216.0,
        "absent_because": "",
    }
    return row | other


def absent(region: str, why: str) -> dict[str, Any]:
    """Return a SIMULATED row of a place without numbers."""
    return dict.fromkeys(SUMMARY_COLUMNS, NAN) | {
        "region": region,
        "state": "failed",
        "absent_because": why,
    }


def axes_of(run: Callable, *rows: dict[str, Any]) -> tuple[Axes, Axes]:
    """Return both halves of the chart of SIMULATED places."""
    left, right = places_side_by_side(
        run().request, pd.DataFrame(rows, columns=SUMMARY_COLUMNS)
    ).axes
    return left, right


def test_the_first_place_stands_on_top_with_its_numbers(run: Callable) -> None:
    """SIMULATED: one place in full and one at least."""
    left, right = axes_of(
        run,
        place("Ireland"),
        place(
            "Wales", offences_reported=1753.0, status="partial", force_years_reported=22.0,
            force_years_expected=24.0, forces_comparable=2.0, forces=4.0,
            change_comparable_pct=64.0, change_lower=27.0, change_upper=113.0,
        ),
    )  # fmt: skip
    assert drawn.ticks(left, "y") == ["Wales", "Ireland"]
    assert drawn.points(left) == [(1753, 0), (983, 1)]
    assert drawn.texts(left) == ["at least 1,753; 22 of 24", "983; 6 of 6"]
    assert drawn.points(right) == [(64, 0), (141, 1)]
    assert drawn.lines(right) == [[(27, 0), (113, 0)], [(86, 1), (216, 1)]]
    assert drawn.texts(right) == ["2 of 4 forces", "1 of 1 force"]


def test_a_place_without_numbers_says_why_and_draws_nothing(run: Callable) -> None:
    """SIMULATED: a failed run with a long reason, and a place without figures."""
    left, right = axes_of(
        run, absent("London", "no figures were published"), absent("Kent", "x" * 80)
    )
    assert drawn.texts(left) == ["x" * 67 + "...", "no figures were published"]
    assert (drawn.points(left), drawn.points(right), drawn.texts(right)) == ([], [], [])


def test_a_place_that_cannot_be_compared_says_so(run: Callable) -> None:
    """SIMULATED: a change that is not known."""
    _, right = axes_of(
        run, place("Gwent", change_comparable_pct=NAN, change_lower=NAN, change_upper=NAN)
    )
    assert drawn.texts(right) == ["not comparable"]
    assert (drawn.points(right), drawn.lines(right)) == ([], [])


def test_a_change_beyond_the_scale_is_drawn_at_its_end(run: Callable) -> None:
    """SIMULATED: a rise by 1,200 percent."""
    _, right = axes_of(
        run, place("A", change_comparable_pct=1200.0, change_lower=500.0, change_upper=3000.0)
    )
    assert drawn.points(right) == [(900, 0)]
    assert drawn.lines(right) == [[(500, 0), (900, 0)]]


def test_the_page_counts_places_and_those_that_are_absent(run: Callable) -> None:
    """SIMULATED: three places, one of them absent."""
    rows = [place("A"), place("B"), absent("C", "no figures were published")]
    figure = places_side_by_side(run().request, pd.DataFrame(rows, columns=SUMMARY_COLUMNS))
    above, below = drawn.page(figure)
    assert above == "3 places: offences reported at least, and change on comparable forces"
    assert below.startswith(
        "Places of the batch, 2017/18 to 2022/23. Places without figures: 1 of 3."
    )
