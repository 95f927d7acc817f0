"""Platforms in free text: spellings, misspellings, and words in both senses."""

from __future__ import annotations

import pytest
from helpers.projects import ROOT
from hypothesis import given
from hypothesis import strategies as st

from offences.project import Project
from offences.reference.platforms import Platforms
from offences.returns.settle.platform_names import read_attributor, suggestions

PROJECT = Project(ROOT)
ATTRIBUTOR = read_attributor(PROJECT, Platforms.read(PROJECT))


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
