"""What charts of platforms draw is what their tables hold."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from helpers import drawn
from helpers.projects import Run
from helpers.simulated_figures import figure, found
from matplotlib.axes import Axes

from offences.charts import platform_charts
from offences.releases.load import Loaded

NAN = math.nan
YEAR = "2017/18"


def shares(made: Run) -> Axes:
    """Return the axes of the chart of shares."""
    return platform_charts.platform_shares(made.request, made.found).axes[0]


def known(made: Run) -> Axes:
    """Return the axes of the chart of known means."""
    return platform_charts.means_known(made.request, made.found).axes[0]


@pytest.fixture
def simulated(run: Callable, loaded: Loaded) -> Callable[..., Run]:
    """Return a run about Wales when SIMULATED figures are all that is known."""

    def make(*cells: dict[str, Any]) -> Run:
        return Run(run().request, found(loaded.vocabulary, "Wales", YEAR, *cells))

    return make


def cell(measure: str, value: float, *bounds: float, **other: Any) -> dict[str, Any]:
    """Return a SIMULATED figure of Wales."""
    return figure("Wales", YEAR, value, *bounds, kind="nation", measure=measure, **other)


@pytest.mark.parametrize(
    "parameters", [{"region": "Wales"}, {"region": "UK"}, {"region": "England and Wales"}]
)
def test_each_share_is_where_the_table_says(run: Callable, parameters: dict[str, str]) -> None:
    made = run(**parameters)
    table = made.found.own_shares.drop_duplicates(["period", "subject"], keep="last")
    axes = shares(made)
    at, rounding, possible = [], [], []
    for y, row in enumerate(table.to_dict("records")):
        if not math.isnan(row["share"]):
            at.append((row["share"], float(y)))
        ends = (row["share_lower"], row["share_upper"])
        if not math.isnan(row["share_lower"]) and ends != (0, 100):
            rounding.append([(ends[0], float(y)), (ends[1], float(y))])
        possible.append((row["of_all_lower"], row["of_all_upper"] - row["of_all_lower"], float(y)))
    assert drawn.points(axes) == at
    assert drawn.lines(axes) == rounding
    assert drawn.bars(axes) == possible
    assert axes.get_ylim() == (len(table) - 0.4, -0.6)


def test_the_shares_of_wales_are_labelled_with_their_period_and_base(run: Callable) -> None:
    axes = shares(run())
    assert drawn.ticks(axes, "y") == [
        "Meta, April 2017 to December 2017",
        "Facebook + Instagram + Snapchat, 2017/18",
        "Instagram, April 2020 to June 2020",
        "Meta, April 2020 to June 2020",
        "Snapchat, April 2020 to June 2020",
    ]
    assert drawn.texts(axes) == [
        "46%; all: not known",
        "120 offences; all: not known",
        "a quarter; all: not known",
        "29%; all: not known",
        "15%; all: not known",
    ]
    assert drawn.ticks(axes, "x") == ["0%", "20%", "40%", "60%", "80%", "100%"]
    assert [hatch for _, hatch in drawn.hatched(axes)] == ["////"] * 5


def test_a_share_with_its_base_shows_what_it_can_be_of_all(simulated: Callable[..., Run]) -> None:
    """SIMULATED: 30 of 60 offences with known means, of 120 in all."""
    axes = shares(
        simulated(
            cell("platform_count", 30, subject="Snapchat"),
            cell("means_known", 60),
            cell("offences", 120),
        )
    )
    assert drawn.texts(axes) == ["50% of 60; all: 25% to 75%"]
    assert drawn.bars(axes) == [(25, 50, 0)]
    assert drawn.hatched(axes) == []
    assert drawn.points(axes) == [(50, 0)]


def test_what_is_no_plain_share_says_what_it_is(simulated: Callable[..., Run]) -> None:
    """SIMULATED: disputed percentages, a disputed count, a wording, a count without a base."""
    axes = shares(
        simulated(
            cell("platform_pct", NAN, 37.5, 70.5, subject="Instagram", status="disputed"),
            cell("platform_count", NAN, 5, 9, subject="Kik", status="disputed"),
            cell(
                "platform_pct", 30, 30, 100, subject="Snapchat", status="approximate",
                printed="more than 30%",
            ),
            cell("platform_count", 12, subject="WhatsApp"),
        )
    )  # fmt: skip
    said = dict(zip(drawn.ticks(axes, "y"), drawn.texts(axes), strict=True))
    assert said == {
        "Instagram, 2017/18": "disputed, 38% to 70%; all: not known",
        "Kik, 2017/18": "count disputed; all: not known",
        "Snapchat, 2017/18": "more than 30%; all: not known",
        "WhatsApp, 2017/18": "12 offences; all: not known",
    }
    assert drawn.points(axes) == [(30, 2)]
    assert drawn.lines(axes) == [[(37.5, 0), (70.5, 0)], [(30, 2), (100, 2)]]
    (point,) = [line for line in axes.lines if line.get_marker() == "o"]
    assert point.get_markerfacecolor() == "white", "a rounded wording is hollow"


def test_of_two_releases_the_newest_is_drawn(simulated: Callable[..., Run]) -> None:
    """SIMULATED: 26% became 28%."""
    old = cell("platform_pct", 26, 25.5, 26.5, subject="Snapchat", release="sim-2022")
    new = cell("platform_pct", 28, 27.5, 28.5, subject="Snapchat")
    assert drawn.points(shares(simulated(old, new))) == [(28, 0)]


def test_where_no_shares_were_published_that_is_written(run: Callable) -> None:
    made = run(region="London")
    chart = platform_charts.platform_shares(made.request, made.found)
    (axes,) = chart.axes
    assert drawn.texts(axes) == ["No shares by platform were published for London in these years."]
    assert (list(axes.patches), list(axes.lines), drawn.key(chart)) == ([], [], [])


@pytest.mark.parametrize("region", ["Wales", "UK", "London"])
def test_known_means_are_bars_of_their_percentage(run: Callable, region: str) -> None:
    made = run(region=region)
    table = made.found.means_known
    axes = known(made)
    filled = [round(length, 9) for _, length, _ in drawn.bars(axes)]
    assert filled == [100] * len(table) + [round(pct, 9) for pct in table["pct"]]
    assert [y for *_, y in drawn.bars(axes)] == [float(y) for y in range(len(table))] * 2
    assert drawn.texts(axes) == [
        f"{row.pct:.0f}%: {row.means_known:,.0f} of {row.offences:,.0f}"
        for row in table.itertuples()
    ]


def test_known_means_of_the_uk_are_a_quarter(run: Callable) -> None:
    axes = known(run(region="UK"))
    assert drawn.ticks(axes, "y") == ["UK, 2023/24\n(nspcc-2024-11)"]
    assert drawn.texts(axes) == ["26%: 1,824 of 7,062"]
    assert drawn.bars(axes)[1] == (0, pytest.approx(25.8284, abs=1e-4), 0)
    assert axes.get_xlabel() == "Percent of offences"


def test_known_means_without_the_whole_have_no_bar(simulated: Callable[..., Run]) -> None:
    """SIMULATED: the base is printed, all offences are not."""
    axes = known(simulated(cell("means_known", 60)))
    assert drawn.texts(axes) == [
        "No release known by then prints how many offences had known means."
    ]
    assert list(axes.patches) == []
