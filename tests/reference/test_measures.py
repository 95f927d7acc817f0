"""Measures: what the dictionary of them says about a printed number."""

from __future__ import annotations

from offences.project import Project
from offences.reference.measures import read_measures


def test_only_printed_changes_can_be_negative(project: Project) -> None:
    signed = [measure.measure for measure in read_measures(project).values() if measure.signed]
    assert signed == ["offences_change_pct", "offences_against_girls_change_pct"]
