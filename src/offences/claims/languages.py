"""Phrases in English and Welsh, and how each language writes numbers, dates, places and lists.

The phrases are in ``data/reference/phrases.csv``, each with who reviewed its Welsh and when.
"""

from __future__ import annotations

import datetime
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from offences.errors import did_you_mean
from offences.project import Project
from offences.reference.periods import Period
from offences.reference.places import Place
from offences.tables import TableRow, Text, read_table
from offences.text import as_count, listed

LANGUAGES = ("english", "welsh")


class Phrase(TableRow):
    """A phrase in each language, and who reviewed its Welsh: one row of ``phrases.csv``."""

    key: ClassVar = ("phrase",)

    phrase: Text
    english: Text
    welsh: Text
    note: str
    reviewed_by: str
    reviewed_on: str

    @property
    def reviewed(self) -> bool:
        """Whether a person reviewed its Welsh."""
        return bool(self.reviewed_by)


@dataclass
class Language:
    """One language, and which phrases it was asked for."""

    name: str
    phrases: dict[str, Phrase]
    used: set[str] = field(default_factory=set)

    def say(self, phrase: str, **values: object) -> str:
        """Return a phrase with its values filled in; they are text, or numbers to be formatted."""
        self.used.add(phrase)
        text = str(getattr(self.phrases[phrase], self.name))
        shown = {n: as_count(v) if isinstance(v, int | float) else v for n, v in values.items()}
        return text.format(**shown)

    def place(self, place: Place) -> str:
        """Return ``in Wales``, or what that is in the language."""
        kind = "region" if place.kind.endswith(" region") else place.kind
        own = f"in_place.{kind}.{place.name}"
        if own in self.phrases:
            return self.say(own)
        return self.say("in_place.other", place=place.name)

    def named(self, name: str) -> str:
        """Return a name that is another in this language, else the name."""
        return self.say(f"name.{name}") if f"name.{name}" in self.phrases else name

    def in_years(self, period: Period) -> str:
        """Return ``from 2017/18 to 2022/23``."""
        return self._span("in_years", period)

    def years(self, period: Period) -> str:
        """Return ``2017/18 to 2022/23``."""
        return self._span("years", period)

    def _span(self, phrase: str, period: Period) -> str:
        if period.is_year:
            return self.say(f"{phrase}.one", first=str(period))
        if period.whole_years:
            first, last = str(period.years()[0]), str(period.years()[-1])
            return self.say(f"{phrase}.span", first=first, last=last)
        first, last = (self._month(month) for month in (period.first, period.last))
        return self.say(f"{phrase}.months", first=first, last=last)

    def _month(self, month: int) -> str:
        return f"{self.say(f'month.{month % 12 + 1}')} {month // 12}"

    def date(self, day: datetime.date) -> str:
        """Return ``15 August 2023``."""
        return f"{day.day} {self.say(f'month.{day.month}')} {day.year}"

    def listed(self, names: Iterable[str]) -> str:
        """Return a list; in Welsh with semicolons, because ``a`` changes the word that follows."""
        held = [self.named(name) for name in names]
        return listed(held) if self.name == "english" else "; ".join(held)

    def force_years(self, pairs: Sequence[tuple[str, str]]) -> str:
        """Return ``Gwent 2020/21 and South Wales 2022/23``."""
        held = [f"{self.named(force)} {year}" for force, year in pairs]
        return listed(held) if self.name == "english" else "; ".join(held)

    @property
    def unreviewed(self) -> int:
        """How many of the phrases used nobody has reviewed."""
        return sum(not self.phrases[phrase].reviewed for phrase in self.used)


def read_phrases(project: Project) -> dict[str, Phrase]:
    """Return the phrases by name.

    Raises
    ------
    DataError
        When a phrase is there twice, lacks a language, or its languages name different values.
    """
    rows = read_table(project, project.reference / "phrases.csv", Phrase)
    for row in rows:
        unlike = sorted(_values(row.english) ^ _values(row.welsh))
        if unlike:
            others = (_values(row.english) | _values(row.welsh)) - {unlike[0]}
            problem = f"{row.phrase!r} has {', '.join(unlike)} in one language only"
            raise row.wrong("welsh", f"{problem}{did_you_mean(unlike[0], others) or '.'}")
        if bool(row.reviewed_by) != bool(row.reviewed_on):
            problem = f"{row.phrase!r} needs both who reviewed it and when, or neither."
            raise row.wrong("reviewed_on", problem)
    return {row.phrase: row for row in rows}


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
