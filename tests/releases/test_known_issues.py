"""Known issues: each does what its effect says to the figures it is about, and to no others."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from helpers.projects import edit

from offences.errors import DataError
from offences.project import Project
from offences.reference.bounds import Bounds
from offences.reference.statuses import Status
from offences.releases.clean import Cleaned, clean
from offences.releases.known_issues import Effect, issue_text, on_pages, on_settled, read_issues
from offences.releases.load import Loaded
from offences.tables import rows_of


def _settled(cleaned: Cleaned, kind: str, place: str, period: str) -> dict[str, object]:
    table = cleaned.settled
    held = (table["place_kind"] == kind) & (table["place"] == place) & (table["period"] == period)
    (row,) = rows_of(table[held & (table["measure"] == "offences")])
    return row


@pytest.mark.parametrize(
    ("kind", "place", "period", "status", "bounds", "issue"),
    [
        (
            "force",
            "Dyfed-Powys",
            "2017/18",
            Status.PARTIAL,
            Bounds(19),
            "dyfed-powys-half-year",
        ),
        ("nation", "Wales", "2023/24", Status.DISPUTED, Bounds(554, 564), "wales-2023-24-sum"),
        ("force", "Lancashire", "2017/18", Status.DISPUTED, Bounds(64, 175), "lancashire-2017-18"),
        ("force", "Dorset", "2019/20", Status.REPORTED, None, "dorset-2019-20-garbled"),
    ],
)
def test_what_an_issue_does_to_a_settled_figure(
    cleaned: Cleaned,
    kind: str,
    place: str,
    period: str,
    status: Status,
    bounds: Bounds | None,
    issue: str,
) -> None:
    row = _settled(cleaned, kind, place, period)
    assert row["status"] == status
    assert Bounds.of(row) == (bounds or Bounds.exactly(float(str(row["value"]))))
    assert row["issues"] == issue
    assert row["issue_text"] == cleaned.issues.set_index("issue").loc[issue, "text"]


def test_an_issue_about_one_page_changes_what_that_page_prints_only(cleaned: Cleaned) -> None:
    table = cleaned.observations
    girls = table[
        (table["measure"] == "victims_female")
        & (table["place"] == "England and Wales")
        & (table["period"] == "2017/18..2020/21")
    ].set_index("source")
    assert girls.loc["nspcc-2021-10/nspcc", "status"] == Status.APPROXIMATE
    assert Bounds.of(girls.loc["nspcc-2021-10/nspcc"]) == Bounds(0)
    others = girls.drop("nspcc-2021-10/nspcc")
    assert set(others["status"]) == {Status.REPORTED}


ROW = {
    "place_kind": "force",
    "place": "Gwent",
    "period": "2017/18",
    "measure": "offences",
    "subject": "",
    "value": 44.0,
    "lower": 44.0,
    "upper": 44.0,
    "status": "reported",
    "source": "r/page",
    "sources": "r/page|r/other",
}
ISSUE = {
    "issue": "an-issue",
    "effect": "partial",
    "place_kind": "force",
    "place": "Gwent",
    "period": "2017/18",
    "measure": "offences",
    "subject": "",
    "only_source": "",
    "lower": float("nan"),
    "upper": float("nan"),
    "text": "Half a year.",
}


def _changed(issue: dict[str, object], row: dict[str, object] | None = None) -> dict[str, object]:
    table = pd.DataFrame([ROW | (row or {})])
    (changed,) = rows_of(on_settled(table, table, pd.DataFrame([ISSUE | issue])))
    return changed


@pytest.mark.parametrize(
    ("issue", "row", "status", "bounds"),
    [
        ({}, {}, "partial", Bounds(44)),
        ({}, {"status": "approximate", "lower": 40.0, "upper": 50.0}, "approximate", Bounds(40)),
        ({}, {"status": "missing", "lower": 0.0, "upper": float("nan")}, "missing", Bounds(0)),
        ({"effect": "disputed"}, {}, "disputed", Bounds(44, 44)),
        ({"effect": "disputed", "lower": 30.0}, {}, "disputed", Bounds(30, 44)),
        ({"effect": "disputed", "upper": 64.0}, {}, "disputed", Bounds(44, 64)),
        (
            {"effect": "disputed"},
            {"status": "approximate", "lower": 40.0, "upper": 50.0},
            "disputed",
            Bounds(40, 50),
        ),
        ({"effect": "flag"}, {}, "reported", Bounds(44, 44)),
        ({"only_source": "r/page"}, {}, "reported", Bounds(44, 44)),
    ],
)
def test_each_effect_on_status_and_bounds(
    issue: dict[str, object], row: dict[str, object], status: str, bounds: Bounds
) -> None:
    changed = _changed(issue, row)
    assert (changed["status"], Bounds.of(changed)) == (status, bounds)
    assert (changed["issues"], changed["issue_text"]) == ("an-issue", "Half a year.")


@pytest.mark.parametrize(
    ("issue", "about"),
    [
        ({}, True),
        ({"period": ""}, True),
        ({"period": "2018/19"}, False),
        ({"place": "Sussex"}, False),
        ({"place_kind": "nation"}, False),
        ({"measure": "arrests"}, False),
        ({"subject": "Snapchat"}, False),
        ({"only_source": "r/other"}, True),
        ({"only_source": "r/third"}, False),
    ],
)
def test_which_figures_an_issue_is_about(issue: dict[str, object], about: bool) -> None:
    changed = _changed({**issue, "effect": "flag"})
    assert changed["issues"] == ("an-issue" if about else "")


def test_the_doubts_of_one_release_leave_out_what_is_only_shown() -> None:
    issues = pd.DataFrame(
        [
            ISSUE,
            ISSUE | {"effect": "flag", "text": "Only shown."},
            ISSUE | {"only_source": "r/third", "text": "Of another page."},
            ISSUE | {"only_source": "r/page", "text": "Of its page."},
        ]
    )
    assert issue_text(issues, ROW) == "Half a year. Of its page."


@pytest.mark.parametrize(
    ("effect", "status", "bounds"),
    [
        ("approximate", "approximate", Bounds(0)),
        ("partial", "partial", Bounds(44)),
        ("flag", "reported", Bounds(44, 44)),
    ],
)
def test_each_effect_on_a_page(effect: str, status: str, bounds: Bounds) -> None:
    issues = pd.DataFrame([ISSUE | {"effect": effect, "only_source": "r/page"}])
    own, other = rows_of(on_pages(pd.DataFrame([ROW, ROW | {"source": "r/other"}]), issues))
    assert (own["status"], Bounds.of(own)) == (status, bounds)
    assert (other["status"], Bounds.of(other)) == ("reported", Bounds(44, 44))


def test_an_issue_is_known_from_the_release_that_gives_rise_to_it(
    project: Project, loaded: Loaded
) -> None:
    issues = read_issues(project, loaded.releases, loaded.vocabulary).set_index("issue")
    assert set(issues["effect"]) == set(Effect)
    assert issues.loc["wales-six-years-gaps", "known_from"] == "2024-10-31"
    before = clean(project, loaded, datetime.date(2024, 10, 30)).issues
    assert "wales-six-years-gaps" not in set(before["issue"])
    assert "wales-six-years-gaps" in set(
        clean(project, loaded, datetime.date(2024, 10, 31)).issues["issue"]
    )


@pytest.mark.parametrize(
    ("old", "new", "column", "problem"),
    [
        (",554,564,", ",554,abc,", "upper", "'abc' is not a number"),
        (",554,564,", ",564,554,", "upper", "is below lower"),
        (
            "half-year,partial,force",
            "half-year,partiel,force",
            "effect",
            "unknown effect 'partiel'",
        ),
        ("half-year,partial,force", "half-year,partial,forse", "place_kind", "unknown place kind"),
        (
            "half-year,partial,force,Dyfed-Powys,",
            "half-year,partial,force,Dyfed-Pwys,",
            "place",
            "unknown force 'Dyfed-Pwys': did you mean 'Dyfed-Powys'",
        ),
        (
            "force,Dorset,2020/21,offences,",
            "force,Dorset,2020/22,offences,",
            "period",
            "'2020/22' ",
        ),
        (
            "force,Dorset,2020/21,offences,",
            "force,Dorset,2020/21,offenses,",
            "measure",
            "unknown measure 'offenses': did you mean 'offences'",
        ),
        ("dorset-2019-20-garbled,", "dorset-2020-21-months,", "issue", "is already in row 15"),
        (
            "is garbled.,nspcc-2021-08/bournemouth-echo",
            "is garbled.,nspcc-2021-08/bournemouth",
            "source",
            "unknown source",
        ),
    ],
)
def test_a_slip_in_the_known_issues_is_named(
    copy: Project, loaded: Loaded, old: str, new: str, column: str, problem: str
) -> None:
    row = edit(copy.reference / "known_issues.csv", old, new)
    with pytest.raises(DataError) as error:
        read_issues(copy, loaded.releases, loaded.vocabulary)
    where = f"data/reference/known_issues.csv, row {row}, column '{column}': "
    assert str(error.value).startswith(where)
    assert problem in str(error.value)
