"""One printed cell: what was printed, read as a value with bounds and a status.

A cell is not a number. ``58`` is 58; ``almost 34,000`` is below 34,000; ``<5`` is 1 to 4; ``n/a``
is not 0. A printed percentage is an interval: 48 stands for 47.5 to 48.5.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from offences.errors import UnreadableError
from offences.reference.bounds import ANYTHING, Bounds
from offences.reference.statuses import Status

_UNSTATED_LIMIT = 4
"""What a bare asterisk can hide at most: forces suppress counts below five."""

_MISSING = {"", "n/a", "na", "not available", "not provided", "no response", "did not answer"}
_NOT_HELD = {"not held", "no information held", "no field in the system", "not retrievable"}
_REFUSED = re.compile(r"(full refusal|refused|exempt|withheld|s\.? ?\d+|section \d+)\b.*")
_SUPPRESSED = re.compile(r"\*|<\s*(?P<below>\d+)|(?P<low>\d+)\s*-\s*(?P<high>\d+)")

_BELOW = ("almost", "nearly", "just under", "under", "fewer than", "less than")
_UP_TO = ("up to", "at most")
_ABOVE = ("more than", "over", "above", "just over")
_FROM = ("at least",)
_NEAR = ("around", "about", "approximately", "roughly", "some")
_QUALIFIERS = sorted((*_BELOW, *_UP_TO, *_ABOVE, *_FROM, *_NEAR), key=len, reverse=True)
_QUALIFIER = re.compile(rf"(?P<word>{'|'.join(_QUALIFIERS)})\s+")

_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_UNDER_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = (
    {word: n for n, word in enumerate(_UNDER_TWENTY.split(), start=1)}
    | {ten: 10 * n for n, ten in enumerate(_TENS.split(), start=2)}
    | {
        f"{ten}-{unit}": 10 * n + u
        for n, ten in enumerate(_TENS.split(), start=2)
        for u, unit in enumerate(_UNDER_TWENTY.split()[:9], start=1)
    }
)
"""Whole numbers from one to ninety-nine by their English words."""

_WORDS = WORDS | {"a": 1, "an": 1}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
_FRACTION = re.compile(rf"(?P<top>[a-z]+)[ -](?P<part>{'|'.join(_PARTS)})s?")
_RATIO = re.compile(r"(?P<top>\w+) (?:in|out of) (?P<of>\w+)")
_LARGE = re.compile(r"(?P<n>[a-z]+) (?P<size>hundred|thousand)")


@dataclass(frozen=True)
class Cell:
    """A printed cell as read.

    Attributes
    ----------
    value
        The number printed; NaN where there is none.
    bounds
        What it allows.
    """

    value: float
    bounds: Bounds
    status: Status


def parse(printed: str, unit: str, *, signed: bool = False) -> Cell:
    """Read a cell as printed.

    Parameters
    ----------
    printed
        The text of the cell.
    unit
        ``count`` or ``percent``.
    signed
        Whether the number may be negative (a change, for instance).

    Raises
    ------
    UnreadableError
        With a sentence that says what is wrong: unreadable, negative, a share above 100, a count
        that is not whole.
    """
    text = re.sub(r"\s+", " ", printed.strip()).casefold()
    if text in _MISSING:
        return Cell(math.nan, ANYTHING, Status.MISSING)
    if text in _NOT_HELD:
        return Cell(math.nan, ANYTHING, Status.NOT_HELD)
    if _REFUSED.fullmatch(text):
        return Cell(math.nan, ANYTHING, Status.REFUSED)
    if match := _SUPPRESSED.fullmatch(text):
        return _suppressed(match)
    if unit == "percent":
        text = text.removesuffix("%").strip()
    qualifier = _QUALIFIER.match(text)
    word = qualifier["word"] if qualifier else ""
    number, is_words = _number(text[qualifier.end() :] if qualifier else text, unit)
    if number is None:
        raise UnreadableError(
            f"{printed!r} is neither a number nor a marker that is known "
            "(n/a, *, <5, 1-4, not held, refused s.12)",
            "Type what the page prints.",
        )
    if number < 0 and not signed:
        raise UnreadableError(
            f"{printed!r} is below zero", f"Check the page; a {unit} cannot be negative."
        )
    if unit == "percent" and not signed and number > 100:
        raise UnreadableError(f"{printed!r} is a share above 100 percent", "Check the page.")
    if unit == "count" and number != int(number):
        raise UnreadableError(f"{printed!r} is not a whole number", "A count has no decimals.")
    if word or is_words:
        return _approximate(number, word, unit, signed=signed)
    if unit == "count":
        return Cell(number, Bounds.exactly(number), Status.REPORTED)
    half = 0.5 * 10 ** -len(text.partition(".")[2])
    lower, upper = number - half, number + half
    if not signed:
        lower, upper = max(lower, 0), min(upper, 100)
    return Cell(number, Bounds(lower, upper), Status.REPORTED)


def _suppressed(match: re.Match[str]) -> Cell:
    low, high = 0, _UNSTATED_LIMIT
    if match["below"]:
        low, high = 1, int(match["below"]) - 1
    elif match["low"]:
        low, high = int(match["low"]), int(match["high"])
        if low > high:
            raise UnreadableError(f"{match[0]!r} is a range that ends before it begins")
    return Cell(math.nan, Bounds(low, high), Status.SUPPRESSED)


def _number(text: str, unit: str) -> tuple[float | None, bool]:
    """Return the number a text states, and whether it was stated in words."""
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "")), False
    if unit == "percent":
        if (match := _FRACTION.fullmatch(text)) and match["top"] in _WORDS:
            return round(100 * _WORDS[match["top"]] / _PARTS[match["part"]], 1), True
        if match := _RATIO.fullmatch(text):
            top, of = (_WORDS.get(n, n) for n in (match["top"], match["of"]))
            if str(top).isdecimal() and str(of).isdecimal() and int(of):
                return round(100 * int(top) / int(of), 1), True
    elif (match := _LARGE.fullmatch(text)) and match["n"] in _WORDS:
        return float(_WORDS[match["n"]] * {"hundred": 100, "thousand": 1000}[match["size"]]), True
    elif text.replace(" ", "-") in WORDS:
        return float(WORDS[text.replace(" ", "-")]), False
    return None, False


def _approximate(number: float, word: str, unit: str, *, signed: bool) -> Cell:
    """Return what a rounded wording states, and no more: an end it does not state stays open."""
    step = 1 if unit == "count" else 0
    lowest = -100.0 if signed else 0.0  # nothing can fall by more than all of it
    highest = math.inf if unit == "count" or signed else 100.0
    if word in _BELOW:
        highest = number - step
    elif word in _UP_TO:
        highest = number
    elif word in _ABOVE:
        lowest = number + step
    elif word in _FROM:
        lowest = number
    return Cell(number, Bounds(lowest, highest), Status.APPROXIMATE)
