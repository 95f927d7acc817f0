"""Decisions of people about spellings are kept once, with who took them and when."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from offences.errors import DataError
from offences.project import Project
from offences.reference.platforms import Platforms
from offences.returns.settle.decisions import DECISIONS, decide, letters, read_decisions
from offences.returns.settle.platform_names import Attributor, read_attributor

DAY = datetime.date(2026, 11, 24)


def _decide(project: Project, spelling: str, platform: str, by: str = "A. Analyst") -> None:
    decide(project, Platforms.read(project), spelling, platform, by, DAY)


def _attributor(project: Project) -> Attributor:
    return read_attributor(project, Platforms.read(project))


def test_a_decision_changes_what_a_spelling_names(copy) -> None:
    assert _attributor(copy).named("the ghost app").platforms == ()
    _decide(copy, "the ghost app", "Snapchat")
    assert _attributor(copy).named("met on the ghost app").platforms == ("Snapchat",)
    _decide(copy, "blorp", "")
    assert _attributor(copy).named("blorp").leftover == ()


def test_a_decision_is_kept_with_who_took_it_and_when(copy) -> None:
    path = copy.reference / DECISIONS
    before = path.read_text()
    _decide(copy, " the ghost app ", "Snapchat")
    _decide(copy, "blorp", "")
    assert path.read_text() == (
        f"{before}the ghost app,Snapchat,A. Analyst,2026-11-24\nblorp,,A. Analyst,2026-11-24\n"
    )
    decided = read_decisions(copy, Platforms.read(copy))
    assert (decided["the ghost app"], decided["blorp"]) == ("Snapchat", "")


@pytest.mark.parametrize(
    ("spelling", "platform", "by", "told"),
    [
        ("The Ghost-App", "Kik", "B. Analyst", "'The Ghost-App' is decided already"),
        ("ghosty", "Snapchatt", "A. Analyst", "did you mean 'Snapchat'"),
        ("ghosty", "Qqqqqqqqq", "A. Analyst", "add it to platforms.csv first"),
        ("ghosty", "Snapchat", " ", "needs a spelling and who decides"),
        (" ", "Snapchat", "A. Analyst", "needs a spelling and who decides"),
    ],
)
def test_a_decision_that_cannot_be_taken_is_refused(copy, spelling, platform, by, told) -> None:
    _decide(copy, "the ghost app", "Snapchat")
    before = (copy.reference / DECISIONS).read_text()
    with pytest.raises(DataError, match=told):
        _decide(copy, spelling, platform, by)
    assert (copy.reference / DECISIONS).read_text() == before


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("ghosty,Snapchatt,A,2026-11-24", "column 'platform': unknown platform 'Snapchatt'"),
        ("ghosty,Snapchat,,2026-11-24", "column 'decided_by': is empty: every row needs one"),
        ("ghosty,Snapchat,A,", "column 'decided_on': is empty: every row needs one"),
    ],
)
def test_a_wrong_row_of_decisions_is_refused_with_its_line(copy, row, told) -> None:
    path: Path = copy.reference / DECISIONS
    lines = path.read_text().count("\n")
    path.write_text(f"{path.read_text()}{row}\n")
    with pytest.raises(DataError, match=f"row {lines + 1}.*{told}"):
        read_decisions(copy, Platforms.read(copy))


def test_a_spelling_decided_in_two_rows_is_refused(copy) -> None:
    rows = "ghosty,Snapchat,A,2026-11-24\nghosty,,B,2026-11-25\n"
    (copy.reference / DECISIONS).write_text(f"spelling,platform,decided_by,decided_on\n{rows}")
    told = r"alias_decisions.csv, row 3, .*'ghosty' is already in row 2\. Keep one row\."
    with pytest.raises(DataError, match=told):
        read_decisions(copy, Platforms.read(copy))


def test_an_ordinary_word_in_two_rows_is_refused(copy) -> None:
    (copy.reference / "ordinary_words.csv").write_text("word,near\nline,LINE\nline,LINE\n")
    with pytest.raises(DataError, match=r"ordinary_words.csv, row 3, .*is already in row 2"):
        _attributor(copy)


def test_spellings_with_the_same_letters_and_digits_are_one() -> None:
    assert letters("What's-App 2") == letters("WHATS APP 2") == "whatsapp2"
