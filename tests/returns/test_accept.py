"""What accepting a round writes: layouts with who looked at them, and the settled figures."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest
import yaml

from offences.errors import OffencesError
from offences.files import sha256
from offences.returns.round.accept import accept, safe, write_settled
from offences.returns.round.rounds import FileState
from offences.returns.settle.settle import settle

DAY = datetime.date(2026, 11, 24)
GIRLS = "Gender,2023/24\nFemale,20\nMale,*\nTotal,23\n"
ACCEPTED = (
    "force: Kent\nunit: victims\ntables:\n- {rows: [gender], measure: victims, totals: [Total]}\n"
)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_accepting_writes_the_layout_with_who_when_and_the_checksum(
    taken_in, opened, tmp_path
) -> None:
    _, (file,) = taken_in({"kent.csv": GIRLS})
    path = accept(file, " A. Analyst ", DAY)
    assert path == tmp_path / "kent.csv.yaml"
    assert yaml.safe_load(path.read_text()) == {
        "force": "Kent",
        "tables": [
            {"rows": ["gender"], "unit": "victims", "measure": "victims", "totals": ["Total"]}
        ],
        "accepted": {"by": "A. Analyst", "on": DAY, "sha256": sha256(tmp_path / "kent.csv")},
    }
    _, (again,) = opened(tmp_path)
    assert (again.state, again.cells) == (FileState.ACCEPTED, file.cells)


def test_a_changed_file_is_accepted_anew_with_what_was_declared(taken_in, opened, tmp_path) -> None:
    old = "accepted: {by: B, 'on': 2026-11-01, sha256: other}\n"
    _, (file,) = taken_in({"kent.csv": GIRLS, "kent.csv.yaml": f"{ACCEPTED}blank: zero\n{old}"})
    layout = yaml.safe_load(accept(file, "A", DAY).read_text())
    assert layout["blank"] == "zero"
    assert (layout["accepted"]["by"], layout["accepted"]["on"]) == ("A", DAY)
    _, (again,) = opened(tmp_path)
    assert (again.state, again.layout.blank) == (FileState.ACCEPTED, "zero")


@pytest.mark.parametrize(
    ("files", "by", "told"),
    [
        ({"kent.csv": GIRLS}, " ", "A reading is accepted by a person: give --by NAME."),
        ({"kent.csv": ""}, "A", "kent.csv is set aside: there is nothing to accept."),
        (
            {"kent.csv": GIRLS, "kent.csv.yaml": ACCEPTED},
            "A",
            "kent.csv is accepted: there is nothing to accept.",
        ),
    ],
)
def test_only_a_person_accepts_and_only_what_was_recognised(taken_in, files, by, told) -> None:
    _, (file,) = taken_in(files)
    with pytest.raises(OffencesError, match=told):
        accept(file, by, DAY)


@pytest.fixture
def settled(taken_in, attributor):
    """Return a function that writes the settled figures of a round of Kent's return."""

    def write(about: str) -> Path:
        this_round, files = taken_in(
            {
                "round.yaml": f"title: a round\nasked: [Kent, Essex]\n{about}",
                "kent.csv": GIRLS,
                "kent.csv.yaml": ACCEPTED,
                "essex.csv": GIRLS,
            }
        )
        cells = [cell for file in files if file.state == "accepted" for cell in file.cells]
        return write_settled(this_round, files, settle(cells, attributor), attributor)

    return write


@pytest.mark.parametrize(
    ("about", "lower", "data"),
    [
        ("public: true\n", "3", "received"),
        ("public: false\n", "0", "received"),
        ("simulated: true\n", "0", "SIMULATED"),
    ],
)
def test_bounds_found_by_margins_stay_internal_unless_public(settled, about, lower, data) -> None:
    folder = settled(about)
    cells = _rows(folder / "cells.csv")
    assert [(row["gender"], row["printed"], row["status"]) for row in cells] == [
        ("female", "20", "reported"),
        ("male", "*", "suppressed"),
        ("total", "23", "reported"),
    ]
    hidden = cells[1]
    assert (hidden["value"], hidden["lower"], hidden["column"], hidden["row"]) == (
        "",
        lower,
        "B",
        "3",
    )
    figures = {row["measure"]: row for row in _rows(folder / "figures.csv")}
    assert figures["gender_known"]["value"] == "23", "bounds serve totals"
    for name in ("cells", "figures", "answers"):
        assert {row["data"] for row in _rows(folder / f"{name}.csv")} == {data}


def test_every_force_asked_has_a_row_and_an_open_end_is_an_empty_cell(settled, tmp_path) -> None:
    (tmp_path / "kent.answer.yaml").write_text(
        "force: Kent\nperiod: 2023/24\nstatements:\n- printed: at least 345\n"
    )
    folder = settled("")
    assert _rows(folder / "answers.csv") == [
        {"data": "received", "force": "Kent", "answer": "figures"},
        {"data": "received", "force": "Essex", "answer": "to be accepted"},
    ]
    (whole,) = [row for row in _rows(folder / "figures.csv") if row["measure"] == "offences"]
    assert (whole["value"], whole["lower"], whole["upper"]) == ("", "345", "")
    assert (whole["status"], whole["cells"], whole["files"]) == (
        "approximate",
        "1",
        "kent.answer.yaml",
    )


def test_a_round_settled_again_leaves_nothing_of_the_last_time(settled) -> None:
    folder = settled("")
    (folder / "release").mkdir()
    assert settled("") == folder
    assert sorted(path.name for path in folder.iterdir()) == [
        "answers.csv",
        "cells.csv",
        "figures.csv",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("+44", "'+44"), ("@x", "'@x"), ("\tx", "'\tx"), ("-", "-"), ("x", "x")],
)
def test_received_text_is_no_formula_for_a_spreadsheet_program(text, written) -> None:
    assert safe(text) == written
