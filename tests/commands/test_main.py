"""One command for everything: what it says to somebody new, and to somebody who mistypes."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from helpers.projects import ROOT

from offences.commands.main import COMMANDS, main


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"]])
def test_help_lists_every_command_and_where_to_start(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("usage: offences [-h] COMMAND ...\n")
    for name, what in COMMANDS.items():
        assert f"  {name:<8}  {what}" in shown
    assert "offences run --region Wales" in shown


def test_nothing_typed_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Start with:" in capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_is_readable(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"usage: offences {command} ")
    assert "==SUPPRESS==" not in shown
    assert max(map(len, shown.splitlines())) <= 100
    described = importlib.import_module(f"offences.commands.{command}").__doc__
    assert described
    assert described.strip() in shown, "as its paragraphs and examples stand there"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("rnu", "offences: unknown command 'rnu': did you mean 'run'?"),
        ("Review", "offences: unknown command 'Review': did you mean 'review'?"),
        ("xyzzy", f"offences: unknown command 'xyzzy'. Known: {', '.join(COMMANDS)}."),
    ],
)
def test_an_unknown_command_is_named_with_the_nearest(
    typed: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([typed]) == 2
    assert capsys.readouterr().err == f"{message}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "--plan"],
        ["review", "check", "figures/wales"],
        ["claim", "offences in Wales 2017/18:2022/23"],
        ["describe", "--check"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_outside_a_checkout_it_says_what_to_do(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert "There is no checkout of this project around" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", [".", "notebooks", "src/offences/commands"])
def test_it_works_from_any_folder_of_a_checkout(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT / folder)
    assert main(["run", "--region", "Wales", "--plan"]) == 0
    assert capsys.readouterr().out.startswith("Wales  ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["review", "check", "figures/nowhere"], "There is no run in 'figures/nowhere'"),
        (["review", "check", "data"], "give its folder, as figures/wales/latest-1a2b3c4d"),
        (["run", "--region", "Whales"], "unknown region 'Whales': did you mean 'Wales'?"),
        (["run", "--years", "2017"], "No run was made. "),
    ],
)
def test_what_makes_no_sense_is_said_in_a_line(
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(arguments) == 2
    shown = capsys.readouterr().err
    assert message in shown
    assert shown.count("\n") == 1


def test_a_run_outside_the_project_is_not_reviewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(ROOT)
    assert main(["review", "check", str(tmp_path)]) == 2
    assert "is not in this project: run this from its checkout." in capsys.readouterr().err
