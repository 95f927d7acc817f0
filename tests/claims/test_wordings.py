"""What wordings allow: the limits of the table, read as numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from helpers.projects import edit
from hypothesis import given
from hypothesis import strategies as st

from offences.claims.wordings import Interval, Wordings
from offences.errors import DataError
from offences.project import Project
from offences.reference.bounds import Bounds


@pytest.mark.parametrize(
    ("wording", "kind", "value", "inside", "outside"),
    [
        ("exactly", "count", 1753, [1753], [1752, 1754]),
        ("almost", "count", 34000, [33959, 32300], [34000, 34001, 32000]),
        ("over", "count", 34000, [34001, 50000], [34000, 33959]),
        ("at least", "count", 4373, [4373, 9999], [4372]),
        ("exactly", "share", 47, [46.5, 47.5], [46.4, 47.6]),
        ("exactly", "change", 67.5, [67.45, 67.55], [67.568]),
        ("a quarter", "share", None, [22.5, 26, 27.5], [16, 28]),
        ("more than a quarter", "share", None, [26, 60], [25, 24]),
        ("almost half", "share", None, [47, 46], [50, 45]),
        ("four in five", "share", None, [80, 83], [77, 85]),
        ("tripled", "change", None, [200, 190], [253, 150]),
        ("more than tripled", "change", None, [253], [200, 190]),
        ("almost doubled", "change", None, [93], [100, 80]),
        ("nearly", "change", 700, [670], [700, 600]),
        ("record", "rank", None, [1], [2]),
    ],
)
def test_what_a_wording_allows(
    project: Project,
    wording: str,
    kind: str,
    value: int | float | None,
    inside: list[float],
    outside: list[float],
) -> None:
    number = None if value is None else Decimal(str(value))
    stated = Wordings.read(project).stated(wording, kind, number)
    for allowed in inside:
        assert allowed in stated.allowed
    for refused in outside:
        assert refused not in stated.allowed


def test_almost_2000_can_be_stretched_to_1753(project: Project) -> None:
    stated = Wordings.read(project).stated("almost", "count", Decimal(2000))
    assert 1753 not in stated.allowed
    assert 1753 in stated.stretched
    assert 1500 not in stated.stretched


@pytest.mark.parametrize(
    ("wording", "kind", "value", "said"),
    [
        ("allmost", "count", 5, "unknown wording 'allmost': did you mean 'almost'"),
        ("almost", "count", None, "give a value"),
        ("a quarter", "share", 25, "leave the value out"),
        ("a quarter", "count", None, "unknown wording 'a quarter'. Known for a count"),
    ],
)
def test_a_wording_that_makes_no_sense(
    project: Project, wording: str, kind: str, value: int | None, said: str
) -> None:
    number = None if value is None else Decimal(value)
    with pytest.raises(ValueError, match=said):
        Wordings.read(project).stated(wording, kind, number)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("count,,percent,-2,0,-5,0,yes", "count,,percent,-2,0,-1,0,yes", "stretch_lowest"),
        ("count,,percent,-2,0,-5,0,yes", "count,,percent,two,0,-5,0,yes", "lowest"),
        ("count,,percent,-2,0,-5,0,yes", "cuont,,percent,-2,0,-5,0,yes", "applies_to"),
        ("count,,percent,-2,0,-5,0,yes", "count,,per cent,-2,0,-5,0,yes", "limits_in"),
        ("count,,percent,-2,0,-5,0,yes", "count,,percent,-2,0,-5,0,maybe", "excludes_value"),
    ],
)
def test_a_wrong_rule_is_named_with_row_and_column(
    copy: Project, old: str, new: str, column: str
) -> None:
    row = edit(copy.reference / "wordings.csv", f"just under,{old}", f"just under,{new}")
    with pytest.raises(DataError, match=f"wordings.csv, row {row}, column '{column}'"):
        Wordings.read(copy)


def test_every_limit_has_a_reason(copy: Project) -> None:
    row = edit(copy.reference / "wordings.csv", ",no,A rank is that rank.", ",no,")
    with pytest.raises(DataError, match=f"row {row}, column 'reason'"):
        Wordings.read(copy)


_number = st.floats(-1e6, 1e6)


@given(_number, _number, _number, _number, st.booleans())
def test_what_is_held_is_also_met(a: float, b: float, c: float, d: float, without: bool) -> None:
    """Bounds that lie inside meet the interval; those that do not meet hold nothing of it."""
    low, high = sorted((a, b))
    within = Interval(Bounds(low, high), low if without else None)
    least, most = sorted((c, d))
    if within.holds(Bounds(least, most)):
        assert within.meets(Bounds(least, most))
        assert least in within
        assert most in within
    if not within.meets(Bounds(least, most)):
        assert least not in within
        assert most not in within


def test_open_bounds_are_held_only_by_an_open_interval() -> None:
    assert Interval(Bounds(5)).holds(Bounds(6))
    assert not Interval(Bounds(5, 10)).holds(Bounds(6))
    assert Interval(Bounds(5, 10)).meets(Bounds(0))
    assert not Interval(Bounds(5, 10)).meets(Bounds(11))


@pytest.mark.parametrize(
    ("bounds", "held", "met"),
    [
        (Bounds(34_000, 34_000), False, False),
        (Bounds(33_000, 33_999), True, True),
        (Bounds(33_000, 34_000), False, True),
        (Bounds(34_000, 35_000), False, False),
        (Bounds(34_000), False, False),
    ],
)
def test_almost_34000_leaves_out_34000(bounds: Bounds, held: bool, met: bool) -> None:
    almost = Interval(Bounds(32_300, 34_000), without=34_000)
    assert (almost.holds(bounds), almost.meets(bounds)) == (held, met)
