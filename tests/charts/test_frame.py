"""The frame around a chart: the finding on top, below it the key, coverage, days and source."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib as mpl
from helpers import drawn
from matplotlib.lines import Line2D

from offences.analysis.sentences import SOURCE_LINE
from offences.charts.frame import DPI, label, nothing, page


def test_a_page_says_what_was_found_on_what_and_when(run: Callable) -> None:
    request = run(region="Wales").request
    with page(request, "A finding", "22 of 24.", 2.0) as figure:
        figure.subplots()
    assert drawn.page(figure) == (
        "A finding",
        f"Wales, 2017/18 to 2022/23. 22 of 24. As of: {request.known_in_words}. "
        f"Figures as published. {SOURCE_LINE}.",
    )
    assert drawn.key(figure) == []


def test_a_page_about_something_else_says_so(run: Callable) -> None:
    with page(run().request, "A finding", "F.", 2.0, about="Places of the batch") as figure:
        pass
    assert drawn.page(figure)[1].startswith("Places of the batch, 2017/18 to 2022/23. F.")


def test_a_run_of_a_day_and_a_policy_says_both(run: Callable) -> None:
    request = run(as_of="2023-08-15", disclosure="suppress below 5, round to 5").request
    with page(request, "A finding", "F.", 2.0) as figure:
        pass
    below = drawn.page(figure)[1]
    assert "As of: releases to 15 August 2023, the newest of 14 August 2023." in below
    assert "Counts below 5 suppressed, others rounded to 5." in below


def test_a_long_finding_is_broken_and_makes_the_page_higher(run: Callable) -> None:
    request = run().request
    with page(request, "word " * 10, "F.", 2.0) as short:
        pass
    with page(request, "word " * 30, "F.", 2.0) as long:
        pass
    assert short.texts[0].get_text().count("\n") == 0
    assert long.texts[0].get_text().count("\n") == 1
    assert round(long.get_figheight() - short.get_figheight(), 6) == 0.19
    assert max(map(len, long.texts[1].get_text().split("\n"))) <= 140


def test_a_key_stands_below_and_takes_its_own_room(run: Callable) -> None:
    request = run().request
    handles = [Line2D([], [], label="one"), Line2D([], [], label="two")]
    with page(request, "A finding", "F.", 2.0, handles) as figure:
        pass
    with page(request, "A finding", "F.", 2.0) as without:
        pass
    assert drawn.key(figure) == ["one", "two"]
    assert round(figure.get_figheight() - without.get_figheight(), 6) == 0.26
    assert (figure.get_figwidth(), figure.dpi) == (9, DPI)


def test_the_layout_is_fixed_and_rounded(run: Callable) -> None:
    with page(run().request, "A finding", "F.", 2.0) as figure:
        axes = figure.subplots()
    held = axes.get_position(original=True).bounds
    figure.set_size_inches(20, 20)
    figure.draw_without_rendering()
    assert axes.get_position(original=True).bounds == held, "it is not laid out again"
    assert all(abs(number - round(number, 4)) < 1e-12 for number in held)


def test_settings_of_the_page_do_not_leak(run: Callable) -> None:
    before = dict(mpl.rcParams)
    with page(run().request, "A finding", "F.", 2.0):
        assert mpl.rcParams["font.size"] == 9
        assert mpl.rcParams["svg.hashsalt"] == "offences"
    assert dict(mpl.rcParams) == before


def test_where_nothing_is_drawn_that_is_written_in_the_middle(run: Callable) -> None:
    with page(run().request, "A finding", "F.", 2.0) as figure:
        nothing(figure, "No figures were published. " * 5)
    (axes,) = figure.axes
    (text,) = axes.texts
    assert not axes.axison
    assert (text.get_position(), text.get_ha(), text.get_va()) == ((0.5, 0.5), "center", "center")
    assert max(map(len, text.get_text().split("\n"))) <= 80
    assert " ".join(text.get_text().split()) == ("No figures were published. " * 5).strip()


def test_a_label_stands_beside_its_point(run: Callable) -> None:
    with page(run().request, "A finding", "F.", 2.0) as figure:
        axes = figure.subplots()
        label(axes, "5", (1.0, 2.0), (3, -4), fontsize=8)
    (text,) = axes.texts
    assert (text.get_text(), text.xy, text.xyann) == ("5", (1.0, 2.0), (3, -4))
    assert (text.anncoords, text.get_fontsize()) == ("offset points", 8)
