"""The vocabulary: places, platforms and measures are read once and fit one another."""

from __future__ import annotations

import pytest
from helpers.projects import edit

from offences.errors import DataError
from offences.project import Project
from offences.reference.measures import PLATFORM_MEASURES, read_measures
from offences.reference.vocabulary import Vocabulary
from offences.releases.load import Loaded


@pytest.mark.parametrize(
    ("measure", "unit", "counts", "base"),
    [
        ("offences", "count", "offences", ""),
        ("pct_girls", "percent", "victims", "gender_known"),
        ("platform_pct", "percent", "offences", "means_known"),
    ],
)
def test_a_measure_says_what_it_counts_and_what_a_share_is_of(
    project: Project, measure: str, unit: str, counts: str, base: str
) -> None:
    found = read_measures(project)[measure]
    assert (found.unit, found.counts, found.base) == (unit, counts, base)


def test_every_base_that_a_page_prints_is_a_measure(project: Project) -> None:
    measures = read_measures(project)
    bases = {one.base for one in measures.values() if one.base}
    assert bases - set(measures) == {"gender_and_age_known"}, "no page prints that number"
    assert set(PLATFORM_MEASURES) <= set(measures)


def test_loading_matched_its_figures_with_the_vocabulary_it_hands_on(
    project: Project, loaded: Loaded
) -> None:
    assert loaded.vocabulary == Vocabulary.read(project)
    assert set(loaded.observations["measure"]) <= set(loaded.vocabulary.measures)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("\noffences,count,", "\noffences,counts,", "'unit': unknown unit 'counts': did you"),
        ("\noffences_change_pct,", "\noffences,", "'measure': 'offences' is already in row 2"),
        ("\noffences,count,offences,", "\noffences,count,,", "'counts': is empty"),
    ],
)
def test_a_slip_in_the_measures_is_named(copy: Project, old: str, new: str, problem: str) -> None:
    row = edit(copy.reference / "measures.csv", old, new) + 1
    with pytest.raises(DataError, match=f"measures.csv, row {row}, column {problem}"):
        Vocabulary.read(copy)
