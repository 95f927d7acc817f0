"""Drafted sentences: honest at every length, in both languages, with the data's caveats."""

from __future__ import annotations

import re

import pytest
from helpers.projects import edit

from offences.claims import drafts
from offences.claims.languages import LANGUAGES, Language, read_phrases
from offences.commands import claim
from offences.errors import DataError, ParameterError
from offences.project import Project
from offences.releases.clean import clean
from offences.releases.load import Loaded


def _drafted(project: Project, loaded: Loaded, text: str, language: str, length: int = 3) -> str:
    what = drafts.asked(project, loaded, text)
    parts = drafts.draft(what, clean(project, loaded, what.request.day))
    return drafts.written(parts, Language(language, read_phrases(project)), length)


def test_wales_in_six_years_at_three_lengths(project: Project, loaded: Loaded) -> None:
    asked = "offences in Wales 2017/18:2022/23"
    short, longer, whole = (_drafted(project, loaded, asked, "english", n) for n in (1, 2, 3))
    assert short.startswith("At least 1,753 offences")
    assert len(short) < len(longer) < len(whole)
    assert longer.startswith(short)
    for said in ("22 of 24", "Gwent 2020/21 and South Wales 2022/23", "Dyfed-Powys 2017/18"):
        assert said in longer


def test_the_welsh_says_the_same_numbers(project: Project, loaded: Loaded) -> None:
    for asked in (
        "offences in Wales 2017/18:2022/23",
        "change in Wales 2017/18:2022/23",
        "share of Snapchat in UK 2023/24",
        "share of girls in England and Wales 2017/18:2020/21",
        "offences in UK 2017/18:2022/23",
    ):
        english, welsh = (_drafted(project, loaded, asked, name) for name in LANGUAGES)
        numbers = [re.findall(r"[+-]?\d[\d,/%.]*\d|\d", text) for text in (english, welsh)]
        assert sorted(numbers[0]) == sorted(numbers[1]), asked


def test_welsh_names_dates_and_lists(project: Project, loaded: Loaded) -> None:
    said = _drafted(project, loaded, "offences in Wales 2017/18:2022/23", "welsh")
    assert "yng Nghymru" in said
    assert "rhwng 2017/18 a 2022/23" in said
    assert "Gwent 2020/21; De Cymru 2022/23" in said
    assert "Hydref 2025" in said


def test_a_change_compares_like_with_like(project: Project, loaded: Loaded) -> None:
    said = _drafted(project, loaded, "change in Wales 2017/18:2022/23", "english", 2)
    assert said.startswith("Recorded offences in Wales rose by 64%")
    assert "-31%, but compares different forces" in said
    half = _drafted(project, loaded, "change in Dyfed-Powys 2017/18:2023/24", "english", 2)
    assert half.startswith("No change in Dyfed-Powys")
    assert "Only part of the year" in half


def test_a_share_is_never_without_its_base(project: Project, loaded: Loaded) -> None:
    said = _drafted(project, loaded, "share of Snapchat in UK 2023/24", "english", 1)
    assert "48%" in said
    assert "1,824 of 7,062" in said


def test_a_total_of_the_forces_that_answered_is_a_floor(project: Project, loaded: Loaded) -> None:
    said = _drafted(project, loaded, "offences in UK 2017/18:2022/23", "english", 2)
    assert said.startswith("At least 33,959")
    assert "42 of 46 forces" in said


def test_where_nothing_was_published(project: Project, loaded: Loaded) -> None:
    assert _drafted(project, loaded, "offences in London 2017/18", "english", 1).startswith(
        "No fig"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("offences", "not understood"),
        ("offnces in Wales 2017/18", "unknown quantity 'offnces'"),
        ("offences in Wlaes 2017/18", "did you mean 'Wales'"),
        ("offences in Wales 2017/19", "2017/19"),
        ("change in Wales 2017/18", "a first and a last year"),
        ("share of Snapcat in UK 2023/24", "did you mean 'Snapchat'"),
    ],
)
def test_what_cannot_be_drafted(project: Project, loaded: Loaded, text: str, said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        drafts.asked(project, loaded, text)


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert claim.main(["offences in Wales 2017/18:2022/23", "--as-of", "2023-08-15"]) == 0
    out = capsys.readouterr().out
    assert "short" in out
    assert "Cymraeg" in out
    assert "14 August 2023" in out
    assert "no Welsh speaker has reviewed" in out
    assert claim.main(["offences in Nowhere 2017/18"]) == 2
    assert "unknown region 'Nowhere'" in capsys.readouterr().err
    assert claim.main(["Wales", "--ledger"]) == 0
    assert "holds with a caveat" in capsys.readouterr().out


def test_a_phrase_with_a_value_in_one_language_only(copy: Project) -> None:
    row = edit(copy.reference / "phrases.csv", "Hynny yw {count} o'r {base}.", "Hynny yw {count}.")
    with pytest.raises(DataError, match=f"phrases.csv, row {row}, column 'welsh'.*base"):
        read_phrases(copy)


def test_a_review_has_a_name_and_a_day(copy: Project) -> None:
    row = edit(
        copy.reference / "phrases.csv",
        "name.girls,Girls,Merched,,,",
        "name.girls,Girls,Merched,,A. Reader,",
    )
    with pytest.raises(DataError, match=f"row {row}, column 'reviewed_on'"):
        read_phrases(copy)


def test_a_reviewed_phrase_counts(copy: Project) -> None:
    edit(
        copy.reference / "phrases.csv",
        "name.girls,Girls,Merched,,,",
        "name.girls,Girls,Merched,,A. Reader,2026-11-24",
    )
    language = Language("welsh", read_phrases(copy))
    assert language.named("girls") == "Merched"
    assert language.unreviewed == 0
    language.say("victims.several")
    assert language.unreviewed == 1
