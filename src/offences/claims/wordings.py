"""What the words of a claim allow: ``almost 2,000``, ``more than a quarter``, ``tripled``.

The limits are not here but in ``data/reference/wordings.csv``, each with its reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from offences.errors import did_you_mean
from offences.project import Project
from offences.reference.bounds import Bounds
from offences.tables import SPLIT, Names, Number, TableRow, Text, YesNo, read_table

ValueKind = Literal["count", "share", "change", "rank"]
"""Kinds of stated values: a number of things, a share in percent, a change in percent, a rank."""

EXACTLY = "exactly"


@dataclass(frozen=True)
class Interval:
    """The numbers that a wording allows; an end can be infinite, or left out.

    Attributes
    ----------
    without
        A number at an end that does not belong to it; None when both ends do.
    """

    bounds: Bounds
    without: float | None = None

    def __contains__(self, number: float) -> bool:
        """Whether the number lies in it; NaN never does."""
        return number in self.bounds and number != self.without

    def holds(self, other: Bounds) -> bool:
        """Return whether all of ``other`` lies in it."""
        return other.lower in self and other.upper in self

    def meets(self, other: Bounds) -> bool:
        """Return whether any of ``other`` lies in it."""
        if other.is_exact:
            return other.lower in self
        shared = self.bounds.shared(other)
        if shared is None or self.without is None:
            return shared is not None
        return shared != Bounds.exactly(self.without)


@dataclass(frozen=True)
class Stated:
    """A stated value with what its wording allows.

    Attributes
    ----------
    text
        As a reader sees it, without a unit: ``almost 2,000``.
    value
        The number stated, also where it was stated in words (a quarter: 25).
    allowed
        What the wording allows.
    stretched
        What it can be stretched to; wider than ``allowed``.
    reason
        Why the limits are where they are.
    """

    text: str
    value: float
    allowed: Interval
    stretched: Interval
    reason: str


class WordingRule(TableRow):
    """One row of ``wordings.csv``: what a wording and its synonyms allow.

    Limits are in percent of the value, in percent of what a change leads to (doubled: of 2), in
    percentage points, or in units of the last digit printed; None where there is no limit.
    """

    wording: Annotated[Names, Field(min_length=1)]
    applies_to: Annotated[tuple[ValueKind, ...], SPLIT, Field(min_length=1)]
    value: Number
    limits_in: Literal["percent", "percent of the new number", "points", "last digit"]
    lowest: Number
    highest: Number
    stretch_lowest: Number
    stretch_highest: Number
    excludes_value: YesNo
    reason: Text

    def around(self, number: float, unit: float, *, stretched: bool = False) -> Interval:
        """Return what the limits, in multiples of a unit, allow around a number."""
        low = self.stretch_lowest if stretched else self.lowest
        high = self.stretch_highest if stretched else self.highest
        lower = -math.inf if low is None else number + low * unit
        upper = math.inf if high is None else number + high * unit
        return Interval(Bounds(lower, upper), number if self.excludes_value else None)


@dataclass(frozen=True)
class Wordings:
    """The rules of every wording, by wording and kind of value."""

    rules: dict[tuple[str, str], WordingRule]

    @classmethod
    def read(cls, project: Project) -> Wordings:
        """Read ``wordings.csv``.

        Raises
        ------
        DataError
            When a cell is wrong, two rows are about the same wording and kind, or a stretch is
            narrower than what it stretches.
        """
        rules: dict[tuple[str, str], WordingRule] = {}
        for rule in read_table(project, project.reference / "wordings.csv", WordingRule):
            _refuse_narrow(rule)
            for wording in rule.wording:
                for kind in rule.applies_to:
                    earlier = rules.setdefault((wording, kind), rule)
                    if earlier is not rule:
                        where = f"is already in row {earlier.line}. Keep one rule."
                        raise rule.wrong("wording", f"{wording!r} for {kind} {where}")
        return cls(rules)

    def stated(self, wording: str, kind: str, value: Decimal | None) -> Stated:
        """Return what a wording with its value states and allows.

        Parameters
        ----------
        wording
            ``exactly``, a qualifier (``almost``), an amount (``a quarter``), or both (``more than
            a quarter``).
        kind
            One of :data:`ValueKind`.
        value
            The number; None where the wording is an amount.

        Raises
        ------
        ValueError
            With a sentence that says what is wrong with the wording or the value.
        """
        qualifier, amount = self._split(wording, kind)
        if amount is None and value is None:
            raise ValueError(f"{wording!r} states no number of its own: give a value.")
        if amount is not None and value is not None:
            raise ValueError(f"{wording!r} states its number in words: leave the value out.")
        rule = self.rules[qualifier or amount or EXACTLY, kind]
        number = self.rules[amount, kind].value if amount else float(value or 0)
        assert number is not None, "an amount states a number"
        last_digit = Decimal(1).scaleb(int(value.as_tuple().exponent)) if value is not None else 1
        text = f"{value:,}" if value is not None else str(amount)
        if kind in ("share", "change") and value is not None:
            text += "%"
        if qualifier and qualifier != EXACTLY:
            text = f"{qualifier} {text}"
        unit = _scale(rule.limits_in, number, float(last_digit))
        allowed, stretched = (rule.around(number, unit, stretched=s) for s in (False, True))
        return Stated(text, number, allowed, stretched, rule.reason)

    def _split(self, wording: str, kind: str) -> tuple[str | None, str | None]:
        """Return the qualifier and the amount of a wording, either of which may be missing."""
        known = {w: rule for (w, k), rule in self.rules.items() if k == kind}
        amounts = {w for w, rule in known.items() if rule.value is not None}
        if wording in amounts:
            return None, wording
        if wording in known:
            return wording, None
        for qualifier in sorted(set(known) - amounts, key=len, reverse=True):
            rest = wording.removeprefix(f"{qualifier} ")
            if rest != wording and rest in amounts:
                return qualifier, rest
        hint = did_you_mean(wording, known)
        there = f". Known for a {kind}: {', '.join(sorted(known))}."
        raise ValueError(f"unknown wording {wording!r}{hint or there}")


def _scale(limits_in: str, value: float, last_digit: float) -> float:
    """Return what one unit of a limit is worth for a value."""
    return {
        "percent": abs(value) / 100 or 1.0,
        "percent of the new number": (100 + value) / 100,
        "points": 1.0,
        "last digit": last_digit,
    }[limits_in]


def _refuse_narrow(rule: WordingRule) -> None:
    """Refuse a rule whose stretch is narrower than what it stretches."""
    allowed, stretched = (rule.around(0.0, 1.0, stretched=s).bounds for s in (False, True))
    if stretched.lower > allowed.lower:
        raise rule.wrong("stretch_lowest", "is narrower than what it stretches.")
    if stretched.upper < allowed.upper:
        raise rule.wrong("stretch_highest", "is narrower than what it stretches.")
