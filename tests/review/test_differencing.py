"""Whether a suppressed cell can be worked out: each way to do it is found, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from offences.errors import OffencesError
from offences.project import Project
from offences.releases.disclosure import Policy
from offences.review.differencing import problems
from offences.runs.run_folder import MANIFEST, Manifest, RunFolder

POLICY = Policy(below=5, to=5)
YEARS = "force,year,value,status\n"
TOTALS = "place_kind,place,period,measure,value\n"
CELLS = "Gwent,2017/18,,suppressed\nGwent,2018/19,45,reported\nKent,2017/18,,missing\n"


def run(project: Project, name: str, disclosure: str, **tables: str) -> RunFolder:
    """Write a run that consists of a manifest and these tables."""
    folder = project.figures / "wales" / name
    folder.mkdir(parents=True)
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    parameters = {"region": "Wales", "disclosure": disclosure} if disclosure else {}
    Manifest(
        version=name, parameters=parameters, forces=[], inputs={}, outputs={}, packages={},
        python="3.11",
    ).write(folder)  # fmt: skip
    return RunFolder(folder)


@pytest.fixture
def here(tmp_path: Path) -> Project:
    return Project(tmp_path)


def protected(here: Project, **tables: str) -> RunFolder:
    return run(
        here,
        "latest-1",
        "suppress below 5, round to 5",
        **{"force_by_year": YEARS + CELLS} | tables,
    )


def test_a_run_that_protects_what_it_should(here: Project) -> None:
    assert problems(here, protected(here), POLICY) == []


def test_what_is_as_published_has_nothing_to_hide(here: Project) -> None:
    ours = run(here, "latest-1", "as published", force_by_year=f"{YEARS}Gwent,2017/18,3,reported\n")
    assert problems(here, ours, Policy()) == []


@pytest.mark.parametrize(
    ("table", "text", "problem"),
    [
        ("force_by_year", f"{YEARS}Gwent,2017/18,3,reported\n",
         "force_by_year.csv row 2: value 3 is not as the policy has it"),
        ("force_by_year", f"{YEARS}Gwent,2017/18,10,reported\nGwent,2018/19,46,reported\n",
         "force_by_year.csv row 3: value 46 is not as the policy has it"),
        ("means_known", "place,means_known\nWales,7\n",
         "means_known.csv row 2: means_known 7 is not as the policy has it"),
        ("platform_shares", "subject,count\nSnapchat,\nKik,12\n",
         "platform_shares.csv row 3: count 12 is not as the policy has it"),
    ],
)  # fmt: skip
def test_a_count_that_is_small_or_not_rounded(
    here: Project, table: str, text: str, problem: str
) -> None:
    assert problems(here, protected(here, **{table: text}), POLICY) == [problem]


def test_a_cell_that_was_rounded_down_to_a_small_one_is_as_the_policy_has_it(
    here: Project,
) -> None:
    policy = Policy.parse("suppress below 4, round to 3")
    assert policy.rounded(4) == 3
    ours = protected(here, force_by_year=f"{YEARS}Gwent,2017/18,3,reported\n")
    assert problems(here, ours, policy) == []


@pytest.mark.parametrize(
    ("total", "tells"),
    [
        # The cell is 1 to 4, and 45 stands for 42.5 to 47.5.
        ("nation,Wales,2017/18..2018/19,offences,45", False),
        ("nation,Wales,2017/18..2018/19,offences,50", False),
        ("nation,Wales,2017/18..2018/19,offences,55", True),
        # A total that is no multiple of 5 was not rounded: 49 leaves 1.5 to 6.5.
        ("nation,Wales,2017/18..2018/19,offences,48", False),
        ("nation,Wales,2017/18..2018/19,offences,49", True),
        ("force,Gwent,2017/18..2018/19,offences,55", True),
        ("force,Kent,2017/18..2018/19,offences,55", False),
        ("nation,Wales,2018/19,offences,55", False),
        ("nation,Wales,2017/18..2018/19,arrests,55", False),
        ("nation,Wales,2017/18..2018/19,offences,", False),
    ],
)
def test_a_total_that_tells_about_a_suppressed_cell(here: Project, total: str, tells: bool) -> None:
    found = problems(here, protected(here, published=f"{TOTALS}{total}\n"), POLICY)
    told = "published.csv row 2: less the cells beside it tells about Gwent 2017/18"
    assert (told in found) == tells


@pytest.mark.parametrize(
    ("disclosure", "shown", "found"),
    [
        ("as published", "3", "(as published)"),
        ("", "3", "(as published)"),
        ("suppress below 2, round to 2", "4", "(suppress below 2, round to 2)"),
        ("as published", "", None),
        ("suppress below 5, round to 5", "3", None),
    ],
)
def test_another_run_that_shows_a_suppressed_cell(
    here: Project, disclosure: str, shown: str, found: str | None
) -> None:
    ours = protected(here)
    run(here, "latest-2", disclosure, force_by_year=f"{YEARS}Gwent,2017/18,{shown},reported\n")
    expected = f"Gwent 2017/18 is shown by figures/wales/latest-2 {found}"
    assert problems(here, ours, POLICY) == ([expected] if found else [])


def test_another_run_that_cannot_be_read_is_not_passed_over(here: Project) -> None:
    ours = protected(here)
    other = run(here, "latest-2", "as published")
    (other.path / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(OffencesError, match=r"figures/wales/latest-2/manifest.json cannot be read"):
        problems(here, ours, POLICY)
