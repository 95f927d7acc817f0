"""The command line takes a round in, as a person uses it."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from helpers.projects import ROOT

from offences.commands import ingest
from offences.commands import simulate as simulate_command


@pytest.fixture
def command(monkeypatch, capsys):
    """Return a function that runs the command line and returns its exit status and what it says."""
    monkeypatch.chdir(ROOT)

    def run(main, *arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("step", "what"),
    [
        ("check", "say what would be read, what is set aside and why"),
        ("accept", "accept the readings shown, and write the figures"),
        ("queries", "print questions to send back, force by force"),
        ("decide", "record which platform a spelling names, or that it names none"),
        ("count", "count platforms in parts of one offence a row"),
        ("measure", "measure precision and recall on the labelled strings"),
    ],
)
def test_help_says_what_each_step_does(
    step: str, what: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit):
        ingest.main(["--help"])
    assert re.search(rf"^    {step} +{what}$", capsys.readouterr().out, re.MULTILINE)
    with pytest.raises(SystemExit):
        ingest.main([step, "--help"])
    assert f"{what[1:]}.\n" in capsys.readouterr().out


def test_a_round_is_taken_in_and_says_simulated_everywhere(command, tmp_path) -> None:
    folder = tmp_path / "round"
    status, out, _ = command(simulate_command.main, "--seed", 2, "--rows", 500, "--out", folder)
    assert status == 0
    assert re.fullmatch(
        r"SIMULATED round in round: 41 forces answered; \d+ true figures in truth/truth\.csv\n", out
    )
    status, out, _ = command(ingest.main, "check", folder)
    assert status == 1, "readings wait for a person"
    assert "\nSIMULATED round, seed 2\n" in out
    assert re.search(r"^ +2  refused \(s\.12\): ", out, re.MULTILINE)
    assert re.search(r"^ +2  no answer: ", out, re.MULTILINE)
    status, out, _ = command(ingest.main, "accept", folder, "--by", "A. Analyst")
    assert status == 0
    for name in ("cells", "figures", "answers"):
        assert {row["data"] for row in _rows(folder / "settled" / f"{name}.csv")} == {"SIMULATED"}
    figures = _rows(folder / "settled" / "figures.csv")
    assert out.endswith(f"\n{len(figures)} figures in round/settled/figures.csv\n")
    assert len(_rows(folder / "settled" / "answers.csv")) == 45, "every force asked is listed"
    status, out, _ = command(ingest.main, "queries", folder)
    assert status == 0
    assert out.count("1. The request was refused (s.12)") == 2
    assert out.count("1. No answer has been received") == 2
    assert command(ingest.main, "check", folder)[0] == 0, "all accepted"


def test_only_the_files_named_are_accepted(command, tmp_path) -> None:
    for name in ("kent.csv", "essex.csv"):
        (tmp_path / name).write_text("Gender,2023/24\nFemale,20\nMale,4\n")
    arguments = ("accept", tmp_path, "--by", "A", "--file")
    status, out, _ = command(ingest.main, *arguments, "kent.csv")
    assert status == 1, "the other waits"
    assert out.startswith("accepted kent.csv.yaml\n")
    assert not (tmp_path / "essex.csv.yaml").exists()
    status, _, err = command(ingest.main, *arguments, "kemt.csv")
    assert (status, err) == (2, f"kemt.csv: there is no such file in {tmp_path.name}.\n")


def test_a_public_round_with_a_month_becomes_a_release(command, tmp_path) -> None:
    folder = tmp_path / "round"
    folder.mkdir()
    (folder / "kent.csv").write_text("Force,2023/24\nKent,52\n")
    (folder / "round.yaml").write_text('title: a\nmonth: "2026-11"\npublic: true\n')
    status, out, _ = command(ingest.main, "accept", folder, "--by", "A")
    assert status == 0
    assert out.endswith(
        "\n1 figures in round/settled/figures.csv\n"
        "1 of them as a release in round/settled/release:\n"
        "copy that folder into data/raw under a name of its own, then make describe\n"
    )
    assert (folder / "settled" / "release" / "release.yaml").is_file()


def test_the_real_answers_are_measured_and_checked(command) -> None:
    status, out, _ = command(ingest.main, "check", ROOT / "data" / "returns" / "public-answers")
    assert status == 0
    assert "files     67 accepted\n" in out
    status, out, _ = command(ingest.main, "measure")
    assert status == 0
    assert re.fullmatch(
        r"200 strings rules were tuned on: precision \d\.\d{3}, recall \d\.\d{3}\n"
        r"203 strings kept for measuring: precision \d\.\d{3}, recall \d\.\d{3}\n",
        out,
    )


def test_parts_are_counted(command, tmp_path) -> None:
    part, out = tmp_path / "part.csv", tmp_path / "counts.csv"
    part.write_text("force,period,means\nKent,2023/24,snap chat / insta\nKent,2023/24,\n")
    status, said, _ = command(ingest.main, "count", part, "--out", out)
    assert (status, said) == (0, "3 counts by force, period and platform in counts.csv\n")
    good = (
        "force,period,platform,offences\n"
        "Kent,2023/24,,1\nKent,2023/24,Instagram,1\nKent,2023/24,Snapchat,1\n"
    )
    assert out.read_text() == good
    bad = tmp_path / "bad.csv"
    bad.write_text("x\n1\n")
    status, _, err = command(ingest.main, "count", bad, "--out", out)
    assert (status, err) == (2, "bad.csv, column 'force': the column is missing.\n")
    assert out.read_text() == good, "the last good counts stay"


def test_a_decision_is_recorded(command, tmp_path, monkeypatch) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    monkeypatch.chdir(tmp_path)
    decide = ("decide", "tha ghost app", "--platform")
    status, out, _ = command(ingest.main, *decide, "Snapchat", "--by", "A. Analyst")
    assert status == 0
    assert out.startswith("'tha ghost app' names Snapchat, decided by A. Analyst on ")
    kept = (tmp_path / "data" / "reference" / "alias_decisions.csv").read_text()
    assert kept.splitlines()[-1].startswith("tha ghost app,Snapchat,A. Analyst,")
    assert "tha ghost app" not in (ROOT / "data/reference/alias_decisions.csv").read_text()
    status, _, err = command(ingest.main, *decide, "Kik", "--by", "B")
    assert status == 2 and "'tha ghost app' is decided already" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("check", "nowhere"), "nowhere: there is no such folder.\n"),
        (("queries", "nowhere"), "nowhere: there is no such folder.\n"),
    ],
)
def test_what_cannot_be_done_says_why(command, arguments, told) -> None:
    assert command(ingest.main, *arguments) == (2, "", told)


def test_more_forces_than_there_are_cannot_be_simulated(command, tmp_path) -> None:
    status, _, err = command(simulate_command.main, "--forces", 99, "--out", tmp_path / "round")
    assert (status, err) == (2, "There are 46 forces, not 99.\n")
