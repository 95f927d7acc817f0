"""What a person reads in the terminal about a round."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.return_cells import cell

from offences.returns.cells.declarations import Layout
from offences.returns.round.overview import file_lines, reading, round_summary, unmatched_lines
from offences.returns.round.rounds import FileState, ReturnFile

KENT = Path("kent.csv")


def test_a_file_is_shown_with_its_state_its_cells_and_why() -> None:
    cells = tuple(
        cell("1", force=force) for force in ("Kent", "Essex", "Gwent", "Surrey", "Dorset")
    )
    accepted = ReturnFile(KENT, FileState.ACCEPTED, "", cells[:1])
    assert file_lines(accepted) == "accepted       kent.csv: 1 cell of Kent"
    several = ReturnFile(KENT, FileState.ACCEPTED, "read as Windows-1252", cells)
    assert file_lines(several) == (
        "accepted       kent.csv: 5 cells of Kent, Essex, Gwent and 2 more\n"
        "    read as Windows-1252"
    )
    unread = ReturnFile(KENT, FileState.NOT_UNDERSTOOD, "declare it\nrow 1: x")
    assert file_lines(unread) == "not understood kent.csv\n    declare it\n    row 1: x"


@pytest.mark.parametrize(
    ("layout", "lines"),
    [
        (
            {
                "force": "Kent",
                "period": "2023/24",
                "tables": [
                    {
                        "rows": ["age_band"],
                        "columns": ["period", "gender"],
                        "header": [1, 2],
                        "measure": "victims",
                        "unit": "victims",
                        "totals": ["Sum:"],
                    }
                ],
            },
            [
                "for the file: force Kent, period 2023/24",
                "table 1: victims (victims, 71/17); header in row 1, 2; rows are age_band, "
                "columns period within gender; sums: Sum:",
            ],
        ),
        (
            {"tables": [{"shape": "long", "fields": {"N": "value", "App": "means"}}]},
            [
                "table 1: offences (offences, 71/17); header in row 1; one figure a row; "
                "'N' is value, 'App' is means"
            ],
        ),
        (
            {"force": "Kent", "tables": [{"shape": "records", "fields": {"Sex": "gender"}}]},
            [
                "for the file: force Kent",
                "table 1: offences (offences, 71/17); header in row 1; one offence a row; "
                "'Sex' is gender",
            ],
        ),
    ],
)
def test_a_recognised_layout_is_shown_for_the_analyst_to_look_at(layout, lines) -> None:
    declared = Layout.model_validate(layout)
    assert reading(declared) == lines
    file = ReturnFile(KENT, FileState.RECOGNISED, "", (cell("1"),), declared)
    assert file_lines(file).splitlines()[1:] == [f"    {line}" for line in lines]


def _records(*texts: str) -> list[ReturnFile]:
    cells = tuple(cell("1", record=True, means=text) for text in texts)
    return [ReturnFile(KENT, FileState.ACCEPTED, "", cells)]


def test_spellings_that_match_nothing_are_listed_with_suggestions(attributor, vocabulary) -> None:
    files = _records("wwjj", "wwjj", "instgrmss", "Kik")
    assert unmatched_lines(files, attributor, vocabulary.platforms) == [
        "2 spellings match no platform:",
        "       2 x 'wwjj'",
        "       1 x 'instgrmss'   near: Instagram",
    ]
    assert unmatched_lines(_records("Kik"), attributor, vocabulary.platforms) == []
    many = unmatched_lines(
        _records(*(f"wwjj{'jw' * n}" for n in range(17))), attributor, vocabulary.platforms
    )
    assert len(many) == 17 and many[-1] == "  and 2 more"


@pytest.mark.parametrize(
    ("about", "title"),
    [
        ("title: a round\n", "a round"),
        ("title: a round\nsimulated: true\n", "SIMULATED: a round"),
        ("title: SIMULATED round\nsimulated: true\n", "SIMULATED round"),
    ],
)
def test_the_summary_counts_files_cells_platforms_and_answers(
    taken_in, attributor, about, title
) -> None:
    this_round, files = taken_in(
        {
            "round.yaml": f"{about}asked: [Kent, Essex, Gwent]\n",
            "kent.csv": "Method,2023/24\nSnapchat,7\nKik,*\n",
            "essex.csv": "",
        }
    )
    assert round_summary(this_round, files, attributor) == (
        f"{title}\n"
        "\n"
        "files     1 recognised, 1 set aside\n"
        "cells     1 reported, 1 suppressed\n"
        "platforms 2 named\n"
        "forces    3 asked\n"
        "       1  to be accepted: Kent\n"
        "       1  an answer that is not read: Essex\n"
        "       1  no answer: Gwent"
    )


def test_an_empty_round_says_none(taken_in, attributor) -> None:
    this_round, files = taken_in({"round.yaml": "title: a round\nasked: [Kent]\n"})
    assert "files     none\ncells     none\n" in round_summary(this_round, files, attributor)
