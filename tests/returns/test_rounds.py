"""A round is read file by file: what becomes of each, and what each force's answer came to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from offences.errors import DataError
from offences.returns.round.rounds import (
    FileState,
    answer_of,
    count_files,
    force_of,
    open_round,
    period_of,
)

GIRLS = "Gender,2023/24\nFemale,20\nMale,4\n"


@pytest.mark.parametrize(
    ("files", "state", "message"),
    [
        ({"kent.csv": GIRLS}, FileState.RECOGNISED, ""),
        (
            {"kent.csv": GIRLS, "kent.csv.yaml": "force: Kent\ntables:\n- rows: [gender]\n"},
            FileState.ACCEPTED,
            "",
        ),
        ({"kent.html": f"{GIRLS}"}, FileState.RECOGNISED, "named .html, but is text: read as text"),
        (
            {"kent.csv": "What,How\nmany,words\n"},
            FileState.NOT_UNDERSTOOD,
            "the layout of the table is not recognised: declare it in kent.csv.yaml. The first "
            "table begins:\n    row 1: What | How\n    row 2: many | words",
        ),
        (
            {"kent.csv": "Age,Female,Male\n12-15,3,4\n"},
            FileState.NOT_UNDERSTOOD,
            "the table is recognised, but nothing says its period: declare it in kent.csv.yaml. "
            "The first table begins:\n    row 1: Age | Female | Male\n    row 2: 12-15 | 3 | 4",
        ),
        ({"kent.csv": ""}, FileState.SET_ASIDE, "is empty. Ask the force to send it again."),
        (
            {"kent.csv": GIRLS, "kent.csv.yaml": "tables:\n- measure: victms\n"},
            FileState.WRONG_LAYOUT,
            "unknown measure 'victms': did you mean 'victims'?",
        ),
        (
            {"kent.csv": GIRLS, "kent.csv.yaml": "tables:\n- rows: [gender]\n"},
            FileState.WRONG_LAYOUT,
            "kent.csv.yaml: says no force: add it, or name the axis that holds it.",
        ),
        (
            {"kent.answer.yaml": "force: Kent\nperiod: 2023/24\nstatements:\n- printed: '9'\n"},
            FileState.ACCEPTED,
            "",
        ),
        ({"kent.answer.yaml": "force: Kent\n"}, FileState.WRONG_LAYOUT, "statements"),
    ],
)
def test_what_becomes_of_a_file(taken_in, files, state, message) -> None:
    _, (file,) = taken_in(files)
    assert file.state is state
    assert message in file.message and bool(message) == bool(file.message)
    assert bool(file.cells) == (state in (FileState.ACCEPTED, FileState.RECOGNISED))


def test_a_wrong_layout_shows_the_rows_it_is_about(taken_in) -> None:
    _, (file,) = taken_in({"kent.csv": GIRLS, "kent.csv.yaml": "tables:\n- measure: victms\n"})
    assert file.message.endswith(
        "The rows looked at, of the file:\n"
        "    row 1: Gender | 2023/24\n    row 2: Female | 20\n    row 3: Male | 4"
    )
    assert (file.force_named, file.forces) == ("Kent", [])


def test_a_layout_nested_too_deeply_is_refused(taken_in, monkeypatch) -> None:
    monkeypatch.setattr("offences.files.SAFE", yaml.SafeLoader)  # the loader where libyaml is not
    _, (file,) = taken_in({"kent.csv": GIRLS, "kent.csv.yaml": f"tables: {'[' * 2000}"})
    assert file.state is FileState.WRONG_LAYOUT
    assert file.message == "kent.csv.yaml is nested too deeply."


def test_a_file_that_changed_after_it_was_accepted_waits_again(taken_in) -> None:
    layout = "force: Kent\ntables:\n- rows: [gender]\naccepted:\n  by: A\n  'on': 2026-11-24\n"
    _, (file,) = taken_in({"kent.csv": GIRLS, "kent.csv.yaml": f"{layout}  sha256: other\n"})
    assert file.state is FileState.RECOGNISED
    assert file.message == "the file changed since A accepted it on 2026-11-24: look again"


def test_received_files_come_first_and_hidden_ones_are_left_out(taken_in, tmp_path) -> None:
    files = {
        "zeta.csv": "x",
        ".hidden.csv": "x",
        "~$kent.xlsx": "x",
        "kent.answer.yaml": "force: Kent\nperiod: 2023/24\nstatements: []\n",
        "round.yaml": "title: a round\n",
    }
    _, found = taken_in(files)
    assert [file.path.name for file in found] == ["zeta.csv", "kent.answer.yaml"]
    assert count_files(tmp_path) == 2


def test_a_round_knows_whom_it_asked_and_for_what(taken_in, places) -> None:
    everyone, _ = taken_in({})
    assert len(everyone.asked) == sum(place.is_force for place in places.all)
    assert period_of(everyone) == ""
    some, _ = taken_in(
        {
            "round.yaml": "title: a\nperiod: FY 2023-24\nasked: [Essex Police, Kent]\n"
            "refused: {Gwent: s.12}\n"
        }
    )
    assert some.asked == ("Essex", "Kent", "Gwent")
    assert period_of(some) == "2023/24"


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ("title: a\nasked: [Kentish]\n", "unknown force 'Kentish': did you mean 'Kent'"),
        ("title: a\nrefused: {Atlantis: s.12}\n", "unknown force 'Atlantis'"),
        ("title: a\nmonth: 2026-13\n", "month: String should match"),
        ("titel: a\n", "titel: Extra inputs are not permitted"),
    ],
)
def test_a_round_that_is_declared_wrongly_is_refused(
    project, places, tmp_path, about, told
) -> None:
    (tmp_path / "round.yaml").write_text(about)
    with pytest.raises(DataError, match=re.escape(told)):
        open_round(project, tmp_path, places)


def test_a_round_needs_a_folder(project, places, tmp_path) -> None:
    with pytest.raises(DataError, match="nowhere: there is no such folder"):
        open_round(project, tmp_path / "nowhere", places)


@pytest.mark.parametrize(
    ("name", "force"),
    [
        ("Kent_return 2024.xlsx", "Kent"),
        ("west-midlands.csv", "West Midlands"),
        ("FOI Dyfed-Powys final.pdf", "Dyfed-Powys"),
        ("kent and essex.csv", ""),
        ("response.csv", ""),
    ],
)
def test_a_file_names_one_force_or_none(places, name, force) -> None:
    assert force_of(Path(name), places) == force


def _typed(force: str, *printed: str) -> str:
    stated = "".join(f"- printed: '{text}'\n" for text in printed)
    return f"force: {force}\nperiod: 2023/24\nstatements:\n{stated}"


def test_what_each_force_answered_is_said_in_a_few_words(taken_in) -> None:
    asked = ["Kent", "Essex", "Gwent", "Surrey", "Sussex", "Norfolk", "Suffolk", "Dorset"]
    this_round, files = taken_in(
        {
            "round.yaml": f"title: a\nasked: [{', '.join(asked)}]\nrefused: {{Dorset: s.12}}\n",
            "kent.answer.yaml": _typed("Kent", "52"),
            "essex.answer.yaml": _typed("Essex", "52", "refused"),
            "gwent.answer.yaml": _typed("Gwent", "refused", ""),
            "surrey.csv": GIRLS,
            "sussex.csv": "",
            "norfolk.answer.yaml": _typed("Norfolk", "*"),
        }
    )
    assert {force: answer_of(this_round, files, force) for force in this_round.asked} == {
        "Kent": "figures",
        "Essex": "figures, a part refused",
        "Gwent": "no figures: empty, refused",
        "Surrey": "to be accepted",
        "Sussex": "an answer that is not read",
        "Norfolk": "figures",
        "Suffolk": "no answer",
        "Dorset": "refused (s.12)",
    }
