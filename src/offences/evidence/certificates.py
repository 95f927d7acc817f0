"""Certificates: the printed figures that prove a bound, as a sum that anybody can add up by hand.

The figures, each with its multiplier, count every offence asked about at most once (for a bound
from below) or at least once (from above), and no other offence more than nought times (or less).
So the sum of the figures is a bound. Checking that needs plain addition only, not the solver.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from offences.evidence.constraints import Constraint, told_apart
from offences.reference.periods import Period


@dataclass(frozen=True)
class ProofLine:
    """One printed figure of a proof.

    Attributes
    ----------
    figure
        What was printed, with release, pages and period.
    multiplier
        How often it is added; below nought, subtracted.
    number
        The whole offences that count: the least or the most that the figure says.
    """

    figure: Constraint
    multiplier: Fraction
    number: int


@dataclass(frozen=True)
class Certificate:
    """A proof that the offences of some forces in a period are at least, or at most, a number.

    Attributes
    ----------
    forces, period
        What is bounded. Without forces it is nothing: a proof that nothing is at least 3 shows
        that its figures cannot all be true.
    from_below
        Whether it proves "at least"; otherwise "at most".
    lines
        The figures. Without any, it proves that a count is at least 0.
    """

    forces: tuple[str, ...]
    period: Period
    from_below: bool
    lines: tuple[ProofLine, ...]

    @property
    def total(self) -> Fraction:
        """What the figures add up to."""
        return sum((line.multiplier * line.number for line in self.lines), start=Fraction(0))

    @property
    def bound(self) -> int:
        """The whole offences proved: offences are whole, so 10 and a half prove at least 11."""
        return math.ceil(self.total) if self.from_below else math.floor(self.total)


def adds_up(certificate: Certificate) -> bool:
    """Return whether the figures prove the bound, by addition alone.

    For every force and every stretch of months, the multipliers of the figures that count it add
    up to no more (from above: to no less) than how often the sum asked about counts it, and each
    number is the end of its figure that a multiplier of that sign may use.
    """
    if not all(_is_the_right_end(line, certificate.from_below) for line in certificate.lines):
        return False
    for force, months in _stretches(certificate):
        counted = sum(
            line.multiplier
            for line in certificate.lines
            if force in line.figure.forces and months in line.figure.period
        )
        asked = int(force in certificate.forces and months in certificate.period)
        if counted > asked if certificate.from_below else counted < asked:
            return False
    return True


def _is_the_right_end(line: ProofLine, from_below: bool) -> bool:
    """Return whether a line adds what its figure is at least, or subtracts what it is at most."""
    holds = line.figure.holds
    end = holds.lower if (line.multiplier > 0) == from_below else holds.upper
    return line.number == end


def _stretches(certificate: Certificate) -> Iterator[tuple[str, Period]]:
    """Yield every force with every stretch of months that the figures or the question tell apart.

    Months before and after all of them are counted by none.
    """
    periods = [certificate.period, *(line.figure.period for line in certificate.lines)]
    forces = dict.fromkeys(certificate.forces)
    for line in certificate.lines:
        forces |= dict.fromkeys(line.figure.forces)
    for force in forces:
        for months in told_apart(periods):
            yield force, months
