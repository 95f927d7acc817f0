"""The command that says what all printed figures imply together, on the real figures."""

from __future__ import annotations

import pytest

from offences.commands import evidence


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what the command prints, on one line for each paragraph."""
    assert evidence.main(list(arguments)) == 0
    return " ".join(capsys.readouterr().out.split())


def test_three_totals_of_forces_make_the_region_exact(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "North East")
    assert "2017/18 to 2022/23: exactly 1,987 offences from: Cleveland 749, Durham 450" in text
    assert "2018/19: at least 0 offences, at most 1,747" in text
    assert "North East, 2018/19 to 2022/23: 1,747, from Cleveland 749" in text
    assert "cannot all be true" not in text


def test_a_conflict_names_its_figures_and_whom_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "Scotland")
    assert "Figures that cannot all be true:" in text
    assert "add up to 3,237, 3 more than Police Scotland 3,234 for 2019/20 to 2023/24" in text
    assert "To ask Police Scotland." in text
    assert "Police Scotland at least 648 (printed as 651) for 2019/20" in text


def test_where_nothing_bounds_from_above_there_is_no_most(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, "Gwent", "--years", "2019/20:2021/22")
    assert "2019/20 to 2021/22: at least 170 offences at least: Gwent 144 for 2019/20" in text
    assert "2020/21: no printed figure says anything about it" in text


def test_a_place_without_a_figure_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert evidence.main(["London"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[1] == "No page read so far prints a figure of offences of London."


def test_what_was_not_known_yet_proves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "Wales", "--as-of", "2023-08-15")
    assert "2017/18 to 2022/23: at least 1,753 offences" in text
    assert "2019/20: no printed figure says anything about it" in text


def test_a_place_that_does_not_exist_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert evidence.main(["Wlaes"]) == 2
    assert "did you mean 'Wales'?" in capsys.readouterr().err
