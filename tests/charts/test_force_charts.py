"""What charts of forces draw is what their tables hold."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from helpers import drawn
from helpers.projects import Run
from helpers.simulated_figures import figure, found
from matplotlib.axes import Axes

from offences.analysis.findings import Findings
from offences.analysis.forces import shown_force_year
from offences.charts import force_charts
from offences.releases.load import Loaded

NAN = math.nan
YEARS = ["2017/18", "2018/19", "2019/20", "2020/21", "2021/22", "2022/23"]
WITH_FIGURE = ["reported", "partial", "disputed", "approximate"]
REGIONS = ["Wales", "UK", "London"]


@pytest.fixture
def simulated(run: Callable, loaded: Loaded) -> Callable[..., Run]:
    """Return a run about Wales when SIMULATED figures are all that is known."""

    def make(*cells: dict[str, Any], years: str = "2017/18..2018/19") -> Run:
        return Run(run().request, found(loaded.vocabulary, "Wales", years, *cells))

    return make


def every_status() -> list[dict[str, Any]]:
    """Return SIMULATED figures of the four forces of Wales in two years, each status once.

    South Wales 2018/19 is on no page.
    """
    cells = [
        ("Dyfed-Powys", "2017/18", 9, (9, 9), "reported"),
        ("Dyfed-Powys", "2018/19", 19, (19,), "partial"),
        ("Gwent", "2017/18", 64, (64, 175), "disputed"),
        ("Gwent", "2018/19", 100, (101,), "approximate"),
        ("North Wales", "2017/18", NAN, (1, 4), "suppressed"),
        ("North Wales", "2018/19", NAN, (0,), "missing"),
        ("South Wales", "2017/18", NAN, (0,), "refused"),
    ]
    return [
        figure(force, year, value, *bounds, status=status, printed="x")
        for force, year, value, bounds, status in cells
    ]


# ---- The heat table ------------------------------------------------------------------------


def heat(made: Run) -> Axes:
    """Return the axes of the heat table."""
    return force_charts.force_by_year(made.request, made.found).axes[0]


def shades(axes: Axes) -> np.ndarray:
    """Return the shaded numbers, NaN where a cell is left white."""
    (mesh,) = axes.collections
    return np.ma.filled(np.ma.asarray(mesh.get_array(), float), NAN)


@pytest.mark.parametrize("region", REGIONS)
def test_the_heat_table_shades_each_figure_where_it_is_written(run: Callable, region: str) -> None:
    made = run(region=region)
    table, axes = made.force_years, heat(made)
    forces = list(dict.fromkeys(table["force"]))
    assert drawn.ticks(axes, "x") == YEARS
    assert drawn.ticks(axes, "y") == forces
    expected = table["lower"].where(table["status"].isin(WITH_FIGURE)).to_numpy()
    np.testing.assert_array_equal(shades(axes), expected.reshape(len(forces), len(YEARS)))
    at = {text.get_position(): text.get_text() for text in axes.texts}
    for row in table.to_dict("records"):
        x, y = YEARS.index(row["year"]) + 0.5, forces.index(row["force"]) + 0.5
        assert at.pop((x, y)) == shown_force_year(row)
    assert at == {}


def test_wales_is_hatched_where_a_figure_is_not_plain(run: Callable) -> None:
    axes = heat(run())
    assert drawn.hatched(axes) == [(0.5, "////"), (3.5, "////"), (5.5, "////")]
    rows = [patch.get_y() for patch in axes.patches]
    assert [int(row) for row in rows] == [0, 1, 3]
    assert axes.get_xlim() == (0, 6)
    assert axes.get_ylim() == (4, 0)


def test_the_heat_table_of_every_status(simulated: Callable[..., Run]) -> None:
    """SIMULATED: each status once."""
    made = simulated(*every_status())
    axes = heat(made)
    assert {text.get_position(): text.get_text() for text in axes.texts} == {
        (0.5, 0.5): "9",
        (1.5, 0.5): "19 part",
        (0.5, 1.5): "64\u2013175 disputed",
        (1.5, 1.5): "100 rounded",
        (0.5, 2.5): "1\u20134 hidden",
        (1.5, 2.5): "n/a",
        (0.5, 3.5): "refused",
        (1.5, 3.5): "\u00b7",
    }
    np.testing.assert_array_equal(shades(axes), [[9, 19], [64, 101], [NAN, NAN], [NAN, NAN]])
    # A plain figure and a cell on no page have no hatch.
    assert drawn.hatched(axes) == [
        (1.5, "////"), (0.5, "xxxx"), (1.5, "...."), (0.5, "////"), (1.5, "////"), (0.5, "////"),
    ]  # fmt: skip


def test_the_heat_tables_key_names_the_marks_that_are_used(
    simulated: Callable[..., Run], run: Callable
) -> None:
    """SIMULATED: every status; and the real Wales and London."""
    made = simulated(*every_status())
    _, below = drawn.page(force_charts.force_by_year(made.request, made.found))
    assert (
        "4 of 8 force-years reported. part: covers part of the year; disputed: lowest to highest "
        "printed; rounded: a rounded wording; n/a: printed as not available or left blank; \u00b7: "
        "no page prints it."
    ) in below
    wales, london = run(), run(region="London")
    above, below = drawn.page(force_charts.force_by_year(wales.request, wales.found))
    assert above == (
        "Wales: at least 1,753 offences; 22 of 24 force-years reported, 1 of them in part"
    )
    assert "n/a: printed as not available or left blank; \u2020: see known issues." in below
    above, below = drawn.page(force_charts.force_by_year(london.request, london.found))
    assert above == "London: no figures were published; 0 of 12 force-years reported"
    assert "0 of 12 force-years reported. \u00b7: no page prints it." in below


def test_dark_cells_are_written_in_white(simulated: Callable[..., Run]) -> None:
    """SIMULATED: 100 is the most, 1 is pale."""
    axes = heat(simulated(figure("Gwent", "2017/18", 100), figure("Gwent", "2018/19", 1)))
    colours = {text.get_text(): text.get_color() for text in axes.texts}
    assert (colours["100"], colours["1"]) == ("white", "black")


# ---- Each force by year --------------------------------------------------------------------


def panels(made: Run) -> list[Axes]:
    """Return the panels that are drawn."""
    return [a for a in force_charts.per_force(made.request, made.found).axes if a.axison]


@pytest.mark.parametrize("region", ["Wales", "UK"])
def test_each_force_with_a_figure_has_a_panel_of_its_figures(run: Callable, region: str) -> None:
    made = run(region=region)
    table = made.force_years
    given = table[table["status"].isin(WITH_FIGURE)]
    by_force = dict(list(given.groupby("force", sort=False)))
    held = panels(made)
    assert len(held) == len(by_force)
    for axes, (force, rows) in zip(held, by_force.items(), strict=True):
        assert axes.get_title(loc="left") == force
        level = dict(zip(rows["year"], rows["lower"], strict=True))
        whole = [(float(x), level.get(year, NAN)) for x, year in enumerate(YEARS)]
        assert drawn.close(drawn.lines(axes)[0], whole), force
        plain = [(float(YEARS.index(r.year)), r.lower) for r in rows.itertuples()
                 if r.status == "reported"]  # fmt: skip
        doubted = [(float(YEARS.index(r.year)), r.lower) for r in rows.itertuples()
                   if r.status != "reported"]  # fmt: skip
        assert drawn.points(axes, "o") == plain
        assert drawn.points(axes, "^") == doubted
        assert drawn.texts(axes) == [f"{value:,.0f}" for value in rows["lower"]]
        absent = [float(x) for x, year in enumerate(YEARS) if year not in level]
        assert [x for x, _ in drawn.hatched(axes)] == absent
    for axes in held[-4:]:
        assert drawn.ticks(axes, "x") == ["17/18", "18/19", "19/20", "20/21", "21/22", "22/23"]


def diamonds(axes: Axes) -> list[tuple[float, float]]:
    """Return where the figures of other releases are drawn."""
    return [(float(x), float(y)) for c in axes.collections for x, y in c.get_offsets()]


def test_a_figure_that_another_release_printed_is_a_diamond(run: Callable) -> None:
    """Dyfed-Powys answered 39 for 2021/22 itself, and the release has 36."""
    dyfed, gwent, north, south = panels(run())
    assert diamonds(dyfed) == [(4, 39)]
    assert [diamonds(axes) for axes in (gwent, north, south)] == [[], [], []]
    assert [drawn.hatched(axes) for axes in (dyfed, gwent, north, south)] == [
        [], [(3, "////")], [], [(5, "////")],
    ]  # fmt: skip


def test_without_figures_no_panel_is_drawn_and_that_is_said(run: Callable) -> None:
    made = run(region="London")
    chart = force_charts.per_force(made.request, made.found)
    (axes,) = chart.axes
    assert not axes.axison
    assert drawn.texts(axes) == ["No figures of forces were published for London in these years."]
    assert drawn.key(chart) == []
    assert "2 forces without any figure are not drawn." in drawn.page(chart)[1]


def test_a_disputed_figure_has_a_line_to_its_highest(simulated: Callable[..., Run]) -> None:
    """SIMULATED: 64 to 175, and a second year that is open above."""
    made = simulated(
        figure("Gwent", "2017/18", 64, 64, 175, status="disputed"),
        figure("Gwent", "2018/19", 70, 70, status="disputed"),
    )
    (axes,) = panels(made)
    assert drawn.lines(axes)[1:] == [[(0, 64), (0, 175)]]
    assert drawn.points(axes, "^") == [(0, 64), (1, 70)]
    assert axes.get_ylim() == (0, pytest.approx(175 * 1.28))
    chart = force_charts.per_force(made.request, made.found)
    assert drawn.key(chart) == [
        "newest release",
        "partial or disputed",
        "disputed, to the highest",
        "another release",
        "no figure",
    ]
    assert "3 forces without any figure are not drawn." in drawn.page(chart)[1]


def test_a_rounded_wording_is_no_other_release_of_itself(simulated: Callable[..., Run]) -> None:
    """SIMULATED: more than 100 is at least 101; no other release prints it."""
    (axes,) = panels(simulated(figure("Gwent", "2017/18", 100, 101, status="approximate")))
    assert diamonds(axes) == []


# ---- Change --------------------------------------------------------------------------------


def test_the_changes_of_wales_are_drawn_with_intervals_and_counts(run: Callable) -> None:
    made = run()
    chart = force_charts.change(made.request, made.found)
    (axes,) = chart.axes
    assert drawn.ticks(axes, "y") == [
        "All figures added up", "Comparable forces together", "Gwent", "North Wales",
    ]  # fmt: skip
    assert drawn.close(
        drawn.points(axes),
        [(100 * -85 / 274, 0), (100 * 62 / 97, 1), (100 * 14 / 44, 2), (100 * 48 / 53, 3)],
    )
    assert drawn.texts(axes) == [
        "-31%  (274 to 189)", "+64%  (97 to 159)", "+32%  (44 to 58)", "+91%  (53 to 101)",
    ]  # fmt: skip
    together, gwent, north = drawn.lines(axes)
    table = made.found.change_by_force.set_index("force")
    interval = made.found.change_comparable.interval_ends
    assert together == [(interval[0], 1), (interval[1], 1)]
    assert gwent == [(table.loc["Gwent", "lower"], 2), (table.loc["Gwent", "upper"], 2)]
    assert north == [(table.loc["North Wales", "lower"], 3), (table.loc["North Wales", "upper"], 3)]
    assert drawn.page(chart)[0] == "Wales: change in recorded offences, 2022/23 against 2017/18"


def test_every_comparable_force_of_the_uk_has_a_row_and_no_other(run: Callable) -> None:
    made = run(region="UK")
    axes = force_charts.change(made.request, made.found).axes[0]
    table = made.found.change_by_force
    rows = table[table["comparable"].astype(bool)]
    assert drawn.ticks(axes, "y")[2:] == list(rows["force"])
    assert drawn.close(
        drawn.points(axes)[2:], [(pct, float(y)) for y, pct in enumerate(rows["pct"], start=2)]
    )
    assert len(rows) == 12
    assert drawn.texts(axes)[0] == "-28%  (3,176 to 2,288)"


@pytest.mark.parametrize(
    ("parameters", "title", "said"),
    [
        (
            {"region": "London"},
            "London: change in recorded offences, 2022/23 against 2017/18",
            "No change can be stated: no figure was printed for 2017/18 or for 2022/23.",
        ),
        (
            {"years": "2023/24"},
            "Wales: one year has no change",
            "No change can be stated: it is one year only.",
        ),
    ],
)
def test_where_there_is_no_change_that_is_written(
    run: Callable, parameters: dict[str, str], title: str, said: str
) -> None:
    made = run(**parameters)
    chart = force_charts.change(made.request, made.found)
    (axes,) = chart.axes
    assert (axes.lines[:], drawn.texts(axes)) == ([], [said])
    assert drawn.page(chart)[0] == title


def test_a_force_that_counted_none_before_is_not_drawn(simulated: Callable[..., Run]) -> None:
    """SIMULATED: Gwent went from none to five, North Wales from ten to twenty."""
    made = simulated(
        figure("Gwent", "2017/18", 0),
        figure("Gwent", "2018/19", 5),
        figure("North Wales", "2017/18", 10),
        figure("North Wales", "2018/19", 20),
    )
    axes = force_charts.change(made.request, made.found).axes[0]
    assert drawn.ticks(axes, "y")[2:] == ["North Wales"]
    assert drawn.texts(axes)[:2] == ["+150%  (10 to 25)"] * 2


# ---- Printed totals beside the sum of the forces ---------------------------------------------


@pytest.mark.parametrize("region", ["Wales", "UK"])
def test_each_year_has_a_bar_as_high_as_its_forces_and_a_line_where_a_total_is_printed(
    run: Callable, region: str
) -> None:
    made = run(region=region)
    axes = force_charts.published_beside_sum(made.request, made.found).axes[0]
    table = made.found.beside_sum
    assert drawn.ticks(axes, "x") == YEARS
    assert drawn.columns(axes) == list(table["sum_of_forces"])
    printed = [(x, row) for x, row in enumerate(table.to_dict("records"))
               if not math.isnan(row["published"])]  # fmt: skip
    assert drawn.lines(axes) == [
        [(x - 0.36, row["published"]), (x + 0.36, row["published"])] for x, row in printed
    ]
    top = max(table["sum_of_forces"].max(), table["published"].max())
    assert axes.get_ylim() == (0, pytest.approx(1.22 * top))


def test_what_is_written_on_the_bars_of_wales(run: Callable) -> None:
    made = run()
    axes = force_charts.published_beside_sum(made.request, made.found).axes[0]
    assert drawn.texts(axes) == [
        "274\n4 of 4", "274\npartial",
        "310\n4 of 4", "not printed",
        "379\n4 of 4", "not printed",
        "275\n3 of 4", "not printed",
        "326\n4 of 4", "326",
        "189\n3 of 4", "not printed",
    ]  # fmt: skip
    styles = [line.get_linestyle() for line in axes.lines]
    assert styles == ["--", "-"], "a partial total is dashed"


def test_where_nothing_was_published_no_bar_is_drawn(run: Callable) -> None:
    made = run(region="London")
    (axes,) = force_charts.published_beside_sum(made.request, made.found).axes
    assert drawn.texts(axes) == ["No figures were published for London in these years."]
    assert (list(axes.patches), list(axes.lines)) == ([], [])


def test_a_total_is_drawn_where_no_force_is_printed(simulated: Callable[..., Run]) -> None:
    """SIMULATED: a total of one year only, and no force."""
    made = simulated(figure("Wales", "2018/19", 310, kind="nation"))
    axes = force_charts.published_beside_sum(made.request, made.found).axes[0]
    assert drawn.columns(axes) == [0, 0]
    (printed,) = drawn.lines(axes)
    assert drawn.close(printed, [(0.64, 310), (1.36, 310)])
    assert drawn.texts(axes) == ["0\n0 of 4", "not printed", "0\n0 of 4", "310"]


def test_a_total_on_which_pages_disagree_is_not_called_unprinted(
    simulated: Callable[..., Run],
) -> None:
    """SIMULATED: pages of one release print 300 and 310."""
    made = simulated(
        figure("Gwent", "2017/18", 44),
        figure("Wales", "2018/19", NAN, 300, 310, kind="nation", status="disputed"),
    )
    axes = force_charts.published_beside_sum(made.request, made.found).axes[0]
    assert drawn.texts(axes)[-1] != "not printed"


def test_charts_leave_the_tables_as_they_are(run: Callable) -> None:
    made = run()
    held: Findings = made.found
    tables = [held.force_years, held.vintages_by_force, held.change_by_force, held.beside_sum]
    before = [table.copy() for table in tables]
    force_charts.force_by_year(made.request, held)
    force_charts.per_force(made.request, held)
    force_charts.change(made.request, held)
    force_charts.published_beside_sum(made.request, held)
    for one, other in zip(before, tables, strict=True):
        pd.testing.assert_frame_equal(one, other)
