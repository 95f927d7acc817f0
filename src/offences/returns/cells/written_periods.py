"""Periods as forces write them: financial years, calendar years, half-years, months, days.

A period is never taken from a folder's or a page's name: a force filed an answer of July 2024
under 2021-22.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from offences.errors import UnreadableError
from offences.reference.periods import Period, last_day

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: n for n, name in enumerate(_NAMES.split(), start=1)}
_OFFENCE_BEGAN = datetime.date(2017, 4, 3)
_YEAR = re.compile(r"(?P<start>20\d\d)\s*[/-]\s*(?P<end>(?:20)?\d\d)")
_CALENDAR = re.compile(r"(calendar (year )?)?(?P<first>20\d\d)(\.\.(calendar )?(?P<last>20\d\d))?")
_TO = re.compile(r"(the )?(12 months|year) (to|ending|ended) (?P<end>.+)")
_PART = re.compile(r"(?P<day>\d{1,2}(st|nd|rd|th)? )?(?P<month>[a-z]+)\.?( (?P<day2>\d{1,2}),?)?"
                   r"( (?P<year>\d{4}|\d\d))?")  # fmt: skip
_ISO = re.compile(r"(?P<year>20\d\d)-(?P<month>\d\d)(-(?P<day>\d\d))?")
_UK = re.compile(r"(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>20\d\d)")


@dataclass(frozen=True)
class Span:
    """A run of days.

    Attributes
    ----------
    first, last
        Both in the span.
    note
        What was decided in reading it.
    """

    first: datetime.date
    last: datetime.date
    note: str = ""

    @property
    def period(self) -> Period | None:
        """The whole months it is, or None.

        The offence began on 3 April 2017: a span from that day begins with its month.
        """
        begins = self.first.day == 1 or self.first == _OFFENCE_BEGAN
        if not begins or self.last != last_day(self.last.year, self.last.month):
            return None
        return Period(
            self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month - 1
        )

    def __str__(self) -> str:
        """Write whole months as in the tables, else the days."""
        return str(self.period) if self.period else f"{self.first}..{self.last}"


def read_span(text: str) -> Span:
    """Read a period as a force writes it.

    ``2023/24``, ``2023-24``, ``2023/2024``, ``calendar 2017``, ``April 2023 to March 2024``,
    ``2017-04-03..2018-03-31``, ``1 Jan-31 Dec 2014``, ``Jan-Jun 2021``,
    ``12 months to April 2019``.

    Raises
    ------
    UnreadableError
        With a sentence, when it is no period, ends before it begins (as a misprint does), or
        names years that do not follow each other.
    """
    plain = re.sub(r"\s+", " ", text.replace("\u2013", "-").strip()).casefold()
    if match := re.fullmatch(r"(?P<words>[^(]+) \((?P<inner>[^()]+)\)", plain):
        try:
            inner = read_span(match["inner"])
        except UnreadableError:
            raise UnreadableError(
                f"{text!r} holds words beside a period that may change it", "Declare the period."
            ) from None
        return Span(inner.first, inner.last, f"written as {match['words']}")
    if match := _YEAR.fullmatch(plain.removeprefix("fy").strip()):
        start, end = int(match["start"]), int(match["end"][-2:])
        if (start + 1) % 100 != end and not _ISO.fullmatch(plain):
            raise UnreadableError(
                f"{text!r} is not a financial year: {start}/{(start + 1) % 100:02d} may be meant",
                "Ask, or declare the period.",
            )
        if (start + 1) % 100 == end:
            return Span(datetime.date(start, 4, 1), datetime.date(start + 1, 3, 31))
    if match := _CALENDAR.fullmatch(plain):
        first, last = int(match["first"]), int(match["last"] or match["first"])
        _in_order(text, first, last)
        return Span(
            datetime.date(first, 1, 1), datetime.date(last, 12, 31), "calendar year as written"
        )
    if match := _TO.fullmatch(plain):
        until = _end(match["end"], text)
        since = (until + datetime.timedelta(days=1)).replace(year=until.year - 1)
        note = "May to April as written; March may be meant" if until.month == 4 else ""
        return Span(since, until, note)
    return _of_ends(text, plain)


def _of_ends(text: str, plain: str) -> Span:
    ends = re.split(r"\s*(?:\.\.|\bto\b|\buntil\b|\s-\s)\s*", plain)
    if len(ends) == 1:
        ends = re.split(r"(?<=[a-z])-|-(?=\d{1,2}(?:st|nd|rd|th)? [a-z])", plain)
    if len(ends) == 1:
        ends = re.split(r"(?<=/\d\d\d\d)-(?=\d)|(?<=/\d\d)-(?=\d{4}/)", plain)
    if len(ends) > 2 or not all(ends):
        raise _no_period(text)
    if _YEAR.fullmatch(ends[0]) and len(ends) == 2:
        earliest, latest = (read_span(end) for end in ends)
        _in_order(text, earliest.first, latest.last)
        return Span(earliest.first, latest.last)
    until = _end(ends[-1], text)
    since = _start(ends[0], until.year, text)
    _in_order(text, since, until)
    note = "from the day the offence began" if since == _OFFENCE_BEGAN else ""
    return Span(since, until, note)


def _in_order(text: str, first: object, last: object) -> None:
    if str(last) < str(first):
        raise UnreadableError(f"{text!r} ends before it begins: a misprint", "Ask which is meant.")


def _start(text: str, year: int, whole: str) -> datetime.date:
    y, month, day = _read(text, year, whole)
    return _day(y, month, day or 1, whole)


def _end(text: str, whole: str) -> datetime.date:
    year, month, day = _read(text, None, whole)
    return _day(year, month, day, whole) if day else last_day(year, month)


def _day(year: int, month: int, day: int, whole: str) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise UnreadableError(f"{whole!r} holds a day that does not exist") from error


def _read(text: str, year: int | None, whole: str) -> tuple[int, int, int | None]:
    """Return year, month and day (None: the month as a whole) of one end."""
    for pattern in (_ISO, _UK):
        if match := pattern.fullmatch(text):
            month = int(match["month"])
            if 1 <= month <= 12:
                return int(match["year"]), month, int(match["day"]) if match["day"] else None
    if (match := _PART.fullmatch(text)) and match["month"][:3] in _MONTHS:
        written = match["year"]
        if written or year:
            number = int(written) if written else int(year or 0)
            day = re.match(r"\d+", match["day"] or match["day2"] or "")
            in_full = number + 2000 if number < 100 else number
            return in_full, _MONTHS[match["month"][:3]], int(day[0]) if day else None
    raise _no_period(whole)


def _no_period(text: str) -> UnreadableError:
    return UnreadableError(f"{text!r} is not a period", "Write it as 2023/24 or 2023-04..2024-03.")
