"""Platforms in free text: labelled strings, words in both senses, decisions kept."""

from __future__ import annotations

import csv
import datetime
import shutil

import pytest
from helpers.projects import ROOT
from hypothesis import given
from hypothesis import strategies as st

from offences.errors import DataError
from offences.project import Project
from offences.reference.platforms import Platforms
from offences.returns.settle.platform_names import decide, measure, read_attributor, suggestions

PROJECT = Project(ROOT)
ATTRIBUTOR = read_attributor(PROJECT)
LABELLED = ROOT / "tests" / "labelled" / "free_text.csv"


def labels(half: str) -> list[tuple[str, frozenset[str]]]:
    with LABELLED.open(encoding="utf-8") as file:
        return [
            (row["text"], frozenset(filter(None, row["platforms"].split("|"))))
            for row in csv.DictReader(file)
            if row["half"] == half
        ]


@pytest.mark.parametrize("half", ["tune", "held"])
def test_precision_and_recall_reach_the_aim_on_labelled_strings(half) -> None:
    done = measure(ATTRIBUTOR, labels(half))
    assert done.strings >= 200
    assert done.precision >= 0.95
    assert done.recall >= 0.90


def test_most_labelled_strings_are_not_in_the_alias_table() -> None:
    spelt = {spelling.casefold() for spelling, _ in Platforms.read(PROJECT).spellings}
    texts = [text.casefold() for half in ("tune", "held") for text, _ in labels(half)]
    assert len(texts) >= 300
    assert sum(text not in spelt for text in texts) > len(texts) / 2


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        ("snap chat / insta", ["Instagram", "Snapchat"]),
        ("FB msgr then whats app", ["Facebook Messenger", "WhatsApp"]),
        ("Muscial.ly", ["Musical.ly"]),
        ("Facebook, Snapchat or Instagram", ["Facebook", "Instagram", "Snapchat"]),
        ("Twitter, Twitter", ["X (Twitter)"]),
        ("took a snap of her", []),
        ("waited a fortnight", []),
        ("unknown", []),
        ("not recorded", []),
        ("n/a", []),
        ("", []),
    ],
)
def test_a_string_names_its_platforms_and_no_others(text, platforms) -> None:
    assert list(ATTRIBUTOR.named(text).platforms) == platforms


def test_what_is_unspecific_is_no_platform_and_what_is_unknown_is_left_over() -> None:
    assert ATTRIBUTOR.named("social media").unspecific
    assert ATTRIBUTOR.named("Blorptalk").leftover == ("blorptalk",)
    assert not ATTRIBUTOR.named("n/k").leftover


@given(st.text(max_size=60))
def test_no_text_breaks_the_attribution(text) -> None:
    named = ATTRIBUTOR.named(text)
    assert set(named.platforms) <= set(ATTRIBUTOR.kinds)


@given(st.lists(st.sampled_from(["Snapchat", "Instagram", "Kik", "Discord"]), min_size=1))
def test_several_platforms_all_count_once_in_any_order(names) -> None:
    assert set(ATTRIBUTOR.named(" then ".join(names)).platforms) == set(names)


def test_what_matches_nothing_gets_suggestions() -> None:
    assert suggestions("instergrams", Platforms.read(PROJECT))[0] == "Instagram"


def test_a_decision_is_recorded_once_with_who_and_when(tmp_path) -> None:
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "data" / "reference")
    project = Project(tmp_path)
    day = datetime.date(2026, 11, 24)
    assert not read_attributor(project).named("the ghost app").platforms
    decide(project, "the ghost app", "Snapchat", "A. Analyst", day)
    assert read_attributor(project).named("met on the ghost app").platforms == ("Snapchat",)
    with pytest.raises(DataError, match="decided already"):
        decide(project, "The Ghost App", "Kik", "B. Analyst", day)
    with pytest.raises(DataError, match="did you mean 'Snapchat'"):
        decide(project, "ghosty", "Snapchatt", "A. Analyst", day)
    decide(project, "blorp", "", "A. Analyst", day)
    assert read_attributor(project).named("blorp").leftover == ()
    kept = (tmp_path / "data/reference/alias_decisions.csv").read_text()
    assert "the ghost app,Snapchat,A. Analyst,2026-11-24" in kept
