"""Figures are tested through the data they draw, their words and their bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from offences.analysis import forces, sentences
from offences.charts import force_charts, platform_charts, save

Charts = dict[str, tuple[Figure, pd.DataFrame, str]]


@pytest.fixture(scope="module")
def charts(run: Callable) -> Callable[..., Charts]:
    def make(**parameters: str) -> Charts:
        made = run(**parameters)
        request, found = made.request, made.found
        return {
            "force_by_year": (
                force_charts.force_by_year(request, found),
                found.force_years,
                sentences.summary(request, found),
            ),
            "per_force": (
                force_charts.per_force(request, found),
                found.vintages_by_force,
                sentences.per_force(request, found),
            ),
            "change": (
                force_charts.change(request, found),
                found.change_by_force,
                sentences.changes(found),
            ),
            "beside": (
                force_charts.published_beside_sum(request, found),
                found.beside_sum,
                sentences.beside_sum(found),
            ),
            "shares": (
                platform_charts.platform_shares(request, found),
                found.own_shares,
                sentences.shares(request, found.own_shares),
            ),
            "known": (
                platform_charts.means_known(request, found),
                found.means_known,
                sentences.means_known(found.means_known),
            ),
        }

    return make


REGIONS = ["Wales", "UK", "London", "Lancashire", "Northern Ireland"]


@pytest.mark.parametrize("region", REGIONS)
def test_every_chart_draws_and_says_what_it_rests_on(
    charts: Callable[..., Charts], region: str
) -> None:
    for name, (figure, _, said) in charts(region=region).items():
        shown = " ".join(text.get_text() for text in figure.texts).replace("\n", " ")
        assert "As of:" in shown, name
        assert sentences.SOURCE_LINE in shown, name
        assert re.search(r"\d+ of \d+ force-years", shown) or name in ("shares", "known"), name
        assert said.strip(), name


def test_the_heat_table_shows_every_status(charts: Callable[..., Charts]) -> None:
    figure, table, _ = charts()["force_by_year"]
    drawn = [text.get_text() for text in figure.axes[0].texts]
    assert sorted(drawn) == sorted(forces.shown_force_year(row) for row in table.to_dict("records"))
    assert {"19 part", "n/a"} <= set(drawn)


def test_no_text_leaves_its_page(charts: Callable[..., Charts]) -> None:
    for region in REGIONS:
        for name, (figure, _, _) in charts(region=region).items():
            FigureCanvasAgg(figure).draw()
            page = figure.bbox
            for axes in (axes for axes in figure.axes if axes.axison):
                low, high = axes.get_xlim()
                ticks = zip(axes.get_xticks(), axes.get_xticklabels(), strict=False)
                below = [label for at, label in ticks if low <= at <= high]
                for text in [*axes.texts, *axes.get_yticklabels(), *below]:
                    if text.get_text() and text.get_visible():
                        box = text.get_window_extent()
                        inside = box.x0 >= -1 and box.x1 <= page.x1 + 1 and box.y0 >= -1
                        assert inside, f"{region} {name}: {text.get_text()!r} is clipped"


def test_the_same_tables_give_the_same_bytes(charts: Callable[..., Charts], tmp_path: Path) -> None:
    for folder in ("one", "two"):
        for name, (figure, data, said) in charts().items():
            save.save(tmp_path / folder, name, figure, data, said)
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name
        assert path.suffix in (".svg", ".png", ".csv", ".txt")


def test_files_carry_neither_dates_nor_versions(
    charts: Callable[..., Charts], tmp_path: Path
) -> None:
    figure, data, said = charts()["change"]
    png = save.save(tmp_path, "change", figure, data, said)
    assert b"Matplotlib" not in png.read_bytes()
    svg = (tmp_path / "change.svg").read_text(encoding="utf-8")
    assert "<dc:date>" not in svg
    assert said[:40] in svg


def test_a_changed_bar_changes_the_bytes(
    charts: Callable[..., Charts], run: Callable, tmp_path: Path
) -> None:
    made = run()
    saved = []
    for name, count in (("a", 158.0), ("b", 159.0)):
        found = replace(made.found)
        table = found.force_years
        table["lower"] = table["lower"].where(table["lower"] != 158, count)
        figure = force_charts.force_by_year(made.request, found)
        saved.append(save.save(tmp_path, name, figure, table, "w"))
    one, two = saved
    assert one.read_bytes() != two.read_bytes()


NUMBER = re.compile(r"(?<![\d/-])\d{1,3}(?:,\d{3})+(?![\d/])|(?<![\d/.-])\d+(?![\d/,.-])")


@pytest.mark.parametrize("region", ["Wales", "UK"])
def test_counts_in_the_words_stand_in_the_data(charts: Callable[..., Charts], region: str) -> None:
    """Every count in the words of a printed total, a share or a base is in the data drawn."""
    made = charts(region=region)
    for name in ("beside", "known"):
        _, data, said = made[name]
        held = {f"{v:,.0f}" for v in data.select_dtypes("number").to_numpy().ravel() if v == v}
        yearly = said[said.find("2017/18: ") :] if name == "beside" else said
        plain = re.sub(
            r"\([^)]*\)|\w+ \d{4} to \w+ \d{4}|\d{4}/\d{2}( to \d{4}/\d{2})?", "", yearly
        )
        found = NUMBER.findall(plain)
        assert found
        assert set(found) <= held, name
