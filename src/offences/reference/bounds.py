"""Bounds: the least and the most that a number can be, by what was printed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Bounds:
    """All numbers from ``lower`` to ``upper``, both ends included.

    Attributes
    ----------
    upper
        Infinite where nothing bounds it from above: an *open* end. In tables and files, where a
        number that is not known is an empty cell, an open end is an empty cell too; only
        :meth:`of` and :meth:`columns` know both forms.
    """

    lower: float
    upper: float = math.inf

    @classmethod
    def exactly(cls, value: float) -> Bounds:
        """Return the bounds of a number that is known."""
        return cls(value, value)

    @classmethod
    def of(cls, row: Mapping[str, Any], prefix: str = "") -> Bounds:
        """Return the bounds in the columns ``lower`` and ``upper`` (after a prefix) of a row."""
        upper = float(row[f"{prefix}upper"])
        return cls(float(row[f"{prefix}lower"]), math.inf if math.isnan(upper) else upper)

    @classmethod
    def summed(cls, every: Iterable[Bounds]) -> Bounds:
        """Return what the sum of numbers can be; of no numbers it is exactly 0."""
        return sum(every, cls.exactly(0.0))

    def columns(self, prefix: str = "") -> dict[str, float]:
        """Return the bounds as the columns of a row, an open end as a number that is not known."""
        return {
            f"{prefix}lower": self.lower,
            f"{prefix}upper": math.nan if self.is_open else self.upper,
        }

    @property
    def is_open(self) -> bool:
        """Whether nothing bounds it from above."""
        return math.isinf(self.upper)

    @property
    def is_exact(self) -> bool:
        """Whether only one number is left."""
        return self.lower == self.upper

    def __contains__(self, number: float) -> bool:
        """Whether a number lies in it; one that is not known never does."""
        return self.lower <= number <= self.upper

    def __add__(self, other: Bounds) -> Bounds:
        """Return what the sum of two numbers can be."""
        return Bounds(self.lower + other.lower, self.upper + other.upper)

    def meets(self, other: Bounds) -> bool:
        """Return whether one number lies in both."""
        return self.lower <= other.upper and other.lower <= self.upper

    def shared(self, *others: Bounds) -> Bounds | None:
        """Return the numbers that lie in these and in all others, None where there are none."""
        every = (self, *others)
        lower, upper = max(b.lower for b in every), min(b.upper for b in every)
        return Bounds(lower, upper) if lower <= upper else None

    def joined(self, *others: Bounds) -> Bounds:
        """Return the least bounds that hold these and the others."""
        every = (self, *others)
        return Bounds(min(b.lower for b in every), max(b.upper for b in every))


ANYTHING = Bounds(0.0)
"""The bounds of a count of which nothing is known."""
