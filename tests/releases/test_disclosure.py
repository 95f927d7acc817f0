"""The disclosure policy: nothing small, nothing exact, nothing to subtract, in no file of a run.

First what it does to single figures, then what is left of them in a run. The figures are public;
they stand in for returns that are not.
"""

from __future__ import annotations

import io
import math
import re
import shutil
import tempfile
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pytest
from helpers.projects import copied
from helpers.reviews import NAMES, checks, of, quickly, red, reseal
from hypothesis import given
from hypothesis import strategies as st

from offences.analysis.findings import Findings
from offences.analysis.parameters import checked
from offences.batch import batch
from offences.charts import force_charts
from offences.errors import ParameterError
from offences.project import Project
from offences.reference.bounds import Bounds
from offences.reference.statuses import Status
from offences.releases.clean import clean
from offences.releases.disclosure import PUBLISHED, SHORTHAND, Policy
from offences.releases.known_issues import read_issues
from offences.releases.load import Loaded, load
from offences.review.differencing import problems
from offences.runs.run_folder import RunFolder
from offences.tables import rows_of, write

POLICY = "suppress below 30, round to 30"


@pytest.mark.parametrize(
    ("text", "policy", "words"),
    [
        (PUBLISHED, Policy(), "Figures as published"),
        (
            "suppress below 5, round to 5",
            Policy(5, 5),
            "Counts below 5 suppressed, others rounded to 5",
        ),
    ],
)
def test_a_policy_is_what_its_text_says(text: str, policy: Policy, words: str) -> None:
    assert Policy.parse(text) == policy
    assert str(policy) == text
    assert policy.in_words() == words


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("suppress everything", "is not a policy: write 'as published'"),
        ("suppress below 5", "is not a policy"),
        ("suppress below 5, round to 1", "follows by subtraction"),
        ("suppress below 0, round to 5", "protects nothing"),
    ],
)
def test_what_is_no_policy_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ParameterError, match=problem):
        Policy.parse(text)


def _row(value: float, **others: object) -> dict[str, object]:
    exact = {"value": value, "lower": value, "upper": value, "printed": f"{value:.0f}"}
    about = {"place_kind": "force", "period": "2017/18", "unit": "count", "status": "reported"}
    return {**about, **exact, "note": "a note", **others}


ANY_POLICY = st.integers(2, 20).flatmap(
    lambda below: st.integers(below - 1, 60).map(lambda to: Policy(below, to))
)


@given(ANY_POLICY, st.integers(0, 400))
def test_a_count_lies_in_the_bounds_that_are_shown(policy: Policy, count: int) -> None:
    (shown,) = rows_of(policy.applied(pd.DataFrame([_row(float(count))])))
    assert count in Bounds.of(shown)
    assert shown["note"] == ""
    hidden = 0 < count < policy.below
    assert (shown["status"] == Status.SUPPRESSED) is hidden
    assert math.isnan(shown["value"]) is hidden
    if hidden:
        assert (shown["printed"], Bounds.of(shown)) == (SHORTHAND, Bounds(1, policy.below - 1))
    else:
        assert shown["value"] % policy.to == 0
        assert shown["printed"] == f"{shown['value']:.0f}"


@given(ANY_POLICY, st.integers(0, 400), st.integers(0, 400))
def test_two_counts_shown_alike_are_told_apart_by_nothing(
    policy: Policy, one: int, other: int
) -> None:
    shown = rows_of(policy.applied(pd.DataFrame([_row(float(one)), _row(float(other))])))
    if str(shown[0]["value"]) == str(shown[1]["value"]):
        assert str(shown[0]) == str(shown[1])


@pytest.mark.parametrize(
    ("row", "value", "bounds"),
    [
        (_row(math.nan, lower=0.0, upper=math.nan, status="missing"), math.nan, Bounds(0)),
        (_row(44.0, upper=math.nan, status="partial"), 45, Bounds(42.5)),
        (_row(0.0), 0, Bounds(0, 0)),
        (_row(6.0), 5, Bounds(5, 7.5)),
    ],
)
def test_what_is_shown_of_a_cell(row: dict[str, object], value: float, bounds: Bounds) -> None:
    (shown,) = rows_of(Policy(5, 5).applied(pd.DataFrame([row])))
    assert shown["value"] == pytest.approx(value, nan_ok=True)
    assert (shown["status"], Bounds.of(shown)) == (row["status"], bounds)


@pytest.mark.parametrize(
    "row",
    [
        _row(44.0, place_kind="nation"),
        _row(44.0, period="2017/18..2022/23"),
        _row(44.0, period="2017-04..2017-09"),
        _row(44.0, unit="percent"),
        _row(44.0, status="approximate"),
        _row(44.0, status="suppressed"),
    ],
)
def test_what_could_be_set_against_the_cells_is_withheld(row: dict[str, object]) -> None:
    assert Policy(5, 5).applied(pd.DataFrame([row])).empty
    assert len(Policy().applied(pd.DataFrame([row]))) == 1


def test_known_issues_lose_their_texts_and_bounds(project: Project, loaded: Loaded) -> None:
    issues = read_issues(project, loaded.releases, loaded.vocabulary)
    shown = Policy(5, 5).issues(issues)
    assert set(shown["effect"]) == {"partial", "flag"}
    assert set(shown["text"]) == {"Withheld under the disclosure policy."}
    assert shown[["lower", "upper"]].isna().all(axis=None)
    assert Policy().issues(issues) is issues


def policies_that_hide(hidden: int, spare: int) -> st.SearchStrategy[Policy]:
    """Return policies that suppress a cell, rounding to ``below - 1 + spare`` or more."""
    return st.builds(
        lambda below, more: Policy.parse(f"suppress below {below}, round to {below + more}"),
        st.integers(hidden + 1, 20),
        st.integers(spare - 1, 10),
    )


@given(
    hidden=st.integers(1, 19),
    more=st.lists(st.integers(0, 400), min_size=1, max_size=12),
    data=st.data(),
)
def test_the_total_that_a_run_shows_tells_nothing_about_a_suppressed_cell(
    hidden: int, more: list[int], data: st.DataObject
) -> None:
    """It is the sum of the rounded cells, so the check that reviews a run finds nothing."""
    policy = data.draw(policies_that_hide(hidden, spare=0))
    shown = [policy.rounded(policy.below + number) for number in more]
    cells = [policy.rounded(hidden), *shown, policy.rounded(0)]
    assert [math.isnan(cell) for cell in cells] == [True, *[False] * len(more), False]
    assert _problems(policy, cells, sum(shown)) == []


@given(hidden=st.integers(1, 19), data=st.data(), more=st.integers(0, 400))
def test_a_rounded_total_of_two_cells_tells_nothing_about_a_suppressed_one(
    hidden: int, data: st.DataObject, more: int
) -> None:
    policy = data.draw(policies_that_hide(hidden, spare=1))
    cell = policy.below + more
    total = policy.rounded(hidden + cell)
    assert _problems(policy, [policy.rounded(hidden), policy.rounded(cell)], total) == []


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        # 10 is shown as 8 and 14 as 16: only 4 fits between them.
        ("suppress below 5, round to 4", (4, 10)),
        # 7 is shown as 5 and 18 as 20: 1 and 2 do not fit.
        ("suppress below 5, round to 5", (4, 7, 7)),
    ],
)
def test_a_rounded_total_can_tell_where_roundings_add_up_and_the_check_finds_it(
    text: str, cells: tuple[int, ...]
) -> None:
    """Why a run shows no total but that of its rounded cells."""
    policy = Policy.parse(text)
    shown = [policy.rounded(cell) for cell in cells]
    (found,) = _problems(policy, shown, policy.rounded(sum(cells)))
    assert found == "published.csv row 2: less the cells beside it tells about Force 0 2017/18"


@pytest.mark.parametrize("off", [-15, -7, 12, 15])
def test_a_total_that_is_exact_is_found(off: int) -> None:
    policy = Policy.parse("suppress below 11, round to 10")
    shown = [policy.rounded(cell) for cell in (5, 100, 203)]
    found = _problems(policy, shown, 300 + off)
    assert "published.csv row 2: less the cells beside it tells about Force 0 2017/18" in found


def _problems(policy: Policy, shown: list[float], total: float) -> list[str]:
    """Return what review finds in a run of one year with these cells of forces and their total."""
    cells = pd.DataFrame({"force": [f"Force {n}" for n in range(len(shown))], "value": shown})
    cells["year"] = "2017/18"
    cells["status"] = ["suppressed" if math.isnan(cell) else "reported" for cell in shown]
    totals = pd.DataFrame([{"place_kind": "nation", "place": "Wales", "period": "2017/18",
                            "measure": "offences", "value": total}])  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        project = Project(Path(name))
        run = RunFolder(project.figures / "wales" / "latest-1")
        write(cells, run.path / "force_by_year.csv")
        write(totals, run.path / "published.csv")
        return problems(project, run, policy)


def test_small_is_suppressed_then_the_rest_is_rounded(project: Project, loaded: Loaded) -> None:
    request = checked(project, loaded, disclosure=POLICY)
    cleaned = clean(project, loaded, None, request.policy)
    found = Findings(cleaned, request.place, request.years)
    truth_found = Findings(clean(project, loaded, None), request.place, request.years)
    table, exact = found.force_years, truth_found.force_years
    assert list(table["force"] + table["year"]) == list(exact["force"] + exact["year"])
    for (_, ours), (_, truth) in zip(table.iterrows(), exact.iterrows(), strict=True):
        if 0 < truth["value"] < 30:
            assert ours["status"] == "suppressed"
            assert (ours["lower"], ours["upper"]) == (1, 29)
            assert ours["printed"] == SHORTHAND
        elif truth["value"] >= 30:
            assert ours["value"] % 30 == 0
            assert ours["lower"] <= truth["value"] <= ours["upper"] <= ours["lower"] + 30
    assert (table["status"] == "suppressed").sum() == 3
    assert found.total.bounds.lower == table["lower"].sum() <= truth_found.total.bounds.lower
    assert set(cleaned.observations["place_kind"]) == {"force"}
    assert not cleaned.observations["note"].any()


def test_the_policy_stands_on_every_figure(project: Project, loaded: Loaded) -> None:
    for text, said in ((POLICY, "Counts below 30 suppressed, others rounded to 30"),
                       ("as published", "Figures as published")):  # fmt: skip
        request = checked(project, loaded, disclosure=text)
        cleaned = clean(project, loaded, None, request.policy)
        found = Findings(cleaned, request.place, request.years)
        figure = force_charts.force_by_year(request, found)
        drawn = " ".join(" ".join(t.get_text() for t in figure.texts).split())
        assert said in drawn


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wales under the policy, alone in its project."""
    project = copied(tmp_path_factory.mktemp("protected"))
    request = checked(project, load(project), disclosure=POLICY)
    (result,) = batch.run(project, [request])
    assert result.state == "made", result.reason
    return project.root / result.folder


@pytest.fixture
def mine(protected: Path, tmp_path: Path) -> Path:
    project = copied(tmp_path / "mine")
    place = project.figures / "wales" / protected.name
    shutil.copytree(protected, place)
    return place


def _texts(folder: Path) -> dict[str, str]:
    """Return all that a reader of a run can find in it as text, by file."""
    found = {p.name: p.read_text("utf-8") for p in folder.iterdir() if p.suffix in (".csv", ".txt")}
    page = (folder / "index.html").read_text(encoding="utf-8")
    found["index.html"] = re.sub(r"base64,[\w+/=]+|<[^>]*>", " ", page)
    for path in (folder / "notebooks").iterdir():
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                data = {k: v for k, v in output.get("data", {}).items() if k.startswith("text")}
                found[path.name] = found.get(path.name, "") + str(data) + str(output.get("text"))
    book = openpyxl.load_workbook(io.BytesIO((folder / "tables.xlsx").read_bytes()))
    cells = (c for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c)
    found["tables.xlsx"] = " ".join(map(str, cells))
    return found


def test_no_exact_figure_is_left_anywhere(
    protected: Path, project: Project, loaded: Loaded
) -> None:
    request = checked(project, loaded)
    exact = Findings(clean(project, loaded, None), request.place, request.years).force_years
    numbers = {f"{v:.0f}" for v in exact["value"].dropna() if v % 15 and v > 99}
    assert len(numbers) >= 7
    for name, text in _texts(protected).items():
        bare = re.sub(r"[0-9a-f]{12,}|\d{4}-\d{2}(-\d{2})?|\d{4}/\d{2}", " ", text)
        left = numbers & set(re.findall(r"(?<![\w.])\d+(?![\w.]|\d)", bare))
        assert left == set(), name
        assert "1,753" not in text
        assert "1753" not in text
    assert not list((protected / "notebooks").glob("0[125]_*"))


def test_the_policy_stands_on_page_and_workbook(protected: Path) -> None:
    said = "Counts below 30 suppressed, others rounded to 30"
    texts = _texts(protected)
    assert texts["index.html"].count(said) >= 6
    assert said in texts["tables.xlsx"]
    assert not (protected.parent / "latest").exists()


def test_a_protected_run_passes_every_check(mine: Path) -> None:
    done = checks(mine)
    assert red(done) == set(), [one.said for one in done if not one.holds]


def test_a_planted_total_is_found(mine: Path) -> None:
    path = mine / "published.csv"
    table = pd.read_csv(path)
    row = dict.fromkeys(table.columns, "") | {
        "place_kind": "nation", "place": "Wales", "period": "2018/19", "measure": "offences",
        "value": 310,
    }  # fmt: skip
    pd.concat([table, pd.DataFrame([row])]).to_csv(path, index=False)
    reseal(mine)
    done = quickly(mine)
    assert "policy" in red(done)
    said = next(one.said for one in done if one.asks == NAMES["policy"])
    assert "published.csv row 2" in said


def test_another_run_that_shows_the_cell_is_found(mine: Path) -> None:
    project = of(mine)
    request = checked(project, load(project))
    assert batch.run(project, [request])[0].state == "made"
    said = next(one for one in quickly(mine) if one.asks == NAMES["policy"])
    assert not said.holds
    assert re.search(r"2017/18 is shown by figures/wales/latest-\w+ \(as published\)", said.said)
