"""Platforms: a printed label names a platform, a company or a group, or nothing."""

from __future__ import annotations

import pytest
from helpers.projects import edit

from offences.errors import DataError
from offences.project import Project
from offences.reference.platforms import Platforms, Subject
from offences.releases.load import Loaded


@pytest.fixture(scope="module")
def platforms(loaded: Loaded) -> Platforms:
    return loaded.vocabulary.platforms


@pytest.mark.parametrize(
    ("label", "subject"),
    [
        ("Snapchat", Subject("Snapchat", "platform", ("Snapchat",))),
        ("insta", Subject("Instagram", "platform", ("Instagram",))),
        ("Meta", Subject("Meta", "parent", ("Meta",))),
        (
            "FB+Instagram",
            Subject("Facebook+Instagram", "group", ("Facebook", "Instagram")),
        ),
        (
            "Facebook and Messenger",
            Subject("Facebook and Messenger", "group", ("Facebook", "Facebook Messenger")),
        ),
        ("Messenger", None),
        ("snap", None),
        ("Instagram+Nonesuch", None),
        ("Nonesuch", None),
    ],
)
def test_what_a_printed_label_names(
    platforms: Platforms, label: str, subject: Subject | None
) -> None:
    assert platforms.printed(label) == subject


@pytest.mark.parametrize(
    ("label", "near"),
    [("Snapchta", ["Snapchat"]), ("Instagram+Snapchta", ["Snapchat"]), ("Instagram", [])],
)
def test_names_that_are_near_are_given_one_by_one(
    platforms: Platforms, label: str, near: list[str]
) -> None:
    assert platforms.suggestions(label)[: len(near)] == near
    assert all(platforms.printed(name) for name in platforms.suggestions(label))


@pytest.mark.parametrize(
    ("label", "parent"),
    [
        ("Instagram", "Meta"),
        ("Meta", "Meta"),
        ("Facebook+Instagram", "Meta"),
        ("Instagram+Snapchat", ""),
    ],
)
def test_a_group_has_a_parent_when_all_its_members_have_it(
    platforms: Platforms, label: str, parent: str
) -> None:
    subject = platforms.printed(label)
    assert subject is not None
    assert platforms.parent_of(subject) == parent


def test_every_platform_is_spelt_as_itself_and_has_a_kind(platforms: Platforms) -> None:
    assert set(platforms.kinds) == set(platforms.parents) == {p for _, p in platforms.spellings}
    assert all(platforms.kinds.values())
    assert {(name, name) for name in platforms.kinds} <= set(platforms.spellings)


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("platforms.csv", "\nInstagram,", "\nFacebook,", "platform"),
        ("platforms.csv", "\nInstagram,Meta,social,", "\nInstagram,Meta,,", "kind"),
        ("platform_groups.csv", "Facebook|Facebook Messenger", "", "platforms"),
        ("ambiguous_words.csv", "single letter,channel", "single letter,chanel", "enough"),
    ],
)
def test_a_slip_in_the_tables_of_platforms_is_named(
    copy: Project, file: str, old: str, new: str, column: str
) -> None:
    row = edit(copy.reference / file, old, new) + old.startswith("\n")
    with pytest.raises(DataError, match=f"{file}, row {row}, column '{column}'"):
        Platforms.read(copy)
