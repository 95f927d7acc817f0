"""The places of a batch side by side: what the table, the words and the chart say of each."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from offences.analysis.parameters import Request, checked
from offences.batch import summary
from offences.batch.results import Result, RunState
from offences.charts.place_charts import places_side_by_side
from offences.project import Project
from offences.releases.load import Loaded

COLUMNS = "name,value,lower,upper,numerator,denominator,unit,status,note\n"
WALES = """offences_reported,1753,1753,,,,offences,partial,
offences_published,1753,1753,1753,,,offences,reported,
force_years_reported,22,22,22,22,24,force-years,reported,
force_years_expected,24,24,24,,,force-years,reported,
forces_comparable,2,2,2,2,4,forces,reported,
change_comparable_pct,63.9175,63.9175,63.9175,159,97,percent,reported,
change_comparable_interval_pct,,26.4,113.3,,,percent,reported,
"""
GWENT = """offences_reported,626,626,626,,,offences,reported,
force_years_reported,6,6,6,6,6,force-years,reported,
force_years_expected,6,6,6,,,force-years,reported,
forces_comparable,0,0,0,0,1,forces,reported,
change_comparable_pct,,,,,,percent,missing,
"""
LONDON = """offences_reported,,0,,,,offences,missing,
force_years_reported,0,0,0,0,6,force-years,reported,
force_years_expected,6,6,6,,,force-years,reported,
"""
LONG = "04_platform_attribution, cell 3: ValueError: " + "planted " * 10


@pytest.fixture
def here(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def results(here: Project) -> list[Result]:
    made = []
    tables = {"Wales": WALES, "Gwent": GWENT, "London": LONDON}
    states = (RunState.MADE, RunState.UP_TO_DATE, RunState.SAME)
    for (region, table), state in zip(tables.items(), states, strict=True):
        folder = f"figures/{region.lower()}/latest-1"
        (here.root / folder).mkdir(parents=True)
        (here.root / folder / "headline.csv").write_text(COLUMNS + table, encoding="utf-8")
        made.append(Result(region, "latest-1", state, folder, "new"))
    return [*made, Result("Kent", "latest-2", RunState.FAILED, "figures/kent/failed", LONG)]


@pytest.fixture
def table(here: Project, results: list[Result]) -> pd.DataFrame:
    return summary.summary(here, results)


@pytest.fixture
def wales(project: Project, loaded: Loaded) -> Request:
    return checked(project, loaded)


def test_one_row_a_place_with_its_headline_numbers(table: pd.DataFrame) -> None:
    assert list(table.columns) == summary.SUMMARY_COLUMNS
    assert list(table["region"]) == ["Wales", "Gwent", "London", "Kent"]
    first = table.iloc[0].to_dict()
    assert first == {
        "region": "Wales", "version": "latest-1", "state": "made",
        "offences_reported": 1753, "status": "partial",
        "force_years_reported": 22, "force_years_expected": 24, "offences_published": 1753,
        "forces_comparable": 2, "forces": 4, "change_comparable_pct": 63.9175,
        "change_lower": 26.4, "change_upper": 113.3, "absent_because": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("region", "reason"),
    [("Wales", ""), ("Gwent", ""), ("London", "no figures were published"), ("Kent", LONG)],
)
def test_a_place_without_numbers_says_why(table: pd.DataFrame, region: str, reason: str) -> None:
    row = table.set_index("region").loc[region]
    assert row["absent_because"] == reason
    assert math.isnan(row["offences_reported"]) == bool(reason)


def test_the_words_say_what_is_a_lower_bound_and_what_is_absent(table: pd.DataFrame) -> None:
    assert summary.in_words(table) == (
        "Wales: at least 1,753 offences, 22 of 24 force-years; change +64% on 2 of 4 forces that "
        "can be compared. Gwent: 626 offences, 6 of 6 force-years. London: absent, no figures "
        f"were published. Kent: absent, {LONG}."
    )


def _labels(figure: Figure) -> tuple[list[str], list[str]]:
    """Return the texts in the two panels, from the lowest place up."""
    left, right = figure.axes
    return [text.get_text() for text in left.texts], [text.get_text() for text in right.texts]


def test_what_is_drawn_is_what_the_table_says(wales: Request, table: pd.DataFrame) -> None:
    figure = places_side_by_side(wales, table)
    left, right = figure.axes
    assert [text.get_text() for text in left.get_yticklabels()] == list(table["region"])[::-1]
    points = {line.get_ydata()[0]: line.get_xdata()[0] for line in left.lines}
    assert points == {3: 1753, 2: 626}
    texts, changes = _labels(figure)
    assert texts == [f"{LONG[:67]}...", "no figures were published", "626; 6 of 6",
                     "at least 1,753; 22 of 24"]  # fmt: skip
    assert changes == ["not comparable", "2 of 4 forces"]
    interval, change, _ = right.lines
    assert list(interval.get_xdata()) == [26.4, 113.3]
    assert change.get_xdata()[0] == 63.9175
    assert "Places without figures: 2 of 4" in " ".join(text.get_text() for text in figure.texts)


def test_the_summary_is_written_beside_the_runs(
    here: Project, wales: Request, results: list[Result]
) -> None:
    summary.write(here, wales, results)
    made = {path.name for path in here.figures.glob("summary.*")}
    assert made == {"summary.csv", "summary.png", "summary.svg", "summary.txt"}
    kept = pd.read_csv(here.figures / "summary.csv")
    assert list(kept.columns) == summary.SUMMARY_COLUMNS
