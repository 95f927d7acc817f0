"""What the words of a claim allow: ``almost 2,000``, ``more than a quarter``, ``tripled``.

The limits are not here but in ``data/reference/wordings.csv``, each with its reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from offences.errors import DataError, did_you_mean
from offences.project import Project
from offences.tables import Row, read_rows

KINDS = ("count", "share", "change", "rank")
"""Kinds of stated values: a number of things, a share in percent, a change in percent, a rank."""

EXACTLY = "exactly"
LIMITS_IN = ("percent", "percent of the new number", "points", "last digit")
"""What limits are in: percent of the value, of what a change leads to (doubled: of 2), percentage
points, or units of the last digit printed."""

COLUMNS = [
    "wording",
    "applies_to",
    "value",
    "limits_in",
    "lowest",
    "highest",
    "stretch_lowest",
    "stretch_highest",
    "excludes_value",
    "reason",
]


@dataclass(frozen=True)
class Interval:
    """Numbers from ``lower`` to ``upper``; infinite where there is no limit.

    Attributes
    ----------
    without
        A number at an end that does not belong to it; NaN when both ends do.
    """

    lower: float
    upper: float
    without: float = math.nan

    def __contains__(self, number: float) -> bool:
        """Whether the number lies in it; NaN never does."""
        return self.lower <= number <= self.upper and number != self.without

    def holds(self, lower: float, upper: float) -> bool:
        """Return whether all of ``lower`` to ``upper`` (NaN: open) lies in it."""
        top = math.inf if math.isnan(upper) else upper
        return lower in self and top <= self.upper and top != self.without

    def meets(self, lower: float, upper: float) -> bool:
        """Return whether any of ``lower`` to ``upper`` (NaN: open) lies in it."""
        top = math.inf if math.isnan(upper) else upper
        if lower == top:
            return lower in self
        if lower == self.without == self.upper or top == self.without == self.lower:
            return False
        return lower <= self.upper and top >= self.lower


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


@dataclass(frozen=True)
class _Rule:
    value: float
    limits_in: str
    limits: tuple[float, float, float, float]
    excludes_value: bool
    reason: str


@dataclass(frozen=True)
class Wordings:
    """The rules of every wording, by wording and kind of value."""

    rules: dict[tuple[str, str], _Rule]

    @classmethod
    def read(cls, project: Project) -> Wordings:
        """Read ``wordings.csv``.

        Raises
        ------
        DataError
            When a limit is not a number, a rule stands twice, or a stretch is narrower than what
            it stretches.
        """
        path = project.reference / "wordings.csv"
        file = project.relative(path)
        rules: dict[tuple[str, str], _Rule] = {}
        for row in read_rows(project, path, COLUMNS):
            rule = _rule(file, row)
            for wording in row.cells["wording"].split("|"):
                for kind in row.cells["applies_to"].split("|"):
                    if kind not in KINDS:
                        problem = f"unknown kind {kind!r}{did_you_mean(kind, KINDS)}"
                        raise DataError(file, problem, row=row.line, column="applies_to")
                    if (wording, kind) in rules:
                        problem = f"{wording!r} stands twice for {kind}."
                        raise DataError(file, problem, row=row.line, column="wording")
                    rules[wording, kind] = rule
        return cls(rules)

    def stated(self, wording: str, kind: str, value: Decimal | None) -> Stated:
        """Return what a wording with its value states and allows.

        Parameters
        ----------
        wording
            ``exactly``, a qualifier (``almost``), an amount (``a quarter``), or both (``more than
            a quarter``).
        kind
            One of :data:`KINDS`.
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
        number = float(value) if value is not None else self.rules[amount or "", kind].value
        last_digit = Decimal(1).scaleb(int(value.as_tuple().exponent)) if value is not None else 1
        text = f"{value:,}" if value is not None else str(amount)
        if kind in ("share", "change") and value is not None:
            text += "%"
        if qualifier and qualifier != EXACTLY:
            text = f"{qualifier} {text}"
        low, high, least, most = (
            number + limit * _scale(rule.limits_in, number, float(last_digit))
            for limit in rule.limits
        )
        without = number if rule.excludes_value else math.nan
        return Stated(
            text, number, Interval(low, high, without), Interval(least, most, without), rule.reason
        )

    def _split(self, wording: str, kind: str) -> tuple[str | None, str | None]:
        """Return the qualifier and the amount of a wording, either of which may be missing."""
        known = {w: rule for (w, k), rule in self.rules.items() if k == kind}
        amounts = {w for w, rule in known.items() if not math.isnan(rule.value)}
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


def _rule(file: str, row: Row) -> _Rule:
    cells = row.cells

    def number(column: str, empty: float) -> float:
        try:
            return float(cells[column]) if cells[column] else empty
        except ValueError:
            problem = f"{cells[column]!r} is not a number."
            raise DataError(file, problem, row=row.line, column=column) from None

    low, least = (number(c, -math.inf) for c in ("lowest", "stretch_lowest"))
    high, most = (number(c, math.inf) for c in ("highest", "stretch_highest"))
    if least > low or most < high:
        problem = "is narrower than what it stretches."
        column = "stretch_lowest" if least > low else "stretch_highest"
        raise DataError(file, problem, row=row.line, column=column)
    if cells["limits_in"] not in LIMITS_IN:
        problem = f"{cells['limits_in']!r} is none of: {', '.join(LIMITS_IN)}."
        raise DataError(file, problem, row=row.line, column="limits_in")
    if cells["excludes_value"] not in ("yes", "no"):
        problem = f"{cells['excludes_value']!r} is neither yes nor no."
        raise DataError(file, problem, row=row.line, column="excludes_value")
    if not cells["reason"]:
        problem = "is empty: every limit has a reason."
        raise DataError(file, problem, row=row.line, column="reason")
    return _Rule(
        number("value", math.nan),
        cells["limits_in"],
        (low, high, least, most),
        cells["excludes_value"] == "yes",
        cells["reason"],
    )
