"""What a return leaves open is asked of its force, in sentences for a letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.return_cells import cell, victims

from offences.returns.cells.read_cells import TOTAL, ReturnCell
from offences.returns.round.return_queries import letter, questions
from offences.returns.round.rounds import AboutRound, FileState, ReturnFile, Round
from offences.returns.settle.settle import settle


def _round(**about: object) -> Round:
    return Round(Path("round"), AboutRound(title="A round", **about), ("Kent", "Essex"))  # type: ignore[arg-type]


def _file(*cells: ReturnCell) -> ReturnFile:
    return ReturnFile(Path("kent.csv"), FileState.ACCEPTED, "", cells)


@pytest.fixture
def asked(attributor):
    """Return a function that returns what Kent is asked about its cells."""

    def ask(*cells: ReturnCell, **about: object) -> list[str]:
        figures = settle(cells, attributor)
        return questions(_round(**about), [_file(*cells)], figures).get("Kent", [])

    return ask


@pytest.mark.parametrize(
    ("cells", "question"),
    [
        ([cell("52")], None),
        (
            [cell("52"), cell("50")],
            "For 2023/24, the return says 52 and 50. Which is right?",
        ),
        (
            [victims("20", "12-15", ""), victims("4", "16+", ""), victims("25", TOTAL, "")],
            "kent.csv, cell B1: the sum is printed as 25, the cells add to 24. Which is right?",
        ),
        (
            [cell("*")],
            "kent.csv: one cell is suppressed. Can totals of their rows or columns be given, or "
            "wider bands?",
        ),
        (
            [cell("*"), cell("<5", row=2)],
            "kent.csv: 2 cells are suppressed. Can totals of their rows or columns be given, or "
            "wider bands?",
        ),
        (
            [cell("")],
            "One figure is blank or a dash: is it zero, or is nothing held? (kent.csv, cell B1 is "
            "empty)",
        ),
        (
            [cell("-"), cell("", row=2)],
            "2 figures are blank or a dash: are they zero, or is nothing held? (the first: "
            "kent.csv, cell B1 says '-')",
        ),
        (
            [cell("refused s.12")],
            "One figure was refused: can it be given for a shorter period? (kent.csv, cell B1 "
            "says 'refused s.12')",
        ),
        (
            [cell("not held")],
            "One figure is not held: is there a field from which it could be counted? (kent.csv, "
            "cell B1 says 'not held')",
        ),
        (
            [cell("3.5")],
            "One figure cannot be read: what is meant? (kent.csv, cell B1 says '3.5'; '3.5' is "
            "not a whole number)",
        ),
        (
            [cell("see no. 4. below")],
            "One figure cannot be read: what is meant? (kent.csv, cell B1 says 'see no. 4. "
            "below'; 'see no. 4. below' is neither a number nor a marker that is known (n/a, *, "
            "<5, 1-4, not held, refused s.12))",
        ),
        ([cell("", measure="asked")], None),
        (
            [victims("3", "under 11", ""), victims("9", "12-15", "")],
            "kent.csv: age 11 lies in neither 'under 11' nor '12-15'. Where were they counted?",
        ),
    ],
)
def test_what_is_asked_about_cells(asked, cells, question) -> None:
    assert asked(*cells) == ([question] if question else [])


@pytest.mark.parametrize(
    ("whole", "question"),
    [
        ("43", None),
        (
            "50",
            "For 2023/24, one suppressed cell would have to hold 10 (50 less 40), more than the 4 "
            "that they can. Please check the table.",
        ),
        (
            "39",
            "For 2023/24, the visible cells add to 40, more than the 39 in all. Please check the "
            "table.",
        ),
    ],
)
def test_a_whole_that_its_suppressed_cells_cannot_fill_is_asked_about(
    asked, whole, question
) -> None:
    said = asked(cell(whole), victims("40", "12-15", ""), victims("*", "16+", ""))
    about_cells = "kent.csv: one cell is suppressed. Can totals of their rows or columns be given"
    assert said[0].startswith(about_cells)
    assert said[1:] == ([question] if question else [])


def test_a_note_that_only_mentions_more_than_asks_nothing(asked) -> None:
    one = cell("52")
    assert (
        asked(one.__class__(**{**vars(one), "text": one.text.noting("more than was asked")})) == []
    )


def test_the_period_asked_for_is_asked_again_where_no_figure_covers_it(asked) -> None:
    assert asked(cell("52"), period="2023/24") == []
    assert asked(cell("52"), cell("9", period="2021/22"), period="FY 2022-23") == [
        "The request was for 2022/23; the answer is about 2023/24, 2021/22. Can 2022/23 be given?"
    ]


def test_forces_that_refused_did_not_answer_or_sent_a_bad_file_are_asked() -> None:
    bad = ReturnFile(
        Path("kent.xlsx"),
        FileState.SET_ASIDE,
        "is damaged or was cut short. Ask the force to send it again.",
        force_named="Kent",
    )
    unread = ReturnFile(
        Path("kent.csv"), FileState.NOT_UNDERSTOOD, "declare it", force_named="Kent"
    )
    refused = _round(refused={"Essex": "s.12"})
    assert questions(refused, [bad], []) == {
        "Kent": [
            "Please send kent.xlsx again: it is damaged or was cut short. Ask the force to send "
            "it again."
        ],
        "Essex": ["The request was refused (s.12). Which parts can be answered within the limit?"],
    }
    nothing = "No answer has been received. When can it be expected?"
    assert questions(_round(), [], []) == {"Kent": [nothing], "Essex": [nothing]}
    assert questions(_round(), [unread], []) == {"Essex": [nothing]}


def test_forces_come_in_the_order_asked_then_others_and_a_question_comes_once(attributor) -> None:
    cells = [cell("", force=force) for force in ("Surrey", "Essex", "Dorset")]
    twice = [cell("52", force="Essex"), cell("50", force="Essex")]
    figures = settle(twice, attributor)
    asked = questions(_round(), [_file(*cells)], [*figures, *figures])
    assert list(asked) == ["Kent", "Essex", "Dorset", "Surrey"]
    assert asked["Essex"].count("For 2023/24, the return says 52 and 50. Which is right?") == 1


def test_a_letter_numbers_its_questions() -> None:
    assert letter(_round(), "Kent", ["What?", "When?"]) == "Kent: A round\n\n1. What?\n2. When?"
