"""Phrases in English and Welsh, and how numbers, dates, places and lists stand in each language.

The phrases are in ``data/reference/phrases.csv``, each with who reviewed its Welsh and when.
"""

from __future__ import annotations

import datetime
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from offences.errors import DataError, did_you_mean
from offences.project import Project
from offences.reference.periods import Period
from offences.reference.places import Place
from offences.tables import read_rows
from offences.text import as_count, listed

LANGUAGES = ("english", "welsh")
COLUMNS = ["phrase", *LANGUAGES, "note", "reviewed_by", "reviewed_on"]


@dataclass(frozen=True)
class Phrase:
    """A phrase in each language, and whether a person reviewed its Welsh."""

    english: str
    welsh: str
    reviewed: bool


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
        When a phrase stands twice, lacks a language, or its languages name different values.
    """
    path = project.reference / "phrases.csv"
    file = project.relative(path)
    found: dict[str, Phrase] = {}
    for row in read_rows(project, path, COLUMNS):
        name, english, welsh = (row.cells[c] for c in ("phrase", *LANGUAGES))
        if name in found:
            raise DataError(file, f"{name!r} stands twice.", row=row.line, column="phrase")
        if not english or not welsh:
            raise DataError(file, f"{name!r} lacks a language.", row=row.line, column="welsh")
        if _values(english) != _values(welsh):
            unlike = sorted(_values(english) ^ _values(welsh))
            problem = f"{name!r} has {', '.join(unlike)} in one language only"
            hint = did_you_mean(unlike[0], _values(english) | _values(welsh) - {unlike[0]})
            raise DataError(file, f"{problem}{hint or '.'}", row=row.line, column="welsh")
        by, on = row.cells["reviewed_by"], row.cells["reviewed_on"]
        if bool(by) != bool(on):
            problem = f"{name!r} needs both who reviewed it and when, or neither."
            raise DataError(file, problem, row=row.line, column="reviewed_on")
        found[name] = Phrase(english, welsh, bool(by))
    return found


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
