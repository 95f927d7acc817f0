"""The solver's answer read back as fractions of printed figures."""

from __future__ import annotations

from fractions import Fraction

from helpers.printed_figures import figure, together

from offences.evidence.certificates import adds_up
from offences.evidence.proof_sentences import certificate_in_words
from offences.reference.bounds import Bounds
from offences.reference.periods import Period

YEAR = Period.parse("2017/18")


def test_three_pairs_prove_half_of_their_sum_and_offences_are_whole() -> None:
    pairs = [figure(forces, YEAR, Bounds(3)) for forces in ("ab", "ac", "bc")]
    proof = together("abc", pairs).bounds(YEAR).lower
    assert [line.multiplier for line in proof.lines] == [Fraction(1, 2)] * 3
    assert proof.total == Fraction(9, 2)
    assert proof.bound == 5
    assert adds_up(proof)
    assert certificate_in_words(proof).startswith("ab 1/2 \u00d7 at least 3 (printed as over 2)")


def test_the_lines_are_in_the_order_of_the_releases_the_newest_first() -> None:
    years = [figure("a", f"20{year}/{year + 1}", 5, f"20{year + 2}-01-01") for year in (17, 18, 19)]
    proof = together("a", years).bounds(Period.parse("2017/18..2019/20")).lower
    days = [line.figure.released for line in proof.lines]
    assert days == sorted(days, reverse=True)


def test_a_most_subtracts_what_is_at_least_elsewhere() -> None:
    figures = [figure("a", "2017/18..2018/19", 30), figure("a", YEAR, Bounds(12))]
    implied = together("a", figures).bounds(Period.parse("2018/19"))
    assert implied.bounds == Bounds(0, 18)
    assert implied.upper is not None
    assert [line.multiplier * line.number for line in implied.upper.lines] == [30, -12]
