"""Numbers and lists as a reader sees them: one form for each, on charts, in words and tables."""

from __future__ import annotations

import math
from collections.abc import Sequence


def as_count(number: float) -> str:
    """Return ``1,234``; a dash where there is no number."""
    return "\u2013" if math.isnan(number) else f"{number:,.0f}"


def as_least(number: float, *, exact: bool) -> str:
    """Return ``at least 1,234``; the number alone where it is exact."""
    return as_count(number) if exact else f"at least {as_count(number)}"


def several(number: int, noun: str) -> str:
    """Return ``1 force`` or ``4 forces``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def as_percent(number: float, digits: int = 0) -> str:
    """Return ``26%``; a dash where there is no number."""
    return "\u2013" if math.isnan(number) else f"{number:.{digits}f}%"


def as_change(pct: float) -> str:
    """Return ``+64%`` or ``-31%``, or that there is none to state."""
    return "not known" if math.isnan(pct) else f"{pct:+.0f}%"


def as_interval(lower: float, upper: float) -> str:
    """Return ``12% to 87%``."""
    return f"{as_percent(lower)} to {as_percent(upper)}"


def listed(names: Sequence[str]) -> str:
    """Return ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def upper_first(text: str) -> str:
    """Return a text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
