"""Of equal proofs the one of the fewest figures is taken, then the one of the newest."""

from __future__ import annotations

import pytest
from helpers.printed_figures import figure, together

from offences.evidence import fewest_figures
from offences.evidence.certificates import adds_up
from offences.evidence.implied import Evidence
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.releases.clean import Cleaned

SPAN = Period.parse("2017/18..2018/19")


def test_one_span_is_shorter_than_its_two_years() -> None:
    whole = figure("a", SPAN, 30, "2018-06-18")
    years = [figure("a", "2017/18", 10, "2024-10-31"), figure("a", "2018/19", 20, "2024-10-31")]
    proof = together("a", [whole, *years]).bounds(SPAN).lower
    assert [line.figure for line in proof.lines] == [whole]


def test_of_equally_many_figures_the_newest_are_taken() -> None:
    halves = ["2017-04..2018-09", "2018-10..2019-03"]
    older = [figure("a", period, 15, "2018-06-18") for period in halves]
    newer = [figure("a", year, 15, "2024-10-31") for year in ("2017/18", "2018/19")]
    proof = together("a", [*older, *newer]).bounds(SPAN).upper
    assert proof is not None
    assert [line.figure for line in proof.lines] == newer


def test_the_smallest_of_two_contradictions_that_share_a_figure_is_named_first() -> None:
    whole = figure("a", SPAN, 30, "2024-10-31")
    first, both = figure("a", "2017/18", 40), [figure("a", "2018/19", 5)]
    (conflict,) = together("a", [whole, first, *both]).conflicts[:1]
    assert conflict.figures == (whole, first)


def test_among_too_many_figures_a_short_proof_is_taken_and_proves_the_same(
    known: Cleaned, six_years: Period, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fewest_figures, "_FEW", 0)
    evidence, places = Evidence.of(known), known.vocabulary.places
    implied = evidence.inside(places.asked_for("North East", "ons")).bounds(six_years)
    assert implied.bounds == Bounds(1_987, 1_987)
    assert len(implied.lower.lines) == 3
    wales = evidence.inside(places.asked_for("Wales", "ons"))
    assert [conflict.by for conflict in wales.conflicts] == [11, 6, 6]
    assert all(adds_up(conflict.proof) for conflict in wales.conflicts)
