"""Proofs and conflicts as a reader sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from offences.evidence.implied import EvidenceInside
from offences.evidence.proof_sentences import (
    PUBLISHER,
    certificate_in_words,
    conflict_in_words,
    question_about,
)
from offences.reference.periods import Period
from offences.releases.clean import Cleaned

Inside = Callable[[str], EvidenceInside]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (
            "North East",
            "Cleveland 749, Durham 450 and Northumbria 788, each for 2017/18 to 2022/23",
        ),
        ("West Midlands", "West Midlands 1,654 for 2017/18 to 2022/23"),
        (
            "Yorkshire and The Humber",
            "Yorkshire and the Humber at least 2,601 (printed as more than 2,600) for 2017/18 to "
            "2022/23",
        ),
        (
            "UK",
            "UK 3,728 for 2017/18, 5,333 for 2018/19, 5,954 for 2019/20, 6,319 for 2020/21, 6,275 "
            "for 2021/22 and 6,350 for 2022/23",
        ),
        (
            "South East",
            "South East 3,936 for 2017/18 to 2023/24; Thames Valley 114 for 2017/18 and 274 for "
            "2018/19, less Hampshire and Isle of Wight 95, Kent 264, Surrey 98 and Sussex 223, "
            "each for 2023/24",
        ),
        ("London", "no printed figure"),
    ],
)
def test_a_proof_reads_as_the_figures_that_add_up(
    inside: Inside, six_years: Period, place: str, words: str
) -> None:
    assert certificate_in_words(inside(place).bounds(six_years).lower) == words


def test_a_conflict_says_by_how_much_and_what_still_holds(inside: Inside, known: Cleaned) -> None:
    (conflict,) = inside("Scotland").conflicts
    assert conflict_in_words(conflict, known.titles) == (
        "Police Scotland 672 for 2023/24, 593 for 2022/23, 636 for 2021/22, 651 for 2019/20 and "
        "685 for 2020/21 add up to 3,237, 3 more than Police Scotland 3,234 for 2019/20 to "
        "2023/24. NSPCC, August 2021, as the oldest of them, gives way: Police Scotland for "
        "2019/20 counts as 648 to 651 and Police Scotland for 2020/21 counts as 682 to 685."
    )


def test_a_question_goes_to_the_force_whose_figures_they_are(inside: Inside) -> None:
    to, question = question_about(inside("Suffolk").conflicts[0])
    assert to == "Suffolk"
    assert question == (
        "Suffolk 28 for April 2017 to September 2017 is 1 more than Suffolk 27 for April 2017 to "
        "December 2017. Which of these figures are right?"
    )


def test_a_question_about_several_forces_goes_to_the_publisher(inside: Inside) -> None:
    to, question = question_about(inside("South West").conflicts[0])
    assert to == PUBLISHER
    assert question.startswith("South West 377 for 2017/18 is 2 more than Dorset 37, ")
    assert "each for 2017/18, which add up to 375." in question
