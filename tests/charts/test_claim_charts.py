"""The chart of claims draws what the ledger holds: numbers in percent of those stated."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from helpers import drawn
from matplotlib.axes import Axes

from offences.charts import claim_charts
from offences.claims import ledger
from offences.claims.statements import read_claims
from offences.claims.verdicts import Verdict
from offences.project import Project
from offences.releases.load import Loaded

NAN = math.nan
HEADINGS = ["stated", "computed", "verdict"]


def claim(
    verdict: Verdict, stated: float, value: float, lower: float, upper: float, **other: Any
) -> dict[str, Any]:
    """Return a SIMULATED row of the ledger."""
    return {
        "publisher": "A paper",
        "published": "2023-08-15",
        "says": "It is so.",
        "stated": f"{stated:g}",
        "computed": f"{value:g}",
        "stated_value": stated,
        "shown_value": value,
        "shown_lower": lower,
        "shown_upper": upper,
        "verdict": verdict,
        "on_the_day": verdict,
    } | other


def axes_of(run: Callable, *rows: dict[str, Any]) -> Axes:
    """Return the axes of the chart of a SIMULATED ledger."""
    return claim_charts.claims(run().request, pd.DataFrame(rows)).axes[0]


def test_a_number_and_its_bounds_are_in_percent_of_the_one_stated(run: Callable) -> None:
    """SIMULATED: 95 of 90 to 110, stated 100; and 110 exactly, stated 100."""
    axes = axes_of(
        run,
        claim(Verdict.CAVEAT, 100, 95, 90, 110),
        claim(Verdict.CONTRADICTED, 200, 220, 220, 220),
    )
    assert drawn.lines(axes) == [[(90, 0), (110, 0)], [(110, 1), (110, 1)]]
    assert drawn.close(drawn.points(axes), [(95, 0), (110, 1)])
    assert [line.get_marker() for line in axes.lines if line.get_marker() in "oX"] == ["o", "X"]


def test_what_lies_beyond_the_axis_is_drawn_at_its_end_with_an_arrow(run: Callable) -> None:
    """SIMULATED: at least 120 of 100 and open; at most 50 of 100; both numbers far away."""
    axes = axes_of(
        run,
        claim(Verdict.CAVEAT, 100, 120, 120, NAN),
        claim(Verdict.CANNOT, 100, NAN, 0, 50),
        claim(Verdict.CONTRADICTED, 100, 500, 500, 500),
    )
    assert drawn.lines(axes) == [
        [(120, 0), (140, 0)], [(60, 1), (60, 1)], [(140, 2), (140, 2)],
    ]  # fmt: skip
    assert drawn.points(axes, ">") == [(140, 0), (140, 2)]
    assert drawn.points(axes, "<") == [(60, 1)]
    assert drawn.points(axes, "oX") == [(120, 0), (140, 2)]


def test_without_a_number_nothing_is_drawn_but_the_verdict_is_written(run: Callable) -> None:
    """SIMULATED: nothing public, and changes stated as zero and as a fall."""
    axes = axes_of(
        run,
        claim(Verdict.CANNOT, 100, NAN, NAN, NAN, computed="\u2013"),
        claim(Verdict.HOLDS, 0, 0, 0, 0),
        claim(Verdict.HOLDS, -31, -31, -31, -31),
    )
    assert drawn.points(axes) == []
    assert drawn.lines(axes) == []
    assert drawn.texts(axes)[:6] == ["100", "\u2013", "cannot be checked", "0", "0", "holds"]
    assert drawn.texts(axes)[6:] == ["-31", "-31", "holds", *HEADINGS]


def test_a_verdict_that_was_another_on_its_day_says_both(run: Callable) -> None:
    """SIMULATED: it could not be checked on the day."""
    axes = axes_of(run, claim(Verdict.HOLDS, 5, 5, 5, 5, on_the_day=Verdict.CANNOT))
    assert "holds\non the day: cannot be checked" in drawn.texts(axes)


def test_labels_name_publisher_day_and_statement_in_three_lines_at_most(run: Callable) -> None:
    """SIMULATED: a short statement and one far too long."""
    axes = axes_of(
        run,
        claim(Verdict.HOLDS, 5, 5, 5, 5),
        claim(Verdict.HOLDS, 5, 5, 5, 5, says="word " * 100),
    )
    short, long = drawn.ticks(axes, "y")
    assert short == "A paper, 2023-08-15: It is so."
    assert long.count("\n") == 2
    assert max(map(len, long.split("\n"))) <= 72
    assert drawn.ticks(axes, "x") == ["60%", "as stated", "140%"]


def test_the_key_has_the_verdicts_that_are_used_from_the_best_on(run: Callable) -> None:
    """SIMULATED: three verdicts."""
    rows = [
        claim(verdict, 5, 5, 5, 5)
        for verdict in (Verdict.CANNOT, Verdict.HOLDS, Verdict.OTHER, Verdict.HOLDS)
    ]
    chart = claim_charts.claims(run().request, pd.DataFrame(rows))
    assert drawn.key(chart) == ["holds", "only on another reading", "cannot be checked"]
    assert drawn.page(chart)[0] == (
        "Wales: of 4 public statements, 2 hold, 1 only on another reading and 1 cannot be checked"
    )


def test_without_statements_that_is_written(run: Callable) -> None:
    request = run(region="London").request
    chart = claim_charts.claims(request, pd.DataFrame(columns=ledger.LEDGER))
    (axes,) = chart.axes
    assert drawn.texts(axes) == ["No statement about London is in the ledger."]
    assert drawn.page(chart)[0] == "London: no statements to check"
    assert drawn.key(chart) == []


@pytest.mark.parametrize("region", ["Wales", "UK"])
def test_the_real_ledger_is_drawn_row_by_row(
    run: Callable, project: Project, loaded: Loaded, region: str
) -> None:
    made = run(region=region)
    about = ledger.about(read_claims(project, loaded), made.request.place, None)
    table, _, _ = ledger.tables(about, made.cleaned, lambda _: made.cleaned)
    axes = claim_charts.claims(made.request, table).axes[0]
    assert len(drawn.ticks(axes, "y")) == len(table)
    texts = drawn.texts(axes)
    assert texts[-3:] == HEADINGS
    assert texts[0:-3:3] == list(table["stated"])
    assert texts[1:-3:3] == list(table["computed"])
    assert texts[2:-3:3] == list(table["verdict"])
    expected = [
        (min(max(100 * row.shown_value / row.stated_value, 60), 140), float(y))
        for y, row in enumerate(table.itertuples())
        if row.stated_value > 0 and not math.isnan(row.shown_value)
    ]
    assert drawn.close(drawn.points(axes, "oDsX|"), expected)
    assert expected
