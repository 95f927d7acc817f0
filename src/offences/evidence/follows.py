"""What follows exactly: sums that nobody printed and that the printed figures leave no choice of.

They are kept apart from what was printed: a figure that follows is arithmetic of ours, with the
printed figures it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from offences.evidence.constraints import Constraint
from offences.evidence.implied import EvidenceInside, Implied
from offences.reference.periods import Period


@dataclass(frozen=True)
class Follows:
    """A sum that nobody printed and that the printed figures fix.

    Attributes
    ----------
    forces, period
        What it is about.
    number
        The offences.
    implied
        The proofs that it is at least and at most that.
    """

    forces: tuple[str, ...]
    period: Period
    number: int
    implied: Implied


def follows(evidence: EvidenceInside, years: Period) -> list[Follows]:
    """Return the sums inside the years that follow exactly: of the place, then of each force.

    They are years and spans of years. A span that only adds up shorter ones which are exact too is
    left out, unless it is the whole of the years.
    """
    subjects = dict.fromkeys([evidence.place.forces, *((f,) for f in evidence.place.forces)])
    return [found for forces in subjects for found in _of(evidence, forces, years)]


def _of(evidence: EvidenceInside, forces: tuple[str, ...], years: Period) -> Iterator[Follows]:
    """Yield what follows for some forces together, the shortest periods first."""
    printed = [one for one in evidence.figures if set(one.forces) == set(forces)]
    exact = {one.period for one in printed if one.holds.is_exact}
    for period in _spans(years):
        shorter = any(
            Period(period.first, cut - 1) in exact and Period(cut, period.last) in exact
            for cut in range(period.first + 12, period.last, 12)
        )
        if period in exact or (shorter and period != years):
            exact.add(period)
        elif evidence.may_be_exact(period, forces):
            implied = evidence.bounds(period, forces)
            number = int(implied.bounds.lower)
            if implied.bounds.is_exact and not _rests_on_doubt(implied):
                exact.add(period)
                if not any(_says(one, period, number) for one in printed):
                    yield Follows(forces, period, number, implied)


def _rests_on_doubt(implied: Implied) -> bool:
    """Return whether a proof uses a figure that gives way, so that its number is no fact."""
    proofs = [implied.lower, implied.upper]
    return any(line.figure.gives_way for proof in proofs if proof for line in proof.lines)


def _spans(years: Period) -> list[Period]:
    """Return every span of whole years inside the years, the shortest first."""
    starts = [year.first for year in years.years()]
    spans = [Period(a, b + 11) for a in starts for b in starts if a <= b]
    return sorted(spans, key=lambda span: (span.months, span.first))


def _says(figure: Constraint, period: Period, number: int) -> bool:
    """Return whether a figure is that number for the period, or one to choose from."""
    return figure.period == period and (number in figure.numbers_printed or not figure.says.is_open)
