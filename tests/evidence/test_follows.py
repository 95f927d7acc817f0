"""Sums that nobody printed and that the printed figures leave no choice of."""

from __future__ import annotations

from collections.abc import Callable

from helpers.printed_figures import figure, together

from offences.evidence.certificates import adds_up
from offences.evidence.follows import follows
from offences.evidence.implied import EvidenceInside
from offences.reference.periods import Period

YEARS = Period.parse("2017/18..2019/20")


def test_the_years_that_a_span_leaves_follow(
    inside: Callable[[str], EvidenceInside], six_years: Period
) -> None:
    (found,) = follows(inside("Cheshire"), six_years)
    assert (str(found.period), found.number) == ("2018/19..2020/21", 612 - 25 - 128 - 124)
    assert found.implied.upper is not None
    assert adds_up(found.implied.lower) and adds_up(found.implied.upper)


def test_what_three_forces_print_for_six_years_follows_for_their_region(
    inside: Callable[[str], EvidenceInside], six_years: Period
) -> None:
    found = follows(inside("North East"), six_years)
    region = [one for one in found if len(one.forces) == 3]
    assert [(str(one.period), one.number) for one in region] == [
        ("2018/19..2022/23", 1_747),
        ("2017/18..2022/23", 1_987),
    ]


def test_a_printed_figure_and_what_it_merely_adds_up_to_do_not_follow() -> None:
    figures = [figure("a", f"20{year}/{year + 1}", 5) for year in (17, 18, 19)]
    found = follows(together("a", figures), YEARS)
    assert [(str(one.period), one.number) for one in found] == [("2017/18..2019/20", 15)]
    printed = [*figures, figure("a", YEARS, 15)]
    assert follows(together("a", printed), YEARS) == []


def test_nothing_follows_from_a_figure_that_gives_way() -> None:
    newer = figure("a", "2017/18..2018/19", 30, "2024-10-31")
    older = figure("a", "2017/18", 33, "2018-06-18")
    assert follows(together("a", [newer, older]), YEARS) == []


def test_nothing_follows_where_nothing_is_printed() -> None:
    assert follows(together("ab", []), YEARS) == []
