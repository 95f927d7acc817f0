"""The disclosure policy on figures: small ones suppressed, the others within their bounds."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offences.errors import ParameterError
from offences.project import Project
from offences.reference.bounds import Bounds
from offences.reference.statuses import Status
from offences.releases.disclosure import PUBLISHED, SHORTHAND, Policy
from offences.releases.known_issues import read_issues
from offences.releases.load import Loaded
from offences.tables import rows_of


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


_policies = st.integers(2, 20).flatmap(
    lambda below: st.integers(below - 1, 60).map(lambda to: Policy(below, to))
)


@given(_policies, st.integers(0, 400))
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


@given(_policies, st.integers(0, 400), st.integers(0, 400))
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
