"""What a run found, in words: every number from a table, every gap named."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from helpers.simulated_figures import figure, force_years, found

from offences.analysis import sentences
from offences.analysis.findings import Findings
from offences.analysis.forces import NOT_PRINTED, Total
from offences.reference.bounds import Bounds
from offences.releases.load import Loaded

NAN = math.nan


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (Total(Bounds(564, 564), 4, 0, 4), "564 offences; 4 of 4 force-years reported"),
        (
            Total(Bounds(1753), 22, 1, 24),
            "at least 1,753 offences; 22 of 24 force-years reported, 1 of them in part",
        ),
        (Total(Bounds(64, 175), 1, 0, 1), "at least 64 offences; 1 of 1 force-years reported"),
        (Total(Bounds(0), 0, 0, 12), "no figures were published; 0 of 12 force-years reported"),
        (Total(Bounds(0, 0), 1, 0, 1), "0 offences; 1 of 1 force-years reported"),
    ],
)
def test_a_total_is_a_floor_unless_it_is_exact(total: Total, said: str) -> None:
    assert sentences.at_least(total) == said


def test_the_change_of_wales_in_words(run: Callable) -> None:
    assert sentences.changes(run().found) == (
        "Added up as printed, offences went from 274 in 2017/18 to 189 in 2022/23 (-31%). On the "
        "forces that reported both years in full (Gwent and North Wales) they went from 97 to 159 "
        "(+64%; 95% interval +27% to +113%). The two differ in sign: the first compares different "
        "forces."
    )


def test_where_there_is_no_change_the_reason_is_said(run: Callable) -> None:
    assert sentences.changes(run(years="2023/24").found) == (
        "No change can be stated: it is one year only."
    )
    assert sentences.changes(run(region="London").found) == (
        "No change can be stated: no figure was printed for 2017/18 or for 2022/23."
    )
    assert sentences.changes(run(region="Dyfed-Powys").found) == (
        "Added up as printed, offences went from 19 in 2017/18 to 30 in 2022/23 (+58%). No force "
        "reported both years in full, so nothing can be compared."
    )


def test_changes_of_the_same_sign_need_no_warning(run: Callable) -> None:
    said = sentences.changes(run(region="Northern Ireland").found)
    assert said.endswith("(+141%; 95% interval +86% to +216%).")


@pytest.fixture
def wales(loaded: Loaded) -> Callable[..., Findings]:
    """Return the findings on Wales when SIMULATED figures are all that is known."""
    return lambda *cells: found(loaded.vocabulary, "Wales", "2017/18..2018/19", *cells)


def pair(force: str, before: float, after: float, status: str = "reported") -> list[dict[str, Any]]:
    """Return SIMULATED figures of two years, the first of them with a status."""
    bounds = () if status == "reported" else (before,)
    return [
        figure(force, "2017/18", before, *bounds, status=status),
        figure(force, "2018/19", after),
    ]


def test_a_change_from_none_is_said_in_counts_only(wales: Callable[..., Findings]) -> None:
    """SIMULATED: Gwent, the one comparable force, recorded none and then five."""
    said = sentences.changes(wales(*pair("Gwent", 0, 5), *pair("South Wales", 10, 20, "partial")))
    assert "from 0 to 5" in said
    assert "inf" not in said


def test_a_change_that_is_not_known_does_not_differ_in_sign(
    wales: Callable[..., Findings],
) -> None:
    """SIMULATED: all figures fell, while the one comparable force went from none to five."""
    said = sentences.changes(wales(*pair("Gwent", 0, 5), *pair("South Wales", 30, 20, "partial")))
    assert "differ in sign" not in said


def test_a_printed_zero_is_a_figure(wales: Callable[..., Findings]) -> None:
    """SIMULATED: the only force printed recorded none in the first year."""
    assert "no figure was printed" not in sentences.changes(wales(*pair("Gwent", 0, 5)))


def test_the_summary_of_wales_names_each_gap(run: Callable) -> None:
    made = run()
    assert sentences.summary(made.request, made.found) == (
        "Wales: at least 1,753 offences; 22 of 24 force-years reported, 1 of them in part. "
        "Partial: Dyfed-Powys 2017/18. Printed as not available or left blank: Gwent 2020/21 and "
        "South Wales 2022/23."
    )


def test_each_status_that_is_no_plain_figure_is_a_gap() -> None:
    """SIMULATED: one force-year of every status."""
    table = force_years(
        ("A", "2017/18", "reported", 5),
        ("A", "2018/19", "partial", 5),
        ("A", "2019/20", "partial", 5),
        ("B", "2017/18", "disputed", 5),
        ("B", "2018/19", "approximate", 5),
        ("B", "2019/20", "suppressed", NAN),
        ("C", "2017/18", "refused", NAN),
        ("C", "2018/19", "not_held", NAN),
        ("C", "2019/20", "missing", NAN),
        ("D", "2017/18", "missing", NAN),
        ("D", "2018/19", "partial", 5),
    )
    table.loc[table.index[-2], "note"] = NOT_PRINTED
    assert sentences.gaps(table) == (
        "Partial: A 2018/19 and 2019/20 and D 2018/19. Disputed: B 2017/18. Rounded wording only: "
        "B 2018/19. Suppressed: B 2019/20. Refused: C 2017/18. Not held: C 2018/19. Printed as not "
        "available or left blank: C 2019/20. No page prints a figure for 1 of 11 force-years."
    )


def test_without_a_gap_that_is_said() -> None:
    """SIMULATED: one force-year, reported."""
    table = force_years(("A", "2017/18", "reported", 5))
    assert sentences.gaps(table) == "Every force-year was reported in full."


def test_figures_that_differ_between_releases_are_told(run: Callable) -> None:
    wales, london = run(), run(region="London")
    assert sentences.per_force(wales.request, wales.found) == (
        "Wales: 2 of 24 force-years have no figure. Figures that differ between releases: "
        "Dyfed-Powys 2021/22: 39 (foi-dyfed-powys-2022) then 36 (nspcc-2024-11)."
    )
    assert sentences.per_force(london.request, london.found) == (
        "London: 12 of 12 force-years have no figure. No exact figure of a year differs between "
        "releases."
    )


def test_printed_totals_that_the_forces_add_to(run: Callable) -> None:
    assert sentences.beside_sum(run().found).endswith(
        "six months only of Dyfed-Powys 2017/18. 2017/18: 274 printed, and the forces add to it. "
        "2021/22: 326 printed, and the forces add to it."
    )


def test_a_gap_is_told_from_a_contradiction(run: Callable) -> None:
    assert sentences.beside_sum(run(years="2023/24").found).endswith(
        "2023/24: 554 printed, forces add to 564 from 4 of 4 (a contradiction, as every force "
        "reported)."
    )
    uk = sentences.beside_sum(run(region="UK").found)
    assert (
        "2017/18: 3,728 printed, forces add to 3,176 from 36 of 46 (forces are missing or partial)"
    ) in uk


def test_without_a_printed_total_that_is_said(run: Callable) -> None:
    assert sentences.beside_sum(run(region="London").found) == (
        "No page prints a total of its own for any of these years."
    )


def test_a_total_on_which_pages_disagree_is_printed(wales: Callable[..., Findings]) -> None:
    """SIMULATED: pages of one release print 300 and 310 for Wales 2018/19."""
    disputed = figure("Wales", "2018/19", NAN, 300, 310, kind="nation", status="disputed")
    assert "No page prints a total" not in sentences.beside_sum(wales(disputed))


def test_the_shares_of_the_uk_in_words(run: Callable) -> None:
    made = run(region="UK", years="2021/22")
    assert sentences.shares(made.request, made.found.own_shares) == (
        "Meta, 2021/22: disputed, 38% to 70% of offences whose means is known, their number not "
        "printed. Meta + Snapchat, 2021/22: printed as more than 70%, of offences whose means is "
        "known, their number not printed. Snapchat, 2021/22: 33% of offences whose means is known, "
        "their number not printed."
    )


def test_a_share_with_its_base_is_bounded_over_all(run: Callable) -> None:
    made = run(region="England and Wales", years="2017/18")
    said = sentences.shares(made.request, made.found.own_shares)
    assert (
        "Facebook, 2017/18: 29% of 2,117 offences whose means is known, which are 66% of 3,217; of "
        "all offences 19% to 53%."
    ) in said
    assert "Instagram, April 2017 to September 2017: 126 / 136 offences, base not printed." in said
    # Of two releases only the newest is told.
    assert said.count("Facebook, 2017/18") == 1


def test_without_shares_that_is_said(run: Callable) -> None:
    made = run(region="London")
    assert sentences.shares(made.request, made.found.own_shares) == (
        "No shares by platform were published for London in these years."
    )


def test_known_means_are_told_release_by_release(run: Callable) -> None:
    table = run(region="Northern Ireland").found.means_known
    assert sentences.means_known(table) == (
        "UK, 2023/24: 1,824 of 7,062 offences (26%; nspcc-2024-11)."
    )
    assert sentences.means_known(table[:0]) == (
        "No release known by then prints how many offences had known means."
    )
    assert sentences.means_known(table.assign(pct=NAN)) == (
        "No release known by then prints how many offences had known means."
    )
