"""Financial years and part years.

A financial year runs from 1 April to 31 March and is written ``2017/18``. A span of years is
``2017/18..2022/23``, a span of months ``2017-04..2018-09``; both ends belong to it.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

_YEAR = re.compile(r"(?P<start>(?:19|20)\d\d)/(?P<end>\d\d)")
_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])")
_APRIL, _MARCH = 3, 2


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole months.

    Attributes
    ----------
    first, last
        Months counted from January of year 0, both in the period.
    """

    first: int
    last: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2017/18``, ``2017/18..2022/23`` or ``2017-04..2018-09``.

        Raises
        ------
        ValueError
            With a sentence that says how to write a period.
        """
        ends = text.split("..")
        if len(ends) > 2:
            raise ValueError(f"{text!r} is not a period: write two ends with '..' between them.")
        periods = [_read_end(end) for end in ends]
        period = cls(periods[0].first, periods[-1].last)
        if period.last < period.first:
            raise ValueError(f"{text!r} ends before it begins.")
        return period

    @classmethod
    def of_year(cls, start: int) -> Period:
        """Return the financial year that begins in April of ``start``."""
        return cls(start * 12 + _APRIL, start * 12 + _APRIL + 11)

    @property
    def months(self) -> int:
        """How many months it holds."""
        return self.last - self.first + 1

    @property
    def whole_years(self) -> bool:
        """Whether it begins in April and ends in March."""
        return self.first % 12 == _APRIL and self.last % 12 == _MARCH

    @property
    def is_year(self) -> bool:
        """Whether it is one financial year."""
        return self.whole_years and self.months == 12

    def years(self) -> list[Period]:
        """Return the financial years it is made of; it must be of whole years."""
        if not self.whole_years:
            raise ValueError(f"{self} is not made of whole financial years.")
        return [Period(first, first + 11) for first in range(self.first, self.last, 12)]

    def __contains__(self, other: Period) -> bool:
        """Whether all months of ``other`` are in this period."""
        return self.first <= other.first and other.last <= self.last

    def ends_on(self) -> datetime.date:
        """Return its last day."""
        year, month = divmod(self.last, 12)
        return last_day(year, month + 1)

    def __str__(self) -> str:
        """Write it as in the tables."""
        if self.is_year:
            return _year_label(self.first)
        if self.whole_years:
            return f"{_year_label(self.first)}..{_year_label(self.last - 11)}"
        return f"{_month_label(self.first)}..{_month_label(self.last)}"

    def in_words(self) -> str:
        """Write it for a reader: ``2017/18 to 2022/23``, ``April 2017 to September 2018``."""
        if self.is_year:
            return str(self)
        if self.whole_years:
            return str(self).replace("..", " to ")
        return f"{_month_words(self.first)} to {_month_words(self.last)}"


def last_day(year: int, month: int) -> datetime.date:
    """Return the last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _read_end(text: str) -> Period:
    if match := _YEAR.fullmatch(text):
        start = int(match["start"])
        if (start + 1) % 100 != int(match["end"]):
            meant = _year_label(start * 12 + _APRIL)
            raise ValueError(f"{text!r} is not a financial year: {meant!r} may be meant.")
        return Period.of_year(start)
    if match := _MONTH.fullmatch(text):
        month = int(match["year"]) * 12 + int(match["month"]) - 1
        return Period(month, month)
    raise ValueError(
        f"{text!r} is not a period: write a financial year as 2017/18 or a month as 2017-04."
    )


def _year_label(first: int) -> str:
    year = first // 12
    return f"{year}/{(year + 1) % 100:02d}"


def _month_label(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"


def _month_words(month: int) -> str:
    return f"{calendar.month_name[month % 12 + 1]} {month // 12}"


def period_in_words(text: str) -> str:
    """Return a period of the tables in words."""
    return Period.parse(text).in_words()
