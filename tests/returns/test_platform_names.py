"""Platforms in free text: spellings, misspellings, and words in both senses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offences.returns.settle.platform_names import Named, suggestions


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        ("snap chat / insta", ("Instagram", "Snapchat")),
        ("FB msgr then whats app", ("Facebook Messenger", "WhatsApp")),
        ("Muscial.ly", ("Musical.ly",)),
        ("Facebook, Snapchat or Instagram", ("Facebook", "Instagram", "Snapchat")),
        ("Twitter, Twitter", ("X (Twitter)",)),
        ("whatsapped", ("WhatsApp",)),
        ("instergram", ("Instagram",)),
        ("discord server", ("Discord",)),
        ("unknown", ()),
        ("not recorded", ()),
        ("n/a", ()),
        ("", ()),
    ],
)
def test_a_string_names_its_platforms_and_no_others(attributor, text, platforms) -> None:
    assert attributor.named(text).platforms == platforms


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        ("snap", ("Snapchat",)),
        ("on snap", ("Snapchat",)),
        ("took a snap of her on holiday", ()),
        ("waited a fortnight", ()),
        ("line", ()),
        ("used the line app", ("LINE",)),
        ("waited in line", ()),
        ("signal", ("Signal",)),
        ("lost phone signal", ()),
        ("imo", ()),
        ("imo app", ("imo",)),
        ("messenger", ()),
        ("Kik and messenger", ("Kik",)),
        ("whatsapp and messenger", ("Facebook Messenger", "WhatsApp")),
    ],
)
def test_an_ambiguous_word_names_a_platform_only_in_its_company(
    attributor, text, platforms
) -> None:
    assert attributor.named(text).platforms == platforms


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("social media", Named((), unspecific=True)),
        ("telegram / social media", Named(("Telegram",), unspecific=True)),
        ("Blorptalk", Named((), leftover=("blorptalk",))),
        ("waited in line", Named((), leftover=("waited", "line"))),
        ("Kik, blorptalk", Named(("Kik",))),
        ("n/k", Named((), unspecific=True)),
    ],
)
def test_what_is_unspecific_is_no_platform_and_what_is_unknown_is_left_over(
    attributor, text, named
) -> None:
    assert attributor.named(text) == named


@given(text=st.text(max_size=60))
def test_no_text_breaks_the_attribution(attributor, text) -> None:
    assert set(attributor.named(text).platforms) <= set(attributor.kinds)


@given(names=st.lists(st.sampled_from(["Snapchat", "Instagram", "Kik", "Discord"]), min_size=1))
def test_several_platforms_all_count_once_in_any_order(attributor, names) -> None:
    assert attributor.named(" then ".join(names)).platforms == tuple(sorted(set(names)))


@pytest.mark.parametrize(("leftover", "first"), [("instergrams", "Instagram"), ("kikk", "Kik")])
def test_what_matches_nothing_gets_suggestions(vocabulary, leftover, first) -> None:
    assert suggestions(leftover, vocabulary.platforms)[0] == first


def test_no_more_suggestions_are_given_than_asked_for(vocabulary) -> None:
    assert len(suggestions("instergrams", vocabulary.platforms, most=1)) == 1
    assert suggestions("wwjj", vocabulary.platforms) == []
