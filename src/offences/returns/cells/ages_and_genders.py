"""Ages and genders of victims as forces band them.

Bands are kept as printed. They are combined only where they nest: ``0-5`` and ``6-10`` lie within
``under 12``, ``11-15`` crosses its edge and is neither.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from offences.reference.places import normalise

FEMALE, MALE, OTHER, UNKNOWN = "female", "male", "other", "unknown"
_GENDERS = {
    FEMALE: ("f", "female", "females", "girl", "girls", "female victims",
             "number of female victims"),
    MALE: ("m", "male", "males", "boy", "boys", "male victims", "number of male victims"),
    OTHER: ("other", "non-binary", "transgender", "indeterminate"),
    UNKNOWN: (
        "u", "unknown", "not recorded", "unrecorded", "unknown/unrecorded", "not known",
        "not stated", "unknown gender", "unspecified", "none recorded",
    ),
}  # fmt: skip
_GENDER_OF = {word: gender for gender, words in _GENDERS.items() for word in words}
_UNKNOWN_AGE = {
    "unknown", "unknown age", "age unknown", "not recorded", "not known", "age not recorded",
    "not stated", "unrecorded",
}  # fmt: skip
_AGES = re.compile(
    r"(aged? )?(?P<low>\d{1,2})( years?)?\s*(-|to|/)\s*(?P<high>\d{1,2})( years?( old)?)?"
)
_UP_TO = re.compile(r"(aged? )?(?P<age>\d{1,2}) (and|or|&) (under|below|younger)")
_UNDER = re.compile(r"(aged? )?(under|<|below|less than)\s*(?P<age>\d{1,2})s?")
_FROM = re.compile(r"(aged? )?(?P<age>\d{1,2})( years?)?(\+| (and|or|&) (over|above|older)| plus)")
_OVER = re.compile(r"(aged? )?(over|>)\s*(?P<age>\d{1,2})s?")
_SINGLE = re.compile(r"(aged? )?(?P<age>\d{1,2})( years?( old)?)?")


@dataclass(frozen=True)
class Band:
    """Whole years of age, both ends in the band; ``unknown`` is a band with no ends.

    Attributes
    ----------
    printed
        The label as written.
    low, high
        Ages in years; NaN where the age is unknown, infinity where the band is open.
    """

    printed: str
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether it says any age."""
        return not math.isnan(self.low)

    def __contains__(self, age: int) -> bool:
        """Whether an age is in the band."""
        return self.low <= age <= self.high

    def within(self, low: float, high: float) -> bool:
        """Whether every age of the band lies between ``low`` and ``high``."""
        return self.known and low <= self.low and self.high <= high

    def outside(self, low: float, high: float) -> bool:
        """Whether no age of the band lies between ``low`` and ``high``."""
        return self.known and (self.high < low or high < self.low)


def read_band(text: str) -> Band | None:
    """Return the band a label names, or None when it names no age."""
    plain = re.sub(r"\s+", " ", normalise(text))
    if plain in _UNKNOWN_AGE:
        return Band(text, math.nan, math.nan)
    if match := _AGES.fullmatch(plain):
        low, high = int(match["low"]), int(match["high"])
        return Band(text, low, high) if low <= high else None
    for pattern, band in (
        (_UP_TO, lambda age: (0, age)),
        (_UNDER, lambda age: (0, age - 1)),
        (_FROM, lambda age: (age, math.inf)),
        (_OVER, lambda age: (age + 1, math.inf)),
        (_SINGLE, lambda age: (age, age)),
    ):
        if match := pattern.fullmatch(plain):
            return Band(text, *band(int(match["age"])))
    return None


def read_gender(text: str) -> str | None:
    """Return ``female``, ``male``, ``other`` or ``unknown``, or None for no gender."""
    return _GENDER_OF.get(normalise(text).rstrip(":"))


def gaps(bands: list[Band]) -> list[str]:
    """Return what is wrong with a set of bands: ages left out, ages counted twice.

    ``under 11`` beside ``12-15`` leaves out age 11.
    """
    known = sorted((band for band in bands if band.known), key=lambda b: (b.low, b.high))
    problems = []
    for lower, upper in zip(known, known[1:], strict=False):
        between = range(int(lower.high) + 1, int(upper.low)) if lower.high < math.inf else range(0)
        if between:
            ages = str(between[0]) if len(between) == 1 else f"{between[0]} to {between[-1]}"
            problems.append(f"age {ages} lies in neither {lower.printed!r} nor {upper.printed!r}")
        elif upper.low <= lower.high:
            problems.append(f"{lower.printed!r} and {upper.printed!r} overlap")
    return problems
