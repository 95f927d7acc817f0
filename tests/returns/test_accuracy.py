"""Labelled strings: how well the rules name their platforms."""

from __future__ import annotations

import pytest

from offences.reference.platforms import Platforms
from offences.returns.settle.accuracy import Accuracy, LabelledString, accuracy, read_labelled
from offences.returns.settle.platform_names import read_attributor


@pytest.mark.parametrize("half", ["tune", "held"])
def test_precision_and_recall_reach_the_aim_on_labelled_strings(project, half) -> None:
    attributor = read_attributor(project, Platforms.read(project))
    done = accuracy(attributor, [one for one in read_labelled(project) if one.half == half])
    assert done.strings >= 200
    assert done.precision >= 0.95
    assert done.recall >= 0.90


def test_most_labelled_strings_are_not_in_the_alias_table(project) -> None:
    spelt = {spelling.casefold() for spelling, _ in Platforms.read(project).spellings}
    texts = [one.text.casefold() for one in read_labelled(project)]
    assert len(texts) >= 300
    assert sum(text not in spelt for text in texts) > len(texts) / 2


def test_precision_and_recall_count_pairs_of_string_and_platform(project) -> None:
    attributor = read_attributor(project, Platforms.read(project))
    about = {"file": "free_text.csv", "line": 2, "half": "tune"}
    given = {"snap chat / insta": "Instagram|Snapchat", "Kik": "Discord", "unknown": ""}
    labelled = [
        LabelledString.model_validate({"text": text, "platforms": platforms, **about})
        for text, platforms in given.items()
    ]
    done = accuracy(attributor, labelled)
    assert done == Accuracy(strings=3, right=2, wrong=1, missed=1)
    assert (done.precision, done.recall) == (2 / 3, 2 / 3)
